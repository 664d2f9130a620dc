"""What the graph says of one thing, as its page shows it: statements, each with its evidence."""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import Any

from pyoxigraph import NamedNode

from kg.graph.store import Graph
from kg.graph.vocabulary import node

Row = dict[str, Any]
_BLANK = "VALUES ?thing { UNDEF }"
_TOLD = "actual"
UNSURE = 0.7
"""Confidence below which a statement is shown as uncertain."""


@dataclass(frozen=True, slots=True)
class Link:
    """Words of a statement, and the key of the thing that they name, if they name one."""

    text: str
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence that a statement rests on.

    Parameters
    ----------
    text : str
        The sentence.
    report, title : str
        Key and title of the report.
    start, end : int
        Its place in the report, in code points.
    confidence : float
        How sure the extractor was.
    status : str
        actual, planned, denied or cancelled.
    extractor : str
        Its version.
    issued : str
        When the report appeared, if that is known.
    release : str
        What it prints with other reports, if it does: these are one witness.
    """

    text: str
    report: str
    title: str
    start: int
    end: int
    confidence: float
    status: str
    extractor: str
    issued: str
    release: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """A fact: its words, its date, and the sentences it rests on."""

    kind: str
    words: tuple[Link, ...]
    role: str = ""
    first: str = ""
    last: str = ""
    spoken: str = ""
    quotes: tuple[Quote, ...] = ()
    inferred: bool = False
    fact: str = ""

    @property
    def confidence(self) -> float:
        """Return the best confidence of the sentences; 0 without one."""
        return max((quote.confidence for quote in self.quotes), default=0.0)

    @property
    def when(self) -> str:
        """Return the date with no more precision than is known: 2019, 2019-10, 2019-10-03."""
        return period(self.first, self.last)

    @property
    def status(self) -> str:
        """Return ``actual`` if one sentence says so, and otherwise what the first says."""
        said = [quote.status for quote in self.quotes]
        return _TOLD if _TOLD in said or not said else said[0]

    @property
    def reports(self) -> int:
        """Return how many reports say it; what prints one release is one."""
        return len({quote.release or quote.report for quote in self.quotes})

    @property
    def unsure(self) -> bool:
        """Tell whether a reader should look twice."""
        return bool(self.quotes) and (self.confidence < UNSURE or self.status != _TOLD)


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another end of a tie."""

    key: str
    label: str
    country: str
    strength: float
    kinds: str


@dataclass(frozen=True, slots=True)
class Portrait:
    """All that the page of a thing shows."""

    key: str
    iri: str
    label: str
    others: tuple[str, ...]
    classes: Mapping[str, tuple[str, ...]]
    country: Link | None
    statements: tuple[Statement, ...]
    neighbours: tuple[Neighbour, ...] = ()
    rivals: tuple[Statement, ...] = field(default=())

    def of(self, kind: str) -> list[Statement]:
        """Return the statements of a kind."""
        return [statement for statement in self.statements if statement.kind == kind]

    @property
    def timeline(self) -> list[Statement]:
        """Return what has a date, the latest first, each event once."""
        dated = [one for one in self.statements if one.first and one.kind != "participants"]
        once = {one.words[0]: one for one in reversed(dated)}
        return sorted(once.values(), key=lambda one: one.first, reverse=True)

    @property
    def unsure(self) -> list[Statement]:
        """Return what a reader should look at twice."""
        return [statement for statement in self.statements if statement.unsure]


def portrait(graph: Graph, key: str) -> Portrait | None:
    """Return what the graph says of the thing with this key; None if it says nothing."""
    thing = node(key, graph.base)
    about = select(graph, "about", (thing,))
    labels = [row["label"] for row in about if row["label"]]
    if not labels:
        return None
    label, places = labels[0], [row for row in about if row["country"]]
    statements = tuple(_statements(graph, thing, key))
    return Portrait(
        key,
        thing.value,
        label,
        tuple(sorted({row["other"] for row in about if row["other"]} | set(labels[1:]) - {label})),
        _by_language(row["class"] for row in about if row["class"]),
        Link(places[0]["country_label"], local(places[0]["country"])) if places else None,
        statements,
        tuple(_neighbours(graph, thing)),
        tuple(_rivals(graph, thing, statements)),
    )


def select(graph: Graph, name: str, things: Iterable[NamedNode] = ()) -> list[Row]:
    """Answer a query of the folder ``portraits`` for some things; what is unbound is None."""
    listed = " ".join(map(str, things))
    blank = _BLANK.replace("UNDEF", listed) if listed else ""
    rows: list[Row] = graph.query(_text(name).replace(_BLANK, blank)).to_dict("records")
    return rows


@cache
def _text(name: str) -> str:
    return (files("kg.server") / "portraits" / f"{name}.rq").read_text(encoding="utf-8")


def _statements(graph: Graph, thing: NamedNode, key: str) -> Iterable[Statement]:
    """Yield the statements about a thing, with their evidence."""
    drafts = [
        (fact, statement)
        for name, tell in _TELLERS.items()
        for fact, statement in tell(select(graph, name, (thing,)), key)
    ]
    facts = dict.fromkeys(fact for fact, _ in drafts)
    quotes = quotes_of(graph, [NamedNode(fact) for fact in facts])
    for fact, draft in drafts:
        yield _cited(draft, fact, quotes.get(fact, ()))


def _cited(statement: Statement, fact: str, quotes: Iterable[Quote]) -> Statement:
    return Statement(
        statement.kind,
        statement.words,
        statement.role,
        statement.first,
        statement.last,
        statement.spoken,
        tuple(quotes),
        statement.inferred,
        local(fact),
    )


