"""What took place, when and where."""

from collections.abc import Callable

import pytest

from extraction.reports import Told

Tell = Callable[..., Told]
K, B = "Karkaraly University", "Baihe Normal University"


def test_a_named_event(tell: Tell) -> None:
    told = tell("On 12 May 2023, the Steppe Education Forum took place in Oslo.")
    event = told.event("Forum")
    assert (event.name, event.date, event.factuality) == (
        "Steppe Education Forum", "2023-05-12", "actual",
    )  # fmt: skip
    assert told.places("Forum") == {"Oslo"}
    assert told.text[slice(*event.evidence)] == told.text
    assert event.date_evidence is not None
    assert told.text[slice(*event.date_evidence)] == "12 May 2023"


@pytest.mark.parametrize(
    ("noun", "type"),
    [
        ("forum", "Forum"),
        ("conference", "Conference"),
        ("seminar", "Seminar"),
        ("workshop", "Seminar"),
        ("round table", "Seminar"),
        ("lecture", "Seminar"),
        ("meeting", "Meeting"),
        ("reception", "Meeting"),
        ("exhibition", "Exhibition"),
        ("education fair", "Exhibition"),
        ("signing ceremony", "Ceremony"),
        ("summit", "Summit"),
        ("olympiad", "Competition"),
        ("festival", "Competition"),
    ],
)
def test_an_unnamed_event(tell: Tell, noun: str, type: str) -> None:
    told = tell(f"A {noun} was held in Oslo on 3 May 2024.")
    event = told.event(type)
    assert (told.events, event.name, event.date) == ([type], None, "2024-05-03")
    assert told.places(type) == {"Oslo"}


def test_a_definite_noun_refers_back(tell: Tell) -> None:
    told = tell(
        "On 12 May 2023, the Steppe Education Forum took place in Oslo. "
        f"The forum was organized by {K}. Dean Olga Remizova opened the event."
    )
    assert told.events == ["Forum"]
    assert told.organizers("Forum") == {K}
    assert told.participants("Forum") == {"Olga Remizova"}
    event = told.event("Forum")
    assert {told.text[slice(*span)] for span in event.evidence_of.values()} == {
        f"The forum was organized by {K}.",
        "Dean Olga Remizova opened the event.",
    }


def test_forum_and_seminar_share_day_place_and_organizers(tell: Tell) -> None:
    told = tell(
        f"On June 3, a forum and a seminar took place in Oslo, organized by {K}. "
        "In the morning, the seminar was held; Tan Zeyu spoke. "
        "In the afternoon, the forum began; Aset Duisenov gave a speech."
    )
    assert sorted(told.events) == ["Forum", "Seminar"]
    for type in told.events:
        assert told.event(type).date == "--06-03"
        assert told.places(type) == {"Oslo"}
        assert told.organizers(type) == {K}
    assert told.participants("Seminar") == {"Tan Zeyu"}
    assert told.participants("Forum") == {"Aset Duisenov"}


def test_a_second_event_begins_where_another_is_told(tell: Tell) -> None:
    told = tell(
        "On 5 May the Steppe Education Forum was held in Oslo. "
        "On 7 May the Amber Museum hosted a seminar in Almaty."
    )
    assert [(e.type, e.date) for e in told.record.events] == [
        ("Forum", "--05-05"),
        ("Seminar", "--05-07"),
    ]
    assert told.places("Forum") == {"Oslo"}
    assert told.places("Seminar") == {"Almaty"}
    assert told.organizers("Forum") == set()


def test_each_event_of_a_sentence_has_the_date_beside_it(tell: Tell) -> None:
    told = tell("On 5 May a forum was held in Oslo, and on 7 May a seminar was held.")
    assert {(e.type, e.date) for e in told.record.events} == {
        ("Forum", "--05-05"),
        ("Seminar", "--05-07"),
    }


