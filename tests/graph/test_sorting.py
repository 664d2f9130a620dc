from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.graph.sorting import sorting

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=4)


@settings(deadline=None)
@given(st.lists(st.tuples(TEXTS, TEXTS)))
def test_rows_come_in_order_and_each_once(rows: list[tuple[str, str]]) -> None:
    with sorting(2, rows) as found:
        assert list(found) == sorted(set(rows))
        found.add("\U0010ffff", "")
        assert list(found)[-1] == ("\U0010ffff", "")


def test_nothing_is_left_behind() -> None:
    with sorting(1) as found:
        found.add("a")
    with pytest.raises(sqlite3.ProgrammingError):
        found.add("b")
