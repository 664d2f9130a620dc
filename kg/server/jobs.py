"""Everything that reads the graph for the server; it runs in worker processes only.

Each public method of `Desk` is a job: its arguments and its outcome go through a pipe.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from pyoxigraph import (
    DefaultGraph,
    Quad,
    QueryBoolean,
    QuerySolutions,
    RdfFormat,
    Triple,
    serialize,
)

from kg.errors import QueryError
from kg.graph.folder import Folder
from kg.graph.results import Limits, refuse, rejected
from kg.graph.store import Graph
from kg.graph.vocabulary import graph as graph_iri
from kg.graph.vocabulary import node as node_iri
from kg.queries import answers, catalogue
from kg.review import doubtful
from kg.search.index import Text, make, names_of
from kg.server import negotiation, portrait, report, results, service, waiting
from kg.server.edit_jobs import EditJobs, named
from kg.server.insight_jobs import InsightJobs
from kg.server.portrait import Portrait, local
from kg.server.protocol import Dataset, TooLargeError, UnacceptableError
from kg.server.report import Report
from kg.server.status import AbsentError

RDF_FORMATS: Mapping[str, RdfFormat] = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/json": RdfFormat.JSON_LD,
    "text/plain": RdfFormat.N_TRIPLES,
}
MEBIBYTE = 1024 * 1024

TABLES: Mapping[str, Callable[[Any], bytes]] = {
    "csv": lambda frame: answers.as_csv(frame).encode("utf-8-sig", "replace"),
    "json": lambda frame: answers.as_json(frame).encode("utf-8", "replace"),
    "xlsx": answers.workbook,
}
_WAITING: Mapping[str, Callable[[Graph], Sequence[Any]]] = {
    "pairs": doubtful,
    "facts": waiting.doubted,
    "decisions": waiting.decided,
}
_TOLD: Mapping[str, Callable[[Graph, Any], list[Any]]] = {
    "pairs": waiting.pairs,
    "facts": waiting.told,
    "decisions": lambda graph, some: list(some),
}
Answer = tuple[str, bytes]
"""A media type and a body."""


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to a question: a table, and the query behind it."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    sparql: str


class Desk(InsightJobs, EditJobs):
    """A graph with the jobs that can be done on it.

    Parameters
    ----------
    place : str
        The graph's folder.
    """

    def __init__(self, place: str):
        self._folder = Folder.find(Path(place))
        self._state: str | None = None
        self._held: Graph | None = None
        self._waiting: dict[str, Any] = {}

    @property
    def graph(self) -> Graph:
        """The graph as the last finished build left it."""
        state = self._place_state()
        if self._held is None or state != self._state:
            self._held, self._state = Graph.open(self._folder.path), state
        return self._held

    def _place_state(self) -> str | None:
        published = self._folder.published()
        return published[-1].name if published else None

    def warm(self) -> None:
        """Open the graph and load what the first job would load, before memory is counted."""
        self.graph.query("SELECT ?s { ?s ?p ?o } LIMIT 1")

    def alive(self) -> None:
        """Read something, to show that it can be read."""
        next(self.graph.rows("SELECT ?s { ?s ?p ?o } LIMIT 1"), None)

    # ---------- the pages ----------

    def ask(self, *, question: str, parameters: dict[str, str], rows: int) -> Reply:
        """Answer a competency question."""
        sparql = catalogue.prepare(self.graph, question, parameters)
        found = self.graph.query(sparql, limits=Limits(rows=rows))
        return Reply(tuple(found.columns), tuple(map(tuple, answers.rows(found))), sparql)

    def table(self, *, question: str, parameters: dict[str, str], form: str, rows: int) -> bytes:
        """Answer a competency question as a file: csv, json or xlsx."""
        sparql = catalogue.prepare(self.graph, question, parameters)
        found = self.graph.query(sparql, limits=Limits(rows=rows))
        return TABLES[form](found)

    def portrait(self, *, key: str) -> Portrait:
        """Return all that the page of a thing shows."""
        found = portrait.portrait(self.graph, key)
        if found is None:
            raise AbsentError(f"the graph knows nothing by the name of {key}")
        return found

    def report(self, *, key: str) -> Report:
        """Return all that the page of a report shows."""
        found = report.report(self.graph, key)
        if found is None:
            raise AbsentError(f"the graph holds no report {key}")
        return found

    def sentence(self, *, source: str, quote: str) -> tuple[str, int, int]:
        """Return the key of the report with this address, and where the sentence stands in it."""
        found = report.sentence(self.graph, source, quote)
        if found is None:
            raise AbsentError("no report says so any more")
        return found

    def figures(self) -> list[tuple[str, str, Any]]:
        """Return what the graph holds, in figures."""
        return [tuple(row) for row in self.graph.stats().itertuples(index=False)]

    def prefixes(self) -> dict[str, str]:
        """Return the prefixes that queries may use."""
        return dict(self.graph.prefixes)

    def state(self) -> str:
        """Return which build is read."""
        return self._place_state() or ""

    def index(self, *, path: str) -> None:
        """Write an index of all names and texts for the search."""
        names = portrait.select(self.graph, "names")
        texts = portrait.select(self.graph, "texts")
        make(
            Path(path),
            names_of((local(r["thing"]), r["label"], r["name"], r["weight"] or 0) for r in names),
            (Text(local(row["thing"]), row["title"], row["text"]) for row in texts),
        )

    # ---------- what people decide ----------

    def queue(self, *, what: str, first: int, number: int) -> tuple[int, list[Any]]:
        """Return how many pairs, facts or decisions there are, and some of them in order."""
        graph, state = self.graph, self._state
        if self._waiting.get("state") != state:
            self._waiting = {"state": state}
        if what not in self._waiting:
            self._waiting[what] = _WAITING[what](graph)
        every = self._waiting[what]
        some = every[first : first + number]
        return len(every), _TOLD[what](graph, some)

    def namings(self, *, key: str) -> tuple[str, list[waiting.Naming]]:
        """Return the name of a thing, and the reports that name it."""
        return self.portrait(key=key).label, waiting.namings(self.graph, key)

    # ---------- the protocol ----------

    def sparql(
        self, *, query: str, accept: str | None, dataset: Dataset, rows: int, size: int
    ) -> Answer:
        """Answer a query of the SPARQL Protocol in the format that the client likes best."""
        refuse(query)
        graph = self.graph
        try:
            found = graph.store.query(query, prefixes=dict(graph.prefixes), **_dataset(dataset))
            return _answer(found, accept, rows, size, graph.prefixes)
        except SyntaxError as error:
            raise rejected(query, graph.prefixes, str(error)) from None
        except (RuntimeError, ValueError, OSError) as error:
            raise QueryError(f"the query cannot be run ({error})") from None

    def named_graph(self, *, iri: str | None, accept: str | None, rows: int, size: int) -> Answer:
        """Return a named graph, or the union of all (no IRI), for the Graph Store Protocol."""
        store = self.graph.store
        name = DefaultGraph() if iri is None else named(iri)
        found = store.quads_for_pattern(None, None, None, name)
        if iri is not None and not store.contains_named_graph(name):
            raise AbsentError(f"there is no graph <{iri}>")
        return graph_answer(found, accept, rows, size, self.graph.prefixes)

    def own_graph(self, *, name: str, accept: str | None, rows: int, size: int) -> Answer:
        """Return a named graph under this deployment's base."""
        iri = graph_iri(name, self.graph.base).value
        return self.named_graph(iri=iri, accept=accept, rows=rows, size=size)

    def description(self, *, key: str, accept: str | None, rows: int, size: int) -> Answer:
        """Return what the graph says of a node: the triples that begin or end at it."""
        node, store = node_iri(key, self.graph.base), self.graph.store
        union = DefaultGraph()
        found = [*store.quads_for_pattern(node, None, None, union)]
        found += islice(store.quads_for_pattern(None, None, node, union), rows)
        if not found:
            raise AbsentError(f"the graph says nothing of {node}")
        return graph_answer(found, accept, 2 * rows, size, self.graph.prefixes)

    def service(self, *, address: str, accept: str | None, updates: bool) -> Answer:
        """Return the service description of the endpoint at an address."""
        triples = service.description(address, self.graph, updates=updates)
        return graph_answer(triples, accept, 10_000, MEBIBYTE, service.PREFIXES)

    def void(self, *, address: str, accept: str | None) -> Answer:
        """Return the VoID description of the data set whose endpoint is at an address."""
        triples = service.dataset(address, self.graph)
        return graph_answer(triples, accept, 10_000, MEBIBYTE, service.PREFIXES)


