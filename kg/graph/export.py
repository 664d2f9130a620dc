"""The graph in the formats of other programs, the same bytes for the same graph."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import IO, TYPE_CHECKING

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, Triple, serialize

from kg.errors import UsageError
from kg.graph import exchange
from kg.graph.gephi import write_network
from kg.graph.results import Prefixes

if TYPE_CHECKING:
    import rdflib

    from kg.graph.store import Graph


def export(graph: Graph, form: str, output: str | Path | IO[bytes] | None) -> str | None:
    """Write a graph; see `Graph.export`."""
    if form not in FORMATS:
        near = get_close_matches(form, FORMATS, n=1) or list(FORMATS)
        raise UsageError(f"there is no format {form!r}", remedy=f"try {' or '.join(near)}")
    if output is None:
        buffer = io.BytesIO()
        FORMATS[form](graph, buffer)
        return buffer.getvalue().decode()
    if isinstance(output, str | Path):
        try:
            with Path(output).open("wb") as file:
                FORMATS[form](graph, file)
        except OSError as error:
            raise UsageError(
                f"the file cannot be written ({error.strerror})",
                where=str(output),
                remedy="name another file",
            ) from None
    else:
        FORMATS[form](graph, output)
    return None


def as_rdflib(triples: Iterable[Triple], prefixes: Prefixes) -> rdflib.Graph:
    """Return triples as an rdflib graph with prefixes."""
    import rdflib  # noqa: PLC0415 - loads slowly, and few queries construct

    found = rdflib.Graph()
    found.parse(data=serialize(triples, format=RdfFormat.N_TRIPLES), format="nt")
    for prefix, namespace in prefixes.items():
        found.bind(prefix, namespace, replace=True)
    return found


def sorted_quads(store: Store) -> Iterator[Quad]:
    """Yield the quads of all named graphs in a stable order, one graph in memory at a time."""
    names = [name for name in store.named_graphs() if isinstance(name, NamedNode)]
    for name in sorted(names, key=str):
        yield from sorted(store.quads_for_pattern(None, None, None, name), key=str)


def _nquads(graph: Graph, output: IO[bytes]) -> None:
    for quad in sorted_quads(graph.store):
        output.write(f"{quad} .\n".encode())


def _dataset(form: RdfFormat) -> Callable[[Graph, IO[bytes]], None]:
    def write(graph: Graph, output: IO[bytes]) -> None:
        serialize(sorted_quads(graph.store), output, format=form, prefixes=dict(graph.prefixes))

    return write


def _turtle(graph: Graph, output: IO[bytes]) -> None:
    union = graph.store.quads_for_pattern(None, None, None, DefaultGraph())
    triples = sorted((quad.triple for quad in union), key=str)
    serialize(triples, output, format=RdfFormat.TURTLE, prefixes=dict(graph.prefixes))


def _organizations(form: str) -> Callable[[Graph, IO[bytes]], None]:
    def write(graph: Graph, output: IO[bytes]) -> None:
        write_network(graph.network("organizations"), form, output)

    return write


FORMATS: dict[str, Callable[[Graph, IO[bytes]], None]] = {
    "trig": _dataset(RdfFormat.TRIG),
    "nquads": _nquads,
    "turtle": _turtle,
    "jsonld": _dataset(RdfFormat.JSON_LD),
    "graphml": _organizations("graphml"),
    "gexf": _organizations("gexf"),
    "rdf12": exchange.triple_terms,
    "nanopub": exchange.nanopublications,
    "ftm": exchange.follow_the_money,
    "gephi-nodes": _organizations("gephi-nodes"),
    "gephi-edges": _organizations("gephi-edges"),
}
"""The formats, with what writes each."""
