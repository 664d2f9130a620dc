"""Names of people: which capitalised words can be one, and what their parts are.

Chinese names are told by family name and pinyin syllables, Kazakh and Slavic ones by endings,
initials and common given names, others by the entity recogniser and the words around them.
"""

from __future__ import annotations

import re
from functools import cache

from kg.extraction.lexicon import words
from kg.extraction.places import lookup


@cache
def _lexicon(
    language: str,
) -> tuple[frozenset[str], re.Pattern[str], re.Pattern[str], re.Pattern[str], frozenset[str]]:
    data = words(language, "names")
    syllable = data["chinese_syllable"]
    return (
        frozenset(data["chinese_surnames"].split()),
        re.compile(rf"(?:{syllable})(?:['’-]?(?:{syllable}))?$", re.IGNORECASE),
        re.compile(rf".+{data['endings']}$", re.IGNORECASE),
        re.compile(rf".+{data['weak_endings']}$", re.IGNORECASE),
        frozenset(name.lower() for name in data["given"].split()),
    )


def is_chinese(parts: list[str], language: str = "en") -> bool:
    """Whether the words are a Chinese name in pinyin, family name first or last."""
    surnames, syllables, _, _, _ = _lexicon(language)
    if len(parts) == 3 and all(len(part) <= 6 for part in parts[1:]):
        parts = [parts[0], "".join(parts[1:]).lower()]
    if len(parts) != 2 or any(part.isupper() and len(part) > 2 for part in parts):
        return False
    first, last = (part.lower().replace("-", "") for part in parts)
    forward = first in surnames and bool(syllables.match(last))
    backward = last in surnames and bool(syllables.match(first)) and len(first) > 3
    return (forward or backward) and lookup(" ".join(parts)) is None


def strength(parts: list[str], language: str = "en") -> float:
    """Return how much the words themselves look like a person's name, from 0 to 1.

    A single word reaches at most 0.65, because family names are also words and places.
    """
    if not parts or len(parts) > 5:
        return 0.0
    _, _, endings, weak, given = _lexicon(language)
    if is_chinese(parts, language):
        return 0.9
    plain = [part.replace("’", "'") for part in parts if not _is_initial(part)]
    if not plain:
        return 0.0
    if len(plain) < len(parts):
        return 0.9
    strong = sum(bool(endings.match(part)) for part in plain)
    known = sum(part.lower() in given for part in plain)
    soft = sum(bool(weak.match(part)) for part in plain)
    if len(plain) == 1:
        return 0.65 if strong else 0.3 if known or soft else 0.0
    if strong:
        return 0.9
    if known:
        return 0.8
    return 0.4 if soft == len(plain) else 0.1


def surname_parts(name: str, language: str = "en") -> tuple[str, ...]:
    """Return the parts of a name by which a later mention may call its bearer.

    The family name first: the first word of a Chinese name, otherwise the last, and the
    first too where that has a family name's ending ("Tuimebayev Zhanseit Kanseituly").
    """
    surnames, _, endings, _, given = _lexicon(language)
    parts = [part for part in name.split() if not _is_initial(part)]
    if not parts:
        return ()
    if is_chinese(name.split(), language):
        first = parts[0].lower() in surnames
        return (parts[0],) if first else (parts[-1], parts[0])
    patronymic = re.compile(
        r".+(?:ovich|evich|ovna|evna|ichna|uly|uli|kyzy|qyzy|kizi)$", re.IGNORECASE
    )
    candidates = [part for part in parts if not patronymic.match(part)] or parts
    ordered = [candidates[-1], *candidates[:-1]]
    if len(candidates) > 1 and endings.match(candidates[0]) and not endings.match(candidates[-1]):
        ordered = candidates
    if candidates[0].lower() in surnames and len(candidates) > 1 and "-" in name:
        ordered = candidates
    return tuple(part for part in dict.fromkeys(ordered) if len(part) > 1)


def _is_initial(part: str) -> bool:
    return bool(re.fullmatch(r"(?:[^\W\d_][^\W\d_]{0,2}\.)+|[^\W\d_]", part)) and part[0].isupper()
