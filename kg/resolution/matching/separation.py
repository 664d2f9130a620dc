"""Bearers of one name told apart by a label: a country, a larger organization, a place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from kg.resolution.scenes import Handle

Label = str | Handle | None

_SLIP = 0.2
"""A label this much rarer than the chief one is taken for a slip of the reader."""


def separate(
    members: Iterable[Handle], label: Callable[[Handle], Label], *, slip: float = _SLIP
) -> list[list[Handle]]:
    """Group the bearers of a distinctive name by a label that some of them lack.

    Bearers without a label go with the chief label if there is no serious other, otherwise
    they stay a group of their own. Labels rarer than `slip` times the chief one count as
    slips and go with it too.

    Returns
    -------
    list of list of handle
        The groups, the chief one first.
    """
    found: dict[Label, list[Handle]] = {}
    for handle in members:
        found.setdefault(label(handle), []).append(handle)
    sizes = Counter({which: len(found[which]) for which in found if which is not None})
    ranked = sorted(sizes, key=lambda which: (-sizes[which], str(which)))
    serious = [which for which in ranked if sizes[which] >= slip * sizes[ranked[0]]]
    groups = [found[which] for which in serious] or [[]]
    for which in ranked[len(serious) :]:
        groups[0].extend(found[which])
    if len(serious) <= 1:
        groups[0].extend(found.get(None, ()))
    elif None in found:
        groups.append(found[None])
    return groups


def separate_strictly(
    members: Iterable[Handle], label: Callable[[Handle], Label]
) -> list[list[Handle]]:
    """Group the bearers of a name that many share: only an equal label binds them."""
    found: dict[Label, list[Handle]] = {}
    alone: list[list[Handle]] = []
    for handle in members:
        which = label(handle)
        if which is None:
            alone.append([handle])
        else:
            found.setdefault(which, []).append(handle)
    return [*found.values(), *alone]
