"""The stages of an agreement beside its signing, with the term that a report gives it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from pyoxigraph import Literal, NamedNode

from kg.errors import RecordError
from kg.extraction.record import Agreement, Stage
from kg.graph.dates import Bounds, bounds
from kg.graph.literals import TRUE, name_literal
from kg.graph.schemes import noted
from kg.graph.statements.agreements import agreement_label, agreement_node
from kg.graph.statements.events import date_triples
from kg.graph.statements.evidence import evidence
from kg.graph.statements.reading import Reading, Triple
from kg.graph.vocabulary import COOP, RDF, RDFS, STAGE, XSD

_TERM = re.compile(r"P(?P<number>\d{1,3})(?P<unit>[YMD])", re.ASCII)


def stage_triples(reading: Reading) -> Iterator[Triple]:
    """Yield each stage with when it began, its term and through when the agreement holds.

    Raises
    ------
    RecordError
        If a term is no duration of years, months or days.
    """
    papers = {agreement.id: agreement for agreement in reading.record.agreements}
    for stage in reading.record.stages:
        paper = papers[stage.agreement]
        of = agreement_node(reading, paper)
        parts = (stage.type, stage.date or "", stage.until or "", stage.term or "")
        one = reading.fact("stage", of.value, *parts)
        label = f"{stage.type.capitalize()}: {agreement_label(reading, paper)}"
        yield one, RDF.type, COOP.AgreementStage
        yield one, RDFS.label, name_literal(label)
        yield one, COOP.stageOf, of
        yield one, COOP.stageType, noted(STAGE, stage.type, where=reading.document.id)
        if stage.date is not None:
            yield from date_triples(
                reading, one, stage.date, stage.date_stated, None, COOP.validFrom
            )
        if stage.term is not None:
            _checked(reading, stage.term)
            yield one, COOP.term, Literal(stage.term, datatype=XSD.duration)
        yield from _through(reading, one, stage, paper)
        span, sure = stage.evidence, stage.confidence
        yield from evidence(reading, one, span, sure, stage.factuality)


def _through(reading: Reading, one: NamedNode, stage: Stage, paper: Agreement) -> Iterator[Triple]:
    """Yield the last day: as stated, or, marked as inferred, counted from the beginning.

    A term counts from the day of the stage, or, where the agreement was given it when it was
    signed, from that day.
    """
    if stage.until is not None:
        yield from date_triples(reading, one, stage.until, None, None, COOP.validThrough)
        return
    begun = stage.date or (paper.date if stage.type == "in force" else None)
    limits = last_day(begun, stage.term)
    if limits.earliest and limits.latest:
        time = reading.fact("time", one.value, "through", limits.earliest, limits.latest)
        yield one, COOP.validThrough, time
        yield time, RDF.type, COOP.DateMention
        yield time, COOP.earliest, Literal(limits.earliest, datatype=XSD.date)
        yield time, COOP.latest, Literal(limits.latest, datatype=XSD.date)
        yield time, COOP.inferred, TRUE


def last_day(begun: str | None, term: str | None) -> Bounds:
    """Return the bounds of the last day of a term.

    Examples
    --------
    >>> last_day("2021-05-03", "P5Y")
    Bounds(earliest='2026-05-02', latest='2026-05-02', month_day=None, month_day_end=None)
    >>> last_day("2021", "P18M").latest
    '2023-06-30'
    """
    length = _TERM.fullmatch(term or "")
    if begun is None or length is None:
        return Bounds()
    first = bounds(begun)
    days = [
        _later(day, int(length["number"]), length["unit"]) for day in (first.earliest, first.latest)
    ]
    return Bounds(*days)


def _later(day: str | None, number: int, unit: str) -> str | None:
    """Return the day before the one that lies so many years, months or days behind a day."""
    if day is None:
        return None
    start = date.fromisoformat(day)
    try:
        if unit == "D":
            end = start + timedelta(days=number)
        else:
            months = start.month - 1 + (12 * number if unit == "Y" else number)
            end = _same_day(start, start.year + months // 12, months % 12 + 1)
        return (end - timedelta(days=1)).isoformat()
    except (ValueError, OverflowError):  # beyond the calendar
        return None


def _same_day(start: date, year: int, month: int) -> date:
    """Return the same day of another month; where it lacks that day, the first of the next."""
    try:
        return start.replace(year=year, month=month)
    except ValueError:
        return date(year + month // 12, month % 12 + 1, 1)


def _checked(reading: Reading, term: str) -> None:
    if _TERM.fullmatch(term) is None:
        raise RecordError(f"{term!r} is no term such as P5Y", where=reading.document.id)
