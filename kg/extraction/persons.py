"""Names of people: which capitalised words can be one, and what their parts are.

Chinese names are told by family name and pinyin syllables, Kazakh and Slavic ones by endings,
initials and common given names, others by the entity recogniser and the words around them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from kg.extraction.lexicon import words
from kg.extraction.places import lookup

# Initials and a family name without a space ("K.Imanov").
_INITIALLED = re.compile(r"(?:[^\W\d_a-z]\.){1,2}[^\W\d_a-z][^\W\d_]{2,}(?:-[^\W\d_]+)?")
_INITIAL = re.compile(r"(?:[^\W\d_][^\W\d_]{0,2}\.)+|[^\W\d_]")
# A given name of two syllables, as Korean names are written.
_GIVEN = re.compile(r"[A-Z][a-z]{1,5}-[a-z]{2,6}")


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """What the words of names look like in a language."""

    surnames: frozenset[str]  # Chinese family names
    syllables: re.Pattern[str]  # a Chinese given name
    endings: re.Pattern[str]
    weak_endings: re.Pattern[str]
    patronymics: re.Pattern[str]
    given: frozenset[str]


@cache
def _lexicon(language: str) -> _Lexicon:
    data = words(language, "names")
    syllable = data["chinese_syllable"]
    ending, weak, patronymic = (
        re.compile(rf".+{data[key]}$", re.IGNORECASE)
        for key in ("endings", "weak_endings", "patronymics")
    )
    return _Lexicon(
        frozenset(data["chinese_surnames"].split()),
        re.compile(rf"(?:{syllable})(?:['’-]?(?:{syllable}))?$", re.IGNORECASE),
        ending,
        weak,
        patronymic,
        frozenset(name.lower() for name in data["given"].split()),
    )


def is_chinese(parts: Sequence[str], language: str = "en") -> bool:
    """Whether the words are a Chinese name in pinyin, family name first or last."""
    lexicon = _lexicon(language)
    loud = next((part for part in parts if len(part) > 1 and part.isupper()), None)
    if loud is None or loud.lower() in lexicon.surnames:
        parts = _lowered(parts)
    if len(parts) == 3 and all(len(part) <= 6 for part in parts[1:]):
        parts = [parts[0], "".join(parts[1:]).lower()]
    if len(parts) != 2 or any(part.isupper() and len(part) > 2 for part in parts):
        return False
    first, last = (part.lower().replace("-", "") for part in parts)
    forward = first in lexicon.surnames and lexicon.syllables.match(last)
    backward = last in lexicon.surnames and lexicon.syllables.match(first) and len(first) > 3
    return bool(forward or backward) and lookup(" ".join(parts)) is None


def is_half_chinese(parts: Sequence[str], language: str = "en") -> bool:
    """Whether a Chinese family name stands before one other word, as in foreign spellings.

    Reports translated from Russian or Uzbek write "Li Bolodka" and "Wen Aryusha".
    """
    return _is_half_chinese(parts, _lexicon(language))


def _is_half_chinese(parts: Sequence[str], lexicon: _Lexicon) -> bool:
    if len(parts) != 2 or not all(part.istitle() and part.isalpha() for part in parts):
        return False
    known = parts[0].lower() in lexicon.surnames
    return known and len(parts[0]) < 6 and len(parts[1]) > 2 and lookup(" ".join(parts)) is None


def is_sure(parts: Sequence[str], language: str = "en") -> bool:
    """Whether a known given name stands before a family name with an ending of such."""
    lexicon = _lexicon(language)
    known = len(parts) == 2 and parts[0].lower() in lexicon.given
    return known and lexicon.endings.match(parts[1]) is not None


def is_steppe(parts: Sequence[str], language: str = "en") -> bool:
    """Whether a word of a name has an ending that names have from the Altai to the Dnieper."""
    lexicon = _lexicon(language)
    if is_chinese(parts, language):
        return False
    return any(lexicon.endings.match(p) or lexicon.weak_endings.match(p) for p in parts)


def strength(parts: Sequence[str], language: str = "en") -> float:
    """Return how much the words themselves look like a person's name, from 0 to 1.

    A single word reaches at most 0.65, because family names are also words and places.
    """
    parts = [part for part in parts if not part[0].islower()]  # "bin", "van"
    return _strength(_lowered(parts), language) if 0 < len(parts) <= 5 else 0.0


def _lowered(parts: Sequence[str]) -> tuple[str, ...]:
    """Return the words with a family name in capitals written as others are ("WANG Li")."""
    loud = [len(part) > 1 and part.isupper() and part.isalpha() for part in parts]
    if len(parts) < 2 or sum(loud) != 1 or not (loud[0] or loud[-1]):
        return tuple(parts)
    return tuple(part.title() if high else part for part, high in zip(parts, loud, strict=True))


@lru_cache(maxsize=16_384)
def _strength(parts: tuple[str, ...], language: str) -> float:
    if is_chinese(parts, language) or _is_hyphenated(parts):
        return 0.9
    if len(parts) == 1 and is_initialled(parts[0]):
        return 0.9
    plain = [part.replace("’", "'") for part in parts if not is_initial(part)]
    if 0 < len(plain) < len(parts):
        return 0.9
    return _look(plain, _lexicon(language))


def _is_hyphenated(parts: Sequence[str]) -> bool:
    """Whether a given name of two syllables stands beside a short family name ("Seo Mi-kyung")."""
    if len(parts) != 2 or not all(part[0].isupper() for part in parts):
        return False
    given = next((part for part in parts if _GIVEN.fullmatch(part)), None)
    return given is not None and min(map(len, parts)) <= 5


def _look(parts: Sequence[str], lexicon: _Lexicon) -> float:
    """Return how much words without initials look like a name, by their endings or a list."""
    strong = sum(bool(lexicon.endings.match(part)) for part in parts)
    known = sum(part.lower() in lexicon.given for part in parts)
    soft = sum(bool(lexicon.weak_endings.match(part)) for part in parts)
    if len(parts) < 2:
        return 0.65 if strong else 0.3 if known or soft else 0.0
    if strong:
        return 0.9
    if known:
        return 0.8
    if _is_half_chinese(parts, lexicon):
        return 0.45
    return 0.4 if soft == len(parts) else 0.1


@lru_cache(maxsize=4_096)
def second_syllable(word: str, language: str = "en") -> str | None:
    """Return the first letter of the second syllable of a Chinese word of two, else None."""
    syllable = words(language, "names")["chinese_syllable"]
    found = re.fullmatch(rf"(?:{syllable})['’]?(?P<second>{syllable})", word, re.IGNORECASE)
    return found["second"][0] if found and len(found["second"]) > 1 else None


def surname_parts(name: str, language: str = "en") -> tuple[str, ...]:
    """Return the parts of a name by which a later mention may call its bearer.

    The family name first: the first word of a Chinese name, otherwise the last, and the
    first too where that has a family name's ending ("Serikbayev Arman Maratuly").
    """
    lexicon = _lexicon(language)
    parts = [part for part in name.split() if not is_initial(part)]
    if not parts:
        return ()
    if is_chinese(name.split(), language):
        first = parts[0].lower() in lexicon.surnames
        return (parts[0],) if first else (parts[-1], parts[0])
    candidates = [part for part in parts if not lexicon.patronymics.match(part)] or parts
    ordered = (
        candidates
        if _family_first(candidates, "-" in name, lexicon)
        else [
            candidates[-1],
            *candidates[:-1],
        ]
    )
    return tuple(part for part in dict.fromkeys(ordered) if len(part) > 1)


def _family_first(parts: Sequence[str], hyphen: bool, lexicon: _Lexicon) -> bool:
    """Whether the first word is the family name; a hyphen joins a Chinese given name."""
    if len(parts) < 2:
        return False
    if hyphen and parts[0].lower() in lexicon.surnames:
        return True
    endings = lexicon.endings
    return bool(endings.match(parts[0])) and not endings.match(parts[-1])


def is_initialled(word: str) -> bool:
    """Whether one word is initials and a family name without a space ("K.Imanov")."""
    family = word.rsplit(".", 1)[-1]
    return _INITIALLED.fullmatch(word) is not None and lookup(family) is None  # "P.R.China"


def is_initial(part: str) -> bool:
    """Whether a word of a name is an initial ("Zh.", "A.N.")."""
    return part[0].isupper() and _INITIAL.fullmatch(part) is not None
