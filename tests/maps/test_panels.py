"""The card of an institution on a map: names, kin, heads, and what rolls up from its parts."""

from __future__ import annotations

from typing import Any

import networkx as nx

from kg.maps.cards import cards
from kg.maps.contents import gather

NAMES = [
    {"node": "lake", "name": "Lakeside University", "tag": "en"},
    {"node": "lake", "name": "Lake Institute", "tag": "en"},
    {"node": "lake", "name": "湖畔大学", "tag": "zh"},
    {"node": "lake", "name": "LU"},
    {"node": "lake", "name": "https://ror.org/012345678", "tag": "address"},
]
KIN = [
    {"part": "bridges", "part_label": "Faculty of Bridges", "whole": "lake", "whole_label": "Lake"},
    {
        "part": "piers",
        "part_label": "Office of Piers",
        "whole": "bridges",
        "whole_label": "Bridges",
    },
    {
        "part": "bridges",
        "part_label": "Faculty of Bridges",
        "whole": "piers",
        "whole_label": "Office of Piers",
    },
]


def fact(name: str, status: str = "signed") -> dict[str, Any]:
    return {"fact": name, "name": name, "status": status, "day": "", "evidence": []}


DEEDS = {
    "agreements": {
        "lake": [fact("own")],
        "bridges": [fact("own"), fact("theirs"), fact("hoped", "planned")],
        "piers": [fact("deep"), fact("theirs")],
        "sands": [fact("other")],
    },
    "events": {"piers": [fact("feast", "")]},
}
FORMER = {"https://ror.org/012345678": ("Lake Institute",)}


def lake() -> dict[str, Any]:
    heads = {"lake": [fact("Lin Yue", "")]}
    return cards(NAMES, KIN, heads, DEEDS, FORMER)["lake"]


def test_names_stand_by_language_and_those_of_the_past_apart() -> None:
    assert lake()["names"] == [
        {"tag": "zh", "names": ["湖畔大学"]},
        {"tag": "en", "names": ["Lakeside University"]},
        {"tag": "", "names": ["LU"]},
    ]
    assert lake()["former"] == ["Lake Institute"]
    assert lake()["identifiers"] == ["https://ror.org/012345678"]


def test_kin_is_told_one_step_away() -> None:
    found = cards(NAMES, KIN, {}, DEEDS, {})
    assert found["lake"]["parts"] == [{"iri": "bridges", "name": "Faculty of Bridges"}]
    assert [each["iri"] for each in found["bridges"]["part_of"]] == ["lake", "piers"]


def test_what_parts_did_rolls_up_at_any_remove_and_once_and_plans_do_not() -> None:
    rolled = [(one["kind"], one["name"], one["through"]) for one in lake()["rolled"]]
    assert rolled == [
        ("agreements", "theirs", "Faculty of Bridges"),
        ("agreements", "deep", "Office of Piers"),
        ("events", "feast", "Office of Piers"),
    ]


def test_a_page_takes_no_address_that_a_browser_should_not_open() -> None:
    network = nx.Graph()
    card = lake()
    card["identifiers"].append("javascript:alert(1)")
    network.add_node("lake", card=card)
    network.add_node("river", card={"names": "what", "parts": [3], "heads": None})
    found = {node["name"]: node["card"] for node in gather(network).nodes}
    assert found["lake"]["identifiers"] == ["https://ror.org/012345678"]
    assert found["river"]["names"] == found["river"]["parts"] == found["river"]["heads"] == []
