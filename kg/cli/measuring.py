# ruff: noqa: PLC0415 - what is slow to import is imported by the command that needs it
"""How good the extraction is: `kg evaluate`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli import tables
from kg.cli.options import Form, Model, Output
from kg.cli.tables import TableFormat


def evaluate(
    corpus: Annotated[
        Path, typer.Argument(metavar="CORPUS", help="A folder of NAME.txt with NAME.gold.json.")
    ],
    errors: Annotated[
        str | None,
        typer.Option(metavar="KIND", help="List what was missed and what was made up of a kind."),
    ] = None,
    model: Model = None,
    form: Form = TableFormat.table,
    output: Output = None,
) -> None:
    """Compare extraction with gold annotations.

    Precision, recall and F1 for each kind of statement; --errors lists what is behind them.
    """
    from kg import evaluation
    from kg.extraction import pipeline

    if errors is not None:
        evaluation.Report().errors(errors)  # an unknown kind is told before the reading
    report = evaluation.evaluate(corpus, pipeline.load(model))
    tables.show(report.table() if errors is None else report.errors(errors), form, output)
