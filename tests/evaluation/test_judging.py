"""Errors by class, on records written by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.evaluation import CLASSES, HIT, KINDS, Report, compare
from kg.evaluation.statements import ENTITY_KINDS
from kg.extraction.record import Agreement, Entity, Event, Facility, Link, Position, Record

ENTITIES = (
    Entity("olga", "Person", "Olga Remizova"),
    Entity("tan", "Person", "Tan Zeyu"),
    Entity("fjord", "University", "Fjordheim University"),
    Entity("lakes", "University", "Northern Lakes University"),
    Entity("hub", "JointFacility", "Confucius Institute"),
    Entity("oslo", "Place", "Oslo"),
    Entity("bergen", "Place", "Bergen"),
)
GOLD = Record(
    "a",
    entities=ENTITIES,
    positions=(Position("olga", "First Vice-Rector", "fjord"), Position("tan", "Dean", "lakes")),
    events=(Event("v1", "Forum", "Water Forum", "2024-05-03", ("oslo",), ("fjord",), ("tan",)),),
    agreements=(Agreement("a1", "Memorandum", ("fjord", "lakes")),),
    facilities=(Facility("hub", ("fjord",), "lakes"),),
    part_of=(Link("hub", "lakes"),),
    located_in=(Link("fjord", "oslo"),),
)


def errors(kind: str, found: Record) -> list[tuple[str, str, str]]:
    report = Report()
    compare("a", GOLD, found, report)
    return [(e.error, e.gold, e.found) for e in report.all_errors if e.kind == kind]


def classes(kind: str, found: Record) -> list[str]:
    return sorted(error for error, _, _ in errors(kind, found))


def with_entity(id: str, **changes: str) -> Record:
    changed = (replace(e, **changes) if e.id == id else e for e in ENTITIES)
    return replace(GOLD, entities=tuple(changed))


def test_a_longer_name_is_an_error_of_boundary() -> None:
    found = with_entity("lakes", name="Oslo-based Northern Lakes University Rector Delegation")
    assert errors("entities", found) == [
        (
            "boundary",
            "University: Northern Lakes University",
            "University: Oslo-based Northern Lakes University Rector Delegation",
        )
    ]


def test_another_type_is_one_error_of_type_and_so_it_is_among_the_universities() -> None:
    found = with_entity("lakes", type="School")
    assert classes("entities", found) == ["type"]
    assert errors("University", found) == [("type", "University: Northern Lakes University", "")]


def test_a_name_of_another_thing_is_missed_and_made_up() -> None:
    assert classes("entities", with_entity("olga", name="Marat Kemelov")) == ["missed", "spurious"]


@pytest.mark.parametrize(
    ("position", "error"),
    [
        (Position("olga", "Vice-Rector", "fjord"), "boundary"),
        (Position("olga", "Professor", "fjord"), "wrong end"),
        (Position("olga", "First Vice-Rector", "lakes"), "wrong end"),
        (Position("olga", "First Vice-Rector"), "wrong end"),
        (Position("tan", "First Vice-Rector", "fjord"), "wrong end"),
    ],
)
def test_a_position_of_which_one_end_differs(position: Position, error: str) -> None:
    found = replace(GOLD, positions=(position, GOLD.positions[1]))
    assert classes("position of", found) == [error]


def test_a_position_of_which_two_ends_differ_is_missed_and_made_up() -> None:
    found = replace(GOLD, positions=(Position("tan", "Guard", "fjord"), GOLD.positions[1]))
    assert classes("position of", found) == ["missed", "spurious"]


FORUM = GOLD.events[0]


@pytest.mark.parametrize(
    ("kind", "event", "expected"),
    [
        ("participation", replace(FORUM, organizers=(), participants=("tan", "fjord")), ["type"]),
        ("participation", replace(FORUM, participants=("olga",)), ["wrong end"]),
        ("event date", replace(FORUM, date="2024-05"), ["boundary"]),
        ("event place", replace(FORUM, places=("bergen",)), ["wrong end"]),
        ("event place", replace(FORUM, places=()), ["missed"]),
        ("event place", replace(FORUM, places=("oslo", "bergen")), ["spurious"]),
    ],
)
def test_parts_of_an_event(kind: str, event: Event, expected: list[str]) -> None:
    assert classes(kind, replace(GOLD, events=(event,))) == expected


@pytest.mark.parametrize(
    ("facility", "expected"),
    [
        (Facility("hub", ("fjord",), "bergen"), ["wrong end"]),
        (Facility("hub", ("lakes",), "fjord"), ["type", "type"]),
        (Facility("hub", ("fjord",)), ["missed"]),
    ],
)
def test_ends_of_a_facility(facility: Facility, expected: list[str]) -> None:
    assert classes("facility", replace(GOLD, facilities=(facility,))) == expected


parts = st.builds(
    lambda positions, participants, organizers, parties, links: replace(
        GOLD,
        positions=tuple(positions),
        events=(replace(FORUM, participants=tuple(participants), organizers=tuple(organizers)),),
        agreements=(Agreement("x", "Memorandum", tuple(parties)),),
        part_of=tuple(links),
    ),
    st.lists(
        st.builds(
            Position,
            st.sampled_from(["olga", "tan"]),
            st.sampled_from(["Dean", "Vice-Rector", "First Vice-Rector", "Guard"]),
            st.sampled_from(["fjord", "lakes", None]),
        ),
        max_size=4,
    ),
    st.lists(st.sampled_from(["olga", "tan", "lakes"]), max_size=3, unique=True),
    st.lists(st.sampled_from(["fjord", "bergen"]), max_size=2, unique=True),
    st.lists(st.sampled_from(["fjord", "lakes", "oslo"]), min_size=1, max_size=3, unique=True),
    st.lists(
        st.builds(Link, st.sampled_from(["hub", "lakes"]), st.sampled_from(["fjord", "oslo"])),
        max_size=3,
    ),
)


@settings(max_examples=60, deadline=None)
@given(parts)
def test_the_classes_add_up_to_what_is_missed_and_what_is_made_up(found: Record) -> None:
    report = Report()
    compare("a", GOLD, found, report)
    table = report.classes().set_index("kind")
    for kind in set(KINDS) - set(ENTITY_KINDS):
        row, score = table.loc[kind], report.scores[kind]
        paired = row["boundary"] + row["type"] + row["wrong end"]
        assert paired + row["missed"] == score.gold - score.hits, kind
        assert paired + row["spurious"] == score.found - score.hits, kind
        hits = [j for j in report.judgements if j.kind == kind and j.error == HIT]
        assert len(hits) == score.hits
    assert {judgement.error for judgement in report.judgements} <= {HIT, *CLASSES}
