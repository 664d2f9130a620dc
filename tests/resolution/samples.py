"""Short ways to write records for tests, and to ask what a resolution made of them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path

from kg.extraction.record import Entity, Event, Facility, Link, Position, Record
from kg.resolution import resolve
from kg.resolution.entities import Resolution, ResolvedEntity

CORPUS = Path(__file__).parents[2] / "corpus"
Handle = tuple[str, str]

TYPES = {
    "person": "Person",
    "place": "Place",
    "uni": "University",
    "gov": "GovernmentBody",
    "unit": "OrganizationalUnit",
    "party": "PartyOrganization",
    "joint": "JointFacility",
    "mission": "DiplomaticMission",
    "institute": "ResearchInstitute",
    "association": "Association",
    "organization": "Organization",
    "union": "InternationalOrganization",
    "company": "Company",
}


def report(
    *entities: str,
    posts: Iterable[tuple[str, str, str | None]] = (),
    part_of: Iterable[tuple[str, str]] = (),
    located_in: Iterable[tuple[str, str]] = (),
    facilities: Iterable[Facility] = (),
    events: Iterable[Event] = (),
    source: str | None = None,
    published: str | None = None,
) -> Record:
    """Return a record; an entity is written ``uni Amber University | AU``, its id is its name."""
    return Record(
        id="",
        source=source,
        published=published,
        entities=tuple(_entity(text) for text in entities),
        positions=tuple(Position(person, role, of) for person, role, of in posts),
        part_of=tuple(Link(child, parent) for child, parent in part_of),
        located_in=tuple(Link(child, parent) for child, parent in located_in),
        facilities=tuple(facilities),
        events=tuple(events),
    )


def _entity(text: str) -> Entity:
    kind, _, names = text.partition(" ")
    name, *aliases = names.split(" | ")
    return Entity(name, TYPES[kind], name, tuple(aliases))


def resolved(*records: Record) -> Resolution:
    """Resolve records under the keys d0, d1 …"""
    return resolve({f"d{number}": record for number, record in enumerate(records)})


def same(*records: Record, names: tuple[str, ...]) -> bool:
    """Return whether all entries with these names, whichever record has them, are one thing."""
    found = resolved(*records)
    keys = {key for (_, id), key in found.keys.items() if id in names}
    return len(keys) == 1


def thing(resolution: Resolution, name: str) -> ResolvedEntity:
    """Return what an entry with this name, which must be one thing, is."""
    (key,) = {key for (_, id), key in resolution.keys.items() if id == name}
    return resolution.entities[key]


def corpus() -> dict[str, Record]:
    """Return the gold records of the corpus by their ids."""
    paths = sorted(CORPUS.glob("en-*.gold.json"))
    records = [Record.from_dict(json.loads(path.read_text(encoding="utf-8"))) for path in paths]
    return {record.id: record for record in records}


def gold_identity(
    records: dict[str, Record],
) -> tuple[dict[Handle, object], set[frozenset[Handle]]]:
    """Return the gold cluster of every entry of the corpus, and the pairs left undecided."""
    data = json.loads((CORPUS / "identity.gold.json").read_text(encoding="utf-8"))
    gold: dict[Handle, object] = {
        (key, entity.id): (key, entity.id)
        for key, record in records.items()
        for entity in record.entities
    }
    for cluster in data["clusters"]:
        for key, id in cluster["members"]:
            gold[key, id] = cluster["name"]
    undecided = {
        frozenset((tuple(one), tuple(other)))
        for group in data["undecided"]
        for one, other in combinations(group, 2)
    }
    return gold, undecided
