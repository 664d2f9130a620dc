from __future__ import annotations

import json
from io import BytesIO, StringIO
from pathlib import Path

import networkx as nx
import pytest
import rdflib
from pyoxigraph import DefaultGraph, Quad, RdfFormat, Store, parse

from kg.errors import UsageError
from kg.graph.export import FORMATS
from kg.graph.store import Graph


@pytest.fixture(scope="module")
def graph(corpus_graph: Path) -> Graph:
    return Graph.open(corpus_graph)


def named(graph: Graph) -> set[Quad]:
    return {quad for quad in graph.store if quad.graph_name != DefaultGraph()}


@pytest.mark.parametrize(
    ("form", "parser"),
    [("trig", RdfFormat.TRIG), ("nquads", RdfFormat.N_QUADS), ("jsonld", RdfFormat.JSON_LD)],
)
def test_a_dataset_comes_back_as_it_was(graph: Graph, form: str, parser: RdfFormat) -> None:
    text = graph.export(form)
    assert text is not None
    store = Store()
    store.extend(parse(text, format=parser))
    assert set(store) == named(graph)


def test_turtle_is_the_union(graph: Graph) -> None:
    text = graph.export("turtle")
    assert text is not None
    union = {
        quad.triple for quad in graph.store.quads_for_pattern(None, None, None, DefaultGraph())
    }
    store = Store()
    store.extend(Quad(*triple) for triple in parse(text, format=RdfFormat.TURTLE))
    assert {quad.triple for quad in store} == union
    assert "@prefix coop:" in text


def test_rdflib_reads_what_researchers_take(graph: Graph) -> None:
    found = rdflib.Graph().parse(data=graph.export("turtle"), format="turtle")
    assert len(found) > 5000


def test_graphml_has_the_network_with_its_evidence(graph: Graph) -> None:
    text = graph.export("graphml")
    assert text is not None
    found = nx.parse_graphml(text)
    assert sorted(found) == sorted(graph.network("organizations"))
    one, other, data = next(iter(found.edges(data=True)))
    assert isinstance(data["weight"], float)
    assert json.loads(data["evidence"])[0]["quote"]
    assert found.nodes[one]["label"]
    assert found.nodes[other]["kind"]


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_the_same_graph_gives_the_same_bytes_wherever_they_go(
    graph: Graph, form: str, tmp_path: Path
) -> None:
    text = graph.export(form)
    stream = BytesIO()
    assert graph.export(form, stream) is None
    graph.export(form, tmp_path / "out")
    assert text == stream.getvalue().decode() == (tmp_path / "out").read_bytes().decode()


def test_a_format_that_is_not_there(graph: Graph) -> None:
    with pytest.raises(UsageError, match="turtel") as caught:
        graph.export("turtel")
    assert caught.value.remedy == "try turtle"


def test_a_file_that_cannot_be_written(graph: Graph, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be written"):
        graph.export("nquads", tmp_path / "no" / "file")


def test_lines_of_nquads_are_sorted_within_their_graph(graph: Graph) -> None:
    text = graph.export("nquads")
    assert text is not None
    lines = StringIO(text).readlines()
    assert lines == sorted(lines, key=lambda line: (line.rsplit(" ", 2)[1], line))
