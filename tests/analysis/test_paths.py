"""Estimates from pivots: exact where all nodes are pivots, within the promised error elsewhere."""

from __future__ import annotations

import random
import warnings

import igraph
import networkx as nx
import pytest
from made import network_of

from kg.analysis import cores, measures, mixing, paths
from kg.analysis.prospects import prospects


@pytest.fixture(scope="module")
def hubs() -> nx.Graph:
    """200 nodes with strong hubs, and a part of its own."""
    chance = random.Random(5)
    made = nx.barabasi_albert_graph(200, 3, seed=5)
    made.add_edges_from([(200, 201), (201, 202)])
    made.add_node(203)
    network = network_of(((f"n{a:03}", f"n{b:03}") for a, b in made.edges))
    network.add_node("n203", label="n203", kind="University", country="")
    for edge in network.edges:
        network.edges[edge]["weight"] = chance.choice([0.25, 0.5, 1.0])
    for name in network:
        network.nodes[name]["country"] = chance.choice(["CN", "KZ", "RU", ""])
    return network


def test_from_all_nodes_they_are_those_of_networkx_and_igraph(hubs) -> None:
    far = measures._with_distance(hubs)
    expected = nx.betweenness_centrality(far, weight="distance")
    assert paths.betweenness(far, len(hubs)) == pytest.approx(expected)
    assert paths.closeness(far, len(hubs)) == pytest.approx(
        nx.closeness_centrality(far, distance="distance")
    )
    same = igraph.Graph.from_networkx(hubs)
    lengths = [1 / weight for weight in same.es["weight"]]
    pairs = (len(hubs) - 1) * (len(hubs) - 2) / 2
    theirs = [value / pairs for value in same.betweenness(weights=lengths)]
    mine = measures.betweenness(hubs)
    assert [mine[name] for name in hubs] == pytest.approx(theirs, abs=1e-9)


def test_across_countries_they_are_those_of_networkx(hubs) -> None:
    groups = nx.get_node_attributes(hubs, "country")
    expected = dict.fromkeys(hubs, 0.0)
    for one, other in (("CN", "KZ"), ("CN", "RU"), ("KZ", "RU")):
        ends = ([name for name in hubs if groups[name] == each] for each in (one, other))
        for name, value in nx.betweenness_centrality_subset(hubs, *ends).items():
            expected[name] += 2 * value
    assert mixing.cross_betweenness(hubs) == pytest.approx(expected)


@pytest.mark.parametrize("seed", range(2))
def test_from_some_they_are_within_the_bound(hubs, seed: int) -> None:
    pivots, size = 100, len(hubs)
    bound = paths.error_bound(pivots, size)
    assert 0 < bound < 0.3
    exact, near = measures.betweenness(hubs), measures.betweenness(hubs, pivots, seed)
    assert near != exact
    assert max(abs(exact[name] - near[name]) for name in hubs) < bound
    # Closeness inverts the mean distance; the promise is about this, in shares of the diameter.
    far = measures._with_distance(hubs)
    part = far.subgraph(max(nx.connected_components(far), key=len))
    longest = max(
        max(lengths.values())
        for _, lengths in nx.all_pairs_dijkstra_path_length(part, weight="distance")
    )
    exact, near = paths.closeness(part, size), paths.closeness(part, pivots, seed)
    assert max(abs(1 / exact[name] - 1 / near[name]) for name in part) < bound * longest
    exact, near = mixing.cross_betweenness(hubs), mixing.cross_betweenness(hubs, pivots, seed)
    countries = [country for _, country in hubs.nodes(data="country") if country]
    foreign = len(countries) - min(map(countries.count, set(countries)))
    most = len(countries) * foreign / 2
    assert max(abs(exact[name] - near[name]) for name in hubs) < bound * most


def test_estimates_hit_the_mean(hubs) -> None:
    exact = measures.betweenness(hubs)
    first = max(exact, key=exact.__getitem__)
    drawn = [measures.betweenness(hubs, 40, seed)[first] for seed in range(60)]
    assert sum(drawn) / len(drawn) == pytest.approx(exact[first], rel=0.1)


def test_large_networks_are_estimated_and_say_so(hubs, monkeypatch) -> None:
    monkeypatch.setattr(paths, "EXACT_NODES", 100)
    monkeypatch.setattr(paths, "PIVOTS", 50)
    monkeypatch.setattr(cores, "MANY_TIES", 5)
    small = network_of(nx.krackhardt_kite_graph().edges)
    for measure in (measures.betweenness, measures.closeness, mixing.cross_betweenness):
        with pytest.warns(paths.Approximation, match="estimated from 50 of"):
            near = measure(hubs)
        with paths.exact():
            assert measure(hubs) != near
    with pytest.warns(paths.Approximation, match="10 networks instead of 100"):
        cores.rich_club(small)
    with pytest.warns(paths.Approximation, match="only pairs with a common neighbour"):
        some = prospects(hubs, "preferential-attachment")
    with paths.exact():
        assert len(prospects(hubs, "preferential-attachment")) > len(some) > 0
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert len(prospects(hubs, top=5)) == 5  # by common neighbours no pair is left out
