from kg.maps.communities import communities
from kg.maps.layout.two_countries import Tie


def test_two_cliques_with_one_bridge_are_two_communities():
    cliques = [Tie(a + at, b + at, 1.0) for at in (0, 5) for a in range(5) for b in range(a)]
    found = communities(11, [*cliques, Tie(0, 5, 0.1)])
    assert found == [0] * 5 + [1] * 5 + [2]


def test_without_ties_everyone_is_alone():
    assert communities(3, []) == [0, 1, 2]
