"""People as one document shows them, and what may bind two of them together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kg.extraction import places
from kg.extraction.record import Position
from kg.resolution.clusters import Clusters
from kg.resolution.countries import settle
from kg.resolution.matching.organizations import Organizations
from kg.resolution.names.missions import mission_name
from kg.resolution.names.people import PersonName, person_name
from kg.resolution.names.roles import role_key
from kg.resolution.scenes import Handle, Scene, family
from kg.resolution.words import words

_DEEPEST = 5  # steps from a unit up to the organizations above it


@dataclass(frozen=True, slots=True)
class Bearer:
    """A person as one document shows them.

    Parameters
    ----------
    handle : handle
        The record entry.
    name : PersonName
        The fullest name.
    others : tuple of PersonName
        Further full names of the entry.
    institutions : frozenset of handle
        Clusters of the organizations where the person holds posts, and of those above them.
    posts : frozenset of (role, seat)
        Posts; the seat is a cluster or a place's key, or empty if the text gives none.
    countries : frozenset of str
        Countries of the posts.
    """

    handle: Handle
    name: PersonName
    others: tuple[PersonName, ...]
    institutions: frozenset[Handle]
    posts: frozenset[tuple[str, str]]
    countries: frozenset[str]

    @property
    def attached(self) -> bool:
        """Whether the document says where the person belongs."""
        return bool(self.institutions or self.countries)

    def seats(self) -> Iterator[tuple[str, str]]:
        """Yield the posts that few hold at a time, with their seats."""
        for role, seat in sorted(self.posts):
            if seat and role not in words().crowded_posts | words().loose_posts:
                yield role, seat


def read_bearers(known: Organizations, clusters: Clusters) -> list[Bearer]:
    """Return every person of every document, in the order of their handles."""
    countries = settle(clusters, known.homes)
    found: list[Bearer] = []
    shared: dict[frozenset[Any], frozenset[Any]] = {}  # most people of a post have these in common

    def one(values: Iterable[Any]) -> frozenset[Any]:
        every = frozenset(values)
        return shared.setdefault(every, every)

    for key in sorted(known.scenes):
        scene = known.scenes[key]
        for entity in sorted(scene.of_type("Person"), key=lambda entity: entity.id):
            first, *others = (person_name(name) for name in (entity.name, *entity.aliases))
            posts = scene.posts.get(entity.id, ())
            found.append(
                Bearer(
                    scene.handle(entity.id),
                    first,
                    tuple(name for name in others if name.full),
                    one(_institutions(known, clusters, scene, posts)),
                    one((role_key(post.role), seat(clusters, scene, post)) for post in posts),
                    one(_countries(known, countries, scene, posts)),
                )
            )
    return found


def seat(clusters: Clusters, scene: Scene, post: Position) -> str:
    """Return where a post is held, equal for equal places; empty if the text does not say.

    The posts of a mission are seated in the sending state, as "Consul General of China" is.
    """
    entity = scene.entity(post.of)
    if entity is None:
        return ""
    if family(entity.type) == "organization":
        mission = mission_name(entity.name)
        if mission is not None and mission.sender:
            return mission.sender.casefold()
        return "\n".join(clusters.find(scene.handle(entity.id)))
    place = places.lookup(entity.name)
    return place.key if place is not None else entity.name.casefold()


def places_named(scene: Scene) -> set[str]:
    """Return the keys of the known places that a document names."""
    found = {places.lookup(place.name) for place in scene.of_type("Place")}
    return {place.key for place in found if place is not None}


def _institutions(
    known: Organizations, clusters: Clusters, scene: Scene, posts: Iterable[Position]
) -> Iterator[Handle]:
    """Yield the organizations of the posts and, step by step, what those are part of."""
    seats = (scene.entity(post.of) for post in posts if role_key(post.role) not in _loose())
    level = [
        scene.handle(entity.id)
        for entity in seats
        if entity is not None and family(entity.type) == "organization"
    ]
    for _ in range(_DEEPEST):
        yield from (clusters.find(handle) for handle in level)
        level = [parent for handle in level for parent in known.parents(handle)]


def _countries(
    known: Organizations,
    countries: Mapping[Handle, str | None],
    scene: Scene,
    posts: Iterable[Position],
) -> Iterator[str]:
    """Yield the countries of posts, but not those of joint facilities, which have two."""
    for post in posts:
        entity = scene.entity(post.of)
        if entity is None or entity.type == "JointFacility":
            continue
        handle = scene.handle(entity.id)
        home = known.homes.get(handle)
        country = countries.get(handle) or (home.country if home else None)
        if country:
            yield country


def _loose() -> frozenset[str]:
    return words().loose_posts
