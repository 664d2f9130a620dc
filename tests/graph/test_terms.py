from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import UsageError
from kg.graph.store import Graph
from kg.graph.terms import describe, example, terms
from kg.graph.vocabulary import COOP


@pytest.mark.parametrize("name", ["Tenure", "coop:Tenure", COOP.Tenure.value, f"{COOP.Tenure}"])
def test_a_term_is_found_by_any_of_its_names(name: str) -> None:
    told = describe(name)
    assert told.name == "coop:Tenure"
    assert {language for language, _ in told.labels} == {"en", "kk", "ru", "zh"}
    assert "org:Membership" in told.text
    assert told.definition in told.text


def test_a_concept_tells_what_it_is_under() -> None:
    assert "role:unit-head" in describe("role:dean").text


def test_a_reserved_term_says_so() -> None:
    assert "not extracted yet" in describe("CooperationProject").text


def test_an_unknown_term_has_a_remedy() -> None:
    with pytest.raises(UsageError, match="no term 'Tenur'") as caught:
        describe("Tenur")
    assert "coop:Tenure" in str(caught.value.remedy)
    with pytest.raises(UsageError):
        describe("")


def test_examples_are_of_the_graph(corpus_graph: Path) -> None:
    graph = Graph.open(corpus_graph)
    assert "org:member" in example(graph, describe("Tenure"))
    assert "coop:basedIn" in example(graph, describe("basedIn"))
    assert example(graph, describe("CooperationProject")) == ""
    for term in terms():
        example(graph, term)
