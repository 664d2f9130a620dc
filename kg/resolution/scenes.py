"""What one document says around each of its entities, ready to be asked for by id."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from sys import intern
from types import MappingProxyType
from typing import Any, TypeVar
from urllib.parse import urlsplit

from kg.extraction import places
from kg.extraction.record import Entity, Event, Facility, Link, Position, Record, Span

Handle = tuple[str, str]
"""A document's key and an id that is local to its record."""

Shared = TypeVar("Shared")

_AT_HAND = 2_000  # scenes that are kept: some 3 MB
_NOWHERE: Span = (0, 0)
_NOTHING: Mapping[str, Any] = MappingProxyType({})
_NO_SPANS: dict[str, Span] = {}  # unlike a proxy, these can be pickled
_NO_FIGURES: dict[str, float] = {}

# Top-level domains of countries that are sold to everyone.
_SOLD = frozenset({"ai", "cc", "co", "fm", "io", "me", "to", "tv", "ws"})


@dataclass(frozen=True, slots=True)
class Scene:
    """One record, indexed.

    ``parents`` and ``sites`` give for an entity what the text places it inside
    (`part_of`, `located_in`); ``posts`` the positions of a person, ``holders`` those at an
    organization; ``facilities`` the row of a joint facility. References to entities that
    the record does not have are left out. ``handles`` are those of its entities and events, one
    object each for all who keep them, and ``places`` tells where among them an id stands.
    """

    key: str
    record: Record
    entities: Mapping[str, Entity]
    parents: Mapping[str, tuple[str, ...]]
    sites: Mapping[str, tuple[str, ...]]
    posts: Mapping[str, tuple[Position, ...]]
    holders: Mapping[str, tuple[Position, ...]]
    facilities: Mapping[str, Facility]
    places: Mapping[str, int]
    handles: tuple[Handle, ...]

    @classmethod
    def of(cls, key: str, record: Record, handles: tuple[Handle, ...] = ()) -> Scene:
        """Index a record under its document's key, with its handles if they are there already."""
        entities = {entity.id: entity for entity in record.entities}
        posts: dict[str, tuple[Position, ...]] = {}
        holders: dict[str, tuple[Position, ...]] = {}
        for post in record.positions:
            if post.person not in entities:
                continue
            posts[post.person] = (*posts.get(post.person, ()), post)
            if post.of in entities:
                holders[post.of] = (*holders.get(post.of, ()), post)
        ids = tuple(dict.fromkeys((*entities, *(event.id for event in record.events))))
        rows = {row.facility: row for row in record.facilities if row.facility in entities}
        return cls(
            key, record, entities, _ends(record.part_of, entities),
            _ends(record.located_in, entities), posts or _NOTHING, holders or _NOTHING,
            rows or _NOTHING, _places(ids), handles or tuple((key, id) for id in ids),
        )  # fmt: skip

    def handle(self, id: str) -> Handle:
        """Return the handle of one of this record's entities or events."""
        at = self.places.get(id)
        return (self.key, id) if at is None else self.handles[at]

    def entity(self, id: str | None) -> Entity | None:
        """Return an entity, None for no id or one that the record does not have."""
        return None if id is None else self.entities.get(id)

    def organizations(self) -> Iterator[Entity]:
        """Yield every entity that is neither a person nor a place."""
        for entity in self.entities.values():
            if family(entity.type) == "organization":
                yield entity

    def of_type(self, type: str) -> Iterator[Entity]:
        """Yield the entities of one type."""
        return (entity for entity in self.entities.values() if entity.type == type)


class Scenes(Mapping[str, Scene]):
    """The scenes of records, in the order of their keys, each made when it is asked for.

    Parameters
    ----------
    records : mapping of str to Record
        The records by their documents' keys.
    """

    def __init__(self, records: Mapping[str, Record]):
        self._records = records
        self._keys = sorted(records)
        self._handles: dict[str, tuple[Handle, ...]] = {}
        self._made = lru_cache(maxsize=_AT_HAND)(self._make)

    def __getitem__(self, key: str) -> Scene:
        return self._made(key)

    def __contains__(self, key: object) -> bool:
        return key in self._records

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)

    def _make(self, key: str) -> Scene:
        scene = Scene.of(key, self._records[key], self._handles.get(key, ()))
        self._handles[key] = scene.handles  # one object for each, whenever the scene is made
        return scene


class Slimming:
    """Makes records light, by what one record has in common with those before it.

    Without the places in the text, and with one copy of a name, an entity or a post that many
    reports have, the records of a whole graph take a fraction of the memory.
    """

    def __init__(self) -> None:
        self._shared: dict[Any, Any] = {}

    def slim(self, record: Record) -> Record:
        """Return a record with only what resolution reads, its parts shared with other records."""
        return Record(
            record.id,
            source=record.source,
            published=record.published and intern(record.published),
            entities=tuple(self._one(_named(one)) for one in record.entities),
            positions=self._one(tuple(self._one(_held(one)) for one in record.positions)),
            events=tuple(map(self._bare, record.events)),
            facilities=tuple(replace(one, evidence=_NOWHERE) for one in record.facilities),
            part_of=self._one(tuple(map(_linked, record.part_of))),
            located_in=self._one(tuple(map(_linked, record.located_in))),
        )

    def _bare(self, event: Event) -> Event:
        """Return an event without what its parts rest on."""
        places, organizers, participants = (
            self._one(tuple(map(intern, ids)))
            for ids in (event.places, event.organizers, event.participants)
        )
        return Event(
            intern(event.id), intern(event.type), event.name, event.date and intern(event.date),
            places, organizers, participants, evidence_of=_NO_SPANS, confidence_of=_NO_FIGURES,
        )  # fmt: skip

    def _one(self, value: Shared) -> Shared:
        """Return the first value that was equal to this one."""
        found: Shared = self._shared.setdefault(value, value)
        return found


def slim(record: Record) -> Record:
    """Return a record with only what resolution reads."""
    return Slimming().slim(record)


def _named(one: Entity) -> Entity:
    return Entity(
        intern(one.id), intern(one.type), intern(one.name), tuple(map(intern, one.aliases))
    )


def _held(one: Position) -> Position:
    return Position(intern(one.person), intern(one.role), one.of and intern(one.of))


def _linked(one: Link) -> Link:
    return Link(intern(one.child), intern(one.parent))


def family(type: str) -> str:
    """Return ``person``, ``place`` or ``organization``: what may never be joined across."""
    return type.casefold() if type in ("Person", "Place") else "organization"


def publisher_country(record: Record) -> str | None:
    """Return the country whose top-level domain the record's source has, if any."""
    address = record.source or ""
    try:
        host = (urlsplit(address).hostname or "").rstrip(".")
    except ValueError:
        return None
    match = re.search(r"\.([a-z]{2})$", host)
    if match is None or match[1] in _SOLD:
        return None
    try:
        return places.get("gb" if match[1] == "uk" else match[1]).country
    except KeyError:
        return None


@lru_cache(maxsize=10_000)
def _places(ids: tuple[str, ...]) -> Mapping[str, int]:
    """Return where each id stands: most records have ids in common, and share this."""
    return {id: at for at, id in enumerate(ids)}


def _ends(links: tuple[Link, ...], known: Mapping[str, Entity]) -> Mapping[str, tuple[str, ...]]:
    ends: dict[str, tuple[str, ...]] = {}
    for link in links:
        if link.child in known and link.parent in known and link.child != link.parent:
            ends[link.child] = (*ends.get(link.child, ()), link.parent)
    return ends or _NOTHING
