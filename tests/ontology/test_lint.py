"""No rule of lint.py finds anything in the ontology, and each finds what is planted for it."""

from __future__ import annotations

from functools import cache

import pytest
import rdflib
from lint import RULES, named
from rdflib import OWL, RDF, SKOS, Graph

from kg.graph.vocabulary import ontology_file

HEAD = """
@prefix : <https://e.org/ns#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<https://e.org/ns> a owl:Ontology .
"""
PLANTED = {
    "missing_label": ":A a owl:Class .",
    "missing_definition": ":p a owl:ObjectProperty .",
    "missing_superclass": ":A a owl:Class .",
    "duplicate_label": ':A a owl:Class ; rdfs:label "a"@ru . :B a owl:Class ; rdfs:label "A"@ru .',
    "duplicate_definition": ':A skos:definition "One."@en . :B skos:definition "One."@en .',
    "multiple_labels, multiple_definitions": ':A rdfs:label "a"@en , "b"@en .',
    "annotation_whitespace, label_formatting": ':A rdfs:label "a  b"@en .',
    "lowercase_definition": ':A skos:definition "something"@en .',
    "deprecated references": ":A owl:deprecated true . :B rdfs:subClassOf :A .",
    "P03 is, P07 merged concepts, P20 misused label, P21 miscellaneous class": (
        ":PostAndPlace a owl:Class ."
    ),
    "P04 unconnected elements": ":A a owl:Class ; rdfs:subClassOf owl:Thing .",
    "P05 wrong inverse, P25 inverse of itself": """
        :p rdfs:domain :A ; rdfs:range :B . :q owl:inverseOf :p ; rdfs:domain :A .""",
    "P06 cycles": ":a skos:broader :b . :b skos:broader :c . :c skos:broader :a .",
    "P10 no disjointness": ":A a owl:Class .",
    "P11 no domain or range": ":p a owl:DatatypeProperty .",
    "P19 several domains or ranges": ":p rdfs:domain :A , :B .",
    "P22 naming": ":Is_there a owl:ObjectProperty .",
    "P24 recursive definition": ':A rdfs:label "event"@en ; skos:definition "An event."@en .',
    "P28 symmetric, P29 transitive between different classes": (
        ":p a owl:SymmetricProperty ; rdfs:domain :A ; rdfs:range :B ."
    ),
    "P33 chain of one": ":p owl:propertyChainAxiom ( :q ) .",
    "P34 untyped class, P35 untyped property": ":p a owl:ObjectProperty ; rdfs:range :A .",
    "P36 file extension in an address": "<https://e.org/ns.owl> a owl:Ontology .",
    "a range fits the kind of its property": ":p a owl:ObjectProperty ; rdfs:range xsd:date .",
    "a property narrows the ends of the one above it": (
        ":p rdfs:range :A . :q rdfs:subPropertyOf :p ; rdfs:range :B ."
    ),
}


@cache
def core() -> Graph:
    return rdflib.Graph().parse(ontology_file("cooperation.ttl"))


@cache
def concepts() -> Graph:
    return rdflib.Graph().parse(ontology_file("vocabularies.ttl"))


@pytest.mark.parametrize("name", RULES)
def test_the_ontology_keeps_to(name: str) -> None:
    assert len(named(core(), OWL.Class)) > 20
    assert list(RULES[name](core())) == []
    assert list(RULES[name](concepts())) == []


@pytest.mark.parametrize("name", RULES)
def test_what_is_planted_is_found_by(name: str) -> None:
    assert list(RULES[name](rdflib.Graph().parse(data=HEAD + PLANTED[name])))


@pytest.mark.parametrize("name", RULES)
def test_nothing_is_found_in_an_empty_ontology_by(name: str) -> None:
    assert list(RULES[name](rdflib.Graph().parse(data=HEAD))) == []


def test_a_concept_has_one_label_in_each_language() -> None:
    for concept in set(concepts().subjects(RDF.type, SKOS.Concept)):
        said = sorted(str(label.language) for label in concepts().objects(concept, SKOS.prefLabel))  # type: ignore[attr-defined]
        assert said == ["en", "kk", "ru", "zh"], concept
