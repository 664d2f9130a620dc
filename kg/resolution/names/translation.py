"""Names of organizations in Russian, Kazakh and Chinese, in English words as far as known.

A translation is for comparing, not for showing: what the tables do not have is written in
Latin letters, Chinese names as pinyin.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from kg.resolution.names.chinese import HAN, from_palladius, pinyin
from kg.resolution.words import words

_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_ADJECTIVE = re.compile(r"(?:ский|ская|ское|ского|ской|ск)$")
_LONGEST = 300
_ENDING = 8  # letters that may follow a stem


@lru_cache(maxsize=50_000)
def in_english(name: str) -> str:
    """Return a name with its Russian, Kazakh and Chinese words in English.

    Examples
    --------
    >>> in_english("Сычуаньский педагогический университет")
    'sichuan pedagogical university'
    >>> in_english("四川省教育厅")
    'sichuan province department education'
    >>> in_english("Amber University")
    'Amber University'
    """
    text = name[:_LONGEST]
    if HAN.search(text):
        text = _from_chinese(text)
    return _from_cyrillic(text) if _CYRILLIC.search(text) else text


def _from_chinese(text: str) -> str:
    known: dict[str, str] = _tables()["chinese"]
    longest = max(map(len, known))
    parts: list[str] = []
    plain = ""
    at = 0
    while at < len(text):
        width = next((w for w in range(longest, 0, -1) if text[at : at + w] in known), 0)
        if not width and HAN.match(text[at]):
            plain += text[at]
            at += 1
            continue
        parts += ["".join(pinyin(plain)), known.get(text[at : at + width], text[at])]
        plain = ""
        at += width or 1
    return " ".join(" ".join([*parts, "".join(pinyin(plain))]).split())


def _from_cyrillic(text: str) -> str:
    """Return the words in English; whom an institution is dedicated to comes first."""
    small = _tables()["small"]
    found = _WORD.findall(text)
    folded = [word.casefold() for word in found]
    for at, word in enumerate(folded):
        if word in small["after"] and at:  # "университет имени Абая"
            found = [*map(_nominative, found[at + 1 :]), *found[:at]]
            break
        if word in small["before"]:  # "Абай атындағы университет"
            found = [*found[:at], *found[at + 1 :]]
            break
    else:
        found = _named_last(found)
    kept = (word for word in found if word.casefold() not in small["dropped"])
    return " ".join(" ".join(map(_word, kept)).split())


def _nominative(word: str) -> str:
    """Return a name in the genitive as it is in the nominative: "Абая" is "Абай"."""
    return re.sub("ая$", "ай", re.sub("(?<=[оеёи][вн])а$", "", word))


def _named_last(found: list[str]) -> list[str]:
    """Put a name that follows its kind, as in "Университет Туран", before it."""
    if len(found) > 1 and found[-1][0].isupper() and _word(found[-2]) in words().schools:
        return [*found[:-2], found[-1], found[-2]]
    return found


@lru_cache(maxsize=50_000)
def _word(word: str) -> str:
    known: dict[str, str] = _tables()["cyrillic"]
    plain = word.casefold()
    stem = max((stem for stem in known if plain.startswith(stem)), key=len, default=None)
    if stem is not None and len(plain) - len(stem) <= (_ENDING if len(stem) > 3 else len(stem)):
        return known[stem]
    bare = _ADJECTIVE.sub("", plain)
    return from_palladius(plain) or from_palladius(bare) or word


@cache
def _tables() -> dict[str, Any]:
    text = (files("kg.resolution") / "data" / "translation.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
