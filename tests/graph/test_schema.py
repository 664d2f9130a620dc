from __future__ import annotations

from pyoxigraph import NamedNode, Triple

from kg.graph.schema import schema_triples, schema_version
from kg.graph.vocabulary import COOP, FACT, ORG, RDFS, SKOS


def test_classes_and_concepts_can_be_followed() -> None:
    triples = set(schema_triples())
    assert Triple(COOP.DiplomaticMission, RDFS.subClassOf, COOP.GovernmentBody) in triples
    assert Triple(NamedNode(f"{ORG.iri}FormalOrganization"), RDFS.subClassOf, ORG.Organization) in (
        triples
    )
    assert any(each.subject == FACT.actual and each.predicate == SKOS.prefLabel for each in triples)


def test_nothing_without_a_name_so_that_it_can_be_replaced() -> None:
    for triple in schema_triples():
        assert isinstance(triple.subject, NamedNode)
        assert "BlankNode" not in repr(triple.object)


def test_the_version_is_a_hash() -> None:
    assert len(schema_version()) == 64
    assert schema_version() == schema_version()
