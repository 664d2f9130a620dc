"""The extraction record: what the extractor says of one document.

A record has every key of a gold annotation and, beside them, the evidence for each
statement, so that one scorer reads both. Ids of entities and events are local to the
record; which of them are the same real-world thing is the resolver's business.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from kg.errors import RecordError

Span = tuple[int, int]
"""``[start, end)`` in code points of the document's text."""

Factuality = Literal["actual", "planned", "denied", "cancelled"]
EntityType = Literal[
    "Person",
    "University",
    "School",
    "ResearchInstitute",
    "GovernmentBody",
    "DiplomaticMission",
    "PartyOrganization",
    "Association",
    "Company",
    "InternationalOrganization",
    "Media",
    "OrganizationalUnit",
    "JointFacility",
    "Organization",
    "Place",
]
EventType = Literal[
    "Forum",
    "Conference",
    "Seminar",
    "Meeting",
    "Visit",
    "Ceremony",
    "Exhibition",
    "Summit",
    "Competition",
    "Other",
]
AgreementType = Literal["Memorandum", "Agreement", "Contract", "Declaration", "Roadmap", "Other"]
ENTITY_TYPES: tuple[str, ...] = get_args(EntityType)
EVENT_TYPES: tuple[str, ...] = get_args(EventType)
StageType = Literal["discussed", "in force", "renewed", "expired", "terminated"]
AGREEMENT_TYPES: tuple[str, ...] = get_args(AgreementType)
STAGE_TYPES: tuple[str, ...] = get_args(StageType)


@dataclass(frozen=True, slots=True)
class Entity:
    """One real-world thing that the text names, with all its mentions."""

    id: str
    type: str
    name: str
    aliases: tuple[str, ...] = ()
    mentions: tuple[Span, ...] = ()
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Position:
    """A post that the text gives a person: ``role`` as written, ``of`` where it belongs."""

    person: str
    role: str
    of: str | None = None
    evidence: Span = (0, 0)
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Event:
    """A gathering, meeting or visit.

    ``date`` is ISO 8601 with its precision (``2023-10``), without a year ``--10-14``, a range
    ``start/end``. ``date_stated`` is the date as the words give it where `date` adds a year
    from the date of publication. ``evidence_of`` maps a participant, organizer or place to the
    span its part rests on where that is not `evidence`; ``confidence_of`` maps them, and
    ``"date"``, to how sure that part is where that differs from `confidence`.
    """

    id: str
    type: str
    name: str | None = None
    date: str | None = None
    places: tuple[str, ...] = ()
    organizers: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()
    theme: str | None = None
    evidence: Span = (0, 0)
    confidence: float = 1.0
    date_stated: str | None = None
    date_evidence: Span | None = None
    evidence_of: Mapping[str, Span] = field(default_factory=dict)
    factuality: Factuality = "actual"
    confidence_of: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Agreement:
    """A document between named parties, ``signed`` or ``planned``.

    ``confidence_of`` maps a party to how sure its part is where that differs from `confidence`.
    """

    id: str
    type: str
    parties: tuple[str, ...] = ()
    date: str | None = None
    status: Literal["signed", "planned"] = "signed"
    subject: str | None = None
    evidence: Span = (0, 0)
    confidence: float = 1.0
    date_stated: str | None = None
    confidence_of: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stage:
    """What a text says of the life of an agreement beside its signing.

    ``agreement`` is the local id of the agreement. ``date`` is when the stage began and ``until``
    its last day, as far as the words say it, ISO 8601 with their precision; ``date_stated`` is
    the date as the words give it where `date` adds a year from the date of publication. ``term``
    is how long the agreement holds, an ISO 8601 duration of years, months or days (``P5Y``).
    """

    agreement: str
    type: StageType
    date: str | None = None
    until: str | None = None
    term: str | None = None
    evidence: Span = (0, 0)
    confidence: float = 1.0
    factuality: Factuality = "actual"
    date_stated: str | None = None


