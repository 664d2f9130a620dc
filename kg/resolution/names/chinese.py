"""Chinese names in characters and in Cyrillic, as pinyin."""

from __future__ import annotations

import functools
import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from kg.resolution.words import words

HAN = re.compile(r"[\u3400-\u9fff]")
_CYRILLIC = re.compile(r"[а-яё]+(?:[ъ-][а-яё]+)*", re.IGNORECASE)
_PLAIN = functools.partial(re.compile("(?<=[lnLN])v").sub, "u")  # as texts write ü
_LONGEST = 6  # letters of a syllable in Cyrillic
_LONGEST_NAME = 30


def pinyin(characters: str) -> tuple[str, ...]:
    """Return the pinyin of Chinese characters, one syllable each, ü as ``v``.

    Examples
    --------
    >>> pinyin("重庆")
    ('chong', 'qing')
    """
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415 - its dictionary is large

    return tuple(syllable.replace("ü", "v") for syllable in lazy_pinyin(characters, Style.NORMAL))


@lru_cache(maxsize=50_000)
def person_in_pinyin(characters: str) -> str:
    """Return a Chinese personal name as surname and given name.

    Examples
    --------
    >>> person_in_pinyin("石晶"), person_in_pinyin("曾庆红"), person_in_pinyin("欧阳修")
    ('Shi Jing', 'Zeng Qinghong', 'Ouyang Xiu')
    """
    known = _data("surnames.toml")["readings"]
    double = characters[:2]
    two = len(characters) > 2 and (
        double in known or "".join(pinyin(double)) in words().compound_surnames
    )
    surname, given = characters[: 1 + two], characters[1 + two :]
    first = known.get(surname) or "".join(pinyin(surname))
    read = f"{first.capitalize()} {''.join(pinyin(given)).capitalize()}".strip()
    return _PLAIN(read)


@lru_cache(maxsize=50_000)
def person_from_palladius(name: str) -> str | None:
    """Return a Chinese name in Cyrillic as pinyin, None if it cannot be read as one.

    Examples
    --------
    >>> person_from_palladius("Ши Цзин"), person_from_palladius("Си Цзиньпин")
    ('Shi Jing', 'Xi Jinping')
    >>> person_from_palladius("Жансеит Туймебаев") is None
    True
    """
    parts = [_syllables(word) for word in name.split()]
    if not 2 <= len(parts) <= 3 or not all(parts):
        return None
    surname, given = _PLAIN("".join(parts[0])), [one for part in parts[1:] for one in part]
    if len(given) > 2 or surname not in words().surnames | words().compound_surnames:
        return None
    return f"{surname.capitalize()} {_PLAIN(''.join(given)).capitalize()}"


@lru_cache(maxsize=50_000)
def from_palladius(word: str) -> str | None:
    """Return one word in Cyrillic as pinyin, None if its letters are no Chinese syllables.

    Examples
    --------
    >>> from_palladius("Сычуань"), from_palladius("Сиань"), from_palladius("Астана")
    ('sichuan', 'xian', None)
    """
    return "".join(_syllables(word)) or None


def _syllables(word: str) -> tuple[str, ...]:
    """Return the syllables of a word in Cyrillic; of several readings that with the fewest."""
    if len(word) > _LONGEST_NAME or not _CYRILLIC.fullmatch(word):
        return ()
    known = palladius()
    parts: list[tuple[str, ...]] = []
    for piece in re.split(r"[ъ-]", word.casefold()):
        best: list[tuple[str, ...] | None] = [(), *[None] * len(piece)]
        for end in range(1, len(piece) + 1):
            for start in range(max(0, end - _LONGEST), end):
                before, syllable = best[start], known.get(piece[start:end])
                if before is None or syllable is None:
                    continue
                if (so_far := best[end]) is None or len(before) + 1 < len(so_far):
                    best[end] = (*before, syllable)
        if (found := best[-1]) is None:
            return ()
        parts.append(found)
    return tuple(syllable for part in parts for syllable in part)


@cache
def palladius() -> dict[str, str]:
    """Return every syllable in the spelling of Palladius, with its pinyin."""
    data = _data("palladius.toml")
    initials, finals = data["initials"], data["finals"]
    found: dict[str, str] = {}
    for syllable in sorted(words().syllables, key=lambda one: ("v" in one, one)):
        initial = next((i for i in ("zh", "ch", "sh", syllable[:1]) if syllable.startswith(i)), "")
        initial = initial if initial in initials else ""
        final = syllable[len(initial) :]
        spelled = data["whole"].get(syllable)
        if spelled is None and initial in ("j", "q", "x") and final in data["front"]:
            spelled = initials[initial] + data["front"][final]
        if spelled is None and final in finals:
            spelled = initials[initial] + finals[final]
        if spelled is not None:
            found.setdefault(spelled, syllable)
    return found


@cache
def _data(name: str) -> dict[str, Any]:
    text = (files("kg.resolution") / "data" / name).read_text(encoding="utf-8")
    return tomllib.loads(text)
