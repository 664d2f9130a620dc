"""Which joint facilities of one kind are the same: those of the same partners."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import combinations

from kg.resolution.clusters import Clusters
from kg.resolution.countries import settle
from kg.resolution.matching.organizations import Organizations
from kg.resolution.names.facilities import facility_name
from kg.resolution.names.organizations import organization_name
from kg.resolution.scenes import Handle, family

_MANY = 12  # partners of one facility beyond which pairs of them say nothing


@dataclass(frozen=True, slots=True)
class Partners:
    """Who stands behind a facility: clusters of organizations, and the country it is in."""

    kind: str
    ordinal: str | None
    host: Handle | None
    founders: frozenset[Handle]
    country: str | None

    @property
    def all(self) -> tuple[Handle, ...]:
        """Founders and host, sorted."""
        return tuple(sorted(self.founders | ({self.host} if self.host else set())))


def match_facilities(known: Organizations, clusters: Clusters) -> dict[Handle, Partners]:
    """Join facilities of one kind with one host, or the same two partners; return all of them."""
    countries = settle(clusters, known.homes)
    rows = read_partners(known, clusters, countries)
    hosted: dict[tuple[str, str | None, Handle], list[Handle]] = defaultdict(list)
    paired: dict[tuple[str, str | None, Handle, Handle], list[Handle]] = defaultdict(list)
    abroad: dict[tuple[str, str | None, Handle, str], list[Handle]] = defaultdict(list)
    for handle, row in sorted(rows.items()):
        if row.host is not None:
            hosted[row.kind, row.ordinal, row.host].append(handle)
        for one, other in combinations(row.all[:_MANY], 2):
            if _across(countries[one], countries[other]):
                paired[row.kind, row.ordinal, one, other].append(handle)
        if row.kind == "branch" and row.country is not None:
            for founder in row.founders:
                abroad[row.kind, row.ordinal, founder, row.country].append(handle)
    for group in hosted.values():
        clusters.join_all(group, "facilities of one kind at the same institution")
    for group in paired.values():
        _join_one_host(group, rows, clusters, "facilities of one kind with the same partners")
    for group in abroad.values():
        _join_one_host(group, rows, clusters, "branches of one university in the same country")
    return rows


def read_partners(
    known: Organizations, clusters: Clusters, countries: Mapping[Handle, str | None]
) -> dict[Handle, Partners]:
    """Return the partners of every facility whose name is that of its kind."""
    named = _index(known, clusters)
    return {
        handle: _local_host(_partners(known, clusters, handle, kind, named), countries)
        for handle, kind in known.kinds.items()
        if kind != "mission"
    }


def _partners(
    known: Organizations,
    clusters: Clusters,
    handle: Handle,
    kind: str,
    named: Mapping[str, Handle],
) -> Partners:
    scene = known.scenes[handle[0]]
    name = facility_name(known.glossary.expanded(known.entity(handle).name))
    row = scene.facilities.get(handle[1])
    founders = {
        clusters.find(scene.handle(id))
        for id in (row.founders if row else ())
        if id in scene.entities and family(scene.entities[id].type) == "organization"
    }
    inside = named.get(organization_name(name.at).key) if name.at else None
    if kind == "branch":  # what a branch is "of" founded it; the others are "at" their host
        founders |= {inside} if inside else set()
        inside = None
    host = _host(known, clusters, handle) or inside
    country = known.country(handle) or _host_country(known, handle)
    return Partners(kind, name.ordinal, host, frozenset(founders), country)


def _local_host(row: Partners, countries: Mapping[Handle, str | None]) -> Partners:
    """Take the only founder in the country where a facility stands for its host."""
    if row.host is not None or row.country is None or row.kind == "branch":
        return row
    local = [one for one in sorted(row.founders) if countries[one] == row.country]
    return replace(row, host=local[0]) if len(local) == 1 else row


def _host(known: Organizations, clusters: Clusters, handle: Handle) -> Handle | None:
    """Return the institution where a facility stands: its stated host, or what it is part of."""
    scene = known.scenes[handle[0]]
    row = scene.facilities.get(handle[1])
    host = scene.entity(row.host) if row is not None else None
    if host is not None and family(host.type) == "organization":
        return clusters.find(scene.handle(host.id))
    parents = known.parents(handle)
    return clusters.find(parents[0]) if parents else None


def _host_country(known: Organizations, handle: Handle) -> str | None:
    scene = known.scenes[handle[0]]
    row = scene.facilities.get(handle[1])
    host = scene.entity(row.host) if row is not None else None
    home = known.homes.get(scene.handle(host.id)) if host is not None else None
    return home.country if home is not None else None


def _index(known: Organizations, clusters: Clusters) -> dict[str, Handle]:
    """Return the organizations by their names' keys, where a key means only one."""
    found: dict[str, set[Handle]] = defaultdict(set)
    for handle, name in known.names.items():
        if not name.generic and handle not in known.kinds:
            found[name.key].add(clusters.find(handle))
    return {key: next(iter(roots)) for key, roots in found.items() if len(roots) == 1}


def _across(one: str | None, other: str | None) -> bool:
    """Return whether partners may be of two countries, as those of a joint facility are."""
    return one is None or one != other


def _join_one_host(
    group: list[Handle], rows: Mapping[Handle, Partners], clusters: Clusters, reason: str
) -> None:
    hosts = {rows[handle].host for handle in group} - {None}
    if len(hosts) <= 1:
        clusters.join_all(group, reason)
