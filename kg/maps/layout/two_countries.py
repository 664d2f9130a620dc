"""Where each institution stands: two countries face to face, their bridges in between.

Each country has a bank of columns along an empty river. Who is tied most strongly to the
other bank stands nearest to it, so what matters is in the middle and the rest grows
outwards. Within the columns the barycentre rule (Sugiyama, Tagawa and Toda, 1981) brings
partners to the same height. Other countries stand below, institutions of no known country
above. There is no chance in it: the same network gives the same picture.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

WEST, EAST, NORTH, SOUTH = range(4)

Point = tuple[float, float]

_PASSES = 12
_BEND = 0.11  # how far the ends of a bank stand back from the river, in extents along it
_ROOMY = 140  # more institutions than these stand closer together


@dataclass(frozen=True, slots=True)
class Tie:
    """Two institutions, by their places in the list, and how strongly they are tied."""

    source: int
    target: int
    weight: float


@dataclass(frozen=True, slots=True)
class Format:
    """The proportions to fill: a wide screen or a telephone held upright.

    Parameters
    ----------
    across, along : float
        Room for one institution in the direction across the river and along it, in pixels.
    aspect : float
        Extent of the picture across the river, divided by that along it.
    river : float
        Least breadth of the river.
    upright : bool
        The river flows from left to right: the west stands above the east.
    """

    across: float
    along: float
    aspect: float
    river: float
    upright: bool


WIDE = Format(across=190.0, along=64.0, aspect=2.2, river=230.0, upright=False)
TALL = Format(across=74.0, along=128.0, aspect=1.5, river=120.0, upright=True)


def arrange(regions: Sequence[int], ties: Sequence[Tie], form: Format = WIDE) -> list[Point]:
    """Place institutions on the map.

    Parameters
    ----------
    regions : sequence of int
        `WEST`, `EAST`, `SOUTH` (other countries) or `NORTH` (country not known), one for
        each institution.
    ties : sequence of Tie
        Who is tied to whom.
    form : Format, default WIDE
        The proportions of the picture.

    Returns
    -------
    list of tuple of float
        x and y of each institution in pixels; the river runs through the origin.
    """
    groups = _groups(regions, ties)
    partners = _partners(ties)
    columns = _columns(groups, form)
    along = _heights(columns, partners, form)
    closer = math.sqrt(min(1.0, _ROOMY / max(len(regions), 1)))
    places = _banks(columns, along, form)
    points = {node: (y, x) if form.upright else (x, y) for node, (x, y) in places.items()}
    for region, sign in ((NORTH, -1), (SOUTH, 1)):
        points |= _rows(groups[region], points, partners, form, sign)
    return [
        (round(points[node][0] * closer, 1), round(points[node][1] * closer, 1))
        for node in range(len(regions))
    ]


def _groups(regions: Sequence[int], ties: Iterable[Tie]) -> dict[int, list[int]]:
    """Members of each region, those with the strongest ties to other regions first."""
    abroad: defaultdict[int, float] = defaultdict(float)
    total: defaultdict[int, float] = defaultdict(float)
    for tie in ties:
        for node in (tie.source, tie.target):
            total[node] += tie.weight
            if regions[tie.source] != regions[tie.target]:
                abroad[node] += tie.weight
    groups: dict[int, list[int]] = {region: [] for region in (WEST, EAST, NORTH, SOUTH)}
    for node in sorted(range(len(regions)), key=lambda node: (-abroad[node], -total[node], node)):
        groups[regions[node]].append(node)
    return groups


def _partners(ties: Iterable[Tie]) -> dict[int, list[tuple[int, float]]]:
    partners: dict[int, list[tuple[int, float]]] = {}
    for tie in ties:
        partners.setdefault(tie.source, []).append((tie.target, tie.weight + 0.02))
        partners.setdefault(tie.target, []).append((tie.source, tie.weight + 0.02))
    return partners


def _columns(groups: Mapping[int, list[int]], form: Format) -> dict[int, list[list[int]]]:
    """Cut each bank into columns of such a length that the whole fills the picture."""
    longest = max(len(groups[WEST]), len(groups[EAST]), 1)

    def extent(length: int) -> float:
        across = sum(math.ceil(len(groups[bank]) / length) for bank in (WEST, EAST))
        return max((across * form.across + form.river) / form.aspect, length * form.along)

    length = min(range(1, longest + 1), key=extent)
    return {bank: _cut(groups[bank], length) for bank in (WEST, EAST)}


def _cut(members: Sequence[int], length: int) -> list[list[int]]:
    """Cut a list into columns of at most `length`, as equal as they can be."""
    count = math.ceil(len(members) / length)
    even = math.ceil(len(members) / count) if count else 0
    return [list(members[start : start + even]) for start in range(0, len(members), even or 1)]


def _slots(number: int, size: int, form: Format) -> list[float]:
    """Heights in a column, from the middle outwards; neighbouring columns are staggered."""
    shift = 0.25 if number % 2 else -0.25
    heights = [(slot - (size - 1) / 2 + shift) * form.along for slot in range(size)]
    return sorted(heights, key=lambda height: (abs(height), height))


def _heights(
    columns: Mapping[int, list[list[int]]],
    partners: Mapping[int, list[tuple[int, float]]],
    form: Format,
) -> dict[int, float]:
    """Bring each institution to the height of its partners, as far as places allow."""
    along: dict[int, float] = {}
    for bank in columns.values():
        for number, column in enumerate(bank):
            along |= dict(zip(column, _slots(number, len(column), form), strict=True))
    for _ in range(_PASSES):
        for bank in columns.values():
            for column in bank:
                wanted = {node: _mean(node, along, partners, along[node]) for node in column}
                heights = sorted(along[node] for node in column)
                order = sorted(column, key=lambda node: (wanted[node], along[node]))
                along |= dict(zip(order, heights, strict=True))
    return along


def _mean(
    node: int,
    place: Mapping[int, float],
    partners: Mapping[int, list[tuple[int, float]]],
    otherwise: float,
) -> float:
    """Weighted mean of the places of those partners that have one."""
    placed = [(place[other], weight) for other, weight in partners.get(node, []) if other in place]
    weights = sum(weight for _, weight in placed)
    return sum(at * weight for at, weight in placed) / weights if weights else otherwise


def _banks(
    columns: Mapping[int, list[list[int]]], along: Mapping[int, float], form: Format
) -> dict[int, Point]:
    """Set the columns on both sides of the river; a single bank stands in its middle."""
    reach = max((abs(height) for height in along.values()), default=1.0) or 1.0
    total = sum(len(bank) for bank in columns.values()) * form.across
    both = all(columns.values())
    river = max(form.river, 0.16 * total) if both else -total
    places: dict[int, Point] = {}
    for bank, sign in ((WEST, -1), (EAST, 1)):
        for number, column in enumerate(columns[bank]):
            base = river / 2 + (number + 0.5) * form.across
            for node in column:
                back = _BEND * reach * (along[node] / reach) ** 2 if both else 0.0
                places[node] = (sign * (base + back), along[node])
    return places


def _rows(
    members: Sequence[int],
    points: Mapping[int, Point],
    partners: Mapping[int, list[tuple[int, float]]],
    form: Format,
    sign: int,
) -> dict[int, Point]:
    """Line up a group above (`sign` -1) or below (1) everything that is placed already."""
    if not members:
        return {}
    wide, high = (form.along, form.across) if form.upright else (form.across, form.along)
    xs = [x for x, _ in points.values()] or [0.0]
    edge = max((sign * y for _, y in points.values()), default=-high)
    middle = (min(xs) + max(xs)) / 2
    fitting = max(3, math.floor(1.25 * (max(xs) - min(xs)) / wide))
    across = {node: x for node, (x, _) in points.items()}
    rows: dict[int, Point] = {}
    first = 1.1 if sign > 0 else 1.9  # the names of the countries stand above their banks
    for number, row in enumerate(_cut(members, fitting)):
        middle += wide * 0.5 * (-1) ** number if number else 0.0  # like bricks
        order = sorted(row, key=lambda node: (_mean(node, across, partners, middle), node))
        for slot, node in enumerate(order):
            x = middle + (slot - (len(row) - 1) / 2) * wide * 1.15
            rows[node] = (x, sign * (edge + (number + first) * high))
    return rows
