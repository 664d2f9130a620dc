"""What frames the news: the dateline ("ALMATY, May 3 (TASS) –"), and what is only quoted."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from kg.extraction.lexicon import alternatives, either, words
from kg.extraction.places import lookup
from kg.extraction.record import Span

_LONGEST = 120  # characters of a dateline
_LAYOUT = 600  # characters of titles and menus before one


def dateline(text: str, language: str = "en") -> Span | None:
    """Return the span of the dateline that a text begins with, None where there is none.

    Titles and the rests of a page's layout may stand in lines before it; there it says more
    than a city and a day, which head the parts of a chronicle, too.
    """
    for line in re.finditer(r"^", text[:_LAYOUT], re.MULTILINE):
        match = _pattern(language).match(text, line.start(), line.start() + _LONGEST)
        if match is not None and _is_filed(match, first=not text[: line.start()].strip()):
            return match.span()
    return None


def _is_filed(match: re.Match[str], *, first: bool) -> bool:
    """Whether a match of the pattern says enough for a dateline."""
    if match["agency"] or match["lead"]:
        return True
    known = lookup((match["place"] or match["city"]).strip(" .")) is not None
    if match["source"]:
        return known
    if first:
        return bool(match["shout"] or match["day"] or (known and match["colon"]))
    return bool(match["shout"]) and known


def bylines(text: str, language: str = "en") -> list[Span]:
    """Return the spans of the cities behind the names of authors ("By A. Author, Oslo")."""
    return [match.span("place") for match in _byline(language).finditer(text)]


# Shorter quotations are names and single words.
_QUOTATION = re.compile(r"“[^”\n]{30,}”|«[^»\n]{30,}»|\"[^\"\n]{30,}\"")


def quotations(text: str) -> list[Span]:
    """Return the spans of what somebody is quoted with: days named there date no event."""
    return [match.span() for match in _QUOTATION.finditer(text)]


# A clock behind a day ("12 May 2024, 17:27"), where the line has nothing else.
_CLOCK = r"(?:[ \t,|/–-]*(?:at )?\d{1,2}:\d\d(?::\d\d)?(?: ?[AaPp][Mm])?)"


_VENUE = re.compile(r"\b(?:venue|place|location)\s?[:：]", re.IGNORECASE)


@lru_cache(maxsize=2)
def _announces(text: str) -> bool:
    """Whether a text tells where something will be: then "Date:" is when; asked for each date."""
    return _VENUE.search(text) is not None


def stamped(text: str, date: Span, language: str = "en") -> bool:
    """Whether a date says when the page was published: behind "Date:", or with a clock alone."""
    labels = either(language, "events", "cues.stamps")
    before = text[max(text.rfind("\n", 0, date[0]) + 1, date[0] - _LONGEST) : date[0]]
    behind = text[date[1] : date[1] + _LONGEST].partition("\n")[0]
    if not _announces(text) and re.search(
        rf"(?:^|[\s\[|])(?:{labels})\s?[\]:：]+\s*(?:\w+,?\s)?$", before, re.IGNORECASE
    ):
        return True
    return not before.strip() and re.fullmatch(rf"{_CLOCK}\s*", behind) is not None


_UPPER = r"A-ZÀ-ÖØ-Þ"
_PLACE = rf"[{_UPPER}][\w’'.-]*(?:[ -][{_UPPER}][\w’'.-]*){{0,3}}"
_SHOUT = rf"[{_UPPER}’'-]{{3,}}(?:[ -][{_UPPER}’'-]{{2,}}){{0,3}}"
_DASH = r"[–—-]{1,2}"


@cache
def _byline(language: str) -> re.Pattern[str]:
    name = rf"[{_UPPER}][\w’'.-]*(?: [{_UPPER}][\w’'.-]*){{1,3}}"
    by = either(language, "events", "cues.bylines")
    return re.compile(
        rf"^[ \t]*(?i:{by}):? {name}(?:,| in| \|) (?P<place>{_PLACE})[ \t]*(?:$| {_DASH} )",
        re.MULTILINE,
    )


@cache
def _pattern(language: str) -> re.Pattern[str]:
    calendar = words(language, "dates")
    month = rf"(?:{alternatives([*calendar['months'], *calendar['short_months']])})\.?"
    day = rf"(?:{month} \d{{1,2}}(?:, \d{{4}})?|\d{{1,2}} {month}(?: \d{{4}})?)"
    # "REPORT.XY" behind a full stop; in brackets or between strokes an agency has any name.
    agency = rf"[{_UPPER}]{{3,}}[\w.-]*(?: [{_UPPER}][\w-]+){{0,2}}"
    return re.compile(
        rf"\s*(?P<lead>(?:{agency}|\([^()\n]{{2,40}}\)) ?{_DASH} )?"
        rf"(?P<place>(?P<shout>{_SHOUT})|{_PLACE})(?:, {_PLACE})?"
        rf"(?P<day>[.,]? {day})?"
        rf"(?P<agency> ?(?:\([^()\n]{{2,40}}\)|/[^/\n]{{2,40}}/)|[.,] {agency}/?)?"
        rf"(?:[.,]?\s*(?:{_DASH}|(?P<colon>:))|(?<=\d)\.|(?<=/)\.?)\s"
        rf"|\s*(?P<city>{_SHOUT})\. (?P<source>[{_UPPER}]{{3,}})\s(?=[{_UPPER}][a-z])"
    )
