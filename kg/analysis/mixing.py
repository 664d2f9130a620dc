"""How far ties cross groups: countries, regions, kinds."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from typing import Any

import networkx as nx
import pandas as pd

from kg.analysis import paths
from kg.graph.basis import CO_ATTENDANCE, PARTNERSHIP, basis


def country_assortativity(network: nx.Graph) -> float:
    """Return whether ties keep within countries: 1 all, 0 as by chance, negative across.

    Notes
    -----
    Newman, Physical Review E 67, 026126 (2003). Nodes of unknown country are left out; NaN
    where all ends are of one country.
    """
    return assortativity(network, "country")


def assortativity(network: nx.Graph, group: str) -> float:
    """Return the assortativity of a network by an attribute of its nodes; see above."""
    known = _known(network, group)
    ends = {known.nodes[name][group] for edge in known.edges for name in edge}
    if len(ends) < 2:
        return math.nan
    return float(nx.attribute_assortativity_coefficient(known, group))


def ei_index(network: nx.Graph, group: str = "country") -> float:
    """Return external less internal ties by all: 1 where all cross countries, -1 where none.

    Notes
    -----
    Krackhardt & Stern, Social Psychology Quarterly 51, 123-140 (1988). Ties with an end of
    unknown country are left out; NaN if none is left.
    """
    external, internal = _counts(network, network.edges, group)
    return (external - internal) / (external + internal) if external + internal else math.nan


def ei_of_nodes(network: nx.Graph) -> dict[str, float]:
    """Return the E-I index of each node's own ties by country."""
    found = {}
    for name in network:
        external, internal = _counts(network, network.edges(name), "country")
        total = external + internal
        found[name] = (external - internal) / total if total else math.nan
    return found


def cross_share(network: nx.Graph) -> float:
    """Return the share of the ties, by weight, that join two countries; NaN if none is known."""
    inside = across = 0.0
    for one, other, weight in network.edges(data="weight", default=1.0):
        ends = _ends(network, one, other, "country")
        inside += weight * (len(ends) == 1)
        across += weight * (len(ends) == 2)
    return across / (across + inside) if across + inside else math.nan


def attendance_share(network: nx.Graph) -> float:
    """Return the share of the ties that rest on events alone; NaN without ties.

    Notes
    -----
    Such a tie says that two were reported at one event, not that they agreed on anything.
    """
    held = [found for *_, data in network.edges(data=True) if (found := _basis(data))]
    return sum(each == CO_ATTENDANCE for each in held) / len(held) if held else math.nan


def _basis(data: Mapping[str, Any]) -> str:
    return basis(data.get("kinds", ()))


def ties_by_basis(
    network: nx.Graph, name: str, among: Collection[str] | None = None
) -> tuple[int, int]:
    """Return with how many a node shares a paper or a facility, and how many it only met.

    Parameters
    ----------
    network : networkx.Graph
        The network.
    name : str
        The node.
    among : collection of str, optional
        Count these neighbours only.
    """
    found = [
        _basis(data)
        for other, data in network[name].items()
        if other != name and (among is None or other in among)
    ]
    return found.count(PARTNERSHIP), found.count(CO_ATTENDANCE)


def partners(network: nx.Graph) -> dict[str, float]:
    """Return with how many a node shares an agreement or a joint facility."""
    return {name: float(ties_by_basis(network, name)[0]) for name in network}


def met(network: nx.Graph) -> dict[str, float]:
    """Return how many a node was only reported with at events, which is no partnership."""
    return {name: float(ties_by_basis(network, name)[1]) for name in network}


def cross_ties(network: nx.Graph) -> dict[str, float]:
    """Return how many of those tied to a node are known to be of another country."""
    return {name: float(_counts(network, network.edges(name), "country")[0]) for name in network}


def cross_betweenness(
    network: nx.Graph, sample: int | None = None, seed: int = 1
) -> dict[str, float]:
    """Return on how many of the shortest paths between nodes of different countries a node lies.

    Parameters
    ----------
    network : networkx.Graph
        The network.
    sample : int, optional
        Follow the paths from this many nodes only; by default from all, or from 500 above
        `kg.analysis.paths.EXACT_NODES` nodes, with a warning.
    seed : int
        Of the draw.

    Notes
    -----
    Betweenness of subsets (Brandes, Social Networks 30, 136-145, 2008), over all pairs of
    countries, without weights and not normalised: a path counts once, and several shortest
    paths between two share that count.
    """
    known = sum(bool(country) for _, country in network.nodes(data="country"))
    if sample is None:
        unit = "half the nodes times the most that are foreign to one"
        sample = paths.pivots_for(known, "betweenness across countries", unit)
    return paths.betweenness_across(network, "country", sample, seed)


def bridges(network: nx.Graph, one: str = "KZ", other: str = "CN") -> pd.DataFrame:
    """Return the organizations that join two countries.

    Returns
    -------
    pandas.DataFrame
        ``node``, ``label``, ``kind``, ``country``; ``tied``, to how many in the other country;
        of these ``partners``, with whom it shares an agreement or a facility, and ``met``, with
        whom it was only reported at the same events; ``weight``, of these ties; ``between``,
        `cross_betweenness`; ``only``, whether one of these ties is the only path between its
        ends (a bridge of graph theory). Sorted by partners, then by all who are tied, then by
        weight.
    """
    sole = {
        name for edge in nx.bridges(network) if _pair(network, edge, one, other) for name in edge
    }
    between = cross_betweenness(network)
    rows = []
    for name, data in network.nodes(data=True):
        ties = [edge for edge in network.edges(name) if _pair(network, edge, one, other)]
        if ties:
            weight = math.fsum(network.edges[edge].get("weight", 1.0) for edge in ties)
            about = tuple(data.get(key, "") for key in ("label", "kind", "country"))
            counts = ties_by_basis(network, name, {end for _, end in ties})
            rows.append((name, *about, len(ties), *counts, weight, between[name], name in sole))
    columns = [
        "node", "label", "kind", "country", "tied", "partners", "met", "weight", "between", "only",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns).sort_values(
        ["partners", "tied", "weight", "label"],
        ascending=[False, False, False, True],
        ignore_index=True,
    )


def _known(network: nx.Graph, group: str) -> nx.Graph:
    return network.subgraph([name for name, value in network.nodes(data=group) if value])


def _ends(network: nx.Graph, one: str, other: str, group: str) -> set[str]:
    """Return the groups of two ends; none if one of them is unknown."""
    ends = {network.nodes[one].get(group), network.nodes[other].get(group)}
    return ends if all(ends) else set()


def _counts(
    network: nx.Graph, edges: nx.classes.reportviews.EdgeView, group: str
) -> tuple[int, int]:
    sizes = [len(_ends(network, one, end, group)) for one, end in edges]
    return sizes.count(2), sizes.count(1)


def _pair(network: nx.Graph, edge: tuple[str, str], one: str, other: str) -> bool:
    return _ends(network, *edge, "country") == {one.upper(), other.upper()}
