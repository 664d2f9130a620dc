"""The graph on disk: open, replace, drop, query."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Any

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, QueryTriples, Store, Triple

from kg.errors import GraphError
from kg.graph import export, writing
from kg.graph.folder import KEPT, Folder
from kg.graph.overview import document_table, figures, overview
from kg.graph.reservation import Reservation
from kg.graph.results import UNLIMITED, Limits, Prefixes, rows, run, value
from kg.graph.vocabulary import (
    DCTERMS,
    DEFAULT_BASE,
    DERIVED,
    checked_base,
    document_graph,
    graph,
    prefixes,
)

_STATE = re.compile(r"[0-9a-f]{1,64}")
_SCATTERED = 10_000  # quads that were filled in, from which on the files are put in order again

if TYPE_CHECKING:
    import networkx
    import pandas as pd

    from kg.graph.validation import Violation


class Graph:
    """A cited knowledge graph: one named graph for each document, and what follows from them.

    Queries see the union of all named graphs, each triple once, and the named graphs by
    ``GRAPH``. All prefixes of the ontology are declared.

    Parameters
    ----------
    store : pyoxigraph.Store
        The store.
    base : str
        Address under which the nodes and named graphs of this deployment stand.
    folder : Folder, optional
        Where the store lives; without one the graph lives in memory.
    read_only : bool
        Whether changes are refused.

    Examples
    --------
    >>> graph = Graph(Store(), read_only=False)
    >>> int(graph.query("SELECT (COUNT(*) AS ?n) { ?person a foaf:Person }")["n"][0])
    0
    """

    def __init__(
        self,
        store: Store,
        *,
        base: str = DEFAULT_BASE,
        folder: Folder | None = None,
        read_only: bool = True,
    ):
        self._held: Store | None = store
        self._folder = folder
        self._reservation: Reservation | None = None
        self._changed = False
        self._filled = 0
        self._kept = KEPT
        self.base = checked_base(base)
        self.read_only = read_only

    @classmethod
    def open(
        cls,
        path: str | Path,
        *,
        create: bool = False,
        read_only: bool = True,
        base: str | None = None,
        waiting: Callable[[float], None] = lambda seconds: None,
    ) -> Graph:
        """Open the graph in a folder.

        Parameters
        ----------
        path : str or Path
            The folder.
        create : bool
            Open it for a build: made where there is none yet, for writing, and once a change
            that another process makes at the moment is done.
        read_only : bool
            Read what the last finished build left, beside any number of others and beside a
            running build. Otherwise keep other writers out until the graph is closed.
        base : str, optional
            Address under which a new graph's nodes stand; an old graph keeps its own.
        waiting : callable
            With `create`: told again and again for how many seconds it has waited.

        Raises
        ------
        GraphError
            If there is no graph, the folder holds something else, or another process writes
            to it, and with `create` is a build or does not end soon. Nothing is changed then.
        """
        base = base and checked_base(base)
        if create:
            return cls._reserved(Folder.make(Path(path), base), waiting)
        folder = Folder.find(Path(path))
        store = folder.reader() if read_only else folder.writer()
        return cls(store, base=folder.base, folder=folder, read_only=read_only)

    @classmethod
    def _reserved(cls, folder: Folder, waiting: Callable[[float], None]) -> Graph:
        store, reservation = folder.reserved_writer(waiting)
        graph = cls(store, base=folder.base, folder=folder, read_only=False)
        graph._reservation = reservation
        return graph

    def __enter__(self) -> Graph:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None:
            self.close()
        else:
            self._held = None  # readers keep what they had; the next build goes on from here
            self._reservation = None

    def close(self) -> None:
        """Let the graph go; what was changed becomes visible to readers."""
        held, folder, self._held = self._held, self._folder, None
        try:
            if held is not None and folder is not None and not self.read_only:
                self._publish(held, folder)
        finally:
            self._reservation = None

    def _publish(self, held: Store, folder: Folder) -> None:
        """Give readers what was changed, or never came to be published."""
        state = state_of(held, self.base)
        if self._changed or not state or state != folder.published_state():
            if self._filled >= _SCATTERED:
                self._order(held)
            folder.publish(held, state, kept=self._kept)

    def _order(self, held: Store) -> None:
        """Merge a store's files: what was filled in lies in many, and each query looks into all.

        On a million quads it takes three seconds, and questions are answered in half the time.
        """
        with self._told():
            held.optimize()

    def __repr__(self) -> str:
        return f"<Graph {self.path or 'in memory'}>"

    def _repr_html_(self) -> str:
        return overview(self)

    @property
    def path(self) -> Path | None:
        """The graph's folder; None in memory."""
        return self._folder.path if self._folder else None

    @property
    def store(self) -> Store:
        """The Oxigraph store itself.

        Raises
        ------
        GraphError
            If the graph was closed.
        """
        if self._held is None:
            raise GraphError(
                "the graph is closed", where=str(self.path or "memory"), remedy="open it again"
            )
        return self._held

    @property
    def prefixes(self) -> Prefixes:
        """Prefix → namespace, as queries may use them."""
        return prefixes(self.base)

    # ---------- reading ----------

    def query(self, sparql: str, *, limits: Limits = UNLIMITED, **bindings: object) -> Any:
        """Answer a SPARQL query.

        Parameters
        ----------
        sparql : str
            SELECT, ASK, CONSTRUCT or DESCRIBE.
        limits : Limits
            Seconds and rows that it may take.
        **bindings
            Values of variables that the query selects: texts, numbers, dates, IRIs.

        Returns
        -------
        pandas.DataFrame, bool or rdflib.Graph
            For SELECT, for ASK, and for CONSTRUCT and DESCRIBE.

        Raises
        ------
        QueryError
            If it cannot be parsed, would change the graph or ask another server, or exceeds
            its limits.
        """
        try:
            found = run(self.store, sparql, self.prefixes, limits=limits, bindings=bindings)
        except OSError as error:
            raise GraphError(
                f"the graph can no longer be read ({error})",
                where=str(self.path or "memory"),
                remedy="open it again: it was built anew several times since",
            ) from None
        return export.as_rdflib(found, self.prefixes) if isinstance(found, list) else found

    def triples(self, sparql: str) -> list[Triple]:
        """Answer a CONSTRUCT or DESCRIBE query with Oxigraph's own triples."""
        found: list[Triple] = run(self.store, sparql, self.prefixes)
        return found

    def constructed(self, sparql: str) -> Iterator[Triple]:
        """Yield what a CONSTRUCT query of our own gives, one triple at a time."""
        found = self.store.query(sparql, prefixes=dict(self.prefixes))
        assert isinstance(found, QueryTriples)
        yield from found

    def rows(self, sparql: str) -> Iterator[tuple[Any, ...]]:
        """Answer a SELECT query as tuples of Python values, without the weight of a DataFrame."""
        return rows(self.store, sparql, self.prefixes)

    def ask(self, question: str, /, **parameters: object) -> pd.DataFrame:
        """Answer a competency question; see `kg.queries.catalogue.ask`."""
        from kg.queries import catalogue  # noqa: PLC0415 - a notebook's shortcut up the tree

        return catalogue.ask(self, question, **parameters)

    def network(self, kind: str = "organizations", **options: Any) -> networkx.Graph:
        """Return a projection of the graph; see `kg.analysis.networks.network`."""
        from kg.analysis import networks  # noqa: PLC0415 - a notebook's shortcut up the tree

        return networks.network(self, kind, **options)

    def validate(self) -> list[Violation]:
        """Return what the shapes of the ontology find wrong; empty if the graph conforms."""
        from kg.graph import validation  # noqa: PLC0415 - pySHACL loads slowly

        union = self.store.quads_for_pattern(None, None, None, DefaultGraph())
        return validation.validate(union)

    def size(self) -> int:
        """Return how many different triples the named graphs hold."""
        ((number,),) = self.rows("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
        return int(number)

    def documents(self) -> pd.DataFrame:
        """Return a row for each document: what it is, and how much it says."""
        return document_table(self)

    def stats(self) -> pd.DataFrame:
        """Return group, kind and figure: documents, entities by class, statements, ties, dates."""
        return figures(self)

    def export(self, form: str, output: str | Path | IO[bytes] | None = None) -> str | None:
        """Write the graph in a format that other programs read.

        Parameters
        ----------
        form : str
            ``trig``, ``nquads``, ``turtle``, ``jsonld``, ``graphml``, ``gexf``, ``rdf12``,
            ``nanopub``, ``ftm``, ``gephi-nodes`` or ``gephi-edges``.
        output : path or binary file, optional
            Where to; without it the text is returned.

        Raises
        ------
        UsageError
            If there is no such format, or the file cannot be written.
        """
        return export.export(self, form, output)

    # ---------- writing ----------

    def replace(self, key: str, quads: Iterable[Quad]) -> bool:
        """Make these quads all that one document says, in one transaction.

        Parameters
        ----------
        key : str
            The document's key.
        quads : iterable of Quad
            Quads of the document's named graph, without blank nodes.

        Returns
        -------
        bool
            Whether anything was different.
        """
        return self.put(document_graph(key, self.base), (quad.triple for quad in quads))

    def drop(self, key: str) -> bool:
        """Withdraw a document with all that it alone said; ties follow with the next build.

        Returns
        -------
        bool
            Whether the document was there.
        """
        return self.put(document_graph(key, self.base), ())

    def put(self, name: NamedNode, triples: Iterable[Triple]) -> bool:
        """Make these the triples of a named graph, in one transaction."""
        self._change()
        with self._told():
            return writing.replace(self.store, name, triples)

    def fill(self, graphs: Mapping[NamedNode, Collection[Quad]]) -> None:
        """Make these the quads of many documents' graphs, each whole or marked as not."""
        self._change()
        self._filled += sum(map(len, graphs.values()))
        with self._told():
            writing.fill(self.store, graphs)

    def flush(self) -> None:
        """Write what the store holds in memory to its files.

        The store does so by itself only when 128 MB have come together, for each of its indexes.
        """
        with self._told():
            self.store.flush()

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turn what the disk refuses into an error that a user can mend."""
        try:
            yield
        except (OSError, RuntimeError, sqlite3.Error) as error:
            raise GraphError(
                f"the graph cannot be written ({error})",
                where=str(self.path or "memory"),
                remedy="make room on its disk and build again: what was read is kept",
            ) from None

    # ---------- state ----------

    @property
    def state(self) -> str:
        """What the derived graph was computed from, in hexadecimal digits; empty if it is stale."""
        return state_of(self.store, self.base)

    def settle(self, state: str, derived: Iterable[Triple]) -> None:
        """Make these the derived triples, computed from the state of all other graphs.

        The state is written when they all are: without it, the next build derives them again.
        """
        name = graph(DERIVED, self.base)
        self._change()
        with self._told():
            writing.remake(self.store, name, derived, self.path)
            mark = Quad(name, DCTERMS.identifier, Literal(state), name)
            self.store.extend(writing.with_union([mark]))

    def forget_past(self) -> None:
        """Leave nothing of what this graph was before: not in its files, not for readers."""
        self._kept = 1
        if self._folder is not None:
            draft = self._folder.rewritten(self.store)
            self._held = None  # which closes the old files
            self._held = self._folder.take(draft)

    def _change(self) -> None:
        """Refuse to change what is read, and mark what was derived as stale."""
        if self.read_only:
            raise GraphError(
                "the graph is open for reading",
                where=str(self.path or "memory"),
                remedy="open it with read_only=False",
            )
        self._changed = True
        mark = self.store.quads_for_pattern(graph(DERIVED, self.base), DCTERMS.identifier, None)
        for quad in list(mark):
            self.store.remove(quad)


def state_of(store: Store, base: str) -> str:
    """Return what the derived graph in a store was computed from; empty if it is stale.

    It becomes part of a folder's name, and an update may have written anything there.
    """
    name = graph(DERIVED, base)
    found = store.quads_for_pattern(name, DCTERMS.identifier, None, name)
    said = (str(value(quad.object)) for quad in found)
    return next((state for state in said if _STATE.fullmatch(state)), "")
