import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.resolution.matching.dates import overlap, span


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("2025-09-22", "2025-09-22", True),
        ("--09-22", "2025-09-22", True),
        ("2024-09-22", "2025-09-22", False),
        ("2025-09-21", "2025-09-22", False),
        ("2025-09", "2025-09-22", True),
        ("2025", "2025-09-22", True),
        ("2025-08", "2025-09-22", False),
        ("2025-09-20/2025-09-25", "2025-09-22", True),
        ("2025-12-30/2026-01-02", "2026-01-01", True),
        ("--12-30/--01-02", "--12-31", True),
        ("--09-22", "--09-23", False),
        (None, "2025-09-22", False),
        ("soon", "2025-09-22", False),
    ],
)
def test_dates_that_can_be_of_one_event(one: str | None, other: str, expected: bool) -> None:
    assert overlap(one, other) is expected
    assert overlap(other, one) is expected


@given(st.text())
def test_no_text_fails(text: str) -> None:
    assert span(text) is None or span(text).first <= span(text).last
