# ruff: noqa: PLC0415 - what is slow to import is imported by the command that needs it
"""News in: `kg build` and `kg extract`."""

from __future__ import annotations

import json
from enum import StrEnum
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import terminal
from kg.cli.options import (
    DEFAULT_EXTRACTOR,
    DEFAULT_GRAPH,
    AllowedHosts,
    Columns,
    Delay,
    ExtractorName,
    GraphFolder,
    MaxFailures,
    Model,
    Processes,
    ReportFile,
    Sources,
    Store,
    reading,
)
from kg.errors import DocumentError, KgError

_MOST_TOLD = 20  # lines about what was not taken, beyond which a report file is the place
_LONGEST_TOLD = 300  # characters of one reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.build import BuildReport
    from kg.documents.sources.reader import Options as ReadingOptions
    from kg.extraction.engines import Engine


class EngineName(StrEnum):
    """Where documents are read."""

    LOCAL = "local"
    RAY = "ray"


def build(  # noqa: PLR0913, PLR0917 - what a build can be told
    sources: Sources,
    graph: GraphFolder = DEFAULT_GRAPH,
    store: Store = None,
    model: Model = None,
    extractor: ExtractorName = DEFAULT_EXTRACTOR,
    processes: Processes = 1,
    column: Columns = None,
    allow_host: AllowedHosts = None,
    delay: Delay = 1.0,
    report: ReportFile = None,
    max_failures: MaxFailures = None,
    watch: Annotated[bool, typer.Option("--watch", help="Go on reading until stopped.")] = False,
    every: Annotated[
        float, typer.Option(min=0.0, metavar="MINUTES", help="With --watch: between two readings.")
    ] = 15.0,
) -> None:
    """Read news into the graph.

    What was read before and has not changed is not read again. A document that cannot be read
    is reported at the end and stops nothing. Sources may be files and folders of many kinds,
    archives, pages, feeds and sitemaps. With --store, what the graph's folder then holds is
    sent to a SPARQL endpoint that takes updates, as far as it is not there yet.
    """
    from kg.extraction.engines import Engine

    options = reading(column, allow_host, delay)
    engine = Engine(extractor, model, processes)

    def once() -> None:
        _once(sources, graph, engine, options, report, max_failures)
        if store is not None:
            _send(graph, store)

    if not watch:
        once()
        return
    from kg.cli.watching import rounds

    rounds(once, every * 60)


def _once(  # noqa: PLR0913, PLR0917 - a round of a build
    sources: list[str],
    graph: Path,
    engine: Engine,
    options: ReadingOptions,
    output: Path | None,
    max_failures: float | None,
) -> None:
    """Build once, tell what was done, and raise if too much failed."""
    from kg.build import build as run

    try:
        with terminal.progress() as progress:
            report = run(sources, graph, extractor=engine, options=options, progress=progress)
    except KeyboardInterrupt:
        raise terminal.InterruptionError(
            "interrupted; what was read is kept", remedy="run the same command again to go on"
        ) from None
    except DocumentError as error:
        remedy = error.remedy or "give text or Markdown files in UTF-8, with sound front matter"
        raise DocumentError(error.message, where=error.where, remedy=remedy) from None
    tell(report, graph, output, max_failures)


def tell(report: BuildReport, graph: Path, output: Path | None, max_failures: float | None) -> None:
    """Tell what a build or a load has done, and raise if too much failed."""
    terminal.print_rows([f"graph {graph}", "number"], _summary(report))
    _list("not read", report.failed)
    _list("turned away", report.refused)
    if output is not None:
        terminal.write_text(
            json.dumps(report.to_dict(), ensure_ascii=False, indent=1) + "\n", output
        )
    if max_failures is not None and report.failures > max_failures:
        raise DocumentError(
            f"{len(report.failed)} of {report.seen} documents could not be read, "
            f"more than the share of {max_failures:g}",
            remedy="see above which, and why",
        )
    if report.failed and not (report.read or report.replaced or report.unchanged):
        raise typer.Exit(DocumentError.status)


