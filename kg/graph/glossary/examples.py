"""Examples of classes: the node that says most, with its names and a sentence behind it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pyoxigraph
from pyoxigraph import NamedNode, Store, Triple

from kg.graph.store import Graph
from kg.graph.terms import Term, short
from kg.graph.vocabulary import ontology_file

_LONGEST = 160
"""Characters of a value that are shown."""
_RICHEST = """
SELECT ?one (COUNT(DISTINCT ?p) AS ?said) {{ ?one a {kind} ; ?p ?o }}
GROUP BY ?one ORDER BY DESC(?said) ?one LIMIT 1"""
_SAID = """
SELECT ?p ?o (ISIRI(?o) AS ?node) (MIN(?name) AS ?label) {{
  {one} ?p ?o .
  OPTIONAL {{ ?o rdfs:label|skos:prefLabel ?name FILTER(LANG(?name) IN ("", "en")) }}
}} GROUP BY ?p ?o ORDER BY ?p ?o LIMIT 24"""
_QUOTE = """
SELECT ?quote ?report {{
  ?evidence coop:supports {one} ; coop:inSentence ?sentence .
  ?sentence oa:hasSource ?document ; oa:hasSelector/oa:exact ?quote .
  OPTIONAL {{ ?document dcterms:title ?report }}
}} ORDER BY ?quote ?report LIMIT 1"""


@dataclass(frozen=True, slots=True)
class Said:
    """One statement of an example: a predicate, and a text or the name of a node.

    ``coded`` tells that the value is an address, which has no name.
    """

    predicate: str
    value: str
    coded: bool


@dataclass(frozen=True, slots=True)
class Example:
    """A node that a class is said of.

    Parameters
    ----------
    name : str
        Its prefixed name.
    said : tuple of Said
        What is said of it.
    quote, report : str
        A sentence that supports it and the report's title; empty where there is none.
    invented : bool
        Whether it is of the ontology's own examples.
    """

    name: str
    said: tuple[Said, ...]
    quote: str
    report: str
    invented: bool


def examples(graph: Graph, classes: Iterable[Term]) -> Mapping[str, Example]:
    """Return an example for each class that the graph, or an example of the ontology, has."""
    ours = _invented()
    found: dict[str, Example] = {}
    for term in classes:
        example = _example(graph, term.iri) or _example(ours, term.iri, invented=True)
        if example:
            found[term.name] = example
    return found


def _invented() -> Graph:
    """Return the examples of the ontology as one graph in memory."""
    graph = Graph(Store(), read_only=False)
    for path in sorted((ontology_file("cooperation.ttl").parent / "examples").glob("*.trig")):
        by_graph: dict[NamedNode, list[Triple]] = {}
        for quad in pyoxigraph.parse(path=str(path)):
            if isinstance(quad.graph_name, NamedNode):
                by_graph.setdefault(quad.graph_name, []).append(quad.triple)
        for name, triples in by_graph.items():
            held = [each.triple for each in graph.store.quads_for_pattern(None, None, None, name)]
            graph.put(name, {*held, *triples})
    return graph


def _example(graph: Graph, kind: NamedNode, *, invented: bool = False) -> Example | None:
    for iri, _ in graph.rows(_RICHEST.format(kind=kind)):
        one = NamedNode(iri)
        names = {namespace: prefix for prefix, namespace in graph.prefixes.items()}
        said = tuple(
            Said(
                short(str(predicate), names),
                _cut(str(label) if label else short(str(value), names) if node else str(value)),
                bool(node and not label),
            )
            for predicate, value, node, label in graph.rows(_SAID.format(one=one))
        )
        quote, report = next(graph.rows(_QUOTE.format(one=one)), ("", ""))
        return Example(short(iri, names), said, str(quote), str(report or ""), invented)
    return None


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"
