"""A glossary of the acronyms that a set of records explains."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kg.extraction.record import Entity
from kg.resolution.names.acronyms import capitals, initials, is_acronym, spells
from kg.resolution.names.organizations import organization_name
from kg.resolution.names.spelling import fold

_SURE = 0.9  # share of the documents that must agree on what an acronym stands for
_TOLD_OFTEN = 2  # documents that explain an acronym, so that a chance reading does not count
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Glossary:
    """What acronyms stand for.

    Parameters
    ----------
    stated : mapping of str to str
        Folded acronym to the full name that the records give it, where they agree.
    often : frozenset of str
        Folded acronyms that more than one document explains.
    readings : mapping of str to set of str
        Initials to the full names in the records that have them.
    """

    stated: Mapping[str, str] = field(default_factory=dict)
    often: frozenset[str] = frozenset()
    readings: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def full(self, name: str) -> str:
        """Return what an acronym surely stands for, or the name itself."""
        if not is_acronym(name):
            return name
        stated = self.stated.get(fold(name))
        others = {
            organization_name(full).key: full
            for full in sorted(self.readings.get(capitals(name), ()))
            if spells(name, full)
        }
        if stated is not None:
            others.pop(organization_name(stated).key, None)
            return stated if not others or fold(name) in self.often else name
        if len(others) == 1 and len(capitals(name)) >= 3:
            return next(iter(others.values()))
        return name

    def expanded(self, name: str) -> str:
        """Return a name with the acronyms inside it written out.

        Only acronyms that records explain are, so that "ABC University" becomes the
        "Alpha Beta Committee University" and not what the letters might mean.
        """
        if is_acronym(name):
            return self.full(name)
        return _WORD.sub(self._inside, name)

    def _inside(self, match: re.Match[str]) -> str:
        word = match.group()
        return self.full(word) if fold(word) in self.stated else word


def glossary(entities: Iterable[Entity]) -> Glossary:
    """Collect the acronyms that entities carry beside their full names.

    Parameters
    ----------
    entities : iterable of Entity
        Organizations of all records.
    """
    told: dict[str, Counter[str]] = defaultdict(Counter)
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    readings: dict[str, set[str]] = defaultdict(set)
    for entity in entities:
        names = (entity.name, *entity.aliases)
        for full in names:
            if is_acronym(full):
                continue
            key = organization_name(full).key
            spellings[key][full] += 1
            for letters in initials(full):
                readings[letters].add(full)
            for short in names:
                if is_acronym(short) and spells(short, full):
                    told[fold(short)][key] += 1
    agreed = {short: keys for short, keys in told.items() if _agree(keys)}
    return Glossary(
        {short: _usual(spellings[_usual(keys)]) for short, keys in agreed.items()},
        frozenset(short for short, keys in agreed.items() if keys.total() >= _TOLD_OFTEN),
        {letters: frozenset(names) for letters, names in readings.items()},
    )


def _agree(keys: Counter[str]) -> bool:
    return max(keys.values()) >= _SURE * keys.total()


def _usual(counted: Counter[str]) -> str:
    """Return the most frequent value, of several the first in the alphabet."""
    return min(counted, key=lambda value: (-counted[value], value))
