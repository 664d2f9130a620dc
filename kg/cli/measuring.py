# ruff: noqa: PLC0415 - what is slow to import is imported by the command that needs it
"""How good the extraction is: `kg evaluate`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli import tables
from kg.cli.options import Form, Model, Output
from kg.cli.tables import TableFormat


def evaluate(  # noqa: PLR0913, PLR0917 - what can be asked for
    corpus: Annotated[
        Path, typer.Argument(metavar="CORPUS", help="A folder of NAME.txt with NAME.gold.json.")
    ],
    errors: Annotated[
        str | None,
        typer.Option(metavar="KIND", help="List what was missed and what was made up of a kind."),
    ] = None,
    resolution: Annotated[
        bool,
        typer.Option(help="Measure which gold entries are found to be the same thing instead."),
    ] = False,
    model: Model = None,
    form: Form = TableFormat.table,
    output: Output = None,
) -> None:
    """Compare extraction with gold annotations.

    Precision, recall and F1 for each kind of statement; --errors lists what is behind them.
    With --resolution, B-cubed and pairwise figures for each kind of entity.
    """
    if resolution:
        from kg.resolution.scoring import Agreement, read_gold

        agreement = Agreement.of(read_gold(corpus))
        shown = agreement.table() if errors is None else agreement.differences(errors)
        tables.show(shown, form, output)
        return
    from kg import evaluation
    from kg.extraction import pipeline

    if errors is not None:
        evaluation.Report().errors(errors)  # an unknown kind is told before the reading
    report = evaluation.evaluate(corpus, pipeline.load(model))
    tables.show(report.table() if errors is None else report.errors(errors), form, output)
