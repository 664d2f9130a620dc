"""The five findings of a briefing, each sentence with the reports it rests on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import networkx as nx

from kg.graph.basis import CO_ATTENDANCE, basis
from kg.maps import appearance, readable
from kg.maps.contents import is_web_address
from kg.maps.views import years

Attributes = Mapping[str, Any]
Edge = tuple[Hashable, Hashable, Attributes]

MOST = 4  # sentences of one finding: what a leader reads in a minute
_LONGEST = 200  # letters of a quote that a note repeats
_UNSURE = 0.8


@dataclass(frozen=True, slots=True)
class Note:
    """What a sentence rests on.

    Parameters
    ----------
    quote, title, source, date : str
        Words of the report, its title, its address and its date; each may be empty.
    """

    quote: str
    title: str
    source: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One statement with its notes."""

    text: str
    notes: Sequence[Note] = field(default=())


@dataclass(frozen=True, slots=True)
class Finding:
    """A question that leaders ask, and what the graph answers."""

    title: str
    sentences: Sequence[Sentence]


def findings(network: nx.Graph) -> list[Finding]:
    """Answer the five questions of a briefing.

    Parameters
    ----------
    network : networkx.Graph
        Institutions as `kg.maps.dossiers.described` gives them, or a part of them.

    Returns
    -------
    list of Finding
        Strongest partners, new ties, bridges, open promises, what is uncertain; a finding
        without anything to say says so.
    """
    edges = sorted(
        network.edges(data=True),
        key=lambda edge: (-_weight(edge), sorted(map(str, edge[:2]))),
    )
    newest = max((year for *_, data in edges for year in years(data)), default=None)
    return [
        Finding("Strongest partners", _strongest(network, edges)),
        Finding(f"New in {newest}" if newest else "New ties", _new(network, edges, newest)),
        Finding("Who bridges the two countries", _bridges(network)),
        Finding("Open promises", _promises(network)),
        Finding("What is uncertain", _uncertain(network, edges)),
    ]


def _strongest(network: nx.Graph, edges: Iterable[Edge]) -> list[Sentence]:
    chosen = network.graph.get("chosen")
    if chosen in network:
        own = [edge for edge in edges if chosen in map(str, edge[:2])]
    else:
        own = [edge for edge in edges if _crosses(network, edge)]
    told = [_told(network, edge) for edge in own if _partners(edge)][:MOST]
    return told or [Sentence("The reports show no partners by paper or facility in two countries.")]


def _new(network: nx.Graph, edges: Iterable[Edge], newest: int | None) -> list[Sentence]:
    fresh = [edge for edge in edges if newest is not None and years(edge[2])[:1] == [newest]]
    if not fresh:
        return [Sentence("No tie has a date, so none can be called new.")]
    told = [_told(network, edge) for edge in fresh[:MOST]]
    if len(fresh) > MOST:
        told.append(Sentence(f"{len(fresh) - MOST} more ties were first seen in that year."))
    return told


def _bridges(network: nx.Graph) -> list[Sentence]:
    """Institutions by the number of their partners in the other of the two countries."""
    pair = appearance.principals(
        str(data.get("country", "")) for _, data in network.nodes(data=True)
    )
    abroad: defaultdict[Hashable, list[Edge]] = defaultdict(list)
    for edge in network.edges(data=True):
        if sorted(network.nodes[end].get("country", "") for end in edge[:2]) == sorted(pair):
            for end in edge[:2] if _partners(edge) else ():
                abroad[end].append(edge)
    order = sorted(
        abroad, key=lambda node: (-len(abroad[node]), -sum(map(_weight, abroad[node])), str(node))
    )
    told = [_bridge(network, node, abroad[node], pair) for node in order[:MOST]]
    return told or [Sentence("No institution was seen tied to one of the other country.")]