def _list(what: str, rows: Sequence[tuple[str, str]]) -> None:
    """Say what was not taken and why, each in a line or two, and how many more there are."""
    for address, reason in rows[:_MOST_TOLD]:
        cut = reason if len(reason) <= _LONGEST_TOLD else f"{reason[:_LONGEST_TOLD].rstrip()} …"
        terminal.say(f"kg: {what}: {address}: {cut}")
    if len(rows) > _MOST_TOLD:
        terminal.say(f"kg: {what}: {len(rows) - _MOST_TOLD:,} more; --report FILE lists them all")


def _send(graph: Path, store: str) -> None:
    """Make an endpoint hold what the folder holds."""
    from kg.graph.mirror import mirror
    from kg.graph.remote import RemoteGraph
    from kg.graph.store import Graph

    with terminal.progress() as progress, Graph.open(graph) as held:
        done = mirror(held, RemoteGraph(store), progress)
    told = f"{done.sent} sent, {done.unchanged} were there, {done.removed} taken away"
    terminal.say(f"{store}: graphs: {told}")


def _summary(report: BuildReport) -> list[list[str]]:
    figures = {
        "documents read": report.read,
        "documents read again": report.replaced,
        "documents unchanged": report.unchanged,
        "documents told twice": len(report.duplicates),
        "documents withdrawn": report.withdrawn,
        "documents not read": len(report.failed),
        "statements turned away": len(report.refused),
    }
    rows = [[what, f"{figure:,}"] for what, figure in figures.items() if figure]
    rows += [
        ["entities", f"{report.entities:,}"],
        ["statements", f"{report.statements:,}"],
        ["partnerships", f"{report.partnerships:,}"],
        ["met at events alone", f"{report.ties - report.partnerships:,}"],
        ["seconds", f"{report.seconds:.1f}"],
    ]
    return rows


def extract(  # noqa: PLR0913, PLR0917 - what it can be told
    sources: Sources,
    model: Model = None,
    extractor: ExtractorName = DEFAULT_EXTRACTOR,
    processes: Processes = 1,
    column: Columns = None,
    allow_host: AllowedHosts = None,
    delay: Delay = 1.0,
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Write to this file instead; with --engine ray, to this folder or address.",
        ),
    ] = None,
    text: Annotated[
        bool, typer.Option("--text", help="With each record its text, for kg load.")
    ] = False,
    engine: Annotated[
        EngineName, typer.Option(help="Where to read: in this process, or on a Ray cluster.")
    ] = EngineName.LOCAL,
    address: Annotated[
        str | None,
        typer.Option(
            metavar="HOST:PORT", help="With --engine ray: the cluster; without it, this machine."
        ),
    ] = None,
) -> None:
    """Print what each document says, as JSON Lines.

    One record a line, with every statement's place in the text; no graph is needed. Written to a
    file that ends in .parquet, records come with their texts, for `kg load`. With `--engine ray`
    the output is a folder with a Parquet file for each source; what it holds is not read again.
    """
    if engine is EngineName.RAY:
        from kg.cli.spreading import spread

        spread(sources, output, extractor, model, address, reading(column, allow_host, delay))
        return
    from kg.documents.sources import Reader, read
    from kg.extraction import files
    from kg.extraction.engines import Engine, sound

    failures: list[KgError] = []
    with Reader(reading(column, allow_host, delay)) as reader:
        readings = [read(source, reader) for source in sources]
        engine_here = Engine(extractor, model, processes)
        found = sound(engine_here, chain.from_iterable(readings), failures)
        target = Path(output) if output is not None else None
        if target is not None and target.suffix == files.PARQUET:
            with terminal.replacing(target) as stream:
                files.write_parquet(stream, found)
        else:
            lines = (files.line(*one) if text else one[1].to_json() for one in found)
            terminal.write_lines((f"{line}\n" for line in lines), target)
    for failure in failures:
        terminal.say(f"kg: {failure}")
    if failures:
        raise typer.Exit(failures[0].status)
