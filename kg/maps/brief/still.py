"""A still map: the strongest ties as an SVG picture for print."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import networkx as nx
from jinja2 import Environment, FileSystemLoader

from kg.maps import appearance, backbone, contents
from kg.maps.layout import two_countries as two

_FOLDER = Path(__file__).parent
_STYLE = _FOLDER.parent / "page" / "page.css"
_COLUMNS = 21  # letters of a name in one line
_BESIDE = {two.WEST: ("end", -1), two.EAST: ("start", 1)}

TEMPLATES = Environment(loader=FileSystemLoader(_FOLDER), autoescape=True, trim_blocks=True)


def still(network: nx.Graph, most: int = 22) -> str:
    """Draw the essential ties of a network, two countries face to face.

    Parameters
    ----------
    network : networkx.Graph
        As for `kg.maps.write`.
    most : int, default 22
        How many ties are drawn.

    Returns
    -------
    str
        An SVG document; the same for the same network.
    """
    held = contents.gather(essential(network, most))
    colours = _palette()
    nodes = [_drawn(node, colours) for node in held.nodes]
    lines = [
        {"path": _path(held.nodes[edge["from"]], held.nodes[edge["to"]]), **edge}
        for edge in held.edges
    ]
    xs, ys = [node["x"] for node in held.nodes] or [0], [node["y"] for node in held.nodes] or [0]
    box = (min(xs) - 170, min(ys) - 40, max(xs) - min(xs) + 340, max(ys) - min(ys) + 100)
    return TEMPLATES.get_template("still.svg").render(nodes=nodes, lines=lines, box=box)


def essential(network: nx.Graph, most: int) -> nx.Graph:
    """Keep the ties that matter most by the disparity filter, and their ends."""
    order = {node: number for number, node in enumerate(sorted(network, key=str))}
    edges = sorted(network.edges(data=True), key=lambda edge: (str(edge[0]), str(edge[1])))
    ties = [
        two.Tie(order[one], order[other], float(data.get("weight") or 0))
        for one, other, data in edges
    ]
    kept = [edge[:2] for edge, rank in zip(edges, backbone.ranks(ties), strict=True) if rank < most]
    return network.edge_subgraph(kept).copy()


def _palette() -> dict[str, str]:
    light = _STYLE.read_text(encoding="utf-8").split("@media")[0]
    return dict(re.findall(r"--slot-([\w]+): (#[0-9a-f]{6})", light))


def _drawn(node: Mapping[str, Any], colours: Mapping[str, str]) -> dict[str, Any]:
    anchor, side = _BESIDE.get(node["region"], ("middle", 0))
    most = 3 if side else 2  # rows above and below stand closer than columns
    lines = textwrap.wrap(node["label"], _COLUMNS, max_lines=most, placeholder=" …") or [""]
    away = node["size"] + 5
    top = node["y"] - 7 * (len(lines) - 1) + 4 if side else node["y"] + away + 10
    return {
        "x": node["x"],
        "y": node["y"],
        "scale": round(node["size"] / 8, 2),
        "outline": appearance.OUTLINES[node["shape"]],
        "colour": colours[node["slot"]],
        "hollow": node["slot"] == appearance.UNKNOWN,
        "anchor": anchor,
        "text_x": round(node["x"] + side * away, 1),
        "lines": [(round(top + 14 * at, 1), text) for at, text in enumerate(lines)],
    }


def _path(one: Mapping[str, Any], other: Mapping[str, Any]) -> str:
    (x1, y1), (x2, y2) = (one["x"], one["y"]), (other["x"], other["y"])
    if one["region"] == other["region"]:
        bow = 0.25 * abs(y2 - y1) * (1 if one["region"] == two.EAST else -1)
        return f"M{x1} {y1}Q{(x1 + x2) / 2 + bow:.1f} {(y1 + y2) / 2:.1f} {x2} {y2}"
    bend = 0.4 * (x2 - x1)
    return f"M{x1} {y1}C{x1 + bend:.1f} {y1} {x2 - bend:.1f} {y2} {x2} {y2}"


def countries(network: nx.Graph, most: int = 22) -> Sequence[tuple[str, str, bool]]:
    """List the countries on the picture with their colours; True where the symbol is hollow."""
    colours = _palette()
    nodes = contents.gather(essential(network, most)).nodes
    found = {node["slot"]: node["countryText"] for node in reversed(nodes)}
    return [(found[slot], colours[slot], slot == appearance.UNKNOWN) for slot in sorted(found)]
