"""What passes the gate of a record made by hand: the right answers were worked out beforehand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.extraction.gate import admitted, ground
from kg.extraction.record import (
    Agreement,
    Entity,
    Event,
    Facility,
    Link,
    Position,
    Record,
    Span,
)

TEXT = (
    "Anna Berg, Rector of Northern University, met guests from Harbour University.\n"
    "The two universities signed a memorandum.\n"
    "A day later a contract was signed in the rain.\n"
    "The Norwegian Minister Ola Dahl looked on. The HU Institute opened.\n"
)


def at(words: str) -> Span:
    start = TEXT.index(words)
    return start, start + len(words)


def line(number: int) -> Span:
    return at(TEXT.split("\n")[number])


def entity(id: str, type: str, name: str, *aliases: str, at_: Span | None = None) -> Entity:
    return Entity(id, type, name, aliases, (at_ or at(name),))


ENTITIES = (
    entity("anna", "Person", "Anna Berg"),
    entity("ola", "Person", "Ola Dahl"),
    entity("north", "University", "Northern University"),
    entity("harbour", "University", "Harbour University", "HU"),
    entity("norway", "Place", "Norway", at_=at("The Norwegian")),
    entity("hall", "JointFacility", "HU Institute"),
)
RECORD = Record("r", entities=ENTITIES)


def gated(**statements: object) -> tuple[Record, list[str]]:
    kept, refused = admitted(TEXT, replace(RECORD, **statements))  # type: ignore[arg-type]
    return kept, [one.reason for one in refused]


def test_what_the_quote_names_passes() -> None:
    post = Position("anna", "Rector", "north", line(0))
    kept, refused = gated(positions=(post,))
    assert (kept.positions, refused) == ((post,), [])


def test_words_that_stand_for_what_was_named_before_pass() -> None:
    paper = Agreement("a", "Memorandum", ("north", "harbour"), evidence=line(1))
    kept, refused = gated(agreements=(paper,))
    assert (kept.agreements, refused) == ((paper,), [])
    found = ground(TEXT, ENTITIES[2], line(1))
    assert found is not None
    assert found.name is not None
    assert TEXT[slice(*found.words)] == "The two universities"
    assert TEXT[slice(*found.name)] == "Northern University"


def test_an_agreement_whose_quote_names_nobody_is_turned_away() -> None:
    paper = Agreement("a", "Contract", ("north", "harbour"), evidence=line(2))
    kept, refused = gated(agreements=(paper,))
    assert kept.agreements == ()
    assert refused == [
        "nothing in the quote stands for Northern University",
        "nothing in the quote stands for Harbour University",
        "no party is in the quote",
    ]


def test_nothing_stands_for_what_is_named_only_later() -> None:
    assert ground(TEXT, entity("ola", "Person", "Ola Dahl"), line(0)) is None


def test_a_post_loses_the_body_that_the_quote_does_not_tell() -> None:
    post = Position("ola", "Minister", "harbour", at("The Norwegian Minister Ola Dahl"))
    kept, refused = gated(positions=(post,))
    assert kept.positions == (replace(post, of=None),)
    assert refused == ["nothing in the quote stands for Harbour University"]


def test_a_post_whose_words_are_not_there_is_turned_away() -> None:
    kept, refused = gated(positions=(Position("anna", "President", "north", line(0)),))
    assert (kept.positions, refused) == ((), ["“President” is not in the quote"])


def test_the_adjective_of_a_country_and_a_name_within_a_name_hold() -> None:
    norway = Entity("norway", "Place", "Norway", (), ((0, 1),))
    found = ground(TEXT, norway, line(3))
    assert found is not None
    assert TEXT[slice(*found.words)] == "Norwegian"
    row = Facility("hall", ("harbour",), evidence=at("The HU Institute opened."))
    kept, refused = gated(facilities=(row,))
    assert (kept.facilities, refused) == ((row,), [])


def test_an_event_goes_on_without_a_guest_of_whom_the_quote_says_nothing() -> None:
    meeting = Event(
        "v", "Meeting", participants=("anna", "ola"), organizers=("north",), evidence=line(0),
        confidence_of={"ola": 0.4, "anna": 0.9},
    )  # fmt: skip
    kept, refused = gated(events=(meeting,))
    assert kept.events == (replace(meeting, participants=("anna",), confidence_of={"anna": 0.9}),)
    assert refused == ["nothing in the quote stands for Ola Dahl"]


def test_a_link_needs_both_ends() -> None:
    kept, refused = gated(part_of=(Link("hall", "north", at("The HU Institute opened.")),))
    assert kept.part_of == ()
    assert refused == ["nothing in the quote stands for Northern University"]


@pytest.mark.parametrize("language", ["kk", "zh"])
def test_in_a_language_without_words_only_names_hold(language: str) -> None:
    assert ground(TEXT, ENTITIES[2], line(1), language) is None
    assert ground(TEXT, ENTITIES[2], line(0), language) is not None


@pytest.mark.parametrize(
    ("words", "type", "holds"),
    [
        ("The Ambassador met the guests.", "Person", True),
        ("The delegation went to the museum.", "University", True),
        ("A delegation went to the museum.", "University", False),
        ("The weather was fine.", "Person", False),
    ],
)
def test_posts_and_delegations_stand_for_who_was_named(words: str, type: str, holds: bool) -> None:
    text = f"Northern Star came.\n{words}\n"
    name = Entity("n", type, "Northern Star", (), ((0, 13),))  # type: ignore[arg-type]
    start = text.index(words)
    assert (ground(text, name, (start, start + len(words))) is not None) is holds
