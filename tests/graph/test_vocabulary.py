from __future__ import annotations

import re
from collections import Counter
from inspect import get_annotations
from pathlib import Path
from typing import get_args

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Quad, parse
from rdflib.namespace import DCTERMS, FOAF, ORG, OWL, PROV, RDF, RDFS, SDO, SKOS, XSD
from reviewed import reviewed

from kg.errors import UsageError
from kg.extraction.record import (
    AGREEMENT_TYPES,
    ENTITY_TYPES,
    EVENT_TYPES,
    STAGE_TYPES,
    Factuality,
)
from kg.graph import vocabulary
from kg.graph.store import Graph
from kg.graph.vocabulary import (
    ATYPE,
    CLASSES,
    COOP,
    ETYPE,
    FACT,
    STAGE,
    VOCABULARIES,
    checked_base,
    document_graph,
    graph,
    node,
    ontology_file,
    prefixes,
)

ROOT = Path(__file__).parents[2]
SCHEMES = ("role", "prole", "etype", "area", "ftype", "atype", "stage", "fact")
# The W3C recommendation "Web Annotation Vocabulary", sections 3.1 and 3.2.
ANNOTATION = {
    "TextPositionSelector", "TextQuoteSelector",
    "end", "exact", "hasSelector", "hasSource", "start",
}  # fmt: skip
PUBLISHED = {
    "rdf": RDF, "rdfs": RDFS, "owl": OWL, "xsd": XSD, "skos": SKOS, "dcterms": DCTERMS,
    "org": ORG, "foaf": FOAF, "prov": PROV, "schema": SDO,
}  # fmt: skip


def declared(name: str) -> set[str]:
    """Return the subjects of a file of the ontology that have a type."""
    graph = rdflib.Graph().parse(ontology_file(name))
    return {str(subject) for subject in graph.subjects(RDF.type) if ":" in str(subject)}


def terms(prefix: str) -> dict[str, NamedNode]:
    of = VOCABULARIES[prefix]
    return {name: getattr(of, name) for name in get_annotations(of) if name != "iri"}


def test_the_core_declares_the_terms_and_no_others() -> None:
    ours = {iri for iri in declared("cooperation.ttl") if iri.startswith(COOP.iri)}
    assert {term.value for term in terms("coop").values()} == ours


@pytest.mark.parametrize("prefix", SCHEMES)
def test_concepts_with_a_name_in_code_are_declared(prefix: str) -> None:
    concepts = declared("vocabularies.ttl")
    assert {term.value for term in terms(prefix).values()} <= concepts
    assert any(concept.startswith(VOCABULARIES[prefix].iri) for concept in concepts)


@pytest.mark.parametrize("prefix", sorted(PUBLISHED))
def test_foreign_terms_are_published_ones(prefix: str) -> None:
    published = PUBLISHED[prefix]
    assert str(published) == VOCABULARIES[prefix].iri
    for name, term in terms(prefix).items():
        assert str(published[name]) == term.value  # a closed namespace refuses unknown names


def test_terms_of_web_annotation_are_published_ones() -> None:
    assert set(terms("oa")) == ANNOTATION


def test_a_name_that_is_no_attribute_is_a_subscript() -> None:
    assert FACT["actual"] == FACT.actual
    assert ETYPE["rectors-forum"].value == "https://w3id.org/coop-kg/event-type/rectors-forum"
    assert str(COOP) == COOP.iri


def test_every_entity_type_has_a_class() -> None:
    assert set(CLASSES) == set(ENTITY_TYPES)


@pytest.mark.parametrize(
    ("scheme", "values"),
    [
        (ETYPE, EVENT_TYPES),
        (ATYPE, AGREEMENT_TYPES),
        (STAGE, STAGE_TYPES),
        (FACT, get_args(Factuality)),
    ],
)
def test_every_value_of_a_record_has_one_concept(scheme: type, values: tuple[str, ...]) -> None:
    found = Counter(
        triple.object.value
        for triple in parse(path=str(ontology_file("vocabularies.ttl")))
        if triple.predicate == vocabulary.SKOS.notation
        and triple.subject.value.startswith(scheme.iri)
    )
    assert found == Counter(values)


