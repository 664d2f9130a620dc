from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree

import igraph
import networkx as nx
import pytest

from kg import cli
from kg.analysis.catalogue import STRUCTURES, catalogue
from kg.analysis.facts import Facts
from kg.analysis.projections import project
from kg.graph.store import Graph


@pytest.fixture
def run(corpus_graph: Path, capsys: pytest.CaptureFixture[str]):
    def run(*arguments: str) -> str:
        status = cli.run([*arguments, "--graph", str(corpus_graph)])
        told = capsys.readouterr()
        assert status == 0, told.err
        return told.out

    return run


def test_every_measure_is_listed_with_what_it_tells(run) -> None:
    listed = json.loads(run("analyze", "--format", "json"))
    assert len(listed) == len(catalogue())
    assert all(len(row["tells"]) > 10 for row in listed)


@pytest.mark.parametrize("measure", sorted(STRUCTURES))
def test_every_structure_is_a_table(run, measure: str) -> None:
    header = next(csv.reader(io.StringIO(run("analyze", measure, "--format", "csv"))))
    assert len(header) >= 2


def test_intervals_comparisons_and_series(run) -> None:
    rows = json.loads(run("analyze", "degree", "--bootstrap", "20", "--top", "3", "-f", "json"))
    assert len(rows) == 3
    assert all(row["low"] <= row["high"] and row["rank_low"] <= row["rank_high"] for row in rows)
    null = json.loads(run("analyze", "clustering", "--null", "20", "-f", "json"))
    assert null[0]["expected"] > 0
    series = json.loads(run("analyze", "edges", "--every", "year", "--since", "2023", "-f", "json"))
    assert [row["period"] for row in series][:1] == ["2023"]
    left = json.loads(run("analyze", "edges", "--leave-out", "--top", "1", "-f", "json"))
    assert left[0]["change"] < 0
    assert "https://" not in run("analyze", "degree")  # addresses are for programs


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["fame"], "there is no measure 'fame' — kg analyze lists them"),
        (["bridges", "--null", "5"], "bridges is more than one figure"),
        (["degree", "--null", "5", "--bootstrap", "5"], "one thing at a time"),
        (["degree", "--every", "year"], "degree is a figure for each node"),
        (["degree", "--between", "KZ"], "'KZ' are not two countries"),
        (["degree", "--since", "soon"], "'soon' is not a date"),
    ],
)
def test_what_cannot_be_analyzed_is_said(corpus_graph, capsys, arguments, said) -> None:
    assert cli.run(["analyze", *arguments, "--graph", str(corpus_graph)]) == 2
    assert said in capsys.readouterr().err


def test_gexf_holds_the_network_with_all_attributes(corpus_graph: Path, tmp_path: Path) -> None:
    with Graph.open(corpus_graph) as graph:
        network = graph.network("organizations")
        for form, read in (("gexf", nx.read_gexf), ("graphml", nx.read_graphml)):
            graph.export(form, tmp_path / f"network.{form}")
            found = read(tmp_path / f"network.{form}")
            assert set(found) == set(network)
            assert found.number_of_edges() == network.number_of_edges()
            for one, other, data in network.edges(data=True):
                edge = found.edges[one, other]
                assert edge["weight"] == pytest.approx(data["weight"])
                assert json.loads(edge["kinds"]) == data["kinds"]
                assert json.loads(edge["evidence"]) == data["evidence"]
            for node, data in network.nodes(data=True):
                assert found.nodes[node]["label"] == data["label"]
                assert found.nodes[node]["country"] == data["country"]
        assert graph.export("gexf") == (tmp_path / "network.gexf").read_text()
        assert "lastmodified" not in graph.export("gexf")


GEXF = "{http://www.gexf.net/1.2draft}"


@pytest.mark.parametrize("projection", ["organizations", "people", "affiliations", "countries"])
def test_any_projection_can_be_taken_to_gephi_and_igraph(
    corpus_graph: Path, tmp_path: Path, projection: str
) -> None:
    with Graph.open(corpus_graph) as graph:
        expected = project(Facts.of(graph).where(since="2019"), projection)
    options = ["--projection", projection, "--since", "2019", "--graph", str(corpus_graph)]
    for form in ("gexf", "graphml", "gephi-nodes", "gephi-edges"):
        path = str(tmp_path / f"network.{form}")
        assert cli.run(["export", "--format", form, *options, "--output", path]) == 0
    other = igraph.Graph.Read_GraphML(str(tmp_path / "network.graphml"))
    assert set(other.vs["id"]) == set(expected)
    weights = {
        frozenset((other.vs[edge.source]["id"], other.vs[edge.target]["id"])): edge["weight"]
        for edge in other.es
    }
    assert weights == pytest.approx(
        {frozenset(edge[:2]): edge[2] for edge in expected.edges(data="weight")}
    )
    assert {"label", "kind", "country", "aliases"} <= set(other.vs.attributes())
    told = {"weight", "kinds", "first", "last", "reports", "evidence", "facts"}
    assert told <= set(other.es.attributes())
    assert len((tmp_path / "network.gephi-nodes").read_text().splitlines()) > len(expected)


