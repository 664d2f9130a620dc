"""Checks of the ontology itself, after the rules of ROBOT report and the pitfalls of OOPS!."""

from __future__ import annotations

import re
from functools import cache
from itertools import combinations
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from rdflib import OWL, RDF, RDFS, SKOS, BNode, Graph, URIRef
from rdflib.collection import Collection
from rdflib.namespace import DCTERMS, VANN

from kg.graph.validation import validate
from kg.graph.vocabulary import COOP, VOCABULARIES, ontology_file

FOLDER = ontology_file("cooperation.ttl").parent
FILES = ("cooperation.ttl", "vocabularies.ttl", "alignments.ttl", "shapes.ttl")
EXAMPLES = sorted((FOLDER / "examples").glob("*.trig"))
PREFIXES = ("role", "prole", "etype", "area", "ftype", "atype", "stage", "fact")
SCHEMES = tuple(VOCABULARIES[prefix].iri for prefix in PREFIXES)
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)


@cache
def core() -> Graph:
    return rdflib.Graph().parse(FOLDER / "cooperation.ttl")


@cache
def concepts() -> Graph:
    return rdflib.Graph().parse(FOLDER / "vocabularies.ttl")


def terms(*kinds: URIRef) -> list[URIRef]:
    found = {term for kind in kinds for term in core().subjects(RDF.type, kind)}
    return sorted(term for term in found if str(term).startswith(COOP.iri))


def languages(graph: Graph, term: URIRef, predicate: URIRef) -> list[str]:
    return sorted(label.language for label in graph.objects(term, predicate))


@pytest.mark.parametrize("name", FILES)
def test_a_file_parses_with_both_parsers(name: str) -> None:
    triples = sum(1 for _ in pyoxigraph.parse(path=str(FOLDER / name)))
    assert len(rdflib.Graph().parse(FOLDER / name)) == triples > 0


def test_the_ontology_describes_itself() -> None:
    (ontology,) = core().subjects(RDF.type, OWL.Ontology)
    for predicate in (
        DCTERMS.title, DCTERMS.description, DCTERMS.creator, DCTERMS.created, DCTERMS.modified,
        DCTERMS.license, VANN.preferredNamespacePrefix,
    ):  # fmt: skip
        assert core().value(ontology, predicate), predicate
    version = str(core().value(ontology, OWL.versionInfo))
    assert re.fullmatch(r"\d+\.\d+\.\d+", version)
    assert str(core().value(ontology, OWL.versionIRI)).endswith(f"/{version}")
    assert str(core().value(ontology, VANN.preferredNamespaceUri)) == COOP.iri
    for scheme in concepts().subjects(RDF.type, SKOS.ConceptScheme):
        assert str(concepts().value(scheme, OWL.versionInfo)) == version


@pytest.mark.parametrize("term", terms(*KINDS), ids=lambda term: term.rsplit("#", 1)[1])
def test_a_term_is_documented(term: URIRef) -> None:
    spoken = {"en", "ru", "zh", "kk"}
    assert set(languages(core(), term, RDFS.label)) == spoken
    assert len(languages(core(), term, RDFS.label)) == len(spoken)
    assert languages(core(), term, SKOS.definition) == sorted(spoken)
    assert core().value(term, RDFS.isDefinedBy) == URIRef("https://w3id.org/coop-kg/ns")
    name = str(term).rsplit("#", 1)[1]
    assert name[0].isupper() == (term in terms(OWL.Class)), "classes begin with a capital"


def test_labels_tell_terms_apart() -> None:
    labels = [str(label) for term in terms(*KINDS) for label in core().objects(term, RDFS.label)
              if label.language == "en"]  # fmt: skip
    assert len(labels) == len(set(labels))
    assert all(label == " ".join(label.split()) for label in labels)


def test_no_class_is_above_itself() -> None:
    for term in terms(OWL.Class):
        above = set(core().transitive_objects(term, RDFS.subClassOf)) - {term}
        assert term not in {up for one in above for up in core().objects(one, RDFS.subClassOf)}
        assert above, f"{term} has no class above it"


