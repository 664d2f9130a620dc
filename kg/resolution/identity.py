"""Keys of resolved things: from what they are, not from which reports tell of them.

Each cluster has descriptions that go from the most stable to the most particular. The first
that no better attested cluster has claimed becomes its key, so that a namesake who turns up
later takes a more particular one and leaves the old key where it is.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from kg.extraction.places import Place
from kg.resolution.authority import Institution
from kg.resolution.clusters import Clusters
from kg.resolution.matching.bearers import Bearer
from kg.resolution.matching.dates import span
from kg.resolution.matching.events import Occurrence
from kg.resolution.matching.facilities import Partners
from kg.resolution.matching.missions import Mission
from kg.resolution.matching.organizations import Organizations, jurisdiction
from kg.resolution.names.spelling import fold
from kg.resolution.scenes import Handle

Members = tuple[Handle, ...]

_PREFIXES = {"Person": "person-p", "Place": "place-x", "JointFacility": "facility-x"}
_DEEPEST = 5  # organizations inside each other whose names go into one description


@dataclass(frozen=True, slots=True)
class Findings:
    """All that the matchings found out, for describing clusters.

    ``members`` has the entries of a cluster under each of its entries; ``institutions`` what
    the authority file knows under the name of an entry; ``described`` keeps
    descriptions of organizations that were asked for once.
    """

    known: Organizations
    clusters: Clusters
    places: Mapping[Handle, Place]
    missions: Mapping[Handle, Mission]
    facilities: Mapping[Handle, Partners]
    bearers: Mapping[Handle, Bearer]
    members: Mapping[Handle, Members]
    institutions: Mapping[Handle, Institution] = field(default_factory=dict)
    described: dict[Handle, str] = field(default_factory=dict)


def digest(text: str) -> str:
    """Return the eight hexadecimal digits that stand for a description in a key."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def usual(values: Iterable[str | None]) -> str | None:
    """Return the most frequent text; of several the longest, then the first in the alphabet."""
    counted = Counter(value for value in values if value)
    return min(counted, key=lambda text: (-counted[text], -len(text), text), default=None)


def entity_keys(
    found: Findings,
    types: Mapping[Members, str],
    given: Mapping[Handle, str] | None = None,
    retired: Iterable[str] = (),
) -> dict[Members, str]:
    """Return the key of every cluster of entities.

    Parameters
    ----------
    found : Findings
        What is known of the entries.
    types : mapping of members to str
        Every cluster with its entity type.
    given : mapping of handle to str, optional
        Keys that people's decisions give to the clusters which these entries stand for.
    retired : iterable of str
        Keys that nothing may bear.
    """
    keys: dict[Members, str] = {}
    open_clusters: dict[Members, list[str]] = {}
    for members, type in types.items():
        if given and (key := given.get(found.clusters.find(members[0]))):
            keys[members] = key
            continue
        place = found.places.get(members[0])
        if place is not None:
            keys[members] = f"place-{place.key}"
            continue
        prefix = _PREFIXES.get(type, "org-x")
        described = _describe(found, members, type)
        open_clusters[members] = [f"{prefix}-{digest(text)}" for text in described]
    return keys | _claimed(open_clusters, {*keys.values(), *retired})


def event_keys(
    groups: Iterable[Members],
    occurrences: Mapping[Handle, Occurrence],
    published: Mapping[str, str | None],
    entities: Mapping[Handle, str],
) -> dict[Members, str]:
    """Return the key of every cluster of events.

    Parameters
    ----------
    groups : iterable of members
        The clusters.
    occurrences : mapping of handle to Occurrence
        The events as the documents tell of them.
    published : mapping of str to str or None
        Dates of publication by document.
    entities : mapping of handle to str
        Keys of all entities.
    """
    candidates: dict[Members, list[str]] = {}
    for members in groups:
        first = min(members, key=lambda handle: (published[handle[0]] or "9999", handle))
        texts = _describe_event(occurrences[first], members, occurrences, entities)
        candidates[members] = [f"event-e-{digest(text)}" for text in texts]
    return _claimed(candidates)


def _claimed(
    candidates: Mapping[Members, list[str]], reserved: Iterable[str] = ()
) -> dict[Members, str]:
    """Give every cluster its first free candidate, the best attested cluster first."""
    keys: dict[Members, str] = {}
    taken = set(reserved)
    ranked = sorted(candidates, key=lambda members: (-len(_documents(members)), members))
    for members in ranked:
        key = next((key for key in candidates[members] if key not in taken), "")
        number = 2
        while not key or key in taken:
            last = candidates[members][-1]
            key = f"{last[:-8]}{digest(f'{last} {number}')}"
            number += 1
        taken.add(key)
        keys[members] = key
    return keys


def _documents(members: Members) -> set[str]:
    return {key for key, _ in members}


def _describe(found: Findings, members: Members, type: str) -> Iterator[str]:
    """Yield descriptions of a cluster, the most stable first."""
    mark: str | None
    if type == "Place":
        core, mark = _place(found, members), None
    elif type == "Person":
        core, mark = _person(found, members)
    else:
        core, mark = organization(found, members), None
    if core:
        yield core
    country = usual(found.known.homes[one].country for one in members if one in found.known.homes)
    yield f"{core} / {mark} / {country}"
    yield f"{core} / {mark} / {country} / {members[0][0]} {members[0][1]}"


