"""Dates in a text, with the precision that the words give them.

A day without a year stays ``--09-22`` as stated; where the date of publication is known, the
year that brings the day nearest to it is added, and what was stated is kept beside it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial

from kg.extraction.isodates import is_real, iso, shifted
from kg.extraction.lexicon import Phrases, alternatives, either, starts, words
from kg.extraction.record import Span

# A report speaks of days at most this long before its publication, or announces them.
_PAST, _FUTURE = 300, 60
_NEWS = 60  # days before publication in which its news was
_YEAR = r"(?:19|20)\d\d"
_MONTH = re.compile(r"(?:\d{4}|-)-\d\d")
_CHRONICLE = 14  # days of a range of which a text tells day by day


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date expression.

    ``span`` is where it stands, ``stated`` what it says, ``value`` what that makes with the
    year of publication, ``words`` its words.
    """

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
    base = _Published.of(published)
    spans = [(match.span(), rule, match) for rule in _rules(language) for match in rule(text)]
    found: list[FoundDate] = []
    taken = 0
    for span, rule, match in sorted(spans, key=lambda item: (item[0][0], -item[0][1])):
        if span[0] < taken:
            continue
        date = rule.date(match, base, found)
        if date is not None:
            found.append(_in_told_year(date, found, base.day))
            taken = span[1]
    return found


def _in_told_year(
    date: FoundDate, told: Sequence[FoundDate], published: dt.date | None
) -> FoundDate:
    """Return a day without a year in the year of a coming date of the same month told before."""
    if not date.stated.startswith("--"):
        return date
    for other in reversed(told):
        year, month = other.stated[:4], other.stated[4:7]
        coming = published is None or other.stated[:10] > published.isoformat()
        if coming and year.isdigit() and month == date.stated[1:4]:
            return replace(date, value=date.stated.replace("--", f"{year}-"))
    return date


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
    distances = {year: _distance(start, year, day) for year in range(day.year - 1, day.year + 2)}
    for year in sorted(distances, key=lambda year: abs(distances[year])):
        if -_PAST <= distances[year] <= _FUTURE:
            first, last = f"{year}{start[1:]}", f"{year}{end[1:]}"
            if not end:
                return first
            return f"{first}/{last if last >= first else f'{year + 1}{end[1:]}'}"
    return stated


def _distance(month_day: str, year: int, day: dt.date) -> int:
    """Return how many days a month and day of a year lies behind `day`."""
    month, number = int(month_day[2:4]), int(month_day[5:7] or 1)
    try:
        return (dt.date(year, month, number) - day).days
    except ValueError:  # 29 February of a common year
        return 10_000


@dataclass(frozen=True, slots=True)
class _Published:
    """What is known of when a text was published: the day, or at least the year."""

    day: dt.date | None = None
    year: int | None = None

    @classmethod
    def of(cls, published: str | None) -> _Published:
        """Read an ISO date, which may stop at the year or month."""
        stated = re.match(r"[0-9]{4}", published or "")
        year = int(stated.group()) if stated else None
        try:
            day = dt.date.fromisoformat(published) if published else None
        except ValueError:
            day = None
        # Next to the ends of the calendar there is no "last Monday" and no "tomorrow".
        return cls(day if day and 1 < day.year < dt.MAXYEAR else None, year)

    def shifted(self, days: int) -> str | None:
        """Return the day so many days later."""
        return (self.day + dt.timedelta(days)).isoformat() if self.day else None


Reader = Callable[[re.Match[str], _Published], str | None]


@dataclass(frozen=True, slots=True)
class _Rule:
    """A form of dates, what it states, and whether that is already relative to publication."""

    pattern: re.Pattern[str]
    read: Reader
    relative: bool = False
    months: re.Pattern[str] | None = None  # what each match begins with

    def __call__(self, text: str) -> Iterator[re.Match[str]]:
        if self.months is None:
            return self.pattern.finditer(text)
        found = (self.pattern.match(text, at) for at in starts(self.months, text))
        return (match for match in found if match is not None)

    def date(
        self, match: re.Match[str], published: _Published, told: Sequence[FoundDate]
    ) -> FoundDate | None:
        """Return the date that a match of the pattern states."""
        stated = self.read(match, published)
        if stated is None or not is_real(stated):
            return None
        value = stated if self.relative else with_year(stated, published.day)
        return FoundDate(match.span(), stated, value, match.group())


