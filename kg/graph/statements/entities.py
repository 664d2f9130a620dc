"""People, organizations and places that a document names."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode

from kg.extraction.record import Entity, Span
from kg.graph.literals import name_literal
from kg.graph.schemes import facility_type
from kg.graph.statements.evidence import evidence
from kg.graph.statements.reading import Reading, Triple, class_of
from kg.graph.vocabulary import COOP, ORG, RDF, RDFS, SKOS

_ACADEMIC = ("University", "ResearchInstitute")


def entity_triples(reading: Reading) -> Iterator[Triple]:
    """Yield each entity with its class, its names in this document, and where it stands."""
    wholes = {link.child: link.parent for link in reading.record.part_of}
    made = {row.facility for row in reading.record.facilities}
    for entity in reading.record.entities:
        one = reading.node(entity.id)
        yield one, RDF.type, _class(reading, entity.id, wholes.get(entity.id))
        yield from _names(reading, entity)
        if reading.resolved(entity.id).type == "JointFacility":
            yield one, ORG.classification, facility_type(entity.name)
        if entity.mentions and entity.id not in made:  # a facility's own row says more
            span = surrounding(reading, entity.mentions[0])
            yield from evidence(reading, one, span, entity.confidence)


def surrounding(reading: Reading, mention: Span) -> Span:
    """Return the words around a mention: the least statement that holds it, else its line."""
    start, end = mention
    around = [span for span in _statements(reading) if span[0] <= start and end <= span[1]]
    if around:
        return min(around, key=lambda span: (span[1] - span[0], span))
    text = reading.document.text
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    return first, len(text) if last < 0 else last


def _statements(reading: Reading) -> Iterator[Span]:
    record = reading.record
    for links in (record.part_of, record.located_in):
        yield from (link.evidence for link in links)
    yield from (position.evidence for position in record.positions)
    for event in record.events:
        yield from (event.evidence, *event.evidence_of.values())
    yield from (agreement.evidence for agreement in record.agreements)
    yield from (row.evidence for row in record.facilities)


def _class(reading: Reading, local: str, whole: str | None) -> NamedNode:
    resolved = reading.resolved(local)
    inside = reading.resolved(whole).type if whole is not None else None
    if resolved.type == "OrganizationalUnit" and inside in _ACADEMIC:
        return COOP.AcademicUnit
    return class_of(resolved)


def _names(reading: Reading, entity: Entity) -> Iterator[Triple]:
    """Yield the display name, the same everywhere, and this document's other names."""
    one = reading.node(entity.id)
    label = name_literal(reading.name(entity.id))
    yield one, RDFS.label, label
    for name in (entity.name, *entity.aliases):
        other = name_literal(name)
        if other != label:
            yield one, SKOS.altLabel, other
