"""Sentences in which mentions and posts are replaced by placeholders.

Patterns over such abstracts read like the language itself: ``P, R of X`` is a person, a
comma, a post, "of" and an organization or place. A placeholder is a letter for the kind and a
number between two characters of Unicode's private use area; where the text itself contains
those, the abstract has spaces.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from kg.extraction.capitals import honorifics
from kg.extraction.entities import Draft, Table, distinct
from kg.extraction.posts import Post
from kg.extraction.reading import Mention, Reading
from kg.extraction.record import Span

OPEN, CLOSE = "\ue000", "\ue001"
PERSON = rf"{OPEN}P\d+{CLOSE}"
ORGANIZATION = rf"{OPEN}O\d+{CLOSE}"
PLACE = rf"{OPEN}L\d+{CLOSE}"
BODY = rf"{OPEN}[OL]\d+{CLOSE}"
EVENT = rf"{OPEN}E\d+{CLOSE}"
POST = rf"{OPEN}R\d+{CLOSE}"
POSTS = rf"{OPEN}S\d+{CLOSE}"
ANY = rf"{OPEN}[A-Z]\d+{CLOSE}"
_KIND = {"person": "P", "organization": "O", "place": "L", "event": "E"}
# Commas with an honorific gone between them, and those that no space follows ("Li Na,Rector").
_EMPTY = re.compile(r",(?:\s*,)+")
_TIGHT = re.compile(r",(?=[^\W\d]|$)")
_BRACKETED = re.compile(rf"\s*\((?:the )?{ORGANIZATION}\)")


@dataclass(frozen=True, slots=True)
class Abstract:
    """One sentence with placeholders.

    ``items`` holds what each placeholder's number stands for, ``drafts`` the entities among
    them, ``facilities`` the names of the joint facilities of the whole text.
    """

    span: Span
    text: str
    items: tuple[Mention | Post, ...]
    drafts: tuple[Draft | None, ...]
    facilities: tuple[str, ...] = ()

    def item(self, placeholder: str) -> Mention | Post:
        """Return what a placeholder stands for."""
        return self.items[int(placeholder[2:-1])]

    def draft(self, placeholder: str) -> Draft | None:
        """Return the entity that a placeholder stands for, None for posts and events."""
        return self.drafts[int(placeholder[2:-1])]

    def all(self, pattern: str) -> Iterator[re.Match[str]]:
        """Yield the matches of a pattern of placeholders, left to right."""
        return re.finditer(pattern, self.text)

    def entities(self, pattern: str, text: str | None = None) -> list[Draft]:
        """Return the distinct entities whose placeholders match, here or in a part of the text."""
        found = re.findall(pattern, self.text if text is None else text)
        return distinct(map(self.draft, found))

    def offset(self, at: int) -> int:
        """Return the offset in the text of a place in the abstract, to the nearest mention."""
        seen = self.text.count(OPEN, 0, at)
        return self.items[seen].start if seen < len(self.items) else self.span[1]

    def with_plurals(self, nouns: Container[str]) -> str:
        """Return the text with posts of several ("representatives") as words where listed."""

        def back(match: re.Match[str]) -> str:
            item = self.item(match.group())
            assert isinstance(item, Post)  # the letter says so
            role = item.role.lower()
            return role if role in nouns else match.group()

        return re.sub(POSTS, back, self.text)

    def verbatim(self, text: str) -> str:
        """Return part of the abstract with the names and posts put back."""

        def back(match: re.Match[str]) -> str:
            item = self.item(match.group())
            return item.role if isinstance(item, Post) else item.name

        return re.sub(ANY, back, text)


def abstracts(reading: Reading, table: Table) -> list[Abstract]:
    """Return the abstract of every sentence of a text."""
    facilities = tuple(draft.name for draft in table.drafts if draft.type == "JointFacility")
    outer = _outermost(reading, table)
    starts = [item.start for item in outer]
    return [
        _abstract(reading, table, span, _inside(outer, starts, span), facilities)
        for span in reading.sentences
    ]


def _outermost(reading: Reading, table: Table) -> list[Mention | Post]:
    """Return mentions and posts without those inside others, in order."""
    mentions = dict.fromkeys(reading.mentions)
    mentions |= dict.fromkeys(mention for draft in table.drafts for mention in draft.mentions)
    named = [m for m in mentions if m.kind == "event" or table.of(m) is not None]
    everything: list[Mention | Post] = [*named, *reading.posts]
    kept: list[Mention | Post] = []
    for item in sorted(everything, key=lambda item: (item.start, -item.end)):
        if not kept or item.start >= kept[-1].end:
            kept.append(item)
    return kept


def _inside(
    outer: Sequence[Mention | Post], starts: Sequence[int], span: Span
) -> list[Mention | Post]:
    """Return what lies inside a sentence as a whole."""
    first, behind = bisect_left(starts, span[0]), bisect_left(starts, span[1])
    return [item for item in outer[first:behind] if item.end <= span[1]]


def _abstract(
    reading: Reading,
    table: Table,
    span: Span,
    items: Sequence[Mention | Post],
    facilities: tuple[str, ...],
) -> Abstract:
    pieces: list[str] = []
    position = span[0]
    for number, item in enumerate(items):
        pieces.append(_plain(reading.text[position : item.start], reading.language))
        pieces.append(f"{OPEN}{_letter(item)}{number}{CLOSE}")
        position = item.end
    pieces.append(_plain(reading.text[position : span[1]], reading.language))
    drafts = tuple(
        None if isinstance(item, Post) or item.kind == "event" else table.of(item) for item in items
    )
    # "X University (XU)" is one body named twice.
    text = _BRACKETED.sub("", "".join(pieces))
    return Abstract(span, text, tuple(items), drafts, facilities)


def _letter(item: Mention | Post) -> str:
    if isinstance(item, Post):
        return "S" if item.plural else "R"
    return _KIND[item.kind]


def _plain(text: str, language: str) -> str:
    """Return the words between placeholders: one space, plain quotes, no honorifics."""
    flat = text.replace("’", "'").replace(OPEN, " ").replace(CLOSE, " ")
    flat = _honorific(language).sub("", flat)
    flat = _TIGHT.sub(", ", _EMPTY.sub(",", flat))
    return re.sub(r"\s+", " ", flat)


@cache
def _honorific(language: str) -> re.Pattern[str]:
    return re.compile(rf"{honorifics(language)}\s*(?=$|\s)")
