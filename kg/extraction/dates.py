"""Dates in a text, with the precision that the words give them.

A day without a year stays ``--09-22`` as stated; where the date of publication is known, the
year that brings the day nearest to it is added, and what was stated is kept beside it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from kg.extraction.lexicon import alternatives, words
from kg.extraction.record import Span

# A report speaks of days at most this long before its publication, or announces them.
_PAST, _FUTURE = 300, 60


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date expression: where it stands, what it states, what that makes with a year, its words."""

    span: Span
    stated: str
    value: str
    words: str = ""

    @property
    def resolved(self) -> bool:
        """Whether the value adds something that the words do not state."""
        return self.value != self.stated


def find(text: str, published: str | None = None, language: str = "en") -> list[FoundDate]:
    """Return the dates of a text, left to right, without overlaps.

    Parameters
    ----------
    text : str
        The text.
    published : str, optional
        ISO date of publication. Weekdays, "yesterday", "this year" need it; without it they
        are no dates.
    language : str
        Language of the words for months and days.
    """
    day = _day(published)
    found: list[FoundDate] = []
    taken = 0
    candidates = [
        item for rule in _rules(language) for item in _matches(rule, text, day, published)
    ]
    for item in sorted(candidates, key=lambda item: (item.span[0], -item.span[1])):
        if item.span[0] >= taken:
            found.append(item)
            taken = item.span[1]
    return found


