"""Sentences in which mentions and posts are replaced by placeholders.

Patterns over such abstracts read like the language itself: ``P, R of X`` is a person, a
comma, a post, "of" and an organization or place. Placeholders are ``⟦kind number⟧`` in
characters of Unicode's private use area, which the text itself cannot contain.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from kg.extraction.entities import Draft, Table
from kg.extraction.lexicon import alternatives, words
from kg.extraction.mentions import Mention, Reading
from kg.extraction.posts import Post
from kg.extraction.record import Span

OPEN, CLOSE = "\ue000", "\ue001"
PERSON = rf"{OPEN}P(?:\d+){CLOSE}"
ORGANIZATION = rf"{OPEN}O(?:\d+){CLOSE}"
PLACE = rf"{OPEN}L(?:\d+){CLOSE}"
BODY = rf"{OPEN}[OL](?:\d+){CLOSE}"
EVENT = rf"{OPEN}E(?:\d+){CLOSE}"
POST = rf"{OPEN}R(?:\d+){CLOSE}"
POSTS = rf"{OPEN}S(?:\d+){CLOSE}"
ANY = rf"{OPEN}[A-Z]\d+{CLOSE}"
_KIND = {"person": "P", "organization": "O", "place": "L", "event": "E"}


@dataclass(frozen=True, slots=True)
class Abstract:
    """One sentence with placeholders.

    ``items`` holds what each placeholder's number stands for, ``facilities`` the names of the
    joint facilities of the whole text.
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

    def verbatim(self, text: str) -> str:
        """Return part of the abstract with the names and posts put back."""

        def back(match: re.Match[str]) -> str:
            item = self.item(match.group())
            return item.role if isinstance(item, Post) else item.name

        return re.sub(ANY, back, text)

    def entities(self, pattern: str) -> list[Draft]:
        """Return the distinct entities whose placeholders match, in order."""
        found: dict[int, Draft] = {}
        for match in self.all(pattern):
            draft = self.draft(match.group())
            if draft is not None:
                found.setdefault(id(draft), draft)
        return list(found.values())


def abstracts(reading: Reading, table: Table) -> list[Abstract]:
    """Return the abstract of every sentence of a text."""
    outer = _outermost(reading, table)
    return [_abstract(reading, table, span, outer) for span in reading.sentences]


def _outermost(reading: Reading, table: Table) -> list[Mention | Post]:
    """Return mentions and posts without those inside others, in order."""
    extra = [
        mention
        for draft in table.drafts
        for mention in draft.mentions
        if mention not in reading.mentions
    ]
    mentions = [
        m for m in (*reading.mentions, *extra) if m.kind == "event" or table.of(m) is not None
    ]
    everything: list[Mention | Post] = sorted(
        [*mentions, *reading.posts], key=lambda item: (item.start, -item.end)
    )
    kept: list[Mention | Post] = []
    for item in everything:
        if not kept or item.start >= kept[-1].end:
            kept.append(item)
    return kept


def _abstract(reading: Reading, table: Table, span: Span, outer: list[Mention | Post]) -> Abstract:
    pieces: list[str] = []
    items: list[Mention | Post] = []
    drafts: list[Draft | None] = []
    position = span[0]
    for item in outer:
        if item.start < position or item.end > span[1]:
            continue
        pieces.append(_plain(reading.text[position : item.start], reading.language))
        if isinstance(item, Post):
            letter, draft = ("S" if item.plural else "R"), None
        else:
            letter, draft = _KIND[item.kind], table.of(item) if item.kind != "event" else None
        pieces.append(f"{OPEN}{letter}{len(items)}{CLOSE}")
        items.append(item)
        drafts.append(draft)
        position = item.end
    pieces.append(_plain(reading.text[position : span[1]], reading.language))
    text = (
        re.sub(rf"\s*\((?:the )?{ORGANIZATION}\)", "", "".join(pieces))
        if items
        else "".join(pieces)
    )
    facilities = tuple(d.name for d in table.drafts if d.type == "JointFacility")
    return Abstract(span, text, tuple(items), tuple(drafts), facilities)


def _plain(text: str, language: str) -> str:
    """Return the words between placeholders: one space, plain quotes, no honorifics."""
    flat = text.replace("’", "'").replace(OPEN, " ").replace(CLOSE, " ")
    flat = _honorifics(language).sub("", flat)
    return re.sub(r"\s+", " ", flat)


@cache
def _honorifics(language: str) -> re.Pattern[str]:
    titles = alternatives(words(language, "roles")["honorifics"])
    return re.compile(rf"\b(?:{titles})\b\.?\s*(?=$|[\s])")


Resolver = Callable[[str, int], Draft | None]
