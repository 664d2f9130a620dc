"""Facts that people have rejected: taken out of every document that states them.

A document whose statement is withheld says so (`coop:withholds`), so that the statement comes
back when the rejection is undone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from kg.graph.statements.reading import Triple
from kg.graph.vocabulary import COOP, RDF

if TYPE_CHECKING:
    from kg.graph.store import Graph

_STATING = "SELECT DISTINCT ?graph ?fact { GRAPH ?graph { ?evidence coop:supports ?fact } }"
_WITHHOLDING = "SELECT DISTINCT ?graph ?fact { GRAPH ?graph { ?document coop:withholds ?fact } }"


def due(graph: Graph, rejected: Collection[str]) -> set[str]:
    """Return the graphs (IRIs) that state what is rejected, or withhold what is not."""
    again = {name for name, fact in graph.rows(_WITHHOLDING) if fact not in rejected}
    if not rejected:
        return again
    listed = " ".join(f"<{fact}>" for fact in sorted(rejected))
    stating = graph.rows(_STATING.replace("{ GRAPH", f"{{ VALUES ?fact {{ {listed} }} GRAPH", 1))
    return again | {name for name, _ in stating}


def withhold(
    triples: Iterable[Triple], rejected: Collection[str], document: NamedNode
) -> Iterator[Triple]:
    """Yield the triples of a document without what people have rejected.

    With a fact go the participations in it and its stages, the statement that it is a claim of,
    and what only supports it.

    Parameters
    ----------
    triples : iterable of triples
        All that the document says.
    rejected : collection of str
        IRIs of facts.
    document : NamedNode
        The document's node.
    """
    if not rejected:
        yield from triples
        return
    every = list(triples)
    gone = _closure(every, set(map(NamedNode, rejected)))
    stated = _claimed(every, gone)
    supported: defaultdict[NamedNode, set[object]] = defaultdict(set)
    for subject, predicate, object in every:
        if predicate == COOP.supports:
            supported[subject].add(object)
    idle = {evidence for evidence, facts in supported.items() if facts <= gone}
    for triple in every:
        subject, _, object = triple
        if not (subject in gone or object in gone or subject in idle or triple in stated):
            yield triple
    for fact in sorted(gone & {triple[0] for triple in every}, key=str):
        yield document, COOP.withholds, fact


def _closure(triples: Iterable[Triple], gone: set[NamedNode]) -> set[NamedNode]:
    """Return the facts with the participations and stages that cannot stand without them."""
    parts = {subject for subject, predicate, object in triples
             if predicate in (COOP.participationIn, COOP.stageOf) and object in gone}  # fmt: skip
    return gone | parts


def _claimed(triples: Iterable[Triple], gone: set[NamedNode]) -> set[Triple]:
    """Return the binary statements whose claims are gone."""
    parts: defaultdict[NamedNode, dict[NamedNode, NamedNode | Literal]] = defaultdict(dict)
    for subject, predicate, object in triples:
        if subject in gone and predicate in (RDF.subject, RDF.predicate, RDF.object):
            parts[subject][predicate] = object
    return {
        (one[RDF.subject], one[RDF.predicate], one[RDF.object])  # type: ignore[misc]
        for one in parts.values()
        if len(one) == 3
    }
