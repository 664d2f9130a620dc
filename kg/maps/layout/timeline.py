"""Time: everyone in the year in which a tie of theirs was first seen, early years first.

Within a year China and Kazakhstan stay on their sides: above the middle line the first of
the two countries, below it the second.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

from kg.maps.layout.arrangement import Arrangement, Caption, Point
from kg.maps.layout.two_countries import EAST, NORTH, WEST

_ACROSS, _ALONG = 132.0, 58.0
_GAP = 70.0  # between two years


def arrange(years: Sequence[int | None], regions: Sequence[int]) -> Arrangement:
    """Place institutions by their first year, those without a date last.

    Parameters
    ----------
    years : sequence of int or None
        Year of the first dated tie of each institution.
    regions : sequence of int
        `WEST` and `EAST` for the two countries, as in the arrangement of two countries.
    """
    columns: defaultdict[int, list[int]] = defaultdict(list)
    for node, year in enumerate(years):
        columns[9999 if year is None else year].append(node)
    longest = _longest(len(years))
    points: dict[int, Point] = {}
    captions: list[Caption] = []
    left = 0.0
    for year, members in sorted(columns.items()):
        upper = [node for node in members if regions[node] in (WEST, NORTH)]
        lower = [node for node in members if node not in set(upper)]
        breadth = max(math.ceil(len(half) / longest) for half in (upper, lower)) * _ACROSS
        points |= _stacked(upper, left, breadth, -1) | _stacked(lower, left, breadth, 1)
        kind, text = ("word", "undated") if year == 9999 else ("year", str(year))
        captions.append(Caption(kind, text, left + breadth / 2, -(longest + 0.9) * _ALONG))
        left += breadth + _GAP
    captions += _sides(regions)
    return Arrangement([points[node] for node in range(len(years))], captions)


def _longest(number: int) -> int:
    """How many stand above each other on one side, so that the picture fills a screen."""
    return max(3, round(math.sqrt(number * _ACROSS / _ALONG / 1.15) / 2))


def _stacked(members: Sequence[int], left: float, breadth: float, sign: int) -> dict[int, Point]:
    across = max(1, round(breadth / _ACROSS))
    return {
        node: (
            round(left + (at % across + 0.5) * _ACROSS, 1),
            round(sign * (at // across + 0.65 + 0.3 * (at % across % 2)) * _ALONG, 1),
        )
        for at, node in enumerate(members)
    }


def _sides(regions: Sequence[int]) -> list[Caption]:
    found = set(regions)
    sides = [(WEST, "side0", -1), (EAST, "side1", 1)]
    return [
        Caption("side", name, -70.0, sign * 1.2 * _ALONG)
        for region, name, sign in sides
        if region in found
    ]
