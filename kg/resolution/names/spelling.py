"""Spelling: what remains of a name when case, script, accents and punctuation are set aside."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

from kg.resolution.words import words

_POSSESSIVE = re.compile(r"(?:['`]s)+(?![a-z0-9])")
_QUOTE = re.compile(r"['`\"]")
_OTHER = re.compile(r"[^a-z0-9]+")
_ORGANISATION = re.compile(r"isation(?=s?\b)")

# Ways to write one Russian or Kazakh sound in Latin letters, applied in this order.
_SOUNDS = (
    ("dzh", "j"), ("zh", "j"), ("kh", "h"), ("gh", "g"), ("yev", "ev"), ("yo", "e"), ("ye", "e"),
    ("ey", "ei"), ("y", "i"), ("q", "k"), ("w", "u"), ("tz", "ts"), ("ck", "k"), ("ph", "f"),
)  # fmt: skip
_DOUBLE = re.compile(r"([a-z])\1+")
_LONGEST_SYLLABLE = 6
_LONGEST_PINYIN = 30


@lru_cache(maxsize=100_000)
def fold(text: str) -> str:
    """Return a name in lower-case ASCII letters and digits, words parted by single spaces.

    Possessives lose their ending, apostrophes inside words vanish, every other mark parts
    words; ``-isation`` is written ``-ization``. Folding a folded name changes nothing.

    Examples
    --------
    >>> fold("China’s Xi'an Shiyou  Üniversitesi")
    'china xian shiyou universitesi'
    """
    plain = anyascii(unicodedata.normalize("NFKC", text)).casefold()
    plain = _QUOTE.sub("", _POSSESSIVE.sub(" ", plain))
    plain = _OTHER.sub(" ", plain).strip()
    return _ORGANISATION.sub("ization", plain)


@lru_cache(maxsize=100_000)
def skeleton(word: str) -> str:
    """Return a folded word as its sounds, so that romanisations of one name agree.

    Chinese syllables are left alone: there one letter more is another name.

    Examples
    --------
    >>> skeleton("zhumabaev") == skeleton("jumabayev")
    True
    >>> skeleton("liu") == skeleton("lyu")
    False
    """
    return word if len(word) < 4 or is_pinyin(word) else sounds(word)


def sounds(word: str) -> str:
    """Return a folded word with one letter for each way to write a sound, no letter doubled."""
    for written, sound in _SOUNDS:
        word = word.replace(written, sound)
    return _DOUBLE.sub(r"\1", word)


def is_pinyin(word: str) -> bool:
    """Return whether a folded word can be read as Chinese syllables."""
    return bool(syllables(word))


@lru_cache(maxsize=100_000)
def syllables(word: str) -> tuple[str, ...]:
    """Return the Chinese syllables that a folded word can be read as; none if it cannot.

    Of several readings the one is taken in which the fewest syllables after the first begin
    with a vowel, and then the shortest.

    Examples
    --------
    >>> syllables("jiaotong"), syllables("guangan"), syllables("malik")
    (('jiao', 'tong'), ('guan', 'gan'), ())
    """
    if not 0 < len(word) <= _LONGEST_PINYIN:
        return ()
    known = words().syllables
    best: list[tuple[int, int, tuple[str, ...]] | None] = [None] * (len(word) + 1)
    best[0] = (0, 0, ())
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - _LONGEST_SYLLABLE), end):
            before, part = best[start], word[start:end]
            if before is None or part not in known:
                continue
            awkward = before[0] + (start > 0 and part[0] in "aeo")
            reading = (awkward, before[1] + 1, (*before[2], part))
            if best[end] is None or reading < best[end]:  # type: ignore[operator]  # not None
                best[end] = reading
    found = best[-1]
    return found[2] if found else ()
