"""Changing a store: a named graph is replaced as a whole, and their union kept beside them.

Oxigraph's own union of named graphs gives a triple once for each graph that holds it, so that
a university named in forty reports would be counted forty times, and joins would multiply.
The union that SPARQL means stands therefore in the default graph, where each triple is once.
It is changed together with the named graphs and never on its own.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, Triple, parse, serialize

from kg.graph.vocabulary import COOP

Graphs = Mapping[NamedNode, Collection[Quad]]
_UNION = DefaultGraph()
_BULK = 20_000  # from here on writing files past the log is quicker than a transaction
_STEP = 5_000  # triples of what is derived that are written at once: some 15 MB
_SEAL = COOP.assignment  # written last: a graph without it is not whole


def triples_of(store: Store, name: NamedNode) -> set[Triple]:
    """Return the triples of a named graph."""
    return {quad.triple for quad in store.quads_for_pattern(None, None, None, name)}


def replace(store: Store, name: NamedNode, triples: Iterable[Triple]) -> bool:
    """Make these the triples of a named graph, in one transaction.

    Parameters
    ----------
    store : Store
        The store.
    name : NamedNode
        The graph; with no triples it is removed.
    triples : iterable of Triple
        The triples, without blank nodes.

    Returns
    -------
    bool
        Whether anything was different.
    """
    new, old = set(triples), triples_of(store, name)
    added, gone = new - old, old - new
    if not gone:
        store.extend(_everywhere(name, new))
        return bool(added)
    orphans = [triple for triple in gone if not _elsewhere(store, triple, name)]
    steps = [f"DELETE DATA {{ GRAPH {name} {{ {_text(gone)} }} {_text(orphans)} }}"]
    if new:
        steps.append(f"INSERT DATA {{ GRAPH {name} {{ {_text(added)} }} {_text(new)} }}")
    else:
        steps.append(f"DROP SILENT GRAPH {name}")
    store.update(" ;\n".join(steps))
    return True


def remake(
    store: Store, name: NamedNode, triples: Iterable[Triple], scratch: Path | None = None
) -> None:
    """Make these the triples of a named graph, step by step, in memory that hardly grows.

    The triples may be read from the store: they wait in a file until all are known, and so do
    those that go. In memory each is its hash of 64 bits; that one of a million that go has the
    hash of one of a million that stay is as likely as one in twenty million.

    Each step keeps the union right, but only the last makes the graph whole: this is for what
    can be made again, and is as long as a mark of its completeness is missing.

    Parameters
    ----------
    store : Store
        The store.
    name : NamedNode
        The graph.
    triples : iterable of Triple
        The triples, without blank nodes; one that comes twice is written once.
    scratch : Path, optional
        The folder of the files, which have no name there and vanish with this process.
    """
    with TemporaryFile(dir=scratch) as come, TemporaryFile(dir=scratch) as gone:
        new, there = array("q"), array("q")
        _spool(_noted(triples, new), come)
        stays = _among(new)
        held = (quad.triple for quad in store.quads_for_pattern(None, None, None, name))
        _spool((one for one in _noted(held, there) if not stays(hash(one))), gone)
        for step in _steps(_spooled(gone)):
            orphans = [triple for triple in step if not _elsewhere(store, triple, name)]
            store.update(f"DELETE DATA {{ GRAPH {name} {{ {_text(step)} }} {_text(orphans)} }}")
        known = _among(there)
        for step in _steps(one for one in _spooled(come) if not known(hash(one))):
            _add(store, name, step)


def insert(store: Store, quads: Collection[Quad]) -> None:
    """Add quads of named graphs, and let the union follow."""
    write = store.extend if len(quads) < _STEP else store.bulk_extend
    write(with_union(quads))


def delete(store: Store, quads: Iterable[Quad]) -> None:
    """Take quads away from named graphs, and let the union follow."""
    gone = []
    for quad in quads:
        if quad in store:
            store.remove(quad)
            gone.append(quad.triple)
    _unite(store, gone)


def follow(store: Store, before: Mapping[NamedNode, set[Triple]]) -> None:
    """Let the union follow named graphs that something else has changed.

    Parameters
    ----------
    store : Store
        The store.
    before : mapping of NamedNode to set of Triple
        The triples that each of the graphs had.
    """
    for name, old in before.items():
        new = triples_of(store, name)
        store.extend(Quad(*triple) for triple in new - old)
        _unite(store, list(old - new))


def mend(store: Store) -> None:
    """Make the union of all named graphs what it should be, whatever has been changed."""
    held = store.quads_for_pattern(None, None, None, _UNION)
    _unite(store, [quad.triple for quad in held if not _elsewhere(store, quad.triple, None)])
    store.extend(
        Quad(*quad.triple) for quad in store if quad.graph_name != _UNION
    )  # what is there already is passed over


def _unite(store: Store, gone: Sequence[Triple]) -> None:
    """Take triples out of the union that no named graph holds any more."""
    for step in _steps(gone):
        orphans = [triple for triple in step if not _elsewhere(store, triple, None)]
        store.update(f"DELETE DATA {{ {_text(orphans)} }}")


def _noted(triples: Iterable[Triple], marks: array[int]) -> Iterator[Triple]:
    """Yield the triples, and note the hash of each."""
    for triple in triples:
        marks.append(hash(triple))
        yield triple


def _among(marks: array[int]) -> Callable[[int], bool]:
    """Return a function that tells whether a number is among these, in 8 bytes for each."""
    import numpy as np  # noqa: PLC0415 - what writes nothing need not load it

    held = np.frombuffer(marks, dtype=np.int64) if marks else np.empty(0, np.int64)
    held.sort()

    def among(mark: int) -> bool:
        at = int(held.searchsorted(mark))
        return at < len(held) and int(held[at]) == mark

    return among


def _spool(triples: Iterable[Triple], spool: IO[bytes]) -> None:
    serialize(triples, spool, format=RdfFormat.N_TRIPLES)
    spool.seek(0)


def _spooled(spool: IO[bytes]) -> Iterator[Triple]:
    return (quad.triple for quad in parse(spool, RdfFormat.N_TRIPLES, lenient=True))


def _steps(triples: Iterable[Triple]) -> Iterator[Sequence[Triple]]:
    rest = iter(triples)
    while step := list(islice(rest, _STEP)):
        yield step


def _add(store: Store, name: NamedNode, step: Sequence[Triple]) -> None:
    """Write a step of a graph: a file past the log if it is a whole one, else a transaction."""
    write = store.extend if len(step) < _STEP else store.bulk_extend
    write(_everywhere(name, step))


def fill(store: Store, graphs: Graphs) -> None:
    """Make these the quads of many named graphs, quickly where they only gain by it.

    Each document's graph changes as a whole: its seal (`coop:assignment`) comes last, so that
    one that was filled in part is seen to be so, and is filled again.

    Parameters
    ----------
    store : Store
        The store.
    graphs : mapping of NamedNode to quads
        The quads of each graph, without blank nodes.
    """
    growing: list[Quad] = []
    for name, quads in graphs.items():
        if _grows(store, name, quads):
            growing.extend(quads)
        else:
            replace(store, name, (quad.triple for quad in quads))
    if 2 * len(growing) < _BULK:
        store.extend(with_union(growing))
        return
    _load(store, [quad for quad in growing if quad.predicate != _SEAL])
    _seal(store, growing)


def _load(store: Store, quads: Sequence[Quad]) -> None:
    """Write quads past the log, and then their union: in between only the seals tell that it lacks.

    To make the union's quads one by one takes longer than to store them; as text none of them
    becomes an object of Python.
    """
    store.bulk_extend(quads)
    text = serialize((quad.triple for quad in quads), format=RdfFormat.N_TRIPLES)
    store.bulk_load(text, RdfFormat.N_TRIPLES, lenient=True)


def _seal(store: Store, quads: Iterable[Quad]) -> None:
    """Write, in one transaction, that the graphs of these quads are whole."""
    store.extend(with_union(quad for quad in quads if quad.predicate == _SEAL))


def _grows(store: Store, name: NamedNode, quads: Collection[Quad]) -> bool:
    """Whether a graph that becomes these quads loses none that it has."""
    old = list(store.quads_for_pattern(None, None, None, name))
    return not old or set(quads).issuperset(old)


def _everywhere(name: NamedNode, triples: Iterable[Triple]) -> Iterator[Quad]:
    """Yield each triple as a quad of its graph and of the union."""
    return with_union(
        Quad(triple.subject, triple.predicate, triple.object, name) for triple in triples
    )


def with_union(quads: Iterable[Quad]) -> Iterator[Quad]:
    """Yield each quad, and the same in the union."""
    for quad in quads:
        yield quad
        yield Quad(quad.subject, quad.predicate, quad.object)  # naming _UNION takes twice as long


def _elsewhere(store: Store, triple: Triple, name: NamedNode | None) -> bool:
    """Whether a named graph, other than `name` if one is given, holds the triple."""
    found = store.quads_for_pattern(triple.subject, triple.predicate, triple.object, None)
    return any(quad.graph_name not in (name, _UNION) for quad in found)


def _text(triples: Iterable[Triple]) -> str:
    return "".join(f"{triple} .\n" for triple in triples)