def test_in_a_report_of_one_day_all_is_of_that_day(tell: Tell) -> None:
    told = tell(
        "On 3 May 2024 the Steppe Forum was held in Oslo. Dean Tan Zeyu opened the forum. "
        "It rained. The wind was strong. It snowed. The sea was high. "
        f"Then an exhibition was organized by {K}."
    )
    assert told.event("Exhibition").date == "2024-05-03"


def test_what_is_told_without_a_day_is_of_the_day_told_last(tell: Tell) -> None:
    told = tell(
        "On 3 May 2024 the Steppe Forum was held in Oslo. On 5 May 2024 a seminar was held. "
        "It rained. The wind was strong. It snowed. The sea was high. "
        f"Then an exhibition was organized by {K}."
    )
    assert told.event("Exhibition").date == "2024-05-05"


def test_a_visit(tell: Tell) -> None:
    told = tell(f"A delegation of {B} visited {K} on 4 April 2024.")
    assert told.event("Visit").date == "2024-04-04"
    assert told.participants("Visit") == {B, K}
    assert told.organizers("Visit") == set()


def test_a_visit_with_talks_is_two_events(tell: Tell) -> None:
    told = tell(
        f"A delegation of {B} led by Vice-President Tan Zeyu visited {K} on 4 April 2024. "
        f"Talks were held with Aset Duisenov, Rector of {K}."
    )
    assert sorted(told.events) == ["Meeting", "Visit"]
    assert told.participants("Visit") == {B, K, "Tan Zeyu"}
    assert "Aset Duisenov" in told.participants("Meeting")


def test_a_visit_of_a_person(tell: Tell) -> None:
    told = tell(f"Tan Zeyu visited {K}. He was received by Rector Aset Duisenov.")
    assert {"Tan Zeyu", K} <= told.participants("Visit")
    assert told.participants("Meeting") == {"Tan Zeyu", "Aset Duisenov"}


@pytest.mark.parametrize(
    ("text", "factuality"),
    [
        (f"{K} will host the Steppe Education Forum in Oslo on 12 May 2026.", "planned"),
        ("The Steppe Education Forum is to be held in Oslo on 12 May 2026.", "planned"),
        ("The upcoming Steppe Education Forum is scheduled for 12 May 2026.", "planned"),
        ("The Steppe Education Forum was not held in Oslo on 12 May 2021.", "denied"),
        ("The Steppe Education Forum was held in Oslo on 12 May 2021.", "actual"),
    ],
)
def test_factuality(tell: Tell, text: str, factuality: str) -> None:
    assert tell(text).event("Forum").factuality == factuality


@pytest.mark.parametrize(
    "text",
    [
        "They would like to hold a forum.",
        "He hoped that a forum would be held.",
        "The meeting room and the conference hall are new.",
        "They will hold a seminar one day.",
        "Each meeting costs money.",
    ],
)
def test_wishes_rooms_and_plans_without_a_date_are_no_events(tell: Tell, text: str) -> None:
    assert tell(text).events == []


def test_a_past_event_with_a_date_counts_as_background(tell: Tell) -> None:
    told = tell(
        "On 3 March 2024, Dean Olga Remizova gave a lecture in Oslo. "
        "She recalled that the Steppe Education Forum was held in Almaty in 2019."
    )
    assert told.event("Forum").date == "2019"
    assert told.event("Seminar").date == "2024-03-03"
    assert told.participants("Forum") == set()


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("The seminar was held in Oslo from 1 to 25 August 2023.", "2023-08-01/2023-08-25"),
        ("The seminar was held in Oslo on August 3.", "--08-03"),
        ("The seminar was held in Oslo in August 2023.", "2023-08"),
        ("The seminar was held in Oslo.", None),
        ("The seminar was held in Oslo on Monday.", None),
    ],
)
def test_dates_keep_their_precision(tell: Tell, text: str, date: str | None) -> None:
    assert tell(text).event("Seminar").date == date


