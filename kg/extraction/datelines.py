"""What frames the news: the dateline ("ALMATY, May 3 (TASS) –"), and what is only quoted."""

from __future__ import annotations

import re
from functools import cache

from kg.extraction.lexicon import alternatives, words
from kg.extraction.record import Span

_LONGEST = 120  # characters from the start of a text in which a dateline ends


def dateline(text: str, language: str = "en") -> Span | None:
    """Return the span of the dateline that a text begins with, None where there is none."""
    match = _pattern(language).match(text, 0, _LONGEST)
    if match is None or not (match["shout"] or match["day"] or match["agency"]):
        return None
    return match.span()


# Shorter quotations are names and single words.
_QUOTATION = re.compile(r"“[^”\n]{30,}”|«[^»\n]{30,}»|\"[^\"\n]{30,}\"")


def quotations(text: str) -> list[Span]:
    """Return the spans of what somebody is quoted with: days named there date no event."""
    return [match.span() for match in _QUOTATION.finditer(text)]


@cache
def _pattern(language: str) -> re.Pattern[str]:
    calendar = words(language, "dates")
    month = alternatives([*calendar["months"], *(f"{m}." for m in calendar["short_months"])])
    place = r"[A-ZÀ-ÖØ-Þ][\w’'.-]*(?:[ -][A-ZÀ-ÖØ-Þ][\w’'.-]*){0,3}"
    shout = r"[A-ZÀ-ÖØ-Þ’'-]{3,}(?:[ -][A-ZÀ-ÖØ-Þ’'-]{2,}){0,3}"
    return re.compile(
        rf"\s*(?:(?P<shout>{shout})|{place})(?:, {place})?"
        rf"(?P<day>[.,]? (?:(?:{month}) \d{{1,2}}(?:, \d{{4}})?"
        rf"|\d{{1,2}} (?:{month})(?: \d{{4}})?))?"
        r"(?P<agency> ?(?:\([^()\n]{2,40}\)|/[^/\n]{2,40}/))?"
        r"(?:[.,]?\s*(?:[–—-]{1,2}|:)|(?<=\d)\.)\s"
    )
