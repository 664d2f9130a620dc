"""Facts and networks made by hand, with invented members."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import networkx as nx

from kg.analysis.facts import Fact, Facts, Statement


def _node(kind: str, country: str, region: str = "") -> dict[str, Any]:
    return {"label": "", "kind": kind, "country": country, "region": region, "aliases": []}


NODES = {
    "a": _node("University", "CN", "r-east"),
    "b": _node("University", "CN"),
    "k": _node("University", "KZ", "r-steppe"),
    "m": _node("GovernmentBody", "KZ", "r-steppe"),
    "p": _node("Person", "CN"),
    "q": _node("Person", "KZ"),
}
REGIONS = {
    "r-east": {"label": "East", "kind": "Region", "country": "CN", "aliases": []},
    "r-steppe": {"label": "Steppe", "kind": "Region", "country": "KZ", "aliases": []},
}


def fact(
    iri: str, kind: str, *members: str, on: date | None = None, sure: float = 1.0,
    report: str | None = None,
) -> Fact:  # fmt: skip
    told = Statement(
        report or f"report of {iri}", f"words of {iri}", sure, on, evidence=f"https://e/{iri}"
    )
    return Fact(iri, kind, iri, dict.fromkeys(members, (told,)), on, on)


def facts_of(
    *facts: Fact, people: Iterable[str] = (), parts: Iterable[tuple[str, str]] = (),
    newest: date | None = None,
) -> Facts:  # fmt: skip
    """Facts whose members are universities of no country unless `NODES` knows them."""
    members = {name for each in facts for name in each.members}
    nodes = {**NODES, **{name: _node("University", "") for name in members - set(NODES)}}
    nodes |= {name: _node("Person", "") for name in people}
    reports = {one: {"title": one, "address": f"https://{one[-1]}.example/", "published": ""}
               for each in facts for one in each.reports}  # fmt: skip
    return Facts(facts, nodes, REGIONS, reports, frozenset(parts), newest)


def network_of(edges: Iterable[tuple[Any, Any]], **countries: str) -> nx.Graph:
    """A network of ties of weight 1 whose nodes have a country."""
    found = nx.Graph()
    found.add_edges_from(edges, weight=1.0)
    for name in found:
        found.nodes[name].update(_node("University", countries.get(str(name), "")), label=str(name))
    return found
