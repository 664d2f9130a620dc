"""What SHACL finds wrong in a graph, in sentences.

The shapes stand in ``ontology/shapes.ttl``. They are checked on the union of all named graphs,
in memory and without inference: pySHACL follows ``rdfs:subClassOf`` in the ontology that it is
given beside the data.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

import pyoxigraph
import pyshacl
import rdflib
from pyoxigraph import BlankNode, NamedNode, Quad
from rdflib.namespace import RDF, RDFS, SH
from rdflib.term import Node

from kg.graph.vocabulary import COOP, SCHEMA, ontology_file

# Long texts that no shape looks at.
_UNSHAPED = frozenset({COOP.record, SCHEMA.text})


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One result of the validation.

    Parameters
    ----------
    severity : str
        ``Violation``: the graph is broken; ``Warning``: a person may want to look.
    shape : str
        The shape that found it: ``Tenure``.
    node : str
        IRI of what it was found in.
    label : str
        Name of that, or its IRI where it has none.
    message : str
        What is wrong.
    value : str
        What offends, or an empty string.
    """

    severity: str
    shape: str
    node: str
    label: str
    message: str
    value: str = ""

    def __str__(self) -> str:
        value = f" ({self.value})" if self.value else ""
        return f"{self.severity}: {self.shape} {self.label}: {self.message}{value}"


def validate(quads: Iterable[Quad]) -> list[Violation]:
    """Return what the shapes find wrong in quads, violations before warnings.

    Parameters
    ----------
    quads : iterable of Quad
        A `pyoxigraph.Store`, a dataset or a list; the named graphs are taken together.

    Returns
    -------
    list of Violation
        Empty if the data conform and nothing looks odd.
    """
    data = _union(quads)
    _, report, _ = pyshacl.validate(
        data,
        shacl_graph=_graph("shapes.ttl"),
        ont_graph=_graph("cooperation.ttl"),
        inference="none",  # owlrl spoils xsd:gMonthDay for the whole process
        inplace=True,
        allow_warnings=True,
    )
    return sorted(_violations(report, data))


def violations(found: Iterable[Violation]) -> list[Violation]:
    """Return those of the results that are more than warnings."""
    return [violation for violation in found if violation.severity == "Violation"]


def _violations(report: rdflib.Graph, data: rdflib.Graph) -> Iterator[Violation]:
    for result in report.subjects(RDF.type, SH.ValidationResult):
        node = report.value(result, SH.focusNode)
        value = report.value(result, SH.value)
        yield Violation(
            _local(report.value(result, SH.resultSeverity)),
            _shape(report.value(result, SH.sourceShape)),
            str(node),
            str(data.value(node, RDFS.label) or node),
            str(report.value(result, SH.resultMessage)),
            "" if value is None or value == node else str(value),
        )


def _shape(source: Node | None) -> str:
    """Return the name of the shape that a result, or a property shape, belongs to."""
    shapes = _graph("shapes.ttl")
    while source is not None and not isinstance(source, rdflib.URIRef):
        source = next(iter(shapes.subjects(None, source)), None)
    return _local(source)


def _local(term: Node | None) -> str:
    return str(term or "").rsplit("#", 1)[-1]


@cache
def _graph(name: str) -> rdflib.Graph:
    return rdflib.Graph().parse(ontology_file(name), format="turtle")


def _union(quads: Iterable[Quad]) -> rdflib.Graph:
    """Return all triples of the quads in one rdflib graph, and the concepts that they use."""
    whole = rdflib.Graph()
    whole += _graph("vocabularies.ttl")  # of ont_graph, pySHACL takes the classes alone
    for quad in quads:
        if quad.predicate not in _UNSHAPED:
            whole.add((_term(quad.subject), _term(quad.predicate), _term(quad.object)))
    return whole


def _term(term: NamedNode | BlankNode | pyoxigraph.Literal | object) -> Node:
    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, BlankNode):
        return rdflib.BNode(term.value)
    if isinstance(term, pyoxigraph.Literal):
        if term.language is not None:
            return rdflib.Literal(term.value, lang=term.language)
        return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value))
    raise TypeError(f"triple terms have no form in RDF 1.1: {term}")
