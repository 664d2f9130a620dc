"""One page that shows each document with gold and extracted statements side by side.

It runs no script: a style sheet does the filtering, and everything that a text says goes through
the template engine's escaping.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files

from jinja2 import Environment, StrictUndefined

from kg.evaluation.corpus import Sample, compare, measure
from kg.evaluation.judging import CLASSES, HIT, Judgement
from kg.evaluation.report import Report, Score
from kg.evaluation.statements import KINDS, Statement
from kg.extraction.record import Span

# Kinds that are counted by themselves and are in others of the list.
_WITHIN = ("Person", "University", "government", "position")
_QUOTE = 180  # characters of a sentence that are shown


@dataclass(frozen=True, slots=True)
class Row:
    """A judgement for the reader: the two sides, and the sentence the extractor rests on."""

    error: str
    gold: str
    found: str
    confidence: str
    quote: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text: plain, or a name that was found (rightly or not) or missed."""

    text: str
    state: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A document on the page."""

    sample: Sample
    paragraphs: list[list[Piece]]
    kinds: list[tuple[str, list[Row]]]
    errors: int
    hits: int


def render(samples: Sequence[Sample], title: str = "Gold and extracted statements") -> str:
    """Return the page for some texts, as HTML in one file.

    Parameters
    ----------
    samples : sequence of Sample
        Texts with their gold annotations and what was extracted from them.
    title : str, optional
        Headline of the page.
    """
    # NB: autoescaping is what keeps a name in a text from becoming a part of the page.
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    template = environment.from_string(_file("page.html"))
    report = measure(samples)
    return template.render(
        title=title,
        style=_file("page.css"),
        classes=CLASSES,
        figures=list(_figures(report)),
        documents=[_shown(sample) for sample in samples],
    )


def _file(name: str) -> str:
    return (files(__package__) / name).read_text(encoding="utf-8")


def _figures(report: Report) -> Iterator[tuple[str, Score, list[int]]]:
    for kind, *counts in report.classes().itertuples(index=False):
        yield str(kind), report.scores[kind], counts


def _shown(sample: Sample) -> Shown:
    report = Report()
    compare(sample.document.id, sample.gold, sample.found, report)
    kinds = [kind for kind in KINDS if kind not in _WITHIN]
    by_kind = {kind: [one for one in report.judgements if one.kind == kind] for kind in kinds}
    rows = [(kind, list(_rows(by_kind[kind], sample.document.text))) for kind in kinds]
    errors = sum(row.error != HIT for _, found in rows for row in found)
    hits = sum(len(found) for _, found in rows) - errors
    names = list(_names(by_kind["entities"], sample))
    return Shown(
        sample,
        list(_paragraphs(sample.document.text, names)),
        [(kind, found) for kind, found in rows if found],
        errors,
        hits,
    )


def _rows(judgements: Iterable[Judgement], text: str) -> Iterator[Row]:
    order = (*CLASSES, HIT)

    def place(one: Judgement) -> tuple[int, str]:
        side = one.gold or one.found
        return order.index(one.error), side.words if side else ""

    for one in sorted(judgements, key=place):
        yield Row(
            one.error,
            one.gold.words if one.gold else "",
            one.found.words if one.found else "",
            f"{one.found.confidence:.2f}" if one.found else "",
            _quote(one.found, text),
        )


def _quote(statement: Statement | None, text: str) -> str:
    if statement is None or statement.span is None or statement.kind == "entities":
        return ""
    quote = " ".join(text[slice(*statement.span)].split())
    return quote if len(quote) <= _QUOTE else f"{quote[:_QUOTE].rsplit(' ', 1)[0]} …"


def _names(judgements: Iterable[Judgement], sample: Sample) -> Iterator[tuple[Span, str]]:
    """Yield where a text names an entity, and whether it was found rightly."""
    text = sample.document.text
    for one in judgements:
        state = "hit" if one.error == HIT else "wrong" if one.found else "missed"
        for span in getattr(one.found and one.found.item, "mentions", ()):
            yield span, state
        if one.found is None and one.gold is not None:
            name = getattr(one.gold.item, "name", "")
            start = text.find(name) if name else -1
            if start >= 0:
                yield (start, start + len(name)), state


def _paragraphs(text: str, names: Sequence[tuple[Span, str]]) -> Iterator[list[Piece]]:
    """Yield the lines of a text in pieces; of names within names the longest is marked."""
    names = _outermost(names)
    start = 0
    for line in text.splitlines(keepends=True):
        end = start + len(line)
        inside = [(span, state) for span, state in names if start <= span[0] < end]
        if line.strip():
            yield list(_pieces(text, start, end, inside))
        start = end


def _outermost(names: Sequence[tuple[Span, str]]) -> list[tuple[Span, str]]:
    kept: list[tuple[Span, str]] = []
    for span, state in sorted(names, key=lambda name: (name[0][0], -name[0][1])):
        if not kept or span[0] >= kept[-1][0][1]:
            kept.append((span, state))
    return kept


def _pieces(text: str, start: int, end: int, names: Sequence[tuple[Span, str]]) -> Iterator[Piece]:
    for (first, last), state in names:
        if first > start:
            yield Piece(text[start:first])
        yield Piece(text[first:last], state)
        start = last
    if start < end:
        yield Piece(text[start:end])
