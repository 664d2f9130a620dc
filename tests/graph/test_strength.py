"""Expected strengths are those that the design of the ontology gives for its formula."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.graph.strength import WEIGHTS, Fact, Vote, belief, strength

TODAY = date(2025, 6, 1)
SURE = (Vote("d", "They signed.", 0.92),)
CONFIDENCES = st.floats(min_value=0, max_value=1)


def test_a_memorandum_and_a_workshop() -> None:
    facts = [Fact("agreement", SURE, first=TODAY, last=TODAY), Fact("facility", SURE)]
    assert strength(facts, TODAY) == pytest.approx(0.77, abs=0.005)


def test_three_visits_of_the_last_two_years() -> None:
    days = [date(2024, 4, 1), date(2024, 11, 1), date(2025, 3, 1)]
    visits = [Fact("visit", (Vote("d", "They came.", 0.9),), first=day, last=day) for day in days]
    assert strength(visits, TODAY) == pytest.approx(0.49, abs=0.03)


def test_one_old_memorandum() -> None:
    day = date(2015, 1, 1)
    assert strength([Fact("agreement", SURE, first=day, last=day)], TODAY) < 0.06


def test_a_forum_of_sixty_ties_nobody_much() -> None:
    forum = Fact("event", (Vote("d", "All came.", 1.0),), 60, TODAY, TODAY)
    assert strength([forum], TODAY) == pytest.approx(0.003, abs=0.0005)


def test_reports_add_to_belief_but_the_same_words_do_not() -> None:
    one, other = Vote("a", "They met.", 0.9), Vote("b", "A meeting was held.", 0.9)
    assert belief([one]) == pytest.approx(0.9)
    assert belief([one, other]) == pytest.approx(0.99)
    assert belief([one, Vote("b", "  They MET", 0.9)]) == pytest.approx(0.9)
    assert belief([one, Vote("a", "In one report twice.", 0.8)]) == pytest.approx(0.9)
    assert belief([one, other]) == pytest.approx(0.99)
    assert belief([replace(each, release="r") for each in (one, other)]) == pytest.approx(0.9)


def test_what_has_no_date_counts_as_one_half_life_old() -> None:
    old = date(2022, 6, 1)
    undated = strength([Fact("event", SURE)], TODAY)
    assert undated == pytest.approx(
        strength([Fact("event", SURE, first=old, last=old)], TODAY), abs=1e-3
    )
    assert undated == strength([Fact("event", SURE, first=TODAY, last=TODAY)], None)


def test_what_lies_ahead_is_not_older_than_today() -> None:
    ahead = date(2026, 1, 1)
    assert strength([Fact("event", SURE, last=ahead)], TODAY) == strength(
        [Fact("event", SURE, last=TODAY)], TODAY
    )


@given(st.lists(st.tuples(st.sampled_from("abc"), st.text(max_size=3), CONFIDENCES)))
def test_belief_is_a_probability_and_at_least_the_best_vote(
    votes: list[tuple[str, str, float]],
) -> None:
    found = belief(Vote(*vote) for vote in votes)
    assert 0 <= found <= 1
    assert found >= max((vote[2] for vote in votes), default=0) - 1e-12


@given(st.lists(st.tuples(st.sampled_from(sorted(WEIGHTS)), CONFIDENCES, st.integers(2, 99))))
def test_strength_is_in_bounds_and_grows_with_every_fact(
    facts: list[tuple[str, float, int]],
) -> None:
    made = [Fact(kind, (Vote("d", "x", sure),), crowd) for kind, sure, crowd in facts]
    found = strength(made, TODAY)
    assert 0 <= found <= 1
    assert strength([*made, Fact("facility", SURE)], TODAY) >= found
    assert math.isfinite(found)
