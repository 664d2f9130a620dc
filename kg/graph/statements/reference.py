"""What no text states: the gazetteer's places, and what an organization's name points to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pyoxigraph import NamedNode

from kg.extraction import places
from kg.graph.literals import degrees, name_literal
from kg.graph.statements.evidence import claim_of
from kg.graph.statements.reading import Triple, class_of, digest, gazetteer_place
from kg.graph.vocabulary import COOP, GEONAMES, RDF, RDFS, SCHEMA, SKOS, node
from kg.resolution.entities import Resolution, ResolvedEntity


def place_triples(resolution: Resolution, base: str) -> Iterator[Triple]:
    """Yield the gazetteer's places that are named or inferred, and all that contain them."""
    keys = {key for key, entity in resolution.entities.items() if entity.type == "Place"}
    keys |= {
        f"place-{entity.country.lower()}"
        for entity in resolution.entities.values()
        if entity.country
    }
    keys |= {state for entity in _missions(resolution) for state in _states(entity) if state}
    done: set[str] = set()
    for key in sorted(keys):
        place = gazetteer_place(key)
        while place is not None and place.key not in done:
            done.add(place.key)
            yield from _place(place, base)
            container = _container(place)
            place = gazetteer_place(container) if container else None


def inferred_triples(resolution: Resolution, base: str) -> Iterator[Triple]:
    """Yield the countries that names point to, each as a claim marked as inferred."""
    for key in sorted(resolution.entities):
        entity = resolution.entities[key]
        for predicate, place in _inferred(entity):
            stated = (node(key, base), predicate, node(place, base))
            named = node(f"claim-i-{digest(*(term.value for term in stated))}", base)
            yield stated
            yield from claim_of(named, stated, inferred=True)


def _place(place: places.Place, base: str) -> Iterator[Triple]:
    one = node(f"place-{place.key}", base)
    yield one, RDF.type, class_of(ResolvedEntity(f"place-{place.key}", "Place", place.name))
    yield one, RDFS.label, name_literal(place.name)
    if place.latitude is not None and place.longitude is not None:
        yield one, SCHEMA.latitude, degrees(place.latitude)
        yield one, SCHEMA.longitude, degrees(place.longitude)
    if place.geonames is not None:
        yield one, SKOS.exactMatch, NamedNode(f"{GEONAMES}{place.geonames}/")
    if (container := _container(place)) is not None:
        yield one, SCHEMA.containedInPlace, node(f"place-{container}", base)


def _container(place: places.Place) -> str | None:
    if place.parent is not None:
        return place.parent
    return place.country.lower() if place.country and place.kind != "country" else None


def _inferred(entity: ResolvedEntity) -> Iterator[tuple[NamedNode, str]]:
    """Yield predicate and place of what a name makes likely and no text states."""
    if entity.type == "DiplomaticMission":
        sending, receiving = _states(entity)
        if sending is not None:
            yield COOP.sendingState, sending
        if receiving is not None:
            yield COOP.receivingState, receiving
    elif entity.country is not None and not entity.country_stated and entity.type != "Person":
        country = f"place-{entity.country.lower()}"
        if country != entity.key:
            place = entity.type == "Place"
            yield SCHEMA.containedInPlace if place else COOP.basedIn, country


def _missions(resolution: Resolution) -> Iterator[ResolvedEntity]:
    for entity in resolution.entities.values():
        if entity.type == "DiplomaticMission":
            yield entity


def _states(mission: ResolvedEntity) -> tuple[str | None, str | None]:
    """Return the keys of the sending and the receiving state that a mission's names give."""
    sending = receiving = None
    for name in (mission.name, *mission.aliases):
        whose, *where = re.split(r"\s+(?:in|to)\s+", name, maxsplit=1)
        sending = sending or _one_country(whose)
        receiving = receiving or _one_country(where[0] if where else "")
    return sending, receiving if receiving != sending else None


def _one_country(words: str) -> str | None:
    found = places.countries_named(words)
    return f"place-{found[0].lower()}" if len(found) == 1 else None
