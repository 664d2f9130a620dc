"""Reading on many machines: `kg extract --engine ray`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from kg.cli import terminal
from kg.errors import DocumentError, UsageError

if TYPE_CHECKING:
    from kg.documents.sources.reader import Options


def spread(  # noqa: PLR0913, PLR0917 - what it can be told
    sources: list[str],
    output: str | None,
    extractor: str,
    model: str | None,
    address: str | None,
    options: Options,
) -> None:
    """Read files on a cluster, tell what was done, and end with a status if any failed."""
    from kg.documents.sources.filesystems import is_elsewhere, local  # noqa: PLC0415
    from kg.extraction.engines.cluster import Task, extract, inputs  # noqa: PLC0415

    if output is None:
        raise UsageError("--engine ray writes to a folder", remedy="name it: --output records")
    folder = local(output)
    if not is_elsewhere(folder):
        folder = str(Path(folder).resolve())
    tasks = [Task(each, folder, extractor, model, options) for each in inputs(sources)]
    told, files, failed, records = 0, 0, 0, 0
    with terminal.progress() as progress:
        for done, result in enumerate(extract(tasks, address), 1):
            progress("reading", done, len(tasks))
            files, records = files + result.written, records + result.records
            failed += bool(result.failures) and not result.written
            told += len(result.failures)
            for failure in result.failures:
                terminal.say(f"kg: {failure}")
    before = len(tasks) - files - failed
    figures = {"files read": files, "files read before": before, "files not read": failed}
    rows = [[what, f"{figure:,}"] for what, figure in {**figures, "records": records}.items()]
    terminal.print_rows([f"records {output}", "number"], rows)
    if told:
        raise typer.Exit(DocumentError.status)
