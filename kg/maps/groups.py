"""Very large networks: places stand for their institutions until one of them is opened."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from kg.maps import appearance
from kg.maps.layout.two_countries import Tie

MOST_SHOWN = 3000  # institutions that a page lays out one by one

Node = dict[str, Any]


def groups(nodes: list[Node]) -> list[Node]:
    """Gather the institutions of a large network by country and place.

    Parameters
    ----------
    nodes : list of dict
        The page's nodes, strongest first; each gets ``group``, the number of its group.

    Returns
    -------
    list of dict
        One node a group, the largest first; empty if the network is small enough without.
    """
    if len(nodes) <= MOST_SHOWN:
        return []
    members: defaultdict[tuple[str, str], list[Node]] = defaultdict(list)
    for node in nodes:
        members[node["country"], node["place"]].append(node)
    order = sorted(members, key=lambda key: (-len(members[key]), key))
    greatest = len(members[order[0]])
    found = [_group(number, members[key], greatest) for number, key in enumerate(order)]
    for number, key in enumerate(order):
        for node in members[key]:
            node["group"] = number
    return found


def _group(number: int, members: Sequence[Node], greatest: int) -> Node:
    first = members[0]
    shared = ("country", "countryText", "slot", "region", "place")
    located = next((node for node in members if node["latitude"] is not None), first)
    return {
        "id": number,
        **{key: first[key] for key in shared},
        "latitude": located["latitude"],
        "longitude": located["longitude"],
        "count": len(members),
        "kinds": dict(Counter(node["kind"] for node in members).most_common()),
        "size": 1.6 * appearance.size(len(members), greatest),
    }


def between(nodes: Sequence[Node], ties: Sequence[Tie]) -> list[Tie]:
    """Ties between groups: 1 - the product of (1 - w) over the ties of their members."""
    missing: defaultdict[tuple[int, int], float] = defaultdict(lambda: 1.0)
    for tie in ties:
        one, other = sorted((nodes[tie.source]["group"], nodes[tie.target]["group"]))
        if one != other:
            missing[one, other] *= 1 - tie.weight
    return [Tie(one, other, 1 - rest) for (one, other), rest in sorted(missing.items())]
