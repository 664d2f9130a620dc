"""The statements of a record, kind by kind, in a form in which two records can be compared.

A statement has ends: ids, and words such as a role. Those of a found record are given under the
gold's ids, as far as the two were aligned; an id that the gold does not have begins with ``?``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from kg.evaluation.matching import align_agreements, align_entities, align_events, same_date
from kg.extraction.record import Agreement, Entity, Event, Facility, Link, Position, Record, Span

KINDS = (
    "Person",
    "University",
    "government",
    "entities",
    "position",
    "position of",
    "event",
    "participation",
    "event date",
    "event place",
    "agreement",
    "agreement party",
    "facility",
    "part_of",
    "located_in",
)
ENTITY_KINDS = {
    "Person": ("Person",),
    "University": ("University",),
    "government": ("GovernmentBody", "DiplomaticMission"),
    "entities": None,
}
"""The kinds of entities that are counted by themselves, with their types; None stands for all."""

Item = Entity | Position | Event | Agreement | Facility | Link
Ends = tuple[str | None, ...]
Rename = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that a record says.

    Parameters
    ----------
    kind : str
        One of `KINDS`.
    ends : tuple of str or None
        What makes it the same as another: ids under the gold's names, and words.
    words : str
        The statement for a reader.
    item : Entity, Position, …
        The part of the record that says it.
    span : Span or None
        Where in the text it stands, if the record tells.
    confidence : float
        How sure the record is of it.
    part : str or None
        The record's own id of the agent, place or party that the statement is about.
    """

    kind: str
    ends: Ends
    words: str
    item: Item
    span: Span | None = None
    confidence: float = 1.0
    part: str | None = None


@dataclass(frozen=True, slots=True)
class Alignment:
    """Ids of a found record to those of the gold: its entities, events and agreements."""

    entities: dict[str, str]
    events: dict[str, str]
    agreements: dict[str, str]

    @classmethod
    def of(cls, gold: Record, found: Record) -> Alignment:
        """Align two records of one text."""
        ids = align_entities(gold, found)
        return cls(
            ids,
            align_events(gold.events, found.events, ids),
            align_agreements(gold.agreements, found.agreements, ids),
        )


def gold_statements(gold: Record) -> dict[str, list[Statement]]:
    """Return the statements of a gold annotation by kind."""
    return _by_kind(gold, _Names(gold, str, str, str))


def found_statements(
    gold: Record, found: Record, alignment: Alignment
) -> dict[str, list[Statement]]:
    """Return the statements of a found record by kind, their ends under the gold's ids."""
    names = _Names(
        found,
        _renaming(alignment.entities),
        _renaming(alignment.events),
        _renaming(alignment.agreements),
    )
    table = _by_kind(found, names)
    for kind in ("position", "position of"):
        table[kind] = [_gold_role(one, gold) for one in table[kind]]
    table["event date"] = [_gold_date(one, gold) for one in table["event date"]]
    return table


def role_words(role: str) -> str:
    """Return a role without case, hyphens and punctuation."""
    return " ".join(re.sub(r"[\W_]+", " ", role.casefold()).split())


def _renaming(ids: dict[str, str]) -> Rename:
    return lambda id: ids.get(id, f"?{id}")


@dataclass(frozen=True, slots=True)
class _Names:
    """How the ids of a record are written: its names, and the other record's ids."""

    record: Record
    entity: Rename
    event: Rename
    agreement: Rename

    def name(self, id: str | None) -> str:
        return "–" if id is None else self.record.entity(id).name


def _by_kind(record: Record, names: _Names) -> dict[str, list[Statement]]:
    table: dict[str, list[Statement]] = {kind: [] for kind in KINDS}
    for statement in (
        *_entities(record, names),
        *_positions(record, names),
        *_events(record, names),
        *_agreements(record, names),
        *_facilities(record, names),
        *_links("part_of", record.part_of, names),
        *_links("located_in", record.located_in, names),
    ):
        table[statement.kind].append(statement)
    return table


