import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import RecordError
from kg.extraction.record import (
    AGREEMENT_TYPES,
    ENTITY_TYPES,
    EVENT_TYPES,
    STAGE_TYPES,
    Agreement,
    Entity,
    Event,
    Facility,
    Link,
    Position,
    Record,
    Stage,
)

TEXT = "Olga Remizova of Oslo Academy"
SMALL = Record(
    id="small",
    source="https://e.org/1",
    title="A title",
    published="2024-05-06",
    extractor="kg 0",
    entities=(
        Entity("e1", "Person", "Olga Remizova", ("Remizova",), ((0, 13),), 0.9),
        Entity("e2", "University", "Oslo Academy", (), ((17, 29),)),
        Entity("e3", "Place", "Oslo"),
    ),
    positions=(Position("e1", "Dean", "e2", (0, 29), 0.8), Position("e1", "Professor")),
    events=(
        Event("v1", "Forum", "The Forum", "2024-05-01", ("e3",), ("e2",), ("e1",), "Water", (0, 29),
              0.7, "--05-01", (0, 4), {"e1": (0, 13)}, "planned"),
    ),
    agreements=(Agreement("a1", "Memorandum", ("e2",), "2024", "planned", "water", (0, 29)),),
    facilities=(Facility("e2", ("e2",), "e3", (0, 29), 0.5, "planned"),),
    part_of=(Link("e1", "e2", (0, 29), 0.6),),
    located_in=(Link("e2", "e3", (17, 29), 0.6),),
)  # fmt: skip

_words = st.text(max_size=8)
_some = st.none() | _words
_spans = st.tuples(st.integers(0, 50), st.integers(0, 50))
_sure = st.floats(0, 1)
_factuality = st.sampled_from(["actual", "planned", "denied", "cancelled"])