def _day(published: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(published) if published else None
    except ValueError:
        return None


Rule = tuple[
    re.Pattern[str], Callable[[re.Match[str], dt.date | None, int | None], str | None], bool
]


def _matches(
    rule: Rule, text: str, day: dt.date | None, published: str | None
) -> Iterator[FoundDate]:
    pattern, read, relative = rule
    year = int(published[:4]) if published and published[:4].isdigit() else None
    for match in pattern.finditer(text):
        stated = read(match, day, year)
        if stated is not None and _is_real(stated):
            value = stated if relative else with_year(stated, day)
            yield FoundDate(match.span(), stated, value, match.group())


def _is_real(date: str) -> bool:
    """Whether a stated date exists in the calendar."""
    for part in date.split("/"):
        full = part.replace("--", "2000-", 1) if part.startswith("--") else part
        try:
            dt.date.fromisoformat((full + "-01-01")[:10])
        except ValueError:
            return False
    return True


def with_year(stated: str, day: dt.date | None) -> str:
    """Add the year that brings a day without one nearest to the day of publication.

    A day further than 300 days before or 60 days after it stays without a year.

    Examples
    --------
    >>> with_year("--12-30", dt.date(2024, 1, 5))
    '2023-12-30'
    >>> with_year("--09-22", None)
    '--09-22'
    """
    if day is None or not stated.startswith("--"):
        return stated
    start, _, end = stated.partition("/")
    for year in sorted(
        (day.year - 1, day.year, day.year + 1), key=lambda y: _distance(start, y, day)
    ):
        distance = _distance(start, year, day, signed=True)
        if -_PAST <= distance <= _FUTURE:
            first = f"{year}{start[1:]}"
            if not end:
                return first
            last = f"{year}{end[1:]}"
            return f"{first}/{last if last >= first else f'{year + 1}{end[1:]}'}"
    return stated


def _distance(month_day: str, year: int, day: dt.date, *, signed: bool = False) -> int:
    month, number = int(month_day[2:4]), int(month_day[5:7] or 1)
    try:
        days = (dt.date(year, month, number) - day).days
    except ValueError:  # 29 February of a common year
        return 10_000
    return days if signed else abs(days)


def _iso(year: str | int | None, month: int, number: str | int | None) -> str:
    day = f"-{int(number):02d}" if number else ""
    return f"{int(year):04d}-{month:02d}{day}" if year else f"--{month:02d}{day}"


@cache
def _rules(language: str) -> tuple[Rule, ...]:
    data = words(language, "dates")
    months = {name.lower(): i for i, name in enumerate(data["months"], 1)}
    months |= {name.lower(): i for i, name in enumerate(data["short_months"], 1)}
    month = rf"(?:{'|'.join(sorted(months, key=len, reverse=True))})\.?"

    def number(name: str) -> int:
        return months[name.lower().rstrip(".")]

    return (*_day_rules(month, number), *_relative_rules(language, month, number))


def _day_rules(month: str, number: Callable[[str], int]) -> Iterator[Rule]:
    day = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
    year = r"(?:19|20)\d\d"
    dash = r"\s?(?:[–—-]|to|and|until|till|through)\s?"
    flags = re.IGNORECASE

    def days(text: str) -> str:
        return re.sub(r"\D", "", text)

    def span(m: re.Match[str], d: dt.date | None, y: int | None) -> str:
        first, last = number(m["m"]), number(m["m2"] or m["m"])
        return f"{_iso(m['y0'] or m['y'], first, days(m['d']))}/{_iso(m['y'], last, days(m['d2']))}"

    def one(m: re.Match[str], d: dt.date | None, y: int | None) -> str:
        return _iso(m["y"], number(m["m"]), days(m["d"]))

    yield (
        re.compile(
            rf"\b(?P<m>{month})\s(?P<d>{day})(?:,?\s(?P<y0>{year}))?{dash}(?:(?P<m2>{month})\s)?(?P<d2>{day})\b(?:,?\s(?P<y>{year}))?(?!\d)",
            flags,
        ),
        span,
        False,
    )
    yield (
        re.compile(
            rf"\b(?P<d>{day})(?:\s(?P<m>{month}))(?:,?\s(?P<y0>{year}))?{dash}(?P<d2>{day})\s(?P<m2>{month})(?:,?\s(?P<y>{year}))?",
            flags,
        ),
        span,
        False,
    )
    yield (
        re.compile(
            rf"\b(?P<d>{day}){dash}(?P<d2>{day})\s(?:of\s)?(?P<m>{month})(?P<m2>)(?P<y0>)(?:,?\s(?P<y>{year}))?",
            flags,
        ),
        span,
        False,
    )
    yield (
        re.compile(
            rf"\b(?P<m>{month})\s(?P<d>{day})\b(?!\s?%)(?:,?\s(?:of\s)?(?P<y>{year}))?(?!\d|:\d)",
            flags,
        ),
        one,
        False,
    )
    yield (
        re.compile(rf"\b(?P<d>{day})\s(?:of\s)?(?P<m>{month})\b(?:,?\s(?P<y>{year}))?", flags),
        one,
        False,
    )
    yield (
        re.compile(rf"\b(?P<m>{month})(?:\sof)?,?\s(?P<y>{year})\b", flags),
        lambda m, d, y: _iso(m["y"], number(m["m"]), None),
        False,
    )
    yield (
        re.compile(r"\b(?P<y>(?:19|20)\d\d)-(?P<m>0\d|1[0-2])-(?P<d>[0-3]\d)\b"),
        lambda m, d, y: m.group(),
        False,
    )
    yield (
        re.compile(r"\b(?P<d>[0-3]?\d)\.(?P<m>0\d|1[0-2])\.(?P<y>(?:19|20)\d\d)\b"),
        lambda m, d, y: _iso(m["y"], int(m["m"]), m["d"]),
        False,
    )
    yield (
        re.compile(
            r"\b(?:in|of|since|during|by|late|early|mid-|year|and|until|throughout)\s(?:the\s(?:year|summer|autumn|spring|winter|fall|end|beginning)\s(?:of\s)?)?(?P<y>(?:19|20)\d\d)\b(?![-–/]\d)",
            flags,
        ),
        lambda m, d, y: m["y"],
        False,
    )


def _relative_rules(language: str, month: str, number: Callable[[str], int]) -> Iterator[Rule]:
    data = words(language, "dates")
    weekdays = {name.lower(): i for i, name in enumerate(data["weekdays"])}
    flags = re.IGNORECASE

    def shifted(days: int) -> Callable[[re.Match[str], dt.date | None, int | None], str | None]:
        return lambda m, d, y: (d + dt.timedelta(days)).isoformat() if d else None

    def weekday(m: re.Match[str], d: dt.date | None, y: int | None) -> str | None:
        if d is None:
            return None
        back = (d.weekday() - weekdays[m["w"].lower()]) % 7
        back += 7 if m["last"] and back == 0 else 0
        return (d - dt.timedelta(back)).isoformat()

    def months_year(
        shift: int,
    ) -> Callable[[re.Match[str], dt.date | None, int | None], str | None]:
        return lambda m, d, y: _iso(y + shift, number(m["m"]), None) if y else None

    def years(shift: int) -> Callable[[re.Match[str], dt.date | None, int | None], str | None]:
        return lambda m, d, y: str(y + shift) if y else None

    def last_month(m: re.Match[str], d: dt.date | None, y: int | None) -> str | None:
        if d is None:
            return None
        return _iso(d.year if number(m["m"]) < d.month else d.year - 1, number(m["m"]), None)

    names = "|".join(data["weekdays"])
    yield (re.compile(rf"\b(?P<last>last\s)?(?P<w>{names})\b", flags), weekday, True)
    yield (re.compile(rf"\blast\s(?P<m>{month})\b", flags), last_month, True)
    for key, shift in (("last_year", -1), ("this_year", 0), ("next_year", 1)):
        phrase = alternatives(data[key])
        yield (
            re.compile(rf"\b(?P<m>{month})\s(?:of\s)?(?:{phrase})\b", flags),
            months_year(shift),
            True,
        )
        yield (re.compile(rf"\b(?:{phrase})\b", flags), years(shift), True)
    for key, shift in (("today", 0), ("yesterday", -1), ("tomorrow", 1)):
        yield (re.compile(rf"\b(?:{alternatives(data[key])})\b", flags), shifted(shift), True)
