"""A report as its page shows it: its text, with the sentences that say something."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal

from kg.graph.store import Graph
from kg.graph.vocabulary import node
from kg.server.portrait import Link, local, place, select

_SENTENCE = """
SELECT ?document ?sentence ?quote {
  { SELECT ?document { ?document a coop:SourceDocument ; coop:address ?at FILTER(STR(?at) = %s) } }
  ?sentence oa:hasSource ?document ; oa:hasSelector/oa:exact ?quote FILTER(STR(?quote) = %s)
} LIMIT 1"""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a report's text: a sentence that says something, or what stands between."""

    text: str
    start: int
    end: int
    about: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """All that the page of a report shows; `address` is a web address or a file's name."""

    key: str
    iri: str
    title: str
    address: str
    issued: str
    language: str
    extractor: str
    paragraphs: tuple[tuple[Piece, ...], ...]
    things: Mapping[str, tuple[Link, ...]]


def report(graph: Graph, key: str) -> Report | None:
    """Return a report; None if the graph holds none with this key."""
    one = node(key, graph.base)
    found = select(graph, "report", (one,))
    if not found:
        return None
    row, about = found[0], _about(graph, key)
    return Report(
        key,
        one.value,
        row["title"] or row["id"],
        row["address"],
        str(row["issued"] or ""),
        row["language"],
        row["extractor"],
        tuple(paragraphs(row["text"], about)),
        _by_kind(about),
    )


def _about(graph: Graph, key: str) -> dict[tuple[int, int], list[Link]]:
    """Return the things that each sentence of a report speaks of."""
    about: dict[tuple[int, int], list[Link]] = {}
    for row in select(graph, "sentences", (node(key, graph.base),)):
        link = Link(row["about_label"], local(row["about"]))
        about.setdefault(place(row["sentence"]), []).append(link)
    return about


def paragraphs(
    text: str, about: Mapping[tuple[int, int], Sequence[Link]]
) -> Iterator[tuple[Piece, ...]]:
    """Yield the paragraphs of a text, each cut where a sentence that says something begins or ends.

    A sentence that overlaps one before it, or goes on into the next paragraph, is shown as far
    as the text goes on.
    """
    at = 0
    for line in text.split("\n"):
        if line.strip():
            yield tuple(_pieces(text, at, at + len(line), about))
        at += len(line) + 1


def _pieces(
    text: str, begin: int, end: int, about: Mapping[tuple[int, int], Sequence[Link]]
) -> Iterator[Piece]:
    at = begin
    for (start, stop), links in sorted(about.items()):
        first, last = max(start, at), min(stop, end)
        if first >= last:
            continue
        if first > at:
            yield Piece(text[at:first], at, first)
        yield Piece(text[first:last], start, stop, tuple(links))
        at = last
    if at < end:
        yield Piece(text[at:end], at, end)


def _by_kind(about: Mapping[tuple[int, int], Sequence[Link]]) -> dict[str, tuple[Link, ...]]:
    """Return the things of a report by the first part of their keys."""
    found: dict[str, dict[Link, None]] = {}
    for links in about.values():
        for link in links:
            found.setdefault((link.key or "").partition("-")[0], {})[link] = None
    return {kind: tuple(sorted(links, key=lambda link: link.text)) for kind, links in found.items()}


def sentence(graph: Graph, source: str, quote: str) -> tuple[str, int, int] | None:
    """Return where a sentence stands: the report's key, and its start and end in the text.

    Parameters
    ----------
    graph : Graph
        The graph.
    source : str
        The address of the report.
    quote : str
        The sentence, word by word.
    """
    for document, where, _ in graph.rows(_SENTENCE % (Literal(source), Literal(quote))):
        return (local(document), *place(where))
    return None
