import networkx as nx
import pytest

from kg.maps import groups
from kg.maps.contents import gather
from kg.maps.layout.two_countries import Tie


def test_a_large_network_is_gathered_by_place(monkeypatch):
    monkeypatch.setattr(groups, "MOST_SHOWN", 3)
    network = nx.Graph()
    for number, (country, place) in enumerate(
        [("KZ", "Almaty")] * 3 + [("CN", "Xi'an"), ("CN", "")]
    ):
        network.add_node(number, country=country, place=place)
    network.add_edge(0, 3, weight=0.5)
    network.add_edge(1, 3, weight=0.5)
    held = gather(network)
    found = [(group["place"], group["count"]) for group in held.groups]
    assert found == [("Almaty", 3), ("", 1), ("Xi'an", 1)]
    assert all("at" in group for group in held.groups)


def test_ties_of_members_add_up_to_ties_of_groups():
    nodes = [{"group": 0}, {"group": 0}, {"group": 1}]
    [tie] = groups.between(nodes, [Tie(0, 2, 0.5), Tie(2, 1, 0.5), Tie(0, 1, 0.9)])
    assert (tie.source, tie.target) == (0, 1)
    assert tie.weight == pytest.approx(0.75)
