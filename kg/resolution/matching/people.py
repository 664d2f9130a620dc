"""Which bearers of a full name are the same person.

An institution or a post in common binds them. Where the name is one that few share, the
absence of any contradiction is enough: for a Chinese name of three syllables if nothing at
all is known of one bearer, for others if no post stands in another country.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection
from math import prod

from kg.resolution.clusters import Clusters
from kg.resolution.matching.bearers import Bearer, read_bearers
from kg.resolution.matching.organizations import Organizations
from kg.resolution.matching.separation import separate
from kg.resolution.matching.short_names import match_short_names
from kg.resolution.names.spelling import skeleton
from kg.resolution.scenes import Handle

Mentioned = Callable[[str], set[Handle]]

_BACKGROUND = 200  # names that the reports might have had, so that a few reports say little
_BY_CHANCE = 0.05  # bearers beside the one that are expected by chance
_RARE = "the same full name, which few share, and nothing speaks against it"


def match_people(known: Organizations, clusters: Clusters) -> list[Bearer]:
    """Join people, full names first, then the short ones that a post binds; return them all."""
    bearers = read_bearers(known, clusters)
    namesakes: dict[tuple[str, ...], list[Bearer]] = defaultdict(list)
    for bearer in bearers:
        for signature in {name.signature for name in (bearer.name, *bearer.others) if name.full}:
            namesakes[signature].append(bearer)
    mentioned = _institutions_named(known, clusters)
    crowded = _crowded(namesakes)
    for signature, group in sorted(namesakes.items()):
        for circle in _by_patronymic(group):
            _match_circle(circle, mentioned, clusters, common=signature in crowded)
    match_short_names(known, bearers, clusters)
    return bearers


def _crowded(signatures: Collection[tuple[str, ...]]) -> set[tuple[str, ...]]:
    """Return the full names whose parts are so frequent that two people may share them by chance.

    If surnames and given names went together at random, :math:`n` of them would bear a name
    whose parts stand in :math:`n_1` and :math:`n_2` of all :math:`N` different full names:
    :math:`n = n_1 n_2 / N`.
    """
    counted = Counter(part for signature in signatures for part in set(signature))
    size = len(signatures) + _BACKGROUND
    return {
        signature
        for signature in signatures
        if prod(counted[part] for part in signature) / size ** (len(signature) - 1) > _BY_CHANCE
    }


def _match_circle(
    circle: list[Bearer], mentioned: Mentioned, clusters: Clusters, *, common: bool
) -> None:
    """Join the bearers of one full name as far as something binds them."""
    _join_bound(circle, clusters)
    _join_named_institution(circle, mentioned, clusters)
    _join_same_role(circle, clusters)
    if common or any(bearer.name.common for bearer in circle):
        return
    if any(bearer.name.chinese for bearer in circle):
        _join_unattached(circle, clusters)
    else:
        _join_uncontradicted(circle, clusters)


def _by_patronymic(namesakes: list[Bearer]) -> list[list[Bearer]]:
    """Part the bearers whose patronymics differ; one without goes with the only one there is."""
    kept = {bearer.handle: bearer for bearer in namesakes}
    groups = separate(
        sorted(kept),
        lambda handle: skeleton(kept[handle].name.patronymic or "")[:5] or None,
        slip=0,
    )
    return [[kept[handle] for handle in group] for group in groups if group]


def _join_bound(circle: list[Bearer], clusters: Clusters) -> None:
    """Join bearers with the same institution, or the same post in the same place."""
    at: dict[Handle, Handle] = {}
    seated: dict[tuple[str, str], Handle] = {}
    for bearer in circle:
        for institution in sorted(bearer.institutions):
            other = at.setdefault(institution, bearer.handle)
            clusters.join(other, bearer.handle, "the same full name and the same institution")
        for post in bearer.seats():
            other = seated.setdefault(post, bearer.handle)
            clusters.join(other, bearer.handle, "the same full name and the same post")


def _join_named_institution(circle: list[Bearer], mentioned: Mentioned, clusters: Clusters) -> None:
    """Join bearers without a post to the only one whose institution their document names."""
    owners = {where: bearer.handle for bearer in circle for where in bearer.institutions}
    for bearer in circle:
        if not bearer.attached:
            near = {
                clusters.find(owners[one]) for one in mentioned(bearer.handle[0]) & owners.keys()
            }
            if len(near) == 1:
                reason = "the same full name, in a report that names the institution"
                clusters.join(near.pop(), bearer.handle, reason)


def _join_same_role(circle: list[Bearer], clusters: Clusters) -> None:
    """Join bearers whose post is given without a seat to the only one with such a post."""
    owners: dict[str, dict[str, Handle]] = defaultdict(dict)
    for bearer in circle:
        for role, seat in bearer.seats():
            owners[role][seat] = bearer.handle
    for bearer in circle:
        for role in sorted(role for role, seat in bearer.posts if not seat):
            near = {clusters.find(owner) for owner in owners[role].values()}
            if len(near) == 1:
                clusters.join(near.pop(), bearer.handle, "the same full name and kind of post")


def _join_unattached(circle: list[Bearer], clusters: Clusters) -> None:
    """Join bearers of whom nothing is said to each other, and to the only one who is known."""
    plain = [bearer.handle for bearer in circle if not bearer.attached]
    clusters.join_all(plain, _RARE)
    roots = {clusters.find(bearer.handle) for bearer in circle}
    if plain and len(roots) == 2:
        clusters.join_all(sorted(roots), _RARE)


def _join_uncontradicted(circle: list[Bearer], clusters: Clusters) -> None:
    """Join all bearers of the name but those whose posts are in other countries."""
    first: dict[str, Handle] = {}
    for bearer in circle:
        for country in bearer.countries:
            clusters.join(first.setdefault(country, bearer.handle), bearer.handle, _RARE)
    countries: dict[Handle, set[str]] = defaultdict(set)
    for bearer in circle:
        countries[clusters.find(bearer.handle)] |= bearer.countries
    # Two that hold posts at institutions of no known country may be anyone: nothing binds them.
    placeless = {
        one.handle
        for one in circle
        if one.institutions and not countries[clusters.find(one.handle)]
    }
    apart = len({clusters.find(handle) for handle in placeless}) > 1
    labels = {
        bearer.handle: "/".join(sorted(countries[clusters.find(bearer.handle)])) or None
        for bearer in circle
        if not (apart and bearer.handle in placeless)
    }
    for group in separate(sorted(labels), labels.__getitem__):
        clusters.join_all(group, _RARE)


def _institutions_named(known: Organizations, clusters: Clusters) -> Mentioned:
    """Return a function that gives the clusters of organizations which a document names."""
    found: dict[str, set[Handle]] = {}

    def named(key: str) -> set[Handle]:
        if key not in found:
            scene = known.scenes[key]
            found[key] = {clusters.find(scene.handle(one.id)) for one in scene.organizations()}
        return found[key]

    return named
