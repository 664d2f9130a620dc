"""What frames the sentences of a text: its title line, its credits, the headings of a chronicle."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from kg.extraction.abstracts import ORGANIZATION, PERSON, PLACE, Abstract
from kg.extraction.dates import FoundDate
from kg.extraction.entities import Draft
from kg.extraction.lexicon import alternatives, either, words

_LONGEST_TITLE = 200  # characters
_LONGEST_CREDIT = 160
_LONGEST_HEADING = 60
# So many sentences behind a heading are still under it.
_REACH = 12
# "A. Author, Agency" at the end of a text.
_SIGNED_OFF = re.compile(rf"{PERSON}(?:,?\s(?:{ORGANIZATION}|\w+))?")
_STOPS = '.!?:;…”"»)'


@dataclass(frozen=True, slots=True)
class Heading:
    """The date and the places that head some sentences ("Monday, Oslo.")."""

    line: int
    date: FoundDate | None
    places: tuple[Draft, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """When the news of a text was: its dates, that of its dateline, and its headings.

    ``filed`` dates the news where nothing else does; ``headed`` has the heading of each sentence
    that is under one, by the sentence's number; ``published`` is the ISO day of publication.
    """

    dates: Sequence[FoundDate] = ()
    filed: FoundDate | None = None
    headed: Mapping[int, Heading] = field(default_factory=dict)
    published: str | None = None


def of_the_news(abstracts: Sequence[Abstract], text: str, language: str) -> list[Abstract]:
    """Return the sentences with nothing in those that tell no news: a title line, credits."""
    silent = {0} if _has_title(abstracts, text) else set()
    silent |= {line for line, one in enumerate(abstracts) if _is_credit(one, text, language)}
    if len(abstracts) > 1 and _SIGNED_OFF.fullmatch(abstracts[-1].text):
        silent.add(len(abstracts) - 1)
    return [replace(a, text="") if line in silent else a for line, a in enumerate(abstracts)]


def _has_title(abstracts: Sequence[Abstract], text: str) -> bool:
    """Whether the first line is a title: short, without a full stop, before lines that have one."""
    if len(abstracts) < 2:
        return False
    (start, end), (behind, _) = abstracts[0].span, abstracts[1].span
    first = text[start:end]
    if "\n" not in text[end:behind] or len(first) > _LONGEST_TITLE or first[-1:] in _STOPS:
        return False
    return any(text[slice(*one.span)].endswith((".", ".”", '."')) for one in abstracts[1:4])


def _is_credit(abstract: Abstract, text: str, language: str) -> bool:
    """Whether a sentence says who wrote or pictured the text."""
    if len(abstract.text) > _LONGEST_CREDIT:
        return False
    return _credit(language).match(text, *abstract.span) is not None


@cache
def _credit(language: str) -> re.Pattern[str]:
    return re.compile(rf"[(\[*–—-]*\s*(?:{either(language, 'events', 'cues.credits')})", re.I)


def headings(
    abstracts: Sequence[Abstract], dates: Sequence[FoundDate], language: str
) -> dict[int, Heading]:
    """Return the heading that each sentence under one stands under, by the sentence's number."""
    found: dict[int, Heading] = {}
    current: Heading | None = None
    for line, abstract in enumerate(abstracts):
        here = [d for d in dates if abstract.span[0] <= d.span[0] < abstract.span[1]]
        heading = _heading(line, abstract, here, language)
        if heading is not None:
            current = heading
        elif current is not None and _is_left(current, line, abstract, here, language):
            current = None
        elif current is not None:
            found[line] = current
    return found


def _heading(
    line: int, abstract: Abstract, here: Sequence[FoundDate], language: str
) -> Heading | None:
    """Return what a sentence of nothing but a date, a weekday and places heads."""
    text = abstract.text
    if not text or len(text) > _LONGEST_HEADING:
        return None
    for date in here:
        text = text.replace(" ".join(date.words.split()), " ")
    rest = _weekday(language).sub(" ", re.sub(PLACE, " ", text))
    if not re.fullmatch(r"[\s.,:;()–—-]*", rest):
        return None
    if not here and not _weekday(language).search(text):
        return None  # a place by itself is a dateline or a caption
    return Heading(line, here[0] if here else None, tuple(abstract.entities(PLACE)))


def _is_left(
    heading: Heading, line: int, abstract: Abstract, here: Sequence[FoundDate], language: str
) -> bool:
    """Whether a sentence is not under the heading any more: it begins with a day of its own."""
    if line - heading.line > _REACH or _weekday(language).match(abstract.text):
        return True
    start = abstract.span[0]
    return any(date.span[0] - start < 12 and date.value != _value(heading) for date in here)


def _value(heading: Heading) -> str | None:
    return heading.date.value if heading.date else None


@cache
def _weekday(language: str) -> re.Pattern[str]:
    days = alternatives(words(language, "dates")["weekdays"])
    return re.compile(rf"\b(?:{days})\b", re.IGNORECASE)
