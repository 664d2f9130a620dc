"""The network of events: each event joined to the people and institutions who took part."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import networkx as nx

from kg.analysis.networks import network
from kg.analysis.nodes import Queryable
from kg.maps import dossiers


def gatherings(graph: Queryable) -> nx.Graph:
    """Project the graph onto events and those who organized or attended them.

    Parameters
    ----------
    graph : Graph
        The graph to read.

    Returns
    -------
    networkx.Graph
        Nodes of kind ``Event`` beside people and institutions; each edge is one participation
        with its sentences, its weight the confidence that it is true.
    """
    found = nx.Graph(kind="events")
    known = network(graph, "affiliations", isolated=True)
    sentences = {row["sentence"]: row for row in dossiers.rows(graph, "sentences")}
    grouped: defaultdict[tuple[str, str], list[dossiers.Row]] = defaultdict(list)
    for row in dossiers.rows(graph, "events"):
        if row["node"] in known:
            grouped[str(row["fact"]), str(row["node"])].append(row)
    for (event, node), rows in grouped.items():
        found.add_node(event, label=rows[0]["name"], kind="Event", country="", aliases=[])
        found.add_node(node, **known.nodes[node])
        found.add_edge(event, node, **_participation(rows, sentences))
    return found


def _participation(rows: list[dossiers.Row], sentences: dict[str, dossiers.Row]) -> dict[str, Any]:
    cited = [sentences[row["sentence"]] for row in rows if row["sentence"] in sentences]
    days = sorted({str(row.get("day", "")) for row in rows} - {""})
    confidence = max(float(row.get("confidence", 0.0)) for row in rows)
    evidence = [
        {key: str(each.get(key, "")) for key in ("quote", "title", "source", "date", "release")}
        | {"kind": "participation", "what": str(rows[0]["name"])}
        for each in cited
    ]
    return {
        "weight": confidence,
        "confidence": confidence,
        "kinds": ["participation"],
        "first": days[0] if days else "",
        "last": days[-1] if days else "",
        "years": sorted({int(day[:4]) for day in days if day[:4].isdigit()}),
        "reports": len({each["release"] or (each["title"], each["source"]) for each in evidence}),
        "evidence": evidence,
    }
