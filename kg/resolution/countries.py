"""The country of an organization, facility or place, as far as one document makes it plain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from kg.extraction import places
from kg.extraction.record import Entity
from kg.resolution.clusters import Clusters
from kg.resolution.names.missions import mission_name
from kg.resolution.names.organizations import organization_name
from kg.resolution.scenes import Handle, Scene


class Home(NamedTuple):
    """A country, and whether a text states it or it is inferred."""

    country: str | None
    stated: bool = False


NOWHERE = Home(None)
_DEEPEST = 8  # links in a chain of places or organizations, which errors could make endless


def homes(scenes: Mapping[str, Scene]) -> dict[Handle, Home]:
    """Return the home of every organization and place of all scenes."""
    return {
        scene.handle(entity.id): _home(scene, entity, _DEEPEST)
        for scene in scenes.values()
        for entity in scene.entities.values()
        if entity.type != "Person"
    }


def settled(members: Iterable[Handle], found: Mapping[Handle, Home]) -> Home:
    """Return the home of a thing from those that its record entries have.

    What texts state outweighs what was inferred; of several countries the most frequent is
    taken, and none if two are equally frequent.
    """
    counted = Counter(found[handle] for handle in members if found.get(handle, NOWHERE).country)
    stated = Counter({home: count for home, count in counted.items() if home.stated}) or counted
    ranked = stated.most_common()
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return NOWHERE
    return ranked[0][0]


def settle(clusters: Clusters, found: Mapping[Handle, Home]) -> dict[Handle, str | None]:
    """Return the country of every cluster of organizations, under each of its entries."""
    return {
        handle: country
        for members in clusters.groups("organization")
        for country in [settled(members, found).country]
        for handle in members
    }


@lru_cache(maxsize=100_000)
def named_country(name: str) -> str | None:
    """Return the one country that the words of a name point to, None if none or several do."""
    found = places.countries_named(name)
    return found[0] if len(found) == 1 else None


def _home(scene: Scene, entity: Entity, depth: int) -> Home:
    if depth == 0 or entity.type in ("Person", "InternationalOrganization"):
        return NOWHERE
    if entity.type == "Place":
        return _place_home(scene, entity, depth)
    mission = mission_name(entity.name)
    if mission is not None:  # stands abroad, and belongs to the state that sent it
        return Home(mission.sender)
    stated = _site(scene, entity, depth)
    if stated.country:
        return stated
    above = _above(scene, entity, depth)
    if entity.type == "OrganizationalUnit" and above.country:
        return above
    return Home(_named(entity)) if _named(entity) else above


def _place_home(scene: Scene, entity: Entity, depth: int) -> Home:
    stated = _site(scene, entity, depth)
    if stated.country:
        return stated
    known = places.lookup(entity.name)
    return Home(known.country) if known is not None else NOWHERE


def _site(scene: Scene, entity: Entity, depth: int) -> Home:
    """Return the country that a chain of `located_in` leads to; it is stated."""
    for id in scene.sites.get(entity.id, ()):
        country = _home(scene, scene.entities[id], depth - 1).country
        if country:
            return Home(country, stated=True)
    return NOWHERE


def _above(scene: Scene, entity: Entity, depth: int) -> Home:
    """Return the country of what an organization is part of, or of a facility's host."""
    above = list(scene.parents.get(entity.id, ()))
    row = scene.facilities.get(entity.id)
    if row is not None and row.host is not None and row.host in scene.entities:
        above.append(row.host)
    for id in above:
        country = _home(scene, scene.entities[id], depth - 1).country
        if country:
            return Home(country)
    return NOWHERE


def _named(entity: Entity) -> str | None:
    """Return the country that the names of an organization point to."""
    name = organization_name(entity.name)
    if entity.type == "Association" or "organization" in name.tokens:
        return name.country  # a city in it is often that of a founding treaty
    for text in (entity.name, *entity.aliases):
        country = named_country(text)
        if country:
            return country
    return None
