"""Dates, kinds and countries in words, for people who read a map."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kg.extraction import places
from kg.graph.dates import spoken


@dataclass(frozen=True, slots=True)
class Noun:
    """What the nodes of a map are called.

    Parameters
    ----------
    key : str
        Name under which ``page/words.json`` has words for them in each language.
    many, title : str
        Plural, and a headline for a map of them, in English.
    """

    key: str
    many: str
    title: str


def noun(kinds: Collection[str]) -> Noun:
    """Choose the words for nodes of these kinds: institutions, people, both, or events.

    Examples
    --------
    >>> noun(["Person", "University"]).many
    'people and institutions'
    """
    if "Event" in kinds:
        key = "events"
    elif "Person" not in kinds:
        key = "institutions"
    else:
        key = "people" if set(kinds) == {"Person"} else "both"
    words = interface()["en"]
    return Noun(key, words["many"][key], words["title"][key])


@cache
def interface() -> dict[str, Any]:
    """Return what a page says, by language and key."""
    text = (Path(__file__).parent / "page" / "words.json").read_text(encoding="utf-8")
    words: dict[str, Any] = json.loads(text)
    return words


def span(first: str, last: str) -> str:
    """Say the time from `first` to `last`; either may be missing.

    Examples
    --------
    >>> span("2019-03-04", "2025-09-22")
    'March 2019 to September 2025'
    >>> span("2025-09-22", "2025-09-22")
    '22 September 2025'
    """
    if not first or not last or first == last:
        return spoken(first or last)
    start, end = (spoken(date[:7] if date[:4].isdigit() else date) for date in (first, last))
    if start == end:
        return start
    if first[:4] == last[:4] and " " in start and " " in end:
        start = start.split()[0]  # the year is said once
    return f"{start} to {end}"


def kind(name: str) -> str:
    """Say an ontology class in words: ``GovernmentBody`` is a "Government body"."""
    known: dict[str, str] = interface()["en"]["kinds"]
    if name in known:
        return known[name]
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).split()
    return " ".join(words).capitalize() or "Kind not known"


def tie_kind(name: str) -> str:
    """Say what a tie rests on: ``facility`` is a "joint facility"."""
    known: dict[str, str] = interface()["en"]["tieKinds"]
    return known.get(name, name)


def country(code: str) -> str:
    """Name the country of an ISO 3166 alpha-2 code; an unknown code is its own name."""
    if not code:
        return "Country not known"
    try:
        return places.get(code.lower()).name
    except KeyError:
        return code
