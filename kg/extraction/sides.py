"""The two sides of an occasion: who came, to whom, and which two a text is about.

"During the visit a memorandum was signed" names nobody; the sentences before it do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from kg.extraction.abstracts import ORGANIZATION, PERSON, POST, Abstract
from kg.extraction.discourse import Discourse
from kg.extraction.entities import Draft
from kg.extraction.lexicon import either, listed
from kg.extraction.posts import Post

_SIDES = ("University", "School", "ResearchInstitute", "Company", "Organization", "GovernmentBody")
_HOSTS = ("University", "School", "ResearchInstitute", "Company")
_REACH = 5  # sentences in which the host of a visit was named
_FAR = 60  # sentences; who came before these is not meant any more
_WINDOWS = (1, 2, 4, 8)  # so many sentences back, the two that are told of alone are meant


@dataclass(frozen=True, slots=True)
class Told:
    """The sentences of a text up to one, with what is known of its names and people."""

    discourse: Discourse
    employers: Mapping[str, Draft]
    lines: Sequence[Abstract] = ()

    @property
    def language(self) -> str:
        """The language of the text."""
        return self.discourse.language

    @classmethod
    def at(
        cls,
        number: int,
        lines: Sequence[Abstract],
        discourse: Discourse,
        employers: Mapping[str, Draft],
    ) -> Told:
        """Return what was told up to the sentence of a number."""
        return cls(discourse, employers, lines[max(0, number - _FAR) : number + 1])

    def guest(self) -> Draft | None:
        """Return the institution whose delegation or head came last."""
        for line in reversed(self.lines):
            for draft in self._senders(line):
                return draft
        return None

    def host(self, guest: Draft) -> Draft | None:
        """Return the institution nearest before that can have received a guest."""
        for line in self.lines[: -_REACH - 1 : -1]:
            told = [d for d in self._sides(line) if d.type in _HOSTS and d is not guest]
            if told:
                return told[0]
        return None

    def here(self) -> list[Draft]:
        """Return the institutions that the last sentence is about."""
        return self._sides(self.lines[-1])

    def two(self) -> list[Draft]:
        """Return the two institutions that the last sentences are about; nothing where more are."""
        for window in _WINDOWS:
            found: dict[Draft, None] = {}
            for line in self.lines[-window:]:
                found |= dict.fromkeys(self._sides(line))
            if len(found) > 1:
                return self.discourse.in_order(list(found)) if len(found) == 2 else []
        return []

    def _senders(self, line: Abstract) -> Iterator[Draft]:
        for pattern in _senders(self.language):
            for match in pattern.finditer(line.text):
                draft = line.draft(match["body"])
                draft = self.employers.get(draft.id) if draft and draft.kind == "person" else draft
                if draft is not None and draft.type in _SIDES:
                    yield self.discourse.whole(draft)

    def _sides(self, line: Abstract) -> list[Draft]:
        """Return the institutions that a sentence names, or for which its people act."""
        found: dict[Draft, None] = {}
        for match in line.all(f"{ORGANIZATION}|{PERSON}"):
            draft = line.draft(match.group())
            side = self.employers.get(draft.id) if draft and draft.kind == "person" else draft
            if side is None or is_aside(line, match.start(), self.language):
                continue
            side = self.discourse.whole(side)
            if side.type in _SIDES and not self.discourse.is_part(side):
                found.setdefault(side)
        return list(found)


def is_aside(line: Abstract, at: int, language: str) -> bool:
    """Whether an institution stands only as that of a lecturer, graduate or prize."""
    before = line.text[max(0, at - 80) : at]
    held = _HELD.search(before)
    if held is not None:
        return _role(line, held["post"]) in listed(language, "agreements", "sides.minor")
    return _aside(language).search(before) is not None


_HELD = re.compile(rf"(?P<post>{POST})\s(?:of|from|at)\s(?:the\s)?$")


def _role(line: Abstract, post: str) -> str:
    item = line.item(post)
    return item.role.lower() if isinstance(item, Post) else ""


def _any(language: str, key: str) -> str:
    return rf"(?:{either(language, 'agreements', f'sides.{key}')})"


@cache
def _aside(language: str) -> re.Pattern[str]:
    people, beside = (_any(language, key) for key in ("minor", "beside"))
    return re.compile(
        rf"(?:\b{people}\s(?:{PERSON}\s)?(?:of|from|at)|\b{beside})\s(?:the\s)?$", re.IGNORECASE
    )


@cache
def _senders(language: str) -> tuple[re.Pattern[str], ...]:
    guests, led, came = (_any(language, key) for key in ("guests", "led", "came"))
    body = rf"(?P<body>{ORGANIZATION})"
    return (
        re.compile(rf"\b{guests}\s(?:\w+\s){{0,3}}?(?:of|from)\s(?:the\s)?{body}"),
        re.compile(rf"{body}(?:'s)?\s(?:\w+\s)?{guests}\b"),
        re.compile(
            rf"\b{guests},?\s{led}\s(?:its\s|the\s)?(?:(?:acting\s)?{POST}\sof\s(?:the\s)?{body})"
        ),
        re.compile(rf"\b{guests},?\s{led}\s(?:its\s|the\s)?{body}(?:'s)?\s{POST}"),
        re.compile(rf"\b{guests},?\s{led}\s(?:\w+\s)?(?:{POST}\s)*(?P<body>{PERSON})"),
        re.compile(
            rf"{POST}\sof\s(?:the\s)?{body}(?:,?\s{PERSON})?(?:,|\sand\s[^.;]{{0,60}})?\s{came}\b"
        ),
    )
