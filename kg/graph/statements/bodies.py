"""The body behind a post of which a text gives only the territory.

"Deputy Akim of Almaty" is of the Akimat of Almaty, "the Consul General of China in Almaty" of
the Consulate General of China in Almaty. A body that some text names is used; otherwise one
is made and marked as inferred. What such a body is called stands in the role scheme.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from pyoxigraph import NamedNode

from kg.extraction import places
from kg.extraction.record import Position
from kg.graph.literals import TRUE, name_literal
from kg.graph.schemes import Concept, role
from kg.graph.statements.reading import (
    Reading,
    Triple,
    class_of,
    digest,
    gazetteer_place,
    usual_name,
)
from kg.graph.vocabulary import COOP, RDF, RDFS, node
from kg.resolution.entities import Resolution, ResolvedEntity

Signature = tuple[frozenset[str], frozenset[str]]
_GOVERNING = ("GovernmentBody", "DiplomaticMission")
# Words that a body's name may have or lack, and words that mean the same.
_LOOSE = frozenset({"the", "of", "in", "to", "and", "s", "people", "peoples", "republic", "city",
                    "province", "provincial", "municipal", "general"})  # fmt: skip
_SAME = {"oblast": "region", "regional": "region", "ministries": "ministry"}


@dataclass(frozen=True, slots=True)
class Body:
    """The body that a post belongs to.

    Parameters
    ----------
    key : str
        Key of its node.
    label : str
        What it is called.
    kind : NamedNode
        Its class.
    named : bool
        Whether a text names it; if none does it is inferred.
    territory : str
        Key of the territory or state that it serves.
    seat : str or None
        Key of the place where it stands, of a mission.
    """

    key: str
    label: str
    kind: NamedNode
    named: bool
    territory: str
    seat: str | None = None


def body_of(reading: Reading, position: Position) -> Body | None:
    """Return the body behind a post that the text gives to a place, or None."""
    if position.of is None or not reading.is_place(position.of):
        return None
    place = reading.resolved(position.of)
    concept = _serving(position.role, class_of(place))
    if concept is None or concept.body_class is None:
        return None
    seat = _seat(reading, position) if concept.body_class == COOP.DiplomaticMission else None
    labels = list(_labels(concept, _field(position.role), place, seat))
    named = _named_body(reading.resolution, labels, concept.body_class)
    if named is not None:
        kind = class_of(named)
        return Body(named.key, named.name, kind, True, place.key, seat.key if seat else None)
    # One state has many missions: one whose seat is not said is the mission of its officer.
    whose = reading.key(position.person) if "{seat}" in "".join(concept.body_labels) else ""
    key = f"org-i-{digest(labels[0], place.key, '' if seat else whose)[:8]}"
    return Body(key, labels[0], concept.body_class, False, place.key, seat.key if seat else None)


def body_triples(reading: Reading, body: Body) -> Iterator[Triple]:
    """Yield a body; one that no text names is marked, and says whom it serves and where."""
    one = node(body.key, reading.base)
    yield one, RDF.type, body.kind
    yield one, RDFS.label, name_literal(body.label)
    if body.named:
        return
    yield one, COOP.inferred, TRUE
    if body.kind != COOP.DiplomaticMission:
        yield one, COOP.basedIn, node(body.territory, reading.base)
        return
    yield one, COOP.sendingState, node(body.territory, reading.base)
    if body.seat is not None:
        yield one, COOP.basedIn, node(body.seat, reading.base)
        receiving = _state(body.seat)
        if receiving is not None and receiving != body.territory:
            yield one, COOP.receivingState, node(receiving, reading.base)


def _serving(words: str, held_at: NamedNode) -> Concept | None:
    """Return the role that names the body: the post's own, or that of whom it serves."""
    concept = role(words, held_at)
    if concept.body_class is None and (served := re.search(r"\bto (?:the )?(.+)$", words)):
        concept = role(served[1], held_at)
    return concept if concept.body_class is not None else None