def quotes_of(graph: Graph, facts: Sequence[NamedNode]) -> Mapping[str, list[Quote]]:
    """Return the sentences that each fact rests on."""
    found: dict[str, list[Quote]] = defaultdict(list)
    for row in select(graph, "evidence", facts) if facts else ():
        start, end = place(row["sentence"])
        found[row["fact"]].append(
            Quote(
                row["quote"],
                local(row["document"]),
                row["report"],
                start,
                end,
                float(row["confidence"]),
                row["status"],
                row["extractor"],
                str(row["issued"] or ""),
                str(row["release"] or ""),
            )
        )
    return found


def place(sentence: str) -> tuple[int, int]:
    """Return where a sentence stands, which its address ends with: ``…-435-663``."""
    start, end = sentence.rsplit("-", 2)[1:]
    return int(start), int(end)


Told = Iterable[tuple[str, Statement]]


def _tenures(rows: Sequence[Row], key: str) -> Told:
    for row in rows:
        person = Link(row["person_label"], local(row["person"]))
        body = [Link(row["body_label"], local(row["body"]))] if row["body"] else []
        words = (person, Link(row["post"]), *body)
        yield row["fact"], Statement("tenures", words, role=str(row["rank"] or ""))


def _events(rows: Sequence[Row], key: str) -> Told:
    for row in rows:
        event, who = (Link(row[f"{name}_label"], local(row[name])) for name in ("event", "who"))
        kind = "participants" if event.key == key else "events"
        words = (who,) if event.key == key else (event, who)
        yield row["fact"], Statement(kind, words, row["role"], *_when(row))


def _happening(rows: Sequence[Row], key: str) -> Told:
    for row in rows:
        place = [Link(row["place_label"], local(row["place"]))] if row["place"] else []
        theme = [Link(row["theme"])] if row["theme"] else []
        words = (Link(row["type"] or ""), *place, *theme)
        yield row["fact"], Statement("happening", words, "", *_when(row))


def _agreements(rows: Sequence[Row], key: str) -> Told:
    yield from _with_parties(rows, "agreements")


def _facilities(rows: Sequence[Row], key: str) -> Told:
    yield from _with_parties(rows, "facilities")


def _with_parties(rows: Sequence[Row], kind: str) -> Told:
    for fact, group in groupby(rows, key=lambda row: row["fact"]):
        some = list(group)
        parties = {
            Link(row["party_label"], local(row["party"])): None for row in some if row["party"]
        }
        words = (Link(some[0]["fact_label"], local(fact)), *parties)
        yield fact, Statement(kind, words, some[0].get("type") or "", *_when(some[0]))


def _links(rows: Sequence[Row], key: str) -> Told:
    for row in rows:
        one, other = (Link(row[f"{name}_label"], local(row[name])) for name in ("one", "other"))
        inferred = bool(row["inferred"])
        yield row["fact"], Statement("links", (one, other), row["relation"], inferred=inferred)


_TELLERS: Mapping[str, Callable[[Sequence[Row], str], Told]] = {
    "happening": _happening,
    "events": _events,
    "tenures": _tenures,
    "agreements": _agreements,
    "facilities": _facilities,
    "links": _links,
}


def _when(row: Row) -> tuple[str, str, str]:
    """Return the first and the last day of a date, and the date in the words of the report."""
    first, last, spoken = (str(row.get(name) or "") for name in ("first", "last", "spoken"))
    return first, last, spoken


def period(first: str, last: str) -> str:
    """Return the days from one to another, in short where they are a whole month or year.

    Examples
    --------
    >>> period("2019-01-01", "2019-12-31"), period("2007-10-01", "2007-10-31")
    ('2019', '2007-10')
    >>> period("2024-07-03", "2024-07-03"), period("2024-07-03", "")
    ('2024-07-03', 'from 2024-07-03')
    >>> period("2024-09-22", "2024-09-24")
    '2024-09-22 – 2024-09-24'
    """
    if first == last:
        return first
    if not last:
        return f"from {first}"
    if (first[4:], last[4:]) == ("-01-01", "-12-31") and first[:4] == last[:4]:
        return first[:4]
    if first[:7] == last[:7] and first.endswith("-01") and _month_end(first) == last[8:]:
        return first[:7]
    return f"{first} – {last}"


def _month_end(day: str) -> str:
    year, month = int(day[:4]), int(day[5:7])
    return f"{monthrange(year, month)[1]:02d}"


def _by_language(tagged: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return labels by their languages: ``en university`` is English."""
    found: dict[str, set[str]] = defaultdict(set)
    for text in tagged:
        language, _, label = text.partition(" ")
        found[language].add(label)
    return {language: tuple(sorted(labels)) for language, labels in found.items()}


def _neighbours(graph: Graph, thing: NamedNode) -> Iterable[Neighbour]:
    for row in select(graph, "ties", (thing,)):
        strength = float(row["strength"])
        yield Neighbour(
            local(row["other"]), row["other_label"], row["country"] or "", strength, row["kinds"]
        )


def _rivals(graph: Graph, thing: NamedNode, statements: Iterable[Statement]) -> list[Statement]:
    """Return the heads of one body, or the bodies that one person heads, if they are several.

    News may be of different years, or one of the reports may be wrong: a person decides.
    """
    heads = [one for one in statements if one.kind == "tenures" and one.role == "1"]
    by_body = {(one.words[0].key, one.words[-1].key) for one in heads if len(one.words) == 3}
    own = thing.value.rsplit("/", 1)[1]
    same = {pair for pair in by_body if own in pair}
    return heads if len(same) > 1 else []


def local(iri: str) -> str:
    """Return the key of a node: the last part of its address."""
    return iri.rsplit("/", 1)[1]
