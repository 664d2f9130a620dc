"""Taking back: a document with all that only it said, a person with all that is said of them.

Both leave a record of when and why, without personal data, by which the next build knows not
to bring them back (`kg.graph.withdrawals`). What was fetched is dropped as well, and the files
of the store are written anew, so that nothing stays in them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pyoxigraph import NamedNode, Quad

from kg.errors import UsageError
from kg.extraction.record import Entity
from kg.graph.folder import PAGES
from kg.graph.holdings import Holdings
from kg.graph.overview import STATEMENTS
from kg.graph.settling import settle
from kg.graph.store import Graph
from kg.graph.vocabulary import CLASSES, document_graph
from kg.graph.withdrawals import Withdrawals, names_of
from kg.queries.naming import find
from kg.resolution.forgetting import name_key, without_people
from kg.resolution.names.spelling import fold


@dataclass(frozen=True, slots=True)
class Loss:
    """What a withdrawal takes along.

    Parameters
    ----------
    what : str
        The address of the document, or the name of the person.
    documents : tuple of str
        Ids of the documents that go, or that lose the person's names.
    entities : tuple of str
        Names of people, organizations and places that nothing else names.
    statements : mapping of str to int
        How many statements of each kind nothing else makes.
    """

    what: str
    documents: tuple[str, ...]
    entities: tuple[str, ...]
    statements: Mapping[str, int]


def withdraw(path: str | Path, document: str, *, because: str, dry_run: bool = False) -> Loss:
    """Take a document out of a graph, for good.

    Parameters
    ----------
    path : str or Path
        The graph's folder.
    document : str
        Its address, id, title or key, or a part of one that no other has.
    because : str
        Why, without personal data.
    dry_run : bool
        Only tell what would go.

    Returns
    -------
    Loss
        What goes.

    Raises
    ------
    UsageError
        If no document, or more than one, is called so.
    GraphError
        If there is no graph, or another process writes to it.
    """
    _reason(because)
    with Graph.open(path, read_only=dry_run) as graph:
        holdings = Holdings(graph)
        key = _key(graph, holdings, document)
        held = holdings.held[key].document
        entities, statements = _alone(graph, document_graph(key, graph.base))
        loss = Loss(held.address, (held.id,), entities, statements)
        if not dry_run:
            Withdrawals(graph).withdraw(held, because, datetime.now(UTC))
            graph.drop(key)
            del holdings.held[key]
            settle(holdings, lambda *_: None)
            _purge(graph)
    return loss


def forget(path: str | Path, person: str, *, because: str, dry_run: bool = False) -> Loss:
    """Take a person out of a graph, for good: statements, and the names in all texts.

    Parameters
    ----------
    path : str or Path
        The graph's folder.
    person : str
        A name, or the address of the person's node.
    because : str
        Why, without personal data.
    dry_run : bool
        Only tell what would go.

    Returns
    -------
    Loss
        What goes.

    Raises
    ------
    UsageError
        If nobody, or more than one, is called so, or the reason names the person.
    GraphError
        If there is no graph, or another process writes to it.
    """
    _reason(because)
    with Graph.open(path, read_only=dry_run) as graph:
        node = _only(find(graph, person, "person"), person, "person")
        names = names_of(graph, node)
        if not names:
            raise UsageError(f"the graph has no person “{person}”", remedy="try a part of the name")
        every = set().union(*names.values())
        _says_nothing_of(because, every)
        holdings = Holdings(graph)
        told = sorted(holdings.held[key].document.id for key in names)
        loss = Loss(max(every, key=len), tuple(told), (), _said_of(graph, node))
        if not dry_run:
            _erase(holdings, node, names, because)
    return loss


def _erase(
    holdings: Holdings, node: NamedNode, names: Mapping[str, set[str]], because: str
) -> None:
    graph, everyone = holdings.graph, set().union(*names.values())
    Withdrawals(graph).forget(everyone, because, datetime.now(UTC))
    for key, local in names.items():
        folded = {fold(name) for name in local}

        def named(entity: Entity, folded: set[str] = folded) -> bool:
            return any(fold(name) in folded for name in (entity.name, *entity.aliases))

        document, record = without_people(holdings.document(key), holdings.record(key), named)
        read_at = holdings.held[key].read_at or datetime.now(UTC)
        holdings.put(document, record, read_at)
    settle(holdings, lambda *_: None)
    _drop_node(graph, node)
    _purge(graph)


def _drop_node(graph: Graph, node: NamedNode) -> None:
    """Remove what other graphs, such as decisions of people, say of a node."""
    quads: list[Quad] = [
        *graph.store.quads_for_pattern(node, None, None, None),
        *graph.store.quads_for_pattern(None, None, node, None),
    ]
    for quad in quads:
        graph.store.remove(quad)


def _purge(graph: Graph) -> None:
    """Write the store's files anew, and drop what was fetched and what readers had before."""
    if graph.path is not None:
        for end in ("", "-wal", "-shm"):
            (graph.path / f"{PAGES}{end}").unlink(missing_ok=True)
    graph.forget_past()


