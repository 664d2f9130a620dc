"""The gate: a statement passes only if its quoted words name its ends.

An end holds in a quote if one of its mentions stands there, or words that can stand for it
("the university", "both sides", "he") while its name stands before them in the text. What a
reader of the text could not find in the quote is turned away, with the reason, whatever
extractor made the record. A post without its body, or an event without one of its guests,
goes on without that end; a statement that has lost what it is about does not.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TypeVar

from kg.errors import ExtractionError
from kg.extraction import places
from kg.extraction.lexicon import words
from kg.extraction.record import (
    Agreement,
    Entity,
    Event,
    Facility,
    Link,
    Position,
    Record,
    Span,
    Stage,
)
from kg.extraction.validity import names_paper

_Kept = TypeVar("_Kept")


@dataclass(frozen=True, slots=True)
class Ground:
    """Why an end of a statement holds in its quote.

    Parameters
    ----------
    words : tuple of int
        The words in the quote that name the end, or stand for it.
    name : tuple of int, optional
        Where the name stands that these words stand for; None if they name it themselves.
    """

    words: Span
    name: Span | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """What was turned away: a kind of statement, what it said, its quote, and why."""

    kind: str
    said: str
    quote: str
    reason: str

    def __str__(self) -> str:
        quote = " ".join(self.quote.split())
        return f"{self.kind}: {self.said}: {self.reason}: “{quote}”"


def ground(text: str, entity: Entity, span: Span, language: str = "en") -> Ground | None:
    """Return why an entity holds in the words of a span; None if nothing there says it.

    Parameters
    ----------
    text : str
        The document's text; offsets are code points.
    entity : Entity
        An end of a statement.
    span : tuple of int
        The words on which the statement rests.
    language : str
        The text's language; where its stand-ins are not known, only names hold.
    """
    for mention in entity.mentions:
        if mention[0] < span[1] and span[0] < mention[1]:
            return Ground((max(mention[0], span[0]), min(mention[1], span[1])))
    if found := _named(text, entity, span):
        return found
    before = [mention for mention in entity.mentions if mention[1] <= span[0]]
    pattern = _stand_ins(entity.type, language)
    standing = pattern.search(text, *span) if before and pattern else None
    return Ground(standing.span(), max(before)) if standing else None


def admitted(text: str, record: Record) -> tuple[Record, tuple[Refusal, ...]]:
    """Return a record with what holds in its text, and what was turned away.

    Parameters
    ----------
    text : str
        The document's text.
    record : Record
        What an extractor says of it; its offsets were checked (`Record.check`).
    """
    gate = _Gate(text, record)
    agreements = gate.all(map(gate.agreement, record.agreements))
    papers = {one.id for one in agreements}
    kept = replace(
        record,
        positions=gate.all(map(gate.position, record.positions)),
        events=gate.all(map(gate.event, record.events)),
        agreements=agreements,
        facilities=gate.all(map(gate.facility, record.facilities)),
        stages=gate.all(gate.stage(one, papers) for one in record.stages),
        part_of=gate.all(gate.link(link, "part of") for link in record.part_of),
        located_in=gate.all(gate.link(link, "located in") for link in record.located_in),
    )
    return kept, tuple(gate.refused)


@dataclass(slots=True)
class _Gate:
    """One record at the gate."""

    text: str
    record: Record
    refused: list[Refusal] = field(default_factory=list)
    entities: dict[str, Entity] = field(init=False)

    def __post_init__(self) -> None:
        self.entities = {entity.id: entity for entity in self.record.entities}

    @staticmethod
    def all(found: Iterable[_Kept | None]) -> tuple[_Kept, ...]:
        return tuple(one for one in found if one is not None)

    def position(self, one: Position) -> Position | None:
        said = f"{self._name(one.person)}, {one.role}"
        if _plain(one.role) not in _plain(self._quote(one.evidence)):
            self._refuse("post", said, one.evidence, f"“{one.role}” is not in the quote")
            return None
        if not self._holds("post", said, one.person, one.evidence):
            return None
        if one.of is None or self._holds("post", f"{said} of what?", one.of, one.evidence):
            return one
        return replace(one, of=None)

    def event(self, one: Event) -> Event:
        """Return an event with the places and the people and bodies that its quotes hold."""

        def held(ids: tuple[str, ...], part: str) -> tuple[str, ...]:
            said = f"{part} of {one.name or one.type}"
            return tuple(
                id
                for id in ids
                if self._holds(part, said, id, one.evidence_of.get(id, one.evidence))
            )

        kept = replace(
            one,
            places=held(one.places, "place"),
            organizers=held(one.organizers, "organizer"),
            participants=held(one.participants, "participant"),
        )
        ends = {*kept.places, *kept.organizers, *kept.participants}
        gone = {*one.places, *one.organizers, *one.participants} - ends
        return replace(
            kept,
            evidence_of={id: span for id, span in one.evidence_of.items() if id not in gone},
            confidence_of={id: sure for id, sure in one.confidence_of.items() if id not in gone},
        )

    def agreement(self, one: Agreement) -> Agreement | None:
        said = f"party to {one.type.lower()}"
        parties = tuple(p for p in one.parties if self._holds("party", said, p, one.evidence))
        if one.parties and not parties:
            self._refuse("agreement", one.type, one.evidence, "no party is in the quote")
            return None
        sure = {id: value for id, value in one.confidence_of.items() if id in parties}
        return replace(one, parties=parties, confidence_of=sure)

    def facility(self, one: Facility) -> Facility | None:
        name, span = self._name(one.facility), one.evidence
        if not self._holds("facility", "joint facility", one.facility, span):
            return None
        said = f"partner in {name}"
        founders = tuple(f for f in one.founders if self._holds("partner", said, f, span))
        host = (
            one.host
            if one.host and self._holds("host", f"host of {name}", one.host, span)
            else None
        )
        return replace(one, founders=founders, host=host)

    def stage(self, one: Stage, papers: Collection[str]) -> Stage | None:
        """Keep a stage of a paper that is kept, if the quote has words that stand for the paper."""
        held = names_paper(self._quote(one.evidence), self.record.language)
        if one.agreement in papers and held:
            return one
        reason = "its paper was turned away" if held else "nothing in the quote stands for a paper"
        self._refuse("stage", one.type, one.evidence, reason)
        return None

    def link(self, one: Link, kind: str) -> Link | None:
        said = f"{self._name(one.child)} in {self._name(one.parent)}"
        held = [self._holds(kind, said, end, one.evidence) for end in (one.child, one.parent)]
        return one if all(held) else None

    def _holds(self, kind: str, said: str, id: str, span: Span) -> bool:
        entity = self.entities[id]
        if ground(self.text, entity, span, self.record.language):
            return True
        reason = f"nothing in the quote stands for {entity.name}"
        self._refuse(kind, said, span, reason)
        return False

    def _refuse(self, kind: str, said: str, span: Span, reason: str) -> None:
        self.refused.append(Refusal(kind, said, self._quote(span), reason))

    def _name(self, id: str) -> str:
        return self.entities[id].name

    def _quote(self, span: Span) -> str:
        return self.text[span[0] : span[1]]


def _plain(words: str) -> str:
    """Return words without case, and with all dashes and white space alike."""
    return " ".join(re.sub(r"[‐-―-]", "-", words).casefold().split())


def _named(text: str, entity: Entity, span: Span) -> Ground | None:
    """Find a name inside another one, or the adjective of a country."""
    for name in (entity.name, *entity.aliases):
        if found := re.compile(rf"(?<!\w){re.escape(name)}(?!\w)").search(text, *span):
            return Ground(found.span())
    return _adjective(text, entity, span) if entity.type == "Place" else None


def _adjective(text: str, entity: Entity, span: Span) -> Ground | None:
    """Find the adjective of a country: "Chinese" names China."""
    own = {place.key for name in (entity.name, *entity.aliases) if (place := places.lookup(name))}
    for word in re.compile(r"[^\W\d_]+").finditer(text, *span):
        meant = places.adjective(word[0]) if word[0][0].isupper() else None
        if meant is not None and meant.key in own:
            return Ground(word.span())
    return None


@cache
def _stand_ins(type: str, language: str) -> re.Pattern[str] | None:
    """Return a pattern of words that can stand for an entity of a type."""
    try:
        own, discourse = words(language, "gate"), words(language, "discourse")
    except ExtractionError:
        return None
    nouns = {noun for noun, types in discourse["nouns"].items() if type in types}
    nouns.update(own["nouns"].get(type, ()))
    pronouns = own["pronouns"]["people" if type == "Person" else "things"]
    forms = "|".join(sorted(form for noun in nouns for form in _forms(noun)))
    # no capitals between: "the Institute" is one told of before, "The HU Institute" its own name
    between = r"(?:\s+[^\W\d_A-Z][\w'’-]*){0,2}?"
    said = rf"(?i:{'|'.join(own['determiners'])}){between}\s+(?i:{forms})"
    return re.compile(rf"\b(?:{said}|(?i:{'|'.join(pronouns)}))\b")


def _forms(noun: str) -> Iterator[str]:
    """Yield a noun and its plural."""
    yield noun
    yield f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