@dataclass(frozen=True, slots=True)
class Facility:
    """Who set a joint facility up, and where it stands."""

    facility: str
    founders: tuple[str, ...] = ()
    host: str | None = None
    evidence: Span = (0, 0)
    confidence: float = 1.0
    factuality: Factuality = "actual"


@dataclass(frozen=True, slots=True)
class Link:
    """A ``part_of`` or ``located_in`` pair."""

    child: str
    parent: str
    evidence: Span = (0, 0)
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Record:
    """All statements of one document; see the module's description."""

    id: str
    language: str = "en"
    source: str | None = None
    title: str | None = None
    published: str | None = None
    extractor: str = ""
    entities: tuple[Entity, ...] = ()
    positions: tuple[Position, ...] = ()
    events: tuple[Event, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    facilities: tuple[Facility, ...] = ()
    part_of: tuple[Link, ...] = ()
    located_in: tuple[Link, ...] = ()
    stages: tuple[Stage, ...] = ()

    def entity(self, id: str) -> Entity:
        """Return the entity with this local id, or raise `KeyError`."""
        for entity in self.entities:
            if entity.id == id:
                return entity
        raise KeyError(id)

    def spans(self) -> Iterator[Span]:
        """Yield every span on which something in the record rests."""
        for entity in self.entities:
            yield from entity.mentions
        yield from (position.evidence for position in self.positions)
        yield from (event.evidence for event in self.events)
        yield from (agreement.evidence for agreement in self.agreements)
        yield from (facility.evidence for facility in self.facilities)
        yield from (stage.evidence for stage in self.stages)
        yield from (link.evidence for link in (*self.part_of, *self.located_in))
        for event in self.events:
            yield from event.evidence_of.values()
            if event.date_evidence:
                yield event.date_evidence

    def to_dict(self) -> dict[str, Any]:
        """Return the record as JSON-ready values, in the interface's order of keys."""
        return {
            "id": self.id,
            "language": self.language,
            "source": self.source,
            "title": self.title,
            "published": self.published,
            "extractor": self.extractor,
            "entities": [_plain(entity) for entity in self.entities],
            "positions": [_plain(position) for position in self.positions],
            "events": [_plain(event) for event in self.events],
            "agreements": [_plain(agreement) for agreement in self.agreements],
            "facilities": [_plain(facility) for facility in self.facilities],
            "part_of": [[link.child, link.parent] for link in self.part_of],
            "part_of_evidence": [_support(link) for link in self.part_of],
            "located_in": [[link.child, link.parent] for link in self.located_in],
            "located_in_evidence": [_support(link) for link in self.located_in],
            "stages": [_plain(stage) for stage in self.stages],
        }

    def to_json(self) -> str:
        """Return the record as one line of JSON."""
        return json.dumps(self.to_dict(), ensure_ascii=False)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], *, where: str | None = None) -> Record:
        """Read a record or a gold annotation.

        Parameters
        ----------
        data : mapping
            Parsed JSON. Evidence and confidences may be missing, as in gold files.
        where : str, optional
            The file or line that the data come from, for error messages.

        Raises
        ------
        RecordError
            If a key is missing, a type is unknown, or a statement names an unknown entity.
        """
        try:
            record = cls(
                id=data["id"],
                language=data.get("language", "en"),
                source=data.get("source"),
                title=data.get("title"),
                published=data.get("published"),
                extractor=data.get("extractor", ""),
                entities=tuple(_read(Entity, item) for item in data["entities"]),
                positions=tuple(_read(Position, item) for item in data["positions"]),
                events=tuple(_read(Event, item) for item in data["events"]),
                agreements=tuple(_read(Agreement, item) for item in data["agreements"]),
                facilities=tuple(_read(Facility, item) for item in data["facilities"]),
                part_of=_links(data, "part_of"),
                located_in=_links(data, "located_in"),
                stages=tuple(_read(Stage, item) for item in data.get("stages", ())),
            )
        except KeyError as missing:
            raise RecordError(f"the key {missing} is missing", where=where) from None
        except (AttributeError, TypeError, ValueError) as error:
            raise RecordError(f"not an extraction record ({error})", where=where) from None
        record.check(where=where)
        return record

    @classmethod
    def from_json(cls, line: str, *, where: str | None = None) -> Record:
        """Read a record from JSON; raises `RecordError` as `from_dict` does."""
        try:
            data = json.loads(line)
        except ValueError as error:
            raise RecordError(f"not JSON ({error})", where=where) from None
        return cls.from_dict(data, where=where)

    def check(self, text: str | None = None, *, where: str | None = None) -> None:
        """Raise `RecordError` if a reference, type or (with `text`) an offset does not hold."""
        known = {entity.id for entity in self.entities}
        if len(known) != len(self.entities):
            raise RecordError("two entities share an id", where=where)
        for kind, types, items in (
            ("entity", ENTITY_TYPES, self.entities),
            ("event", EVENT_TYPES, self.events),
            ("agreement", AGREEMENT_TYPES, self.agreements),
            ("stage", STAGE_TYPES, self.stages),
        ):
            for item in items:
                if item.type not in types:
                    found = item.type
                    raise RecordError(f"unknown {kind} type {found!r}", where=where)
        for id in self._references():
            if id not in known:
                raise RecordError(f"a statement names the unknown entity {id!r}", where=where)
        papers = {agreement.id for agreement in self.agreements}
        for stage in self.stages:
            if stage.agreement not in papers:
                id = stage.agreement
                raise RecordError(f"a stage names the unknown agreement {id!r}", where=where)
        if text is not None:
            for start, end in self.spans():
                if not 0 <= start < end <= len(text):
                    raise RecordError(f"the span [{start}, {end}) is outside the text", where=where)

    def _references(self) -> Iterator[str]:
        for position in self.positions:
            yield position.person
            if position.of is not None:
                yield position.of
        for event in self.events:
            yield from (*event.places, *event.organizers, *event.participants)
            yield from event.evidence_of
        for agreement in self.agreements:
            yield from agreement.parties
        for facility in self.facilities:
            yield from (facility.facility, *facility.founders)
            if facility.host is not None:
                yield facility.host
        for link in (*self.part_of, *self.located_in):
            yield from (link.child, link.parent)