def desk_for(place: str) -> Desk:
    """Return the desk of a folder, or of an endpoint."""
    if place.startswith(("http://", "https://")):
        from kg.server.remote import RemoteDesk  # noqa: PLC0415 - for those who have one

        return RemoteDesk(place)
    return Desk(place)


def _dataset(dataset: Dataset) -> dict[str, Any]:
    """Return the dataset of a request; where it names one, the query's own FROM is passed over."""
    if dataset.default is None and dataset.named is None:
        return {}
    return {
        "default_graph": [named(iri) for iri in dataset.default or ()],
        "named_graphs": [named(iri) for iri in dataset.named or ()],
    }


def _answer(
    found: Any, accept: str | None, rows: int, size: int, prefixes: Mapping[str, str]
) -> Answer:
    if not isinstance(found, QueryBoolean | QuerySolutions):
        return graph_answer(found, accept, rows, size, prefixes)
    media = acceptable(accept, negotiation.RESULTS)
    if isinstance(found, QueryBoolean):
        return media, results.boolean(found, media)
    names = [variable.value for variable in found.variables]
    solutions = ([row[name] for name in names] for row in _few(found, rows))
    return media, small(results.written(names, solutions, media), size)


def graph_answer(
    found: Iterable[Quad | Triple],
    accept: str | None,
    rows: int,
    size: int,
    prefixes: Mapping[str, str],
) -> Answer:
    """Return triples in the format that the client likes best."""
    media = acceptable(accept, negotiation.GRAPHS)
    triples = dict.fromkeys(
        one.triple if isinstance(one, Quad) else one for one in _few(found, rows)
    )
    body = serialize(triples, format=RDF_FORMATS[media], prefixes=dict(prefixes))
    return media, small(body or b"", size)


def acceptable(accept: str | None, offered: Sequence[str]) -> str:
    """Return the media type to give, or raise `UnacceptableError`."""
    media = negotiation.chosen(accept, offered)
    if media is None:
        raise UnacceptableError(
            "none of the accepted formats can be given", remedy=f"accept {', '.join(offered[:4])}"
        )
    return media


def _few(found: Iterable[Any], rows: int) -> Iterator[Any]:
    every = iter(found)
    yield from islice(every, rows)
    if next(every, None) is not None:
        raise TooLargeError(
            f"the answer has more than {rows:,} rows", remedy="add a LIMIT or narrow the query"
        )


def small(body: bytes, size: int) -> bytes:
    """Return an answer, or raise `TooLargeError`."""
    if len(body) > size:
        raise TooLargeError(
            f"the answer has more than {size // MEBIBYTE:,} MiB", remedy="add a LIMIT"
        )
    return body