@dataclass(frozen=True, slots=True)
class _Anchored:
    """A form of dates that counts from the day told last ("the next day", "of that year")."""

    pattern: re.Pattern[str]
    shift: int | None  # days; None where it names a day of the year told last
    read: Reader

    def __call__(self, text: str) -> Iterator[re.Match[str]]:
        return self.pattern.finditer(text)

    def date(
        self, match: re.Match[str], published: _Published, told: Sequence[FoundDate]
    ) -> FoundDate | None:
        """Return the date that a match of the pattern means after those told before."""
        if self.shift is None:
            year = next((d.value[:4] for d in reversed(told) if d.value[0] != "-"), None)
            if year is not None and match.re.groups == 0:
                return FoundDate(match.span(), year, year, match.group())
            stated = self.read(match, published)
            if year is None or stated is None or not is_real(stated):
                return None
            return FoundDate(match.span(), stated, year + stated[1:], match.group())
        for date in _recent(told, published):
            stated, value = (shifted(text, self.shift) for text in (date.stated, date.value))
            if not self.shift and _MONTH.fullmatch(date.value):
                stated, value = date.stated, date.value  # "that day" of a month told without one
            if value is not None:
                return FoundDate(match.span(), stated or value, value, match.group())
        return None


def _recent(told: Sequence[FoundDate], published: _Published) -> list[FoundDate]:
    """Return the dates told before, the last first, those of the weeks before publication first."""
    if published.day is None:
        return list(reversed(told))
    since, until = published.shifted(-_NEWS) or "", published.day.isoformat()
    news = [d for d in told if since <= d.value.partition("/")[0] <= until]
    return [*reversed(news), *(d for d in reversed(told) if d not in news)]


@dataclass(frozen=True, slots=True)
class _OfRange:
    """A weekday behind a range told before that has such a day: a chronicle of these days."""

    pattern: re.Pattern[str]
    weekdays: Mapping[str, int]

    def __call__(self, text: str) -> Iterator[re.Match[str]]:
        return self.pattern.finditer(text)

    def date(
        self, match: re.Match[str], published: _Published, told: Sequence[FoundDate]
    ) -> FoundDate | None:
        """Return the day of the range told last, if that is short, known and over."""
        ranges = (d for d in reversed(told) if "/" in d.value and d.value[0] != "-")
        last = next(ranges, None)
        if last is None:
            return None
        start, end = (dt.date.fromisoformat(f"{day}-01"[:10]) for day in last.value.split("/"))
        ahead = (self.weekdays[match["w"].lower()] - start.weekday()) % 7
        day = start + dt.timedelta(ahead)
        over = published.day is None or end <= published.day
        if not over or day > end or (end - start).days >= _CHRONICLE:
            return None
        stated = f"-{day.isoformat()[4:]}" if last.stated[0] == "-" else day.isoformat()
        return FoundDate(match.span(), stated, day.isoformat(), match.group())


