"""A graph's folder → the same named graphs in a SPARQL endpoint (SPARQL 1.1 Update by HTTP).

Each named graph is sent where its digest differs from the one that the endpoint keeps of it.
The digest is taken away before a graph is emptied and comes back after its last triple, so
that a sending that was cut off anywhere goes on where it stood, and one that is repeated
sends nothing. What other named graphs the endpoint holds is left alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode

from kg.graph.remote import RemoteGraph
from kg.graph.store import Graph
from kg.graph.vocabulary import DCTERMS, graph
from kg.graph.writing import triples_of

BATCH = 200_000
"""Characters of one request; engines bound what an update may be."""
_LINES = 1000  # triples of one INSERT DATA
_NAME = "mirror"  # of the graph that keeps the digests

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Sent:
    """How many named graphs were sent, were there already, and were taken away."""

    sent: int
    unchanged: int
    removed: int


def mirror(source: Graph, target: RemoteGraph, progress: Progress) -> Sent:
    """Make an endpoint hold the named graphs of a graph.

    Parameters
    ----------
    source : Graph
        A graph in a folder.
    target : RemoteGraph
        The endpoint, which takes updates at its address.
    progress : callable
        Told how many named graphs are done.

    Returns
    -------
    Sent
        What was done.

    Raises
    ------
    GraphError, QueryError
        If the endpoint does not answer, or refuses the update.
    """
    marks = graph(_NAME, source.base)
    held = _marks(target, marks)
    names = sorted(
        (name for name in source.store.named_graphs() if isinstance(name, NamedNode)), key=str
    )
    sent, batch, size = 0, list[str](), 0
    for done, name in enumerate(names, 1):
        lines = sorted(f"{triple} ." for triple in triples_of(source.store, name))
        digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()[:32]
        known = held.pop(name.value, None)
        if known != digest:
            sent += 1
            for step in (
                *_emptied(name, known, marks),
                *_filled(name, lines),
                _mark("INSERT", name, digest, marks),
            ):
                if batch and size + len(step) > BATCH:
                    target.update(" ;\n".join(batch))
                    batch, size = [], 0
                batch.append(step)
                size += len(step)
        progress("sending", done, len(names))
    for gone, known in held.items():
        batch += _emptied(NamedNode(gone), known, marks)
    if batch:
        target.update(" ;\n".join(batch))
    return Sent(sent, len(names) - sent, len(held))


def _marks(target: RemoteGraph, marks: NamedNode) -> dict[str, str]:
    rows = target.rows(
        f"SELECT ?name ?mark {{ GRAPH {marks} {{ ?name {DCTERMS.identifier} ?mark }} }}"
    )
    return {str(name): str(mark) for name, mark in rows}


def _emptied(name: NamedNode, digest: str | None, marks: NamedNode) -> Iterator[str]:
    if digest is not None:
        yield _mark("DELETE", name, digest, marks)
    yield f"CLEAR SILENT GRAPH {name}"


def _filled(name: NamedNode, lines: list[str]) -> Iterator[str]:
    """Yield insertions that are small enough for one request each, where triples are."""
    part: list[str] = []
    size = 0
    for line in lines:
        if part and (len(part) == _LINES or size + len(line) > BATCH):
            yield _insertion(name, part)
            part, size = [], 0
        part.append(line)
        size += len(line)
    if part:
        yield _insertion(name, part)


def _insertion(name: NamedNode, lines: list[str]) -> str:
    return "\n".join((f"INSERT DATA {{ GRAPH {name} {{", *lines, "} }"))


def _mark(verb: str, name: NamedNode, digest: str, marks: NamedNode) -> str:
    return f'{verb} DATA {{ GRAPH {marks} {{ {name} {DCTERMS.identifier} "{digest}" }} }}'
