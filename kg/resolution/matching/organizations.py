"""Which organizations are the same: by name, and by country or parent where names recur."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from kg.extraction import places
from kg.extraction.record import Entity
from kg.resolution.clusters import Clusters
from kg.resolution.countries import Home
from kg.resolution.matching.separation import Label, separate, separate_strictly
from kg.resolution.names.facilities import facility_name
from kg.resolution.names.glossary import Glossary, glossary
from kg.resolution.names.missions import mission_name
from kg.resolution.names.organizations import OrganizationName, organization_name
from kg.resolution.scenes import Handle, Scene, family, publisher_country
from kg.resolution.words import words

_DESCRIBED = 2  # subjects with which a school's name says something even without a country


@dataclass(frozen=True, slots=True)
class Organizations:
    """What the decisions about organizations are made from.

    Parameters
    ----------
    scenes : mapping of str to Scene
        The documents.
    homes : mapping of handle to Home
        The country of each entry.
    names : mapping of handle to OrganizationName
        The name of each entry, acronyms written out.
    glossary : Glossary
        The acronyms of the records.
    kinds : mapping of handle to str
        ``mission``, ``confucius``, ``luban`` or ``branch`` for the entries that are told
        apart by other things than their names.
    """

    scenes: Mapping[str, Scene]
    homes: Mapping[Handle, Home]
    names: Mapping[Handle, OrganizationName]
    glossary: Glossary
    kinds: Mapping[Handle, str]

    @classmethod
    def of(cls, scenes: Mapping[str, Scene], homes: Mapping[Handle, Home]) -> Organizations:
        """Read the names of all organizations of the scenes."""
        known = glossary(entity for scene in scenes.values() for entity in scene.organizations())
        names: dict[Handle, OrganizationName] = {}
        kinds: dict[Handle, str] = {}
        for scene in scenes.values():
            for entity in scene.organizations():
                handle = scene.handle(entity.id)
                names[handle] = _name(scene, entity, known)
                kind = _kind(scene, entity, known)
                if kind:
                    kinds[handle] = kind
        return cls(scenes, homes, names, known, kinds)

    def entity(self, handle: Handle) -> Entity:
        """Return the record entry of a handle."""
        return self.scenes[handle[0]].entities[handle[1]]

    def country(self, handle: Handle) -> str | None:
        """Return the country of an entry, as far as its document makes it plain."""
        return self.homes[handle].country

    def parents(self, handle: Handle) -> list[Handle]:
        """Return the organizations that an entry is part of."""
        scene = self.scenes[handle[0]]
        return [
            scene.handle(id)
            for id in scene.parents.get(handle[1], ())
            if family(scene.entities[id].type) == "organization"
        ]

    def dependent(self, handle: Handle) -> bool:
        """Return whether an entry is known only through what it is part of."""
        name = self.names[handle]
        if not self.parents(handle) or set(name.tokens) & words().national:
            return False
        return name.generic or self.entity(handle).type == "OrganizationalUnit"


def _name(scene: Scene, entity: Entity, known: Glossary) -> OrganizationName:
    """Return the name of an entry, with the province or city that it governs written out."""
    text = known.expanded(entity.name)
    name = organization_name(text)
    if not name.generic or not name.ruling or set(name.tokens) & words().national:
        return name
    for id in scene.sites.get(entity.id, ()):
        place = places.lookup(scene.entities[id].name)
        if place is not None and place.kind in ("region", "city"):
            return organization_name(f"{text} of {scene.entities[id].name}")
    return name


def _kind(scene: Scene, entity: Entity, known: Glossary) -> str:
    """Return the kind of an entry that its name alone does not identify."""
    if mission_name(entity.name) is not None:
        return "mission"
    name = facility_name(known.expanded(entity.name))
    if name.kind in ("confucius", "luban"):
        return name.kind
    if entity.type != "JointFacility":
        return ""
    if name.kind == "branch":
        return "branch"
    row = scene.facilities.get(entity.id)
    founders = [scene.entities[id] for id in row.founders if id in scene.entities] if row else []
    named = {
        token
        for founder in founders
        for token in organization_name(known.expanded(founder.name)).tokens
    }
    return "branch" if name.own <= named and founders else ""


def match_independent(known: Organizations, clusters: Clusters) -> None:
    """Join organizations that their names, with their countries, identify."""
    buckets: dict[str, list[Handle]] = defaultdict(list)
    for handle, name in known.names.items():
        if handle not in known.kinds and not known.dependent(handle):
            buckets[name.key].append(handle)
    for key in sorted(buckets):
        _match_bucket(known, buckets[key], clusters)


def _match_bucket(known: Organizations, bucket: list[Handle], clusters: Clusters) -> None:
    name = known.names[bucket[0]]
    if not name.core or (name.generic and (name.ruling or len(name.subjects) < _DESCRIBED)):
        for group in separate_strictly(bucket, lambda handle: jurisdiction(known, handle)):
            clusters.join_all(group, "the same general name in the same country or place")
        return
    for group in separate(bucket, known.country):
        clusters.join_all(group, "the same name, and no country speaks against it")


def match_dependent(known: Organizations, clusters: Clusters) -> None:
    """Join units of one organization that bear one name, from the top down."""
    pending = {
        handle for handle in known.names if handle not in known.kinds and known.dependent(handle)
    }
    while pending:
        ready = {
            handle
            for handle in pending
            if not any(parent in pending for parent in known.parents(handle))
        }
        ready = ready or set(pending)  # a circle of parts: none can wait for another
        _match_units(known, sorted(ready), clusters)
        pending -= ready


def _match_units(known: Organizations, units: list[Handle], clusters: Clusters) -> None:
    buckets: dict[tuple[Handle, tuple[str, ...]], list[Handle]] = defaultdict(list)
    for handle in units:
        core = tuple(sorted(known.names[handle].tokens))
        for parent in known.parents(handle):
            buckets[clusters.find(parent), core].append(handle)
    for _, group in sorted(buckets.items()):
        clusters.join_all(group, "units of one organization with the same name")


def match_spelled_out(known: Organizations, clusters: Clusters) -> None:
    """Join a unit to what is named by its own and its organization's name together."""
    whole: dict[tuple[str, ...], set[Handle]] = defaultdict(set)
    for handle, name in known.names.items():
        if handle not in known.kinds and not known.dependent(handle):
            whole[name.core].add(clusters.find(handle))
    for handle, name in sorted(known.names.items()):
        if handle in known.kinds or not known.dependent(handle):
            continue
        for parent in known.parents(handle):
            near = whole.get(tuple(sorted(name.core + known.names[parent].core)), set())
            countries = {known.country(one) for one in (handle, *near)} - {None}
            if len(near) == 1 and len(countries) <= 1:
                reason = "one name is the other with its organization's name added"
                clusters.join(min(near), handle, reason)


