"""What the one process that changes the graph does: decisions, updates, graphs put and dropped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import uuid4

from pyoxigraph import NamedNode, RdfFormat

from kg.errors import UsageError
from kg.graph import updates
from kg.graph.folder import Folder
from kg.graph.operations import Using
from kg.graph.vocabulary import graph as graph_iri
from kg.server import decisions
from kg.server.status import AbsentError

BODIES: Mapping[str, RdfFormat] = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/rdf+xml": RdfFormat.RDF_XML,
}
"""Formats of graphs that are sent."""


class EditJobs:
    """The jobs; whoever inherits them has a graph's folder."""

    _folder: Folder

    def decide(
        self, *, action: str, given: Mapping[str, Sequence[str]], by: str, because: str
    ) -> str:
        """Decide about the graph and make it anew; return the key of the decision."""
        return decisions.decide(self._folder, action, given, by, because)

    def update(self, *, sparql: str, using: Using) -> None:
        """Change the graph by SPARQL Update."""
        updates.update(self._folder.path, sparql, using)

    def put_graph(self, *, iri: str, media: str, body: bytes) -> bool:
        """Replace a named graph; return whether it is a new one."""
        name = named(iri)
        triples = updates.parsed(body, BODIES[media], iri)
        return updates.put(self._folder.path, name, triples)

    def add_to_graph(self, *, iri: str, media: str, body: bytes) -> bool:
        """Add to a named graph; return whether it is a new one."""
        name = named(iri)
        triples = updates.parsed(body, BODIES[media], iri)
        return updates.add(self._folder.path, name, triples)

    def drop_graph(self, *, iri: str) -> None:
        """Take a named graph away."""
        if not updates.drop(self._folder.path, named(iri)):
            raise AbsentError(f"there is no graph <{iri}>")

    def own_iri(self, *, name: str) -> str:
        """Return the IRI of the graph with a name under this deployment's base."""
        return graph_iri(name, self._folder.base).value

    def new_graph(self) -> tuple[str, str]:
        """Return a name that no graph has, and the IRI of the graph that will have it."""
        name = f"posted-{uuid4().hex[:12]}"
        return name, self.own_iri(name=name)


def named(iri: str) -> NamedNode:
    """Return the node of an absolute IRI, or raise `UsageError`."""
    try:
        return NamedNode(iri)
    except ValueError:
        raise UsageError(f"{iri!r} is no absolute IRI") from None
