"""Which node took the place of one that is gone: `coop:mergedInto`, in the graph of identity.

The identifier of a thing never comes to mean another thing. Where resolution, people's
decisions or a correction bring two together, the one that goes points to the one that stays.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Triple

from kg.extraction.record import Record
from kg.graph.literals import name_literal
from kg.graph.vocabulary import COOP, IDENTITY, RDFS, SKOS, document_graph, graph, node
from kg.graph.writing import triples_of
from kg.resolution.entities import Resolution

if TYPE_CHECKING:
    from kg.graph.store import Graph

_NAMES = (RDFS.label, SKOS.altLabel)


def moved(
    graph: Graph, key: str, record: Record, resolution: Resolution
) -> Iterator[tuple[str, str]]:
    """Yield (old IRI, new IRI) for the entities of a document that is about to be rewritten."""
    bearers: defaultdict[object, set[str]] = defaultdict(set)
    for predicate in _NAMES:
        for quad in graph.store.quads_for_pattern(
            None, predicate, None, document_graph(key, graph.base)
        ):
            if isinstance(quad.subject, NamedNode):
                bearers[quad.object].add(quad.subject.value)
    for entity in record.entities:
        old = bearers.get(name_literal(entity.name), set())
        new = node(resolution.keys[key, entity.id], graph.base).value
        if len(old) == 1 and new not in old:
            yield next(iter(old)), new


def former_keys(whole: Graph, decided: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Return the keys that went into each key, at any remove.

    Parameters
    ----------
    whole : Graph
        The graph, with its successions so far.
    decided : mapping of str to str
        IRIs that people's decisions merged, with what they were merged into.
    """
    steps = _held(whole) | dict(decided)
    found: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for old in sorted(steps):
        new, seen = steps[old], {old}
        while new in steps and new not in seen:
            seen.add(new)
            new = steps[new]
        found[new.rpartition("/")[2]] += (old.rpartition("/")[2],)
    return dict(found)


def successors(
    whole: Graph,
    resolution: Resolution,
    moves: Iterable[tuple[str, str]],
    decided: Mapping[str, str],
) -> Iterator[Triple]:
    """Yield which node each one that is gone has gone into.

    Parameters
    ----------
    whole : Graph
        The graph, whose older successions stay.
    resolution : Resolution
        What there is now.
    moves : iterable of (old IRI, new IRI)
        What has just been seen to change.
    decided : mapping of str to str
        IRIs that people's decisions merged, with what they were merged into.
    """  # fmt: skip
    there = {node(key, whole.base).value for key in resolution.entities}
    counted: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for old, new in moves:
        counted[old][new] += 1
    found = _held(whole)
    found |= {
        old: min(targets, key=lambda new: (-targets[new], new)) for old, targets in counted.items()
    }
    for old, new in sorted((found | dict(decided)).items()):
        if old not in there and old != new:
            yield Triple(NamedNode(old), COOP.mergedInto, NamedNode(new))


def _held(whole: Graph) -> dict[str, str]:
    """Return the successions that the graph holds."""
    return {
        triple.subject.value: triple.object.value
        for triple in triples_of(whole.store, graph(IDENTITY, whole.base))
        if isinstance(triple.subject, NamedNode) and isinstance(triple.object, NamedNode)
    }
