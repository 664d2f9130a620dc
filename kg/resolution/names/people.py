"""Names of people: parts, initials, patronymics, and whether two can be one person's."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from anyascii import anyascii

from kg.resolution.names.chinese import person_from_palladius, person_in_pinyin
from kg.resolution.names.spelling import fold, is_pinyin, skeleton, sounds, syllables
from kg.resolution.words import words

_INITIAL = re.compile(r"(?<![^\W_])([^\W\d_]{1,2})\.\s*|(?<![\w'’.-])([A-Z])(?![\w'’-])")
_HYPHEN = re.compile(r"(?<=\w)[-‐‑–](?=\w)")
_HAN = re.compile(r"[\u3400-\u9fff]{2,4}")


@dataclass(frozen=True, slots=True)
class PersonName:
    """A personal name taken apart.

    Parameters
    ----------
    parts : tuple of str
        Folded surname and given names, in the order written, without initials and patronymic.
        The syllables of a Chinese given name are one part.
    initials : tuple of str
        Folded initials, in the order written.
    patronymic : str or None
        Folded patronymic, where there are two other parts or initials beside it.
    chinese : bool
        Whether the parts can be read as a Chinese surname and given name.
    """

    parts: tuple[str, ...]
    initials: tuple[str, ...] = ()
    patronymic: str | None = None
    chinese: bool = False

    @property
    def full(self) -> bool:
        """Whether a surname and a given name are both written out."""
        return len(self.parts) >= 2

    @property
    def signature(self) -> tuple[str, ...]:
        """The parts as sounds, in an order that does not depend on which comes first."""
        return tuple(sorted(skeleton(part) for part in self.parts))

    @property
    def common(self) -> bool:
        """Whether so many share the name that it says little: two Chinese syllables."""
        return self.chinese and sum(len(syllables(part)) for part in self.parts) <= 2


@lru_cache(maxsize=100_000)
def person_name(text: str) -> PersonName:
    """Take a personal name apart.

    Examples
    --------
    >>> person_name("A.B. Serikov")
    PersonName(parts=('serikov',), initials=('a', 'b'), patronymic=None, chinese=False)
    >>> person_name("Serikov Askar Bolatuly").patronymic
    'bolatuly'
    >>> person_name("Li Xiao-ming").parts == person_name("Li Xiaoming").parts
    True
    """
    plain = _spaced(unicodedata.normalize("NFKC", text))
    found = (fold(match[1] or match[2]) for match in _INITIAL.finditer(plain))
    initials = tuple(one for one in found if one and one not in words().honorifics)
    parts = fold(_HYPHEN.sub("", _INITIAL.sub(" ", plain))).split()
    parts = [part for part in parts if part not in words().honorifics] or parts
    patronymic = _patronymic(parts, len(initials))
    if patronymic is not None:
        parts.remove(patronymic)
    chinese = _joined(parts)
    return PersonName(tuple(chinese or parts), initials, patronymic, chinese is not None)


def agree(one: PersonName, other: PersonName) -> bool:
    """Return whether two names can be one person's: no part of one speaks against the other.

    Examples
    --------
    >>> agree(person_name("A.B. Serikov"), person_name("Serikov Askar"))
    True
    >>> agree(person_name("A. Serikov"), person_name("Bolat Serikov"))
    False
    """
    if not _patronymics_agree(one, other):
        return False
    if one.full and other.full:
        return one.signature == other.signature
    short, long = (one, other) if len(one.parts) <= len(other.parts) else (other, one)
    remaining = list(long.signature)
    for part in short.signature:
        if part not in remaining:
            return False
        remaining.remove(part)
    return _initials_agree(short, long, remaining)


def _initials_agree(short: PersonName, long: PersonName, remaining: list[str]) -> bool:
    if not short.initials:
        return True
    if remaining:  # the first initial is that of a name which the other writes out
        return _letter(short.initials[0]) in map(_letter, remaining)
    return all(
        _letter(one) == _letter(other)
        for one, other in zip(short.initials, long.initials, strict=False)
    )


def _letter(part: str) -> str:
    return sounds(part)[:1]


def _patronymics_agree(one: PersonName, other: PersonName) -> bool:
    if one.patronymic and other.patronymic:
        return skeleton(one.patronymic)[:5] == skeleton(other.patronymic)[:5]
    for name, against in ((one, other), (other, one)):
        if name.patronymic and len(against.initials) >= 2:
            return _letter(name.patronymic) == _letter(against.initials[1])
    return True


def _spaced(text: str) -> str:
    """Return the text with Latin letters for others, and Chinese characters as two words."""
    han = text.replace(" ", "").replace("·", "")
    if _HAN.fullmatch(han):
        return person_in_pinyin(han)
    return person_from_palladius(text) or anyascii(text)


def _patronymic(parts: list[str], initials: int) -> str | None:
    """Return the part that is a patronymic, if enough others stand beside it."""
    if len(parts) + min(initials, 1) < 3:
        return None
    for part in reversed(parts[1:]):
        if len(part) >= 6 and part.endswith(words().patronymics):
            return part
    return None


def _joined(parts: list[str]) -> list[str] | None:
    """Return surname and given name, if the parts read as a Chinese name."""
    if not 2 <= len(parts) <= 4 or not all(map(is_pinyin, parts)):
        return None
    surnames, compound = words().surnames, words().compound_surnames
    if len(parts) > 2 and "".join(parts[:2]) in compound:
        parts = ["".join(parts[:2]), *parts[2:]]
    given = sum(len(syllables(part)) for part in parts[1:])
    if (parts[0] in surnames or parts[0] in compound) and given <= 2:
        return [parts[0], "".join(parts[1:])] if len(parts) > 1 else None
    if parts[-1] in surnames and sum(len(syllables(part)) for part in parts[:-1]) <= 2:
        return [parts[-1], "".join(parts[:-1])]
    return None
