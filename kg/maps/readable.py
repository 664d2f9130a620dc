"""Dates, kinds and countries in words, for people who read a map."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from kg.extraction import places
from kg.graph.dates import spoken

_KINDS = {
    "DiplomaticMission": "Embassy or consulate",
    "Enterprise": "Company",
    "OrganizationalUnit": "Unit",
    "Organization": "Organization",
    "PartyOrganization": "Party organization",
    "AcademicUnit": "Academic unit",
}

_TIE_KINDS = {"agreement": "agreement", "event": "event", "facility": "joint facility"}


@dataclass(frozen=True, slots=True)
class Noun:
    """What the nodes of a map are called.

    Parameters
    ----------
    one, many, a : str
        Singular, plural, and singular with its article.
    title : str
        A headline for a map of them.
    """

    one: str
    many: str
    a: str
    title: str


_INSTITUTIONS = Noun("institution", "institutions", "an institution", "Institutional cooperation")
_PEOPLE = Noun("person", "people", "a person", "People who met")
_BOTH = Noun("name", "people and institutions", "a name", "People and their institutions")


def noun(kinds: Collection[str]) -> Noun:
    """Choose the word for nodes of these kinds: institutions, people, or both.

    Examples
    --------
    >>> noun(["Person", "University"]).many
    'people and institutions'
    """
    if "Person" not in kinds:
        return _INSTITUTIONS
    return _PEOPLE if set(kinds) == {"Person"} else _BOTH


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
    if name in _KINDS:
        return _KINDS[name]
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).split()
    return " ".join(words).capitalize() or "Kind not known"


def tie_kind(name: str) -> str:
    """Say what a tie rests on: ``facility`` is a "joint facility"."""
    return _TIE_KINDS.get(name, name)


def country(code: str) -> str:
    """Name the country of an ISO 3166 alpha-2 code; an unknown code is its own name."""
    if not code:
        return "Country not known"
    try:
        return places.get(code.lower()).name
    except KeyError:
        return code
