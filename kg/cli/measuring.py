# ruff: noqa: PLC0415 - what is slow to import is imported by the command that needs it
"""How good the extraction is: `kg evaluate`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import tables, terminal
from kg.cli.options import Form, Model, Output
from kg.cli.tables import TableFormat
from kg.errors import UsageError

if TYPE_CHECKING:
    import pandas as pd

    from kg.evaluation import Sample


def evaluate(  # noqa: PLR0913, PLR0917 - a command's options
    corpus: Annotated[
        list[Path],
        typer.Argument(
            metavar="CORPUS…",
            help="Folders of NAME.txt with NAME.gold.json.",
            show_default=False,
        ),
    ],
    errors: Annotated[
        str | None,
        typer.Option(metavar="KIND", help="List the errors of a kind, each with its class."),
    ] = None,
    classes: Annotated[
        bool, typer.Option("--classes", help="Count the errors of each kind by class.")
    ] = False,
    html: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write a page with gold and extracted side by side."),
    ] = None,
    model: Model = None,
    form: Form = TableFormat.table,
    output: Output = None,
) -> None:
    """Compare extraction with gold annotations.

    Precision, recall and F1 for each kind of statement. What is behind them: --classes counts the
    errors by class, --errors lists those of a kind, --html shows every text.
    """
    from kg import evaluation
    from kg.extraction import pipeline

    if errors is not None:
        evaluation.Report().errors(errors)  # an unknown kind is told before the reading
    if (errors is not None) + classes > 1:
        raise UsageError("--errors and --classes are two tables", remedy="ask for one of them")
    samples = evaluation.samples(corpus, pipeline.load(model))
    if html is not None:
        from kg.evaluation.page import render

        terminal.write_file(html, render(samples).encode("utf-8", "replace"))
    tables.show(_table(samples, errors, classes), form, output)


def _table(samples: list[Sample], errors: str | None, classes: bool) -> pd.DataFrame:
    from kg import evaluation

    report = evaluation.measure(samples)
    if errors is not None:
        return report.errors(errors)
    return report.classes() if classes else report.table()
