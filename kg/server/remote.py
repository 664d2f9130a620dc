"""The same jobs over a graph in another SPARQL endpoint, which bounds its own queries besides."""

from __future__ import annotations

from kg.graph.remote import RemoteGraph
from kg.graph.results import refuse
from kg.graph.store import Graph
from kg.graph.vocabulary import node
from kg.server import negotiation
from kg.server.jobs import Answer, Desk, acceptable, graph_answer, small
from kg.server.protocol import Dataset
from kg.server.status import AbsentError

_STANDARD = 4  # of negotiation's types are those of the standard; the others are their aliases
_GRAPH = "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH <%s> { ?s ?p ?o } } LIMIT %d"
_UNION = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT %d"
_NODE = """CONSTRUCT { ?s ?p ?o } WHERE {
  { ?s ?p ?o FILTER(?s = %s) } UNION { ?s ?p ?o FILTER(?o = %s) }
} LIMIT %d"""


class RemoteDesk(Desk):
    """A desk whose graph is in an endpoint.

    Parameters
    ----------
    place : str
        The endpoint's address.
    """

    def __init__(self, place: str):
        self._remote = RemoteGraph(place)

    @property
    def graph(self) -> Graph:
        """The graph."""
        return self._remote

    def _place_state(self) -> str | None:
        return self._remote.address

    def read(self, *, path: str) -> None:
        """Keep nothing, for nobody tells when an endpoint's graph changes."""

    def sparql(
        self, *, query: str, accept: str | None, dataset: Dataset, rows: int, size: int
    ) -> Answer:
        """Hand a query on, with the formats that the client accepts of ours."""
        refuse(query)
        offered = [*negotiation.RESULTS[:_STANDARD], *negotiation.GRAPHS[:_STANDARD]]
        acceptable(accept, offered)
        fields = [("query", self._remote.whole(query, {}))]
        fields += [("default-graph-uri", iri) for iri in dataset.default or ()]
        fields += [("named-graph-uri", iri) for iri in dataset.named or ()]
        media, body = self._remote.raw(fields, accept or ", ".join(offered))
        return media, small(body, size)

    def named_graph(self, *, iri: str | None, accept: str | None, rows: int, size: int) -> Answer:
        """Return a named graph, or the union of all."""
        query = _UNION % (rows + 1) if iri is None else _GRAPH % (iri, rows + 1)
        return self._constructed(query, accept, rows, size)

    def description(self, *, key: str, accept: str | None, rows: int, size: int) -> Answer:
        """Return what the graph says of a node."""
        one = node(key, self.graph.base)
        return self._constructed(_NODE % (one, one, rows + 1), accept, rows, size)

    def _constructed(self, query: str, accept: str | None, rows: int, size: int) -> Answer:
        found = self._remote.triples(query)
        if not found:
            raise AbsentError("there is nothing under that address")
        return graph_answer(found, accept, rows, size, self.graph.prefixes)