def _entities(record: Record, names: _Names) -> Iterator[Statement]:
    for entity in record.entities:
        words = f"{entity.type}: {entity.name}"
        span = entity.mentions[0] if entity.mentions else None
        for kind, types in ENTITY_KINDS.items():
            if types is None or entity.type in types:
                type = "government" if kind == "government" else entity.type
                ends = (names.entity(entity.id), type)
                yield Statement(kind, ends, words, entity, span, entity.confidence)


def _positions(record: Record, names: _Names) -> Iterator[Statement]:
    for one in record.positions:
        words = f"{names.name(one.person)}: {one.role} of {names.name(one.of)}"
        person, role = names.entity(one.person), role_words(one.role)
        of = None if one.of is None else names.entity(one.of)
        for kind, ends in (("position", (person, role)), ("position of", (person, role, of))):
            yield Statement(kind, ends, words, one, _span(one.evidence), one.confidence)


def _events(record: Record, names: _Names) -> Iterator[Statement]:
    for event in record.events:
        id = names.event(event.id)
        words = f"{event.type} {event.name or ''} {event.date or ''}".strip()
        span = _span(event.evidence)
        yield Statement("event", (id,), words, event, span, event.confidence)
        if event.date:
            where = event.date_evidence or span
            sure = event.confidence_of.get("date", event.confidence)
            yield Statement("event date", (id, event.date), words, event, where, sure)
        yield from _parts(event, id, words, names)


def _parts(event: Event, id: str, words: str, names: _Names) -> Iterator[Statement]:
    """Yield where an event was, and who took part in it."""
    for capacity, agents in (
        ("place", event.places),
        ("organizer", event.organizers),
        ("participant", event.participants),
    ):
        for who in agents:
            end = names.entity(who)
            place = capacity == "place"
            yield Statement(
                "event place" if place else "participation",
                (id, end) if place else (id, capacity, end),
                f"{words} · {capacity} {names.name(who)}",
                event,
                _span(event.evidence_of.get(who, event.evidence)),
                event.confidence_of.get(who, event.confidence),
                who,
            )


def _agreements(record: Record, names: _Names) -> Iterator[Statement]:
    for one in record.agreements:
        id = names.agreement(one.id)
        named = ", ".join(names.name(party) for party in one.parties)
        words = " ".join(filter(None, (one.type, one.status, one.date))) + f": {named}"
        span = _span(one.evidence)
        yield Statement("agreement", (id,), words, one, span, one.confidence)
        for party in one.parties:
            sure = one.confidence_of.get(party, one.confidence)
            ends, told = (id, names.entity(party)), f"{words} · {names.name(party)}"
            yield Statement("agreement party", ends, told, one, span, sure, party)


def _facilities(record: Record, names: _Names) -> Iterator[Statement]:
    for row in record.facilities:
        parts = [("founder", "founded by", founder) for founder in row.founders]
        if row.host:
            parts.append(("host", "hosted by", row.host))
        for capacity, verb, who in parts:
            ends = (names.entity(row.facility), capacity, names.entity(who))
            words = f"{names.name(row.facility)} {verb} {names.name(who)}"
            yield Statement("facility", ends, words, row, _span(row.evidence), row.confidence)


def _links(kind: str, links: Iterable[Link], names: _Names) -> Iterator[Statement]:
    for link in links:
        ends = (names.entity(link.child), names.entity(link.parent))
        words = f"{names.name(link.child)} → {names.name(link.parent)}"
        yield Statement(kind, ends, words, link, _span(link.evidence), link.confidence)


def _span(span: Span) -> Span | None:
    return span if span != (0, 0) else None


def _gold_role(statement: Statement, gold: Record) -> Statement:
    """Return a position with the gold's spelling of its role, where it is nearly the same."""
    person, role, *of = statement.ends
    assert role is not None  # a position always has one
    roles = {role_words(one.role) for one in gold.positions if one.person == person}
    if role in roles:
        return statement
    close = sorted(one for one in roles if fuzz.ratio(one, role) >= 90)
    return replace(statement, ends=(person, close[0], *of)) if close else statement


def _gold_date(statement: Statement, gold: Record) -> Statement:
    """Return a date as the gold writes it, where it is the same but for the year."""
    id, date = statement.ends
    for event in gold.events:
        if event.id == id and event.date and same_date(date, event.date):
            return replace(statement, ends=(id, event.date))
    return statement
