from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.documents.document import Document
from kg.errors import GraphError
from kg.graph.shelf import Shelf


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from("cabé"), st.none() | st.integers())))
def test_it_is_a_mapping_in_the_order_of_its_keys(steps: list[tuple[str, int | None]]) -> None:
    shelf, known = Shelf[int](), dict[str, int]()
    for key, value in steps:
        if value is not None:
            shelf[key] = known[key] = value
        elif key in known:
            del shelf[key], known[key]
        else:
            with pytest.raises(KeyError):
                del shelf[key]
    assert list(shelf.items()) == sorted(known.items())
    assert len(shelf) == len(known)
    assert [key in shelf for key in "abc"] == [key in known for key in "abc"]


def test_what_is_taken_out_is_a_copy() -> None:
    shelf = Shelf[Document]()
    shelf["a"] = document = Document("a", "", "en", "urn:a")
    assert shelf["a"] == document
    assert shelf["a"] is not document
    with pytest.raises(KeyError):
        shelf["b"]


def test_a_disk_that_is_full_is_told() -> None:
    shelf = Shelf[str]()
    shelf._disk.execute("PRAGMA max_page_count = 4")
    with pytest.raises(GraphError, match="full") as told:
        shelf["a"] = "x" * 100_000
    assert "TMPDIR" in (told.value.remedy or "")
