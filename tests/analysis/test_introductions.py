"""Chains in a network made by hand; the right answers were worked out beforehand.

a and z sat in one hall with eight others: no step. q holds posts at a and at m, m and z signed
a paper: a - q - m - z. A dinner of two joins a and z loosely where it is believed little.
"""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from made import fact, facts_of

from kg.analysis.facts import Fact, Facts
from kg.analysis.introductions import COLUMNS, acquaintance, halls, introductions
from kg.errors import UsageError
from kg.graph.store import Graph

HALL = fact("hall", "event", "a", "z", *(f"guest{number}" for number in range(8)))
CHAIN = (
    fact("t1", "post", "q", "a"),
    fact("t2", "post", "q", "m"),
    fact("paper", "agreement", "m", "z"),
)
DINNER = fact("dinner", "event", "a", "z", sure=0.1)


def made(*given: Fact) -> Facts:
    found = facts_of(*given)
    for name, data in found.nodes.items():
        data["label"] = name  # type: ignore[index]
    return found


def test_a_crowd_in_one_hall_introduces_nobody() -> None:
    assert introductions(made(HALL), "a", "z").empty
    assert len(introductions(made(HALL), "a", "z", small=10)) == 1


def test_a_forum_is_a_crowd_however_few_of_its_guests_are_named(corpus_graph: Path) -> None:
    forum = fact("forum", "event", "a", "z")
    assert len(introductions(made(forum), "a", "z")) == 1
    assert introductions(made(forum), "a", "z", crowds={"forum"}).empty
    graph = Graph.open(corpus_graph)
    forums = graph.query("SELECT ?event { ?event coop:eventType etype:forum }")
    assert len(forums) > 0
    assert set(forums["event"]) <= halls(graph)


def test_the_chain_goes_through_who_held_posts_and_each_step_is_quoted() -> None:
    found = introductions(made(HALL, *CHAIN), "a", "z")
    assert list(found.columns) == list(COLUMNS)
    steps = found[["chain", "step", "who", "knows", "quote"]].itertuples(index=False, name=None)
    assert list(steps) == [
        ("shortest", 1, "a", "q", "words of t1"),
        ("shortest", 2, "q", "m", "words of t2"),
        ("shortest", 3, "m", "z", "words of paper"),
    ]


def test_the_strongest_chain_may_be_longer_than_the_shortest() -> None:
    found = introductions(made(HALL, *CHAIN, DINNER), "a", "z")
    assert found["chain"].tolist() == ["shortest", "strongest", "strongest", "strongest"]
    # of the dinner 1 - exp(-0.1 / 5); of each step of the other 1 - exp(-3 / 5), a third of a third
    assert found["strength"].tolist() == pytest.approx(
        [1 - math.exp(-0.02), *[1 - math.exp(-0.6)] * 3], abs=0.001
    )


def test_one_is_not_introduced_to_itself_nor_to_the_unknown() -> None:
    with pytest.raises(UsageError, match="one and the same"):
        introductions(made(HALL), "a", "a")
    assert introductions(made(*CHAIN), "a", "nobody").empty
    assert len(acquaintance(made(HALL))) == 0


MET = fact("met", "visit", "q", "p", on=date(2021, 5, 1), report="of the visit")
P_POST = fact("t3", "post", "p", "z", report="of the visit")


def test_a_post_counts_only_if_it_was_held_on_the_day_of_the_meeting() -> None:
    later = fact("t1", "post", "q", "a", on=date(2024, 1, 1))  # seen in the post in 2024 only
    assert introductions(made(later, MET, P_POST), "a", "z").empty
    around = replace_days(later, date(2020, 1, 1), date(2024, 1, 1))
    found = introductions(made(around, MET, P_POST), "a", "z")
    assert found["knows"].tolist() == ["q", "p", "z"]
    same = fact("t1", "post", "q", "a", on=date(2024, 1, 1), report="of the visit")
    assert len(introductions(made(same, MET, P_POST), "a", "z")) == 3


def test_a_person_asked_about_is_known_whatever_their_post() -> None:
    later = fact("t1", "post", "q", "a", on=date(2024, 1, 1))
    found = introductions(made(later, MET, P_POST), "q", "z")
    assert found["knows"].tolist() == ["p", "z"]


def replace_days(given: Fact, *days: date) -> Fact:
    told = tuple(
        replace(one, published=day, document=f"report of {day}")
        for each in given.members.values()
        for one in each[:1]
        for day in days
    )
    return replace(given, members=dict.fromkeys(given.members, told), first=None, last=None)
