"""Names and texts found as people type them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import GraphError
from kg.search.folding import folded
from kg.search.index import Index, Name, Text, make

THINGS = {
    "org-1": ("Northern University of Technology", "NUT", "Северный технический университет"),
    "org-2": ("Southern University", "南方大学"),
    "org-3": ("Northern Academy of Music",),
    "person-1": ("Aigerim Bekova", "Айгерим Бекова"),
    "person-2": ("Beka Aigerimov",),
    "place-1": ("Ülken",),
}
TEXTS = (
    Text("doc-1", "A visit", "The rector signed a memorandum. Students sang."),
    Text("doc-2", "Визит", "Ректор подписал меморандум о сотрудничестве."),
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    path = tmp_path_factory.mktemp("index") / "names.sqlite"
    names = [
        Name(key, said[0], key.split("-")[0], name, 1)
        for key, said in THINGS.items()
        for name in said
    ]
    make(path, names, TEXTS)
    return Index(path)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("Northern University of Technology", "org-1"),
        ("northern uni", "org-1"),
        ("university northern", "org-1"),
        ("nut", "org-1"),
        ("северный", "org-1"),
        ("Severnyi tehnicheskii", "org-1"),
        ("Nothern Universty of Technlogy", "org-1"),
        ("南方", "org-2"),
        ("nanfang", "org-2"),
        ("nan fang da xue", "org-2"),
        ("Sotuhern Univeristy", "org-2"),
        ("aigerim bekova", "person-1"),
        ("бекова", "person-1"),
        ("Aigreim Bekova", "person-1"),
        ("ulken", "place-1"),
        ("ÜLKEN", "place-1"),
    ],
)
def test_a_name_is_found(index: Index, typed: str, key: str) -> None:
    assert index.names(typed)[0].key == key


def test_kinds_are_kept_apart(index: Index) -> None:
    assert {name.kind for name in index.names("northern", kinds=("org",))} == {"org"}
    assert index.names("northern", kinds=("person",)) == []


def test_each_thing_comes_once_with_the_name_that_fits(index: Index) -> None:
    keys = [name.key for name in index.names("u")]
    assert len(keys) == len(set(keys))
    assert index.names("Айгерим")[0].text == "Айгерим Бекова"


def test_what_is_called_otherwise_is_not_found(index: Index) -> None:
    assert index.names("qqqq zzzz") == []
    assert index.names("") == index.names("!!!") == []


def test_labels_lead_to_their_things(index: Index) -> None:
    assert index.keys(["Southern University", "nobody", ""]) == {"Southern University": "org-2"}


def test_texts_are_found_by_words_and_beginnings(index: Index) -> None:
    (found,) = index.passages("memorand rector")
    assert found.key == "doc-1"
    assert "memorandum" in found.parts[1::2]
    assert [one.key for one in index.passages("меморандум")] == ["doc-2"]
    assert [one.key for one in index.passages("podpisal")] == ["doc-2"]
    assert index.passages("tuba") == index.passages('"') == []


@given(st.text(max_size=80))
def test_nothing_that_is_typed_is_an_error(index: Index, text: str) -> None:
    assert len(index.names(text)) <= 10
    index.passages(text)


@given(st.text(max_size=40))
def test_folding_folds_once(text: str) -> None:
    assert folded(folded(text)) == folded(text)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(GraphError):
        Index(tmp_path / "none.sqlite")