def _field(words: str) -> str | None:
    """Return what a minister is minister of."""
    match = re.search(r"\bminister\s+(?:of|for)\s+(.+)$", words, re.IGNORECASE)
    return match[1].strip() if match else None


def _labels(
    concept: Concept, field: str | None, place: ResolvedEntity, seat: ResolvedEntity | None
) -> Iterator[str]:
    """Yield what the body may be called, the usual names of the places first."""
    known = {"field": field, "seat": usual_name(seat) if seat else None}
    whole = [label for label in concept.body_labels if _fits(label, known)]
    template = max(whole, key=len)
    for name in dict.fromkeys((usual_name(place), place.name, *place.aliases)):
        yield template.format(place=name, **known)


def _fits(label: str, known: Mapping[str, str | None]) -> bool:
    return all(known[part] for part in known if f"{{{part}}}" in label)


def _seat(reading: Reading, position: Position) -> ResolvedEntity | None:
    """Return the place that the words give after the post: "in Almaty", "to Kazakhstan"."""
    words = reading.quote(position.evidence)
    after = words[max(words.casefold().find(position.role.casefold()), 0) :][:120]
    after = re.split(r"[;:!?]|\.\s", after)[0]
    found = []
    for entity in reading.record.entities:
        if not reading.is_place(entity.id) or entity.id == position.of:
            continue
        for name in (entity.name, *entity.aliases):
            match = re.search(rf"\b(?:in|to)\s+(?:the\s+)?{re.escape(name)}\b", after)
            if match:
                found.append((match.start(), -len(name), entity.id))
    return reading.resolved(min(found)[2]) if found else None


def _state(place: str) -> str | None:
    """Return the key of the country in which a place lies."""
    known = gazetteer_place(place)
    if known is None or known.country is None:
        return None
    return f"place-{known.country.lower()}"


def _named_body(
    resolution: Resolution, labels: list[str], kind: NamedNode
) -> ResolvedEntity | None:
    index = _index(_Identity(resolution))
    for label in labels:
        for entity in index.get(signature(label), ()):
            if class_of(entity) == kind:
                return entity
    return None


def signature(name: str) -> Signature:
    """Return the words that tell one body from another, whatever their order.

    "Embassy of the People's Republic of China in Kazakhstan" and "Chinese Embassy in
    Kazakhstan" have the same. What stands after "in" stays apart: it is not whose embassy it is.
    """
    whose, *where = re.split(r"\s+(?:in|to)\s+", name.casefold(), maxsplit=1)
    return _telling(whose), _telling(where[0] if where else "")


def _telling(words: str) -> frozenset[str]:
    found = set()
    for word in re.findall(r"[^\W_]+", words):
        state = places.adjective(word)
        found.add(state.name.casefold() if state else _SAME.get(word, word))
    return frozenset(found - _LOOSE)


class _Identity:
    """A resolution as a key of a cache: the same object, not an equal one."""

    def __init__(self, resolution: Resolution) -> None:
        self.resolution = resolution

    def __hash__(self) -> int:
        return id(self.resolution)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Identity) and other.resolution is self.resolution


@lru_cache(maxsize=2)
def _index(identity: _Identity) -> Mapping[Signature, tuple[ResolvedEntity, ...]]:
    """Signature → bodies of a resolution, with and without the name of their country."""
    table: dict[Signature, dict[str, ResolvedEntity]] = {}
    for key in sorted(identity.resolution.entities):
        entity = identity.resolution.entities[key]
        if entity.type in _GOVERNING:
            for words in _signatures(entity):
                table.setdefault(words, {})[key] = entity
    return {words: tuple(found.values()) for words, found in table.items()}


def _signatures(entity: ResolvedEntity) -> Iterator[Signature]:
    place = gazetteer_place((entity.country or "").lower())
    for name in (entity.name, *entity.aliases):
        whose, where = signature(name)
        yield whose, where
        if place is not None and entity.type == "GovernmentBody":
            yield whose | _telling(place.name.casefold()), where
