"""Communities: institutions that are tied to each other more than to the rest.

References
----------
V. D. Blondel, J.-L. Guillaume, R. Lambiotte, E. Lefebvre, "Fast unfolding of communities in
large networks", Journal of Statistical Mechanics P10008, 2008.
"""

from __future__ import annotations

from collections.abc import Sequence

import networkx as nx

from kg.maps.layout.two_countries import Tie

SEED = 8


def communities(size: int, ties: Sequence[Tie]) -> list[int]:
    """Give the community of each of `size` nodes, by Louvain's method with a fixed seed.

    Parameters
    ----------
    size : int
        Nodes are the numbers from 0 to `size` - 1.
    ties : sequence of Tie
        Each pair once; a weight of nothing counts as next to nothing.

    Returns
    -------
    list of int
        Numbers from the largest community down; one without ties is a community of its own.
    """
    network = nx.Graph()
    network.add_nodes_from(range(size))
    network.add_weighted_edges_from((tie.source, tie.target, max(tie.weight, 1e-6)) for tie in ties)
    if not ties:
        return list(range(size))
    found = nx.community.louvain_communities(network, weight="weight", seed=SEED)
    found.sort(key=lambda members: (-len(members), min(members)))
    number = {node: at for at, members in enumerate(found) for node in members}
    return [number[node] for node in range(size)]
