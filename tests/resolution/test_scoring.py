"""`kg evaluate --resolution`: the goals on the corpus, and what an error does to the figures."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import RecordError
from kg.resolution.scoring import Agreement, read_gold
from resolution.samples import CORPUS


def test_the_goals_are_reached_on_the_gold_records() -> None:
    table = Agreement.of(read_gold(CORPUS)).table().set_index("kind")
    assert table.loc["all", "mentions"] >= 547
    assert table.loc["all", "F1"] >= 0.98
    assert table.loc["Person", "merges"] == 0
    assert table["pair F1"].min() >= 0.95


def test_a_wrong_merge_is_counted_and_named() -> None:
    gold = read_gold(CORPUS)
    right = Agreement.of(gold)
    one, other = ("en-0001", "e16"), ("en-0001", "e15")
    wrong = replace(right, found={**right.found, one: right.found[other]})
    table = wrong.table().set_index("kind")
    assert table.loc["Person", "merges"] >= 1
    assert table.loc["Person", "splits"] >= 1
    assert table.loc["Person", "F1"] < right.table().set_index("kind").loc["Person", "F1"]
    errors = wrong.differences("Person")
    assert set(errors["error"]) == {"merged", "split"}
    assert gold.name(one) in {*errors["name"], *errors["other name"]}


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"clusters": 3}'])
def test_clusters_that_cannot_be_read_are_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "identity.gold.json").write_text(text)
    with pytest.raises(RecordError, match="cannot be read"):
        read_gold(tmp_path)


def test_missing_clusters_and_strange_entries_are_told(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="no gold clusters"):
        read_gold(tmp_path)
    data = {"clusters": [{"name": "X", "members": [["d9", "e1"]]}]}
    (tmp_path / "identity.gold.json").write_text(json.dumps(data))
    with pytest.raises(RecordError, match="no record has"):
        read_gold(tmp_path)
