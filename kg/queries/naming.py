"""Things of a graph found by what people type: names, parts of names, addresses."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from kg.errors import UsageError
from kg.graph.vocabulary import COOP, DCTERMS, FOAF, ORG, RDFS, SCHEMA, SKOS

if TYPE_CHECKING:
    from kg.graph.store import Graph

_NAMES = f"{RDFS.label}|{SKOS.altLabel}"
_KINDS: Mapping[str, tuple[str, tuple[NamedNode, ...]]] = {
    "person": (_NAMES, (FOAF.Person,)),
    "organization": (_NAMES, (ORG.Organization,)),
    "place": (_NAMES, (SCHEMA.Place,)),
    "country": (_NAMES, (SCHEMA.Country,)),
    "document": (
        f"{DCTERMS.identifier}|{DCTERMS.title}|{DCTERMS.source}|{COOP.address}",
        (COOP.SourceDocument,),
    ),
    "entity": (
        _NAMES,
        (FOAF.Person, ORG.Organization, SCHEMA.Place, COOP.Event, COOP.Agreement),
    ),
}
_FIND = """
SELECT DISTINCT ?thing ?name {
  { SELECT DISTINCT ?thing ?name { ?thing %s ?name FILTER(CONTAINS(LCASE(STR(?name)), %s)) }
    LIMIT 999999 }
  ?thing a ?class .
  FILTER(?class IN (%s))
}"""
"""The limit tells Oxigraph to begin with the names that fit, not with all things and classes."""
_BELOW = "SELECT DISTINCT ?class {{ ?class rdfs:subClassOf* {} }}"


def find(graph: Graph, text: str, kind: str) -> list[NamedNode]:
    """Return the things of a kind that a text names.

    Things that are called exactly so come alone; otherwise all whose names contain it.

    Parameters
    ----------
    graph : Graph
        The graph.
    text : str
        A name or a part of one, whatever its case; or the address of a node.
    kind : str
        ``person``, ``organization``, ``place``, ``country``, ``document`` or ``entity``.

    Raises
    ------
    UsageError
        If nothing is called so; its remedy gives the nearest names.
    """
    words = " ".join(text.split())
    if (node := _node(graph, words)) is not None:
        return [node]
    found = _containing(graph, words.lower(), kind)
    exact = {thing for thing, name in found if " ".join(name.lower().split()) == words.lower()}
    if kind == "country" and not exact:
        exact = _by_code(graph, words)
    things = sorted(exact or {thing for thing, _ in found})
    if not things:
        raise _unknown(graph, words, kind)
    return [NamedNode(thing) for thing in things]


def _node(graph: Graph, text: str) -> NamedNode | None:
    """Return the node that a text is the address of: in full, or as ``id:org-x-3fa2c1d0``."""
    namespace = graph.prefixes["id"]
    full = f"{namespace}{text[3:]}" if text.startswith("id:") else text
    if not full.startswith(namespace):
        return None
    try:
        return NamedNode(full)
    except ValueError:
        return None


def _containing(graph: Graph, text: str, kind: str) -> list[tuple[str, str]]:
    names, classes = _KINDS[kind]
    below = {one for top in classes for (one,) in graph.rows(_BELOW.format(top))}
    listed = ", ".join(f"<{one}>" for one in sorted(below | {top.value for top in classes}))
    return list(graph.rows(_FIND % (names, Literal(text), listed)))


def _by_code(graph: Graph, text: str) -> set[str]:
    """Return the country of an ISO 3166 code or of a name that the gazetteer knows."""
    if len(text) == 2:
        code = text.lower()
    else:
        from kg.extraction import places  # noqa: PLC0415 - loads all places of the world

        place = places.lookup(text)
        code = place.key if place is not None and place.kind == "country" else ""
    node = f"{graph.prefixes['id']}place-{code}"
    known = code.isalnum() and graph.query(f"ASK {{ <{node}> a schema:Country }}")
    return {node} if known else set()


def _unknown(graph: Graph, text: str, kind: str) -> UsageError:
    known = sorted({name for _, name in _containing(graph, "", kind)})
    lowered = {name.lower(): name for name in known}
    near = get_close_matches(text.lower(), lowered, n=3, cutoff=0.6)
    options = " or ".join(f"“{lowered[name]}”" for name in near)
    return UsageError(
        f"the graph knows no {kind} by the name of “{text}”",
        remedy=f"did you mean {options}?" if near else "try a part of the name",
    )
