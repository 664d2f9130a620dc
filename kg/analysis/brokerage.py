"""Who bridges structural holes: Burt's measures, and roles of brokerage between countries."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable
from itertools import combinations

import networkx as nx

ROLES = ("coordinator", "gatekeeper", "representative", "consultant", "liaison")


def constraint(network: nx.Graph) -> dict[str, float]:
    """Return Burt's constraint: how far a node's ties lead to the same few; NaN if it has none.

    ::

        sum over j of (p_ij + sum over q of p_iq p_qj)²     p: share of i's ties, by weight

    Notes
    -----
    Burt, Structural Holes (1992), formula 2.4. The result is that of
    ``networkx.constraint``, which takes a time cubic in the degree where SciPy is missing.
    """
    shares = _shares(network)
    return {name: _constraint(name, shares) for name in network}


def _constraint(ego: str, shares: dict[str, dict[str, float]]) -> float:
    mine = shares[ego]
    if not mine:
        return math.nan
    invested = dict(mine)
    for between, share in mine.items():
        for other, further in shares[between].items():
            if other in mine:
                invested[other] += share * further
    return math.fsum(total**2 for total in invested.values())


def effective_size(network: nx.Graph) -> dict[str, float]:
    """Return Burt's effective size: a node's neighbours, less those that are redundant.

    ::

        sum over j of (1 - sum over q of p_iq m_jq)     m: tie of j, by weight of its strongest

    Notes
    -----
    Burt, Structural Holes (1992), formula 2.2, by weight as ``networkx.effective_size`` with
    ``weight``. NaN for a node without ties.
    """
    shares = _shares(network)
    peaks = {
        name: max((_weight(data) for data in network[name].values()), default=0.0)
        for name in network
    }
    found = {}
    for ego in network:
        mine = shares[ego]
        redundancy = math.fsum(
            mine[other] * _weight(data) / peaks[neighbour]
            for neighbour in mine
            for other, data in network[neighbour].items()
            if other in mine
        )
        found[ego] = len(mine) - redundancy if mine else math.nan
    return found


def roles(network: nx.Graph, group: str = "country") -> dict[str, Counter[str]]:
    """Count the brokerage roles of every node.

    A broker stands between two nodes that are tied to it and not to each other: as
    ``coordinator`` all three are of one group, as ``consultant`` the two are of another group
    than the broker, as ``gatekeeper`` and ``representative`` one of the two is of the broker's
    group, as ``liaison`` all three are of different groups.

    Notes
    -----
    Gould & Fernandez, Sociological Methodology 19, 89-126 (1989). Ties have no direction here,
    so that each gatekeeper is a representative as well, and a pair counts once. Nodes of no
    known group are left out.
    """
    known = {name: data.get(group) for name, data in network.nodes(data=True) if data.get(group)}
    found: dict[str, Counter[str]] = {name: Counter() for name in network}
    for broker, own in known.items():
        around = sorted((name for name in network[broker] if name in known), key=str)
        for one, other in combinations(around, 2):
            if not network.has_edge(one, other):
                found[broker].update(_roles(own, known[one], known[other]))
    return found


def _roles(broker: str, one: str, other: str) -> tuple[str, ...]:
    if one == other:
        return ("coordinator",) if one == broker else ("consultant",)
    return ("gatekeeper", "representative") if broker in (one, other) else ("liaison",)


def role_measure(role: str) -> Callable[[nx.Graph], dict[str, float]]:
    """Return the measure of nodes that counts one of the `ROLES` across countries."""

    def measure(network: nx.Graph) -> dict[str, float]:
        return {name: float(counts[role]) for name, counts in roles(network).items()}

    measure.__doc__ = f"Return how often a node is {role} between two others, by countries."
    return measure


def _shares(network: nx.Graph) -> dict[str, dict[str, float]]:
    """Return the share of each of a node's ties in the sum of their weights."""
    found = {}
    for name in network:
        mine = {other: _weight(data) for other, data in network[name].items() if other != name}
        total = math.fsum(mine.values())
        found[name] = {other: weight / total for other, weight in mine.items() if total}
    return found


def _weight(data: dict[str, float]) -> float:
    return data.get("weight", 1.0)
