"""Surnames and initials: they join a full name, or each other, through the same post."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from kg.resolution.clusters import Clusters
from kg.resolution.matching.bearers import Bearer, places_named
from kg.resolution.matching.organizations import Organizations
from kg.resolution.names.people import PersonName, agree
from kg.resolution.scenes import Handle

Bond = tuple[str, ...]
"""A part of a name with a post and its seat, or with an institution."""

_MANY = 50  # differing short names with one bond, beyond which it binds none of them


def match_short_names(known: Organizations, bearers: Iterable[Bearer], clusters: Clusters) -> None:
    """Join each short name to the one person whom its post makes plain."""
    bearers = list(bearers)
    short = {part for one in bearers if not one.name.full for part in one.name.signature}
    index: dict[Bond, dict[PersonName, list[Handle]]] = defaultdict(lambda: defaultdict(list))
    for bearer in bearers:
        for part in short.intersection(bearer.name.signature):
            for bond in _bonds(bearer):
                index[part, *bond][bearer.name].append(bearer.handle)
    for key in sorted(index):
        _join_circle(index[key], clusters)
    _join_unplaced(known, index, bearers, clusters)


def _bonds(bearer: Bearer) -> Iterator[Bond]:
    """Yield what can bind a short name: a post, or with initials an institution alone."""
    for role, seat in bearer.seats():
        yield ("as", role, seat)
    if bearer.name.full or bearer.name.initials:
        for institution in sorted(bearer.institutions):
            yield ("at", *institution)


def _join_circle(circle: Mapping[PersonName, list[Handle]], clusters: Clusters) -> None:
    """Join each short name to the only full one it agrees with, or to its like."""
    short = [name for name in circle if not name.full]
    if not short or len(short) > _MANY:
        return
    people = {name: _roots(handles, clusters) for name, handles in circle.items() if name.full}
    for name in short:
        near = {root for full, roots in people.items() if agree(full, name) for root in roots}
        if len(near) == 1:
            reason = "the short name agrees with the full one, and so does the post"
            clusters.join_all([*near, *circle[name]], reason)
    if not people and all(agree(one, other) for one, other in combinations(short, 2)):
        handles = sorted(handle for name in short for handle in circle[name])
        clusters.join_all(handles, "the same surname and the same post")


def _join_unplaced(
    known: Organizations,
    index: Mapping[Bond, Mapping[PersonName, list[Handle]]],
    bearers: Iterable[Bearer],
    clusters: Clusters,
) -> None:
    """Join a surname whose post has no seat to the one who holds it where the text plays."""
    holders: dict[tuple[str, str], dict[str, set[Handle]]] = defaultdict(dict)
    for (part, *bond), circle in sorted(index.items()):
        if bond[0] == "as":
            handles = [handle for handles in circle.values() for handle in handles]
            holders[part, bond[1]][bond[2]] = _roots(handles, clusters)
    for bearer in bearers:
        if bearer.name.full or len(bearer.name.parts) != 1 or bearer.name.initials:
            continue
        part = bearer.name.signature[0]
        here = places_named(known.scenes[bearer.handle[0]])
        near = {
            clusters.find(root)
            for role, seat in bearer.posts
            if not seat
            for where, roots in holders.get((part, role), {}).items()
            if where in here
            for root in roots
        }
        if len(near) == 1:
            reason = "the surname and the post agree, in a report about the same place"
            clusters.join(near.pop(), bearer.handle, reason)


def _roots(handles: Iterable[Handle], clusters: Clusters) -> set[Handle]:
    return {clusters.find(handle) for handle in handles}
