from __future__ import annotations

from collections import defaultdict

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode
from rdflib.namespace import SKOS

from kg.errors import RecordError
from kg.graph.schemes import concepts, facility_type, noted, plain, role
from kg.graph.vocabulary import (
    COOP,
    ETYPE,
    FACT,
    FTYPE,
    ORG,
    ROLE,
    SCHEMA,
    ontology_file,
)


@pytest.mark.parametrize(
    ("words", "held_at", "expected"),
    [
        ("Rector", COOP.University, "rector"),
        ("rector", None, "rector"),
        ("President", COOP.University, "rector"),
        ("President", SCHEMA.Country, "head-of-state"),
        ("President", COOP.Enterprise, "head"),
        ("President", None, "head"),
        ("Vice-President (Research)", COOP.University, "vice-rector"),
        ("First Vice Rector for Science", COOP.University, "vice-rector"),
        ("Deputy Director", COOP.GovernmentBody, "deputy-director-general"),
        ("Deputy Director", ORG.OrganizationalUnit, "deputy-unit-head"),
        ("Director", ORG.OrganizationalUnit, "unit-head"),
        ("Chinese director", COOP.JointFacility, "centre-director"),
        ("Head of International Cooperation", COOP.University, "international-office-director"),
        ("Head of Ponds", COOP.University, "unit-head"),
        ("Minister of Education", SCHEMA.Country, "minister"),
        ("First Deputy Akim", SCHEMA.City, "deputy-akim"),
        ("Consul-General", SCHEMA.Country, "consul-general"),
        ("Acting Mayor", SCHEMA.City, "mayor"),
        ("Secretary", COOP.PartyOrganization, "party-secretary"),
        ("First Secretary", None, "diplomatic-officer"),
        ("adviser to the Akim", SCHEMA.City, "adviser"),
        ("Deputy Wizard", COOP.University, "deputy-head"),
        ("Wizard", COOP.University, "other"),
        ("", None, "other"),
    ],
)
def test_words_of_a_post_mean_a_role(words: str, held_at: NamedNode | None, expected: str) -> None:
    assert role(words, held_at).iri == ROLE[expected]


@given(st.text(), st.sampled_from([None, COOP.University, ORG.OrganizationalUnit]))
def test_any_words_mean_some_role(words: str, held_at: NamedNode | None) -> None:
    assert role(words, held_at) in concepts(ROLE)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Confucius Institute at Lakeside University", "confucius-institute"),
        ("second Luban Workshop", "luban-workshop"),
        ("Joint Laboratory on Rivers", "joint-laboratory"),
        ("Lakeside University branch", "branch-campus"),
        ("Kazakhstan Center", "country-studies-centre"),
        ("Center for Rivers", "joint-centre"),
        ("Silver Bridge", "other"),
        ("Instituted", "other"),
    ],
)
def test_a_facility_is_classified_by_its_name(name: str, expected: str) -> None:
    assert facility_type(name) == FTYPE[expected]


def test_a_value_of_a_record_is_a_concept() -> None:
    assert noted(ETYPE, "Ceremony") == ETYPE["ceremony"]
    assert noted(FACT, "planned") == FACT.planned


def test_a_value_that_is_none_is_refused() -> None:
    with pytest.raises(RecordError, match="report: 'maybe' is not a value of the FACT scheme"):
        noted(FACT, "maybe", where="report")


def test_labels_are_compared_without_case_punctuation_and_articles() -> None:
    assert plain("  The Vice-Rector, (for)  Science ") == "vice rector for science"


def test_no_label_is_ambiguous_where_it_is_held() -> None:
    """Two roles may share a label only in different kinds of organizations."""
    holders = defaultdict(list)
    for concept in concepts(ROLE):
        for label in set(concept.labels):
            for place in concept.held_at or {None}:
                holders[label, place].append(concept.iri)
    assert {key: found for key, found in holders.items() if len(found) > 1} == {}


def test_preferred_labels_and_ranks_are_whole() -> None:
    graph = rdflib.Graph().parse(ontology_file("vocabularies.ttl"))
    for concept in graph.subjects(SKOS.inScheme):
        preferred = [label.language for label in graph.objects(concept, SKOS.prefLabel)]
        assert len(preferred) == len(set(preferred))
        assert {"en", "ru", "kk", "zh"} == set(preferred), concept
        both = set(graph.objects(concept, SKOS.prefLabel)) & set(
            graph.objects(concept, SKOS.altLabel)
        )
        assert not both, concept
