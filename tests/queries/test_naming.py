from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import UsageError
from kg.graph.store import Graph
from kg.queries.naming import find


@pytest.fixture(scope="module")
def graph(corpus_graph: Path) -> Graph:
    return Graph.open(corpus_graph)


def labels(graph: Graph, text: str, kind: str) -> list[str]:
    query = "SELECT ?x ?label { ?x rdfs:label ?label }"
    return [graph.query(query, x=thing)["label"][0] for thing in find(graph, text, kind)]


def test_a_name_is_found_whatever_its_case_and_spaces(graph: Graph) -> None:
    for text in ("Turan University", "turan  university", "TURAN UNIVERSITY "):
        assert labels(graph, text, "organization") == ["Turan University"]


def test_an_exact_name_comes_alone_and_a_part_brings_all(graph: Graph) -> None:
    assert labels(graph, "Sichuan Normal University", "organization") == [
        "Sichuan Normal University"
    ]
    many = labels(graph, "Sichuan Normal", "organization")
    assert "Affiliated Middle School of Sichuan Normal University" in many
    assert all("Sichuan Normal" in name for name in many)


def test_any_of_the_names_will_do(graph: Graph) -> None:
    (known,) = labels(graph, "Sichuan Provincial Department of Education", "organization")
    assert labels(graph, "Department of Education of Sichuan Province", "organization") == [known]


def test_a_kind_is_kept_to(graph: Graph) -> None:
    assert labels(graph, "Almaty", "place") == ["Almaty"]
    assert "Almaty" not in labels(graph, "Almaty", "organization")
    with pytest.raises(UsageError):
        find(graph, "Almaty", "person")
    assert find(graph, "en-0001", "document")


@pytest.mark.parametrize("text", ["Kazakhstan", "kz", "KZ", "Republic of Kazakhstan"])
def test_a_country_by_name_or_code(graph: Graph, text: str) -> None:
    assert labels(graph, text, "country") == ["Kazakhstan"]


def test_a_node_by_its_address(graph: Graph) -> None:
    (node,) = find(graph, "Turan University", "organization")
    assert find(graph, node.value, "organization") == [node]
    short = node.value.replace(graph.prefixes["id"], "id:")
    assert find(graph, short, "organization") == [node]


@pytest.mark.parametrize(
    ("text", "kind", "near"),
    [
        ("Turan Universiti", "organization", "“Turan University”"),
        ("Zhao Guohuo", "person", "“Zhao Guohua”"),
        ("Xyzzy", "place", "try a part of the name"),
        ('"} UNION {', "place", "try a part of the name"),
        ("ZZ", "country", "did you mean|try a part"),
    ],
)
def test_a_name_that_the_graph_does_not_know(graph: Graph, text: str, kind: str, near: str) -> None:
    with pytest.raises(UsageError, match=f"no {kind} by the name") as caught:
        find(graph, text, kind)
    assert caught.value.remedy is not None
    assert any(option in caught.value.remedy for option in near.split("|"))
