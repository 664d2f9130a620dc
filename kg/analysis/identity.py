"""The identity card of an institution: who it is, who heads it, and what it and its parts did."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pandas as pd
from pyoxigraph import NamedNode

from kg.errors import UsageError
from kg.graph.authorities import institutions
from kg.queries.naming import find

if TYPE_CHECKING:
    from kg.graph.store import Graph

Row = dict[str, Any]
COLUMNS = (
    "section", "what", "detail", "date", "through", "status",
    "quote", "report", "source", "confidence", "reports", "fact", "link",
)  # fmt: skip
SECTIONS = {
    "part of": "Part of",
    "parts": "Parts",
    "head": "Headed by",
    "agreement": "Agreements",
    "facility": "Joint facilities",
    "event": "Attended (who else came is no partner for that)",
    "people": "Attended by its people (who else came is no partner for that)",
}
LANGUAGES = {"kk": "Kazakh", "ru": "Russian", "zh": "Chinese", "en": "English"}
UNSURE = 0.7
"""Confidence below which a statement is told as uncertain."""
_BLANK = "VALUES ?who { UNDEF }"
_STYLE = "font:14px/1.5 system-ui,sans-serif;color:#222;background:#fff;max-width:60em"


@dataclass(frozen=True, slots=True)
class IdentityCard:
    """What a graph knows of an institution; shows itself in a notebook.

    Parameters
    ----------
    iri, label : str
        Its node, and what it is called.
    names : mapping of str to tuple of str
        All names by language tag; former ones and those of `former` apart.
    former, identifiers : tuple of str
        Names of the past, as the authority file has them; addresses in registries.
    facts : pandas.DataFrame
        `COLUMNS`: a row for each fact, with its surest sentence. ``through`` names the part that
        did it, and is empty for what the institution did itself; of parts only what reports
        call actual is told. ``date`` of a head is from the first to the last sighting.
    """

    iri: str
    label: str
    names: Mapping[str, tuple[str, ...]]
    former: tuple[str, ...]
    identifiers: tuple[str, ...]
    facts: pd.DataFrame

    def of(self, section: str) -> list[Row]:
        """Return the rows of a section."""
        rows: list[Row] = self.facts[self.facts["section"] == section].to_dict("records")
        return rows

    @property
    def uncertain(self) -> tuple[str, ...]:
        """What a reader should look at twice, as sentences."""
        return tuple(_doubts(self))

    def to_dict(self) -> dict[str, Any]:
        """Return the card as values that JSON has."""
        return {
            "iri": self.iri,
            "label": self.label,
            "names": {tag: list(names) for tag, names in self.names.items()},
            "former": list(self.former),
            "identifiers": list(self.identifiers),
            "facts": self.facts.to_dict("records"),
            "uncertain": list(self.uncertain),
        }

    def lines(self) -> Iterator[tuple[str, str]]:
        """Yield what stands above the facts: a heading and its words."""
        for tag, names in self.names.items():
            yield LANGUAGES.get(tag, tag or "Other names"), " · ".join(names)
        if self.former:
            yield "Formerly", " · ".join(self.former)
        if self.identifiers:
            yield "Identifiers", " ".join(self.identifiers)

    def markdown(self) -> str:
        """Return the card as Markdown."""
        parts = [f"# {_plain(self.label)}", ""]
        parts += [f"- **{name}**: {_plain(text)}" for name, text in self.lines()]
        for section, title in SECTIONS.items():
            if rows := self.of(section):
                parts += ["", f"## {title}", ""]
                for row in rows:
                    parts.append(f"- {_plain(told(row))}")
                    parts.append(f"  > {_plain(row['quote'])} ({_plain(row['report'])})")
        if self.uncertain:
            parts += ["", "## Uncertain", "", *(f"- {_plain(one)}" for one in self.uncertain)]
        return "\n".join(parts) + "\n"

    def _repr_html_(self) -> str:
        names = "".join(
            f"<dt>{escape(name)}</dt><dd>{escape(text)}</dd>" for name, text in self.lines()
        )
        parts = [f"<h2>{escape(self.label)}</h2><dl>{names}</dl>"]
        for section, title in SECTIONS.items():
            if rows := self.of(section):
                parts.append(f"<h3>{escape(title)}</h3><ul>{''.join(map(_item, rows))}</ul>")
        if self.uncertain:
            doubts = "".join(f"<li>{escape(one)}</li>" for one in self.uncertain)
            parts.append(f"<h3>Uncertain</h3><ul>{doubts}</ul>")
        return f'<div style="{_STYLE}">{"".join(parts)}</div>'


def told(row: Mapping[str, Any]) -> str:
    """Return a fact in a line: what, with whom, when, by which part, and whether it is so."""
    through = f"through {row['through']}" if row["through"] else ""
    status = "" if row["status"] == "actual" else row["status"]
    return ", ".join(filter(None, (row["what"], row["detail"], row["date"], through, status)))


def _item(row: Row) -> str:
    quote = f"<q>{escape(row['quote'])}</q> <small>{escape(row['report'])}</small>"
    return f"<li>{escape(told(row))}<br>{quote}</li>"


def _plain(text: str) -> str:
    """Return words of the news as Markdown that means just these words."""
    flat = " ".join(escape(text, quote=False).split())
    return "".join(f"\\{sign}" if sign in "\\`*_[]#|!" else sign for sign in flat)


def _doubts(card: IdentityCard) -> Iterator[str]:
    heads = card.of("head")
    if not heads:
        yield "No report says who heads it."
    elif not heads[0]["date"]:
        yield f"No dated report shows {heads[0]['detail']} in the post."
    if len({row["detail"] for row in heads}) > 1:
        yield f"{len(heads)} posts at its head are reported; the reports may be of different times."
    if not card.identifiers:
        yield "The authority file does not know it."
    for row in card.facts.to_dict("records"):
        if row["status"] != "actual":
            yield f"{told(row)}: no report calls it done."
        elif row["confidence"] < UNSURE:
            yield f"{told(row)}: read with confidence {row['confidence']:.2f} only."


def card(graph: Graph, name: str) -> IdentityCard:
    """Return the identity card of an institution.

    Parameters
    ----------
    graph : Graph
        The graph.
    name : str
        Any of its names, or its address.

    Raises
    ------
    UsageError
        If nothing is called so, or several institutions are.
    """
    found = find(graph, name, "organization")
    if len(found) > 1:
        shown = ", ".join(one.value.replace(f"{graph.base}id/", "id:") for one in found[:5])
        remedy = f"give the address of one: {shown}"
        raise UsageError(f"{len(found)} institutions are called so", where=name, remedy=remedy)
    own = found[0]
    labels = list(_rows(graph, "names", [own]))
    if not any(row["shown"] for row in labels):
        raise UsageError("the graph knows no such institution", where=name)
    label = min(row["name"] for row in labels if row["shown"])
    identifiers = tuple(sorted({row["name"] for row in labels if row["tag"] == "address"}))
    former = _former(graph, identifiers)
    names = _by_language(labels, label, former)
    return IdentityCard(own.value, label, names, former, identifiers, _facts(graph, own))


def _former(graph: Graph, identifiers: Iterable[str]) -> tuple[str, ...]:
    """Return names of the past, from the registries that the graph uses."""
    known = set(identifiers)
    found = [one.former for one in institutions(graph) if known.intersection(one.addresses())]
    return tuple(dict.fromkeys(name for names in found for name in names))


def _by_language(
    rows: Iterable[Row], label: str, former: Iterable[str]
) -> dict[str, tuple[str, ...]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row["tag"] != "address" and row["name"] not in former:
            found[row["tag"]].add(row["name"])
    order = [*LANGUAGES, *sorted(set(found) - set(LANGUAGES))]
    return {
        tag: tuple(sorted(found[tag], key=lambda name: (name != label, name)))
        for tag in order
        if tag in found
    }


def _facts(graph: Graph, own: NamedNode) -> pd.DataFrame:
    """Return what the reports say of an institution, and what they say that its parts did."""
    links = list(_rows(graph, "kin", [own]))
    parts = parts_of(own.value, below(links))
    rows = [_kin(row, own.value) for row in links if own.value in (row["part"], row["whole"])]
    rows += [_deed(row, "") for row in _rows(graph, "heads", [own])]
    for section in ("agreements", "facilities", "events", "people"):
        for row in _rows(graph, section, [own, *map(NamedNode, parts)]):
            through = "" if row["who"] == own.value else row["who_label"]
            if not through or row["status"] == "actual":
                rows.append(_deed(row, through))
    frame = pd.DataFrame(_surest(rows), columns=list(COLUMNS))
    frame["rank"] = frame["section"].map(list(SECTIONS).index)
    own_first = frame.assign(later=frame["through"] != "")
    order = ["rank", "later", "date", "what", "detail", "fact"]
    down = [True, True, False, True, True, True]
    return own_first.sort_values(order, ascending=down, ignore_index=True)[list(COLUMNS)]


def below(links: Iterable[Mapping[str, Any]]) -> dict[str, set[str]]:
    """Return the parts of each whole, as IRIs, from rows of ``part`` and ``whole``."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for row in links:
        found[str(row["whole"])].add(str(row["part"]))
    return dict(found)


