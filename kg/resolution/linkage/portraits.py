"""What all reports together show of one thing, for comparing it with another."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeVar

from kg.resolution.countries import settled
from kg.resolution.identity import Findings
from kg.resolution.names.organizations import OrganizationName, organization_name
from kg.resolution.names.people import PersonName, person_name
from kg.resolution.scenes import Handle, Scene

Member = TypeVar("Member")

_COMPARED = 1_000  # things whose company is kept in mind
_FAMILIAR = 20  # documents from which on the company of a thing says nothing


@dataclass(frozen=True, slots=True)
class Portrait:
    """A person or an organization as its reports show it.

    Parameters
    ----------
    members : tuple of handle
        The record entries.
    person : bool
        Whether it is a person.
    names : tuple of str
        Names as written, sorted.
    types : frozenset of str
        Entity types.
    countries : frozenset of str
        Countries of a person's posts, or the one of an organization.
    institutions : frozenset of handle
        Of a person, where posts are held; of an organization, what it is part of.
    posts : frozenset of (role, seat)
        Posts of a person.
    documents : frozenset of str
        Keys of the documents.
    years : tuple of (int, int) or None
        Years of the first and last report.
    beside : callable
        Gives the company of a group of entries.
    """

    members: tuple[Handle, ...]
    person: bool
    names: tuple[str, ...]
    types: frozenset[str]
    countries: frozenset[str]
    institutions: frozenset[Handle]
    posts: frozenset[tuple[str, str]]
    documents: frozenset[str]
    years: tuple[int, int] | None
    beside: Callable[[tuple[Handle, ...]], frozenset[Handle]] = field(compare=False, repr=False)

    @property
    def company(self) -> frozenset[Handle]:
        """Less familiar people and organizations that the same documents name."""
        return self.beside(self.members)

    def person_names(self) -> Iterator[PersonName]:
        """Yield the names of a person, taken apart."""
        return map(person_name, self.names)

    def organization_names(self) -> Iterator[OrganizationName]:
        """Yield the names of an organization, taken apart."""
        return map(organization_name, self.names)


def portraits(found: Findings, groups: Iterable[tuple[Handle, ...]]) -> list[Portrait]:
    """Return a portrait of each group of entries of people or of organizations."""
    nearby, holders = _company(found), _holders(found)

    @lru_cache(maxsize=_COMPARED)  # few are compared, and those again and again
    def beside(group: tuple[Handle, ...]) -> frozenset[Handle]:
        root = found.clusters.find(group[0])
        company = {one for key, _ in group for one in nearby[key]}
        return frozenset(company - {root} - holders.get(root, frozenset()))

    return [_portrait(found, group, beside) for group in groups]


def _portrait(
    found: Findings,
    group: tuple[Handle, ...],
    beside: Callable[[tuple[Handle, ...]], frozenset[Handle]],
) -> Portrait:
    entries = [found.known.entity(handle) for handle in group]
    documents = frozenset(handle[0] for handle in group)
    person = entries[0].type == "Person"
    bearers = [found.bearers[handle] for handle in group] if person else []
    years = [
        int(day[:4])
        for key in documents
        if (day := found.known.scenes[key].record.published) and day[:4].isdigit()
    ]
    country = None if person else settled(group, found.known.homes).country
    return Portrait(
        group,
        person,
        tuple(sorted({name for entry in entries for name in (entry.name, *entry.aliases)})),
        frozenset(entry.type for entry in entries),
        _all(b.countries for b in bearers) if person else _some(country),
        _all(b.institutions for b in bearers) if person else frozenset(_above(found, group)),
        _all(b.posts for b in bearers),
        documents,
        (min(years), max(years)) if years else None,
        beside,
    )  # fmt: skip


def _all(sets: Iterable[frozenset[Member]]) -> frozenset[Member]:
    """Return what is in any of some sets; one of them itself, where the others add nothing."""
    every = tuple(dict.fromkeys(sets))
    return every[0] if len(every) == 1 else frozenset().union(*every)


def _above(found: Findings, group: Iterable[Handle]) -> Iterator[Handle]:
    """Yield what an organization is part of, or who made and hosts a facility."""
    for handle in group:
        yield from (found.clusters.find(parent) for parent in found.known.parents(handle))
        row = found.facilities.get(handle)
        if row is not None:
            yield from (found.clusters.find(one) for one in row.founders)
            yield from (found.clusters.find(one) for one in (row.host,) if one is not None)


def _some(country: str | None) -> frozenset[str]:
    return frozenset() if country is None else frozenset({country})


def _company(found: Findings) -> dict[str, tuple[Handle, ...]]:
    """Return the people and organizations of each document that few documents name."""
    scenes = found.known.scenes
    counted = Counter(root for scene in scenes.values() for root in _named(found, scene))
    return {
        key: tuple(root for root in _named(found, scene) if counted[root] <= _FAMILIAR)
        for key, scene in scenes.items()
    }


def _named(found: Findings, scene: Scene) -> set[Handle]:
    """Return the people and organizations that a document names."""
    return {
        found.clusters.find(scene.handle(entity.id))
        for entity in scene.entities.values()
        if entity.type != "Place"
    }


def _holders(found: Findings) -> dict[Handle, frozenset[Handle]]:
    """Return for a person the institutions, which count as such and not as company."""
    places: defaultdict[Handle, set[Handle]] = defaultdict(set)
    for bearer in found.bearers.values():
        places[found.clusters.find(bearer.handle)] |= bearer.institutions
    return {root: frozenset(roots) for root, roots in places.items()}
