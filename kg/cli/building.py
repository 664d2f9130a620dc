# ruff: noqa: PLC0415 - what is slow to import is imported by the command that needs it
"""News in: `kg build` and `kg extract`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING

import typer

from kg.cli import terminal
from kg.cli.options import (
    DEFAULT_EXTRACTOR,
    DEFAULT_GRAPH,
    ExtractorName,
    GraphFolder,
    Model,
    Output,
    Processes,
    Sources,
)
from kg.documents.document import Document
from kg.errors import DocumentError, KgError

if TYPE_CHECKING:
    from kg.build import BuildReport
    from kg.extraction.engines import Engine


def build(
    sources: Sources,
    graph: GraphFolder = DEFAULT_GRAPH,
    model: Model = None,
    extractor: ExtractorName = DEFAULT_EXTRACTOR,
    processes: Processes = 1,
) -> None:
    """Read news into the graph.

    What was read before and has not changed is not read again. A document that cannot be read
    is reported at the end and stops nothing.
    """
    from kg.build import build as run
    from kg.extraction.engines import Engine

    engine = Engine(extractor, model, processes)
    try:
        with terminal.progress() as progress:
            report = run(sources, graph, extractor=engine, progress=progress)
    except KeyboardInterrupt:
        raise terminal.InterruptionError(
            "interrupted; what was read is kept", remedy="run the same command again to go on"
        ) from None
    except DocumentError as error:
        remedy = error.remedy or "give text or Markdown files in UTF-8, with sound front matter"
        raise DocumentError(error.message, where=error.where, remedy=remedy) from None
    terminal.print_rows([f"graph {graph}", "number"], _summary(report))
    for address, reason in report.failed:
        terminal.say(f"kg: not read: {address}: {reason}")
    if report.failed and not (report.read or report.replaced or report.unchanged):
        raise typer.Exit(DocumentError.status)


def _summary(report: BuildReport) -> list[list[str]]:
    figures = {
        "documents read": report.read,
        "documents read again": report.replaced,
        "documents unchanged": report.unchanged,
        "documents told twice": len(report.duplicates),
        "documents not read": len(report.failed),
    }
    rows = [[what, f"{figure:,}"] for what, figure in figures.items() if figure]
    rows += [
        ["entities", f"{report.entities:,}"],
        ["statements", f"{report.statements:,}"],
        ["ties of cooperation", f"{report.ties:,}"],
        ["seconds", f"{report.seconds:.1f}"],
    ]
    return rows


def extract(
    sources: Sources,
    model: Model = None,
    extractor: ExtractorName = DEFAULT_EXTRACTOR,
    processes: Processes = 1,
    output: Output = None,
) -> None:
    """Print what each document says, as JSON Lines.

    One record a line, with every statement's place in the text; no graph is needed.
    """
    from kg.documents.sources import read
    from kg.extraction.engines import Engine

    failures: list[KgError] = []
    readings = [read(source) for source in sources]
    engine = Engine(extractor, model, processes)
    documents = _readable(chain.from_iterable(readings), failures)
    terminal.write_lines(_lines(engine, documents, failures), output)
    for failure in failures:
        terminal.say(f"kg: {failure}")
    if failures:
        raise typer.Exit(failures[0].status)


def _readable(
    found: Iterable[Document | DocumentError], failures: list[KgError]
) -> Iterator[Document]:
    """Yield the documents, and put aside what could not be read."""
    for one in found:
        if isinstance(one, DocumentError):
            failures.append(one)
        else:
            yield one


def _lines(engine: Engine, documents: Iterable[Document], failures: list[KgError]) -> Iterator[str]:
    for document, record in engine.readings(documents):
        if isinstance(record, KgError):
            where = record.where or document.id
            failures.append(type(record)(record.message, where=where, remedy=record.remedy))
        else:
            yield f"{record.to_json()}\n"
