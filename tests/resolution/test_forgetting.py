from __future__ import annotations

from kg.documents.document import Document
from kg.extraction.record import Entity, Event, Position, Record
from kg.resolution.forgetting import (
    COVER,
    name_key,
    same_but_for_covers,
    telling_names,
    without_people,
)

TEXT = "Anna Berg, Rector of Berg College, came. Later Berg met Ole Dahl; iceberg and Bergen stay."
DOCUMENT = Document("d", TEXT, title="Anna Berg in Oslo", author="Ole Dahl")
RECORD = Record(
    "d",
    title="Anna Berg in Oslo",
    entities=(
        Entity("e1", "Person", "Anna Berg", ("Berg",), ((0, 9), (47, 51))),
        Entity("e2", "University", "Berg College", (), ((21, 33),)),
        Entity("e3", "Person", "Ole Dahl", (), ((56, 64),)),
    ),
    positions=(Position("e1", "Rector", "e2", (0, 33)),),
    events=(
        Event("v1", "Meeting", "Talk with Anna Berg", participants=("e1", "e3"), evidence=(41, 65),
              evidence_of={"e1": (41, 51), "e3": (52, 64)}),
    ),
)  # fmt: skip


def forget_anna(entity: Entity) -> bool:
    return entity.name == "Anna Berg"


def test_names_are_covered_in_place_and_statements_go() -> None:
    document, record = without_people(DOCUMENT, RECORD, forget_anna)
    assert len(document.text) == len(TEXT)
    assert document.text == TEXT.replace("Anna Berg", "████ ████").replace(" Berg ", " ████ ")
    assert document.title == "████ ████ in Oslo" == record.title
    assert document.text_hash == DOCUMENT.text_hash
    assert [entity.name for entity in record.entities] == ["████ College", "Ole Dahl"]
    assert record.positions == ()
    (event,) = record.events
    assert event.participants == ("e3",)
    assert dict(event.evidence_of) == {"e3": (52, 64)}
    assert event.name == "Talk with ████ ████"
    record.check(document.text)


def test_without_anybody_to_forget_nothing_changes() -> None:
    assert without_people(DOCUMENT, RECORD, lambda _: False) == (DOCUMENT, RECORD)


def test_keys_of_names() -> None:
    assert name_key("Анна Берг") == name_key("BERG, Anna")
    assert name_key("Berg") == ""
    entity = Entity("e", "Person", "Anna Berg", ("A. Berg", "Anna Maria Berg"))
    assert telling_names(entity) == ["Anna Berg", "Anna Maria Berg"]


def test_a_covered_text_is_the_same() -> None:
    assert same_but_for_covers(f"{COVER * 4} came", "Anna came")
    assert not same_but_for_covers(f"{COVER * 4} came", "Anna went")
    assert not same_but_for_covers(None, "Anna came")
    assert same_but_for_covers(None, None)
