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
