"""Discs that do not cover each other."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kg.maps.layout.arrangement import Point

_ROUNDS = 200


def apart(points: Sequence[Point], radii: Sequence[float], *, stretch: float = 1.0) -> list[Point]:
    """Push overlapping discs apart, each pair by as much as it overlaps.

    Parameters
    ----------
    points : sequence of tuple of float
        Centres; equal ones are told apart by their order.
    radii : sequence of float
        Radius of each disc.
    stretch : float, default 1.0
        How much more room a disc needs from left to right than from top to bottom: names
        are wide and low.

    Returns
    -------
    list of tuple of float
        Centres that are as near to the given ones as a simple relaxation leaves them.
    """
    if len(points) < 2:
        return list(points)
    at = np.asarray(points, dtype=float) / (stretch, 1.0)
    turn = np.arange(len(at)) * 2.399963  # the golden angle: no two directions are the same
    at += np.column_stack((np.cos(turn), np.sin(turn))) * 0.01
    need = np.add.outer(radii, radii)
    np.fill_diagonal(need, 0.0)
    for _ in range(_ROUNDS):
        away = at[:, None, :] - at[None, :, :]
        distance = np.sqrt((away**2).sum(axis=2)) + 1e-9
        overlap = np.clip(need - distance, 0.0, None)
        if overlap.max() < 0.5:
            break
        at += 0.5 * (away / distance[:, :, None] * (overlap * 0.6)[:, :, None]).sum(axis=1)
    return [(float(x) * stretch, float(y)) for x, y in at]
