"""Communities, how stable they are, and whether they follow countries, regions or kinds."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Sequence
from itertools import combinations

import networkx as nx
import pandas as pd

from kg.analysis import paths
from kg.analysis.mixing import ties_by_basis

Partition = list[set[str]]
MANY_TIES = 20_000
"""Above this number of ties a fifth of the runs is made."""


def partition(network: nx.Graph, seed: int = 1, resolution: float = 1.0) -> Partition:
    """Return the communities that Louvain finds from one seed, the largest first.

    Notes
    -----
    Blondel et al., Journal of Statistical Mechanics P10008 (2008), by weight.
    """
    found = nx.community.louvain_communities(
        network, weight="weight", resolution=resolution, seed=seed
    )
    return sorted(map(set, found), key=lambda part: (-len(part), min(map(str, part))))


def partitions(
    network: nx.Graph,
    runs: int | None = None,
    seed: int = 1,
    progress: paths.Progress | None = None,
) -> list[Partition]:
    """Return the communities from several seeds, those of highest modularity first.

    Parameters
    ----------
    network : networkx.Graph
        The network.
    runs : int, optional
        Runs from different seeds; by default 50, or 10 above `MANY_TIES` ties, with a warning.
    seed : int
        The first seed.
    progress : callable, optional
        Called with what is done, how many, and of how many.
    """
    if runs is None:
        large = network.number_of_edges() > MANY_TIES
        runs = paths.fewer(large, 50, 10, "communities are sought in {} runs")
    tried = []
    for number in range(runs if len(network) else 0):
        tried.append(partition(network, seed + number))
        if progress is not None:
            progress("finding communities", number + 1, runs)
    return sorted(tried, key=lambda parts: -modularity(network, parts))


def communities(
    network: nx.Graph,
    runs: int | None = None,
    seed: int = 1,
    progress: paths.Progress | None = None,
) -> pd.DataFrame:
    """Return the community of every node, and how sure it is.

    Parameters
    ----------
    network, runs, seed, progress
        As in `partitions`; the partition of highest modularity is given.

    Returns
    -------
    pandas.DataFrame
        ``node``, ``label``, ``kind``, ``country``, ``community`` (from 1, the largest first)
        and ``stability``: the share of the runs, averaged over the other members of its
        community, in which the node is together with them; 1 for a community of one; then
        ``partners`` and ``met``, how many of those tied to it in its community are tied by a
        paper or a facility, and by events alone.

    Notes
    -----
    Stability over seeds is the consensus matrix of Lancichinetti & Fortunato, Scientific
    Reports 2, 336 (2012), restricted to the community. Over r runs its standard error is at
    most 1 / (2 sqrt(r)), 0.07 for 50 and 0.16 for 10.
    """
    tried = partitions(network, runs, seed, progress)
    homes = [_home(parts) for parts in tried]
    rows = []
    for number, members in enumerate(tried[0] if tried else [], 1):
        together = [Counter(home[name] for name in members) for home in homes]
        for name in sorted(members, key=str):
            data = network.nodes[name]
            about = (data.get(key, "") for key in ("label", "kind", "country"))
            stable = _stability(name, len(members), homes, together)
            rows.append((name, *about, number, stable, *ties_by_basis(network, name, members)))
    columns = [
        "node", "label", "kind", "country", "community", "stability", "partners", "met",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def _home(parts: Partition) -> dict[str, int]:
    return {name: number for number, members in enumerate(parts) for name in members}


def _stability(
    name: str, size: int, homes: Sequence[dict[str, int]], together: Sequence[Counter[int]]
) -> float:
    """Return the mean share of the others of a community with whom a node is in the runs."""
    met = sum(found[home[name]] - 1 for home, found in zip(homes, together, strict=True))
    return met / ((size - 1) * len(homes)) if size > 1 else 1.0


def comparison(
    network: nx.Graph,
    runs: int | None = None,
    seed: int = 1,
    progress: paths.Progress | None = None,
) -> pd.DataFrame:
    """Return how good the communities are, and what they follow.

    Returns
    -------
    pandas.DataFrame
        ``figure`` and ``value``: number of ``communities``; ``modularity`` of the best run;
        ``agreement`` between runs, the mean adjusted Rand index of pairs of (at most 20 of)
        them; and the adjusted Rand index of the best with ``country``, ``region`` and ``kind``
        over the nodes for which these are known (NaN if none).
    """
    tried = partitions(network, runs, seed, progress)
    best = tried[0] if tried else []
    homes, home = [_home(parts) for parts in tried[:20]], _home(best)
    order = list(network)
    agreed = [
        rand_index([one[name] for name in order], [other[name] for name in order])
        for one, other in combinations(homes, 2)
    ]
    rows = [
        ("communities", float(len(best))),
        ("modularity", modularity(network, best)),
        ("agreement", math.fsum(agreed) / len(agreed) if agreed else math.nan),
    ]
    for group in ("country", "region", "kind"):
        known = [name for name, value in network.nodes(data=group) if value]
        index = rand_index(
            [home[name] for name in known], [network.nodes[name][group] for name in known]
        )
        rows.append((group, index))
    return pd.DataFrame(rows, columns=["figure", "value"])


def modularity(network: nx.Graph, parts: Partition) -> float:
    """Return Newman and Girvan's modularity by weight (PRE 69, 026113, 2004); NaN without ties."""
    if not network.number_of_edges():
        return math.nan
    return float(nx.community.modularity(network, parts, weight="weight"))


def rand_index(one: Sequence[Hashable], other: Sequence[Hashable]) -> float:
    """Return the adjusted Rand index of two labellings: 1 the same, 0 as by chance.

    Notes
    -----
    Hubert & Arabie, Journal of Classification 2, 193-218 (1985). NaN for fewer than two things;
    1 where both labellings are trivial in the same way.
    """
    pairs = len(one) * (len(one) - 1) / 2
    if not pairs:
        return math.nan
    together = _pairs(Counter(zip(one, other, strict=True)))
    first, second = _pairs(Counter(one)), _pairs(Counter(other))
    expected, most = first * second / pairs, (first + second) / 2
    return 1.0 if most == expected else (together - expected) / (most - expected)


def _pairs(sizes: Counter[Hashable]) -> float:
    return sum(size * (size - 1) / 2 for size in sizes.values())
