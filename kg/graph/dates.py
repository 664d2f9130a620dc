"""The dates of a record, of any precision, as bounds and as words.

A record's date is ISO 8601 with its precision (``2023-10``), without a year (``--10-14``), or
a range of two of these (``2023-08-01/2023-08-25``).
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

_DATE = re.compile(
    r"(?:(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?|--(?P<m>\d\d)-(?P<d>\d\d))",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a date allows, each in its ISO 8601 form, or None where it does not say.

    Parameters
    ----------
    earliest, latest : str or None
        First and last day that are possible, ``2023-10-01``.
    month_day, month_day_end : str or None
        Day stated without a year, and the last day of a range of such, ``--09-22``.
    """

    earliest: str | None = None
    latest: str | None = None
    month_day: str | None = None
    month_day_end: str | None = None


def bounds(text: str) -> Bounds:
    """Return the bounds of a date; all None for what is no date of the calendar.

    Examples
    --------
    >>> bounds("2024-02")
    Bounds(earliest='2024-02-01', latest='2024-02-29', month_day=None, month_day_end=None)
    """
    first, slash, last = text.partition("/")
    begin = _one(first)
    if not slash:
        return begin
    end = _one(last)
    return Bounds(begin.earliest, end.latest, begin.month_day, end.month_day)


def spoken(text: str) -> str:
    """Return a date as one says it: ``22 September 2025``, ``October 2023``, ``22 September``."""
    first, slash, last = text.partition("/")
    return f"{_spoken(first)} – {_spoken(last)}" if slash else _spoken(first)


def full_date(text: str | None) -> str | None:
    """Return the text if it is a full date of the calendar, otherwise None."""
    if text is None:
        return None
    day = _one(text)
    return text if day.earliest == text else None


def _one(text: str) -> Bounds:
    match = _DATE.fullmatch(text)
    if match is None:
        return Bounds()
    try:
        if match["m"]:
            date(2000, int(match["m"]), int(match["d"]))  # a leap year: 29 February has a place
            return Bounds(month_day=text)
        return _between(int(match["year"]), int(match["month"] or 0), int(match["day"] or 0))
    except ValueError:
        return Bounds()


def _between(year: int, month: int, day: int) -> Bounds:
    first = date(year, month or 1, day or 1)
    last_month = month or 12
    last = date(year, last_month, day or calendar.monthrange(year, last_month)[1])
    return Bounds(first.isoformat(), last.isoformat())


def _spoken(text: str) -> str:
    match = _DATE.fullmatch(text)
    if match is None:
        return text
    month = int(match["month"] or match["m"] or 0)
    if not 0 <= month <= 12:
        return text
    day = int(match["day"] or match["d"] or 0)
    words = (str(day or ""), calendar.month_name[month], match["year"] or "")
    return " ".join(filter(None, words))
