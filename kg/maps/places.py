"""Gives every node of a page its place in each arrangement, for wide and for tall screens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from kg.maps.communities import communities
from kg.maps.layout import forces, geography, timeline
from kg.maps.layout import two_countries as two
from kg.maps.layout.arrangement import Arrangement

ARRANGEMENTS = ("countries", "communities", "geography", "time")

Node = dict[str, Any]


def place(nodes: list[Node], ties: Sequence[two.Tie]) -> dict[str, Any]:
    """Add ``at`` to each node: its points by arrangement, wide first and tall second.

    Parameters
    ----------
    nodes : list of dict
        With ``region``, ``latitude``, ``longitude``, ``place``, ``country``.
    ties : sequence of Tie
        Between the nodes, by their places in the list.

    Returns
    -------
    dict
        The captions of each arrangement, wide first and tall second.
    """
    captions: dict[str, Any] = {}
    for node in nodes:
        node["at"] = {}
    for name, forms in _arranged(nodes, ties).items():
        for node, *points in zip(nodes, *(form.points for form in forms), strict=True):
            node["at"][name] = [list(point) for point in points]
        captions[name] = [[asdict(each) for each in form.captions] for form in forms]
    for node in nodes:
        node["x"], node["y"] = node["at"]["countries"][0]
    return captions


def _arranged(
    nodes: Sequence[Node], ties: Sequence[two.Tie]
) -> dict[str, tuple[Arrangement, Arrangement]]:
    regions = [node["region"] for node in nodes]
    banks = [Arrangement(two.arrange(regions, ties, form)) for form in (two.WIDE, two.TALL)]
    found = {"countries": (banks[0], banks[1])}
    spread = forces.arrange(communities(len(nodes), ties), ties)
    found["communities"] = (spread, spread.turned())
    if any(node["latitude"] is not None for node in nodes):
        seats = [
            geography.Seat(node["latitude"], node["longitude"], node["place"], node["country"])
            for node in nodes
        ]
        mapped = geography.arrange(seats)
        found["geography"] = (mapped, mapped)
    years = [node.get("year") for node in nodes]
    if len(set(years) - {None}) > 1:
        line = timeline.arrange(years, regions)
        found["time"] = (line, line.turned())
    return found
