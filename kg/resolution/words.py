"""The words by which names are compared, read from ``data/words.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Words:
    """Word lists, as sets and tables; the data file says what each is for.

    ``general`` holds every word that many organizations share: kinds, qualifiers, subjects.
    """

    small: frozenset[str]
    legal: frozenset[str]
    legal_phrases: tuple[str, ...]
    synonyms: dict[str, str]
    governing: dict[str, str]
    ruling: frozenset[str]
    national: frozenset[str]
    schools: frozenset[str]
    kinds: frozenset[str]
    loose: frozenset[str]
    qualifiers: frozenset[str]
    directions: frozenset[str]
    subjects: frozenset[str]
    general: frozenset[str]
    tongues: frozenset[str]
    facilities: dict[str, tuple[str, ...]]
    plain: frozenset[str]
    missions: dict[str, tuple[str, ...]]
    mission_heads: frozenset[str]
    honorifics: frozenset[str]
    patronymics: tuple[str, ...]
    surnames: frozenset[str]
    compound_surnames: frozenset[str]
    crowded_posts: frozenset[str]
    loose_posts: frozenset[str]
    roles: dict[str, str]
    syllables: frozenset[str]


@cache
def words() -> Words:
    """Return the word lists of the package."""
    text = (files("kg.resolution") / "data" / "words.toml").read_text(encoding="utf-8")
    data: dict[str, Any] = tomllib.loads(text)
    kinds, qualifiers, people = data["kinds"], data["qualifiers"], data["people"]
    ruling = frozenset(kinds["ruling"])
    loose = frozenset(qualifiers["loose"])
    all_kinds = ruling | frozenset(kinds["other"])
    all_qualifiers = loose | frozenset(qualifiers["firm"])
    subjects = frozenset(data["subjects"]["words"])
    return Words(
        small=frozenset(data["small"]),
        legal=frozenset(data["legal"]),
        legal_phrases=tuple(sorted(data["legal_phrases"], key=len, reverse=True)),
        synonyms=data["synonyms"],
        governing=data["governing"],
        ruling=ruling,
        national=frozenset(kinds["national"]),
        schools=frozenset(kinds["schools"]),
        kinds=all_kinds,
        loose=loose,
        qualifiers=all_qualifiers,
        directions=frozenset(qualifiers["directions"]),
        subjects=subjects,
        general=all_kinds | all_qualifiers | subjects,
        tongues=frozenset(data["subjects"]["tongues"]),
        facilities=_phrases(data["facilities"], without="plain"),
        plain=frozenset(data["facilities"]["plain"]),
        missions=_phrases(data["missions"], without="heads"),
        mission_heads=frozenset(data["missions"]["heads"]),
        honorifics=frozenset(people["honorifics"]),
        patronymics=tuple(people["patronymics"]),
        surnames=frozenset(people["surnames"]),
        compound_surnames=frozenset(people["compound_surnames"]),
        crowded_posts=frozenset(data["posts"]["crowded"]),
        loose_posts=frozenset(data["posts"]["loose"]),
        roles=data["roles"],
        syllables=frozenset(
            initial + final
            for initial, finals in data["pinyin"].items()
            for final in finals.split()
        ),
    )


def _phrases(table: dict[str, list[str]], *, without: str) -> dict[str, tuple[str, ...]]:
    return {kind: tuple(phrases) for kind, phrases in table.items() if kind != without}
