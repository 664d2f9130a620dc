"""What an arrangement gives: places for institutions and captions between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Caption:
    """Words on the map.

    Parameters
    ----------
    kind : str
        ``country`` (text is a code), ``year``, ``city``, or ``word`` (a key of the interface).
    text : str
        What to say.
    x, y : float
        Where its middle stands.
    """

    kind: str
    text: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Places of all institutions, in their order, and captions.

    Parameters
    ----------
    points : sequence of tuple of float
        x and y in pixels.
    captions : sequence of Caption
        Words to write between them.
    """

    points: Sequence[Point]
    captions: Sequence[Caption] = field(default=())

    def turned(self) -> Arrangement:
        """Exchange x and y, for a telephone held upright."""
        return Arrangement(
            [(y, x) for x, y in self.points],
            [Caption(each.kind, each.text, each.y, each.x) for each in self.captions],
        )
