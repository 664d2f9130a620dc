"""Resampling, null models, leaving reports out: what they keep and what they must find."""

from __future__ import annotations

import random
from collections import Counter

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made import fact, facts_of

from kg.analysis.facts import Facts
from kg.analysis.nulls import curveball, null_model
from kg.analysis.projections import NEWMAN, project
from kg.analysis.uncertainty import bootstrap, contributions, draw_reports, draw_world
from kg.errors import UsageError


@st.composite
def some_facts(draw: st.DrawFn) -> Facts:
    members = [f"o{number}" for number in range(7)]
    found = [
        fact(
            f"f{number}",
            draw(st.sampled_from(["event", "agreement"])),
            *sorted(draw(st.sets(st.sampled_from(members), min_size=1))),
            report=f"r{draw(st.integers(0, 3))}",
            sure=draw(st.sampled_from([0.5, 1.0])),
        )
        for number in range(draw(st.integers(0, 8)))
    ]
    return facts_of(*found)


def sizes(facts: Facts) -> tuple[dict[str, int], Counter[tuple[str, str]]]:
    shared = Counter((one.kind, name) for one in facts.facts for name in one.members)
    return {one.iri: len(one.members) for one in facts.facts}, shared


@settings(max_examples=50, deadline=None)
@given(some_facts(), st.integers(0, 5))
def test_curveball_keeps_degrees_and_sizes(facts: Facts, seed: int) -> None:
    assert sizes(curveball(facts, random.Random(seed))) == sizes(facts)


def test_curveball_is_uniform_over_the_matrices_of_its_margins() -> None:
    facts = facts_of(fact("f", "event", "x", "y"), fact("g", "event", "y", "z"))
    # y is at both; x and z can change places: two matrices.
    chance = random.Random(7)
    seen = Counter(frozenset(curveball(facts, chance).facts[0].members) for _ in range(2000))
    assert set(seen) == {frozenset("xy"), frozenset("yz")}
    assert abs(seen[frozenset("xy")] - 1000) < 4 * (2000 * 0.25) ** 0.5


def test_clustering_that_a_projection_makes_by_itself_is_no_finding() -> None:
    chance = random.Random(3)
    people = [f"o{number:02}" for number in range(30)]
    facts = facts_of(*(fact(f"f{n:02}", "event", *chance.sample(people, 4)) for n in range(25)))
    found = null_model(facts, "clustering", replicates=100, weighting=NEWMAN)
    assert found["value"][0] > 0.3  # three times that of a random network of this density
    assert abs(found["z"][0]) < 3
    assert found["p"][0] > 0.01


def test_two_closed_circles_are_one() -> None:
    chance = random.Random(3)
    circles = [[f"{side}{number}" for number in range(12)] for side in "ab"]
    facts = facts_of(
        *(fact(f"f{n:02}", "event", *chance.sample(circles[n % 2], 3)) for n in range(24))
    )
    for name in facts.nodes:
        facts.nodes[name]["country"] = "CN" if name.startswith("a") else "KZ"
    found = null_model(facts, "ei-index", replicates=99)
    assert found["value"][0] == -1
    assert found["z"][0] < -3
    assert found["p"][0] == pytest.approx(0.02)  # none of 99 was as low, on two sides


def test_a_bootstrap_is_repeatable_and_holds_what_was_seen() -> None:
    facts = facts_of(
        *(fact(f"f{n}", "agreement", "hub", f"o{n}", report=f"r{n}") for n in range(8)),
        fact("g", "agreement", "o1", "o2", report="r9"),
    )
    found = bootstrap(facts, "degree", replicates=100, seed=4)
    pd.testing.assert_frame_equal(found, bootstrap(facts, "degree", replicates=100, seed=4))
    first = found.iloc[0]
    assert (first["node"], first["value"], first["rank"]) == ("hub", 8, 1)
    assert (first["rank_low"], first["rank_high"]) == (1, 1)
    # A report is in a sample of 9 with 1 - (8/9)^9 = 65 %: counts come out too low, as told.
    assert first["mean"] == pytest.approx(8 * (1 - (8 / 9) ** 9), rel=0.08)
    assert (found["low"] <= found["high"]).all()


def test_worlds_hold_a_statement_as_often_as_it_is_believed() -> None:
    facts = facts_of(fact("f", "agreement", "a", "k", sure=0.7))
    found = bootstrap(facts, "edges", over="confidences", replicates=1000)
    assert found["mean"][0] == pytest.approx(0.7, abs=0.05)
    meeting = facts_of(fact("f", "event", "a", "k", sure=0.7))
    both = bootstrap(meeting, "edges", over="confidences", replicates=1000)
    assert both["mean"][0] == pytest.approx(0.7**2, abs=0.05)  # each came or not by itself


@settings(max_examples=30, deadline=None)
@given(some_facts(), st.integers(0, 3))
def test_what_is_drawn_was_there(facts: Facts, seed: int) -> None:
    whole = {frozenset(edge) for edge in project(facts).edges}
    for draw in (draw_reports, draw_world):
        drawn = project(draw(facts, random.Random(seed)))
        assert {frozenset(edge) for edge in drawn.edges} <= whole
    for measure in ("strength", "density"):
        bootstrap(facts, measure, replicates=3)
        null_model(facts, measure, replicates=3)
        contributions(facts, measure)


def test_the_report_that_alone_makes_a_broker_is_found() -> None:
    facts = facts_of(
        fact("f", "agreement", "a", "k", report="r1"),
        fact("g", "agreement", "k", "m", report="r2"),
        fact("h", "agreement", "a", "k", report="r3"),
    )
    found = contributions(facts, "betweenness").set_index("report")
    assert found.index[0] == "r2"
    assert found.loc["r2", "ties"] == 1
    assert found.loc["r2", "change"] == -1
    assert (found.loc["r1", "ties"], found.loc["r1", "change"]) == (0, 0)
    assert contributions(facts, "edges")["change"].tolist() == [-1, 0, 0]


def test_what_cannot_be_drawn_is_named() -> None:
    with pytest.raises(UsageError, match="nothing is drawn over 'dice'"):
        bootstrap(Facts(), "degree", over="dice")
