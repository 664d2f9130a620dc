"""Names in a text: what is one, of which kind, and where it stands."""

from collections.abc import Callable

import pytest

from extraction.reports import Told
from kg.extraction.mentions import read
from kg.extraction.pipeline import Extractor
from kg.extraction.reading import Mention

Tell = Callable[..., Told]


def mentions(extractor: Extractor, text: str) -> list[Mention]:
    return list(read(extractor.nlp(text), "en").mentions)


def named(extractor: Extractor, text: str) -> list[tuple[str, str]]:
    return [(mention.kind, mention.name) for mention in mentions(extractor, text)]


def test_a_reading_holds_sentences_mentions_and_posts(extractor: Extractor) -> None:
    text = "Rector Olga Remizova spoke. She thanked Fjordheim University."
    reading = read(extractor.nlp(text), "en")
    assert [text[start:end] for start, end in reading.sentences] == [
        "Rector Olga Remizova spoke.",
        "She thanked Fjordheim University.",
    ]
    assert [(m.kind, m.name) for m in reading.mentions] == [
        ("person", "Olga Remizova"),
        ("organization", "Fjordheim University"),
    ]
    assert [post.role for post in reading.posts] == ["Rector"]


def test_mentions_come_in_order_the_outer_before_the_inner(extractor: Extractor) -> None:
    found = mentions(extractor, "The Faculty of Law of Fjordheim University in Oslo is old.")
    assert [m.name for m in found] == [
        "Faculty of Law of Fjordheim University",
        "Fjordheim University",
        "Oslo",
    ]
    outer, inner, _ = found
    assert outer.parent == inner.start
    assert outer.short == "Faculty of Law"
    assert inner.parent is None


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Rector Tan Zeyu spoke.", "Tan Zeyu"),
        ("Ms. Olga Remizova spoke.", "Olga Remizova"),
        ("Mr. A.B. Duisenov spoke.", "A.B. Duisenov"),
        ("Professor Zh. Kemelova spoke.", "Zh. Kemelova"),
        ("H.E. Ingrid Halvorsen spoke.", "Ingrid Halvorsen"),
        ("The forum was opened by Aset Maratuly Duisenov.", "Aset Maratuly Duisenov"),
        ("Dean Jens Peter Lund spoke.", "Jens Peter Lund"),
        ("Qiao Minglei, Dean of Fjordheim University, spoke.", "Qiao Minglei"),
    ],
)
def test_people_are_named_without_honorifics_and_posts(tell: Tell, text: str, person: str) -> None:
    assert tell(text).of_type("Person") == {person}


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("They flew from Oslo to Almaty.", {"Oslo", "Almaty"}),
        ("They toured Sichuan Province and Almaty Region.", {"Sichuan Province", "Almaty Region"}),
        ("They came from the People's Republic of China.", {"People's Republic of China"}),
        ("They came from the Kyrgyz Republic.", {"Kyrgyz Republic"}),
        ("They came from the Republic of Uzbekistan.", {"Republic of Uzbekistan"}),
        ("Chinese and Kazakhstani experts spoke.", set()),
    ],
)
def test_places_are_told_by_the_gazetteer(tell: Tell, text: str, places: set[str]) -> None:
    assert tell(text).of_type("Place") == places


def test_a_place_inside_the_name_of_an_institution_is_none_of_its_own(tell: Tell) -> None:
    assert tell("Almaty Technological University sent greetings.").of_type("Place") == set()


def test_a_place_behind_of_is_one(tell: Tell) -> None:
    told = tell("The Department of Health of Sichuan Province sent greetings.")
    assert told.of_type("Place") == {"Sichuan Province"}


@pytest.mark.parametrize(
    ("text", "name", "type"),
    [
        ("The Steppe Education Forum opened.", "Steppe Education Forum", "Forum"),
        ("The 5th Steppe Olympiad opened.", "5th Steppe Olympiad", "Competition"),
        ("The Amber Book Fair opened.", "Amber Book Fair", "Exhibition"),
        ("The Second Steppe Summit opened.", "Second Steppe Summit", "Summit"),
        ("The Amber Week opened.", "Amber Week", "Other"),
    ],
)
def test_names_of_events(extractor: Extractor, text: str, name: str, type: str) -> None:
    (mention,) = [m for m in mentions(extractor, text) if m.kind == "event"]
    assert (mention.name, mention.type) == (name, type)


@pytest.mark.parametrize("name", ["Amber Luban Workshop", "Luban Workshop"])
def test_a_luban_workshop_is_no_event(extractor: Extractor, name: str) -> None:
    assert named(extractor, f"The {name} opened.") == [("organization", name)]


def test_months_and_weekdays_are_no_names(extractor: Extractor) -> None:
    assert named(extractor, "On Monday, May 5, and in August it rained.") == []


def test_a_name_over_two_lines_is_written_in_one(extractor: Extractor) -> None:
    lines = ["On the fifth of May the guests came to the city and saw Fjordheim"]
    lines += ["University, where they were shown the library and the new archive."]
    lines += ["They also saw the harbour of the city, the market and the museum,"] * 4
    text = "\n".join(lines)
    (mention,) = mentions(extractor, text)
    assert mention.name == "Fjordheim University"
    assert text[mention.start : mention.end] == "Fjordheim\nUniversity"


@pytest.mark.parametrize("text", ["", " \n ", "it rained.", "…", "\ue000P0\ue001 said R1"])
def test_a_text_without_names(extractor: Extractor, text: str) -> None:
    assert named(extractor, text) == []
