"""Who holds which post: person, role, organization and the post itself."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode

from kg.extraction.record import Position
from kg.graph.literals import name_literal, string
from kg.graph.schemes import plain, role
from kg.graph.statements.bodies import Body, body_of, body_triples
from kg.graph.statements.evidence import claim, evidence
from kg.graph.statements.reading import Reading, Triple, class_of
from kg.graph.vocabulary import COOP, ORG, RDF, RDFS, node


def tenure_triples(reading: Reading) -> Iterator[Triple]:
    """Yield each position of the record as a tenure with its evidence."""
    for position in reading.record.positions:
        body = body_of(reading, position)
        tenure = _tenure(reading, position, body)
        yield tenure, RDF.type, COOP.Tenure
        yield tenure, ORG.member, reading.node(position.person)
        yield tenure, ORG.role, _role(reading, position)
        yield tenure, COOP.verbatim, string(position.role)
        yield from _where(reading, position, tenure, body)
        yield from evidence(reading, tenure, position.evidence, position.confidence)


def tenures_of(reading: Reading, person: str) -> tuple[NamedNode, ...]:
    """Return the tenures that this document gives the person with this local id."""
    key = reading.key(person)
    return tuple(
        _tenure(reading, position, body_of(reading, position))
        for position in reading.record.positions
        if reading.key(position.person) == key
    )


def _tenure(reading: Reading, position: Position, body: Body | None) -> NamedNode:
    """Return the tenure's node: the same for one person, one organization and one role."""
    place = body.key if body else reading.key(position.of) if position.of is not None else ""
    return reading.fact("tenure", reading.key(position.person), place, plain(position.role))


def _role(reading: Reading, position: Position) -> NamedNode:
    held_at = None if position.of is None else class_of(reading.resolved(position.of))
    return role(position.role, held_at).iri


def _where(
    reading: Reading, position: Position, tenure: NamedNode, body: Body | None
) -> Iterator[Triple]:
    if position.of is None:
        return
    if not reading.is_place(position.of):
        organization = reading.node(position.of)
        yield tenure, ORG.organization, organization
        yield from _post(reading, position, tenure, organization)
        return
    yield tenure, COOP.territory, reading.node(position.of)
    if body is not None:
        organization = node(body.key, reading.base)
        stated = (tenure, ORG.organization, organization)
        span, confidence = position.evidence, position.confidence
        yield from body_triples(reading, body)
        yield from claim(reading, stated, span, confidence, inferred=True)
        yield from _post(reading, position, tenure, organization)


def _post(
    reading: Reading, position: Position, tenure: NamedNode, organization: NamedNode
) -> Iterator[Triple]:
    assert position.of is not None  # a post is written only where it belongs somewhere
    whose = reading.resolved(position.of)
    title = position.role[:1].upper() + position.role[1:]
    post = reading.fact("post", organization.value, plain(position.role))
    yield post, RDF.type, ORG.Post
    yield post, RDFS.label, name_literal(f"{title} of {whose.name}")
    yield post, ORG.postIn, organization
    yield post, ORG.role, _role(reading, position)
    yield tenure, COOP.viaPost, post
