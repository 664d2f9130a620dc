# ruff: noqa: PLC0415 - what is slow to import is imported by the command that needs it
"""How good the extraction is: `kg evaluate`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import tables, terminal
from kg.cli.options import DEFAULT_EXTRACTOR, ExtractorName, Form, Model, Output
from kg.cli.tables import TableFormat
from kg.errors import UsageError

if TYPE_CHECKING:
    import pandas as pd

    from kg.evaluation import Report
    from kg.evaluation.corpus import Sample
    from kg.extraction.engines import Extractor


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
    calibration: Annotated[
        bool, typer.Option("--calibration", help="Show how well confidences keep their promise.")
    ] = False,
    reliability: Annotated[
        str | None,
        typer.Option(metavar="KIND", help="Show how often a kind is right, by confidence."),
    ] = None,
    html: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write a page with gold and extracted side by side."),
    ] = None,
    resolution: Annotated[
        bool,
        typer.Option(help="Measure which gold entries are found to be the same thing instead."),
    ] = False,
    model: Model = None,
    extractor: ExtractorName = DEFAULT_EXTRACTOR,
    form: Form = TableFormat.table,
    output: Output = None,
) -> None:
    """Compare extraction with gold annotations.

    Precision, recall and F1 for each kind of statement. What is behind them: --classes counts the
    errors by class, --errors lists those of a kind, --html shows every text. --calibration compares
    confidences with how often they are right; held out means fitted on the other texts.
    With --resolution, B-cubed and pairwise figures for each kind of entity.
    """
    if resolution:
        tables.show(_resolved(corpus, errors), form, output)
        return
    from kg import evaluation
    from kg.extraction import engines

    _only_one(errors=errors, classes=classes, calibration=calibration, reliability=reliability)
    if errors is not None:
        evaluation.Report().errors(errors)  # an unknown kind is told before the reading
    engine = engines.load(extractor, model)
    samples = evaluation.samples(corpus, engine)
    if html is not None:
        _write_page(html, samples)
    if calibration or reliability is not None:
        table = _calibration(corpus, engine, reliability)
    else:
        table = _table(evaluation.measure(samples), errors, classes)
    tables.show(table, form, output)


def _resolved(corpus: list[Path], kind: str | None) -> pd.DataFrame:
    from kg.resolution.scoring import Agreement, read_gold

    agreement = Agreement.of(read_gold(_one(corpus)))
    return agreement.table() if kind is None else agreement.differences(kind)


def _write_page(file: Path, samples: Sequence[Sample]) -> None:
    from kg.evaluation.page import render

    terminal.write_file(file, render(samples).encode("utf-8", "replace"))


def _one(folders: list[Path]) -> Path:
    if len(folders) != 1:
        raise UsageError("--resolution takes one folder", remedy="the one with identity.gold.json")
    return folders[0]


def _only_one(**tables: object) -> None:
    chosen = [f"--{name}" for name, value in tables.items() if value not in (None, False)]
    if len(chosen) > 1:
        raise UsageError(
            f"{' and '.join(chosen)} are different tables", remedy="ask for one of them"
        )


def _table(report: Report, errors: str | None, classes: bool) -> pd.DataFrame:
    if errors is not None:
        return report.errors(errors)
    return report.classes() if classes else report.table()


def _calibration(corpus: list[Path], extractor: Extractor, kind: str | None) -> pd.DataFrame:
    from kg.evaluation import calibration

    if kind is not None:
        calibration.reliability([], kind)  # an unknown kind is told before the reading
    told, held_out = calibration.measured(corpus, extractor)
    return (
        calibration.table(told, held_out)
        if kind is None
        else calibration.reliability(held_out, kind)
    )
