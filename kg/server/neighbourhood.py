"""A small map of a thing and its strongest ties, drawn as SVG where the page is made."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from kg.server.portrait import Neighbour

SHOWN = 12
WIDTH, HEIGHT = 640, 400
_LONGEST = 22  # letters of a label


@dataclass(frozen=True, slots=True)
class Spot:
    """A neighbour with its place on the map.

    Parameters
    ----------
    neighbour : Neighbour
        Who it is.
    x, y : float
        Its place.
    width : float
        Width of the line that leads to it.
    anchor : str
        Which end of its label is at the place: start, middle or end.
    lines : tuple of str
        Its label, in one line or two.
    """

    neighbour: Neighbour
    x: float
    y: float
    width: float
    anchor: str
    lines: tuple[str, ...]


def spots(neighbours: Sequence[Neighbour]) -> list[Spot]:
    """Return the strongest neighbours on an ellipse around the middle, the strongest on top.

    The left and right halves are filled in turn, so that labels have a row each.
    """
    some = neighbours[:SHOWN]
    sides = (some[0::2], some[1::2])
    return [
        _spot(one, number, len(side), right=not at)
        for at, side in enumerate(sides)
        for number, one in enumerate(side)
    ]


def _spot(neighbour: Neighbour, number: int, of: int, *, right: bool) -> Spot:
    height = HEIGHT - 80
    y = 40 + height * (number + 0.5) / of
    lean = math.sqrt(max(0.0, 1 - ((y - HEIGHT / 2) / (HEIGHT / 2)) ** 2))
    x = WIDTH / 2 + (1 if right else -1) * (25 + 60 * lean)
    width = 1.5 + 6 * neighbour.strength
    anchor = "start" if right else "end"
    return Spot(neighbour, round(x, 1), round(y, 1), round(width, 1), anchor, _lines(neighbour))


def _lines(neighbour: Neighbour) -> tuple[str, ...]:
    """Return a label in at most two lines."""
    words, lines = neighbour.label.split(), [""]
    for word in words:
        if len(lines[-1]) + len(word) > _LONGEST and lines[-1]:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    if len(lines) > 2:
        lines = [lines[0], f"{lines[1]} …"]
    return tuple(
        line if len(line) <= 2 * _LONGEST else f"{line[: 2 * _LONGEST]}…" for line in lines
    )
