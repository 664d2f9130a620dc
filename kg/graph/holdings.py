"""The documents that a graph holds, as a build asks for them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from pyoxigraph import DefaultGraph, NamedNode

from kg.documents.document import Document
from kg.extraction.record import Record
from kg.graph import authorities
from kg.graph.curation import fingerprint
from kg.graph.results import value
from kg.graph.schema import schema_version
from kg.graph.shelf import Shelf
from kg.graph.store import Graph
from kg.graph.vocabulary import COOP, DERIVED, SCHEMA, document_graph, graph, node
from kg.resolution.forgetting import same_but_for_covers
from kg.version import version_of

_HELD = """
SELECT ?doc ?id ?hash ?language ?address ?source ?title ?published ?author
  ?extractor ?assignment ?read {
  ?doc a coop:SourceDocument ; dcterms:identifier ?id ; coop:textHash ?hash ;
    dcterms:language ?language ; coop:address ?address ; coop:extractorVersion ?extractor .
  OPTIONAL { ?doc dcterms:source ?source }
  OPTIONAL { ?doc dcterms:title ?title }
  OPTIONAL { ?doc dcterms:issued|dcterms:date ?published }
  OPTIONAL { ?doc schema:creditText ?author }
  OPTIONAL { ?doc coop:assignment ?assignment }
  OPTIONAL { ?run prov:used ?doc ; prov:endedAtTime ?read }
}"""

_FLUSH = 5_000_000  # characters of documents that wait in memory: some 15 MB
_SMALLEST = 10_000  # what the shortest document weighs there, with all that is known of it


@dataclass(frozen=True, slots=True)
class Held:
    """A document as the graph holds it: ``document`` without its text."""

    document: Document
    text_hash: str
    extractor: str
    assignment: str | None = None
    read_at: datetime | None = None


class Holdings:
    """The documents that a graph holds, and whether what follows from them is written.

    Parameters
    ----------
    graph : Graph
        A graph that is open for writing.

    Attributes
    ----------
    held : mapping of str to Held
        By the key of the document; on disk, for there may be many.
    writer : str
        Version of what writes the graphs of documents.
    """

    def __init__(self, graph: Graph):
        self.graph = graph
        self.held = Shelf[Held]()
        for one in _held(graph):
            self.held[one.document.key] = one
        self._unwritten = 0
        self.writer = f"kg {version_of('resolution', 'graph')} {schema_version()[:8]}"

    def holds(self, document: Document, version: str) -> bool:
        """Whether the graph holds just this document, read by this version of an extractor."""
        held = self.held.get(document.key)
        return (
            held is not None
            and (held.text_hash, held.extractor) == (document.text_hash, version)
            and _same(held.document, replace(document, text=""))
        )

    def put(self, document: Document, record: Record, read_at: datetime) -> bool:
        """Hold a document and its record, in one transaction; whether it replaces another.

        What the record says is written when all records are known (`kg.graph.settling`).
        """
        from kg.graph.settling import bare_triples  # noqa: PLC0415 - loads what puts nothing need not

        base, read_at = self.graph.base, read_at.replace(microsecond=0)
        triples = bare_triples(document, record, base, read_at)
        self.graph.put(document_graph(document.key, base), triples)
        self._unwritten += _SMALLEST + len(document.text)
        if self._unwritten > _FLUSH:
            self.graph.flush()
            self._unwritten = 0
        replaced = document.key in self.held
        self.held[document.key] = Held(
            replace(document, text=""), document.text_hash, record.extractor, None, read_at
        )
        return replaced

    @property
    def settled(self) -> bool:
        """Whether everything that follows from the documents is written."""
        state = self.state()
        return bool(state) and self.graph.state == state

    def state(self) -> str:
        """Return a hash of all that the graph is made from; empty if a document is not written."""
        decided = [fingerprint(self.graph), authorities.fingerprint(self.graph)]
        made = hashlib.sha256(json.dumps([self.writer, self.graph.base, decided]).encode())
        for key, held in self.held.items():
            if held.assignment is None:
                return ""
            made.update(json.dumps([key, held.assignment]).encode())
        return made.hexdigest()[:16]

    def written_by(self) -> str:
        """Return the version of what wrote the documents' graphs last."""
        name = graph(DERIVED, self.graph.base)
        found = self.graph.store.quads_for_pattern(name, SCHEMA.softwareVersion, None, name)
        return next((str(value(quad.object)) for quad in found), "")

    def record(self, key: str) -> Record:
        """Return the record of a document."""
        return Record.from_json(self._text(key, COOP.record), where=self.held[key].document.id)

    def document(self, key: str) -> Document:
        """Return a document with its text."""
        return replace(self.held[key].document, text=self._text(key, SCHEMA.text))

    def _text(self, key: str, predicate: NamedNode) -> str:
        one = node(f"doc-{key}", self.graph.base)
        found = self.graph.store.quads_for_pattern(one, predicate, None, DefaultGraph())
        return str(value(next(found).object))


def _same(held: Document, found: Document) -> bool:
    """Whether a document is what the graph holds, but for names that were covered since."""
    covered = all(
        same_but_for_covers(one, other)
        for one, other in ((held.title, found.title), (held.author, found.author))
    )
    return covered and held == replace(found, title=held.title, author=held.author)


def _held(graph: Graph) -> Iterator[Held]:
    for row in graph.rows(_HELD):
        _, id, text_hash, language, address, source, title, day, author, *rest = row
        extractor, mark, read_at = rest
        published = day.isoformat() if isinstance(day, date) else day
        document = Document(id, "", language, address, source, title, published, author, text_hash)
        yield Held(document, text_hash, extractor, mark, read_at)
