"""From records to one entry per real-world thing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from kg.extraction.record import ENTITY_TYPES, Record
from kg.resolution.authority import Authority, Institution, shipped
from kg.resolution.clusters import Clusters
from kg.resolution.countries import NOWHERE, Home, homes, settled
from kg.resolution.decisions import Decisions, claims, decide
from kg.resolution.entities import Resolution, ResolvedEntity, ResolvedEvent
from kg.resolution.identity import Findings, Members, entity_keys, event_keys, usual
from kg.resolution.linkage.linking import link
from kg.resolution.matching.dates import span
from kg.resolution.matching.events import Occurrence, match_events, read_occurrences
from kg.resolution.matching.facilities import match_facilities
from kg.resolution.matching.known import match_known
from kg.resolution.matching.missions import match_missions
from kg.resolution.matching.organizations import (
    Organizations,
    jurisdiction,
    match_dependent,
    match_detached,
    match_independent,
    match_spelled_out,
)
from kg.resolution.matching.people import match_people
from kg.resolution.matching.places import match_places
from kg.resolution.matching.variants import match_shortened, match_variants
from kg.resolution.names.acronyms import is_acronym
from kg.resolution.names.people import person_name
from kg.resolution.names.spelling import fold
from kg.resolution.scenes import Handle, Scene, Scenes, family

_VAGUE = frozenset({"Organization", "OrganizationalUnit"})
_RARE = 0.1  # a name this much rarer than the usual one is no candidate for the fullest


def resolve(
    records: Mapping[str, Record],
    decisions: Decisions = (),
    institutions: Iterable[Institution] | None = None,
    releases: Mapping[str, str] | None = None,
) -> Resolution:
    """Find out which entries of the records are the same real-world thing.

    The result does not depend on the order of the records, nor a key on records that have
    nothing to do with the thing.

    Parameters
    ----------
    records : mapping of str to Record
        The records by their documents' keys.
    decisions : sequence of Decision
        What people have decided, the oldest first.
    institutions : iterable of Institution, optional
        Known institutions; by default those of the package's authority file.
    releases : mapping of str to str, optional
        What a document prints with others, by the documents' keys (`kg.resolution.reprints`).

    Returns
    -------
    Resolution
        One entity or event per thing, and the key of every entry.
    """
    scenes = Scenes(records)
    found = match(scenes, decisions, institutions)
    types = {members: _type(found, members) for members in found.clusters.groups()}
    keys = entity_keys(found, types, *claims(decisions, scenes, found.clusters))
    entities = {key: _entity(found, members, key, types[members]) for members, key in keys.items()}
    by_handle = {handle: key for members, key in keys.items() for handle in members}
    clusters = found.clusters
    del found, types, keys  # what was found is told
    events, event_handles = _events(scenes, clusters, by_handle, releases or {})
    return Resolution(dict(sorted(entities.items())), events, by_handle | event_handles)


def match(
    scenes: Mapping[str, Scene],
    decisions: Decisions = (),
    institutions: Iterable[Institution] | None = None,
) -> Findings:
    """Run the matchings, each on what those before it have joined, people's decisions first."""
    clusters = Clusters(
        {
            scene.handle(entity.id): family(entity.type)
            for scene in scenes.values()
            for entity in scene.entities.values()
        }
    )
    decide(decisions, scenes, clusters)
    known = Organizations.of(scenes, homes(scenes))
    gazetteer = match_places(scenes, known.homes, clusters)
    authority = Authority.of(shipped() if institutions is None else institutions)
    institution = match_known(known, authority, clusters)
    match_independent(known, clusters)
    missions = match_missions(known, clusters)
    match_variants(known, clusters)
    match_dependent(known, clusters)
    match_spelled_out(known, clusters)
    match_detached(known, clusters)
    match_shortened(known, clusters)
    facilities = match_facilities(known, clusters)
    bearers = {bearer.handle: bearer for bearer in match_people(known, clusters)}
    found = Findings(known, clusters, gazetteer, missions, facilities, bearers, {}, institution)
    link(found)
    members = {handle: group for group in clusters.groups() for handle in group}
    return replace(found, members=members)


