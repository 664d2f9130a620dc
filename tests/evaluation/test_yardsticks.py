"""Annotations of others, on small samples in their formats that say the same thing in each."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import DocumentError, UsageError
from kg.evaluation.yardsticks import FORMATS, measure
from kg.extraction.pipeline import load

SAMPLES = Path(__file__).parents[1] / "data" / "yardsticks"
WHOLE = ("dwie", "re3d", "brat")  # knowledgenet annotates facts only
NAMES = {
    "Olga Remizova": "Person",
    "Karkaraly University": "Organization",
    "Tan Zeyu": "Person",
    "Amber Museum": "Organization",
    "Oslo": "Place",
    "Almaty": "Place",
    "Kazakhstan": "Place",
}
RELATIONS = {
    ("works for", "Olga Remizova", "Karkaraly University"),
    ("works for", "Tan Zeyu", "Amber Museum"),
    ("located_in", "Karkaraly University", "Almaty"),
    ("located_in", "Almaty", "Kazakhstan"),
}


def sample(form: str) -> Path:
    return SAMPLES / ("knowledgenet.jsonl" if form == "knowledgenet" else form)


@pytest.mark.parametrize("form", WHOLE)
def test_every_format_is_read_into_the_same_entities_and_relations(form: str) -> None:
    (annotation,) = FORMATS[form](sample(form))
    assert {entity.name: entity.type for entity in annotation.entities} == NAMES
    name = {entity.id: entity.name for entity in annotation.entities}
    assert {(kind, name[a], name[b]) for kind, a, b in annotation.relations} == RELATIONS


def test_of_knowledgenet_the_passages_that_were_looked_through_are_read() -> None:
    first, second = FORMATS["knowledgenet"](sample("knowledgenet"))
    assert first.relations == {("works for", "Olga Remizova", "Karkaraly University")}
    assert first.kinds == {"works for"}  # nobody marked dates of birth for us
    assert (second.relations, second.kinds) == (frozenset(), {"located_in"})


@pytest.mark.parametrize("form", WHOLE)
def test_the_extraction_is_measured_in_types_both_sides_know(form: str) -> None:
    measured = measure(form, sample(form), load())
    assert (measured.texts, measured.failed) == (1, [])
    table = measured.table().set_index("kind")
    for kind, gold in (("Person", 2), ("Organization", 2), ("Place", 3), ("works for", 2)):
        assert (table.loc[kind, "gold"], table.loc[kind, "hits"]) == (gold, gold), kind
    assert table.loc["located_in", "gold"] == 2


def test_facts_are_measured() -> None:
    table = measure("knowledgenet", sample("knowledgenet"), load()).table()
    assert table[table["kind"] == "works for"][["gold", "found", "hits"]].to_numpy().tolist() == [
        [1, 1, 1]
    ]


def test_a_text_in_a_language_that_is_not_read_is_counted(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Анна Берг работает в университете.", encoding="utf-8")
    (tmp_path / "a.ann").write_text("T1\tPERSON 0 9\tАнна Берг\n", encoding="utf-8")
    measured = measure("brat", tmp_path, load())
    assert (measured.texts, len(measured.failed)) == (1, 1)


def test_an_unknown_format_is_told() -> None:
    with pytest.raises(UsageError, match="one of: dwie, knowledgenet, re3d, brat"):
        measure("conll", SAMPLES, load())


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_there_is_told(form: str, tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="here"):
        measure(form, tmp_path, load())


@pytest.mark.parametrize(
    ("form", "name", "content"),
    [
        ("dwie", "a.json", "[1, 2]"),
        ("dwie", "a.json", "{"),
        ("knowledgenet", "a.jsonl", '{"passages": 3}'),
        ("re3d", "documents.json", '{"_id": "1", "text": "A."}'),
        ("brat", "a.ann", "T1\tPERSON 0 9\tAnna Berg\n"),
    ],
)
def test_data_that_do_not_hold_are_told_with_their_file(
    form: str, name: str, content: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_text(content)
    with pytest.raises(DocumentError, match="not in this format") as caught:
        measure(form, tmp_path, load())
    assert str(tmp_path) in str(caught.value)