def _key(graph: Graph, holdings: Holdings, text: str) -> str:
    """Return the key of the document that a text names."""
    for key, held in holdings.held.items():
        one = held.document
        if text in (key, one.id, one.address, one.source):
            same = [k for k, h in holdings.held.items() if h.document.id == text]
            if text == one.id and len(same) > 1:
                raise _several(text, "document", [holdings.held[k].document.address for k in same])
            return key
    node = _only(find(graph, text, "document"), text, "document")
    return node.value.rpartition("doc-")[2]


def _only(found: list[NamedNode], text: str, kind: str) -> NamedNode:
    if len(found) > 1:
        raise _several(text, kind, [each.value for each in found])
    return found[0]


def _several(text: str, kind: str, found: list[str]) -> UsageError:
    shown = ", ".join(found[:5]) + (" …" if len(found) > 5 else "")
    return UsageError(
        f"“{text}” may be each of {len(found)} {kind}s ({shown})",
        remedy="give the whole name or the address of one",
    )


def _reason(because: str) -> None:
    if not because.strip():
        raise UsageError("no reason is given", remedy="say with --because why")


def _says_nothing_of(because: str, names: set[str]) -> None:
    words = set(fold(because).split())
    for name in names:
        parts = fold(name).split()
        if name_key(name) and words.issuperset(part for part in parts if len(part) > 1):
            raise UsageError(
                "the reason names the person, and it is kept",
                remedy="give a reason without personal data, such as the number of the request",
            )


def _alone(graph: Graph, name: NamedNode) -> tuple[tuple[str, ...], dict[str, int]]:
    """Return the names of entities, and the numbers of statements, that one graph alone has."""
    others = document_graph("", graph.base).value
    query = f"""SELECT ?class ?thing ?name {{
      GRAPH {name} {{ ?thing a ?class OPTIONAL {{ ?thing rdfs:label ?name }} }}
      FILTER NOT EXISTS {{
        GRAPH ?other {{ ?thing a ?class }}
        FILTER(?other != {name} && STRSTARTS(STR(?other), "{others}"))
      }}
    }}"""
    kinds = {term.value: kind for kind, term in STATEMENTS.items()}
    classes = {term.value for term in CLASSES.values()}
    names: set[str] = set()
    counted: dict[str, set[str]] = {}
    for kind, thing, label in graph.rows(query):
        if kind in kinds:
            counted.setdefault(kinds[kind], set()).add(thing)
        elif kind in classes and label:
            names.add(label)
    return tuple(sorted(names)), {kind: len(things) for kind, things in sorted(counted.items())}


def _said_of(graph: Graph, person: NamedNode) -> dict[str, int]:
    query = f"""SELECT ?class ?fact {{
      {{ ?fact a ?class ; ?property {person} }} UNION
      {{ {person} ?property ?fact . ?fact a ?class }}
    }}"""
    kinds = {term.value: kind for kind, term in STATEMENTS.items()}
    told = {(kinds[kind], fact) for kind, fact in graph.rows(query) if kind in kinds}
    return dict(sorted(Counter(kind for kind, _ in told if kind != "events").items()))
