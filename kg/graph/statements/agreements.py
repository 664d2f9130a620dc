"""Papers between parties, and what institutions set up together."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode

from kg.extraction.record import Agreement, Facility
from kg.graph.dates import spoken
from kg.graph.literals import name_literal, text_literal
from kg.graph.schemes import noted
from kg.graph.statements.events import date_triples
from kg.graph.statements.evidence import claim, evidence
from kg.graph.statements.reading import Reading, Triple, listed
from kg.graph.vocabulary import ATYPE, COOP, DCTERMS, ETYPE, RDF, RDFS


def agreement_triples(reading: Reading) -> Iterator[Triple]:
    """Yield each agreement with its parties and, if it has a date, its signing."""
    for agreement in reading.record.agreements:
        one, label = agreement_node(reading, agreement), agreement_label(reading, agreement)
        planned = "planned" if agreement.status == "planned" else "actual"
        yield one, RDF.type, COOP.Agreement
        yield one, DCTERMS.type, noted(ATYPE, agreement.type)
        yield one, RDFS.label, name_literal(label)
        for party in agreement.parties:
            yield one, COOP.party, reading.node(party)
        if agreement.subject is not None:
            yield one, COOP.theme, text_literal(agreement.subject, reading.document.language)
        span, confidence = agreement.evidence, agreement.confidence
        yield from evidence(reading, one, span, confidence, planned)
        if agreement.date is not None:
            signing = reading.fact("signing", one.value)
            yield one, COOP.signedAt, signing
            yield from _signing(reading, agreement, signing, f"Signing of {label}")
            yield from evidence(reading, signing, span, confidence, planned)


def facility_triples(reading: Reading) -> Iterator[Triple]:
    """Yield who set a joint facility up and where it stands."""
    for row in reading.record.facilities:
        one = reading.node(row.facility)
        for founder in row.founders:
            yield one, COOP.partner, reading.node(founder)
        if row.host is not None:
            yield from _host(reading, row, row.host)
        yield from evidence(reading, one, row.evidence, row.confidence, row.factuality)


def _host(reading: Reading, row: Facility, host: str) -> Iterator[Triple]:
    """Yield a host institution, which is a partner, or a place that is the seat."""
    one, place = reading.node(row.facility), reading.node(host)
    if reading.is_place(host):
        stated = (one, COOP.basedIn, place)
        yield from claim(reading, stated, row.evidence, row.confidence)
    else:
        yield one, COOP.hostInstitution, place
        yield one, COOP.partner, place


def agreement_node(reading: Reading, agreement: Agreement) -> NamedNode:
    """Return the agreement's node: the same for one type, the same parties and one date.

    An agreement of which a text names one party or none cannot be told from others: it is
    this document's own.
    """
    parties = sorted({reading.key(party) for party in agreement.parties})
    parts = [agreement.type, agreement.date or "", *parties]
    if len(parties) < 2:
        parts += [reading.document.key, agreement.id]
    return reading.fact("agreement", *parts)


def agreement_label(reading: Reading, agreement: Agreement) -> str:
    """Return what an agreement is called: its type, its parties and its day."""
    kind = agreement.type if agreement.type != "Other" else "Document"
    names = [reading.name(party) for party in agreement.parties]
    between = f" between {listed(names)}" if len(names) > 1 else f" of {names[0]}" if names else ""
    day = f", {spoken(agreement.date)}" if agreement.date is not None else ""
    return f"{kind}{between}{day}"


def _signing(
    reading: Reading, agreement: Agreement, signing: NamedNode, label: str
) -> Iterator[Triple]:
    assert agreement.date is not None  # a signing is written for its date
    yield signing, RDF.type, COOP.Event
    yield signing, RDF.type, COOP.Signing
    yield signing, COOP.eventType, ETYPE.signing
    yield signing, RDFS.label, name_literal(label)
    yield from date_triples(reading, signing, agreement.date, agreement.date_stated, None)