# The attributes and children of each element, by the schema of GEXF 1.2 and its module viz.
VIZ = "{http://www.gexf.net/1.2draft/viz}"
SCHEMA_LOCATION = "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"
RULES = {
    "gexf": ({"version", "variant", SCHEMA_LOCATION}, {"meta", "graph"}),
    "meta": ({"lastmodifieddate"}, {"creator", "keywords", "description"}),
    "creator": (set(), set()),
    "graph": ({"timeformat", "start", "end", "defaultedgetype", "idtype", "mode"},
              {"attributes", "nodes", "edges"}),
    "attributes": ({"class", "mode", "start", "end"}, {"attribute"}),
    "attribute": ({"id", "title", "type"}, {"default", "options"}),
    "nodes": ({"count"}, {"node"}),
    "edges": ({"count"}, {"edge"}),
    "node": ({"id", "label"}, {"attvalues", "viz:color", "viz:size", "viz:position"}),
    "edge": ({"id", "source", "target", "weight", "label", "type"},
             {"attvalues", "viz:color", "viz:thickness", "viz:shape"}),
    "attvalues": (set(), {"attvalue"}),
    "attvalue": ({"for", "value"}, set()),
    "viz:color": ({"r", "g", "b", "a"}, set()),
    "viz:size": ({"value"}, set()),
    "viz:shape": ({"value"}, set()),
}  # fmt: skip


def local(tag: str) -> str:
    return tag.replace(VIZ, "viz:").removeprefix(GEXF)


def test_gexf_says_how_things_look(corpus_graph: Path, tmp_path: Path) -> None:
    path = tmp_path / "network.gexf"
    with Graph.open(corpus_graph) as graph:
        network = graph.network("organizations")
        graph.export("gexf", path)
    root = ElementTree.parse(path).getroot()
    for element in root.iter():
        attributes, children = RULES[local(element.tag)]
        assert set(element.attrib) <= attributes, element.tag
        assert {local(child.tag) for child in element} <= children, element.tag
    for node in root.iter(f"{GEXF}node"):
        color, size = node.find(f"{VIZ}color"), float(node.find(f"{VIZ}size").get("value"))
        assert all(0 <= int(color.get(part)) <= 255 for part in "rgb")
        assert 6 <= size <= 30
        country = network.nodes[node.get("id")]["country"]
        blue, orange = ("0", "114", "178"), ("213", "94", "0")
        told = tuple(color.get(part) for part in "rgb")
        assert (told == blue, told == orange) == (country == "KZ", country == "CN")
    for edge in root.iter(f"{GEXF}edge"):
        met = network.edges[edge.get("source"), edge.get("target")]["basis"] == "co-attendance"
        assert edge.find(f"{VIZ}shape").get("value") == ("dashed" if met else "solid")


def test_gexf_keeps_the_rules_of_its_format(corpus_graph: Path, tmp_path: Path) -> None:
    path = tmp_path / "network.gexf"
    arguments = ["export", "--format", "gexf", "--ties", "all", "--graph", str(corpus_graph)]
    assert cli.run([*arguments, "--output", str(path)]) == 0
    graph = ElementTree.parse(path).getroot().find(f"{GEXF}graph")
    assert graph is not None
    assert graph.get("defaultedgetype") == "undirected"
    nodes = {node.get("id") for node in graph.iter(f"{GEXF}node")}
    edges = list(graph.iter(f"{GEXF}edge"))
    assert edges
    assert all({edge.get("source"), edge.get("target")} <= nodes for edge in edges)
    assert len({edge.get("id") for edge in edges}) == len(edges)
    declared = {
        each.get("class"): {one.get("id"): (one.get("title"), one.get("type")) for one in each}
        for each in graph.iter(f"{GEXF}attributes")
    }
    types = {title: form for each in declared.values() for title, form in each.values()}
    assert (types["country"], types["reports"], types["evidence"]) == ("string", "long", "string")
    assert types["latitude"] == "double"
    for kind in ("node", "edge"):
        for thing in graph.iter(f"{GEXF}{kind}"):
            for value in thing.iter(f"{GEXF}attvalue"):
                _, form = declared[kind][value.get("for")]
                assert {"long": int, "double": float}.get(form, str)(value.get("value")) is not None


def test_the_graph_as_a_whole_has_no_projection(corpus_graph: Path, capsys) -> None:
    arguments = ["export", "--format", "turtle", "--projection", "people"]
    assert cli.run([*arguments, "--graph", str(corpus_graph)]) == 2
    assert "choose one of: graphml, gexf" in capsys.readouterr().err
