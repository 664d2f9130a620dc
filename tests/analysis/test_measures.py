"""Measures against published figures, igraph and NetworkX, on networks with known answers."""

from __future__ import annotations

import math
from collections import Counter

import igraph
import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made import network_of

from kg.analysis import brokerage, communities, cores, measures, mixing, paths
from kg.errors import UsageError


@pytest.fixture(scope="module")
def zachary() -> nx.Graph:
    """Zachary's karate club with the weights of his paper (1977)."""
    return nx.karate_club_graph()


@pytest.fixture(scope="module")
def same(zachary: nx.Graph) -> igraph.Graph:
    return igraph.Graph.from_networkx(zachary)


def in_order(found, network) -> list[float]:
    return [found[name] for name in network]


def test_zacharys_club_as_igraph_measures_it(zachary, same) -> None:
    weights = same.es["weight"]
    far = [1 / weight for weight in weights]
    pairs = 33 * 32 / 2
    expected = {
        "degree": same.degree(),
        "strength": same.strength(weights="weight"),
        "betweenness": [value / pairs for value in same.betweenness(weights=far)],
        "closeness": same.closeness(weights=far),
        "constraint": same.constraint(weights=weights),
        "core-number": same.coreness(),
    }
    for name, values in expected.items():
        found = in_order(measures.node_measure(name)(zachary), zachary)
        assert found == pytest.approx(values), name
    mine = in_order(measures.eigenvector(zachary), zachary)
    theirs = same.eigenvector_centrality(weights=weights)
    assert [value / max(mine) for value in mine] == pytest.approx(theirs, abs=1e-4)


def test_zacharys_club_as_published(zachary) -> None:
    found = measures.summary(zachary).set_index("measure")["value"]
    assert (found["nodes"], found["edges"]) == (34, 78)  # Zachary 1977
    assert found["degree-assortativity"] == pytest.approx(-0.476, abs=5e-4)  # Newman 2003 rounds
    assert found["clustering"] == pytest.approx(0.2557, abs=5e-5)  # Newman 2010, table 8.1: 0.26
    plain = nx.Graph(zachary.edges)
    best = communities.comparison(plain, runs=30).set_index("figure")["value"]
    # 0.4198 with four communities is the maximum (Brandes et al., IEEE TKDE 20, 172, 2008).
    assert best["modularity"] == pytest.approx(0.4198, abs=5e-5)
    assert best["communities"] == 4
    nx.set_node_attributes(zachary, nx.get_node_attributes(zachary, "club"), "country")
    factions = communities.comparison(zachary).set_index("figure")["value"]
    assert factions["country"] > 0.4  # the two sides of the split


def test_burts_measures_are_those_of_networkx(zachary) -> None:
    for mine, theirs in [
        (brokerage.constraint(zachary), nx.constraint(zachary, weight="weight")),
        # With `nodes` NetworkX follows its definition also where SciPy is installed.
        (
            brokerage.effective_size(zachary),
            nx.effective_size(zachary, nodes=list(zachary), weight="weight"),
        ),
    ]:
        assert in_order(mine, zachary) == pytest.approx(in_order(theirs, zachary))


@pytest.mark.parametrize(
    ("broker", "one", "other", "roles"),
    [
        ("KZ", "KZ", "KZ", {"coordinator"}),
        ("KZ", "CN", "CN", {"consultant"}),
        ("KZ", "KZ", "CN", {"gatekeeper", "representative"}),
        ("KZ", "CN", "KZ", {"gatekeeper", "representative"}),
        ("KZ", "CN", "RU", {"liaison"}),
        ("KZ", "", "CN", set()),
    ],
)
def test_the_roles_of_gould_and_fernandez(broker, one, other, roles) -> None:
    open_triad = network_of([("x", "b"), ("b", "y")], b=broker, x=one, y=other)
    assert {role for role, n in brokerage.roles(open_triad)["b"].items() if n == 1} == roles
    open_triad.add_edge("x", "y")
    assert not brokerage.roles(open_triad)["b"]


def test_a_star_of_cores_and_the_rich_club() -> None:
    core = [(a, b) for a in "abcd" for b in "abcd" if a < b]
    network = network_of([*core, *((a, f"{a}{n}") for a in "abcd" for n in range(3))])
    assert cores.core(network) == set("abcd")
    assert cores.core_fit(network) == pytest.approx(1)
    assert list(cores.core_table(network)["label"][:4]) == list("abcd")
    club = cores.rich_club(network, replicates=20)
    assert club[club["degree"] == 1]["density"].item() == 1
    same_degrees = cores.swapped(network, 3)
    assert dict(same_degrees.degree()) == dict(network.degree())


def test_networks_of_the_same_degrees_are_equally_likely() -> None:
    # The degrees of a hexagon fit 5!/2 = 60 hexagons and C(6,3)/2 = 10 pairs of triangles.
    hexagon = nx.cycle_graph(6)
    found = Counter(
        nx.number_connected_components(cores.swapped(hexagon, seed)) for seed in range(1500)
    )
    assert found[2] / 1500 == pytest.approx(10 / 70, abs=0.035)  # four standard errors
    star = nx.star_graph(5)
    assert nx.utils.graphs_equal(cores.swapped(star, 1), star)


