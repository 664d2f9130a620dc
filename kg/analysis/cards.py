"""What a notebook shows: a report with its statements, an entity's card, a network's picture.

Names and sentences come from the news: everything is escaped, and nothing is asked of the web.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from io import BytesIO
from typing import TYPE_CHECKING, Any

import networkx as nx

from kg.extraction.record import Record, Span
from kg.graph.basis import CO_ATTENDANCE, PARTNERSHIP, basis
from kg.graph.gephi import GREY, colours
from kg.queries.naming import find

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from kg.graph.store import Graph

_TINTS = {
    "Person": "#cfe8fc",
    "Place": "#e3e3e3",
    "University": "#fde3c8",
    "GovernmentBody": "#d5f0e3",
    "DiplomaticMission": "#d5f0e3",
}
_OTHER_TINT = "#f7e6f0"
_STYLE = "font:14px/1.6 system-ui,sans-serif;color:#222;background:#fff;max-width:50em"


@dataclass(frozen=True)
class ReportView:
    """A text with what was read in it; shows itself in a notebook.

    Parameters
    ----------
    text : str
        The text.
    record : Record
        What it says, with its places in just this text.
    """

    text: str
    record: Record

    def statements(self) -> list[tuple[str, str, str, float]]:
        """Return kind, statement, quote and confidence of all that the record states."""
        names = {entity.id: entity.name for entity in self.record.entities}
        rows: list[tuple[str, str, Any]] = [
            ("post", f"{names[p.person]}: {p.role}" + (f", {names[p.of]}" if p.of else ""), p)
            for p in self.record.positions
        ]
        rows += [("event", _event(event, names), event) for event in self.record.events]
        rows += [
            ("agreement", f"{a.type} of {_listed(a.parties, names)} ({a.status})", a)
            for a in self.record.agreements
        ]
        rows += [
            ("facility", f"{names[f.facility]}, of {_listed(f.founders, names)}", f)
            for f in self.record.facilities
        ]
        return [(kind, what, self._quote(one.evidence), one.confidence) for kind, what, one in rows]

    def _quote(self, span: Span) -> str:
        return self.text[span[0] : span[1]]

    def _repr_html_(self) -> str:
        title = f"<h3>{escape(self.record.title or self.record.id)}</h3>"
        rows, said = [], ""
        for kind, what, quote, sure in self.statements():
            rows.append((kind, what, "″" if quote == said else quote, f"{sure:.2f}"))
            said = quote
        columns = ("kind", "statement", "words", "confidence")
        return (
            f'<div style="{_STYLE}">{title}<p style="white-space:pre-wrap">{self._marked()}</p>'
            f"{_table(columns, rows)}</div>"
        )

    def _marked(self) -> str:
        """Return the text with the longest mentions marked, each with its type as a title."""
        spans = sorted(
            ((start, end, entity.type, entity.name) for entity in self.record.entities
             for start, end in entity.mentions),
            key=lambda span: (span[0], -span[1]),
        )  # fmt: skip
        done, parts = 0, []
        for start, end, kind, name in spans:
            if start < done:
                continue
            tint = _TINTS.get(kind, _OTHER_TINT)
            parts.append(escape(self.text[done:start]))
            parts.append(
                f'<mark style="background:{tint};color:#222;border-radius:3px;padding:1px 2px" '
                f'title="{escape(kind)}: {escape(name)}">{escape(self.text[start:end])}</mark>'
            )
            done = end
        return "".join([*parts, escape(self.text[done:])])


def _event(event: Any, names: dict[str, str]) -> str:
    who = _listed((*event.organizers, *event.participants), names)
    when = f", {event.date}" if event.date else ""
    return f"{event.name or event.type}{when}: {who}"


def _listed(ids: Iterable[str], names: dict[str, str]) -> str:
    return ", ".join(dict.fromkeys(names[each] for each in ids)) or "nobody named"


def report(graph: Graph, name: str) -> ReportView:
    """Return a report of a graph, by a part of its title, its address or its id.

    Raises
    ------
    UsageError
        If the graph knows no such report; its remedy gives the nearest.
    """
    node = find(graph, name, "document")[0]
    query = f"SELECT ?text ?record {{ {node} schema:text ?text ; coop:record ?record }}"
    ((text, record),) = graph.rows(query)
    return ReportView(text, Record.from_json(record, where=name))


_ABOUT = """
SELECT ?what ?label ?more ?quote {
  { BIND("name" AS ?what) %(node)s rdfs:label ?label }
  UNION { BIND("alias" AS ?what) %(node)s skos:altLabel ?label }
  UNION { BIND("kind" AS ?what) %(node)s a ?label }
  UNION { BIND("country" AS ?what) %(node)s coop:country/rdfs:label ?label }
  UNION { BIND("seat" AS ?what) %(node)s coop:basedIn/rdfs:label ?label }
  UNION { BIND("post" AS ?what) ?fact org:member %(node)s ; coop:verbatim ?label .
    OPTIONAL { ?fact org:organization/rdfs:label ?more } }
  UNION { BIND("holder" AS ?what) ?fact org:organization %(node)s ; coop:verbatim ?more ;
    org:member/rdfs:label ?label }
  UNION { BIND("event" AS ?what) ?fact coop:participant|coop:onBehalfOf %(node)s ;
    coop:participationIn ?event . ?event rdfs:label ?label
    OPTIONAL { ?event coop:occursAt/coop:verbatim ?more } }
  UNION { BIND("agreement" AS ?what) ?fact coop:party %(node)s ; rdfs:label ?label }
  UNION { BIND("facility" AS ?what) ?fact a coop:JointFacility ; coop:partner %(node)s ;
    rdfs:label ?label }
  OPTIONAL { ?evidence coop:supports ?fact ; coop:inSentence/oa:hasSelector/oa:exact ?quote }
} ORDER BY ?what ?label ?more ?quote"""


@dataclass(frozen=True)
class EntityCard:
    """What a graph knows of a person or an institution; shows itself in a notebook.

    Parameters
    ----------
    iri : str
        Its node.
    facts : pandas.DataFrame
        ``what`` (name, alias, kind, country, seat, post, holder, event, agreement, facility),
        ``label``, ``more`` and ``quote``.
    """

    iri: str
    facts: pd.DataFrame

    @property
    def label(self) -> str:
        """Its first name."""
        return str(next(iter(self._of("name")), self.iri))

    def _of(self, what: str) -> list[str]:
        return list(dict.fromkeys(self.facts.loc[self.facts["what"] == what, "label"]))

    def _repr_html_(self) -> str:
        kinds = [iri.replace("#", "/").rpartition("/")[2] for iri in self._of("kind")]
        head = " · ".join(dict.fromkeys([*kinds, *self._of("seat"), *self._of("country")]))
        others = (*self._of("name"), *self._of("alias"))
        names = ", ".join(name for name in dict.fromkeys(others) if name != self.label)
        rows = [
            (what, ", ".join(part for part in (label, more) if isinstance(part, str)), quote or "")
            for what, label, more, quote in self.facts.itertuples(index=False)
            if what in ("post", "holder", "event", "agreement", "facility")
        ]
        also = f"<p>also: {escape(names)}</p>" if names else ""
        return (
            f'<div style="{_STYLE};border:1px solid #ccc;border-radius:6px;padding:8px 16px">'
            f"<h3>{escape(self.label)}</h3><p>{escape(head)}</p>{also}"
            f"{_table(('', 'fact', 'words'), rows)}</div>"
        )


def entity(graph: Graph, name: str) -> EntityCard:
    """Return the card of a person or an institution, by any of its names.

    Raises
    ------
    UsageError
        If the graph knows nobody of that name; its remedy gives the nearest.
    """
    node = find(graph, name, "entity")[0]
    facts = graph.query(_ABOUT % {"node": str(node)})
    return EntityCard(node.value, facts.drop_duplicates(["what", "label", "more"]))


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    cell = 'style="text-align:left;vertical-align:top;padding:2px 12px 2px 0"'
    head = "".join(f"<th {cell}>{escape(column)}</th>" for column in columns)
    body = "".join(
        "<tr>" + "".join(f"<td {cell}>{escape(str(value))}</td>" for value in row) + "</tr>"
        for row in rows
    )
    if not rows:
        return ""
    return (
        f'<table style="font:inherit"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    )


@dataclass(frozen=True)
class NetworkView:
    """A picture of a network for a notebook: its strongest ties, coloured by country.

    Parameters
    ----------
    network : networkx.Graph
        A network with ``label`` and ``country`` of nodes and ``weight`` of edges.
    ties : int
        How many ties to draw, the strongest first.
    named : int
        How many nodes to name, those of most ties first.
    """

    network: nx.Graph
    ties: int = 80
    named: int = 14

    def _repr_html_(self) -> str:
        shown = self._shown()
        colours = self._colours(shown)
        drawn = f"{shown.number_of_edges()} of {self.network.number_of_edges()} ties"
        legend = " ".join(
            f'<span style="white-space:nowrap"><span style="color:{colour}">●</span> '
            f"{escape(country or 'unknown')}</span>"
            for country, colour in colours.items()
        )
        return (
            f'<figure style="{_STYLE};margin:0">{self._svg(shown, colours)}'
            f"<figcaption>{drawn}, the strongest first. {legend} {_lines_told(shown)}</figcaption>"
            "</figure>"
        )

    def _shown(self) -> nx.Graph:
        order = sorted(
            self.network.edges(data="weight", default=1.0), key=lambda edge: (-edge[2], edge[:2])
        )
        kept = [edge[:2] for edge in order[: self.ties]]
        return nx.Graph(self.network.edge_subgraph(kept))

    def _colours(self, shown: nx.Graph) -> dict[str, str]:
        known = colours(shown)
        others = any(not known.get(country or "") for _, country in shown.nodes(data="country"))
        return {**known, **({"": GREY} if others else {})}

    def _svg(self, shown: nx.Graph, colours: dict[str, str]) -> str:
        places = nx.spring_layout(shown, seed=7, iterations=120, k=0.35) if len(shown) else {}
        spots = {name: (400 + 340 * x, 250 + 210 * y) for name, (x, y) in places.items()}
        lines = "".join(
            f'<line x1="{spots[one][0]:.0f}" y1="{spots[one][1]:.0f}" x2="{spots[other][0]:.0f}" '
            f'y2="{spots[other][1]:.0f}" stroke="{GREY}" '
            f'stroke-width="{1 + 4 * data.get("weight", 1.0):.1f}"{_dashes(data)}/>'
            for one, other, data in shown.edges(data=True)
        )
        dots = "".join(
            self._dot(shown.nodes[name], spots[name], colours, shown.degree(name)) for name in shown
        )
        labels = "".join(self._labels(shown, spots))
        return (
            '<svg viewBox="0 0 800 500" width="100%" role="img" '
            f'aria-label="Network of {len(shown)} nodes">{lines}{dots}{labels}</svg>'
        )

    def _labels(self, shown: nx.Graph, spots: dict[str, tuple[float, float]]) -> Iterator[str]:
        """Yield names of those of most ties, as far as they find room beside each other."""
        order = sorted(shown, key=lambda name: (-shown.degree(name), str(name)))
        taken: list[tuple[float, float, float]] = []
        for name in order:
            text = _short(str(shown.nodes[name].get("label", "")))
            x, y = spots[name]
            left = x + 8 if x < 500 else x - 8 - _LETTER * len(text)
            right = left + _LETTER * len(text)
            if not any(left < b and right > a and abs(y - at) < 14 for a, b, at in taken):
                taken.append((left, right, y))
                yield _label(text, left, y)
            if len(taken) == self.named:
                return

    @staticmethod
    def _dot(
        data: dict[str, Any], spot: tuple[float, float], colours: dict[str, str], ties: int
    ) -> str:
        colour = colours.get(data.get("country") or "", GREY)
        return (
            f'<circle cx="{spot[0]:.0f}" cy="{spot[1]:.0f}" r="{4 + ties**0.5:.1f}" '
            f'fill="{colour}" stroke="#fff"><title>{escape(str(data.get("label", "")))}</title>'
            "</circle>"
        )


@dataclass(frozen=True)
class FigureView:
    """A figure of Matplotlib for a notebook, with words for those who do not see it.

    It is as wide as it was drawn, and on a narrow page as wide as the page.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        The figure; it is closed, so that the notebook does not show it twice.
    words : str
        What it shows.
    """

    figure: Figure
    words: str

    def _repr_html_(self) -> str:
        from matplotlib import pyplot  # noqa: PLC0415 - whoever has a figure has it

        picture = BytesIO()
        self.figure.savefig(picture, format="png", dpi=2 * _DPI, bbox_inches="tight")
        pyplot.close(self.figure)
        width = int.from_bytes(picture.getvalue()[16:20], "big") // 2  # of the PNG's header
        return (
            f'<img alt="{escape(self.words)}" style="width:{width}px;max-width:100%;height:auto" '
            f'src="data:image/png;base64,{b64encode(picture.getvalue()).decode()}">'
        )


_DPI = 100


def _dashes(data: Mapping[str, Any]) -> str:
    """Return how the line of a tie is broken: dashed where two only met at events."""
    met = basis(data.get("kinds", ())) == CO_ATTENDANCE
    return ' stroke-dasharray="6 5"' if met else ""


def _lines_told(shown: nx.Graph) -> str:
    """Return the legend of the lines that are there."""
    there = {basis(data.get("kinds", ())) for *_, data in shown.edges(data=True)}
    words = {
        PARTNERSHIP: ("agreement or facility", ""),
        CO_ATTENDANCE: ("met at events alone", ' stroke-dasharray="6 5"'),
    }
    return " ".join(
        f'<span style="white-space:nowrap"><svg width="30" height="10" aria-hidden="true"><path '
        f'd="M0 5H30" stroke="{GREY}" stroke-width="2"{dashes}/></svg> {text}</span>'
        for kind, (text, dashes) in words.items()
        if kind in there
    )


_LETTER = 6.2
"""Width of a letter of the picture, on average."""


def _short(name: str) -> str:
    return name if len(name) <= 34 else f"{name[:33]}…"


def _label(text: str, left: float, y: float) -> str:
    return (
        f'<text x="{left:.0f}" y="{y + 4:.0f}" font-size="11" fill="#222" '
        f'paint-order="stroke" stroke="#fff" stroke-width="3">{escape(text)}</text>'
    )
