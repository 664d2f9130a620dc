import math
import random

import networkx as nx
import pytest

from kg.maps.contents import gather


def test_the_strongest_come_first(invented):
    held = gather(invented)
    weights = [edge["weight"] for edge in held.edges]
    assert weights == sorted(weights, reverse=True)
    assert held.edges[0]["id"] == "tie-0"
    labels = [node["label"] for node in held.nodes]
    assert labels[0] == "Samal Technical University"
    assert [node["id"] for node in held.nodes] == list(range(39))


def test_a_tie_carries_its_sentences(invented):
    [edge] = [e for e in gather(invented).edges if e["weight"] == 0.66]
    assert edge["kinds"] == ["facility"]
    assert edge["lasting"]
    [entry] = edge["evidence"]
    assert entry["quote"].startswith("The joint laboratory that Hongqiao Vocational College and")
    assert entry["link"] == entry["source"] == "https://news.example.org/49"
    assert entry["date"] == "2024-04-01"


def test_figures_of_the_headline(invented):
    held = gather(invented)
    assert held.reports == 64  # stated by the network
    assert (held.first[:7], held.last[:7]) == ("2019-01", "2025-12")
    del invented.graph["reports"]
    sources = {e["source"] for *_, data in invented.edges(data=True) for e in data["evidence"]}
    assert gather(invented).reports == len(sources)


def test_the_order_in_which_a_network_was_filled_does_not_matter(invented):
    nodes, edges = list(invented.nodes(data=True)), list(invented.edges(data=True))
    random.Random(3).shuffle(nodes)
    random.Random(4).shuffle(edges)
    other = nx.Graph(**invented.graph)
    other.add_nodes_from(nodes)
    other.add_edges_from((target, source, data) for source, target, data in edges)
    assert gather(other).nodes == gather(invented).nodes
    ends = [{e["from"], e["to"]} for e in gather(other).edges]
    assert ends == [{e["from"], e["to"]} for e in gather(invented).edges]


def test_a_network_without_attributes_still_makes_a_map():
    held = gather(nx.path_graph(3))
    assert [node["label"] for node in held.nodes] == ["0", "1", "2"]
    assert {node["countryText"] for node in held.nodes} == {"Country not known"}
    assert [edge["weight"] for edge in held.edges] == [0.0, 0.0]
    assert (held.reports, held.first, held.last) == (0, "", "")


@pytest.mark.parametrize(
    ("weight", "shown"),
    [(math.nan, 0), (math.inf, 0), (-1, 0), (7, 1), ("0.5", 0.5), ("x", 0), (None, 0)],
)
def test_weights_are_cut_to_what_a_strength_can_be(weight, shown):
    network = nx.Graph()
    network.add_edge("a", "b", weight=weight)
    assert gather(network).edges[0]["weight"] == shown


@pytest.mark.parametrize(
    ("source", "link"),
    [
        ("https://news.example.org/1", "https://news.example.org/1"),
        ("http://news.example.org/", "http://news.example.org/"),
        ("javascript:alert(1)", ""),
        ("JAVASCRIPT:alert(1)", ""),
        ("data:text/html,<script>1</script>", ""),
        ("file:///etc/passwd", ""),
        ("https:", ""),
        ("http://[", ""),
        ("", ""),
    ],
)
def test_only_addresses_of_the_web_become_links(source, link):
    network = nx.Graph()
    network.add_edge("a", "b", evidence=[{"quote": "q", "source": source}])
    [entry] = gather(network).edges[0]["evidence"]
    assert (entry["source"], entry["link"]) == (source, link)


def test_a_tie_of_an_institution_with_itself_is_none():
    network = nx.Graph()
    network.add_edge("a", "a", weight=1)
    assert gather(network).edges == []


def test_ties_that_rest_on_events_alone_are_told_from_lasting_ones():
    network = nx.Graph()
    network.add_edge("a", "b", weight=0.3, kinds=["event"])
    network.add_edge("a", "c", weight=0.2, kinds=["agreement", "event"])
    assert [edge["lasting"] for edge in gather(network).edges] == [False, True]
