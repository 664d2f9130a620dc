"""Sentences and words of a text, by rule, with offsets.

Reports carry initials, abbreviations and headlines that mislead statistical splitters; a few
rules in order do better and need no parser. Each rule answers or abstains.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.extraction.record import Span

_BREAK = re.compile(r"\n+|(?<=[.!?…])[\"”’»)\]]*\s+(?=[\"“‘«(\[–—-]*\s?[A-ZА-ЯЁ\d\u4e00-\u9fff])")
_INITIAL = re.compile(r"(?:^|[\s(«“\"])(?:[A-ZА-ЯЁ][a-zа-я]?\.)+$")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:Mr|Mrs|Ms|Dr|Prof|St|No|Nos|vs|Acad|Hon|Gen|Col|Assoc|Inc|Ltd|Co|Corp|Jr|Sr|approx|"
    r"p|pp|vol|art|e\.g|i\.e|etc|U\.S|U\.K|H\.E|Ph\.D)\.$"
)
_WORD = re.compile(r"[^\W_](?:\w|['’.&‐‑–-](?=\w))*")
_DOTTED = re.compile(r"(?:[A-ZА-ЯЁ][a-zа-я]{0,2}\.?)(?:[A-ZА-ЯЁ][a-zа-я]{0,2}\.?)*$")
_ABBREVIATED = frozenset(
    ("Mr", "Mrs", "Ms", "Dr", "Prof", "St", "No", "Co", "Ltd", "Corp", "Inc", "Acad", "Jr", "Sr")
)
MAX_SENTENCE = 2_000  # longer "sentences" are tables or lists without full stops


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its offsets; ``stop`` also covers a possessive ending."""

    start: int
    end: int
    stop: int
    text: str

    @property
    def possessive(self) -> bool:
        """Whether the word carries a possessive ending."""
        return self.stop > self.end

    @property
    def capital(self) -> bool:
        """Whether the word begins with a capital letter (or is numbered, "20th")."""
        first = self.text[0]
        return first.isupper() or (first.isdigit() and any(map(str.isalpha, self.text)))


def sentences(text: str) -> Iterator[Span]:
    """Yield the spans of the sentences of a text, without surrounding white space.

    A new line ends a sentence; a full stop does unless an initial or abbreviation carries it.
    """
    start = 0
    wrapped = _is_wrapped(text)
    for match in _BREAK.finditer(text):
        gap, before = match.group(), text[max(start, match.start() - 12) : match.start()]
        soft = "\n" not in gap or (gap.strip(" \t") == "\n" and wrapped)
        if soft and (_continues(before) or ("\n" in gap and before[-1:] not in ".!?…:")):
            continue
        end = match.start() + len(match.group().rstrip())
        yield from _pieces(text, start, end)
        start = match.end()
    yield from _pieces(text, start, len(text))


def words(text: str, start: int, end: int) -> list[Word]:
    """Return the words of ``text[start:end]`` with offsets into `text`."""
    found = []
    for match in _WORD.finditer(text, start, end):
        found.append(_word(text, match.start(), match.end(), end))
    return found


def _is_wrapped(text: str) -> bool:
    """Whether the lines of a text are broken at a fixed width, not at the ends of paragraphs."""
    lengths = [len(line) for line in text.splitlines() if line.strip()]
    return len(lengths) > 4 and max(lengths) < 120 and sorted(lengths)[len(lengths) // 2] > 50


def _continues(before: str) -> bool:
    """Whether a full stop at the end of `before` belongs to an abbreviation."""
    return bool(_INITIAL.search(before) or _ABBREVIATION.search(before))


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > MAX_SENTENCE:
        cut = max(text.rfind(mark, start, start + MAX_SENTENCE) for mark in ("; ", ", ", " "))
        cut = cut + 1 if cut > start else start + MAX_SENTENCE
        yield start, cut
        start = cut
    if start < end:
        yield start, end


def _word(text: str, start: int, end: int, limit: int) -> Word:
    surface = text[start:end]
    stop = end
    if surface[-2:] in ("'s", "’s") and len(surface) > 2:
        end -= 2
    elif surface[-1] == "s" and text[end : end + 1] in ("'", "’") and end < limit:
        stop = end + 1
    elif text[end : end + 1] == "." and end < limit:
        bare = text[start:end]
        if (
            bare in _ABBREVIATED
            or re.fullmatch(r"[A-ZА-ЯЁ][a-zа-я]?", bare)
            or ("." in bare and _DOTTED.match(bare))
        ):
            end = stop = end + 1
    return Word(start, end, stop, text[start:end])
