"""Acronyms: whether the letters of a short name stand for the words of a long one."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.resolution.names.spelling import fold, syllables
from kg.resolution.words import words

_SHAPE = re.compile(r"[^\W\d_]+(?:[- ][^\W\d_]+)?")
_LONGEST = 12
_LEADING = 3  # words of a dedication that the acronym of a school may leave out


def is_acronym(name: str) -> bool:
    """Return whether a name looks like an acronym: one or two words full of capitals.

    Examples
    --------
    >>> [is_acronym(name) for name in ("KazUIR", "OpenU", "OSCE", "Nokia")]
    [True, True, True, False]
    """
    if len(name) > _LONGEST or not _SHAPE.fullmatch(name):
        return False
    last: str = re.split(r"[- ]", name)[-1]
    count = sum(letter.isupper() for letter in last)
    return count >= 2 and count >= 0.4 * len(last)


@lru_cache(maxsize=50_000)
def spells(acronym: str, name: str) -> bool:
    """Return whether an acronym's letters can be read off the words of a name, in order.

    A capital begins a word (or a Chinese syllable), small letters go on with it. Small words
    may be passed over, a dedication at the start, and what follows a small word at the end.

    Examples
    --------
    >>> spells("KazUIR", "Abylai Khan Kazakh University of International Relations")
    True
    >>> spells("XSYU", "Xi'an Shiyou University")
    True
    >>> spells("OpenU", "Open University of Macau")
    True
    >>> spells("KazUIR", "Kazakh Institute of Oil")
    False
    """
    letters = re.sub(r"[^A-Za-z]", "", acronym)
    parts = _parts(name)
    if len(letters) < 2 or not parts or fold(acronym) == fold(name):
        return False
    return any(_reads(letters, parts, start) for start in _starts(parts))


@lru_cache(maxsize=50_000)
def initials(name: str) -> frozenset[str]:
    """Return every string of initials under which an acronym of a name may be looked up.

    `capitals` of an acronym that `spells` accepts is among them for most names; the strings
    narrow a search down, `spells` decides.
    """
    parts = _parts(name)
    found: set[str] = set()
    for start in _starts(parts):
        for end in _ends(parts):
            chosen = [word for word in parts[start:end] if word not in words().small]
            found.add("".join(word[0] for word in chosen))
            found.add("".join(part[0] for word in chosen for part in syllables(word) or (word,)))
    return frozenset(text for text in found if len(text) >= 2)


def capitals(acronym: str) -> str:
    """Return the letters that begin words in an acronym, folded.

    Examples
    --------
    >>> capitals("KazUIR")
    'kuir'
    """
    return "".join(letter for letter in acronym if letter.isupper()).casefold()


def _parts(name: str) -> tuple[str, ...]:
    return tuple(fold(name).split())


def _starts(parts: tuple[str, ...]) -> range:
    """Return where the words that count may begin: schools may have a dedication before them."""
    if not words().schools & set(parts):
        return range(1)
    ordinary = words().general | words().small
    own = next((at for at, word in enumerate(parts) if word in ordinary), len(parts))
    return range(min(_LEADING, own, max(0, len(parts) - 2)) + 1)


def _ends(parts: tuple[str, ...]) -> list[int]:
    """Return where the words that count may end: at the end, or before a small word."""
    small = words().small
    return [*(at for at, word in enumerate(parts) if at >= 2 and word in small), len(parts)]


def _reads(letters: str, parts: tuple[str, ...], start: int) -> bool:
    """Return whether the letters can be read off the words from `start` on."""
    ends = set(_ends(parts))
    reached = {0}  # how many letters the words so far may account for
    for at in range(start, len(parts)):
        if at in ends and len(letters) in reached:
            return True
        word = parts[at]
        skipping = reached if word in words().small else set()
        reached = skipping | {end for begin in reached for end in _takes(letters, begin, word)}
    return len(letters) in reached


def _takes(letters: str, begin: int, word: str) -> set[int]:
    """Return how far the letters from `begin` on can go with one word."""
    found: set[int] = set()
    end = begin
    for letter in word:
        if end == len(letters) or letters[end].casefold() != letter:
            break
        if end > begin and letters[end].isupper():
            break
        end += 1
        found.add(end)
    parts = syllables(word)
    low = letters[begin:].lower()
    if len(parts) > 1 and all(part[0] == letter for part, letter in zip(parts, low, strict=False)):
        found.add(begin + len(parts))
    return {end for end in found if end <= len(letters)}
