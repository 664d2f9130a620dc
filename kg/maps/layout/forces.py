"""Forces: who is tied stands near, community by community.

The communities are placed by the forces between them, then the members of each by their own
(Fruchterman and Reingold, 1991, as NetworkX has it), within a disc of their number. So the
work grows with the communities and not with the square of all institutions.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence

import networkx as nx

from kg.maps.layout.arrangement import Arrangement, Point
from kg.maps.layout.spacing import apart
from kg.maps.layout.two_countries import Tie

SEED = 8
_ROOM = 46.0  # radius of the room for one institution, in pixels
_WIDE = 1.55  # breadth of the picture by its height
_MOST = 450  # more members than these are set in a spiral: nobody could follow the forces


def arrange(community: Sequence[int], ties: Sequence[Tie]) -> Arrangement:
    """Place institutions by the forces of their ties.

    Parameters
    ----------
    community : sequence of int
        Community of each institution, as `kg.maps.communities.communities` numbers them.
    ties : sequence of Tie
        Who is tied to whom.
    """
    members: defaultdict[int, list[int]] = defaultdict(list)
    for node, number in enumerate(community):
        members[number].append(node)
    inner = _inner(members, community, ties)
    radius = {number: _reach(inner[number]) + 0.8 * _ROOM for number in members}
    centres = _centres(radius, community, ties)
    points: dict[int, Point] = {}
    for number, held in members.items():
        x, y = centres[number]
        for node, (dx, dy) in zip(held, inner[number], strict=True):
            points[node] = (round((x + dx) * _WIDE, 1), round(y + dy, 1))
    return Arrangement([points[node] for node in range(len(community))])


def _inner(
    members: Mapping[int, list[int]], community: Sequence[int], ties: Sequence[Tie]
) -> dict[int, list[Point]]:
    own: defaultdict[int, list[Tie]] = defaultdict(list)
    for tie in ties:
        if community[tie.source] == community[tie.target]:
            own[community[tie.source]].append(tie)
    return {number: _cluster(held, own[number]) for number, held in members.items()}


def _cluster(held: Sequence[int], ties: Sequence[Tie]) -> list[Point]:
    if len(held) == 1:
        return [(0.0, 0.0)]
    if len(held) > _MOST:
        return spiral(len(held))
    found = _spring(held, {(tie.source, tie.target): tie.weight for tie in ties})
    scale = _ROOM * math.sqrt(len(held))
    points = [(found[node][0] * scale, found[node][1] * scale) for node in held]
    return apart(points, [_ROOM * 0.8] * len(held))


def spiral(number: int, room: float = _ROOM) -> list[Point]:
    """Set points on a sunflower's spiral (Vogel, 1979): even room for each, no rows."""
    return [
        (
            1.1 * room * math.sqrt(at) * math.cos(2.399963 * at),
            1.1 * room * math.sqrt(at) * math.sin(2.399963 * at),
        )
        for at in range(number)
    ]


def _centres(
    radius: Mapping[int, float], community: Sequence[int], ties: Sequence[Tie]
) -> dict[int, Point]:
    numbers = sorted(radius)
    between: defaultdict[tuple[int, int], float] = defaultdict(float)
    for tie in ties:
        one, other = sorted((community[tie.source], community[tie.target]))
        if one != other:
            between[one, other] += tie.weight
    tied = sorted({number for pair in between for number in pair})
    if len(numbers) > _MOST or not tied:
        scale = max(radius.values(), default=1.0)
        return dict(zip(numbers, spiral(len(numbers), scale), strict=True))
    found = _spring(tied, between)
    scale = 0.7 * math.sqrt(sum(radius[number] ** 2 for number in tied))
    start = {number: (found[number][0] * scale, found[number][1] * scale) for number in tied}
    outside = [number for number in numbers if number not in start]
    for at, number in enumerate(outside):
        angle = 2 * math.pi * at / len(outside) + 0.4
        start[number] = (1.25 * scale * math.cos(angle), 1.25 * scale * math.sin(angle))
    placed = apart([start[each] for each in numbers], [radius[each] for each in numbers])
    return dict(zip(numbers, placed, strict=True))


def _spring(nodes: Sequence[int], weights: Mapping[tuple[int, int], float]) -> dict[int, Point]:
    network = nx.Graph()
    network.add_nodes_from(nodes)
    network.add_weighted_edges_from((*pair, weight + 0.05) for pair, weight in weights.items())
    found = nx.spring_layout(network, seed=SEED, iterations=80, method="force")
    return {node: (float(x), float(y)) for node, (x, y) in found.items()}


def _reach(points: Sequence[Point]) -> float:
    return max(math.hypot(x, y) for x, y in points)
