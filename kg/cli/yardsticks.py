# ruff: noqa: PLC0415 - what is slow to import is imported by the command that needs it
"""The extraction on data that others annotated: `kg yardstick`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli import tables, terminal
from kg.cli.options import DEFAULT_EXTRACTOR, ExtractorName, Form, Model, Output
from kg.cli.tables import TableFormat


def yardstick(  # noqa: PLR0913, PLR0917 - a command's options
    form_of: Annotated[
        str, typer.Argument(metavar="FORMAT", help="dwie, knowledgenet, re3d or brat.")
    ],
    path: Annotated[Path, typer.Argument(metavar="PATH", help="The data set's file or folder.")],
    model: Model = None,
    extractor: ExtractorName = DEFAULT_EXTRACTOR,
    form: Form = TableFormat.table,
    output: Output = None,
) -> None:
    """Compare extraction with annotations that others made.

    In types that both sides know: persons, organizations, places; who works for whom, what is part
    of what, what is located where. The data are yours to get; nothing is downloaded.
    """
    from kg.evaluation import yardsticks
    from kg.extraction import engines

    measured = yardsticks.measure(form_of, path, engines.load(extractor, model))
    for failure in measured.failed[:5]:
        terminal.say(f"kg: not read: {failure}")
    if measured.failed:
        terminal.say(f"kg: {len(measured.failed)} of {measured.texts} texts were not read")
    tables.show(measured.table(), form, output)
    if len(measured.failed) == measured.texts:
        raise typer.Exit(measured.failed[0].status if measured.failed else 1)
