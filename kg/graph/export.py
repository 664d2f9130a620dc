"""The graph in the formats of other programs, the same bytes for the same graph."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, Triple, serialize

from kg.errors import UsageError
from kg.graph import exchange
from kg.graph.results import Prefixes

if TYPE_CHECKING:
    import networkx
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


def write_network(network: networkx.Graph, form: str, output: IO[bytes]) -> None:
    """Write a network with all its attributes, for Gephi, R and their like.

    Parameters
    ----------
    network : networkx.Graph
        The network; nodes and ties are written in the order of their names.
    form : str
        One of `NETWORK_FORMATS`.
    output : binary file
        Where to.
    """
    NETWORK_FORMATS[form](network, output)


def _graphml(network: networkx.Graph, output: IO[bytes]) -> None:
    import networkx as nx  # noqa: PLC0415 - only this format needs it

    nx.write_graphml(_flat_network(network), output)


def _gexf(network: networkx.Graph, output: IO[bytes]) -> None:
    import networkx as nx  # noqa: PLC0415 - only this format needs it

    buffer = io.BytesIO()
    nx.write_gexf(_flat_network(network), buffer)
    # The day of the export is not in the graph: the same graph gives the same bytes.
    output.write(re.sub(rb' lastmodifieddate="[^"]*"', b"", buffer.getvalue(), count=1))


def _flat_network(network: networkx.Graph) -> networkx.Graph:
    """Return a network with attributes that XML can hold."""
    import networkx as nx  # noqa: PLC0415 - only networks need it

    plain = nx.Graph()
    for node in sorted(network.nodes):
        plain.add_node(node, **_scalars(network.nodes[node]))
    for source, target in sorted(tuple(sorted(pair)) for pair in network.edges):
        plain.add_edge(source, target, **_scalars(network.edges[source, target]))
    return plain


_NOT_IN_XML = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")


def _scalars(attributes: dict[str, Any]) -> dict[str, Any]:
    """Return attributes as GraphML can hold them: what has parts as JSON, nothing missing."""
    return {
        name: _NOT_IN_XML.sub(
            "�",
            value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str),
        )
        if not isinstance(value, int | float)
        else value
        for name, value in attributes.items()
        if value is not None
    }


NETWORK_FORMATS: dict[str, Callable[[networkx.Graph, IO[bytes]], None]] = {
    "graphml": _graphml,
    "gexf": _gexf,
    "gephi-nodes": exchange.gephi_nodes,
    "gephi-edges": exchange.gephi_edges,
}
"""The formats that hold a network, with what writes each."""


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
