from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.graph.dates import Bounds, bounds, full_date, spoken


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023-10-14", Bounds("2023-10-14", "2023-10-14")),
        ("2024-02", Bounds("2024-02-01", "2024-02-29")),
        ("2023-02", Bounds("2023-02-01", "2023-02-28")),
        ("2023", Bounds("2023-01-01", "2023-12-31")),
        ("--09-22", Bounds(month_day="--09-22")),
        ("--02-29", Bounds(month_day="--02-29")),
        ("2023-08-01/2023-08-25", Bounds("2023-08-01", "2023-08-25")),
        ("2023-08/2023-09", Bounds("2023-08-01", "2023-09-30")),
        ("--11-23/--11-27", Bounds(month_day="--11-23", month_day_end="--11-27")),
        ("2023-08-01/", Bounds(earliest="2023-08-01")),
        ("/2023-08-25", Bounds(latest="2023-08-25")),
    ],
)
def test_a_date_of_each_precision_has_its_bounds(text: str, expected: Bounds) -> None:
    assert bounds(text) == expected


@pytest.mark.parametrize(
    "text", ["", "/", "autumn", "2023-13", "2023-02-30", "--02-30", "0000", "20231014", "２０２３"]
)
def test_what_is_no_date_has_no_bounds(text: str) -> None:
    assert bounds(text) == Bounds()


@given(st.text())
def test_any_text_has_bounds_in_order_or_none(text: str) -> None:
    found = bounds(text)
    for day in (found.earliest, found.latest):
        assert day is None or date.fromisoformat(day)
    assert "/" in text or (found.earliest or "") <= (found.latest or "")
    assert isinstance(spoken(text), str)


@given(st.dates())
def test_a_full_date_is_its_own_bounds(day: date) -> None:
    text = day.isoformat()
    assert bounds(text) == Bounds(text, text)
    assert full_date(text) == text
    assert re.fullmatch(rf"{day.day} \w+ {text[:4]}", spoken(text))


@pytest.mark.parametrize("text", [None, "2025-09", "2025", "--09-22", "2025-02-30", "yesterday"])
def test_less_than_a_full_date_is_none(text: str | None) -> None:
    assert full_date(text) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2025-09-22", "22 September 2025"),
        ("2025-09", "September 2025"),
        ("2025", "2025"),
        ("--09-22", "22 September"),
        ("2025-07-01/2025-07-12", "1 July 2025 – 12 July 2025"),
        ("last autumn", "last autumn"),
        ("2025-40-01", "2025-40-01"),
    ],
)
def test_a_date_is_said_as_people_say_it(text: str, words: str) -> None:
    assert spoken(text) == words
