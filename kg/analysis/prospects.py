"""Pairs without a tie that the network suggests, and how well such suggestions came true."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from heapq import nsmallest
from typing import Any

import networkx as nx
import pandas as pd

from kg.analysis import paths
from kg.analysis.facts import Facts
from kg.analysis.projections import project
from kg.errors import UsageError

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
"""In `backtest`: how many ties of a paper or a facility join others of the two regions."""
PARTNERS = frozenset({"agreement", "facility"})
"""Kinds of facts that make partners."""


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


def _regions(network: nx.Graph) -> Score:
    joined = between_regions(network)

    def score(network: nx.Graph, one: str, other: str) -> float:
        pairs = joined.get(regions_of(network, one, other), [])
        return float(len(of_others(pairs, one, other)))

    return score


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
        ``one``, ``other`` (IRIs), ``label``, ``other_label``, ``score`` and ``through``, the
        labels of their common neighbours. Pairs of score 0 are left out.

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
        (one, other, label, other_label, -value, _through(network, one, other))
        for value, label, other_label, one, other in best
    ]
    return pd.DataFrame(rows, columns=["one", "other", "label", "other_label", "score", "through"])


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


def _through(network: nx.Graph, one: str, other: str) -> list[str]:
    return sorted(_label(network, each) for each in _common(network, one, other))


def backtest(
    facts: Facts,
    cuts: Iterable[str],
    between: Pair | None = ("KZ", "CN"),
    scores: Iterable[str] = tuple(SCORES),
    top: int = 10,
    **options: Any,
) -> pd.DataFrame:
    """Return how well the network known at a date foretold the ties that came after.

    Parameters
    ----------
    facts : Facts
        All facts; those that nothing dates are left out on both sides.
    cuts : iterable of str
        The dates, ISO 8601.
    between, top
        As in `prospects`.
    scores : iterable of str
        Of `SCORES`, or `REGIONS`.
    **options
        As those of `kg.analysis.projections.project`.

    Returns
    -------
    pandas.DataFrame
        ``cut``, ``score``; ``candidates``, pairs without a tie until then whose ends were both
        known; ``came``, how many of these were tied later; ``auc``, the chance that one of
        these scores above one of the others (ties count half; 0.5 is chance; NaN if none
        came); ``precision``, the share that came among the ``top`` highest, ties in the score
        counted with their expectation; ``base``, the share among all.

    Notes
    -----
    A pair of which one end appears only later cannot be foretold and is no candidate, so that
    ``came`` is less than the number of new ties.
    """
    rows = []
    for cut in cuts:
        before = project(facts.where(until=cut), **options)
        after = project(facts.where(since=cut), **options)
        pairs = list(_candidates(before, between))
        came = [after.has_edge(*pair) for pair in pairs]
        for name in scores:
            rate = _regions(before) if name == REGIONS else _score(name)
            values = [rate(before, *pair) for pair in pairs]
            base = sum(came) / len(came) if came else math.nan
            figures = (auc(values, came), precision(values, came, top), base)
            rows.append((cut, name, len(pairs), sum(came), *figures))
    columns = ["cut", "score", "candidates", "came", "auc", "precision", "base"]
    return pd.DataFrame(rows, columns=columns)


def auc(values: Sequence[float], came: Sequence[bool]) -> float:
    """Return the area under the ROC curve, by ranks (Hanley & McNeil, Radiology 143, 1982)."""
    hits = sum(came)
    misses = len(came) - hits
    if not hits or not misses:
        return math.nan
    ranks = pd.Series(list(values)).rank()
    return float((ranks[list(came)].sum() - hits * (hits + 1) / 2) / (hits * misses))


def precision(values: Sequence[float], came: Sequence[bool], top: int) -> float:
    """Return the expected share of hits among the highest, over orders of what scores the same."""
    if not values:
        return math.nan
    top = min(top, len(values))
    least = sorted(values, reverse=True)[top - 1]
    above = [hit for value, hit in zip(values, came, strict=True) if value > least]
    level = [hit for value, hit in zip(values, came, strict=True) if value == least]
    return (sum(above) + (top - len(above)) * sum(level) / len(level)) / top


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
