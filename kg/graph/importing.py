"""A graph read back from what `kg export` wrote, or from any other dataset of its shape."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, Triple, parse

from kg.errors import GraphError, UsageError
from kg.graph.store import Graph
from kg.graph.vocabulary import DERIVED
from kg.graph.vocabulary import graph as named

FORMATS = {".trig": RdfFormat.TRIG, ".nq": RdfFormat.N_QUADS, ".nquads": RdfFormat.N_QUADS}


def read(source: Path, folder: Path) -> int:
    """Make a new graph of a TriG or N-Quads file; return the number of its quads.

    The address of the deployment is taken from the names of the named graphs.

    Raises
    ------
    UsageError
        If the file is of another kind, cannot be read, or holds what no graph of this kind
        does: blank nodes, triples outside a named graph, named graphs of two deployments.
    GraphError
        If there is a graph in the folder already.
    """
    quads = _quads(source)
    base = _base(source, quads)
    graphs: defaultdict[NamedNode, list[Triple]] = defaultdict(list)
    for quad in quads:
        assert isinstance(quad.graph_name, NamedNode)  # as _base makes sure
        graphs[quad.graph_name].append(quad.triple)
    if folder.exists() and any(folder.iterdir()):
        raise GraphError(
            "there is something already", where=str(folder), remedy="name an empty or new folder"
        )
    derived = named(DERIVED, base)
    with Graph.open(folder, create=True, base=base) as graph:
        for name in sorted(graphs, key=lambda name: (name == derived, name.value)):
            graph.put(name, graphs[name])  # what was derived last: any other change makes it stale
    return len(set(quads))


def _quads(source: Path) -> list[Quad]:
    form = FORMATS.get(source.suffix.lower())
    if form is None:
        known = ", ".join(FORMATS)
        raise UsageError(
            f"{source.suffix or 'a file without a suffix'} is not read",
            where=str(source),
            remedy=f"name a file that ends with one of {known}",
        )
    try:
        return list(parse(source.read_bytes(), format=form))
    except OSError as error:
        raise UsageError(
            f"the file cannot be read ({error.strerror})", where=str(source), remedy="name another"
        ) from None
    except SyntaxError as error:
        raise UsageError(
            f"not {form.name} ({error.msg})", where=str(source), remedy="mend the file there"
        ) from None


def _base(source: Path, quads: list[Quad]) -> str:
    bases = set()
    for quad in quads:
        if not isinstance(quad.graph_name, NamedNode) or "/graph/" not in quad.graph_name.value:
            raise _refused(source, "a triple stands in no named graph …/graph/…")
        if BlankNode in (type(quad.subject), type(quad.object)):
            raise _refused(source, "it holds blank nodes")
        if Triple in (type(quad.subject), type(quad.object)):
            raise _refused(source, "it holds triple terms")
        bases.add(quad.graph_name.value.rsplit("graph/", 1)[0])
    if len(bases) != 1:
        raise _refused(source, "it is of several deployments" if bases else "it is empty")
    return str(bases.pop())


def _refused(source: Path, why: str) -> UsageError:
    return UsageError(
        f"not a graph that kg wrote: {why}",
        where=str(source),
        remedy="take what kg export wrote as trig or nquads",
    )
