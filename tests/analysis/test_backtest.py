"""The back-test of prospects, against every pair looked at one by one."""

from __future__ import annotations

import math
from datetime import date
from itertools import product

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made import NODES, fact, facts_of

from kg.analysis import backtest as module
from kg.analysis.backtest import Levels, backtest
from kg.analysis.facts import Facts
from kg.analysis.projections import project
from kg.analysis.prospects import REGIONS, SCORES, between_regions, of_others, regions_of
from kg.errors import UsageError


def test_the_figures_of_a_back_test() -> None:
    assert Levels.of([3, 2, 1], [True, False, False]).auc == 1
    assert Levels.of([1, 1, 1], [True, False, False]).auc == 0.5
    assert math.isnan(Levels.of([1, 2], [False, False]).auc)
    assert Levels.of([3, 2, 1], [True, False, True]).precision(2) == 0.5
    level = Levels.of([1, 1, 1, 1], [True, False, False, False])
    assert level.precision(2) == 0.25  # by expectation
    assert math.isnan(Levels.of([], []).precision(2))


def test_the_error_is_that_of_delong() -> None:
    # Placements worked out by hand: of the three that came 1, 1 and 1/2, of the two others
    # 1 and 2/3 lie below what came.
    found = Levels.of([4, 3, 1, 2, 0], [True, True, True, False, False])
    assert found.auc == pytest.approx(5 / 6)
    of_came = ((1 / 6) ** 2 * 2 + (1 / 3) ** 2) / 2
    of_others = (1 / 6) ** 2 * 2 / 1
    assert found.error == pytest.approx(math.sqrt(of_came / 3 + of_others / 2))
    assert math.isnan(Levels.of([1, 0], [True, False]).error)


def test_a_tie_that_closes_a_triangle_is_foretold() -> None:
    facts = facts_of(
        fact("f1", "agreement", "a", "m", on=date(2020, 1, 1)),
        fact("f2", "agreement", "m", "k", on=date(2020, 1, 1)),
        fact("f3", "agreement", "b", "c", on=date(2020, 1, 1)),
        fact("f4", "event", "a", "k", on=date(2022, 1, 1)),
    )
    assert NODES["m"]["country"] == "KZ"
    found = backtest(facts, ["2021"]).set_index("score")
    assert found["came"].tolist() == [1] * len(SCORES)
    assert found["partnered"].tolist() == [0] * len(SCORES)  # they only met
    assert found.loc["adamic-adar", "auc"] == 1
    assert found.loc["adamic-adar", "candidates"] == 3  # a-k, b-k, b-m
    assert found.loc["adamic-adar", "base"] == pytest.approx(1 / 3)
    with pytest.raises(UsageError, match="no score 'luck'"):
        backtest(facts, ["2021"], scores=["luck"])


MEMBERS = ["a", "b", "k", "m", "x", "y"]


@st.composite
def histories(draw: st.DrawFn) -> Facts:
    made = draw(
        st.lists(
            st.tuples(
                st.sampled_from(["agreement", "event", "facility"]),
                st.lists(st.sampled_from(MEMBERS), min_size=2, max_size=3, unique=True),
                st.sampled_from([2020, 2022]),
            ),
            max_size=9,
        )
    )
    return facts_of(
        *(fact(f"f{n}", kind, *names, on=date(year, 1, 1)) for n, (kind, names, year)
          in enumerate(made))
    )  # fmt: skip


def one_by_one(facts: Facts, between: tuple[str, str] | None, name: str) -> Levels:
    """Score every pair by itself, as `kg.analysis.prospects` does."""
    before, after = project(facts.where(until="2021")), project(facts.where(since="2021"))
    values, came = [], []
    for one, other in product(sorted(before), repeat=2):
        ends = (before.nodes[one]["country"], before.nodes[other]["country"])
        ordered = one < other if between is None or between[0] == between[1] else one != other
        if ordered and (between is None or ends == between) and not before.has_edge(one, other):
            values.append(score(before, name, one, other))
            came.append(after.has_edge(one, other))
    return Levels.of([round(value, 9) for value in values], came)


def score(network: nx.Graph, name: str, one: str, other: str) -> float:
    if name != REGIONS:
        return SCORES[name](network, one, other)
    joined = between_regions(network).get(regions_of(network, one, other), [])
    return float(len(of_others(joined, one, other)))


@given(
    facts=histories(),
    between=st.sampled_from([("KZ", "CN"), ("CN", "CN"), None]),
    name=st.sampled_from([*SCORES, REGIONS]),
    cells=st.sampled_from([1, 4_000_000]),
)
@settings(max_examples=60, deadline=None)
def test_blocks_of_pairs_give_what_each_pair_by_itself_gives(facts, between, name, cells) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_CELLS", cells)
        row = backtest(facts, ["2021"], between, [name], top=2).iloc[0]
    expected = one_by_one(facts, between, name)
    assert row["candidates"] == expected.hits.sum() + expected.others.sum()
    assert row["came"] == expected.hits.sum()
    for figure, value in (
        ("auc", expected.auc), ("se", expected.error), ("precision", expected.precision(2)),
    ):  # fmt: skip
        assert row[figure] == pytest.approx(value, nan_ok=True)
