"""How two portraits compare, feature by feature, each at one of a few levels.

``unknown`` is a level that weighs nothing: what a report leaves out speaks neither way.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from itertools import product

from rapidfuzz.distance import JaroWinkler
from rapidfuzz.fuzz import token_sort_ratio

from kg.resolution.linkage.portraits import Portrait
from kg.resolution.names.acronyms import is_acronym, spells
from kg.resolution.names.organizations import OrganizationName
from kg.resolution.names.people import PersonName, agree

UNKNOWN = "unknown"
_ALIKE = 0.92  # Jaro–Winkler of two full names' sounds from which on they are alike
_ORDERED_ALIKE = 90  # per cent of rapidfuzz's token sort ratio for organizations
_NEAR = 3  # years between reports that are no distance
_VAGUE = frozenset({"Organization", "OrganizationalUnit"})

Feature = Callable[[Portrait, Portrait], str]


def person_name_level(one: Portrait, other: Portrait) -> str:
    """Compare the names of two people: the best that any two of their fullest names give."""
    pairs = product(_fullest(one), _fullest(other))
    return min((_person_names(*pair) for pair in pairs), key=_ORDER.index)


def _fullest(portrait: Portrait) -> list[PersonName]:
    """Return the full names of a person, or all if there is none."""
    names = list(portrait.person_names())
    return [name for name in names if name.full] or names


_ORDER = ("same full", "same common", "alike", "short", "differs")


def _person_names(one: PersonName, other: PersonName) -> str:
    if one.full and other.full:
        if one.signature == other.signature:
            return "same common" if one.common or other.common else "same full"
        if one.chinese or other.chinese:  # a letter more is another name
            return "differs"
        likeness = JaroWinkler.similarity(" ".join(one.signature), " ".join(other.signature))
        return "alike" if likeness >= _ALIKE else "differs"
    return "short" if agree(one, other) else "differs"


def organization_name_level(one: Portrait, other: Portrait) -> str:
    """Compare the names of two organizations: the best that any two of their names give.

    An acronym is asked only where a thing has no other name, and a name that many bear only
    where it has none of its own.
    """
    if all(map(is_acronym, one.names)) or all(map(is_acronym, other.names)):
        pairs = list(product(one.names, other.names))
        if any(spells(first, second) or spells(second, first) for first, second in pairs):
            return "acronym"
    names = product(_telling(one), _telling(other))
    return min((_organization_names(*pair) for pair in names), key=_LEVELS.index)


_LEVELS = ("same", "alike", "contained", "differs")


def _telling(portrait: Portrait) -> list[OrganizationName]:
    """Return the names that single an organization out, or all if none does."""
    names = list(portrait.organization_names())
    return [name for name in names if not name.generic] or names


def _organization_names(one: OrganizationName, other: OrganizationName) -> str:
    if one.core == other.core:
        return "same"
    if token_sort_ratio(" ".join(one.core), " ".join(other.core)) >= _ORDERED_ALIKE:
        return "alike" if set(one.distinctive) & set(other.distinctive) else "contained"
    if set(one.core) <= set(other.core) or set(other.core) <= set(one.core):
        return "contained"
    return "differs"


def kind(one: Portrait, other: Portrait) -> str:
    """Compare entity types; a vague one fits any."""
    if one.types & other.types:
        return "same"
    return "vague" if (one.types | other.types) & _VAGUE else "different"


def country(one: Portrait, other: Portrait) -> str:
    """Compare countries."""
    return _sets(one.countries, other.countries)


def institution(one: Portrait, other: Portrait) -> str:
    """Compare where posts are held, or what two organizations are part of."""
    return _sets(one.institutions, other.institutions)


def post(one: Portrait, other: Portrait) -> str:
    """Compare posts: the same in the same place, or the same kind of post elsewhere."""
    if one.posts & other.posts:
        return "same"
    roles, others = {role for role, _ in one.posts}, {role for role, _ in other.posts}
    if not roles or not others:
        return UNKNOWN
    return "like" if roles & others else "different"


def company(one: Portrait, other: Portrait) -> str:
    """Compare with whom and what reports name the two."""
    shared = len(one.company & other.company)
    return "none" if not shared else "one" if shared == 1 else "several"


def time(one: Portrait, other: Portrait) -> str:
    """Compare when the reports are from."""
    if one.years is None or other.years is None:
        return UNKNOWN
    gap = max(one.years[0], other.years[0]) - min(one.years[1], other.years[1])
    return "near" if gap <= _NEAR else "far"


PERSON: dict[str, Feature] = {
    "name": person_name_level, "post": post, "institution": institution, "country": country,
    "company": company, "time": time,
}  # fmt: skip
ORGANIZATION: dict[str, Feature] = {
    "name": organization_name_level, "kind": kind, "country": country,
    "institution": institution, "company": company, "time": time,
}  # fmt: skip


def compare(one: Portrait, other: Portrait) -> dict[str, str]:
    """Return the level of every feature for two portraits of one family."""
    features = PERSON if one.person else ORGANIZATION
    return {name: feature(one, other) for name, feature in features.items()}


def _sets(one: Collection[object], other: Collection[object]) -> str:
    if not one or not other:
        return UNKNOWN
    return "same" if set(one) & set(other) else "different"
