"""Changing a graph in its folder by SPARQL Update, or a named graph as a whole.

A request is done whole or not at all: what the store was before is kept until its end
(`Folder.undoable`), and opened again if the request failed or its process was killed. What
was done is published before the request is answered, so that whoever asks next sees it; who
reads meanwhile goes on with what was there. Blank nodes become IRIs (RDF 1.1, section 3.5),
for the graphs of a build have none, and a named graph must be comparable to itself.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, Store, Triple, parse

from kg.errors import KgError, QueryError
from kg.graph import writing
from kg.graph.folder import Folder
from kg.graph.operations import ANY, Data, Operation, Pattern, Using, operations
from kg.graph.store import state_of
from kg.graph.vocabulary import prefixes

GENID = ".well-known/genid/"
"""Where the IRIs of blank nodes stand under a deployment's base."""
_T = TypeVar("_T")


def update(path: str | Path, sparql: str, using: Using = ANY) -> None:
    """Change a graph by SPARQL 1.1 Update.

    Parameters
    ----------
    path : str or Path
        The graph's folder.
    sparql : str
        The update: one or several operations.
    using : Using
        The dataset of its patterns, if the request names one.

    Raises
    ------
    QueryError
        If it cannot be parsed or done, or may not be (`kg.graph.operations`). Nothing is
        changed then.
    GraphError
        If a build writes to the graph at the moment.
    """
    folder = Folder.find(Path(path))
    steps = operations(sparql, prefixes(folder.base), using)

    def change(store: Store) -> None:
        for step in steps:
            _do(store, step, folder.base)

    if steps:
        _whole(folder, change)


def put(path: str | Path, name: NamedNode, triples: Iterable[Triple]) -> bool:
    """Make these all the triples of a named graph, which is there then even if they are none.

    Returns
    -------
    bool
        Whether there was no such graph before.
    """
    folder = Folder.find(Path(path))
    made = _without_blanks(triples, folder.base)

    def change(store: Store) -> bool:
        new = not store.contains_named_graph(name)
        writing.remake(store, name, made)
        store.add_graph(name)
        return new

    return _whole(folder, change)


def add(path: str | Path, name: NamedNode, triples: Iterable[Triple]) -> bool:
    """Add triples to a named graph; return whether there was no such graph before."""
    folder = Folder.find(Path(path))
    made = [
        Quad(one.subject, one.predicate, one.object, name)
        for one in _without_blanks(triples, folder.base)
    ]

    def change(store: Store) -> bool:
        new = not store.contains_named_graph(name)
        writing.insert(store, made)
        store.add_graph(name)
        return new

    return _whole(folder, change)


def drop(path: str | Path, name: NamedNode) -> bool:
    """Take a named graph away; return whether it was there."""
    folder = Folder.find(Path(path))

    def change(store: Store) -> bool:
        there = store.contains_named_graph(name)
        writing.remake(store, name, ())
        store.remove_graph(name)
        return there

    return _whole(folder, change)


def parsed(body: bytes, form: RdfFormat, base: str) -> list[Triple]:
    """Return the triples of a document, whose relative IRIs are resolved against a base.

    Raises
    ------
    QueryError
        If it is not what it says it is.
    """
    try:
        return [one.triple for one in parse(body, format=form, base_iri=base)]
    except (SyntaxError, ValueError) as error:
        reason = getattr(error, "msg", None) or str(error)
        raise QueryError(f"not {form.name} ({reason})", remedy="mend the body there") from None


def _whole(folder: Folder, change: Callable[[Store], _T]) -> _T:
    """Change a graph's store whole or not at all, and publish what it is then."""
    store = folder.writer()
    try:
        folder.undoable(store)
        outcome = change(store)
        folder.done()
    except Exception as error:
        _let_go(error)
        del store
        folder.reopened()  # which brings back what was kept
        if isinstance(error, KgError):
            raise
        raise QueryError(f"the update cannot be done ({error})") from None
    folder.publish(store, state_of(store, folder.base))
    return outcome


def _let_go(error: BaseException | None) -> None:
    """Take the store out of the frames that an error has passed, so that it is closed."""
    while error is not None:
        traceback.clear_frames(error.__traceback__)
        error = error.__context__


def _do(store: Store, step: Operation, base: str) -> None:
    if isinstance(step, Data):
        if step.insert:
            writing.insert(store, _named(step.quads, base))
        else:
            writing.delete(store, step.quads)
    elif step.names is None:
        _run(store, step, base)
        _name_blanks(store, store, base)
        writing.mend(store)
    else:
        before = {name: writing.triples_of(store, name) for name in step.names}
        _run(store, step, base)
        found = (store.quads_for_pattern(None, None, None, name) for name in step.names)
        _name_blanks(store, chain.from_iterable(found), base)
        writing.follow(store, before)


def _run(store: Store, step: Pattern, base: str) -> None:
    store.update(step.text, prefixes=dict(prefixes(base)))


def _name_blanks(store: Store, quads: Iterable[Quad], base: str) -> None:
    """Give IRIs to the blank nodes among quads of a store."""
    found = [quad for quad in quads if BlankNode in (type(quad.subject), type(quad.object))]
    for quad in found:
        store.remove(quad)
    store.extend(_named(found, base))


def _without_blanks(triples: Iterable[Triple], base: str) -> list[Triple]:
    named = _named([Quad(*triple) for triple in triples], base)
    return [quad.triple for quad in named]


def _named(quads: Sequence[Quad], base: str) -> list[Quad]:
    """Return quads with an IRI for each blank node.

    Raises
    ------
    QueryError
        If a triple is about a triple (RDF 1.2), which other RDF tools do not read yet.
    """
    given: dict[object, NamedNode] = {}

    def named(term: Any) -> Any:
        if isinstance(term, Triple):
            raise QueryError("triple terms are not kept here", remedy="describe the claim instead")
        if not isinstance(term, BlankNode):
            return term
        return given.setdefault(term, NamedNode(f"{base}{GENID}{uuid4().hex}"))

    return [
        Quad(named(quad.subject), quad.predicate, named(quad.object), quad.graph_name)
        for quad in quads
    ]