def _several(one: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(one, max_size=3).map(tuple)


@st.composite
def records(draw: st.DrawFn) -> Record:
    """Draw any record that holds."""
    ids = draw(st.lists(st.sampled_from(["e1", "e2", "e3", "x"]), min_size=1, unique=True))
    id = st.sampled_from(ids)
    ids_ = _several(id)
    types = st.sampled_from(ENTITY_TYPES)
    entity = st.tuples(types, _words, _several(_words), _several(_spans), _sure)
    position = st.builds(Position, id, _words, st.none() | id, _spans, _sure)
    event = st.builds(
        Event, _words, st.sampled_from(EVENT_TYPES), _some, _some, ids_, ids_, ids_, _some,
        _spans, _sure, _some, st.none() | _spans, st.dictionaries(id, _spans), _factuality,
    )  # fmt: skip
    status = st.sampled_from(["signed", "planned"])
    kinds = st.sampled_from(AGREEMENT_TYPES)
    agreement = st.builds(
        Agreement, _words, kinds, ids_, _some, status, _some, _spans, _sure, _some
    )
    facility = st.builds(Facility, id, ids_, st.none() | id, _spans, _sure, _factuality)
    link = st.builds(Link, id, id, _spans, _sure)
    papers = draw(_several(agreement))
    stage = st.builds(
        Stage, st.sampled_from([one.id for one in papers] or [""]), st.sampled_from(STAGE_TYPES),
        _some, _some, _some, _spans, _sure, _factuality, _some,
    )  # fmt: skip
    return Record(
        draw(_words), draw(_words), draw(_some), draw(_some), draw(_some), draw(_words),
        tuple(Entity(one, *draw(entity)) for one in ids), draw(_several(position)),
        draw(_several(event)), papers, draw(_several(facility)),
        draw(_several(link)), draw(_several(link)), draw(_several(stage)) if papers else (),
    )  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(records())
def test_any_record_comes_back_from_json(record: Record) -> None:
    line = record.to_json()
    assert "\n" not in line
    assert Record.from_json(line) == record


def test_the_keys_are_those_of_a_gold_file_and_the_evidence() -> None:
    data = SMALL.to_dict()
    assert list(data) == [
        "id", "language", "source", "title", "published", "extractor", "entities", "positions",
        "events", "agreements", "facilities", "part_of", "part_of_evidence", "located_in",
        "located_in_evidence", "stages",
    ]  # fmt: skip
    assert data["part_of"] == [["e1", "e2"]]
    assert data["part_of_evidence"] == [{"evidence": [0, 29], "confidence": 0.6}]
    assert data["events"][0]["evidence_of"] == {"e1": [0, 13]}
    assert data["entities"][0]["mentions"] == [[0, 13]]
    assert json.loads(SMALL.to_json()) == data


def test_empty_lists_stay_and_the_unknown_is_null() -> None:
    data = Record("a").to_dict()
    assert data["entities"] == data["events"] == data["located_in"] == []
    assert data["source"] is data["published"] is None


def test_letters_of_all_scripts_stay_readable() -> None:
    record = Record("a", entities=(Entity("e1", "University", "Қарқаралы 大学"),))
    assert "Қарқаралы 大学" in record.to_json()


def gold(**changes: Any) -> dict[str, Any]:
    """Return a gold annotation as people write it: without evidence or confidence."""
    empty: dict[str, Any] = {
        "positions": [], "events": [], "agreements": [], "facilities": [], "part_of": [],
        "located_in": [],
    }  # fmt: skip
    entities = [{"id": "e1", "type": "Person", "name": "Olga Remizova", "aliases": []}]
    return {"id": "a", "entities": entities, **empty, **changes}


def test_a_gold_annotation_is_read() -> None:
    record = Record.from_dict(gold(positions=[{"person": "e1", "role": "Dean", "of": None}]))
    assert record.entities == (Entity("e1", "Person", "Olga Remizova"),)
    assert record.positions == (Position("e1", "Dean"),)
    assert (record.positions[0].evidence, record.positions[0].confidence) == ((0, 0), 1.0)


def test_unknown_keys_are_passed_over() -> None:
    assert Record.from_dict(gold(note="checked twice")).id == "a"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"entities": [{"id": "e1", "type": "Robot", "name": "R"}]}, "unknown entity type 'Robot'"),
        ({"events": [{"id": "v1", "type": "Party"}]}, "unknown event type 'Party'"),
        ({"agreements": [{"id": "a1", "type": "Oath"}]}, "unknown agreement type 'Oath'"),
        ({"positions": [{"person": "e9", "role": "Dean"}]}, "unknown entity 'e9'"),
        ({"positions": [{"person": "e1", "role": "Dean", "of": "e9"}]}, "unknown entity 'e9'"),
        ({"events": [{"id": "v1", "type": "Forum", "places": ["e9"]}]}, "unknown entity 'e9'"),
        ({"events": [{"id": "v1", "type": "Forum", "evidence_of": {"e9": [0, 1]}}]},
         "unknown entity 'e9'"),
        ({"agreements": [{"id": "a1", "type": "Roadmap", "parties": ["e9"]}]},
         "unknown entity 'e9'"),
        ({"facilities": [{"facility": "e9"}]}, "unknown entity 'e9'"),
        ({"facilities": [{"facility": "e1", "host": "e9"}]}, "unknown entity 'e9'"),
        ({"stages": [{"agreement": "a9", "type": "expired"}]}, "unknown agreement 'a9'"),
        ({"stages": [{"agreement": "a9", "type": "lost"}]}, "unknown stage type 'lost'"),
        ({"part_of": [["e1", "e9"]]}, "unknown entity 'e9'"),
        ({"located_in": [["e9", "e1"]]}, "unknown entity 'e9'"),
        ({"entities": [{"id": "e1", "type": "Person", "name": "A"}] * 2},
         "two entities share an id"),
        ({"entities": [{"id": "e1", "type": "Person"}]}, "not an extraction record"),
        ({"entities": [{"id": "e1", "type": "Person", "name": "A", "mentions": [[1]]}]},
         "not an extraction record"),
        ({"part_of": [["e1"]]}, "not an extraction record"),
        ({"entities": None}, "not an extraction record"),
    ],
)  # fmt: skip
def test_what_does_not_hold_is_told_with_its_place(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(RecordError, match=message) as caught:
        Record.from_dict(gold(**changes), where="a.gold.json")
    assert str(caught.value).startswith("a.gold.json: ")


@pytest.mark.parametrize("key", ["id", "entities", "positions", "events", "agreements",
                                 "facilities", "part_of", "located_in"])  # fmt: skip
def test_a_missing_key_is_told(key: str) -> None:
    data = gold()
    del data[key]
    with pytest.raises(RecordError, match=f"the key '{key}' is missing"):
        Record.from_dict(data)


@pytest.mark.parametrize("line", ["", "{", "nothing", "[1, 2]", "null", "3"])
def test_a_line_that_is_no_record(line: str) -> None:
    with pytest.raises(RecordError, match="line 3"):
        Record.from_json(line, where="line 3")


def test_offsets_are_checked_against_the_text() -> None:
    record = replace(SMALL, positions=SMALL.positions[:1])
    record.check(TEXT)
    with pytest.raises(RecordError, match="29\\) is outside the text"):
        record.check(TEXT[:-1])


@pytest.mark.parametrize("span", [(5, 5), (6, 5), (-1, 3), (0, 30)])
def test_spans_that_quote_nothing(span: tuple[int, int]) -> None:
    record = Record("a", entities=(Entity("e1", "Person", "O", mentions=(span,)),))
    record.check()
    with pytest.raises(RecordError, match="outside the text"):
        record.check(TEXT)


def test_every_span_is_told() -> None:
    assert set(SMALL.spans()) == {(0, 13), (17, 29), (0, 29), (0, 0), (0, 4)}


def test_an_entity_is_found_by_its_id() -> None:
    assert SMALL.entity("e3").name == "Oslo"
    with pytest.raises(KeyError, match="e9"):
        SMALL.entity("e9")
