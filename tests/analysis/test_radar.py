"""Changes in a network made by hand; the right answers were worked out beforehand."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree

import pytest
from made import fact, facts_of

from kg.analysis.radar import COLUMNS, atom, radar
from kg.graph.sightings import Sighting

OLD, DAY, NEW = date(2021, 5, 1), date(2022, 1, 1), date(2022, 6, 1)


def sighting(tenure: str, person: str, first: date, last: date) -> Sighting:
    return Sighting(tenure, person, person, "a", "University A", "Rector", True, first, last)


FACTS = facts_of(
    fact("f1", "agreement", "a", "k", on=OLD),  # goes quiet: 3 · 0.5^(245/365.25/3) = 2.57, 0.40
    fact("f2", "agreement", "b", "k", on=OLD),
    fact("f3", "event", "b", "k", on=NEW),  # goes on
    fact("f4", "event", "a", "b", on=NEW),  # met first
    fact("f5", "agreement", "a", "m", on=NEW),  # new partners
    fact("f6", "event", "k", "m", on=OLD),  # too weak to be missed: 0.86 / 5, 0.16
    fact("t2", "post", "q", "a", on=NEW),
    newest=NEW,
)
HELD = [
    sighting("t1", "p", OLD, OLD),
    sighting("t2", "q", NEW, NEW),
    sighting("t0", "r", date(2020, 1, 1), date(2020, 1, 1)),
]


def test_the_radar_tells_what_changed() -> None:
    for node in FACTS.nodes:
        FACTS.nodes[node]["label"] = node  # type: ignore[index]
    found = radar(FACTS, HELD, DAY)
    assert list(found.columns) == list(COLUMNS)
    told = found[["date", "change", "who", "other"]].itertuples(index=False, name=None)
    assert list(told) == [
        ("2022-06-01", "first met", "a", "b"),
        ("2022-06-01", "new partners", "a", "m"),
        ("2022-06-01", "post changed hands", "q", "p"),
        ("2021-05-01", "grown quiet", "a", "k"),
    ]
    quiet = found[found["change"] == "grown quiet"].iloc[0]
    assert quiet["strength"] == pytest.approx(0.402, abs=0.001)
    assert quiet["quote"] == "words of f1"
    assert found["quote"].ne("").all()


def test_a_feed_is_well_formed_and_says_the_same_again() -> None:
    found = radar(FACTS, HELD, DAY)
    found.loc[0, "quote"] = "<script>alert(1)</script>\x00 & more"
    found.loc[0, "source"] = "javascript:alert(1)"
    text = atom(found, "https://kg.example.org/radar", "2022-06-01")
    root = ElementTree.fromstring(text)
    names = {"a": "http://www.w3.org/2005/Atom"}
    entries = root.findall("a:entry", names)
    assert len(entries) == len(found)
    assert len({entry.findtext("a:id", namespaces=names) for entry in entries}) == len(found)
    assert "javascript" not in text
    assert "<script" not in text
    assert text == atom(found, "https://kg.example.org/radar", "2022-06-01")
