"""What is a part of what, and what lies where."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode

from kg.graph.statements.evidence import claim
from kg.graph.statements.reading import Reading, Triple
from kg.graph.vocabulary import COOP, ORG, SCHEMA


def link_triples(reading: Reading) -> Iterator[Triple]:
    """Yield part_of and located_in, each with the claim that names it and its evidence."""
    record = reading.record
    pairs = [(link, _part(reading, link.child, link.parent)) for link in record.part_of]
    pairs += [(link, _location(reading, link.child)) for link in record.located_in]
    for link, predicate in pairs:
        child, parent = reading.node(link.child), reading.node(link.parent)
        if child != parent:  # two names of one thing, as the resolution found
            stated = (child, predicate, parent)
            yield from claim(reading, stated, link.evidence, link.confidence)


def _part(reading: Reading, child: str, parent: str) -> NamedNode:
    """Return how it is a part: a unit of a whole organization, or a part of what is larger."""
    unit = reading.resolved(child).type == "OrganizationalUnit"
    whole = reading.resolved(parent).type != "OrganizationalUnit"
    return ORG.unitOf if unit and whole else ORG.subOrganizationOf


def _location(reading: Reading, child: str) -> NamedNode:
    return SCHEMA.containedInPlace if reading.is_place(child) else COOP.basedIn
