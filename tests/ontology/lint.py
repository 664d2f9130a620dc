"""The rules of ROBOT's report and the pitfalls of OOPS! that can be checked without a network.

Each rule takes an ontology and yields what is wrong. Its name is ROBOT's, or the pitfall's number
with its name in short (https://robot.obolibrary.org/report, https://oops.linkeddata.es/catalogue).
P13, a missing inverse, is no fault here: to store both directions would double the statements, and
SPARQL goes either way.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

from rdflib import OWL, RDF, RDFS, SKOS, XSD, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import DCTERMS
from rdflib.term import Node

Rule = Callable[[Graph], Iterator[object]]
RULES: dict[str, Rule] = {}
PROPERTIES = (OWL.ObjectProperty, OWL.DatatypeProperty)
KINDS = (OWL.Class, *PROPERTIES, OWL.AnnotationProperty)
TEXTS = (RDFS.label, SKOS.definition, SKOS.prefLabel, SKOS.altLabel)


def rule(name: str) -> Callable[[Rule], Rule]:
    """Enter a rule under its name."""

    def enter(check: Rule) -> Rule:
        RULES[name] = check
        return check

    return enter


def named(graph: Graph, *kinds: URIRef) -> list[URIRef]:
    """Return what is declared as one of these kinds, blank nodes aside."""
    found = {term for kind in kinds for term in graph.subjects(RDF.type, kind)}
    return sorted(term for term in found if isinstance(term, URIRef))


def local(term: Node) -> str:
    """Return the last part of an address."""
    return re.split(r"[#/]", str(term))[-1]


def classes_at(graph: Graph, term: Node, end: URIRef) -> set[Node]:
    """Return the classes of a domain or range, unions taken apart."""
    found: set[Node] = set()
    for whole in graph.objects(term, end):
        parts = graph.value(whole, OWL.unionOf)
        found |= set(Collection(graph, parts)) if parts else {whole}
    return found


@rule("missing_label")
def missing_label(graph: Graph) -> Iterator[object]:
    yield from (term for term in named(graph, *KINDS) if not graph.value(term, RDFS.label))


@rule("missing_definition")
def missing_definition(graph: Graph) -> Iterator[object]:
    yield from (term for term in named(graph, *KINDS) if not graph.value(term, SKOS.definition))


@rule("missing_superclass")
def missing_superclass(graph: Graph) -> Iterator[object]:
    yield from (one for one in named(graph, OWL.Class) if not graph.value(one, RDFS.subClassOf))


@rule("duplicate_label")
def duplicate_label(graph: Graph) -> Iterator[object]:
    """Also P32: one name for several classes; in every language, among terms of one kind."""
    for kinds in ((OWL.Class,), PROPERTIES):
        labels = Counter(
            (str(label).casefold(), label.language)
            for term in named(graph, *kinds)
            for label in graph.objects(term, RDFS.label)
            if isinstance(label, Literal)
        )
        yield from (label for label, count in labels.items() if count > 1)


@rule("duplicate_definition")
def duplicate_definition(graph: Graph) -> Iterator[object]:
    texts = Counter(graph.objects(None, SKOS.definition))
    yield from (text for text, count in texts.items() if count > 1)


@rule("multiple_labels, multiple_definitions")
def multiple(graph: Graph) -> Iterator[object]:
    for predicate in (RDFS.label, SKOS.definition, SKOS.prefLabel):
        said = Counter(
            (term, text.language)
            for term, text in graph.subject_objects(predicate)
            if isinstance(text, Literal)
        )
        yield from (what for what, count in said.items() if count > 1)


@rule("annotation_whitespace, label_formatting")
def whitespace(graph: Graph) -> Iterator[object]:
    for predicate in TEXTS:
        for text in graph.objects(None, predicate):
            if str(text) != " ".join(str(text).split()) or not str(text):
                yield text


@rule("lowercase_definition")
def lowercase_definition(graph: Graph) -> Iterator[object]:
    """And a definition ends as a sentence does."""
    for text in graph.objects(None, SKOS.definition):
        if str(text)[:1].islower() or str(text)[-1:] not in ".。":
            yield text


@rule("deprecated references")
def deprecated(graph: Graph) -> Iterator[object]:
    """What is deprecated names its replacement, and no other term rests on it."""
    rests = (RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, SKOS.broader)
    for term in graph.subjects(OWL.deprecated, Literal("true", datatype=XSD.boolean)):
        if not graph.value(term, DCTERMS.isReplacedBy):
            yield term
        yield from (one for predicate in rests for one in graph.subjects(predicate, term))


@rule("P03 is, P07 merged concepts, P20 misused label, P21 miscellaneous class")
def vague(graph: Graph) -> Iterator[object]:
    for term in named(graph, *KINDS):
        if local(term) == "is" or re.search(r"And[A-Z]|Or[A-Z]|^Misc|^Other", local(term)):
            yield term


@rule("P04 unconnected elements")
def unconnected(graph: Graph) -> Iterator[object]:
    """A class has something above it that is not only owl:Thing, or a property joins it."""
    joined = {
        one
        for term in named(graph, *PROPERTIES)
        for end in (RDFS.domain, RDFS.range)
        for one in classes_at(graph, term, end)
    }
    for term in named(graph, OWL.Class):
        above = set(graph.objects(term, RDFS.subClassOf)) - {OWL.Thing}
        if not above and term not in joined:
            yield term


@rule("P05 wrong inverse, P25 inverse of itself")
def inverses(graph: Graph) -> Iterator[object]:
    for one, other in graph.subject_objects(OWL.inverseOf):
        if one == other:
            yield one
        for end, opposite in ((RDFS.domain, RDFS.range), (RDFS.range, RDFS.domain)):
            mine, theirs = classes_at(graph, one, end), classes_at(graph, other, opposite)
            if mine and theirs and mine != theirs:
                yield one


@rule("P06 cycles")
def cycles(graph: Graph) -> Iterator[object]:
    for predicate in (RDFS.subClassOf, RDFS.subPropertyOf, SKOS.broader):
        for term in {one for one in graph.subjects(predicate) if isinstance(one, URIRef)}:
            for parent in graph.objects(term, predicate):
                if term in graph.transitive_objects(parent, predicate):
                    yield term


@rule("P10 no disjointness")
def disjointness(graph: Graph) -> Iterator[object]:
    if named(graph, OWL.Class) and not set(graph.subjects(RDF.type, OWL.AllDisjointClasses)):
        yield "no classes are disjoint"


@rule("P11 no domain or range")
def no_ends(graph: Graph) -> Iterator[object]:
    """For a property of values the domain may be open; for one between things one end may be."""
    for term in named(graph, *PROPERTIES):
        ends = (RDFS.domain, RDFS.range, RDFS.subPropertyOf)
        if not any(graph.value(term, end) for end in ends):
            yield term


@rule("P19 several domains or ranges")
def several_ends(graph: Graph) -> Iterator[object]:
    """Several are met together, where most mean any of them (owl:unionOf)."""
    for end in (RDFS.domain, RDFS.range):
        said = Counter(graph.subjects(end))
        yield from (term for term, count in said.items() if count > 1)


@rule("P22 naming")
def naming(graph: Graph) -> Iterator[object]:
    for term in named(graph, OWL.Class):
        if not re.fullmatch(r"([A-Z][a-z]+)+", local(term)):
            yield term
    for term in named(graph, *PROPERTIES, OWL.AnnotationProperty):
        if not re.fullmatch(r"[a-z]+([A-Z][a-z]*)*", local(term)):
            yield term


@rule("P24 recursive definition")
def recursive(graph: Graph) -> Iterator[object]:
    yield from (one for one, other in graph.subject_objects(OWL.equivalentClass) if one == other)
    for one, text in graph.subject_objects(SKOS.definition):
        label = next((str(x) for x in graph.objects(one, RDFS.label) if x.language == "en"), "")  # type: ignore[attr-defined]
        if label and re.fullmatch(rf"(an?|the)? ?{re.escape(label)}\.", str(text), re.IGNORECASE):
            yield one


@rule("P28 symmetric, P29 transitive between different classes")
def same_ends(graph: Graph) -> Iterator[object]:
    for term in named(graph, OWL.SymmetricProperty, OWL.TransitiveProperty):
        if classes_at(graph, term, RDFS.domain) != classes_at(graph, term, RDFS.range):
            yield term


@rule("P33 chain of one")
def short_chain(graph: Graph) -> Iterator[object]:
    for term, chain in graph.subject_objects(OWL.propertyChainAxiom):
        if len(Collection(graph, chain)) < 2:
            yield term


@rule("P34 untyped class, P35 untyped property")
def untyped(graph: Graph) -> Iterator[object]:
    """A term of our namespace that is used is declared."""
    (ontology, *_) = [*graph.subjects(RDF.type, OWL.Ontology), URIRef("")]
    ours = {
        one
        for triple in graph
        for one in triple
        if isinstance(one, URIRef) and one.startswith(f"{ontology}#")
    }
    yield from ours - set(graph.subjects(RDF.type))


@rule("P36 file extension in an address")
def extension(graph: Graph) -> Iterator[object]:
    for ontology in graph.subjects(RDF.type, OWL.Ontology):
        if re.search(r"\.(owl|rdf|ttl|n3|xml)\b", str(ontology)):
            yield ontology


@rule("a range fits the kind of its property")
def fitting_range(graph: Graph) -> Iterator[object]:
    """OOPS! has it as wrong domains and ranges; OWL 2 DL forbids it."""
    values = (str(XSD), str(RDF.JSON), str(RDF.langString), str(RDFS.Literal))
    for kind in PROPERTIES:
        for term in named(graph, kind):
            for one in classes_at(graph, term, RDFS.range):
                if str(one).startswith(values) != (kind == OWL.DatatypeProperty):
                    yield term


@rule("a property narrows the ends of the one above it")
def narrower_ends(graph: Graph) -> Iterator[object]:
    for term, parent in graph.subject_objects(RDFS.subPropertyOf):
        for end in (RDFS.domain, RDFS.range):
            wide = classes_at(graph, parent, end)
            for one in classes_at(graph, term, end):
                if wide and not wide & set(graph.transitive_objects(one, RDFS.subClassOf)):
                    yield term