def _bridge(
    network: nx.Graph, node: Hashable, edges: list[Edge], pair: tuple[str, str]
) -> Sentence:
    own = network.nodes[node].get("country", "")
    other = readable.country(pair[1] if own == pair[0] else pair[0])
    best = sorted(edges, key=lambda edge: -_weight(edge))[:2]
    count = f"{len(edges)} institution" + ("s" if len(edges) > 1 else "")
    kinds = sorted({str(kind) for *_, data in edges for kind in data.get("kinds", ())})
    by = f", by {_joined([readable.tie_kind(kind) for kind in kinds])}" if kinds else ""
    text = f"{_label(network, node)} is tied to {count} of {other}{by}."
    return Sentence(text, [note for edge in best for note in _notes(edge[2], 1)])


def _promises(network: nx.Graph) -> list[Sentence]:
    """Agreements that reports call planned and none calls signed."""
    found: dict[str, Sentence] = {}
    for node in sorted(network, key=str):
        for fact in network.nodes[node].get("agreements", ()):
            if fact["status"] == "planned":
                when = f" ({readable.span(fact['day'], '')})" if fact["day"] else ""
                text = f"{fact['name']}{when} is planned; no report calls it signed."
                notes = [_note(each) for each in fact["evidence"][:1]]
                found.setdefault(fact["name"], Sentence(text, notes))
    told = list(found.values())[:MOST]
    return told or [Sentence("No agreement was seen that is planned and not signed.")]


def _uncertain(network: nx.Graph, edges: Sequence[Edge]) -> list[Sentence]:
    single = sum(int(data.get("reports") or 1) == 1 for *_, data in edges)
    undated = sum(not years(data) for *_, data in edges)
    lost = sum(not data.get("country") for _, data in network.nodes(data=True))
    counts = (
        f"Of {len(edges)} ties, {single} rest on a single report and {undated} have no date; "
        f"of {network.number_of_nodes()} institutions, {lost} have no known country."
    )
    unsure = sorted(edges, key=lambda edge: float(edge[2].get("confidence", 1.0)))
    doubtful = [edge for edge in unsure if float(edge[2].get("confidence", 1.0)) < _UNSURE]
    told = [
        Sentence(
            f"The tie of {_label(network, edge[0])} with {_label(network, edge[1])} was read with "
            f"confidence {float(edge[2]['confidence']):.2f} only.",
            _notes(edge[2], 1),
        )
        for edge in sorted(doubtful, key=lambda edge: -_weight(edge))[: MOST - 2]
    ]
    return [
        Sentence(counts, [Note("", "Counted over all ties and institutions of this briefing")]),
        *told,
    ]


def _told(network: nx.Graph, edge: Edge) -> Sentence:
    one, other, data = edge
    kinds = _joined([readable.tie_kind(str(kind)) for kind in data.get("kinds", ())])
    when = readable.span(str(data.get("first") or ""), str(data.get("last") or ""))
    facts = ", ".join(part for part in (kinds, when) if part)
    text = f"{_label(network, one)} and {_label(network, other)}: {facts or 'tie'}."
    return Sentence(text, _notes(data, 2))


def _joined(words: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def _notes(data: Attributes, most: int) -> list[Note]:
    return [_note(entry) for entry in list(data.get("evidence") or ())[:most]]


def _note(entry: Attributes) -> Note:
    quote = str(entry.get("quote") or "")
    if len(quote) > _LONGEST:
        quote = quote[:_LONGEST].rsplit(" ", 1)[0] + " …"
    source = str(entry.get("source") or "")
    return Note(
        quote,
        str(entry.get("title") or "") or "Report without a title",
        source if is_web_address(source) else "",
        readable.span(str(entry.get("date") or ""), ""),
    )


def _crosses(network: nx.Graph, edge: Edge) -> bool:
    one, other = (network.nodes[end].get("country") for end in edge[:2])
    return bool(one and other and one != other)


def _label(network: nx.Graph, node: Hashable) -> str:
    return str(network.nodes[node].get("label") or node)


def _partners(edge: Edge) -> bool:
    """Tell whether more than events ties two: to have sat in one hall makes no partners."""
    return basis(edge[2].get("kinds", ())) != CO_ATTENDANCE


def _weight(edge: Edge) -> float:
    return float(edge[2].get("weight") or 0)
