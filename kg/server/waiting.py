"""What waits for a person's decision: pairs that may be one, and facts that are hardly believed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from kg.graph import curation
from kg.graph.store import Graph
from kg.graph.vocabulary import node
from kg.resolution.entities import ResolvedEntity
from kg.resolution.linkage.doubts import Doubt
from kg.server.portrait import UNSURE, Link, Quote, local, quotes_of, select

_SENTENCES = 4  # of each thing that a page shows
_DOCUMENTS = """
SELECT DISTINCT ?document ?title ?quote {
  ?evidence coop:supports %s ; coop:inSentence ?sentence .
  ?sentence oa:hasSource ?document ; oa:hasSelector/oa:exact ?quote .
  ?document dcterms:identifier ?id .
  OPTIONAL { ?document dcterms:title ?given }
  BIND(COALESCE(?given, ?id) AS ?title)
} ORDER BY ?title ?document"""


@dataclass(frozen=True, slots=True)
class Side:
    """One of two things that may be one."""

    key: str
    name: str
    kind: str
    others: tuple[str, ...]
    reports: int
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two things that may be one, with what speaks for it and against."""

    one: Side
    other: Side
    probability: float
    reasons_for: tuple[str, ...]
    reasons_against: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Doubted:
    """A fact that is hardly believed, in words, with the sentences that it rests on."""

    key: str
    confidence: float
    words: tuple[Link, ...]
    relation: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Naming:
    """A report that names a thing, with the sentences that speak of it."""

    key: str
    title: str
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision on record."""

    key: str
    verdict: str
    keeps: str
    concerns: str
    by: str
    because: str
    at: str
    undone: bool


def pairs(graph: Graph, doubts: Sequence[Doubt]) -> list[Pair]:
    """Return doubtful pairs with the sentences that name both sides."""
    ends = {end.key: node(end.key, graph.base) for one in doubts for end in (one.one, one.other)}
    quotes = quotes_of(graph, list(ends.values()))

    def side(one: ResolvedEntity) -> Side:
        found = tuple(quotes.get(ends[one.key].value, ()))[:_SENTENCES]
        reports = len({document for document, _ in one.members})
        return Side(one.key, one.name, one.type, one.aliases, reports, found)

    return [
        Pair(
            side(doubt.one),
            side(doubt.other),
            doubt.comparison.probability,
            tuple(doubt.comparison.reasons_for),
            tuple(doubt.comparison.reasons_against),
        )
        for doubt in doubts
    ]


def doubted(graph: Graph) -> list[tuple[str, float]]:
    """Return the facts that are hardly believed and that nobody confirmed, the least first."""
    sure = curation.verdicts(graph, "confirm")
    return [
        (row["fact"], float(row["best"]))
        for row in select(graph, "waiting")
        if float(row["best"]) < UNSURE and row["fact"] not in sure
    ]


def told(graph: Graph, facts: Sequence[tuple[str, float]]) -> list[Doubted]:
    """Return facts in words, with their sentences."""
    nodes = [NamedNode(fact) for fact, _ in facts]
    quotes = quotes_of(graph, nodes)
    said: defaultdict[str, dict[Link, None]] = defaultdict(dict)
    relations: dict[str, str] = {}
    for row in select(graph, "fact", nodes) if nodes else ():
        if row["label"]:
            said[row["fact"]][Link(row["label"], local(row["fact"]))] = None
        for end in ("one", "other"):
            if row[end]:
                said[row["fact"]][Link(row[f"{end}_label"], local(row[end]))] = None
        relations[row["fact"]] = _relation(str(row["relation"] or ""))
    return [
        Doubted(
            local(fact),
            best,
            tuple(said[fact]),
            relations.get(fact, ""),
            tuple(quotes.get(fact, ()))[:_SENTENCES],
        )
        for fact, best in facts
    ]


def _relation(text: str) -> str:
    """Return the last part of an address, and words as they are."""
    if not text.startswith(("http://", "https://")):
        return text
    return text.replace("#", "/").rsplit("/", 1)[1]


def namings(graph: Graph, key: str) -> list[Naming]:
    """Return the reports that name a thing."""
    found: dict[tuple[str, str], list[str]] = {}
    for document, title, quote in graph.rows(_DOCUMENTS % node(key, graph.base)):
        found.setdefault((local(document), title), []).append(quote)
    return [Naming(one, title, tuple(quotes)) for (one, title), quotes in found.items()]


def decided(graph: Graph) -> list[Decided]:
    """Return all decisions, the latest first."""
    short = f"{graph.base}id/"
    return [
        Decided(
            one.key,
            one.verdict,
            (one.keeps or "").removeprefix(short),
            one.concerns.removeprefix(short),
            one.by,
            one.because,
            one.at[:16].replace("T", " "),
            one.undone,
        )
        for one in reversed(curation.log(graph))
    ]
