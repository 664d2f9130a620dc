"""When and where events were."""

from collections.abc import Callable

import pytest

from extraction.reports import Told

Tell = Callable[..., Told]
K, B = "Karkaraly University", "Baihe Normal University"


def test_since_when_there_is_something_dates_no_event(tell: Tell) -> None:
    told = tell(f"Dean Tan Zeyu spoke at a seminar of {B}, which was founded in 1969.")
    assert told.event("Seminar").date is None


def test_a_place_is_of_the_event_told_last_before_it(tell: Tell) -> None:
    told = tell(
        "At the forum in Oslo, which was held on 3 May 2024, Dean Tan Zeyu spoke of an exhibition "
        "in Bergen."
    )
    assert told.places("Forum") == {"Oslo"}
    assert told.places("Exhibition") == {"Bergen"}


def test_what_is_quoted_places_nothing(tell: Tell) -> None:
    told = tell("The theme of the seminar on 3 May 2024 was “Good universities in Norway”.")
    assert told.places("Seminar") == set()


def test_a_visit_looked_back_on_has_not_the_day_of_the_news(tell: Tell) -> None:
    told = tell(
        "On 3 May 2024 a seminar was held in Oslo, where Dean Tan Zeyu noted the visit of Rector "
        "Olga Remizova to Bergen."
    )
    assert told.event("Visit").date is None


def test_the_city_of(tell: Tell) -> None:
    told = tell("A seminar was held in the Norwegian city of Bergen on 3 May 2024.")
    assert told.places("Seminar") == {"Bergen"}


@pytest.mark.parametrize(
    ("when", "date"),
    [
        ("in September", "2021-09"),
        ("on 5 February", "2022-02-05"),
        ("on 20 February", "2021-02-20"),
    ],
)
def test_what_is_planned_is_still_to_come(tell: Tell, when: str, date: str) -> None:
    assert tell(f"The forum will be held in Oslo {when}.", "2021-02-12").event("Forum").date == date


def test_a_leap_day_is_put_off_to_no_other_year(tell: Tell) -> None:
    text = "The forum will be held in Oslo on 29 February."
    assert tell(text, "2024-03-05").event("Forum").date == "2024-02-29"


def test_of_two_years_the_one_beside_a_visit_dates_it(tell: Tell) -> None:
    told = tell(
        "Rector Tan Zeyu mentioned the agreement of the ministries in 2013 as well as the visit of "
        "Rector Olga Remizova to Bergen in 2018."
    )
    assert told.event("Visit").date == "2018"


def test_a_year_before_a_visit(tell: Tell) -> None:
    told = tell("The branch was agreed upon during President Olga Remizova's 2022 visit to Norway.")
    assert told.event("Visit").date == "2022"
    assert told.participants("Visit") == {"Olga Remizova"}


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("The deans of universities in Norway and Chile held a meeting on 3 May.", set()),
        ("The branch, the third in Norway, was opened by Dean Tan Zeyu on 3 May.", set()),
        ("The seminar at Fjordheim University in Bergen began on 3 May.", {"Bergen"}),
        ("Tan Zeyu, Dean at Fjordheim University in Bergen, spoke at the seminar on 3 May.", set()),
        ("The opening ceremony of the Library of Arts in Bergen was held on 3 May.", {"Bergen"}),
    ],
)
def test_what_is_in_a_place_without_the_event(tell: Tell, text: str, places: set[str]) -> None:
    told = tell(text)
    (event,) = told.record.events
    assert told.names(event.places) == places


def test_who_visits_universities_of_a_country_is_there(tell: Tell) -> None:
    told = tell("Rector Tan Zeyu led a delegation to visit four universities in Norway and Chile.")
    assert told.places("Visit") == {"Norway", "Chile"}


def test_another_gathering_named_in_passing_takes_no_date(tell: Tell) -> None:
    told = tell(
        "Dean Tan Zeyu met with Dean Olga Remizova on 3 May 2024. He spoke of what was agreed at "
        "the Northern Lights Summit."
    )
    assert told.event("Meeting").date == "2024-05-03"
    assert told.event("Summit").date is None


def test_a_meeting_named_on_another_day_is_another_one(tell: Tell) -> None:
    told = tell(
        "On 3 May 2024 Dean Tan Zeyu held talks with Dean Olga Remizova. On 1 April 2024 Dean "
        "Erik Falk attended the 5th Meeting of Northern Deans in Bergen."
    )
    assert sorted(event.date or "" for event in told.record.events) == ["2024-04-01", "2024-05-03"]


def test_a_year_alone_behind_an_event_looked_back_at(tell: Tell) -> None:
    told = tell(
        "On 3 May 2024 the Northern Forum opened in Oslo. The first forum was held in Bergen "
        "in 2017."
    )
    assert [event.date for event in told.record.events] == ["2024-05-03", "2017"]


def test_a_university_that_was_founded_is_no_news(tell: Tell) -> None:
    assert tell("Fjordheim University was established on 3 May 1976.").record.events == ()


def test_a_place_set_before_holds_for_what_the_guests_did_next(tell: Tell) -> None:
    told = tell(
        f"In Oslo, the delegation visited {K}. The delegation also attended the Birch Fair."
    )
    assert told.places("Exhibition") == {"Oslo"}


def test_who_is_somewhere_on_a_visit(tell: Tell) -> None:
    told = tell(
        "On 3 May 2024 Rector Tan Zeyu met with Erik Solheim, who is in Oslo on a working visit."
    )
    assert told.places("Visit") == {"Oslo"}


@pytest.mark.parametrize(
    "where",
    ["laid flowers at the monument to Oslo", "thanked the Consul General of Norway in Oslo"],
)
def test_what_places_no_visit(tell: Tell, where: str) -> None:
    assert tell(f"On 3 May 2024 Dean Tan Zeyu visited {K} and {where}.").places("Visit") == set()


def test_a_year_beside_an_event_goes_before_a_month_beside_another(tell: Tell) -> None:
    told = tell("The forum was held in Oslo in 2022 and the seminar in Bergen in June 2024.")
    assert told.event("Seminar").date == "2024-06"