def test_the_day_of_publication_adds_the_year_and_says_so(tell: Tell) -> None:
    event = tell("The seminar was held in Oslo on August 3.", "2023-08-05").event("Seminar")
    assert (event.date, event.date_stated) == ("2023-08-03", "--08-03")
    event = tell("The seminar was held in Oslo on August 3, 2022.", "2023-08-05").event("Seminar")
    assert (event.date, event.date_stated) == ("2022-08-03", None)


def test_a_weekday_counts_with_a_day_of_publication(tell: Tell) -> None:
    event = tell("The seminar was held in Oslo on Monday.", "2025-09-25").event("Seminar")
    assert event.date == "2025-09-22"


@pytest.mark.parametrize(
    "phrase", ["under the theme", "under the motto", "on the topic", "entitled", "themed"]
)
def test_the_theme_stands_in_quotation_marks(tell: Tell, phrase: str) -> None:
    told = tell(f"A seminar {phrase} “Water, Bread and Roads.” was held in Oslo.")
    assert told.event("Seminar").theme == "Water, Bread and Roads"


def test_no_theme_is_made_up(tell: Tell) -> None:
    told = tell("A seminar on water was held in Oslo.")
    assert told.event("Seminar").theme is None


def test_a_quoted_title_is_a_name(tell: Tell) -> None:
    told = tell("An exhibition “Colours of the Steppe” was opened in Oslo on 1 March 2024.")
    assert told.event("Exhibition").name == "Colours of the Steppe"


def test_places_are_places_and_not_venues(tell: Tell) -> None:
    told = tell(f"The seminar was held at {K} in Oslo on 1 March 2024.")
    assert told.places("Seminar") == {"Oslo"}


def test_its_own_conference_is_one(tell: Tell) -> None:
    told = tell(f"{K} held its own conference in Oslo.")
    assert told.events == ["Conference"]
    assert told.organizers("Conference") == {K}


def test_the_short_name_means_the_named_event(tell: Tell) -> None:
    told = tell("The Steppe Summit was held in Oslo. The Summit was opened by Dean Tan Zeyu.")
    assert told.participants("Summit") == {"Tan Zeyu"}


def test_a_text_without_an_event(tell: Tell) -> None:
    assert tell(f"{K} is old. Dean Olga Remizova likes tea.").events == []


def test_what_somebody_says_dates_no_event(tell: Tell) -> None:
    text = (
        f"On 14 May 2024 a delegation of {B} visited {K}. The guests were received by Rector "
        'Ainur Sadykova. "Today we are building a bridge for the students of both sides," she said.'
    )
    told = tell(text, published="2024-05-17")
    assert told.event("Meeting").date == "2024-05-14"


def test_a_look_ahead_neither_dates_nor_places_what_took_place(tell: Tell) -> None:
    text = (
        "The Harbour Education Forum took place in Oslo. It was opened by Erik Solheim. "
        "Next year the forum will move to Bergen."
    )
    told = tell(text, published="2024-05-17")
    first, coming = told.record.events
    assert first.date is None
    assert told.names(first.places) == {"Oslo"}
    assert (coming.date, coming.factuality) == ("2025", "planned")


@pytest.mark.parametrize(
    "behind",
    [
        "The previous one was held in Bergen in 2022.",
        "The 2022 edition took place in Bergen.",
    ],
)
def test_another_edition_is_an_event_of_its_own(tell: Tell, behind: str) -> None:
    told = tell(f"On 14 May 2024 the Harbour Education Forum opened in Oslo. {behind}")
    assert [event.type for event in told.record.events] == ["Forum"] * len(told.record.events)
    last = told.record.events[-1]
    assert (last.date, told.names(last.places)) == ("2022", {"Bergen"})


def test_the_fourth_of_its_kind_is_no_edition(tell: Tell) -> None:
    told = tell(
        "On 14 May 2024 the Harbour Education Forum opened in Oslo. "
        f"{K} has a garden, the fourth in Norway, which is open to all."
    )
    assert told.events == ["Forum"]


