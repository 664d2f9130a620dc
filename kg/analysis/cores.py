"""Core and periphery, k-cores, the rich club."""

from __future__ import annotations

import math
import random
from bisect import bisect_right

import networkx as nx
import pandas as pd

from kg.analysis import paths
from kg.analysis.mixing import ties_by_basis

MANY_TIES = 20_000
"""Above this number of ties `rich_club` compares with a tenth of the networks."""


def core_number(network: nx.Graph) -> dict[str, float]:
    """Return the largest k for which a node is in the k-core (Seidman, Social Networks 5, 1983)."""
    return {name: float(k) for name, k in nx.core_number(network).items()}


def core(network: nx.Graph) -> frozenset[str]:
    """Return the nodes of the core: those that are best taken for tied to each other.

    Notes
    -----
    The partition into a core of which all are tied and a periphery of which none are
    (Borgatti & Everett, Social Networks 21, 375-395, 1999), ties from one to the other left
    open, with the fewest exceptions. Lip (arXiv:1102.5511, 2011) shows that the nodes of
    highest degree hold it, so that sorting finds it exactly. Of equal degrees and equally good
    cores the order of names and the smallest core decide.
    """
    ordered = sorted(network, key=lambda name: (-network.degree(name), str(name)))
    best, size, exceptions = 0, 0, 0
    for k, name in enumerate(ordered, 1):
        # The pairs inside the core grow by k - 1; deg of these or of the periphery's ties leave.
        exceptions += (k - 1) - network.degree(name)
        if exceptions < best:
            best, size = exceptions, k
    return frozenset(ordered[:size])


def core_fit(network: nx.Graph) -> float:
    """Return how well core and periphery describe a network: 1 exactly, 0 not at all.

    Notes
    -----
    Pearson's correlation of the pairs within the core and within the periphery with the ideal
    (Borgatti & Everett 1999, formula 3); NaN if one of the two has no pair.
    """
    inner = core(network)
    n, k = len(network), len(inner)
    pairs_in, pairs_out = k * (k - 1) / 2, (n - k) * (n - k - 1) / 2
    if not pairs_in or not pairs_out:
        return math.nan
    tied_in = network.subgraph(inner).number_of_edges()
    tied_out = network.subgraph(set(network) - inner).number_of_edges()
    ideal, seen = pairs_in / (pairs_in + pairs_out), (tied_in + tied_out) / (pairs_in + pairs_out)
    spread = math.sqrt(ideal * (1 - ideal) * seen * (1 - seen))
    return (tied_in / (pairs_in + pairs_out) - ideal * seen) / spread if spread else math.nan


def core_table(network: nx.Graph) -> pd.DataFrame:
    """Return the place of every node.

    Returns
    -------
    pandas.DataFrame
        ``node``, ``label``, ``kind``, ``country``, ``core`` (whether it is of the core),
        ``core_number``, ``degree``, and of these ``partners`` (by a paper or a facility) and
        ``met`` (at events alone); the core first, then by core number and degree.
    """
    inner, numbers = core(network), core_number(network)
    rows = [
        (name, *(data.get(key, "") for key in ("label", "kind", "country")),
         name in inner, int(numbers[name]), network.degree(name), *ties_by_basis(network, name))
        for name, data in network.nodes(data=True)
    ]  # fmt: skip
    columns = [
        "node", "label", "kind", "country", "core", "core_number", "degree", "partners", "met",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns).sort_values(
        ["core", "core_number", "degree", "label"],
        ascending=[False, False, False, True],
        ignore_index=True,
    )


def rich_club(
    network: nx.Graph,
    replicates: int | None = None,
    seed: int = 1,
    progress: paths.Progress | None = None,
) -> pd.DataFrame:
    """Return whether nodes of high degree keep to each other more than their degrees explain.

    Parameters
    ----------
    network : networkx.Graph
        The network.
    replicates : int, optional
        Networks of the same degrees; by default 100, or 10 above `MANY_TIES` ties, with a
        warning: ``expected`` is then three times as uncertain (1 / square root of replicates).
    seed : int
        Of the first.
    progress : callable, optional
        Called with what is done, how many, and of how many.

    Returns
    -------
    pandas.DataFrame
        ``degree``; ``nodes`` of more ties than that; ``density`` among them; ``expected``, its
        mean over networks of the same degrees; ``ratio`` of the two, above 1 for a club.

    Notes
    -----
    Zhou & Mondragón, IEEE Communications Letters 8, 180-182 (2004); the comparison is that of
    Colizza et al., Nature Physics 2, 110-115 (2006), with `swapped` networks (ten tries a tie,
    as Milo et al., arXiv:cond-mat/0312028, advise).
    """
    bare = nx.Graph(network.edges)
    if replicates is None:
        large = bare.number_of_edges() > MANY_TIES
        replicates = paths.fewer(large, 100, 10, "the rich club is compared with {} networks")
    seen = nx.rich_club_coefficient(bare, normalized=False) if bare.number_of_edges() else {}
    sums = dict.fromkeys(seen, 0.0)
    for number in range(replicates if seen else 0):
        other = swapped(bare, seed + number)
        for k, value in nx.rich_club_coefficient(other, normalized=False).items():
            sums[k] += value
        if progress is not None:
            progress("shuffling networks", number + 1, replicates)
    degrees = sorted(number for _, number in bare.degree())
    rows = []
    for k, value in seen.items():
        expected = sums[k] / replicates if replicates else math.nan
        size = len(degrees) - bisect_right(degrees, k)
        rows.append((k, size, value, expected, value / expected if expected else math.nan))
    return pd.DataFrame(rows, columns=["degree", "nodes", "density", "expected", "ratio"])


def swapped(network: nx.Graph, seed: int) -> nx.Graph:
    """Return a network of the same degrees: pairs of ties exchange ends, ten a tie are tried.

    Notes
    -----
    A try that would double a tie or tie a node to itself leaves the network as it is, and
    counts: so that every simple network of these degrees is as likely (Fosdick et al., SIAM
    Review 60, 315-355, 2018). ``networkx.double_edge_swap`` does not count it, takes four times
    as long, and raises where no swap is possible.
    """
    names, chance = list(network), random.Random(seed)
    place = {name: at for at, name in enumerate(names)}
    ties = [(place[one], place[other]) for one, other in network.edges if one != other]
    there, size = {frozenset(tie) for tie in ties}, len(ties)
    for _ in range(10 * size):
        first, second = int(chance.random() * size), int(chance.random() * size)
        (one, other), (near, far) = ties[first], ties[second]
        if chance.random() < 0.5:
            near, far = far, near
        made = frozenset((one, far)), frozenset((near, other))
        if one == far or near == other or there & set(made):
            continue
        there -= {frozenset(ties[first]), frozenset(ties[second])}
        there |= set(made)
        ties[first], ties[second] = (one, far), (near, other)
    other_network = nx.Graph()
    other_network.add_nodes_from(names)
    other_network.add_edges_from((names[one], names[other]) for one, other in ties)
    return other_network
