"""Geography: everyone at their city, cities moved apart until names have room.

There are no borders on it: where a border runs is not for a map of cooperation to say.
Institutions whose city is not known stand in a block below, by country.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.maps.layout.arrangement import Arrangement, Caption, Point
from kg.maps.layout.forces import spiral
from kg.maps.layout.spacing import apart

_ROOM = 34.0  # radius of the room for one institution, in pixels
_SPREAD = 34.0  # pixels for one degree of latitude
_MERIDIAN = 0.75  # a degree of longitude by one of latitude, at the latitudes of the Silk Road
_COLUMNS = 9


@dataclass(frozen=True, slots=True)
class Seat:
    """Where an institution is.

    Parameters
    ----------
    latitude, longitude : float or None
        Degrees; None where nobody knows.
    city, country : str
        Name of the city and code of the country; may be empty.
    """

    latitude: float | None
    longitude: float | None
    city: str
    country: str


def arrange(seats: Sequence[Seat]) -> Arrangement:
    """Place institutions at their seats, in an equirectangular projection."""
    cities: defaultdict[tuple[float, float], list[int]] = defaultdict(list)
    lost: list[int] = []
    for node, seat in enumerate(seats):
        if seat.latitude is None or seat.longitude is None:
            lost.append(node)
        else:
            cities[round(seat.latitude, 1), round(seat.longitude, 1)].append(node)
    points, captions = _cities(cities, seats)
    below = max((y for _, y in points.values()), default=0.0) + 150.0
    middle = _middle([x for x, _ in points.values()])
    blocks, words = _blocks(lost, seats, (middle, below))
    return Arrangement(
        [_rounded((points | blocks)[node]) for node in range(len(seats))], captions + words
    )


def _cities(
    cities: Mapping[tuple[float, float], list[int]], seats: Sequence[Seat]
) -> tuple[dict[int, Point], list[Caption]]:
    keys = sorted(cities)
    centres = [
        (longitude * _SPREAD * _MERIDIAN, -latitude * _SPREAD) for latitude, longitude in keys
    ]
    radii = [_ROOM * (1.2 * math.sqrt(len(cities[key])) + 0.7) for key in keys]
    points: dict[int, Point] = {}
    captions: list[Caption] = []
    for key, (x, y), radius in zip(keys, apart(centres, radii, stretch=1.5), radii, strict=True):
        for node, (dx, dy) in zip(cities[key], spiral(len(cities[key]), _ROOM), strict=True):
            points[node] = (x + 1.5 * dx, y + dy)
        name = next((seats[node].city for node in cities[key] if seats[node].city), "")
        captions.append(Caption("city", name, x, y - radius * 0.9))
    return points, captions


def _blocks(
    lost: Sequence[int], seats: Sequence[Seat], at: Point
) -> tuple[dict[int, Point], list[Caption]]:
    """Set those without a city in rows, country by country."""
    if not lost:
        return {}, []
    order = sorted(lost, key=lambda node: (not seats[node].country, seats[node].country, node))
    points: dict[int, Point] = {}
    for place, node in enumerate(order):
        row, column = divmod(place, _COLUMNS)
        shift = 0.25 if row % 2 else -0.25
        points[node] = (at[0] + (column - (_COLUMNS - 1) / 2 + shift) * 130, at[1] + row * 62)
    left = at[0] - (_COLUMNS - 1) / 2 * 130
    return points, [Caption("word", "noCity", left + 60, at[1] - 58)]


def _middle(values: Sequence[float]) -> float:
    return (min(values) + max(values)) / 2 if values else 0.0


def _rounded(point: Point) -> Point:
    return round(point[0], 1), round(point[1], 1)