def parts_of(own: str, parts: Mapping[str, set[str]]) -> list[str]:
    """Return what is a part of it, at any remove, each once whatever the circles.

    Parameters
    ----------
    own : str
        IRI of an institution.
    parts : mapping of str to set of str
        As `below` gives it.
    """
    found, waiting = {own}, [own]
    while waiting:
        new = parts.get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    return sorted(found - {own})


def _kin(row: Row, own: str) -> Row:
    above = row["part"] == own
    other = "whole" if above else "part"
    named = {"what": row[f"{other}_label"], "link": row[other], "detail": "", "date": ""}
    return {**row, **named, "section": "part of" if above else "parts", "through": ""}


def _deed(row: Row, through: str) -> Row:
    return {**row, "through": through}


def _surest(rows: Iterable[Row]) -> list[Row]:
    """Return each fact once: what the institution did itself first, by its surest sentence."""
    groups: defaultdict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in rows:
        groups[row["section"], row["fact"], row["detail"]].append(row)
    found = []
    for some in groups.values():
        best = min(
            some,
            key=lambda row: (
                row["status"] != "actual", row["through"] != "", -row["confidence"],
                row["through"], row["report"], row["quote"],
            ),
        )  # fmt: skip
        witnesses = {row["release"] or row["source"] for row in some}  # one release is one
        found.append({**best, "reports": len(witnesses)})
    return found


def _rows(graph: Graph, name: str, who: Iterable[NamedNode]) -> Iterator[Row]:
    """Answer a query of the folder ``identity_queries``; what is unbound is an empty word."""
    listed = f"VALUES ?who {{ {' '.join(map(str, who))} }}"
    table = graph.query(_text(name).replace(_BLANK, listed))
    for row in table.to_dict("records"):
        yield {str(key): _cell(key, value) for key, value in row.items()}


def _cell(key: object, value: Any) -> Any:
    if key == "confidence":
        return float(value)
    return "" if value is None or value != value else str(value)  # noqa: PLR0124 - NaN


@cache
def _text(name: str) -> str:
    folder = files("kg.analysis") / "identity_queries"
    text = (folder / f"{name}.rq").read_text(encoding="utf-8")
    return text.replace("# TOLD", (folder / "told.rq").read_text(encoding="utf-8"))
