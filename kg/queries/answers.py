# ruff: noqa: PLC0415 - what is slow to import is imported by the format that needs it
"""Answers as files: CSV, JSON, and a workbook for Excel.

Cells that a spreadsheet would take for a formula are marked as text: names and sentences
come from the news, and nothing in them may run.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from kg.errors import UsageError

if TYPE_CHECKING:
    import pandas as pd

_FORMULA = re.compile(r"[=+\-@\t\r]")
_HARMLESS = re.compile(r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|--\d\d(?:-\d\d)?", re.ASCII)
"""Numbers, and dates without a year, which RDF writes as ``--09-22``."""

_LONGEST_CELL = 32_767  # of Excel
_MOST_ROWS = 1_048_575  # of Excel, beside the header
_WIDEST_COLUMN = 60


def rows(frame: pd.DataFrame) -> Iterator[list[Any]]:
    """Yield rows of a table as plain Python values, with None where there is no value."""
    import pandas as pd

    for row in frame.itertuples(index=False, name=None):
        yield [_plain(value, pd) for value in row]


def _plain(value: Any, pandas: Any) -> Any:
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(item, pandas) for item in value]
    if value is None or pandas.isna(value):
        return None
    if isinstance(value, (str, bool, int, float)):
        return value
    return value.item() if hasattr(value, "item") else str(value)


def text_of(value: Any) -> str:
    """Return a value as the text of a cell."""
    if value is None:
        return ""
    if isinstance(value, list):
        return "; ".join(text_of(item) for item in value)
    return str(value)


def as_json(frame: pd.DataFrame) -> str:
    """Return a JSON array with one object a row; what has no value is null."""
    records = [dict(zip(frame.columns, row, strict=True)) for row in rows(frame)]
    return json.dumps(records, ensure_ascii=False, indent=1) + "\n"


def as_csv(frame: pd.DataFrame) -> str:
    """Return comma-separated values with a header, safe to open in a spreadsheet."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([_disarmed(str(column)) for column in frame.columns])
    for row in rows(frame):
        writer.writerow([_csv_cell(value) for value in row])
    return stream.getvalue()


def _csv_cell(value: Any) -> Any:
    return value if isinstance(value, (bool, int, float)) else _disarmed(text_of(value))


def _disarmed(text: str) -> str:
    """Put an apostrophe, a spreadsheet's mark of text, before what it would calculate."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if _FORMULA.match(text) and not _HARMLESS.fullmatch(text):
        return f"'{text}"
    return text


def workbook(frame: pd.DataFrame) -> bytes:
    """Return an Excel workbook with one sheet: header in bold, frozen, with filters."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font

    if len(frame) > _MOST_ROWS:
        raise UsageError(f"a workbook cannot hold {len(frame):,} rows", remedy="take --format csv")
    book = Workbook()
    sheet = book.active
    sheet.title = "answer"
    for column, name in enumerate(frame.columns, 1):
        cell = _set(sheet, 1, column, str(name))
        cell.font = Font(bold=True)
    for line, row in enumerate(rows(frame), 2):
        for column, value in enumerate(row, 1):
            _set(sheet, line, column, value).alignment = Alignment(wrap_text=True, vertical="top")
    _fit(sheet)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _set(sheet: Any, line: int, column: int, value: Any) -> Any:
    """Fill a cell; a word is text whatever it begins with, also when it is edited later."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    cell = sheet.cell(line, column)
    if value is None or isinstance(value, (bool, int, float)):
        cell.value = value
        return cell
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text_of(value))[:_LONGEST_CELL]
    cell.data_type = "s"
    cell.quotePrefix = bool(_FORMULA.match(str(cell.value)))
    return cell


def _fit(sheet: Any) -> None:
    from openpyxl.utils import get_column_letter

    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    for number, column in enumerate(sheet.iter_cols(values_only=True), 1):
        longest = max((len(str(value)) for value in column if value is not None), default=0)
        width = min(longest + 2, _WIDEST_COLUMN)
        sheet.column_dimensions[get_column_letter(number)].width = width
