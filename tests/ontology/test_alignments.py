"""The terms of others that the ontology names are published ones."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import rdflib
from rdflib import URIRef
from rdflib.namespace import (
    DCTERMS,
    FOAF,
    ORG,
    OWL,
    PROV,
    RDF,
    RDFS,
    SDO,
    SH,
    SKOS,
    TIME,
    VANN,
    XSD,
    DefinedNamespace,
)

from kg.graph.vocabulary import COOP, ontology_file

FILE = Path(__file__).parents[1] / "data" / "ontology" / "foreign.toml"
STUBS = tomllib.loads(FILE.read_text(encoding="utf-8"))
CLOSED: tuple[type[DefinedNamespace], ...] = (
    DCTERMS, FOAF, ORG, OWL, PROV, RDF, RDFS, SDO, SH, SKOS, TIME, VANN, XSD,
)  # fmt: skip
"""What rdflib brings of vocabularies: complete lists of their terms."""
OURS = ("https://w3id.org/coop-kg/", "https://creativecommons.org/", "http://www.w3.org/ns/prov-o")
WHOLE = {"http://www.w3.org/ns/org", "http://www.w3.org/ns/oa"}
"""Addresses of vocabularies as such."""


def foreign(name: str) -> Iterator[URIRef]:
    """Yield the terms of others in a file of the ontology."""
    for triple in rdflib.Graph().parse(ontology_file(name)):
        for term in triple:
            if (
                isinstance(term, URIRef)
                and not str(term).startswith(OURS)
                and str(term) not in WHOLE
            ):
                yield term


def published(term: URIRef) -> bool:
    """Tell whether the vocabulary of a term has it."""
    for namespace in CLOSED:
        if term.startswith(str(namespace)):
            return term in namespace
    return any(
        str(term) == stub["namespace"] + name for stub in STUBS.values() for name in stub["terms"]
    )


@pytest.mark.parametrize(
    "name", ["cooperation.ttl", "vocabularies.ttl", "alignments.ttl", "shapes.ttl"]
)
def test_terms_of_others_are_published(name: str) -> None:
    found = set(foreign(name))
    assert found
    unknown = {term for term in found if not published(term)}
    assert unknown == set()


def test_a_term_that_nobody_published_is_found() -> None:
    for made_up in (
        f"{SKOS}broad",
        "http://vivoweb.org/ontology/core#Univercity",
        f"{SDO}Universe",
    ):
        assert not published(URIRef(made_up))


def test_the_lists_say_where_they_are_from_and_stand_for_the_prefixes_of_the_file() -> None:
    prefixes = {name: str(iri) for name, iri in rdflib.Graph().parse(FOLDER).namespaces()}
    for name, stub in STUBS.items():
        assert stub["source"]
        assert stub["version"]
        assert isinstance(stub["read"], date)
        assert stub["checked"] in ("file", "generated", "used")
        assert prefixes.get(name, stub["namespace"]) == stub["namespace"]
        assert stub["terms"] == sorted(stub["terms"], key=key)


def key(name: str) -> tuple[str, int]:
    letters = name.rstrip("0123456789")
    return letters, int(name.removeprefix(letters) or 0)


FOLDER = ontology_file("alignments.ttl")


def test_matches_join_classes_with_classes_and_properties_with_properties() -> None:
    core = rdflib.Graph().parse(ontology_file("cooperation.ttl"))
    for subject, predicate, object in rdflib.Graph().parse(FOLDER):
        if predicate in (SKOS.closeMatch, SKOS.exactMatch):
            name = str(object).rstrip("/").replace("#", "/").rsplit("/", 1)[1]
            is_class = (subject, RDF.type, OWL.Class) in core
            of_wikidata = {"P": False, "Q": True}.get(name[0]) if name[1:].isdigit() else None
            assert is_class == (name[0].isupper() if of_wikidata is None else of_wikidata), object
            assert str(subject).startswith(COOP.iri)
