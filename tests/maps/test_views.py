import networkx as nx
import pytest

from kg.errors import UsageError
from kg.maps.views import between, compare, focus, matching, years


@pytest.fixture
def network():
    found = nx.Graph()
    for name, places in (
        ("Lan", ["Gansu"]),
        ("Wen", ["Gansu"]),
        ("Alma", ["Almaty"]),
        ("Tau", []),
        ("Far", []),
    ):
        found.add_node(name, label=f"{name} University", aliases=[f"{name}U"], places=places)
    found.add_edge("Lan", "Alma", years=[2023, 2025], weight=0.5)
    found.add_edge("Lan", "Wen", years=[2023], weight=0.5)
    found.add_edge("Wen", "Tau", years=[2025], weight=0.5)
    found.add_edge("Tau", "Alma", years=[2024], weight=0.5)
    found.add_edge("Tau", "Far", weight=0.5)
    return found


def test_focus_keeps_what_is_near(network):
    assert set(focus(network, "Lan University")) == {"Lan", "Alma", "Wen"}
    assert set(focus(network, "lanu", depth=2)) == {"Lan", "Alma", "Wen", "Tau"}
    assert focus(network, "LanU").graph["chosen"] == "Lan"


def test_a_place_stands_for_its_institutions(network):
    assert matching(network, "gansu") == ["Lan", "Wen"]
    assert "chosen" not in focus(network, "Gansu").graph


def test_between_keeps_two_sides_and_who_is_tied_to_both(network):
    found = between(network, "Gansu", "Almaty")
    assert set(found) == {"Lan", "Wen", "Alma", "Tau"}
    assert not found.has_edge("Lan", "Wen")
    sides = {"Lan": "west", "Wen": "west", "Alma": "east", "Tau": ""}
    assert dict(found.nodes(data="side")) == sides


def test_compare_tells_new_kept_and_lost(network):
    found = compare(network, 2023, 2025)
    changes = {frozenset(pair[:2]): pair[2] for pair in found.edges(data="change")}
    assert changes == {
        frozenset({"Lan", "Alma"}): "kept",
        frozenset({"Lan", "Wen"}): "lost",
        frozenset({"Wen", "Tau"}): "new",
    }
    assert "Far" not in found
    assert "change" not in network.edges["Lan", "Alma"]
    with pytest.raises(UsageError, match="compared with itself"):
        compare(network, 2023, 2023)


def test_an_unknown_name_is_told_with_near_ones(network):
    with pytest.raises(UsageError, match=r"Almas.*did you mean.*Alma"):
        focus(network, "Almas")
    with pytest.raises(UsageError, match="empty name"):
        matching(network, " ")


def test_years_come_from_the_dates_where_none_are_given():
    assert years({"first": "2021-03-01", "last": "2024"}) == [2021, 2024]
    assert years({"first": "long ago"}) == []
