"""What people have decided about identity: these are one, these are two.

A decision holds for mentions, each a document and a name in it, so that it outlives new
reports, other extractors and other rules. The latest decision wins over older ones, and all
of them over the machine.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.resolution.clusters import Clusters
from kg.resolution.scenes import Handle, Scene

Mention = tuple[str, str]
"""The key of a document and a name in it."""


@dataclass(frozen=True, slots=True)
class Side:
    """One thing of a decision: its key, and where it was named when people decided."""

    key: str
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """That two sides are one thing, or that they are two.

    Parameters
    ----------
    same : bool
        Whether the sides are one.
    one : Side
        Of one thing, the side whose key remains.
    other : Side
        The other.
    reason : str
        Who said so and why, in a sentence that can be printed.
    """

    same: bool
    one: Side
    other: Side
    reason: str = "people decided so"


Decisions = Sequence[Decision]
"""Decisions in force, the oldest first."""


def decide(decisions: Decisions, scenes: Mapping[str, Scene], clusters: Clusters) -> None:
    """Join and part entries as people have decided, before any rule is asked."""
    for decision in reversed(decisions):  # the latest first: it may not be overruled
        one, other = (_handles(scenes, side) for side in (decision.one, decision.other))
        if decision.same:
            clusters.join_all([*one, *other], decision.reason)
        else:
            clusters.part(one, other)


def claims(
    decisions: Decisions, scenes: Mapping[str, Scene], clusters: Clusters
) -> tuple[dict[Handle, str], set[str]]:
    """Return the keys that decisions give to clusters, and those that they take from use.

    Parameters
    ----------
    decisions : sequence of Decision
        Decisions in force, the oldest first.
    scenes : mapping of str to Scene
        The documents.
    clusters : Clusters
        The finished partition.

    Returns
    -------
    dict of handle to str, set of str
        The key of a cluster under the entry that stands for it; keys of what was merged
        into something else, which nothing may bear again.
    """
    given: dict[Handle, str] = {}
    retired = {
        decision.other.key
        for decision in decisions
        if decision.same and _one_cluster(scenes, decision, clusters)
    }
    for decision in reversed(decisions):
        for side in (decision.one, decision.other):
            if side.key in retired or side.key in given.values():
                continue
            for handle in _handles(scenes, side)[:1]:
                given.setdefault(clusters.find(handle), side.key)
    return given, retired


def _one_cluster(scenes: Mapping[str, Scene], decision: Decision, clusters: Clusters) -> bool:
    ends = [_handles(scenes, side)[:1] for side in (decision.one, decision.other)]
    return all(ends) and clusters.same(ends[0][0], ends[1][0])


def _handles(scenes: Mapping[str, Scene], side: Side) -> list[Handle]:
    """Return the entries that the mentions of a side stand for, in order."""
    named: dict[str, set[str]] = defaultdict(set)
    for document, name in side.mentions:
        named[document].add(name)
    return sorted(
        scene.handle(entity.id)
        for document, names in named.items()
        if (scene := scenes.get(document)) is not None
        for entity in scene.entities.values()
        if names.intersection(_names(entity.name, entity.aliases))
    )


def _names(name: str, aliases: Iterable[str]) -> tuple[str, ...]:
    return (name, *aliases)
