"""Measures of nodes and of whole networks, by name, as tidy tables.

A measure of nodes takes a network and gives a number for each node; a measure of a network
gives one number. Ties are undirected; a measure that is not defined for a node gives NaN.
Distances are 1 / weight (Newman, Physical Review E 64, 016132, 2001). Where a NetworkX backend
is installed and chosen (``NETWORKX_AUTOMATIC_BACKENDS``), NetworkX's own algorithms use it.

Growth of the cost with n nodes and m edges: degree, strength and the mixing measures m;
constraint, effective size and brokerage the sum of squared degrees; closeness and betweenness
n · (m + n log n), so that they are estimated above `kg.analysis.paths.EXACT_NODES` nodes, with
a warning; ``with kg.analysis.paths.exact():`` asks for exact ones. `benchmarks/analysis.py`
measures the growth.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

import networkx as nx
import pandas as pd

from kg.analysis import brokerage, cores, mixing, paths
from kg.errors import UsageError

NodeMeasure = Callable[[nx.Graph], Mapping[str, float]]
NetworkMeasure = Callable[[nx.Graph], float]


def degree(network: nx.Graph) -> dict[str, float]:
    """Return the number of neighbours."""
    return {name: float(number) for name, number in network.degree()}


def strength(network: nx.Graph) -> dict[str, float]:
    """Return the sum of the weights of a node's ties (Barrat et al., PNAS 101, 3747, 2004)."""
    return {name: float(total) for name, total in network.degree(weight="weight")}


def betweenness(network: nx.Graph, sample: int | None = None, seed: int = 1) -> dict[str, float]:
    """Return the share of shortest paths between others that lead over a node.

    Parameters
    ----------
    network : networkx.Graph
        The network.
    sample : int, optional
        Count the paths from this many nodes drawn at random only; by default from all, or
        from 500 above `kg.analysis.paths.EXACT_NODES` nodes, with a warning.
    seed : int
        Of the draw.

    Notes
    -----
    Freeman, Sociometry 40, 35-41 (1977); algorithm of Brandes, Journal of Mathematical
    Sociology 25, 163-177 (2001); sampled after Brandes & Pich, International Journal of
    Bifurcation and Chaos 17, 2303-2318 (2007).
    """
    if sample is None:
        sample = paths.pivots_for(len(network), "betweenness", "its most, 1")
    if sample < len(network):
        return paths.betweenness(_with_distance(network), sample, seed)
    return dict(nx.betweenness_centrality(_with_distance(network), weight="distance"))


def closeness(network: nx.Graph, sample: int | None = None, seed: int = 1) -> dict[str, float]:
    """Return the closeness to all that a node reaches, scaled by how many these are.

    Parameters
    ----------
    network : networkx.Graph
        The network.
    sample : int, optional
        Measure from this many nodes of each component only; by default from all, or from 500
        above `kg.analysis.paths.EXACT_NODES` nodes, with a warning.
    seed : int
        Of the draw.

    Notes
    -----
    Wasserman & Faust, Social Network Analysis (1994), formula 5.22, for networks in parts;
    sampled after Eppstein & Wang, Journal of Graph Algorithms and Applications 8, 39-45 (2004).
    The unit is the inverse of the length of a tie of weight 1.
    """
    if sample is None:
        unit = "the greatest distance in the mean distance that it inverts"
        sample = paths.pivots_for(len(network), "closeness", unit)
    found = paths.closeness(_with_distance(network), sample, seed)
    return {name: value * _UNIT for name, value in found.items()}


def eigenvector(network: nx.Graph) -> dict[str, float]:
    """Return the eigenvector centrality in the largest component, 0 elsewhere.

    Notes
    -----
    Bonacich, Journal of Mathematical Sociology 2, 113-120 (1972). It is not defined across
    components; of components of one size that with the heaviest ties is taken.
    """
    found = dict.fromkeys(network, 0.0)
    if network.number_of_edges():
        parts = (network.subgraph(part) for part in nx.connected_components(network))
        largest = max(parts, key=lambda part: (len(part), part.size("weight")))
        found |= nx.eigenvector_centrality(largest, max_iter=10_000, tol=1e-7, weight="weight")
    return found


NODE_MEASURES: dict[str, NodeMeasure] = {
    "degree": degree,
    "strength": strength,
    "partners": mixing.partners,
    "met": mixing.met,
    "betweenness": betweenness,
    "closeness": closeness,
    "eigenvector": eigenvector,
    "constraint": brokerage.constraint,
    "effective-size": brokerage.effective_size,
    "cross-ties": mixing.cross_ties,
    "cross-betweenness": mixing.cross_betweenness,
    "ei": mixing.ei_of_nodes,
    "core-number": cores.core_number,
    **{role: brokerage.role_measure(role) for role in brokerage.ROLES},
}
"""Measures of each node, by name."""


