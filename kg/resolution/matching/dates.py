"""Dates of reduced precision, compared: days, months, years, ranges, days without a year."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_POINT = re.compile(r"^(?P<year>\d{4}|-)(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?$")
_DAYS = 372  # twelve months of 31 days: enough to compare, without a calendar


class Span(NamedTuple):
    """First and last day, counted from 1 January of `year`, and whether a day is stated."""

    year: int | None
    first: int
    last: int
    exact: bool


@lru_cache(maxsize=20_000)
def span(date: str) -> Span | None:
    """Read an ISO 8601 date, a range, or a date without a year; None for anything else.

    Examples
    --------
    >>> span("--09-22") == Span(None, 269, 269, True)
    True
    """
    start, _, end = date.partition("/")
    first, last = _point(start), _point(end or start)
    if first is None or last is None:
        return None
    years = (last.year or 0) - (first.year or last.year or 0)
    until = last.last + _DAYS * max(0, years)
    if until < first.first:  # from December to January, without years
        until += _DAYS
    return Span(first.year or last.year, first.first, until, first.exact)


def overlap(one: str | None, other: str | None) -> bool:
    """Return whether two dates can be of one event; False if either is missing.

    Examples
    --------
    >>> overlap("--09-22", "2025-09-22"), overlap("2024-09-22", "2025-09-22")
    (True, False)
    """
    first, second = span(one or ""), span(other or "")
    if first is None or second is None:
        return False
    shift = 0
    if first.year is not None and second.year is not None:
        shift = (second.year - first.year) * _DAYS
    return first.first <= second.last + shift and second.first + shift <= first.last


def _point(date: str) -> Span | None:
    match = _POINT.match(date)
    if match is None or (match["year"] == "-" and match["month"] is None):
        return None
    year = None if match["year"] == "-" else int(match["year"])
    if match["month"] is None:
        return Span(year, 0, _DAYS - 1, False)
    month = (int(match["month"]) - 1) * 31
    if match["day"] is None:
        return Span(year, month, month + 30, False)
    day = month + int(match["day"]) - 1
    return Span(year, day, day, True)
