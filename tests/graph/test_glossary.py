"""The page of all terms: complete, and safe with what a graph says."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Store, Triple

from kg.graph import glossary
from kg.graph.glossary.examples import examples
from kg.graph.store import Graph
from kg.graph.terms import describe, terms
from kg.graph.vocabulary import COOP, RDF, RDFS, graph, node

NASTY = "</style><script>alert(1)</script>"


@pytest.fixture(scope="module")
def page(corpus_graph: Path) -> str:
    with Graph.open(corpus_graph) as held:
        return glossary.render(held)


def test_every_term_has_one_place_and_every_link_leads_to_one(page: str) -> None:
    anchors = re.findall(r'\bid="([^"]+)"', page)
    assert len(anchors) == len(set(anchors))
    assert {glossary.anchor(term.name) for term in terms()} <= set(anchors)
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(anchors)


def test_every_term_tells_its_labels_and_definitions(page: str) -> None:
    shown = unescape(page)
    for term in terms():
        for _, text in (*term.labels, *term.definitions):
            assert text in shown, term.name


def test_every_class_that_is_written_has_an_example(corpus_graph: Path) -> None:
    classes = [term for term in terms() if "class" in term.kinds]
    with Graph.open(corpus_graph) as held:
        found = examples(held, classes)
    for term in classes:
        assert (term.name in found) != bool(term.reserved), term.name
    assert not found["coop:Tenure"].invented
    assert found["coop:Tenure"].quote
    assert found["coop:Decision"].invented


def test_the_hierarchy_leads_through_classes_of_others(page: str) -> None:
    tree = page[page.index('class="tree"') : page.index("</nav>")]
    order = [tree.index(name) for name in
             ("foaf:Agent", "org:Organization", "m8g:PublicOrganisation", "#GovernmentBody",
              "#DiplomaticMission")]  # fmt: skip
    assert order == sorted(order)


def test_what_a_property_joins_may_be_of_several_classes() -> None:
    joins = dict(describe("establishes").relations)
    assert joins["to"] == ("coop:CooperationProject", "coop:JointFacility")
    assert "of one value" in describe("participant").kinds


def test_what_a_graph_says_is_text() -> None:
    held = Graph(Store(), read_only=False)
    one = node("agreement-x")
    triples = [Triple(one, RDF.type, COOP.Agreement), Triple(one, RDFS.label, Literal(NASTY)),
               Triple(one, NamedNode("https://e.org/x"), Literal(NASTY))]  # fmt: skip
    held.put(graph("doc-x"), triples)
    page = glossary.render(held)
    assert "<script" not in page
    assert "&lt;script&gt;" in page