def nodes(network: nx.Graph) -> float:
    """Return the number of nodes."""
    return float(len(network))


def edges(network: nx.Graph) -> float:
    """Return the number of ties."""
    return float(network.number_of_edges())


def density(network: nx.Graph) -> float:
    """Return the share of possible ties that are there; NaN below two nodes."""
    return float(nx.density(network)) if len(network) > 1 else math.nan


def clustering(network: nx.Graph) -> float:
    """Return the transitivity: closed among connected triples; NaN if there are none.

    Notes
    -----
    Newman, Watts & Strogatz, PNAS 99, 2566-2572 (2002). In projections events close triples
    by themselves: compare it with a null model (`kg.analysis.nulls`).
    """
    triples = sum(number * (number - 1) for _, number in network.degree())
    return float(nx.transitivity(network)) if triples else math.nan


def largest_component(network: nx.Graph) -> float:
    """Return the share of the nodes in the largest component; NaN without nodes."""
    if not len(network):
        return math.nan
    return max(map(len, nx.connected_components(network))) / len(network)


def degree_assortativity(network: nx.Graph) -> float:
    """Return whether the well connected keep to each other: Pearson's r of the degrees.

    Notes
    -----
    Newman, Physical Review E 67, 026126 (2003). NaN where all ends have one degree.
    """
    ends = {network.degree(name) for edge in network.edges for name in edge}
    if len(ends) < 2:
        return math.nan
    return float(nx.degree_assortativity_coefficient(network))


NETWORK_MEASURES: dict[str, NetworkMeasure] = {
    "nodes": nodes,
    "edges": edges,
    "density": density,
    "clustering": clustering,
    "largest-component": largest_component,
    "degree-assortativity": degree_assortativity,
    "country-assortativity": mixing.country_assortativity,
    "ei-index": mixing.ei_index,
    "cross-share": mixing.cross_share,
    "attendance-share": mixing.attendance_share,
    "core-fit": cores.core_fit,
}
"""Measures of a network as a whole, by name."""


def table(network: nx.Graph, names: Iterable[str] = ("degree", "strength")) -> pd.DataFrame:
    """Return measures of the nodes of a network.

    Returns
    -------
    pandas.DataFrame
        The columns of `described` and one for each measure; sorted by the first measure,
        greatest first.

    Raises
    ------
    UsageError
        If there is no measure of a name.
    """
    wanted = list(names)
    frame = described(network, list(network))
    for name in wanted:
        values = node_measure(name)(network)
        frame[name] = [float(values[node]) for node in frame["node"]]
    return frame.sort_values(
        [*wanted[:1], "label", "node"], ascending=[False] * len(wanted[:1]) + [True, True],
        ignore_index=True,
    )  # fmt: skip


def described(network: nx.Graph, names: Iterable[str]) -> pd.DataFrame:
    """Return who nodes are, and what their ties rest on, in the order given.

    Returns
    -------
    pandas.DataFrame
        ``node``, ``label``, ``kind``, ``country``; ``partners``, with how many it shares an
        agreement or a joint facility; ``met``, with how many it was only reported at events.
    """
    rows = [
        (
            name,
            *(network.nodes[name].get(key, "") for key in ("label", "kind", "country")),
            *mixing.ties_by_basis(network, name),
        )
        for name in names
    ]
    return pd.DataFrame(rows, columns=["node", "label", "kind", "country", "partners", "met"])


def summary(network: nx.Graph) -> pd.DataFrame:
    """Return ``measure`` and ``value`` for every measure of the network as a whole."""
    rows = [(name, measure(network)) for name, measure in NETWORK_MEASURES.items()]
    return pd.DataFrame(rows, columns=["measure", "value"])


def node_measure(name: str) -> NodeMeasure:
    """Return a measure of nodes by its name, or raise `UsageError`."""
    return _known(NODE_MEASURES, name, "measure of nodes")


def network_measure(name: str) -> NetworkMeasure:
    """Return a measure of networks by its name, or raise `UsageError`."""
    return _known(NETWORK_MEASURES, name, "measure of networks")


_Measure = TypeVar("_Measure")


def _known(known: Mapping[str, _Measure], name: str, what: str) -> _Measure:
    if name not in known:
        names = ", ".join(known)
        raise UsageError(f"there is no {what} {name!r}", remedy=f"choose one of: {names}")
    return known[name]


_UNIT = 720_720_000_000
"""Length of a tie of weight 1. Whole numbers add up to the same whatever their order, so that
paths of one length are seen to be so; and this one divides by all numbers up to 16."""


def _with_distance(network: nx.Graph) -> nx.Graph:
    found = nx.Graph()
    found.add_nodes_from(network)
    for one, other, weight in network.edges(data="weight", default=1.0):
        found.add_edge(one, other, distance=max(1, round(_UNIT / max(weight, 1e-12))))
    return found