@dataclass(frozen=True, slots=True)
class _Calendar:
    """The words of a language for dates, and what matches of the rules' patterns state."""

    language: str
    months: Mapping[str, int]
    weekdays: Mapping[str, int]

    @classmethod
    def of(cls, language: str) -> _Calendar:
        data = words(language, "dates")
        months = Phrases({name.lower(): i for i, name in enumerate(data["months"], 1)})
        months |= {name.lower(): i for i, name in enumerate(data["short_months"], 1)}
        weekdays = Phrases({name.lower(): i for i, name in enumerate(data["weekdays"])})
        return cls(language, months, weekdays)

    def any(self, key: str) -> str:
        """Return a regular expression for the words of a list."""
        return either(self.language, "dates", key)

    def listed(self, key: str) -> list[str]:
        """Return the words of a list in its order."""
        return list(words(self.language, "dates")[key])

    @property
    def month(self) -> str:
        """A regular expression for the name of a month."""
        return rf"(?:{alternatives(self.months)})\.?"

    @property
    def day(self) -> str:
        """A regular expression for the number of a day."""
        return rf"(?:3[01]|[12]\d|0?[1-9])(?:{self.any('ordinals')})?"

    @property
    def undated(self) -> str:
        """What does not stand behind a weekday that is a date itself ("Monday, 22nd July 2013")."""
        dated = rf"{self.day}\s(?:of\s)?{self.month}|{self.month}\s{self.day}"
        return rf"(?!,?\s\(?(?:the\s)?(?:{dated})(?!\w))"

    def number(self, name: str) -> int:
        """Return the number of a month."""
        return self.months[name.lower().rstrip(".")]

    def read_day(self, match: re.Match[str], published: _Published) -> str:
        """Return the day of "May 3rd, 2023" or "3 May"."""
        return iso(match["y"], self.number(match["m"]), _digits(match["d"] or ""))

    def read_range(self, match: re.Match[str], published: _Published) -> str:
        """Return the range of "3 May – 5 June 2023" or "May 3 to 5"."""
        first, last = self.number(match["m"]), self.number(match["m2"] or match["m"])
        start = iso(match["y0"] or match["y"], first, _digits(match["d"]))
        return f"{start}/{iso(match['y'], last, _digits(match['d2']))}"

    def read_month(self, match: re.Match[str], published: _Published) -> str:
        """Return the month of "May 2023"."""
        return iso(match["y"], self.number(match["m"]))

    def read_coming_month(self, match: re.Match[str], published: _Published) -> str:
        """Return the month of "planned for May": the first one from that of publication on."""
        month, day = self.number(match["m"]), published.day
        return iso(day.year + (month < day.month) if day else None, month)

    def read_heading(self, match: re.Match[str], published: _Published) -> str:
        """Return the month that heads part of a chronicle: it has come when that is published."""
        month, day = self.number(match["m"]), published.day
        return iso(day.year - (month > day.month) if day else None, month)

    def read_weekday(self, match: re.Match[str], published: _Published) -> str | None:
        """Return the last such weekday before publication, that day itself unless "last"."""
        if published.day is None:
            return None
        back = (published.day.weekday() - self.weekdays[match["w"].lower()]) % 7
        return published.shifted(-7 if match["last"] and back == 0 else -back)

    def read_next_weekday(self, match: re.Match[str], published: _Published) -> str | None:
        """Return the first such weekday behind the day of publication."""
        if published.day is None:
            return None
        ahead = (self.weekdays[match["w"].lower()] - published.day.weekday()) % 7
        return published.shifted(ahead or 7)

    def read_two_weekdays(self, match: re.Match[str], published: _Published) -> str | None:
        """Return the last such weekday before publication with the one behind it."""
        if published.day is None:
            return None
        first, last = (self.weekdays[match[name].lower()] for name in ("w", "w2"))
        length = (last - first) % 7
        back = (published.day.weekday() - last) % 7
        return f"{published.shifted(-back - length)}/{published.shifted(-back)}"

    def read_last_month(self, match: re.Match[str], published: _Published) -> str | None:
        """Return the last such month before that of publication."""
        if published.day is None:
            return None
        month, day = self.number(match["m"]), published.day
        return iso(day.year if month < day.month else day.year - 1, month)

    def read_month_of(self, shift: int, match: re.Match[str], published: _Published) -> str | None:
        """Return the month of "May this year"; without the year where none is known."""
        year = published.year
        return iso(year + shift if year else None, self.number(match["m"]))


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


