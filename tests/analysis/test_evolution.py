from __future__ import annotations

import math
from datetime import date

import pytest
from made import fact, facts_of, network_of

from kg.analysis.evolution import change_points, growth, series, snapshots
from kg.analysis.facts import Facts
from kg.analysis.prospects import prospects
from kg.errors import UsageError


def lives() -> Facts:
    return facts_of(
        fact("f1", "agreement", "a", "k", on=date(2021, 2, 1)),
        fact("f2", "agreement", "a", "k", on=date(2022, 8, 1)),
        fact("f3", "agreement", "a", "m", on=date(2022, 9, 1)),
        fact("f4", "agreement", "b", "m", on=date(2023, 1, 5)),
        fact("f5", "agreement", "b", "k"),
        newest=date(2023, 2, 1),
    )


def test_who_came_who_went_and_what_lasted() -> None:
    found = growth(lives()).set_index("period")
    assert list(found.index) == ["2021", "2022", "2023"]
    assert found["ties"].tolist() == [1, 2, 1]
    assert found["new"].tolist() == [1, 1, 1]
    assert found["ended"].tolist() == [0, 0, 2]
    assert found["entered"].tolist() == [2, 1, 1]
    assert found["left"].tolist() == [0, 0, 2]
    assert math.isnan(found["persistence"]["2021"])
    assert found["persistence"].tolist()[1:] == [1.0, 0.0]


def test_quarters_have_no_gaps_and_age_ends_with_them() -> None:
    found = {period: network for period, _, network in snapshots(lives(), "quarter")}
    assert list(found)[:2] == ["2021-Q1", "2021-Q2"]
    assert list(found)[-1] == "2023-Q1"
    assert len(found) == 9
    assert found["2021-Q1"].edges["a", "k"]["weight"] == pytest.approx(
        1 - math.exp(-3 * 0.5 ** (58 / 365.25 / 3) / 5)
    )
    with pytest.raises(UsageError, match="no period 'week'"):
        growth(lives(), "week")


def test_a_series_with_its_interval() -> None:
    found = series(lives(), "edges", replicates=30)
    assert found["value"].tolist() == [1, 2, 1]
    assert (found["low"] <= found["value"]).all()
    assert (found["value"] <= found["high"]).all()
    assert list(series(Facts(), "edges").columns) == ["period", "value"]


@pytest.mark.parametrize(
    ("counts", "turns"),
    [
        ([], []),
        ([3], []),
        ([5, 4, 6, 5, 5, 4, 6], []),
        ([0, 0, 0, 0, 9, 11, 10], [4]),
        ([2, 3, 2, 2, 30, 28, 31, 2, 3, 2], [4, 7]),
    ],
)
def test_a_series_turns_where_its_level_changes(counts: list[int], turns: list[int]) -> None:
    assert change_points(counts) == turns


def test_prospects_are_scored_as_published() -> None:
    network = network_of(
        [("a", "h"), ("k", "h"), ("h", "z"), ("a", "g"), ("k", "g")], a="CN", k="KZ"
    )
    found = prospects(network)
    assert found[["label", "other_label"]].to_numpy().tolist() == [["k", "a"]]
    assert found["through"][0] == ["g", "h"]
    assert found["score"][0] == pytest.approx(1 / math.log(3) + 1 / math.log(2))
    assert prospects(network, "resource-allocation")["score"][0] == pytest.approx(1 / 3 + 1 / 2)
    assert prospects(network, "common-neighbours")["score"][0] == 2
    assert prospects(network, "preferential-attachment")["score"][0] == 4
    assert len(prospects(network, between=None)) == 4
    with pytest.raises(UsageError, match="no score 'luck'"):
        prospects(network, "luck")
