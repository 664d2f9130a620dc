"""Sentences and words of a text, by rule, with offsets.

Reports carry initials, abbreviations and headlines that mislead statistical splitters; a few
rules in order do better and need no parser. Each rule answers or abstains.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kg.extraction import lexicon
from kg.extraction.record import Span

_BREAK = re.compile(r"\n+|(?<=[.!?…])[\"”’»)\]]*\s+(?=[\"“‘«(\[–—-]*\s?[A-ZА-ЯЁ\d\u4e00-\u9fff])")
_INITIAL = re.compile(r"(?:^|[\s(«“\"])(?:[A-ZА-ЯЁ][a-zа-я]?\.)+$")
_WORD = r"[^\W_](?:\w|['’.&‐‑–-](?=\w))*"
_FIRST = re.compile(r"[^\W\d_]+\b(?!\.)")
# A syllable of pinyin at the end of a sentence is a name, not an initial ("Wang Bo.").
_SYLLABLE = re.compile(r"[A-Z][aeiou]")
_ONE_LETTER = re.compile(r"[A-ZА-ЯЁ][a-zа-я]?")
_DOTTED = re.compile(r"(?:[A-ZА-ЯЁ][a-zа-я]{0,2}\.?)+$")
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
        """Whether the word begins with a capital letter or is numbered ("20th", "No. 15")."""
        first = self.text[0]
        if first.isdigit():
            return any(map(str.isalpha, self.text))
        return first.isupper() or not first.isalpha()


def sentences(text: str, language: str = "en") -> Iterator[Span]:
    """Yield the spans of the sentences of a text, without surrounding white space.

    A new line ends a sentence; a full stop does unless an initial or abbreviation carries it.
    """
    start = 0
    wrapped = _is_wrapped(text)
    for match in _BREAK.finditer(text):
        gap, before = match.group(), text[max(start, match.start() - 12) : match.start()]
        soft = "\n" not in gap or (gap.strip(" \t") == "\n" and wrapped)
        unfinished = "\n" in gap and before[-1:] not in ".!?…:"
        if soft and (
            unfinished or _continues(before, text[match.end() : match.end() + 16], language)
        ):
            continue
        end = match.start() + len(gap.rstrip())
        yield from _pieces(text, start, end)
        start = match.end()
    yield from _pieces(text, start, len(text))


def words(text: str, start: int, end: int, language: str = "en") -> list[Word]:
    """Return the words of ``text[start:end]`` with offsets into `text`."""
    dotted = lexicon.listed(language, "sentences", "dotted")
    matches = _word_pattern(language).finditer(text, start, end)
    return [_word(text, match.span(), end, dotted) for match in matches]


@cache
def _word_pattern(language: str) -> re.Pattern[str]:
    """Return the pattern of a word; a number goes with the sign before it ("No. 15")."""
    return re.compile(rf"(?:{lexicon.either(language, 'sentences', 'numbering')})\s?\d+|{_WORD}")


def _is_wrapped(text: str) -> bool:
    """Whether the lines of a text are broken at a fixed width, not at the ends of paragraphs."""
    lengths = [len(line) for line in text.splitlines() if line.strip()]
    return len(lengths) > 4 and max(lengths) < 120 and sorted(lengths)[len(lengths) // 2] > 50


@cache
def _abbreviation(language: str) -> re.Pattern[str]:
    known = lexicon.either(language, "sentences", "abbreviations")
    return re.compile(rf"(?:^|[\s(])(?:{known})\.$")


def _continues(before: str, after: str, language: str) -> bool:
    """Whether a full stop at the end of `before` belongs to an abbreviation or initial.

    Behind an initial goes a name; where a word that opens sentences stands there instead, it was
    a short name ("… received Wang Bo. He …").
    """
    if _INITIAL.search(before):
        first = _FIRST.match(after)
        return first is None or first.group() not in _openers(language)
    return bool(_abbreviation(language).search(before))


@cache
def _openers(language: str) -> frozenset[str]:
    return lexicon.listed(language, "organizations", "stop")


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield a sentence without white space around it, cut where it is too long for one."""
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


def _word(text: str, span: Span, limit: int, dotted: frozenset[str]) -> Word:
    """Return a word with the possessive ending or the full stop that goes with it."""
    start, end = span
    stop = end
    surface, behind = text[start:end], text[end : min(end + 1, limit)]
    if surface[-2:] in ("'s", "’s") and len(surface) > 2:
        end -= 2
    elif surface[-1] == "s" and behind in ("'", "’"):
        stop = end + 1
    elif behind == "." and _takes_stop(surface, dotted) and not _ends(surface, end, limit):
        end = stop = end + 1
    return Word(start, end, stop, text[start:end])


def _ends(surface: str, end: int, limit: int) -> bool:
    """Whether the full stop behind a short name is the sentence's own."""
    return end + 1 >= limit and _SYLLABLE.fullmatch(surface) is not None


def _takes_stop(surface: str, dotted: frozenset[str]) -> bool:
    """Whether a full stop behind a word is part of it: an abbreviation's or an initial's."""
    if surface in dotted or _ONE_LETTER.fullmatch(surface):
        return True
    return "." in surface and _DOTTED.match(surface) is not None
