"""Networks as files: GEXF, GraphML and tables, for Gephi, igraph, R and their like.

GEXF also says how things look, so that a network opens in Gephi as it is meant: colours are
countries, sizes the strength of a node's ties, dashed lines co-attendance. What has parts, such as
evidence, is JSON in text. The same network gives the same bytes.
"""

from __future__ import annotations

import csv
import io
import json
import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import IO, TYPE_CHECKING, Any

from kg.graph.basis import CO_ATTENDANCE, basis

if TYPE_CHECKING:
    import networkx

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00")
"""Of the most frequent countries; the colour-blind tell them apart (Okabe & Ito 2008)."""
_FIRST = ("KZ", "CN")
"""These have the colours that they have on the map."""
GREY = "#767676"
_SMALLEST, _LARGEST = 6.0, 30.0
_MADE_EACH_TIME = (
    rb' lastmodifieddate="[^"]*"',  # the day of the export is not in the graph
    rb'(?<=mode="static") name="[^"]*"',  # GEXF 1.2 knows no name of a graph
)


def write_network(network: networkx.Graph, form: str, output: IO[bytes]) -> None:
    """Write a network with all its attributes.

    Parameters
    ----------
    network : networkx.Graph
        The network; nodes and ties are written in the order of their names.
    form : str
        One of `NETWORK_FORMATS`.
    output : binary file
        Where to.
    """
    NETWORK_FORMATS[form](network, output)


def _graphml(network: networkx.Graph, output: IO[bytes]) -> None:
    import networkx as nx  # noqa: PLC0415 - only this format needs it

    nx.write_graphml(_flat(network), output)


def _gexf(network: networkx.Graph, output: IO[bytes]) -> None:
    import networkx as nx  # noqa: PLC0415 - only this format needs it

    buffer = io.BytesIO()
    nx.write_gexf(_drawn(_flat(network)), buffer)
    text = buffer.getvalue()
    for passing in _MADE_EACH_TIME:
        text = re.sub(passing, b"", text, count=1)
    creator = b"<creator>kg export</creator>"
    output.write(re.sub(rb"<creator>[^<]*</creator>", creator, text, count=1))


def _flat(network: networkx.Graph) -> networkx.Graph:
    """Return a network with attributes that XML can hold."""
    import networkx as nx  # noqa: PLC0415 - only networks need it

    plain = nx.Graph()
    for node in sorted(network.nodes):
        plain.add_node(node, **_scalars(network.nodes[node]))
    for source, target in sorted(tuple(sorted(pair)) for pair in network.edges):
        data = network.edges[source, target]
        plain.add_edge(source, target, **_scalars({**data, "basis": basis(data.get("kinds", ()))}))
    return plain


_NOT_IN_XML = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")


def _scalars(attributes: Mapping[str, Any]) -> dict[str, Any]:
    """Return attributes as GraphML can hold them: what has parts as JSON, nothing missing."""
    return {
        name: _NOT_IN_XML.sub(
            "�",
            value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str),
        )
        if not isinstance(value, int | float)
        else value
        for name, value in attributes.items()
        if value is not None
    }


# ---------- how it looks ----------


def _drawn(plain: networkx.Graph) -> networkx.Graph:
    """Add what GEXF's module viz holds: colours and sizes of nodes, lines of ties."""
    known = colours(plain)
    strength = dict(plain.degree(weight="weight"))
    greatest = max(strength.values(), default=0.0) or 1.0
    for node, data in plain.nodes(data=True):
        share = math.sqrt(max(strength[node], 0.0) / greatest)  # the area tells the strength
        data["viz"] = {
            "color": _rgb(known.get(data.get("country", ""), GREY)),
            "size": round(_SMALLEST + (_LARGEST - _SMALLEST) * share, 2),
        }
    for *_, data in plain.edges(data=True):
        met = data["basis"] == CO_ATTENDANCE
        data["viz"] = {"color": _rgb(GREY, 0.5), "shape": "dashed" if met else "solid"}
    return plain


def colours(network: networkx.Graph) -> dict[str, str]:
    """Return the colour of each country of a network, as far as there are colours."""
    sizes = Counter(country for _, country in network.nodes(data="country") if country)
    order = [country for country in _FIRST if country in sizes]
    order += sorted(sizes.keys() - set(order), key=lambda country: (-sizes[country], country))
    return dict(zip(order, COLOURS, strict=False))


def _rgb(colour: str, opacity: float = 1.0) -> dict[str, float]:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return {"r": red, "g": green, "b": blue, "a": opacity}


# ---------- tables ----------


def _nodes(network: networkx.Graph, output: IO[bytes]) -> None:
    """Write the nodes of a network as the table of nodes that Gephi imports."""
    keys = ("label", "kind", "country", "latitude", "longitude")
    rows = (
        (node, *(data.get(key, "") for key in keys))
        for node, data in sorted(network.nodes(data=True))
    )
    _table(output, ("Id", *(key.capitalize() for key in keys)), rows)


def _edges(network: networkx.Graph, output: IO[bytes]) -> None:
    """Write the ties of a network as the table of edges that Gephi imports."""
    rows = (
        (
            *sorted((one, other)), "Undirected", data["weight"],
            basis(data.get("kinds", ())), "; ".join(data.get("kinds", ())),
            data.get("first", ""), data.get("last", ""), data.get("reports", ""),
        )
        for one, other, data in network.edges(data=True)
    )  # fmt: skip
    header = ("Source", "Target", "Type", "Weight", "Basis", "Kinds", "First", "Last", "Reports")
    _table(output, header, sorted(rows))


def _table(output: IO[bytes], header: Iterable[str], rows: Iterable[Iterable[object]]) -> None:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([_harmless(cell) for cell in row])
    output.write(text.getvalue().encode())


def _harmless(cell: object) -> object:
    """Return a cell that no spreadsheet takes for a formula."""
    dangerous = isinstance(cell, str) and cell[:1] in "=+-@\t\r" and cell != ""
    return f"'{cell}" if dangerous else cell


NETWORK_FORMATS: dict[str, Callable[[networkx.Graph, IO[bytes]], None]] = {
    "graphml": _graphml,
    "gexf": _gexf,
    "gephi-nodes": _nodes,
    "gephi-edges": _edges,
}
"""The formats that hold a network, with what writes each."""
