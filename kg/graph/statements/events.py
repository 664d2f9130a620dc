"""Gatherings, meetings and visits: what, when, where, and who took part in which capacity."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from pyoxigraph import Literal, NamedNode

from kg.extraction.record import Event
from kg.graph.dates import Bounds, bounds, spoken
from kg.graph.literals import name_literal, string, text_literal
from kg.graph.schemes import noted
from kg.graph.statements.evidence import claim, evidence
from kg.graph.statements.reading import Reading, Triple, listed
from kg.graph.statements.tenures import tenures_of
from kg.graph.vocabulary import COOP, ETYPE, PROLE, PROV, RDF, RDFS, SKOS, XSD


def event_triples(reading: Reading) -> Iterator[Triple]:
    """Yield each event of the record with its participations and their evidence."""
    for event in reading.record.events:
        one = reading.node(event.id)
        known = reading.resolution.events[reading.key(event.id)]
        yield one, RDF.type, COOP.Event
        if known.type == "Visit":
            yield one, RDF.type, COOP.Visit
        yield one, COOP.eventType, noted(ETYPE, known.type)
        yield from _names(reading, event, known.name)
        if event.theme is not None:
            yield one, COOP.theme, text_literal(event.theme, reading.document.language)
        yield from _places(reading, event)
        if event.date is not None:
            words = reading.quote(event.date_evidence) if event.date_evidence else None
            yield from date_triples(reading, one, event.date, event.date_stated, words)
        yield from _participations(reading, event)
        yield from evidence(reading, one, event.evidence, event.confidence, event.factuality)


def date_triples(  # noqa: PLR0913, PLR0917 - a date, and what it is said of
    reading: Reading,
    event: NamedNode,
    day: str,
    stated: str | None,
    words: str | None,
    predicate: NamedNode = COOP.occursAt,
) -> Iterator[Triple]:
    """Yield when an event takes place, and whether its year is taken from the document.

    Parameters
    ----------
    reading : Reading
        The document.
    event : NamedNode
        The event.
    day : str
        The date of the record.
    stated : str or None
        The date as the text states it, where that is less.
    words : str or None
        The words of the text.
    predicate : NamedNode
        What joins the event, or something else that has a date, to its time.
    """
    limits, said = bounds(day), bounds(stated) if stated is not None else Bounds()
    time = reading.fact("time", event.value, day, stated or "")
    yield event, predicate, time
    yield time, RDF.type, COOP.DateMention
    yield time, COOP.verbatim, string(words or stated or day)
    for bound, value, datatype in (
        (COOP.earliest, limits.earliest, XSD.date),
        (COOP.latest, limits.latest, XSD.date),
        (COOP.monthDay, said.month_day or limits.month_day, XSD.gMonthDay),
        (COOP.monthDayEnd, said.month_day_end or limits.month_day_end, XSD.gMonthDay),
    ):
        if value is not None:
            yield time, bound, Literal(value, datatype=datatype)
    if stated is not None and stated != day:
        yield time, PROV.wasDerivedFrom, reading.own("doc")


def _names(reading: Reading, event: Event, known: str | None) -> Iterator[Triple]:
    """Yield the display name and, if the event is called otherwise here, that name."""
    one = reading.node(event.id)
    label = name_literal(known or event.name or _described(reading, event))
    yield one, RDFS.label, label
    if event.name is not None and name_literal(event.name) != label:
        yield one, SKOS.altLabel, name_literal(event.name)


def _described(reading: Reading, event: Event) -> str:
    """Return a name for an event that has none: "Seminar in Almaty, 22 September"."""
    words = event.type if event.type != "Other" else "Event"
    if event.places:
        words += f" in {reading.name(event.places[0])}"
    else:
        agents = dict.fromkeys(chain(event.organizers, event.participants))
        names = [reading.name(agent) for agent in agents]
        shown = names if len(names) < 3 else [*names[:2], "others"]
        words += f" of {listed(shown)}" if names else ""
    return f"{words}, {spoken(event.date)}" if event.date is not None else words


def _places(reading: Reading, event: Event) -> Iterator[Triple]:
    """Yield where it takes place; a place with evidence of its own is a claim of its own."""
    for place in event.places:
        stated = (reading.node(event.id), COOP.takesPlaceIn, reading.node(place))
        if place in event.evidence_of:
            yield from claim(reading, stated, event.evidence_of[place], _sure(event, place))
        else:
            yield stated


def _participations(reading: Reading, event: Event) -> Iterator[Triple]:
    one = reading.node(event.id)
    agents = [(agent, PROLE.organizer) for agent in event.organizers]
    agents += [(agent, PROLE.attendee) for agent in event.participants]
    for agent, capacity in agents:
        who = reading.node(agent)
        part = reading.fact(
            "participation", reading.key(event.id), reading.key(agent), str(capacity)
        )
        yield one, COOP.hasParticipation, part
        yield part, RDF.type, COOP.Participation
        yield part, COOP.participationIn, one
        yield part, COOP.participant, who
        yield part, COOP.participationRole, capacity
        if capacity == PROLE.organizer:
            yield one, COOP.organizer, who
        for tenure in tenures_of(reading, agent):
            yield part, COOP.inCapacityOf, tenure
        span = event.evidence_of.get(agent, event.evidence)
        yield from evidence(reading, part, span, _sure(event, agent), event.factuality)


def _sure(event: Event, part: str) -> float:
    """Return how sure the part of a place or agent in an event is."""
    return event.confidence_of.get(part, event.confidence)
