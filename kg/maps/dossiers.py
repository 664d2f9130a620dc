"""What the graph knows of the institutions on a map beyond their ties.

`described` adds to each node ``people``, ``agreements``, ``facilities`` and ``events`` (lists of
facts with their sentences), ``card`` (`kg.maps.cards`), ``place``, ``places`` and, where the
graph gives none, the coordinates of a city in the institution's own name; to each edge
``years``, ``confidence`` and ``areas``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import networkx as nx
import pandas as pd

from kg.analysis.nodes import Queryable
from kg.extraction import places
from kg.graph.authorities import institutions
from kg.graph.store import Graph
from kg.maps.cards import cards

Row = Mapping[str, Any]
Fact = dict[str, Any]

QUERIES = Path(__file__).parent / "queries"
_MOST_SENTENCES = 3  # of one fact; the graph has them all


def described(network: nx.Graph, graph: Queryable) -> nx.Graph:
    """Add to a network what a reader may ask of its institutions and ties.

    Parameters
    ----------
    network : networkx.Graph
        As `kg.analysis.networks.network` gives it; it stays as it is.
    graph : Graph
        The graph that it was projected from.

    Returns
    -------
    networkx.Graph
        A copy with the further attributes.
    """
    found = network.copy()
    sentences = {row["sentence"]: _cited(row) for row in rows(graph, "sentences")}
    people = _grouped(rows(graph, "people"), ("who", "post"), sentences)
    agreements = _agreements(rows(graph, "agreements"), sentences)
    facilities = _grouped(rows(graph, "facilities"), ("fact",), sentences)
    events = _grouped(rows(graph, "events"), ("fact",), sentences)
    heads = _grouped(rows(graph, "heads"), ("who", "post"), sentences)
    deeds = {"agreements": agreements, "facilities": facilities, "events": events}
    known = cards(rows(graph, "names"), rows(graph, "kin"), heads, deeds, _former(graph))
    for name, data in found.nodes(data=True):
        data["people"] = people.get(name, [])
        data["card"] = known.get(name, {})
        data["agreements"] = agreements.get(name, [])
        data["facilities"] = facilities.get(name, [])
        data["events"] = sorted(events.get(name, []), key=lambda fact: fact["day"], reverse=True)
    _locate(found, rows(graph, "places"))
    _qualify(found, rows(graph, "ties"))
    return found


def rows(graph: Queryable, name: str) -> list[Row]:
    """Answer one of this folder's queries, without the cells that are not bound."""
    table = graph.query((QUERIES / f"{name}.rq").read_text(encoding="utf-8"))
    return [
        {str(key): value for key, value in row.items() if not pd.isna(value)}
        for row in table.to_dict(orient="records")
    ]


def _cited(row: Row) -> Fact:
    return {key: str(row.get(key, "")) for key in ("quote", "title", "source", "date")}


def _grouped(
    found: Iterable[Row], keys: tuple[str, ...], sentences: Mapping[str, Fact]
) -> dict[str, list[Fact]]:
    """Facts of each node, each once, with the sentences of all rows that tell it."""
    facts: defaultdict[str, dict[tuple[str, ...], Fact]] = defaultdict(dict)
    for row in found:
        key = tuple(str(row[each]) for each in keys)
        fact = facts[str(row["node"])].setdefault(key, _fact(row))
        cited = sentences.get(str(row["sentence"]))
        if cited and cited not in fact["evidence"] and len(fact["evidence"]) < _MOST_SENTENCES:
            fact["evidence"].append(cited)
    return {node: list(held.values()) for node, held in facts.items()}


def _fact(row: Row) -> Fact:
    return {
        "fact": str(row.get("fact", "")),
        "name": str(row.get("name", "")),
        "post": str(row.get("post", "")),
        "status": str(row.get("status", "")),
        "day": str(row.get("day") or row.get("monthday", "")),
        "until": str(row.get("until", "")),
        "evidence": [],
    }


def _former(graph: Queryable) -> dict[str, tuple[str, ...]]:
    """Return the names of the past of known institutions, by their addresses in registries."""
    known = institutions(graph) if isinstance(graph, Graph) else ()
    return {address: one.former for one in known for address in one.addresses() if one.former}


def _agreements(found: list[Row], sentences: Mapping[str, Fact]) -> dict[str, list[Fact]]:
    """Agreements of each party; one that was signed is no longer called planned."""
    signed = {row["fact"] for row in found if row["status"] == "signed"}
    kept = [row for row in found if row["status"] == "signed" or row["fact"] not in signed]
    facts = _grouped(kept, ("fact",), sentences)
    for held in facts.values():
        held.sort(key=lambda fact: fact["day"], reverse=True)
    return facts


def _locate(network: nx.Graph, found: Iterable[Row]) -> None:
    """Say where each institution is: by its seat, else by a city that its name contains."""
    stated: defaultdict[str, list[Row]] = defaultdict(list)
    for row in found:
        stated[str(row["node"])].append(row)
    for name, data in network.nodes(data=True):
        mine = stated.get(str(name), [])
        data["places"] = sorted(
            {str(row[key]) for row in mine for key in ("name", "alias") if key in row}
        )
        seat = next((row for row in mine if "latitude" in row and not row["country"]), None)
        if seat is not None:
            data |= {
                "place": str(seat["name"]),
                "latitude": float(seat["latitude"]),
                "longitude": float(seat["longitude"]),
            }
        elif city := _city_in(str(data.get("label", "")), str(data.get("country", ""))):
            data["places"] = sorted({*data["places"], city.name})
            data |= {"place": city.name, "placeFromName": True}
            data.setdefault("latitude", city.latitude)
            data.setdefault("longitude", city.longitude)


def _city_in(label: str, country: str) -> places.Place | None:
    """Return the city that a name contains, if it lies in the institution's country.

    "Lanzhou University" is in Lanzhou; of several cities the first counts. Other spellings
    do not: a university may bear the name of a person after whom a town is called as well.
    """
    words = re.findall(r"[\w'’-]+", label)
    for length in (2, 1):
        for start in range(len(words) - length + 1):
            text = " ".join(words[start : start + length])
            place = places.lookup(text) if text[:1].isupper() else None
            if place and (place.kind, place.country, place.name) == ("city", country, text):
                return place
    return None


def _qualify(network: nx.Graph, found: Iterable[Row]) -> None:
    """Give each tie its years, the best confidence of its sentences, and its areas."""
    by_tie: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in found:
        by_tie[str(row["one"]), str(row["other"])].append(row)
    for one, other, data in network.edges(data=True):
        low, high = sorted((str(one), str(other)))
        mine = by_tie.get((low, high), [])
        if not mine:
            continue
        days = [str(row.get("earliest") or row.get("issued", "")) for row in mine]
        data["years"] = sorted({int(day[:4]) for day in days if day[:4].isdigit()})
        data["confidence"] = max(float(row.get("confidence", 0.0)) for row in mine)
        data["areas"] = sorted(
            {str(row["area"]).rpartition("/")[2] for row in mine if "area" in row}
        )