def test_everything_written_is_declared(corpus: list[Quad]) -> None:
    known = declared("cooperation.ttl") | declared("vocabularies.ttl")
    for quad in corpus:
        used = [quad.predicate]
        if quad.predicate == vocabulary.RDF.type:
            used.append(quad.object)
        for term in used:
            prefix = next(p for p, v in VOCABULARIES.items() if term.value.startswith(v.iri))
            assert term.value in known or term in terms(prefix).values(), term


def test_concepts_that_are_written_are_declared(corpus: list[Quad]) -> None:
    known = declared("vocabularies.ttl")
    schemes = tuple(VOCABULARIES[prefix].iri for prefix in SCHEMES)
    used = {quad.object.value for quad in corpus if isinstance(quad.object, NamedNode)}
    assert {iri for iri in used if iri.startswith(schemes)} <= known


def test_what_is_declared_is_written_or_says_why_not(corpus_graph: Path, tmp_path: Path) -> None:
    core = rdflib.Graph().parse(ontology_file("cooperation.ttl"))
    reserved = {str(term) for term in core.subjects(rdflib.URIRef(COOP.reserved.value))}
    written = written_in(corpus_graph) | written_in(reviewed(tmp_path))
    ours = {iri for iri in declared("cooperation.ttl") if iri.startswith(COOP.iri)}
    assert written <= ours
    assert ours - written == reserved
    assert not reserved & written


def written_in(path: Path) -> set[str]:
    """Return the classes and properties of the core that a graph uses."""
    with Graph.open(path) as held:
        classes = {str(row[0]) for row in held.rows("SELECT DISTINCT ?c { ?s a ?c }")}
        predicates = {str(row[0]) for row in held.rows("SELECT DISTINCT ?p { ?s ?p ?o }")}
    return {iri for iri in classes | predicates if iri.startswith(COOP.iri)}


def test_queries_and_rules_use_declared_terms() -> None:
    core, concepts = declared("cooperation.ttl"), declared("vocabularies.ttl")
    for path in (*ROOT.glob("kg/**/*.rq"), *ROOT.glob("notebooks/*.ipynb")):
        for prefix, name in re.findall(r"\b(\w+):([A-Za-z][\w-]*)", path.read_text("utf-8")):
            if prefix == "coop":
                assert COOP.iri + name in core, (path.name, name)
            elif prefix in SCHEMES:
                assert VOCABULARIES[prefix].iri + name in concepts, (path.name, name)


def test_prefixes_hold_the_base() -> None:
    known = prefixes("https://kg.example.com/x/")
    assert known["id"] == "https://kg.example.com/x/id/"
    assert known["g"] == "https://kg.example.com/x/graph/"
    assert known["coop"] == COOP.iri


@given(st.text())
def test_any_key_makes_a_legal_iri_of_one_segment(key: str) -> None:
    for made in (node(key), graph(key), document_graph(key)):
        assert NamedNode(made.value) == made
        assert re.fullmatch(r"https://kg\.example\.org/(id|graph)/[\w.~%-]*", made.value, re.ASCII)


@given(st.text(), st.text())
def test_different_keys_make_different_iris(one: str, other: str) -> None:
    assert (node(one) == node(other)) == (one == other)


def test_a_base_ends_with_a_slash() -> None:
    assert checked_base("https://kg.example.com/x") == "https://kg.example.com/x/"
    assert checked_base("http://localhost:8000/") == "http://localhost:8000/"


@pytest.mark.parametrize("base", ["", "kg", "ftp://x/", "https://a b/", "javascript:x", "/tmp"])
def test_a_base_that_begins_no_web_address_is_refused(base: str) -> None:
    with pytest.raises(UsageError, match="cannot begin the address"):
        checked_base(base)


def test_the_ontology_is_found_in_a_checkout() -> None:
    assert ontology_file("cooperation.ttl") == ROOT / "ontology" / "cooperation.ttl"


def test_the_ontology_is_found_in_an_installed_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "site-packages" / "kg"
    (package / "ontology").mkdir(parents=True)
    (package / "ontology" / "cooperation.ttl").touch()
    monkeypatch.setattr(vocabulary, "__file__", str(package / "graph" / "vocabulary.py"))
    assert ontology_file("cooperation.ttl") == package / "ontology" / "cooperation.ttl"


def test_a_file_that_the_ontology_lacks_is_a_clear_error() -> None:
    with pytest.raises(UsageError, match=r"no file 'nothing\.ttl'"):
        ontology_file("nothing.ttl")