def _plain(item: Any) -> dict[str, Any]:
    """Return a frozen statement as JSON-ready values."""
    values: dict[str, Any] = {}
    for name in item.__slots__:
        value = getattr(item, name)
        if name == "mentions":
            value = [list(span) for span in value]
        elif isinstance(value, tuple):
            value = list(value)
        elif isinstance(value, Mapping):
            value = {key: _listed(part) for key, part in value.items()}
        values[name] = value
    return values


def _read(kind: type[Any], data: Mapping[str, Any]) -> Any:
    """Build a frozen statement from JSON values, ignoring keys it does not know."""
    values: dict[str, Any] = {}
    for name in kind.__slots__:
        if name not in data:
            continue
        value = data[name]
        if name == "mentions":
            value = tuple((int(start), int(end)) for start, end in value)
        elif isinstance(value, list):
            value = tuple(value)
        elif isinstance(value, Mapping):
            value = {key: _tupled(part) for key, part in value.items()}
        values[name] = value
    return kind(**values)


def _listed(part: Span | float) -> list[int] | float:
    """Return a span as JSON has it, and a confidence as it is."""
    return list(part) if isinstance(part, tuple) else part


def _tupled(part: Any) -> Span | float:
    """Return a confidence, or a span from the list that JSON has for it."""
    if isinstance(part, int | float):
        return float(part)
    start, end = part
    return int(start), int(end)


def _support(link: Link) -> dict[str, Any]:
    return {"evidence": list(link.evidence), "confidence": link.confidence}


def _links(data: Mapping[str, Any], kind: str) -> tuple[Link, ...]:
    support = data.get(f"{kind}_evidence") or [{}] * len(data[kind])
    links = []
    for (child, parent), extra in zip(data[kind], support, strict=True):
        start, end = extra.get("evidence", (0, 0))
        links.append(Link(child, parent, (start, end), extra.get("confidence", 1.0)))
    return tuple(links)
