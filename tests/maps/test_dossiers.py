import networkx as nx
import pandas as pd
import pytest

from kg.maps.dossiers import QUERIES, described

SENTENCE = {"sentence": "s", "quote": "They signed.", "title": "Report", "source": "", "date": None}
ROWS = {
    "sentences": [SENTENCE],
    "people": [{"node": "a", "who": "p", "name": "Anna", "post": "Rector", "sentence": "s"}] * 2,
    "agreements": [
        {"node": "a", "fact": "f", "name": "F", "status": "planned", "day": None, "sentence": "s"},
        {
            "node": "a",
            "fact": "f",
            "name": "F",
            "status": "signed",
            "day": "2024-05",
            "sentence": "s",
        },
        {"node": "a", "fact": "g", "name": "G", "status": "planned", "day": None, "sentence": "s"},
    ],
    "ties": [
        {
            "one": "a",
            "other": "b",
            "fact": "f",
            "earliest": "2024",
            "confidence": 0.7,
            "area": "x/language",
        },
        {"one": "a", "other": "b", "fact": "g", "issued": "2021-01-01", "confidence": 0.9},
    ],
}


class Held:
    """A graph that answers the queries of dossiers with given rows."""

    def query(self, sparql):
        texts = {path.stem: path.read_text(encoding="utf-8") for path in QUERIES.glob("*.rq")}
        [name] = [name for name, text in texts.items() if text == sparql]
        return pd.DataFrame(ROWS.get(name, []))


@pytest.fixture
def found():
    network = nx.Graph()
    network.add_node("a", label="Lanzhou University", country="CN")
    network.add_node("b", label="Satbayev University", country="KZ")
    network.add_edge("b", "a", weight=0.5)
    return described(network, Held())


def test_facts_are_told_once_and_the_signed_are_no_longer_planned(found):
    assert [fact["name"] for fact in found.nodes["a"]["people"]] == ["Anna"]
    papers = {fact["name"]: fact["status"] for fact in found.nodes["a"]["agreements"]}
    assert papers == {"F": "signed", "G": "planned"}
    assert found.nodes["a"]["people"][0]["evidence"][0]["quote"] == "They signed."


def test_a_city_in_the_name_counts_if_it_is_spelled_so(found):
    assert (found.nodes["a"]["place"], found.nodes["a"]["placeFromName"]) == ("Lanzhou", True)
    assert "place" not in found.nodes["b"]  # the town of Satpayev is spelled otherwise


def test_ties_get_years_confidence_and_areas(found):
    tie = found.edges["a", "b"]
    assert (tie["years"], tie["confidence"], tie["areas"]) == ([2021, 2024], 0.9, ["language"])
