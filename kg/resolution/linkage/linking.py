"""Joining what the weighed evidence makes nearly certain, beyond what rules can say.

Only people, and only where an institution or a post binds two whose names are the same or
sound alike: "two bearers of one name stay apart unless something binds them".
"""

from __future__ import annotations

from kg.resolution.identity import Findings
from kg.resolution.linkage.blocking import candidates
from kg.resolution.linkage.model import Comparison, weigh
from kg.resolution.linkage.portraits import portraits
from kg.resolution.scenes import Handle

SURE = 0.99
"""Probability from which on two people are joined without being asked."""


def link(found: Findings) -> bool:
    """Join people who are nearly certainly one; return whether any were.

    All pairs are weighed before any is joined, and the likeliest are joined first, so that
    the order in which reports arrived makes no difference.
    """
    groups = found.clusters.groups("person")
    shown = portraits(found, groups)
    sure: list[tuple[float, Handle, Handle, str]] = []
    for one, other in candidates(shown):
        comparison = weigh(shown[one], shown[other])
        if comparison.probability >= SURE and _bound(comparison):
            first, second = shown[one].members[0], shown[other].members[0]
            sure.append((-comparison.probability, first, second, str(comparison)))
    for _, first, second, reason in sorted(sure):
        found.clusters.join(first, second, reason)
    return bool(sure)


def _bound(comparison: Comparison) -> bool:
    levels = comparison.levels
    return levels["name"] in ("same full", "same common", "alike") and "same" in (
        levels["institution"],
        levels["post"],
    )
