"""Pairs that a person should look at: left apart, and yet perhaps one thing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.extraction.record import Record
from kg.resolution.authority import Institution
from kg.resolution.decisions import Decisions
from kg.resolution.entities import ResolvedEntity
from kg.resolution.linkage.blocking import candidates
from kg.resolution.linkage.model import Comparison, weigh
from kg.resolution.linkage.portraits import portraits
from kg.resolution.resolver import match, resolve
from kg.resolution.scenes import Scenes

LIKELY = 0.2
"""Probability below which a pair is not worth a look."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two entities that may be one, the better attested first, with what speaks for it."""

    one: ResolvedEntity
    other: ResolvedEntity
    comparison: Comparison


def doubts(
    records: Mapping[str, Record],
    decisions: Decisions = (),
    institutions: Iterable[Institution] | None = None,
    *,
    least: float = LIKELY,
) -> list[Doubt]:
    """Return the doubtful pairs of a set of records, the likeliest first.

    Parameters
    ----------
    records : mapping of str to Record
        The records by their documents' keys.
    decisions : sequence of Decision
        What people have decided; pairs that they parted are in no doubt.
    institutions : iterable of Institution, optional
        Known institutions; by default those of the package's authority file.
    least : float
        Probability from which on a pair is returned.
    """
    found = match(Scenes(records), decisions, institutions)
    resolution = resolve(records, decisions, institutions)
    groups = [*found.clusters.groups("person"), *found.clusters.groups("organization")]
    shown = portraits(found, groups)
    pairs: list[Doubt] = []
    for one, other in candidates(shown):
        first, second = shown[one], shown[other]
        if first.person != second.person or found.clusters.parted(
            first.members[0], second.members[0]
        ):
            continue
        comparison = weigh(first, second)
        if comparison.probability >= least:
            ends = [resolution.entities[resolution.keys[p.members[0]]] for p in (first, second)]
            ends.sort(key=lambda entity: (-len(entity.members), entity.key))
            pairs.append(Doubt(ends[0], ends[1], comparison))
    return sorted(pairs, key=lambda d: (-d.comparison.probability, d.one.key, d.other.key))