def test_large_networks_are_repeated_less_often_and_say_so(monkeypatch) -> None:
    monkeypatch.setattr(cores, "MANY_TIES", 10)
    monkeypatch.setattr(communities, "MANY_TIES", 10)
    network = network_of(nx.karate_club_graph().edges)
    told: list[tuple[str, int, int]] = []
    with pytest.warns(paths.Approximation, match="10 networks instead of 100; exact on demand"):
        cores.rich_club(network, progress=lambda *done: told.append(done))
    assert told[-1] == ("shuffling networks", 10, 10)
    with pytest.warns(paths.Approximation, match="10 runs instead of 50"):
        found = communities.communities(network)
    assert (found["stability"] * 10 * (found.groupby("community")["node"].transform("size") - 1)
            ).map(lambda number: abs(number - round(number)) < 1e-9).all()  # tenths  # fmt: skip
    with paths.exact():
        assert len(communities.partitions(network)) == 50


def exceptions(network: nx.Graph, inner: set[str]) -> int:
    size = len(inner)
    outer = set(network) - inner
    missing = size * (size - 1) // 2 - network.subgraph(inner).number_of_edges()
    return missing + network.subgraph(outer).number_of_edges()


@st.composite
def small_networks(draw: st.DrawFn) -> nx.Graph:
    size = draw(st.integers(0, 7))
    pairs = [(f"n{i}", f"n{j}") for i in range(size) for j in range(i)]
    kept = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    countries = draw(st.lists(st.sampled_from(["", "CN", "KZ"]), min_size=size, max_size=size))
    network = nx.Graph()
    network.add_nodes_from(
        (f"n{i}", {"label": f"n{i}", "kind": "University", "country": countries[i]})
        for i in range(size)
    )
    network.add_edges_from(kept, weight=draw(st.sampled_from([0.25, 1.0])))
    return network


@settings(max_examples=40, deadline=None)
@given(small_networks())
def test_no_other_core_has_fewer_exceptions(network: nx.Graph) -> None:
    names = list(network)
    every = (
        {name for bit, name in enumerate(names) if number >> bit & 1}
        for number in range(2 ** len(names))
    )
    assert exceptions(network, set(cores.core(network))) == min(
        exceptions(network, one) for one in every
    )


@settings(max_examples=40, deadline=None)
@given(small_networks())
def test_every_measure_bears_isolated_nodes_one_country_and_nothing(network: nx.Graph) -> None:
    frame = measures.table(network, measures.NODE_MEASURES)
    assert sorted(frame["node"]) == sorted(network)
    assert frame["degree"].sum() == 2 * network.number_of_edges()
    assert frame["constraint"].isna().sum() == sum(1 for _ in nx.isolates(network))
    whole = measures.summary(network).set_index("measure")["value"]
    assert math.isnan(whole["ei-index"]) or -1 <= whole["ei-index"] <= 1
    assert len(communities.communities(network, runs=3)) == len(network)
    communities.comparison(network, runs=3)
    mixing.bridges(network)
    cores.core_table(network)
    cores.rich_club(network, replicates=2)


@settings(max_examples=30, deadline=None)
@given(small_networks())
def test_names_do_not_matter(network: nx.Graph) -> None:
    renamed = nx.relabel_nodes(network, {name: f"z{name}" for name in network})
    for name in ("betweenness", "constraint", "effective-size", "closeness", "liaison", "ei"):
        one, other = measures.node_measure(name)(network), measures.node_measure(name)(renamed)
        for node, value in one.items():
            assert other[f"z{node}"] == pytest.approx(value, nan_ok=True)


def test_mixing_between_two_countries() -> None:
    network = network_of([("a", "b"), ("b", "c"), ("c", "d")], a="CN", b="CN", c="KZ", d="KZ")
    assert mixing.ei_index(network) == pytest.approx((1 - 2) / 3)
    assert mixing.cross_share(network) == pytest.approx(1 / 3)
    found = mixing.bridges(network).set_index("label")
    assert set(found.index) == {"b", "c"}
    assert found["only"].all()
    # Paths a-c, a-d lead over b and a-d, b-d over c: two of the four pairs of countries each.
    assert found["between"].to_dict() == {"b": 2.0, "c": 2.0}
    alone = network_of([("a", "b")], a="CN", b="CN")
    assert mixing.ei_index(alone) == -1
    assert math.isnan(mixing.country_assortativity(alone))


def test_who_only_attended_is_told_from_who_agreed() -> None:
    network = network_of([("a", "b"), ("a", "c"), ("a", "d")], a="CN", b="KZ", c="KZ", d="KZ")
    for end, kinds in (("b", ["event"]), ("c", ["agreement", "event"]), ("d", ["visit"])):
        network.edges["a", end]["kinds"] = kinds
    assert mixing.attendance_share(network) == pytest.approx(2 / 3)
    found = mixing.bridges(network).set_index("label")
    assert found.loc["a", ["tied", "partners", "met"]].tolist() == [3, 1, 2]
    assert found.loc["b", ["tied", "partners", "met"]].tolist() == [1, 0, 1]
    assert found.index[:2].tolist() == ["a", "c"]  # partners before those who only met
    assert math.isnan(mixing.attendance_share(network_of([])))


def test_the_rand_index_is_that_of_igraph() -> None:
    one, other = [0, 0, 1, 1, 2, 2, 2], [0, 1, 1, 1, 2, 2, 0]
    theirs = igraph.compare_communities(one, other, method="adjusted_rand")
    assert communities.rand_index(one, other) == pytest.approx(theirs)
    assert communities.rand_index(one, one) == 1
    assert math.isnan(communities.rand_index([], []))


def test_what_is_no_measure_is_named() -> None:
    with pytest.raises(UsageError, match=r"no measure of nodes 'fame'.*degree"):
        measures.table(nx.Graph(), ["fame"])
    with pytest.raises(UsageError, match=r"no measure of networks 'fame'"):
        measures.network_measure("fame")
