"""Parts of a network that answer one question: around whom, between whom, since when.

Each function gives a network of its own, whose ``graph["view"]`` tells the page what it shows.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Hashable, Iterable, Mapping
from difflib import get_close_matches
from typing import Any

import networkx as nx

from kg.errors import UsageError

Attributes = Mapping[str, Any]


def focus(network: nx.Graph, name: str, depth: int = 1) -> nx.Graph:
    """Keep what a name stands for, and all that is at most `depth` ties away.

    Parameters
    ----------
    network : networkx.Graph
        Nodes with ``label``, ``aliases`` and, for places, ``places``.
    name : str
        A name of an institution or a person, a part of one, or a place.
    depth : int, default 1
        How many ties away the outermost may be.

    Raises
    ------
    UsageError
        If nothing on the map is called so; its remedy gives near names.
    """
    centres = matching(network, name)
    kept: set[Hashable] = set()
    for centre in centres:
        kept |= set(nx.ego_graph(network, centre, radius=depth))
    found = network.subgraph(kept).copy()
    single = len(centres) == 1
    shown = network.nodes[centres[0]].get("label", name) if single else name
    found.graph["view"] = {"kind": "focus", "names": [shown]}
    if single:
        found.graph["chosen"] = str(centres[0])
    return found


def between(network: nx.Graph, one: str, other: str) -> nx.Graph:
    """Keep two sides, the ties between them, and who is tied to both.

    Either name may be an institution or a place such as a city, a province or a country.

    Raises
    ------
    UsageError
        If one of the names stands for nothing on the map.
    """
    west = set(matching(network, one))
    east = set(matching(network, other)) - west
    bridges = {
        node
        for node in set(network) - west - east
        if west & set(network[node]) and east & set(network[node])
    }
    side = dict.fromkeys(west, "west") | dict.fromkeys(east, "east") | dict.fromkeys(bridges, "")
    found = network.subgraph(side).copy()
    found.remove_edges_from([pair for pair in found.edges if side[pair[0]] == side[pair[1]]])
    found.remove_nodes_from(list(nx.isolates(found)))
    nx.set_node_attributes(found, {node: side[node] for node in found}, "side")
    found.graph["view"] = {"kind": "between", "names": [one, other]}
    return found


def compare(network: nx.Graph, earlier: int, later: int) -> nx.Graph:
    """Keep the ties seen in one of two years, each called ``new``, ``kept`` or ``lost``.

    A tie is seen in a year in which something that it rests on took place, or was reported
    if it has no date of its own. "Lost" means not seen: nothing says that it has ended.
    """
    if earlier == later:
        raise UsageError("a year is compared with itself", remedy="give two different years")
    found = network.copy()
    for one, other, data in network.edges(data=True):
        seen = set(years(data))
        if not seen & {earlier, later}:
            found.remove_edge(one, other)
            continue
        change = "kept" if {earlier, later} <= seen else "new" if later in seen else "lost"
        found.edges[one, other]["change"] = change
    found.remove_nodes_from(list(nx.isolates(found)))
    found.graph["view"] = {"kind": "compare", "names": [str(earlier), str(later)]}
    return found


def years(tie: Attributes) -> list[int]:
    """List the years of a tie: as given, else those of its first and its last date."""
    given = tie.get("years")
    if isinstance(given, list | tuple | set):
        return sorted(int(year) for year in given)
    ends = (str(tie.get(key) or "")[:4] for key in ("first", "last"))
    return sorted({int(end) for end in ends if end.isdigit()})


def matching(network: nx.Graph, text: str) -> list[Hashable]:
    """List the nodes that a text names: exactly, else by place, else by a part of a name.

    Raises
    ------
    UsageError
        If there is none.
    """
    wanted = _plain(text)
    if not wanted:
        raise UsageError("an empty name stands for nothing", remedy="give a name or a part of one")
    names = {
        node: [_plain(name) for name in _names(data)] for node, data in network.nodes(data=True)
    }
    exact = [node for node, mine in names.items() if wanted in mine]
    if exact:
        return sorted(exact, key=str)
    lying = {
        node
        for node, data in network.nodes(data=True)
        if any(_begins(_plain(place), wanted) for place in data.get("places", ()))
    }
    called = {node for node, mine in names.items() if any(wanted in name for name in mine)}
    if not lying | called:
        raise _unknown(network, text)
    return sorted(lying | called, key=str)


def _begins(place: str, wanted: str) -> bool:
    return place == wanted or place.startswith(wanted + " ")


def _unknown(network: nx.Graph, text: str) -> UsageError:
    called = [
        name
        for _, data in network.nodes(data=True)
        for name in [*_names(data), *data.get("places", ())]
    ]
    known = {word: name for name in reversed(called) for word in _plain(name).split()}
    known |= {_plain(name): name for name in called}
    near = get_close_matches(_plain(text), list(known), n=3, cutoff=0.55)
    options = " or ".join(dict.fromkeys(f"“{known[name]}”" for name in near))
    return UsageError(
        f"nobody and nothing on the map is called “{text}”",
        remedy=f"did you mean {options}?" if near else "try a part of the name",
    )


def _names(data: Attributes) -> Iterable[str]:
    yield str(data.get("label") or "")
    yield from (str(alias) for alias in data.get("aliases") or ())


def _plain(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text)
    return " ".join("".join(c for c in parts if not unicodedata.combining(c)).casefold().split())
