"""Dates as ISO 8601 writes them: whether they exist, and others some days away."""

from __future__ import annotations

import datetime as dt
import re


def shifted(date: str, days: int) -> str | None:
    """Return a day so many days later; a range counts from its first day."""
    first = date.partition("/")[0]
    if not re.fullmatch(r"(?:\d{4}|-)-\d\d-\d\d", first):
        return None
    bare = first.startswith("--")
    try:
        day = dt.date.fromisoformat(first.replace("--", "2000-", 1) if bare else first)
        later = (day + dt.timedelta(days)).isoformat()
    except (ValueError, OverflowError):
        return None
    return f"-{later[4:]}" if bare else later


def is_real(date: str) -> bool:
    """Whether a stated date exists in the calendar."""
    for part in date.split("/"):
        full = part.replace("--", "2000-", 1) if part.startswith("--") else part
        try:
            dt.date.fromisoformat((full + "-01-01")[:10])
        except ValueError:
            return False
    return True


def iso(year: str | int | None, month: int, number: str | int | None = None) -> str:
    """Return a date as ISO 8601 writes it, ``--MM-DD`` without a year."""
    day = f"-{int(number):02d}" if number else ""
    return f"{int(year):04d}-{month:02d}{day}" if year else f"--{month:02d}{day}"