@pytest.mark.parametrize(
    "idea", ["He proposed to hold", "They discussed the possibility of holding"]
)
def test_a_named_event_may_be_only_an_idea(tell: Tell, idea: str) -> None:
    told = tell(
        f"On 14 May 2024 Rector Tan Zeyu met with Erik Solheim. {idea} the Birch Forum in May."
    )
    assert told.events == ["Meeting"]


def test_a_plan_of_an_opening(tell: Tell) -> None:
    told = tell(f"A laboratory of {B} will be opened in Oslo by the end of 2025.")
    assert (told.event("Ceremony").date, told.event("Ceremony").factuality) == ("2025", "planned")


def test_two_visits_of_one_sentence_on_two_days(tell: Tell) -> None:
    told = tell(
        "By the agreements reached within the visit of Erik Solheim to Latvia on 3 May 2024, "
        f"on 9 June 2024 Dean Tan Zeyu visited {K}."
    )
    assert told.events == ["Visit", "Visit"]


def test_who_receives_a_visitor_there_is_met_on_the_visit(tell: Tell) -> None:
    told = tell(
        f"On 3 May 2024 Dean Tan Zeyu visited {K}, where he was received by Rector Ainur Sadykova."
    )
    assert told.events == ["Visit"]
    assert told.participants("Visit") == {"Tan Zeyu", K, "Ainur Sadykova"}


def test_the_heading_of_a_picture_is_no_event(tell: Tell) -> None:
    text = f"On 3 May 2024 Dean Tan Zeyu visited {K}.\n\nMeeting\n\nHe thanked Ainur Sadykova."
    assert tell(text).events == ["Visit"]


def test_what_is_taught_is_not_held(tell: Tell) -> None:
    told = tell(f'{K} has the specialties "Physics" and "Preschool Training" since 2019.')
    assert told.events == []


def test_the_dateline_dates_news_without_a_day(tell: Tell) -> None:
    told = tell("Oslo, March 19 – Rector Erik Solheim met with Ambassador Liu Yang.")
    assert told.event("Meeting").date == "--03-19"


def test_the_day_of_the_dateline_gives_way_to_that_of_the_event(tell: Tell) -> None:
    text = "Oslo, March 19 – Rector Erik Solheim met with Ambassador Liu Yang on March 17."
    assert tell(text).event("Meeting").date == "--03-17"


@pytest.mark.parametrize("behind", ["As a result of the negotiations", "At the end of the meeting"])
def test_the_outcome_of_talks_is_no_further_meeting(tell: Tell, behind: str) -> None:
    text = f"On 3 May 2023 Erik Solheim met with Liu Yang. {behind}, a plan was adopted."
    assert tell(text).events == ["Meeting"]


def test_a_tour_names_all_its_countries(tell: Tell) -> None:
    told = tell(f"In May 2023 a delegation of {B} visited Norway, Denmark and Sweden.")
    assert told.places("Visit") == {"Norway", "Denmark", "Sweden"}


def test_a_city_goes_before_its_country(tell: Tell) -> None:
    assert tell("A forum was held in Oslo, Norway.").places("Forum") == {"Oslo"}


def test_what_happens_on_a_tour_has_the_day_told_before(tell: Tell) -> None:
    text = (
        f"From 3 to 8 May 2023 a delegation of {B} visited Norway. On 5 May the group arrived at "
        f"{K}. Rector Erik Solheim held a working meeting with the guests."
    )
    assert tell(text).event("Meeting").date == "2023-05-05"


def test_university_news_calls_its_own_house_ours(tell: Tell) -> None:
    told = tell(f"A delegation of {B} visited our campus on 3 May 2023.")
    assert told.event("Visit").date == "2023-05-03"
    assert told.names(told.event("Visit").participants) == {B}


@pytest.mark.parametrize(
    "text",
    [
        f"{K} was founded by {B} in 2011.",
        "A memorandum was signed in 2011.",
    ],
)
def test_history_without_a_day_or_people_is_no_ceremony(tell: Tell, text: str) -> None:
    assert tell(text).events == []


