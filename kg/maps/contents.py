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

from kg.graph.basis import CO_ATTENDANCE, basis
from kg.maps import appearance, backbone, groups, places, readable, views
from kg.maps.communities import communities
from kg.maps.layout import two_countries as two

Attributes = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Contents:
    """Nodes and edges as PyVis takes them, strongest first, and what the page says of them.

    Parameters
    ----------
    nodes, edges : list of dict
        Attributes of vis-network together with what the page's panels show.
    captions : mapping
        What is written on each arrangement, in both formats.
    groups : list of dict
        Places that stand for their institutions where these are too many; often empty.
    reports : int
        How many reports the ties rest on.
    first, last : str
        The time they cover, as ISO 8601 dates of any precision; may be empty.
    strength : str
        What makes a tie strong, in a sentence of the network's own; may be empty.
    noun : Noun
        What the nodes are called.
    about : mapping
        What the network says of itself: its view, its kind, names of areas, who is chosen.
    """

    nodes: list[dict[str, Any]]
    edges: list[dict[str, Any]]
    captions: Mapping[str, Any]
    groups: list[dict[str, Any]]
    reports: int
    first: str
    last: str
    strength: str
    noun: readable.Noun
    about: Attributes


def gather(network: nx.Graph) -> Contents:
    """Read a network with the attributes that `kg.analysis.networks.network` gives.

    Parameters
    ----------
    network : networkx.Graph
        Nodes with ``label``, ``kind``, ``country`` and ``aliases``; edges with ``weight``,
        ``kinds``, ``first``, ``last``, ``reports`` and ``evidence``; also what
        `kg.maps.dossiers.described` and `kg.maps.views` add. All are optional.

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
        _edge(at, (numbers[source], numbers[target]), weight, data)
        for at, (source, target, weight, data) in enumerate(ties)
    ]
    plain = [two.Tie(edge["from"], edge["to"], edge["weight"]) for edge in edges]
    for edge, rank in zip(edges, backbone.ranks(plain), strict=True):
        edge["rank"] = rank
    _mark_years(nodes, edges)
    grouped = groups.groups(nodes)
    captions = places.place(grouped or nodes, groups.between(nodes, plain) if grouped else plain)
    if not grouped:  # a place that stands for its institutions has no room for communities
        _mark_communities(nodes, plain)
    first, last = _dates(data for *_, data in ties)
    return Contents(
        nodes,
        edges,
        captions,
        grouped,
        _reports(network, edges),
        first,
        last,
        _text(network.graph.get("strength")),
        readable.noun({node["kind"] for node in nodes}),
        _about(network),
    )


def _about(network: nx.Graph) -> dict[str, Any]:
    given = network.graph
    view = given.get("view") or {}
    return {
        "kind": _text(given.get("kind")),
        "view": _text(view.get("kind")),
        "names": [_text(name) for name in _list(view.get("names"))],
        "chosen": _text(given.get("chosen")),
    }


def _mark_years(nodes: list[dict[str, Any]], edges: Iterable[Attributes]) -> None:
    """Say in which year each node was first seen tied to another."""
    for edge in edges:
        for node in (nodes[edge["from"]], nodes[edge["to"]]):
            node["year"] = min([*edge["years"], *filter(None, [node.get("year")])], default=None)


def _mark_communities(nodes: list[dict[str, Any]], ties: Sequence[two.Tie]) -> None:
    for node, number in zip(nodes, communities(len(nodes), ties), strict=True):
        node["community"] = number


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
            "region": _region(data, pair),
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
        "place": _text(data.get("place")),
        "placeFromName": bool(data.get("placeFromName")),
        "latitude": _degrees(data.get("latitude"), 90),
        "longitude": _degrees(data.get("longitude"), 180),
        **{key: [_fact(each) for each in _list(data.get(key))] for key in _FACTS},
        "card": _card(data.get("card")),
    }


_FACTS = ("people", "agreements", "facilities", "events")


def _card(given: object) -> dict[str, Any]:
    data: Attributes = given if isinstance(given, Mapping) else {}
    named = [each for each in _list(data.get("names")) if isinstance(each, Mapping)]
    addresses = [_text(each) for each in _list(data.get("identifiers"))]
    return {
        "names": [
            {"tag": _text(each.get("tag")), "names": [_text(one) for one in _list(each["names"])]}
            for each in named
            if "names" in each
        ],
        "former": [_text(each) for each in _list(data.get("former"))],
        "identifiers": [each for each in addresses if is_web_address(each)],
        **{
            key: [
                {"iri": _text(each.get("iri")), "name": _text(each.get("name"))}
                for each in _list(data.get(key))
                if isinstance(each, Mapping)
            ]
            for key in ("part_of", "parts")
        },
        **{key: [_fact(each) for each in _list(data.get(key))] for key in ("heads", "rolled")},
    }


def _fact(given: object) -> dict[str, Any]:
    data: Attributes = given if isinstance(given, Mapping) else {}
    keys = ("name", "post", "status", "day", "until", "kind", "through")
    words = {key: _text(data.get(key)) for key in keys}
    return words | {"evidence": [_evidence(each) for each in _list(data.get("evidence")) if each]}


def _edge(at: int, ends: tuple[int, int], weight: float, data: Attributes) -> dict[str, Any]:
    kinds = [_text(kind) for kind in _list(data.get("kinds"))]
    given = _list(data.get("evidence"))  # projections bring addresses, which quote nothing
    evidence = [_evidence(entry) for entry in given if isinstance(entry, Mapping) and entry]
    reports = set(map(_witness, evidence))
    return {
        "id": f"tie-{at}",
        "from": ends[0],
        "to": ends[1],
        "weight": round(weight, 3),
        "width": appearance.width(weight),
        "kinds": kinds,
        "lasting": basis(kinds) != CO_ATTENDANCE,
        "first": _text(data.get("first")),
        "last": _text(data.get("last")),
        "years": views.years(data),
        "confidence": round(_number(data.get("confidence", 1.0)), 2),
        "areas": [_text(area) for area in _list(data.get("areas"))],
        "change": _text(data.get("change")),
        "reports": int(_number(data.get("reports"), most=math.inf)) or len(reports),
        "evidence": evidence,
    }


def _evidence(entry: Attributes) -> dict[str, str]:
    source = _text(entry.get("source"))
    return {
        "quote": _text(entry.get("quote")),
        "title": _text(entry.get("title")),
        "source": source,
        "link": source if is_web_address(source) else "",
        "date": _text(entry.get("date")),
        "kind": _text(entry.get("kind")),
        "what": _text(entry.get("what")),
        "release": _text(entry.get("release")),
    }


def _region(data: Attributes, pair: tuple[str, str]) -> int:
    if "side" in data:
        return {"west": two.WEST, "east": two.EAST}.get(_text(data["side"]), two.SOUTH)
    country = _country(data)
    if country in pair and country:
        return two.WEST if country == pair[0] else two.EAST
    return two.SOUTH if country else two.NORTH


def _reports(network: nx.Graph, edges: Iterable[Attributes]) -> int:
    """Count what the network says it was drawn from, or the reports that its ties quote."""
    stated = int(_number(network.graph.get("reports"), most=math.inf))
    return stated or len({_witness(entry) for edge in edges for entry in edge["evidence"]})


def _witness(entry: Mapping[str, str]) -> tuple[str, str]:
    """Say whose word a sentence is: the report's, or the release's that it prints with others."""
    return (entry["release"], "") if entry["release"] else (entry["source"], entry["title"])


def _dates(ties: Iterable[Attributes]) -> tuple[str, str]:
    dates = sorted(
        date
        for data in ties
        for date in (_text(data.get("first")), _text(data.get("last")))
        if date[:4].isdigit()
    )
    return (dates[0], dates[-1]) if dates else ("", "")


def _degrees(value: object, most: int) -> float | None:
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return None
    return round(number, 3) if abs(number) <= most else None


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


def is_web_address(address: str) -> bool:
    """Tell whether a browser may be sent there: http or https, and a host."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)
