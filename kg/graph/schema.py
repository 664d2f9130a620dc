"""The ontology as triples of the graph, so that queries can follow its classes and labels."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import pyoxigraph
from pyoxigraph import NamedNode, Triple

from kg.graph.vocabulary import ontology_file

_FILES = ("cooperation.ttl", "vocabularies.ttl")


def schema_triples() -> Iterator[Triple]:
    """Yield the classes, properties and concepts of the ontology.

    Restrictions and unions, which are for reasoners and have no names of their own, stay in
    the ontology's files.
    """
    for name in _FILES:
        for found in pyoxigraph.parse(path=str(ontology_file(name))):
            subject, object = found.subject, found.object
            if isinstance(subject, NamedNode) and not isinstance(object, pyoxigraph.BlankNode):
                yield Triple(subject, found.predicate, object)


def schema_version() -> str:
    """Return a hash of the ontology's files."""
    content = b"".join(ontology_file(name).read_bytes() for name in _FILES)
    return hashlib.sha256(content).hexdigest()