@cache
def _rules(language: str) -> tuple[_Rule | _Anchored | _OfRange, ...]:
    calendar = _Calendar.of(language)
    forms = (*_ranges(calendar), *_days(calendar), *_months_and_years(calendar))
    relative = (*_weeks(calendar), *_relative_years(calendar), *_relative_days(calendar))
    weekday = re.compile(
        rf"\b(?P<w>{alternatives(calendar.weekdays)})\b{calendar.undated}", re.IGNORECASE
    )
    month = rf"\b(?P<m>{calendar.month})"
    months = re.compile(month, re.IGNORECASE)

    def rule(form: str, read: Reader, *, relative: bool) -> _Rule:
        first = months if form.startswith(month) else None
        return _Rule(re.compile(form, re.IGNORECASE), read, relative, first)

    return (
        _OfRange(weekday, calendar.weekdays),
        *(rule(form, read, relative=False) for form, read in forms),
        *(rule(form, read, relative=True) for form, read in relative),
        *_anchored(calendar),
    )


def _anchored(calendar: _Calendar) -> Iterator[_Anchored]:
    for number, key in enumerate(("same_day", "next_day", "third_day")):
        pattern = re.compile(rf"\b(?:{calendar.any(key)})\b", re.IGNORECASE)
        yield _Anchored(pattern, number, calendar.read_day)
    pattern = re.compile(rf"\b(?:{calendar.any('day_before')})\b", re.IGNORECASE)
    yield _Anchored(pattern, -1, calendar.read_day)
    for key, sign in (("days_before", -1), ("days_later", 1)):
        for count, word in enumerate(calendar.listed("numbers"), 2):
            form = rf"\b(?:{word}|{count})\s(?:{calendar.any(key)})\b"
            yield _Anchored(re.compile(form, re.IGNORECASE), sign * count, calendar.read_day)
    month, day, year = calendar.month, calendar.day, calendar.any("that_year")
    for form in (
        rf"\b(?P<d>{day})\s(?:of\s)?(?P<m>{month})(?P<y>),?\s(?:{year})\b",
        rf"\b(?P<m>{month})\s(?P<d>{day})?(?P<y>),?\s(?:{year})\b",
    ):
        yield _Anchored(re.compile(form, re.IGNORECASE), None, calendar.read_day)
    alone = rf"\b(?:{calendar.any('in_that_year')})\b"
    yield _Anchored(re.compile(alone, re.IGNORECASE), None, calendar.read_day)


def _ranges(calendar: _Calendar) -> Iterator[tuple[str, Reader]]:
    month, day = calendar.month, calendar.day
    dash = rf"\s?(?:[–—−-]|{calendar.any('ranges')})\s?"
    first_year, last_year = rf"(?:,?\s(?P<y0>{_YEAR}))?", rf"(?:,?\s(?P<y>{_YEAR}))?"
    yield (
        (
            rf"\b(?P<m>{month})\s(?P<d>{day}){first_year}"
            rf"{dash}(?:(?P<m2>{month})\s)?(?P<d2>{day})\b{last_year}(?!\d)"
        ),
        calendar.read_range,
    )
    yield (
        (
            rf"\b(?P<d>{day})\s(?P<m>{month}){first_year}"
            rf"{dash}(?P<d2>{day})\s(?P<m2>{month}){last_year}"
        ),
        calendar.read_range,
    )
    yield (
        (rf"\b(?P<d>{day}){dash}(?P<d2>{day})\s(?:of\s)?(?P<m>{month})(?P<m2>)(?P<y0>){last_year}"),
        calendar.read_range,
    )


def _days(calendar: _Calendar) -> Iterator[tuple[str, Reader]]:
    month, day = calendar.month, calendar.day
    yield (
        (
            rf"\b(?P<m>{month})\s(?P<d>{day})(?:\b|(?<=[a-z])(?=(?-i:[A-Z])))(?!\s?%)"
            rf"(?:,?\s(?:of\s)?(?P<y>{_YEAR}))?(?!\d|:\d)"
        ),
        calendar.read_day,
    )
    yield (
        rf"\b(?P<d>{day})\s?(?:of\s)?(?P<m>{month})(?!\w)(?:,?\s(?P<y>{_YEAR}))?",
        calendar.read_day,
    )
    yield r"\b(?:19|20)\d\d-(?:0\d|1[0-2])-[0-3]\d\b", lambda match, _: match.group()
    yield (
        rf"\b(?P<d>[0-3]?\d)\.(?P<m>0\d|1[0-2])\.(?P<y>{_YEAR})\b",
        lambda match, _: iso(match["y"], int(match["m"]), match["d"]),
    )


