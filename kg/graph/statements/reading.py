"""One document together with its record and the identities of what it names."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode

from kg.documents.document import Document
from kg.errors import RecordError
from kg.extraction import places
from kg.extraction.record import Record, Span
from kg.graph.vocabulary import CLASSES, SCHEMA, node
from kg.resolution.entities import Resolution, ResolvedEntity

Triple = tuple[NamedNode, NamedNode, NamedNode | Literal]

_PLACE_CLASSES = {
    "country": SCHEMA.Country,
    "region": SCHEMA.AdministrativeArea,
    "city": SCHEMA.City,
    "area": SCHEMA.Place,
}


@dataclass(frozen=True, slots=True)
class Reading:
    """A document, what was read in it, and which real things its local ids stand for.

    ``former`` gives the keys that were merged into a key; `renamed` fills with the nodes of
    facts under the IRIs that they had then, so that a decision about such a fact still finds it.
    """

    document: Document
    record: Record
    resolution: Resolution
    base: str
    former: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    renamed: dict[str, NamedNode] = field(default_factory=dict)

    def key(self, local: str) -> str:
        """Return the key of the entity or event with this local id.

        Raises
        ------
        RecordError
            If it was not resolved.
        """
        try:
            return self.resolution.keys[self.document.key, local]
        except KeyError:
            message = f"{local!r} of the record has no identity"
            raise RecordError(message, where=self.document.id) from None

    def node(self, local: str) -> NamedNode:
        """Return the IRI of the entity or event with this local id."""
        return node(self.key(local), self.base)

    def resolved(self, local: str) -> ResolvedEntity:
        """Return the real thing that the entity with this local id is."""
        return self.resolution.entities[self.key(local)]

    def name(self, local: str) -> str:
        """Return the display name of the entity with this local id."""
        return usual_name(self.resolved(local))

    def is_place(self, local: str) -> bool:
        """Whether the entity with this local id is a place."""
        return self.resolved(local).type == "Place"

    def fact(self, kind: str, *parts: str) -> NamedNode:
        """Return the node of an n-ary fact, the same for every document that states it."""
        fact = node(f"{kind}-{digest(*parts)}", self.base)
        for old in self._formerly(parts):
            self.renamed[node(f"{kind}-{digest(*old)}", self.base).value] = fact
        return fact

    def _formerly(self, parts: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        """Yield the parts of a fact with one key as it was before a merge."""
        for at, part in enumerate(parts):
            for old in self.former.get(part.rpartition("/")[2], ()):
                key = part.rpartition("/")[2]
                yield (*parts[:at], part.removesuffix(key) + old, *parts[at + 1 :])

    def own(self, kind: str, *parts: str | int) -> NamedNode:
        """Return a node that belongs to this document alone."""
        return node("-".join((kind, self.document.key, *map(str, parts))), self.base)

    def quote(self, span: Span) -> str:
        """Return the words of a span."""
        return self.document.text[span[0] : span[1]]


def listed(names: list[str]) -> str:
    """Return names in a row: "A", "A and B", "A, B and C"."""
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


def digest(*parts: str) -> str:
    """Return 16 hexadecimal digits that stand for a canonical key."""
    joined = "|".join(part.replace("\\", "\\\\").replace("|", "\\|") for part in parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def gazetteer_place(key: str) -> places.Place | None:
    """Return the gazetteer's place behind an entity key, or None if it knows none."""
    try:
        return places.get(key.removeprefix("place-"))
    except KeyError:
        return None


def usual_name(entity: ResolvedEntity) -> str:
    """Return the display name of a real thing; of a place, the gazetteer's."""
    known = gazetteer_place(entity.key)
    return known.name if known is not None else entity.name


def class_of(entity: ResolvedEntity) -> NamedNode:
    """Return the class of a real thing; of a place, as the gazetteer knows it."""
    place = gazetteer_place(entity.key) if entity.type == "Place" else None
    if place is not None:
        return _PLACE_CLASSES[place.kind]
    return CLASSES[entity.type]
