"""Shortest paths from a sample of nodes: closeness and betweenness where exact ones take too long.

Up to `EXACT_NODES` nodes every measure is exact. Above, closeness, betweenness and betweenness
across countries follow the paths from `PIVOTS` nodes drawn at random, and say so with an
`Approximation` warning; within ``with exact():`` they are exact whatever the size.

The error: what one pivot says of a node lies between 0 and a known most, so that by Hoeffding's
inequality (JASA 58, 13-30, 1963; it also holds for draws without replacement) the mean over k
pivots is, for all n nodes at once and with a probability of 95 %, within `error_bound` of the
true mean: sqrt(ln(2 n / 0.05) / 2 k) of that most, 0.12 for 500 pivots and 20,000 nodes. The most
is 1 for normalised betweenness, the number of nodes of other countries for that across countries,
and the diameter for the mean distance whose inverse closeness is (Eppstein & Wang, Journal of
Graph Algorithms and Applications 8, 39-45, 2004). The bound is a worst case; `docs/analysis.md`
gives the errors that were measured.
"""

from __future__ import annotations

import math
import random
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import networkx as nx
import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

EXACT_NODES = 2_000
"""Above this number of nodes paths are followed from a sample of them."""
PIVOTS = 500
"""From how many."""
_BATCH = 32
_exact: ContextVar[bool] = ContextVar("exact", default=False)


Progress = Callable[[str, int, int], None]
"""Is told what is done, how many are, and of how many."""


class Approximation(UserWarning):
    """A figure is an estimate; the message says of what and how far it may be off."""


@contextmanager
def exact() -> Iterator[None]:
    """Measure exactly within this context, however long it takes."""
    token = _exact.set(True)
    try:
        yield
    finally:
        _exact.reset(token)


def is_exact() -> bool:
    """Return whether `exact` is in force."""
    return _exact.get()


def pivots_for(size: int, what: str, unit: str) -> int:
    """Return from how many of so many nodes to measure, and warn where these are not all."""
    if size <= EXACT_NODES or is_exact():
        return size
    near = error_bound(PIVOTS, size)
    approximate(
        f"{what} is estimated from {PIVOTS} of {size:,} nodes: with 95 % probability no value "
        f"is off by more than {near:.2f} of {unit}, mostly by far less"
    )
    return PIVOTS


def fewer(large: bool, number: int, reduced: int, what: str) -> int:
    """Return how often to repeat something: less where it is large, with a warning.

    Parameters
    ----------
    large : bool
        Whether it is.
    number, reduced : int
        How often by rule, and where it is large.
    what : str
        What the warning says; ``{}`` stands for how often.
    """
    if not large or is_exact():
        return number
    approximate(f"{what.format(reduced)} instead of {number}")
    return reduced


def approximate(message: str) -> None:
    """Warn that a figure is an estimate."""
    warnings.warn(f"{message}; exact on demand", Approximation, stacklevel=3)


def error_bound(pivots: int, nodes: int, risk: float = 0.05) -> float:
    """Return how far an estimate from pivots may be off, as a share of the most one can say.

    Notes
    -----
    Hoeffding's inequality with a union over the nodes; 0 where all nodes are pivots.
    """
    if pivots >= nodes:
        return 0.0
    return math.sqrt(math.log(2 * nodes / risk) / (2 * pivots))


def closeness(network: nx.Graph, pivots: int, seed: int = 1) -> dict[str, float]:
    """Return the closeness of all nodes, in each component from so many pivots.

    Parameters
    ----------
    network : networkx.Graph
        Whose edges have a ``distance``.
    pivots : int
        How many nodes of a component to measure from; a component of no more is exact.
    seed : int
        Of the draw.

    Notes
    -----
    Eppstein & Wang (2004) for the sum of the distances, n / (n - 1) of the mean over the pivots
    for each of the others; scaled as Wasserman & Faust's formula 5.22.
    """
    found: dict[str, float] = dict.fromkeys(network, 0.0)
    chance = random.Random(seed)
    for part in sorted(nx.connected_components(network), key=lambda one: min(map(str, one))):
        names = sorted(part, key=str)
        if len(names) == 1:
            continue
        drawn = _drawn(range(len(names)), pivots, chance)
        ways = _matrix(network.subgraph(part), names)
        sums = sum(far.sum(axis=0) for _, far in _distances(ways, drawn))
        totals = sums * (len(names) / len(drawn))  # a pivot's distance from itself is 0
        for name, total in zip(names, totals, strict=True):
            found[name] = (len(names) - 1) ** 2 / total / (len(network) - 1)
    return found


