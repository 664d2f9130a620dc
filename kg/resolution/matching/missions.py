"""Which embassies and consulates are the same: rank, sending state, and where they stand."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from kg.extraction import places
from kg.resolution.clusters import Clusters
from kg.resolution.matching.organizations import Organizations
from kg.resolution.names.missions import mission_name, post_of
from kg.resolution.names.people import person_name
from kg.resolution.names.roles import role_key
from kg.resolution.scenes import Handle, Scene
from kg.resolution.words import words

_BY_HEAD = "missions of one rank and state whose head is the same person"
_BY_POST = "missions of one rank and state in the same place"


class Mission(NamedTuple):
    """What a document says of a mission; ``post`` is a country's code for an embassy."""

    rank: str
    sender: str | None
    post: str | None
    heads: frozenset[tuple[str, ...]]


def match_missions(known: Organizations, clusters: Clusters) -> dict[Handle, Mission]:
    """Join missions of one state and rank in one place, or with one head; return all missions."""
    missions = {
        handle: read_mission(known, handle)
        for handle, kind in known.kinds.items()
        if kind == "mission"
    }
    placed: dict[tuple[str, str, str], list[Handle]] = defaultdict(list)
    headed: dict[tuple[str, str, tuple[str, ...]], list[Handle]] = defaultdict(list)
    for handle, mission in missions.items():
        if mission.sender is None:
            continue
        if mission.post is not None:
            placed[mission.rank, mission.sender, mission.post].append(handle)
        for head in mission.heads:
            headed[mission.rank, mission.sender, head].append(handle)
    for _, group in sorted(placed.items()):
        clusters.join_all(group, _BY_POST)
    for _, group in sorted(headed.items()):
        posts = {missions[handle].post for handle in group} - {None}
        if len(posts) <= 1:  # a head who moved on is no bond between two places
            clusters.join_all(group, _BY_HEAD)
    return missions


def read_mission(known: Organizations, handle: Handle) -> Mission:
    """Read a mission from its name and from what its document says around it."""
    scene, entity = known.scenes[handle[0]], known.entity(handle)
    name = mission_name(known.glossary.expanded(entity.name)) or mission_name(entity.name)
    if name is None:
        return Mission("mission", None, None, frozenset())
    heads = _heads(scene, name.rank)
    states = {state for state, _ in heads}
    sender = name.sender or (states.pop() if len(states) == 1 else None)
    post = name.post or _standing(scene, entity.id)
    if name.rank == "embassy":
        post = _receiver(known, scene, sender, post)
    return Mission(
        name.rank, sender, post, frozenset(who for state, who in heads if state == sender)
    )


def _heads(scene: Scene, rank: str) -> set[tuple[str, tuple[str, ...]]]:
    """Return the state and the name of each head of a mission whom the document names."""
    found = set()
    for id, posts in scene.posts.items():
        name = person_name(scene.entities[id].name)
        for post in posts:
            role = role_key(post.role)
            fits = role in words().mission_heads and (rank == "consulate") == ("consul" in role)
            state = _state(scene, post.of) if fits else None
            if state and name.full:
                found.add((state, name.signature))
    return found


def _state(scene: Scene, id: str | None) -> str | None:
    entity = scene.entity(id)
    if entity is None:
        return None
    mission = mission_name(entity.name)
    if mission is not None:
        return mission.sender
    place = places.lookup(entity.name)
    return place.country if place is not None and place.kind == "country" else None


def _standing(scene: Scene, id: str) -> str | None:
    return next((post_of(scene.entities[site].name) for site in scene.sites.get(id, ())), None)


def _receiver(
    known: Organizations, scene: Scene, sender: str | None, post: str | None
) -> str | None:
    """Return the receiving state: that of the post, or the only other one in the text."""
    if post is not None:
        place = places.lookup(post)
        return place.country if place is not None else post
    states = {known.homes[scene.handle(place.id)].country for place in scene.of_type("Place")}
    others = states - {sender, None}
    return others.pop() if len(others) == 1 else None
