"""Words of organizations' names: what a name is built on, and what type its words make it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from kg.extraction import lexicon
from kg.extraction.lexicon import cue, either, listed, words
from kg.extraction.places import lookup
from kg.extraction.posts import is_subject

_ACRONYM = re.compile(r"(?:[A-ZА-Я][a-zа-я]*){2,9}")
_OF_PLACE = re.compile(r" of (?:the )?(?P<place>[^ ]+(?: [^ ]+){0,2})$")


@cache
def heads(language: str) -> frozenset[str]:
    """Return the words that the names of organizations and events are built on."""
    events = {head for head in event_heads(language) if " " not in head}
    return listed(language, "organizations", "heads") | events


@cache
def event_heads(language: str) -> dict[str, str]:
    """Return the heads of events' names with the type of event."""
    return lexicon.typed(language, "events", "names")


@cache
def known(language: str) -> dict[str, str]:
    """Return well-known names and acronyms without a head word, with their types."""
    return lexicon.typed(language, "organizations", "known")


@cache
def generic(language: str) -> re.Pattern[str]:
    """Return a pattern for phrases that look like names and are none."""
    return re.compile(rf"(?:{either(language, 'organizations', 'generic')})$")


@dataclass(frozen=True, slots=True)
class _TypeRule:
    """What a name's words make it, perhaps only inside some types of organizations."""

    pattern: re.Pattern[str]
    type: str
    within: frozenset[str]
    of_place: bool

    def fits(self, name: str, within: str | None, language: str) -> bool:
        """Whether the rule decides the type of a name."""
        if self.within and within not in self.within:
            return False
        if self.pattern.search(name) is None:
            return False
        return not self.of_place or _is_of_place(name, language)


@cache
def _type_rules(language: str) -> tuple[_TypeRule, ...]:
    return tuple(
        _TypeRule(
            re.compile(rule["name"], re.IGNORECASE),
            rule["type"],
            frozenset(rule.get("within", ())),
            rule.get("of_place", False),
        )
        for rule in words(language, "organizations")["types"]
    )


@lru_cache(maxsize=16_384)
def classify(name: str, within: str | None = None, language: str = "en") -> str:
    """Return the type that a name's words make it, inside an organization of type `within`."""
    if name in known(language):
        return known(language)[name]
    flat = " ".join(name.replace("’", "'").split())
    fitting = (rule.type for rule in _type_rules(language) if rule.fits(flat, within, language))
    return next(fitting, "Organization")


def _is_of_place(name: str, language: str) -> bool:
    """Whether a name says that the body serves a territory ("Sichuan Provincial …")."""
    if cue(language, "organizations", "territorial").search(name):
        return True
    tail = _OF_PLACE.search(name)
    return tail is not None and lookup(tail["place"]) is not None


def ends_in_name(text: str, language: str) -> bool:
    """Whether the last word of a phrase ends a body's or place's name."""
    parts = text.split()
    return bool(parts) and (ends_body(parts[-1], language) or lookup(parts[-1]) is not None)


def ends_body(word: str, language: str) -> bool:
    """Whether a body's or territory's name can end in a word."""
    return (
        word in heads(language)
        or word in listed(language, "places", "heads")
        or word in listed(language, "organizations", "members")
        or is_subject(word, language)
        or is_acronym(word)
    )


def is_acronym(word: str) -> bool:
    """Whether a short word is written with two capitals or more ("ENU", "KazNU")."""
    return 2 <= len(word) <= 9 and _ACRONYM.fullmatch(word) is not None
