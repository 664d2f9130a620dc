"""How well the gold clusters of the corpus are found, from its gold records and from poorer ones.

The figures are floors: they may be raised, and lowered only with a reason.
"""

import random
from dataclasses import replace

import pytest

from kg.extraction.record import Record
from kg.resolution import resolve
from kg.resolution.measures import Score, b_cubed, false_merges
from resolution.samples import Handle, corpus, gold_identity

RECORDS = corpus()
GOLD, UNDECIDED = gold_identity(RECORDS)
TYPES = {
    (key, entity.id): entity.type for key, record in RECORDS.items() for entity in record.entities
}


def found_in(records: dict[str, Record]) -> dict[Handle, str]:
    keys = resolve(records).keys
    return {handle: keys[handle] for handle in GOLD}


def score(found: dict[Handle, str], *types: str) -> Score:
    among = [handle for handle in GOLD if not types or TYPES[handle] in types]
    return b_cubed(found, GOLD, undecided=UNDECIDED, among=among)


def merged_people(found: dict[Handle, str]) -> list[frozenset[Handle]]:
    pairs = false_merges(found, GOLD, undecided=UNDECIDED)
    return [pair for pair in pairs if {TYPES[handle] for handle in pair} == {"Person"}]


def test_the_corpus_is_whole() -> None:
    assert len(RECORDS) >= 41
    assert len(GOLD) >= 547
    assert len(UNDECIDED) == 5


def test_identity_is_found() -> None:
    found = found_in(RECORDS)
    assert score(found).precision >= 0.995
    assert score(found).recall >= 0.995
    assert merged_people(found) == []


@pytest.mark.parametrize(
    ("type", "floor"),
    [("Person", 1.0), ("University", 1.0), ("GovernmentBody", 1.0), ("DiplomaticMission", 1.0),
     ("JointFacility", 1.0), ("Place", 1.0), ("OrganizationalUnit", 1.0)],
)  # fmt: skip
def test_identity_is_found_kind_by_kind(type: str, floor: float) -> None:
    assert score(found_in(RECORDS), type).f1 >= floor


def test_things_that_several_reports_name_are_found() -> None:
    repeated = [handle for handle in GOLD if isinstance(GOLD[handle], str)]
    found = b_cubed(found_in(RECORDS), GOLD, undecided=UNDECIDED, among=repeated)
    assert found.f1 >= 0.99


def poorer(record: Record, loss: float, draw: random.Random) -> Record:
    """Return a record from which a reader has missed a share of everything, and some types."""

    def kept(items: tuple) -> tuple:
        return tuple(item for item in items if draw.random() >= loss)

    vague = ("Organization", "University", "OrganizationalUnit", "GovernmentBody")
    entities = tuple(
        replace(
            entity,
            aliases=kept(entity.aliases),
            type=draw.choice(vague)
            if entity.type not in ("Person", "Place") and draw.random() < loss / 2
            else entity.type,
        )
        for entity in record.entities
    )
    return replace(
        record,
        entities=entities,
        positions=kept(record.positions),
        part_of=kept(record.part_of),
        located_in=kept(record.located_in),
        facilities=kept(record.facilities),
    )


@pytest.mark.parametrize(("loss", "floor"), [(0.1, 0.985), (0.2, 0.975), (0.4, 0.965)])
def test_what_a_reader_misses_costs_little_and_merges_nobody(loss: float, floor: float) -> None:
    draw = random.Random(7)
    found = found_in({key: poorer(record, loss, draw) for key, record in RECORDS.items()})
    assert score(found).f1 >= floor
    assert score(found).precision >= 0.99
    assert merged_people(found) == []