def test_a_ceremony_for_a_signing_is_one_signing(tell: Tell) -> None:
    text = (
        "On 3 May 2023 a ceremony to mark the signing of an agreement was held. "
        "Erik Solheim spoke at the signing ceremony."
    )
    assert tell(text).events == ["Ceremony"]


def test_present_tense_tells_a_meeting(tell: Tell) -> None:
    assert tell("Rector Erik Solheim meets Ambassador Liu Yang.").events == ["Meeting"]


@pytest.mark.parametrize(
    "text",
    [
        "This was the first visit of such kind.",
        "It was the first time that Oslo hosted such a forum.",
        "The guests were given a warm reception.",
        "The program includes a plenary session and an exhibition.",
        "The issue of signing of a memorandum was discussed.",
    ],
)
def test_what_is_only_spoken_of_is_no_event_of_its_own(tell: Tell, text: str) -> None:
    told = tell(f"Dean Olga Remizova met with Dean Tan Zeyu in Oslo on 3 May 2024. {text}")
    assert told.events == ["Meeting"]


def test_holidays_are_no_events(tell: Tell) -> None:
    assert tell("A concert for the Spring Festival was held in Oslo on 3 May 2024.").events == [
        "Other"
    ]


@pytest.mark.parametrize("again", ["Second Steppe Forum", "II Steppe Forum", "Steppe Forum"])
def test_an_edition_is_one_event_whatever_its_ordinal(tell: Tell, again: str) -> None:
    told = tell(
        "The 2nd Steppe Forum was held in Oslo on 3 May 2024. "
        f"Dean Olga Remizova spoke at the {again}."
    )
    assert told.events == ["Forum"]
    assert told.participants("Forum") == {"Olga Remizova"}


def test_a_name_goes_on_with_the_other_country(tell: Tell) -> None:
    told = tell("The 2nd Forum of Rectors of Iceland and Norway was held on 3 May 2024.")
    assert told.event("Forum").name == "2nd Forum of Rectors of Iceland and Norway"


def test_the_event_is_the_one_that_the_text_is_about(tell: Tell) -> None:
    told = tell(
        "A signing ceremony was held in Oslo on 3 May 2024 as part of the Steppe Expo. "
        "Dean Olga Remizova spoke at the event."
    )
    assert told.participants("Ceremony") == {"Olga Remizova"}


def test_what_frames_an_event_does_not_tell_it_in_its_place(tell: Tell) -> None:
    told = tell(
        "Within the framework of the Steppe Forum in Oslo, talks were held between Dean Olga "
        "Remizova and Dean Tan Zeyu."
    )
    assert told.participants("Meeting") == {"Olga Remizova", "Tan Zeyu"}
    assert told.participants("Forum") == set()


def test_what_follows_does_not_make_an_opening_a_plan(tell: Tell) -> None:
    told = tell(
        "The joint laboratory was launched in Oslo on 3 May 2024, and is expected to help many."
    )
    assert told.event("Ceremony").factuality == "actual"


def test_an_opening_ceremony_with_a_day_of_its_own_is_one(tell: Tell) -> None:
    told = tell(
        "The Steppe Forum will be held in Oslo from 27 to 29 May 2026. The opening ceremony will "
        "take place on 27 May; welcoming remarks will be delivered by Dean Olga Remizova."
    )
    assert told.events == ["Forum", "Ceremony"]
    assert told.participants("Ceremony") == {"Olga Remizova"}


def test_the_conference_is_the_forum_told_just_before(tell: Tell) -> None:
    told = tell(
        "On 3 May 2024 the Second Steppe Education Forum was held in Oslo. The conference was "
        "opened by Rector Olga Remizova."
    )
    assert [event.type for event in told.record.events] == ["Forum"]
    assert told.participants("Forum") == {"Olga Remizova"}