def _type(found: Findings, members: Members) -> str:
    """Return the type most entries have, a vague one only if no entry has a better."""
    counted = Counter(found.known.entity(handle).type for handle in members)
    exact = {type: count for type, count in counted.items() if type not in _VAGUE} or counted
    return min(exact, key=lambda type: (-exact[type], ENTITY_TYPES.index(type)))


def _entity(found: Findings, members: Members, key: str, type: str) -> ResolvedEntity:
    name = _fullest(found, members, type)
    entries = [found.known.entity(handle) for handle in members]
    names = {text for entry in entries for text in (entry.name, *entry.aliases)}
    home = _home(found, members, type)
    return ResolvedEntity(
        key, type, name, tuple(sorted(names - {name})), members, home.country, home.stated,
        found.clusters.reasons(members[0]),
        next((found.institutions[one] for one in members if one in found.institutions), None),
    )  # fmt: skip


def _fullest(found: Findings, members: Members, type: str) -> str:
    """Return the name with the most words that is not rare; acronyms come last."""
    place = found.places.get(members[0])
    if place is not None:
        return place.name
    counted = Counter(found.known.entity(handle).name for handle in members)
    often = max(counted.values()) * _RARE
    return min(
        counted,
        key=lambda name: (
            counted[name] < often, is_acronym(name), -_length(name, type), -counted[name], name
        ),
    )  # fmt: skip


def _length(name: str, type: str) -> int:
    """Return how many words count in a name; initials do not."""
    return len(person_name(name).parts if type == "Person" else fold(name).split())


def _home(found: Findings, members: Members, type: str) -> Home:
    """Return the country of a thing, and whether a text states it."""
    if type == "Person":
        return Home(_only_usual(found.bearers[handle].countries for handle in members))
    place = found.places.get(members[0])
    if place is not None:
        home = settled(members, found.known.homes)
        return home if home.country == place.country else Home(place.country)
    if members[0] in found.missions:
        return Home(usual(found.missions[one].sender for one in members if one in found.missions))
    home = settled(members, found.known.homes)
    if home == NOWHERE and type == "GovernmentBody":
        labels = {jurisdiction(found.known, handle) for handle in members}
        codes = {code for code in labels if isinstance(code, str) and len(code) == 2}
        home = Home(min(codes)) if len(codes) == 1 else NOWHERE
    if home == NOWHERE:  # no report tells where it is, but who it is is known
        known = (found.institutions[one].country for one in members if one in found.institutions)
        return Home(next(known, None))
    return home


def _only_usual(sets: Iterable[frozenset[str]]) -> str | None:
    """Return the country that most entries have, None if two are equally frequent."""
    counted = Counter(country for countries in sets for country in countries).most_common(2)
    if not counted or (len(counted) == 2 and counted[0][1] == counted[1][1]):
        return None
    return counted[0][0]


def _events(
    scenes: Mapping[str, Scene],
    clusters: Clusters,
    entities: Mapping[Handle, str],
    releases: Mapping[str, str],
) -> tuple[dict[str, ResolvedEvent], dict[Handle, str]]:
    """Resolve the events and give them their keys."""
    occurrences = read_occurrences(scenes, clusters)
    joined = match_events(occurrences, releases)
    by_handle = {one.handle: one for one in occurrences}
    published = {key: scene.record.published for key, scene in scenes.items()}
    keys = event_keys(joined.groups(), by_handle, published, entities)
    events = {
        key: _event(key, members, by_handle, joined.reasons(members[0]))
        for members, key in sorted(keys.items(), key=lambda item: item[1])
    }
    return events, {handle: key for members, key in keys.items() for handle in members}


def _event(
    key: str, members: Members, told: Mapping[Handle, Occurrence], reasons: tuple[str, ...]
) -> ResolvedEvent:
    events = [told[handle].event for handle in members]
    types = Counter(event.type for event in events)
    dates = Counter(event.date for event in events if event.date)
    return ResolvedEvent(
        key,
        min(types, key=lambda type: (-types[type], type)),
        usual(event.name for event in events),
        min(dates, key=lambda date: (*_vagueness(date), -dates[date], date), default=None),
        members,
        reasons,
    )


def _vagueness(date: str) -> tuple[bool, bool]:
    """Return a rank by which dates with a year, then those with a day, come first."""
    found = span(date)
    return found is None or found.year is None, found is None or not found.exact