def _months_and_years(calendar: _Calendar) -> Iterator[tuple[str, Reader]]:
    years = "|".join(calendar.any(key) for key in ("last_year", "this_year", "next_year"))
    yield rf"\b(?P<m>{calendar.month})(?:\sof)?,?\s(?P<y>{_YEAR})\b", calendar.read_month
    yield (
        rf"\b(?:{calendar.any('before_month')})\s(?P<m>{calendar.month})(?P<y>)"
        rf"\b(?!,?\s(?:of\s)?(?:\d|{years}|(?-i:[A-Z])))",
        calendar.read_month,
    )
    behind = rf"\b(?!,?\s(?:of\s)?(?:\d|{years}))"
    yield (
        rf"\b(?:{calendar.any('before_coming_month')})\s(?P<m>{calendar.month})(?P<y>){behind}",
        calendar.read_coming_month,
    )
    # "May." or "May:" at the start of a line heads what a chronicle tells of the month.
    yield rf"(?m:^)(?P<m>{calendar.month})(?P<y>)(?=[.:]\s|\s[–—-]\s)", calendar.read_heading
    yield (
        rf"\b(?:{calendar.any('before_year')})\s"
        rf"(?:the\s(?:{calendar.any('parts_of_year')})\s(?:of\s)?)?"
        rf"(?P<y>{_YEAR})\b(?![-–/]\d)",
        lambda match, _: match["y"],
    )
    # "Her 2024 state visit", "the president's 2024 visit".
    yield (
        rf"(?:['’]s|\b(?:his|her|their|the))\s(?P<y>{_YEAR})(?=\s(?:[a-z]+\s){{0,2}}"
        rf"(?:{calendar.any('yearly')})\b)",
        lambda match, _: match["y"],
    )


def _weeks(calendar: _Calendar) -> Iterator[tuple[str, Reader]]:
    last, days = calendar.any("last"), alternatives(calendar.weekdays)
    both = calendar.any("both_days")
    yield rf"\b(?P<w>{days})\s(?:{both})\s(?P<w2>{days})\b", calendar.read_two_weekdays
    yield rf"\b(?:{calendar.any('next')})\s(?P<w>{days})\b", calendar.read_next_weekday
    yield rf"\b(?P<last>(?:{last})\s)?(?P<w>{days})\b{calendar.undated}", calendar.read_weekday
    yield rf"\b(?:{last})\s(?P<m>{calendar.month})\b", calendar.read_last_month


def _relative_years(calendar: _Calendar) -> Iterator[tuple[str, Reader]]:
    def read_year(shift: int, match: re.Match[str], published: _Published) -> str | None:
        return str(published.year + shift) if published.year else None

    for key, shift in (("last_year", -1), ("this_year", 0), ("next_year", 1)):
        phrase = calendar.any(key)
        read_month = partial(calendar.read_month_of, shift)
        yield rf"\b(?P<m>{calendar.month})\s(?:of\s)?(?:{phrase})\b", read_month
        yield rf"\b(?:{phrase})\b", partial(read_year, shift)
    for count, word in enumerate((calendar.any("one"), *calendar.listed("numbers")), 1):
        form = rf"\b(?:{word}|{count})\s(?:{calendar.any('years_ago')})\b"
        yield form, partial(read_year, -count)


def _relative_days(calendar: _Calendar) -> Iterator[tuple[str, Reader]]:
    nowadays = re.compile(rf"[\s,]+(?:\d|{calendar.any('nowadays')})", re.IGNORECASE)

    def read_day(shift: int, match: re.Match[str], published: _Published) -> str | None:
        if shift == 0 and nowadays.match(match.string, match.end()):
            return None  # "Today more than 200 …" tells of these years, not of a day
        return published.shifted(shift)

    for key, shift in (("today", 0), ("yesterday", -1), ("tomorrow", 1)):
        yield rf"\b(?:{calendar.any(key)})\b", partial(read_day, shift)
