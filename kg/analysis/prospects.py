"""Pairs without a tie that the network suggests; `kg.analysis.backtest` tells how well."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from heapq import nsmallest

import networkx as nx
import pandas as pd

from kg.analysis import paths
from kg.errors import UsageError
from kg.graph.basis import PARTNERS, PARTNERSHIP, basis

Pair = tuple[str, str]


def adamic_adar(network: nx.Graph, one: str, other: str) -> float:
    """Return the sum of 1 / log degree over the common neighbours (Adamic & Adar 2003)."""
    return math.fsum(1 / math.log(network.degree(each)) for each in _common(network, one, other))


def resource_allocation(network: nx.Graph, one: str, other: str) -> float:
    """Return the sum of 1 / degree over the common neighbours (Zhou, Lü & Zhang 2009)."""
    return math.fsum(1 / network.degree(each) for each in _common(network, one, other))


def common_neighbours(network: nx.Graph, one: str, other: str) -> float:
    """Return the number of common neighbours (Newman 2001)."""
    return float(len(_common(network, one, other)))


def preferential_attachment(network: nx.Graph, one: str, other: str) -> float:
    """Return the product of the degrees (Barabási & Albert 1999): mere size, as a yardstick."""
    return float(network.degree(one) * network.degree(other))


Score = Callable[[nx.Graph, str, str], float]
SCORES: dict[str, Score] = {
    "adamic-adar": adamic_adar,
    "resource-allocation": resource_allocation,
    "common-neighbours": common_neighbours,
    "preferential-attachment": preferential_attachment,
}

REGIONS = "regions"
"""In `kg.analysis.backtest`: how many partners join others of the two regions."""


def between_regions(network: nx.Graph) -> dict[frozenset[str], list[Pair]]:
    """Return the partners whose seats are in two regions, by the pair of regions.

    Partners share a paper or a joint facility; who only met at events is none.
    """
    found: defaultdict[frozenset[str], list[Pair]] = defaultdict(list)
    for one, other, kinds in network.edges(data="kinds", default=()):
        pair = regions_of(network, one, other)
        if len(pair) == 2 and PARTNERS & set(kinds):
            found[pair].append((one, other))
    return dict(found)


def regions_of(network: nx.Graph, *names: str) -> frozenset[str]:
    """Return the regions of the seats of nodes, as far as they are known."""
    seats = (network.nodes[name].get("region") for name in names)
    return frozenset(str(seat) for seat in seats if seat)


def of_others(pairs: Iterable[Pair], one: str, other: str) -> list[Pair]:
    """Return the pairs of which neither is one of the two."""
    return [pair for pair in pairs if not {one, other} & set(pair)]


def prospects(
    network: nx.Graph,
    score: str = "adamic-adar",
    between: Pair | None = ("KZ", "CN"),
    top: int | None = None,
) -> pd.DataFrame:
    """Return pairs without a tie, the likeliest first.

    Parameters
    ----------
    network : networkx.Graph
        The network.
    score : str
        One of `SCORES` (Liben-Nowell & Kleinberg, JASIST 58, 1019-1031, 2007).
    between : pair of str, optional
        Countries of the two, by ISO 3166 alpha-2 code; None for any.
    top : int, optional
        How many to give.

    Returns
    -------
    pandas.DataFrame
        ``one``, ``other`` (IRIs), ``label``, ``other_label``, ``score``, ``through``, the
        labels of their common neighbours, and ``partners``, those of them with whom both share
        a paper or a facility; with the rest one of the two was only reported at the same
        events. Pairs of score 0 are left out.

    Notes
    -----
    Only pairs with a common neighbour can score, except by preferential attachment, which
    takes every pair, above `kg.analysis.paths.EXACT_NODES` nodes only these, with a warning.
    """
    rate = _score(score)
    found = [
        (-value, _label(network, one), _label(network, other), one, other)
        for one, other in _scored(network, score, between)
        if (value := rate(network, one, other)) > 0
    ]
    best = sorted(found) if top is None else nsmallest(top, found)
    rows = [
        (
            one,
            other,
            label,
            other_label,
            -value,
            _labels(network, _common(network, one, other)),
            _labels(network, _partners(network, one, other)),
        )
        for value, label, other_label, one, other in best
    ]
    columns = ["one", "other", "label", "other_label", "score", "through", "partners"]
    return pd.DataFrame(rows, columns=columns)


def _scored(network: nx.Graph, score: str, between: Pair | None) -> Iterator[Pair]:
    """Yield the pairs that may score: those at distance two, or for mere size every pair."""
    if score != "preferential-attachment":
        return _near(network, between)
    if len(network) <= paths.EXACT_NODES or paths.is_exact():
        return _candidates(network, between)
    paths.approximate("only pairs with a common neighbour are scored by the product of degrees")
    return _near(network, between)


def _near(network: nx.Graph, between: Pair | None) -> Iterator[Pair]:
    """Yield the candidates that have a common neighbour: the sum of squared degrees, not n²."""
    first, second = (code.upper() for code in between) if between else (None, None)
    for one in sorted(network):
        if first is not None and network.nodes[one].get("country") != first:
            continue
        others = {far for near in network[one] for far in network[near]} - set(network[one]) - {one}
        for other in sorted(others):
            if network.nodes[other].get("country") == second if between else one < other:
                yield one, other


def _labels(network: nx.Graph, names: Iterable[str]) -> list[str]:
    return sorted(_label(network, each) for each in names)


def _partners(network: nx.Graph, one: str, other: str) -> list[str]:
    """Return the common neighbours that are partners of both."""
    return [
        each
        for each in _common(network, one, other)
        if all(
            basis(network.edges[end, each].get("kinds", ())) == PARTNERSHIP for end in (one, other)
        )
    ]


def _candidates(network: nx.Graph, between: Pair | None) -> Iterator[Pair]:
    names = sorted(network)
    if between is None:
        pairs = ((one, other) for i, one in enumerate(names) for other in names[i + 1 :])
    else:
        first, second = (code.upper() for code in between)
        mine = [name for name in names if network.nodes[name].get("country") == first]
        theirs = [name for name in names if network.nodes[name].get("country") == second]
        pairs = ((one, other) for one in mine for other in theirs if one != other)
    return (pair for pair in pairs if not network.has_edge(*pair))


def _common(network: nx.Graph, one: str, other: str) -> set[str]:
    return set(network[one]) & set(network[other]) - {one, other}


def _label(network: nx.Graph, name: str) -> str:
    return str(network.nodes[name].get("label", name))


def _score(name: str) -> Score:
    if name not in SCORES:
        raise UsageError(
            f"there is no score {name!r}", remedy=f"choose one of: {', '.join(SCORES)}"
        )
    return SCORES[name]
