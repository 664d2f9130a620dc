"""Which places are the same: by the gazetteer, and by name where it knows none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from kg.extraction import places
from kg.extraction.record import Entity
from kg.resolution.clusters import Clusters
from kg.resolution.countries import Home
from kg.resolution.matching.separation import separate
from kg.resolution.names.spelling import fold
from kg.resolution.scenes import Handle, Scene


def match_places(
    scenes: Mapping[str, Scene], found: Mapping[Handle, Home], clusters: Clusters
) -> dict[Handle, places.Place]:
    """Join places; return the entry of the gazetteer for those that it knows."""
    gazetteer: dict[Handle, places.Place] = {}
    known: dict[str, list[Handle]] = defaultdict(list)
    unknown: dict[str, list[Handle]] = defaultdict(list)
    for scene in scenes.values():
        for entity in scene.of_type("Place"):
            handle = scene.handle(entity.id)
            place = known_place(entity)
            if place is not None:
                gazetteer[handle] = place
                known[place.key].append(handle)
            else:
                unknown[fold(entity.name) or entity.name].append(handle)
    for group in known.values():
        clusters.join_all(group, "names of one place in the gazetteer")
    for bearers in unknown.values():
        for group in separate(bearers, lambda handle: found[handle].country):
            clusters.join_all(group, "the same name of a place, and no country speaks against it")
    return gazetteer


def known_place(entity: Entity) -> places.Place | None:
    """Return what the gazetteer knows under the name of a place, or else under an alias."""
    for name in (entity.name, *entity.aliases):
        place = places.lookup(name)
        if place is not None:
            return place
    return None