def test_properties_say_what_they_join() -> None:
    for term in terms(OWL.ObjectProperty):
        assert (
            core().value(term, RDFS.domain)
            or core().value(term, RDFS.range)
            or (core().value(term, RDFS.subPropertyOf))
        ), term
    for term in terms(OWL.DatatypeProperty):
        assert core().value(term, RDFS.domain) or core().value(term, RDFS.range), term


def test_no_class_is_under_two_disjoint_ones() -> None:
    for axiom in core().subjects(RDF.type, OWL.AllDisjointClasses):
        members = list(Collection(core(), core().value(axiom, OWL.members)))
        for one, other in combinations(members, 2):
            both = set(core().transitive_subjects(RDFS.subClassOf, one)) & set(
                core().transitive_subjects(RDFS.subClassOf, other)
            )
            assert not both, (one, other)


def test_foreign_classes_lead_up_to_where_shapes_aim() -> None:
    for name in ("University", "GovernmentBody", "DiplomaticMission", "AcademicUnit",
                 "JointFacility", "Media", "PartyOrganization"):  # fmt: skip
        above = set(core().transitive_objects(COOP_TERM(name), RDFS.subClassOf))
        assert URIRef("http://www.w3.org/ns/org#Organization") in above, name


def COOP_TERM(name: str) -> URIRef:  # noqa: N802 - reads as the term it makes
    return URIRef(COOP.iri + name)


def test_concepts_are_in_their_scheme_and_hang_from_its_top() -> None:
    for concept in concepts().subjects(RDF.type, SKOS.Concept):
        scheme = concepts().value(concept, SKOS.inScheme)
        assert str(concept).startswith(f"{scheme}/")
        top = [
            up
            for up in concepts().transitive_objects(concept, SKOS.broader)
            if (up, SKOS.topConceptOf, scheme) in concepts()
        ]
        assert len(top) == 1, concept


def test_no_label_stands_for_two_concepts_of_a_closed_scheme() -> None:
    """Roles may share words in different kinds of organizations; the others may not."""
    for scheme in SCHEMES[1:]:
        seen: dict[tuple[str, str], URIRef] = {}
        for concept in concepts().subjects(RDF.type, SKOS.Concept):
            if str(concept).startswith(scheme):
                for predicate in (SKOS.prefLabel, SKOS.altLabel):
                    for label in concepts().objects(concept, predicate):
                        key = (str(label).casefold(), label.language)
                        assert seen.setdefault(key, concept) == concept, label


def test_roles_are_held_in_declared_classes() -> None:
    known = set(core().subjects(RDF.type, OWL.Class)) | set(core().subjects(RDFS.subClassOf))
    for name in ("heldAt", "bodyClass"):
        for value in concepts().objects(None, COOP_TERM(name)):
            assert value in known, value


def test_a_body_is_named_by_parts_that_are_known() -> None:
    for label in concepts().objects(None, COOP_TERM("bodyLabel")):
        assert set(re.findall(r"{(\w*)}", str(label))) <= {"place", "field", "seat"}
        assert "{place}" in label


def test_alignments_are_of_declared_terms_alone() -> None:
    graph = rdflib.Graph().parse(FOLDER / "alignments.ttl")
    for subject, predicate, object in graph:
        if "Match" in str(predicate):
            assert subject in terms(*KINDS), subject
            assert not str(object).startswith(COOP.iri)
    assert not any(isinstance(term, BNode) for triple in graph for term in triple)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_an_example_conforms(path: Path) -> None:
    quads = list(pyoxigraph.parse(path=str(path)))
    assert len(quads) > 100
    assert validate(quads) == []


def test_there_are_examples_of_every_kind_of_fact() -> None:
    written = {
        quad.object.value
        for path in EXAMPLES
        for quad in pyoxigraph.parse(path=str(path))
        if quad.predicate.value == str(RDF.type)
    }
    for name in ("Tenure", "Participation", "Agreement", "Signing", "JointFacility", "Claim",
                 "AgreementStage", "DateMention", "Evidence", "Sentence",
                 "SourceDocument"):  # fmt: skip
        assert COOP.iri + name in written, name


def test_the_readme_names_every_file() -> None:
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert all(f"`{name}`" in readme for name in FILES)
    for name in re.findall(r"\bcoop:(\w+)", readme):
        assert COOP_TERM(name) in terms(*KINDS), name
