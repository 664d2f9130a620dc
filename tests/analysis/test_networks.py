import math
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import pytest
from pyoxigraph import Quad, Store, parse

from kg.analysis.networks import network
from kg.errors import UsageError
from kg.graph.store import Graph

DATA = Path(__file__).parent / "data" / "cooperation.trig"
ID = "https://kg.example.org/id/"
TULPAR, LANXI, CONSULATE = (f"{ID}org-x-0000000{number}" for number in (1, 2, 3))
WEN, AIDANA, TIMUR = (f"{ID}person-p-0000000{number}" for number in (1, 2, 3))


def held(quads: Iterable[Quad] = ()) -> Graph:
    graph = Graph(Store(), read_only=False)
    named = defaultdict(list)
    for quad in quads:
        named[quad.graph_name].append(quad.triple)
    for name, triples in named.items():
        graph.put(name, triples)
    return graph


@pytest.fixture(scope="module")
def graph():
    return held(parse(path=DATA))


def test_institutions_are_joined_by_their_derived_ties(graph):
    found = network(graph)
    assert sorted(found.edges) == [(TULPAR, LANXI), (TULPAR, CONSULATE), (LANXI, CONSULATE)]
    edge = found.edges[TULPAR, LANXI]
    assert edge["weight"] == 0.54
    assert edge["kinds"] == ["agreement", "event"]  # the laboratory is only planned
    assert (edge["first"], edge["last"], edge["reports"]) == ("2023-03-02", "2025-09-22", 2)


def test_evidence_quotes_each_sentence_once_with_its_report(graph):
    assert network(graph).edges[TULPAR, LANXI]["evidence"] == [
        {
            "quote": "On 2 March 2023 the two universities signed a memorandum.",
            "title": "Memorandum signed",
            "source": "file:///reports/memorandum.txt",
            "date": "2023-03",
            "kind": "agreement",
            "what": "Memorandum between Tulpar State University and Lanxi University, 2 March 2023",
        },
        {
            "quote": "Tulpar State University held the Steppe and River Forum, "
            "and Lanxi University came.",
            "title": "Forum in Samal",
            "source": "https://news.example.org/forum",
            "date": "2025-09-25",
            "kind": "event",
            "what": "Steppe and River Forum, 22 September",
        },
    ]


def test_evidence_of_an_event_is_that_of_the_two_who_are_joined(graph):
    quotes = {e["quote"] for e in network(graph).edges[LANXI, CONSULATE]["evidence"]}
    assert any("Consul General" in quote for quote in quotes)
    assert not any("laboratory" in quote for quote in quotes)


def test_nodes_say_who_they_are(graph):
    node = network(graph).nodes[TULPAR]
    assert node == {
        "label": "Tulpar State University",
        "kind": "University",
        "country": "KZ",  # its seat is stated; the inferred country does not overrule that
        "aliases": ["TSU", "Тұлпар университеті"],
        "latitude": 43.25,
        "longitude": 76.95,
    }


def test_a_mission_belongs_to_the_state_that_sends_it(graph):
    assert network(graph).nodes[CONSULATE]["country"] == "CN"


def test_a_country_that_only_a_name_suggests_is_used_where_none_is_stated(graph):
    node = network(graph).nodes[LANXI]
    assert (node["country"], node["aliases"]) == ("CN", ["兰溪大学"])


@pytest.mark.parametrize(
    ("filters", "edges"),
    [
        ({"minimum": 0.1}, {(TULPAR, LANXI)}),
        ({"countries": ["cn"]}, {(LANXI, CONSULATE)}),
        ({"since": "2025"}, {(TULPAR, LANXI), (TULPAR, CONSULATE)}),
        ({"since": "2025-09-23"}, set()),
        ({"until": "2023"}, {(TULPAR, LANXI)}),
        ({"until": "2023-02"}, set()),
        ({"countries": []}, set()),
    ],
)
def test_filters(graph, filters, edges):
    assert set(network(graph, **filters).edges) == edges


def test_institutions_without_ties_are_kept_on_request(graph):
    assert set(network(graph, minimum=0.5)) == {TULPAR, LANXI}
    assert {TULPAR, LANXI, CONSULATE} <= set(network(graph, minimum=0.5, isolated=True))


def test_people_are_joined_by_what_both_attended(graph):
    found = network(graph, "people")
    assert set(found) == {WEN, AIDANA, TIMUR}
    # Newman's 1/(n - 1): the forum had three of them, the meeting two.
    assert found.edges[WEN, AIDANA]["weight"] == pytest.approx(1 - math.exp(-(1 / 2 + 1)))
    assert found.edges[AIDANA, TIMUR]["weight"] == pytest.approx(1 - math.exp(-1 / 2))
    assert found.edges[WEN, AIDANA]["reports"] == 2
    assert found.edges[WEN, AIDANA]["kinds"] == ["event"]
    assert (found.nodes[WEN]["kind"], found.nodes[WEN]["country"]) == ("Person", "CN")


def test_people_belong_to_the_organizations_of_their_posts(graph):
    found = network(graph, "affiliations")
    assert list(found.edges) == [(CONSULATE, WEN)]
    edge = found.edges[CONSULATE, WEN]
    assert edge["weight"] == pytest.approx(1 - (1 - 0.8) * (1 - 0.5))  # two reports agree
    assert {entry["what"] for entry in edge["evidence"]} == {"Consul General"}
    assert edge["kinds"] == ["post"]
    assert (edge["first"], edge["last"]) == ("2024-05-06", "2025-09-25")


def test_a_graph_without_ties_gives_a_network_without_nodes():
    for kind in ("organizations", "people", "affiliations"):
        assert list(network(held(), kind)) == []


def test_the_network_does_not_depend_on_the_order_of_the_quads(graph):
    turned = held(sorted(parse(path=DATA), key=str, reverse=True))
    for kind in ("organizations", "people", "affiliations"):
        one, other = network(graph, kind), network(turned, kind)
        assert list(one.nodes(data=True)) == list(other.nodes(data=True))
        assert list(one.edges(data=True)) == list(other.edges(data=True))


def test_an_unknown_kind_or_country_is_named():
    with pytest.raises(UsageError, match=r"no network of 'cities'.*organizations, people"):
        network(held(), "cities")
    with pytest.raises(UsageError, match="'CHN' is no country code"):
        network(held(), countries=["CHN"])
