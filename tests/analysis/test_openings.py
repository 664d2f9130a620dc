"""Whom to turn to next, in a network made by hand; worked out beforehand.

k (Kazakhstan) works with m; m works with a and b (China), b with c too. So a and b are open to
k, each with the index 1/deg(m) = 1/3, and c is not, for they share no partner.
"""

from __future__ import annotations

from datetime import date

import pytest
from made import fact, facts_of

from kg.analysis.facts import Fact, Facts
from kg.analysis.openings import hindsight, openings
from kg.errors import UsageError

TIES = (
    fact("f1", "agreement", "k", "m", on=date(2020, 1, 1)),
    fact("f2", "agreement", "m", "a", on=date(2020, 1, 1)),
    fact("f3", "agreement", "m", "b", on=date(2020, 1, 1)),
    fact("f4", "agreement", "b", "c", on=date(2020, 1, 1)),
)


def made(*given: Fact) -> Facts:
    found = facts_of(*given)
    for name, data in found.nodes.items():
        data["label"] = name.upper()  # type: ignore[index]
    return found


def test_the_untied_are_ranked_with_their_reasons() -> None:
    known = {"k": frozenset({"mining"}), "b": frozenset({"mining", "language"})}
    found = openings(made(*TIES), "k", known)
    assert found.to_dict("records") == [
        {"rank": 1, "institution": "A", "country": "CN", "score": 0.333,
         "reasons": "Both are tied to M."},
        {"rank": 2, "institution": "B", "country": "CN", "score": 0.333,
         "reasons": "Both are tied to M. Both have cooperated in mining."},
    ]  # fmt: skip
    assert openings(made(*TIES), "k", known, top=1)["institution"].tolist() == ["A"]


def test_who_is_tied_already_is_not_proposed() -> None:
    found = openings(made(*TIES, fact("f5", "event", "k", "a", on=date(2021, 1, 1))), "k", {})
    assert found["institution"].tolist() == ["B"]


def test_of_one_without_ties_nothing_is_said() -> None:
    with pytest.raises(UsageError, match="no tie joins it"):
        openings(made(*TIES), "q", {})


def test_the_ranking_is_tested_on_earlier_years() -> None:
    came = fact("f5", "agreement", "k", "a", on=date(2021, 6, 1))
    (row,) = hindsight(made(*TIES, came)).to_dict("records")
    assert row["cut"] == "2020-12-31"
    # candidates: k and m with a and b, less m's two ties; of k with a and k with b one came
    assert (row["candidates"], row["came"], row["auc"]) == (2, 1, 0.5)