def match_detached(known: Organizations, clusters: Clusters) -> None:
    """Join a unit named without its organization to the only one of its distinctive name."""
    bearers: dict[str, list[Handle]] = defaultdict(list)
    for handle, name in known.names.items():
        if not name.generic and name.core and handle not in known.kinds:
            bearers[name.key].append(handle)
    for _, bucket in sorted(bearers.items()):
        attached = {clusters.find(handle) for handle in bucket if known.dependent(handle)}
        detached = [handle for handle in bucket if not known.dependent(handle)]
        countries = {known.country(handle) for handle in bucket} - {None}
        if len(attached) == 1 and detached and len(countries) <= 1:
            clusters.join_all(
                [*attached, *detached], "the only organization with this distinctive name"
            )


def jurisdiction(known: Organizations, handle: Handle) -> Label:
    """Return what tells one bearer of a general name from the others, None if nothing does."""
    name, scene = known.names[handle], known.scenes[handle[0]]
    if not name.core:
        return None
    if set(name.tokens) & words().national:
        return name.country or known.country(handle) or presumed_country(known, handle)
    if name.country or not name.ruling:
        return name.country or known.country(handle)
    for id in scene.sites.get(handle[1], ()):
        place = places.lookup(scene.entities[id].name)
        return place.key if place is not None else scene.entities[id].name.casefold()
    return None


def presumed_country(known: Organizations, handle: Handle) -> str | None:
    """Return the country whose ministry a text means that does not say so.

    It is the only country of the text, or that of the publisher if the text names it too.
    """
    scene = known.scenes[handle[0]]
    if known.entity(handle).type != "GovernmentBody":
        return None
    named = {
        country
        for place in scene.of_type("Place")
        if (country := known.homes[scene.handle(place.id)].country)
    }
    if len(named) == 1:
        return named.pop()
    publisher = publisher_country(scene.record)
    return publisher if publisher in named else None