def _place(found: Findings, members: Members) -> str:
    names = (found.known.entity(handle).name for handle in members)
    return usual(fold(name) or name for name in names) or ""


def _person(found: Findings, members: Members) -> tuple[str, str]:
    """Return a description of a person, empty if the name is no one's alone, and what marks it."""
    bearers = [found.bearers[handle] for handle in members]
    names = [name for one in bearers for name in (one.name, *one.others) if name.full]
    mark = _mark(found, bearers)
    if names:
        signature = usual(" ".join(name.signature) for name in names) or ""
        common = any(name.common for name in names)
        return (f"{signature} / {mark}" if common else signature), mark
    name = bearers[0].name
    return " ".join((*name.signature, *name.initials, mark)), mark


def _mark(found: Findings, bearers: list[Bearer]) -> str:
    """Return what tells a person from namesakes: an institution, a post, or a document."""
    institutions = (
        organization(found, found.members[where]) for one in bearers for where in one.institutions
    )
    seated = (f"{role} {seat}" for one in bearers for role, seat in one.seats() if "\n" not in seat)
    roles = (role for one in bearers for role, _ in one.posts)
    document = f"in {min(one.handle for one in bearers)[0]}"
    return usual(institutions) or usual(seated) or (usual(roles) or "") + document


def organization(found: Findings, members: Members, depth: int = _DEEPEST) -> str:
    """Return the description of an organization or facility that new reports change least.

    ``depth`` is how many of the organizations that it belongs to may be described within it.
    """
    handle = members[0]
    if depth < _DEEPEST:
        return _organization(found, members, depth)
    if handle not in found.described:
        found.described[handle] = _organization(found, members, depth)
    return found.described[handle]


def _organization(found: Findings, members: Members, depth: int) -> str:
    handle = members[0]
    if handle in found.missions:
        return _mission(found, members)
    if handle in found.facilities:
        return _facility(found, members, depth)
    known = found.known
    names = {one: known.names[one] for one in members}
    free = [one for one in members if not names[one].generic and not known.dependent(one)]
    if free:
        return usual(names[one].key for one in free) or known.entity(handle).name
    parents = {found.clusters.find(up) for one in members for up in known.parents(one)}
    core = usual(names[one].key for one in members) or known.entity(handle).name
    if parents and depth:
        above = sorted(organization(found, found.members[up], depth - 1) for up in parents)
        return f"{core} of {above[0]}"
    where = usual(_text(jurisdiction(known, one)) for one in members)
    return f"{core} in {where or handle[0]}"


def _text(label: object) -> str | None:
    return None if label is None else str(label)


def _mission(found: Findings, members: Members) -> str:
    read = [found.missions[handle] for handle in members if handle in found.missions]
    sender, post = usual(one.sender for one in read), usual(one.post for one in read)
    if sender is None or post is None:
        return f"{read[0].rank} of {sender} in {post} ({members[0][0]})"
    return f"{read[0].rank} of {sender} in {post}"


def _facility(found: Findings, members: Members, depth: int) -> str:
    """Describe a facility by its host, or else by the founders that all reports name."""
    rows = [found.facilities[handle] for handle in members if handle in found.facilities]
    kind = f"{rows[0].kind} {rows[0].ordinal or ''}"
    hosts = [organization(found, found.members[row.host], depth - 1)
             for row in rows if row.host and depth]  # fmt: skip
    founders = [row.founders for row in rows if row.founders]
    if rows[0].kind == "branch" and founders and depth:
        hosts = [*hosts, *(str(row.country) for row in rows if not hosts and row.country)]
        shared = frozenset.intersection(*founders) or founders[0]
        first = min(organization(found, found.members[one], depth - 1) for one in shared)
        kind = f"{kind} {first}"
        return f"{kind} at {usual(hosts) or members[0][0]}"
    if hosts:
        return f"{kind} at {usual(hosts)}"
    shared = frozenset.intersection(*founders) if founders else frozenset()
    if len(shared) < 2 or not depth:
        return f"{kind} in {members[0][0]} {members[0][1]}"
    return f"{kind} by " + " and ".join(
        sorted(organization(found, found.members[one], depth - 1) for one in shared)
    )


def _describe_event(
    first: Occurrence,
    members: Members,
    occurrences: Mapping[Handle, Occurrence],
    entities: Mapping[Handle, str],
) -> Iterator[str]:
    """Yield descriptions of an event, from its first report."""
    date = usual(_day(occurrences[handle].event.date) for handle in members)
    name = usual(occurrences[handle].name for handle in members)
    if name and date:
        yield f"{name} {date}"
        yield f"{name} {usual(occurrences[handle].event.date for handle in members)}"
    places = sorted(entities[handle] for handle in first.places)
    agents = sorted(entities[handle] for handle in first.agents)
    if date and agents:
        yield " ".join((first.kind, date, *places, *agents))
    told = f"{first.event.type} {name} {date} {' '.join(places)} {' '.join(agents)}"
    yield f"{told} in {first.handle[0]}"
    yield f"{told} in {first.handle[0]} {first.handle[1]}"


def _day(date: str | None) -> str | None:
    """Return a date without its year if it has a day: it is the same once a year is found."""
    found = span(date or "")
    if found is None or date is None:
        return None
    return f"day {found.first}" if found.exact else date
