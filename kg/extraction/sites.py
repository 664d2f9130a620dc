"""Names of joint facilities that only the words around them make names.

"The Confucius Institute at Birch University", "the joint campus of A and B", "a laboratory named
Green Roots", "the China-Peru joint college", "a Lima branch of Birch University".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from kg.extraction.lexicon import either
from kg.extraction.places import adjective, lookup
from kg.extraction.reading import Mention, clean
from kg.extraction.record import Span

_OWNERS = ("University", "School", "ResearchInstitute")
_NEAR = 200  # characters in which it is said that what is named is of two makers
_TWO_MAKERS = re.compile(r"\b(?:joint|jointly|together\swith|partners?)\b", re.IGNORECASE)
_WORD = r"[A-ZÀ-Þ][\w’'-]+"
_NAME = rf"{_WORD}(?:\s(?:(?:of|for|and|the|in)\s){{0,2}}{_WORD}){{0,6}}"


def sited(text: str, span: Span, found: Sequence[Mention], language: str) -> list[Mention]:
    """Return the mentions of a sentence with the joint facilities that phrases name.

    Parameters
    ----------
    text : str
        The text.
    span : Span
        The sentence.
    found : sequence of Mention
        The mentions found in it before.
    language : str
        The language of the text.
    """
    kept = list(found)
    for rule in (_at_hosts, _of_owners, _called, _quoted, _of_two_countries):
        for new in rule(text, span, kept, language):
            kept = [m for m in kept if not _is_replaced(m, new)] + [new]
    return kept


def unnamed(
    text: str, spans: Sequence[Span], found: Sequence[Mention], language: str
) -> list[Mention]:
    """Return the joint facility that a text never names, by its words ("joint observatory").

    It is one where a sentence names two institutions that set it up, and the text names no other
    joint facility, for which it may only be another word.
    """
    if any(mention.type == "JointFacility" for mention in found):
        return []
    for start, end in spans:
        match = _set_up(language).search(text, start, end)
        if match is None:
            continue
        makers = [
            m
            for m in found
            if start <= m.start and m.end <= match.start() and m.type in (*_OWNERS, "Company")
        ]
        if len(makers) > 1:
            return [_facility(*match.span("name"), clean(match["name"]))]
    return []


def _is_replaced(mention: Mention, new: Mention) -> bool:
    """Whether a mention is part of a new one and no institution in its name."""
    if mention.end <= new.start or new.end <= mention.start:
        return False
    return new.parent is None or mention.start < new.parent


def _at_hosts(text: str, span: Span, found: Sequence[Mention], language: str) -> Iterator[Mention]:
    """Yield "Confucius Institute at Birch University" as one name."""
    for site in [m for m in found if _named_at(language).fullmatch(m.name)]:
        behind = re.compile(r"\s(?:at|of)\s(?:the\s)?").match(text, site.end)
        owner = _owner(found, behind.end() if behind else -1)
        if owner is not None:
            name = clean(text[site.start : owner.end])
            yield _facility(site.start, owner.end, name, owner.start)


def _of_owners(text: str, span: Span, found: Sequence[Mention], language: str) -> Iterator[Mention]:
    """Yield "joint campus of A and B" and "Lima branch of A", which have no other names."""
    for match in _joint(language).finditer(text, *span):
        first = _owner(found, match.end())
        beside = re.compile(r"\sand\s(?:the\s)?").match(text, first.end) if first else None
        second = _owner(found, beside.end() if beside else -1)
        if first is not None and second is not None:
            name = clean(text[match.start() : second.end])
            yield _facility(match.start(), second.end, name, first.start)
    for match in _branch(language).finditer(text, *span):
        owner = _owner(found, match.end())
        if owner is not None and lookup(match["place"]) is not None:
            name = clean(text[match.start() : owner.end])
            yield _facility(match.start(), owner.end, name, owner.start)


def _called(text: str, span: Span, found: Sequence[Mention], language: str) -> Iterator[Mention]:
    """Yield what a facility of two makers is said to be called ("a workshop named Silk Road")."""
    around = text[max(0, span[0] - _NEAR) : span[1] + _NEAR]
    if _TWO_MAKERS.search(around) is None:
        return
    for match in _calling(language).finditer(text, *span):
        known = [m for m in found if m.start < match.end("name") and match.start("name") < m.end]
        if not any(m.kind == "organization" for m in known):
            yield _facility(*match.span("name"), clean(match["name"]))


def _quoted(text: str, span: Span, found: Sequence[Mention], language: str) -> Iterator[Mention]:
    """Yield a joint facility whose name stands in quotation marks."""
    for match in _quotation(language).finditer(text, *span):
        if not any(m.start <= match.start("name") and match.end("name") <= m.end for m in found):
            yield _facility(*match.span("name"), clean(match["name"]))


def _of_two_countries(
    text: str, span: Span, found: Sequence[Mention], language: str
) -> Iterator[Mention]:
    """Yield "China-Peru joint college", whose noun is written small."""
    for match in _pair(language).finditer(text, *span):
        countries = (adjective(match[key]) or lookup(match[key]) for key in ("one", "other"))
        if all(place is not None and place.kind == "country" for place in countries):
            yield _facility(*match.span(), clean(match.group()))


def _facility(start: int, end: int, name: str, parent: int | None = None) -> Mention:
    return Mention(start, end, "organization", "JointFacility", name, parent=parent)


def _owner(found: Sequence[Mention], start: int) -> Mention | None:
    """Return the widest name of an institution that begins at an offset."""
    owners = [m for m in found if m.start == start and m.type in _OWNERS]
    return max(owners, key=lambda mention: mention.end, default=None)


def _nouns(language: str) -> str:
    return either(language, "facilities", "cues.nouns")


@cache
def _named_at(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?:Model\s)?(?:{either(language, 'facilities', 'named_at')})")


@cache
def _joint(language: str) -> re.Pattern[str]:
    return re.compile(rf"\bjoint\s(?:[\w–-]+\s){{0,2}}(?i:{_nouns(language)})\sof\s(?:the\s)?")


@cache
def _branch(language: str) -> re.Pattern[str]:
    ends = either(language, "facilities", "branches")
    return re.compile(rf"\b(?P<place>{_WORD})\s(?:{ends})\sof\s(?:the\s)?")


@cache
def _set_up(language: str) -> re.Pattern[str]:
    return re.compile(
        r"\b(?:set\sup|establish(?:ed)?|open(?:ed)?|build|built|create[d]?|launch(?:ed)?|found(?:ed)?)\s"
        rf"(?:an?|the|their)\s(?:new\s|first\s)?(?P<name>joint\s(?:[a-z-]+\s){{0,2}}(?:{_nouns(language)}))\b"
    )


@cache
def _calling(language: str) -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:{_nouns(language)})\s(?:(?:is|was)\s)?(?:named|called|bears\sthe\sname|under\sthe\sname)\s"
        rf"(?:the\s)?[\"“«]?(?P<name>{_NAME})"
    )


@cache
def _quotation(language: str) -> re.Pattern[str]:
    return re.compile(
        rf"[\"“«„](?P<name>Joint\s(?:[\w&–-]+\s){{0,6}}?(?:(?i:{_nouns(language)})|Lab))[\"”»“]"
    )


@cache
def _pair(language: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\bjoint\s)\b(?P<one>[A-Z]\w+)[-–](?P<other>[A-Z]\w+)\s(?:joint\s)?(?:[a-z]+\s){{0,2}}?(?:{_nouns(language)})\b"
    )
