"""Whom to turn to next, in a network made by hand; worked out beforehand.

k (Kazakhstan) works with m; m works with a and b (China), b with c too. So a and b are open to
k, each with the index 1/deg(m) = 1/3, and c is not, for they share no partner.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from made import fact, facts_of

from kg.analysis.facts import Fact, Facts
from kg.analysis.openings import hindsight, openings, twins
from kg.errors import UsageError
from kg.graph.store import Graph

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
         "reasons": "Both are partners of M."},
        {"rank": 2, "institution": "B", "country": "CN", "score": 0.333,
         "reasons": "Both are partners of M. Both have cooperated in mining."},
    ]  # fmt: skip
    assert openings(made(*TIES), "k", known, top=1)["institution"].tolist() == ["A"]


def test_a_common_hall_is_told_as_such() -> None:
    met = (
        fact("g1", "agreement", "k", "m", on=date(2020, 1, 1)),
        fact("g2", "event", "m", "a", on=date(2020, 1, 1)),
    )
    (reason,) = openings(made(*met), "k", {})["reasons"]
    assert reason == "Both are tied to M, at least one of them by events alone."


def test_who_is_tied_already_is_not_proposed() -> None:
    found = openings(made(*TIES, fact("f5", "event", "k", "a", on=date(2021, 1, 1))), "k", {})
    assert found["institution"].tolist() == ["B"]


def test_of_one_without_ties_nothing_is_said() -> None:
    with pytest.raises(UsageError, match="no tie joins it"):
        openings(made(*TIES), "q", {})


def test_the_ranking_is_tested_on_earlier_years() -> None:
    came = fact("f5", "agreement", "k", "a", on=date(2021, 6, 1))
    row, regions = hindsight(made(*TIES, came)).to_dict("records")
    assert row["cut"] == "2020-12-31"
    assert (row["score"], regions["score"]) == ("resource-allocation", "regions")
    # candidates: k and m with a and b, less m's two ties; of k with a and k with b one came
    assert (row["candidates"], row["came"], row["auc"]) == (2, 1, 0.5)


def test_partners_among_others_of_the_two_regions_are_a_reason() -> None:
    # a sits in East, k and m in Steppe; s of Steppe and e of East are partners, t and e only met
    others = (
        fact("g1", "agreement", "s", "e", on=date(2020, 1, 1)),
        fact("g2", "event", "t", "e", on=date(2020, 1, 1)),
    )
    facts = made(*TIES, *others)
    for name, region in {"s": "r-steppe", "t": "r-steppe", "e": "r-east"}.items():
        facts.nodes[name]["region"] = region  # type: ignore[index]
    reasons = openings(facts, "k", {}).set_index("institution")["reasons"]
    twin = "Their regions, East and Steppe, are joined: E and S are partners."
    assert reasons["A"] == f"Both are partners of M. {twin}"
    assert reasons["B"] == "Both are partners of M."  # nobody knows where b is


def test_ones_own_tie_is_no_tie_of_others_and_the_regions_are_tested_alone() -> None:
    # In 2020 m and a are partners, which says nothing of m with a, nor of k with a: a is an end.
    came = fact("f5", "agreement", "k", "a", on=date(2021, 6, 1))
    assert hindsight(made(*TIES, came)).set_index("score")["auc"]["regions"] == 0.5
    facts = made(*TIES, came, fact("g1", "agreement", "s", "e", on=date(2020, 1, 1)))
    facts.nodes["s"].update(region="r-steppe", country="KZ")  # type: ignore[attr-defined]
    facts.nodes["e"].update(region="r-east", country="CN")  # type: ignore[attr-defined]
    found = hindsight(facts).set_index("score")
    # untied pairs: k-a, k-b, k-e, m-e, s-a, s-b. m-a and s-e join the regions: k-a has one of
    # others (s-e), k-e has m-a, s-a none but its own, m-e none but its own. k-a came.
    assert found["candidates"]["regions"] == 6
    assert found["auc"]["regions"] == pytest.approx((4 + 0.5) / 5)


def test_a_paper_of_the_two_regions_themselves_is_a_reason() -> None:
    joined = {frozenset({"r-east", "r-steppe"}): ("Memorandum of East and Steppe",)}
    found = openings(made(*TIES), "k", {}, joined=joined).set_index("institution")
    twin = " Their regions have a paper of their own: Memorandum of East and Steppe."
    assert found["reasons"].to_dict() == {
        "A": f"Both are partners of M.{twin}",
        "B": "Both are partners of M.",  # nobody knows where b is
    }
    assert found["rank"].to_dict() == {"A": 1, "B": 2}  # as without it


def test_regions_that_signed_a_paper_are_twins(corpus_graph: Path) -> None:
    with Graph.open(corpus_graph) as graph:
        found = twins(graph)
        said = graph.query(
            "SELECT ?one ?other { ?a a coop:Agreement ; coop:party ?one, ?other ."
            " ?e coop:supports ?a ; coop:factuality fact:actual ."
            " ?one a schema:AdministrativeArea . ?other a schema:AdministrativeArea"
            " FILTER(STR(?one) < STR(?other)) }"
        )
    pairs = {frozenset(row) for row in said.itertuples(index=False, name=None)}
    assert pairs <= set(found)
    assert [papers for pair, papers in found.items() if pair in pairs] != []
    assert all(len(pair) == 2 and papers for pair, papers in found.items())
