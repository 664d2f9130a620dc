"""What a page holds: institutions, ties and figures, taken from any NetworkX network.

Whatever a network brings is cut to the types that the page expects: a missing label, a
weight that is no number or an address that no browser should open does no harm later on.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import networkx as nx

from kg.graph.dates import spoken
from kg.maps import appearance, layout, readable

Attributes = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Contents:
    """Nodes and edges as PyVis takes them, strongest first, and what the page says of them.

    Parameters
    ----------
    nodes, edges : list of dict
        Attributes of vis-network together with what the page's panels show.
    reports : int
        How many reports the ties rest on.
    dates : str
        The time they cover, in words.
    strength : str
        What makes a tie strong, in a sentence of the network's own; may be empty.
    noun : Noun
        What the nodes are called.
    """

    nodes: list[dict[str, Any]]
    edges: list[dict[str, Any]]
    reports: int
    dates: str
    strength: str
    noun: readable.Noun


def gather(network: nx.Graph) -> Contents:
    """Read a network with the attributes that `kg.analysis.networks.network` gives.

    Parameters
    ----------
    network : networkx.Graph
        Nodes with ``label``, ``kind``, ``country`` and ``aliases``; edges with ``weight``,
        ``kinds``, ``first``, ``last``, ``reports`` and ``evidence``. All are optional.

    Returns
    -------
    Contents
        The same for the same network, in whatever order it was filled.
    """
    ties = [
        (str(source), str(target), _number(data.get("weight")), data)
        for source, target, data in network.edges(data=True)
        if source != target  # nobody cooperates with themselves
    ]
    ties.sort(key=lambda tie: (-tie[2], sorted(tie[:2])))
    strength: Counter[str] = Counter()
    for source, target, weight, _ in ties:
        strength.update({source: weight, target: weight})
    people = {str(name): data for name, data in network.nodes(data=True)}
    order = sorted(people, key=lambda name: (-strength[name], name))
    numbers = {name: number for number, name in enumerate(order)}
    nodes = _nodes([(name, people[name]) for name in order], strength)
    edges = [
        _edge(rank, (numbers[source], numbers[target]), weight, data)
        for rank, (source, target, weight, data) in enumerate(ties)
    ]
    _place(nodes, edges)
    dates = _dates(data for *_, data in ties)
    strength_text = _text(network.graph.get("strength"))
    noun = readable.noun({node["kind"] for node in nodes})
    return Contents(nodes, edges, _reports(network, edges), dates, strength_text, noun)


def _nodes(
    named: Sequence[tuple[str, Attributes]], strength: Mapping[str, float]
) -> list[dict[str, Any]]:
    slots = appearance.slots([_country(data) for _, data in named])
    pair = appearance.principals(_country(data) for _, data in named)
    greatest = max(strength.values(), default=0.0)
    return [
        _node(name, data)
        | {
            "id": number,
            "slot": slots[_country(data)],
            "region": _region(_country(data), pair),
            "size": appearance.size(strength[name], greatest),
        }
        for number, (name, data) in enumerate(named)
    ]


def _node(name: str, data: Attributes) -> dict[str, Any]:
    code = _country(data)
    kind = _text(data.get("kind"))
    label = _text(data.get("label")) or name
    return {
        "name": name,
        "label": label,
        "aliases": sorted({_text(alias) for alias in _list(data.get("aliases"))} - {label, ""}),
        "kind": kind,
        "kindText": readable.kind(kind),
        "country": code,
        "countryText": readable.country(code),
        "shape": appearance.shape(kind),
    }


def _edge(rank: int, ends: tuple[int, int], weight: float, data: Attributes) -> dict[str, Any]:
    kinds = [_text(kind) for kind in _list(data.get("kinds"))]
    evidence = [_evidence(entry) for entry in _list(data.get("evidence")) if entry]
    reports = {(entry["source"], entry["title"]) for entry in evidence}
    return {
        "id": f"tie-{rank}",
        "from": ends[0],
        "to": ends[1],
        "weight": round(weight, 3),
        "width": appearance.width(weight),
        "kinds": kinds,
        "kindsText": ", ".join(readable.tie_kind(kind) for kind in kinds),
        "lasting": any(kind != "event" for kind in kinds) or not kinds,
        "dates": readable.span(_text(data.get("first")), _text(data.get("last"))),
        "reports": int(_number(data.get("reports"), most=math.inf)) or len(reports),
        "evidence": evidence,
    }


def _evidence(entry: Attributes) -> dict[str, str]:
    source = _text(entry.get("source"))
    return {
        "quote": _text(entry.get("quote")),
        "title": _text(entry.get("title")),
        "source": source,
        "link": source if _is_web_address(source) else "",
        "date": spoken(_text(entry.get("date"))),
        "kind": readable.tie_kind(_text(entry.get("kind"))),
        "what": _text(entry.get("what")),
    }


def _place(nodes: list[dict[str, Any]], edges: Sequence[Attributes]) -> None:
    """Add the two arrangements, for wide screens and for tall ones."""
    regions = [node["region"] for node in nodes]
    ties = [layout.Tie(edge["from"], edge["to"], edge["weight"]) for edge in edges]
    wide = layout.arrange(regions, ties, layout.WIDE)
    tall = layout.arrange(regions, ties, layout.TALL)
    for node, (x, y), upright in zip(nodes, wide, tall, strict=True):
        node |= {"x": x, "y": y, "tall": list(upright)}


def _region(country: str, pair: tuple[str, str]) -> int:
    if country in pair and country:
        return layout.WEST if country == pair[0] else layout.EAST
    return layout.SOUTH if country else layout.NORTH


def _reports(network: nx.Graph, edges: Iterable[Attributes]) -> int:
    """Count what the network says it was drawn from, or the reports that its ties quote."""
    stated = int(_number(network.graph.get("reports"), most=math.inf))
    return stated or len(
        {(entry["source"], entry["title"]) for edge in edges for entry in edge["evidence"]}
    )


def _dates(ties: Iterable[Attributes]) -> str:
    dates = sorted(
        date
        for data in ties
        for date in (_text(data.get("first")), _text(data.get("last")))
        if date[:4].isdigit()
    )
    return readable.span(dates[0], dates[-1]) if dates else ""


def _country(data: Attributes) -> str:
    return _text(data.get("country")).upper()


def _text(value: object) -> str:
    missing = value is None or (isinstance(value, float) and math.isnan(value))
    return "" if missing else str(value)


def _list(value: object) -> list[Any]:
    return list(value) if isinstance(value, list | tuple | set | frozenset) else []


def _number(value: object, most: float = 1.0) -> float:
    """Read a number from 0 to `most`; what is none counts as 0."""
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return 0.0
    return min(max(number, 0.0), most) if math.isfinite(number) else 0.0


def _is_web_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)
