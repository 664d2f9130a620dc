"""Tables for people and for programs: on the terminal, as CSV, JSON or a workbook."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.cli import terminal
from kg.errors import UsageError
from kg.queries.answers import as_csv, as_json, rows, text_of, workbook

if TYPE_CHECKING:
    import pandas as pd


class TableFormat(StrEnum):
    """What a table can be written as."""

    table = "table"
    csv = "csv"
    json = "json"
    xlsx = "xlsx"


def show(frame: pd.DataFrame, form: TableFormat, output: Path | None = None) -> None:
    """Print a table on standard output, or write it to a file.

    Parameters
    ----------
    frame : pandas.DataFrame
        The rows; the index is not shown.
    form : TableFormat
        What to write.
    output : Path, optional
        The file, which is replaced as a whole; a workbook needs one.

    Raises
    ------
    UsageError
        A workbook without a file, too many rows for it, or a file that cannot be written.
    """
    if form is TableFormat.xlsx:
        if output is None:
            raise UsageError(
                "a workbook needs a file", remedy="add --output FILE.xlsx, or take --format csv"
            )
        terminal.write_file(output, workbook(frame))
    elif form is TableFormat.table and output is None:
        terminal.print_rows(list(frame.columns), _shown(frame))
    else:
        text = {"csv": as_csv, "json": as_json, "table": as_text}[form](frame)
        terminal.write_text(text, output)


def _shown(frame: pd.DataFrame) -> list[list[str]]:
    """Return the cells as they are printed: fractions of a column with as many digits."""
    columns = [_column(list(values)) for values in zip(*rows(frame), strict=True)]
    return [list(row) for row in zip(*columns, strict=True)]


def _column(values: list[Any]) -> list[str]:
    digits = [f"{value:.3f}".rstrip("0") for value in values if isinstance(value, float)]
    most = max((len(text) - text.index(".") - 1 for text in digits), default=0)
    return [f"{value:.{most}f}" if isinstance(value, float) else text_of(value) for value in values]


def as_text(frame: pd.DataFrame) -> str:
    """Return the table as it is printed, without colour."""
    return terminal.rows_as_text(list(frame.columns), _shown(frame))