def betweenness(network: nx.Graph, pivots: int, seed: int = 1) -> dict[str, float]:
    """Return the normalised betweenness of all nodes, from so many pivots.

    Notes
    -----
    Brandes (2001), from random pivots after Brandes & Pich (2007).
    """
    names = sorted(network, key=str)
    size = len(names)
    if size < 3:
        return dict.fromkeys(names, 0.0)
    drawn = _drawn(range(size), pivots, random.Random(seed))
    total = np.zeros(size)
    ways = _matrix(network, names)
    for source, far in _each(ways, drawn):
        total += _dependencies(ways, source, far, np.ones(size))
    total *= size / len(drawn) / ((size - 1) * (size - 2))
    return dict(zip(names, total.tolist(), strict=True))


def betweenness_across(
    network: nx.Graph, group: str, pivots: int, seed: int = 1
) -> dict[str, float]:
    """Return on how many shortest paths between nodes of different groups each node lies.

    Notes
    -----
    Paths count ties, not distances. Betweenness of subsets (Brandes, Social Networks 30,
    136-145, 2008), from pivots among the nodes whose group is known.
    """
    names = sorted(network, key=str)
    groups = np.array([str(network.nodes[name].get(group) or "") for name in names], dtype=object)
    known = np.flatnonzero(groups != "").tolist()
    total = np.zeros(len(names))
    if not known:
        return dict.fromkeys(names, 0.0)
    drawn = _drawn(known, pivots, random.Random(seed))
    ways = _matrix(network, names)
    ways.data[:] = 1.0
    for source, far in _each(ways, drawn):
        ends = ((groups != "") & (groups != groups[source])).astype(float)
        total += _dependencies(ways, source, far, ends)
    total *= len(known) / len(drawn) / 2  # each path is seen from both ends
    return dict(zip(names, total.tolist(), strict=True))


def _drawn(among: Iterable[int], pivots: int, chance: random.Random) -> list[int]:
    every = list(among)
    return every if pivots >= len(every) else sorted(chance.sample(every, pivots))


def _matrix(network: nx.Graph, names: list[str]) -> csr_array:
    place = {name: number for number, name in enumerate(names)}
    ends = [
        (place[one], place[other], float(far))
        for one, other, far in network.edges(data="distance", default=1.0)
        if one != other
    ]
    rows, columns, values = (np.array(each) for each in zip(*ends, strict=True)) if ends else (
        np.zeros(0, int), np.zeros(0, int), np.zeros(0)
    )  # fmt: skip
    both = (np.concatenate([rows, columns]), np.concatenate([columns, rows]))
    return csr_array((np.concatenate([values, values]), both), shape=(len(names),) * 2)


def _distances(ways: csr_array, sources: list[int]) -> Iterator[tuple[list[int], np.ndarray]]:
    """Yield distances to all nodes, of a few sources at a time: memory stays small."""
    for begin in range(0, len(sources), _BATCH):
        some = sources[begin : begin + _BATCH]
        yield some, dijkstra(ways, indices=some)


def _each(ways: csr_array, sources: list[int]) -> Iterator[tuple[int, np.ndarray]]:
    for some, far in _distances(ways, sources):
        yield from zip(some, far, strict=True)


def _dependencies(ways: csr_array, source: int, far: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """Return what share of the shortest paths from a source to the ends leads over each node."""
    size = len(far)
    tails = np.repeat(np.arange(size), np.diff(ways.indptr))
    heads = ways.indices
    on_path = np.isfinite(far[tails]) & (far[tails] + ways.data == far[heads])
    order = np.argsort(far[heads[on_path]], kind="stable")
    steps = list(zip(tails[on_path][order].tolist(), heads[on_path][order].tolist(), strict=True))
    paths = [0.0] * size
    paths[source] = 1.0
    for one, other in steps:
        paths[other] += paths[one]
    shares, wanted = [0.0] * size, ends.tolist()
    for one, other in reversed(steps):
        shares[one] += paths[one] / paths[other] * (wanted[other] + shares[other])
    shares[source] = 0.0
    return np.array(shares)
