from __future__ import annotations

import csv
import datetime
import io
import json
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.cli import tables
from kg.cli.tables import TableFormat
from kg.errors import UsageError

FRAME = pd.DataFrame(
    {
        "name": ["Ланьчжоу", '=HYPERLINK("http://e.org")', "+1", "-x", "@me", "--09-22"],
        "number": [1, 2, 3, -4, 5, 6],
        "share": [0.5, None, 1.25, 2.0, 3.0, 4.0],
        "day": [datetime.date(2025, 9, 22), None, "2025", "", "a\nb", "c,d"],
    }
)


def test_json_keeps_types_and_has_null_for_nothing() -> None:
    records = json.loads(tables.as_json(FRAME))
    assert records[0] == {"name": "Ланьчжоу", "number": 1, "share": 0.5, "day": "2025-09-22"}
    assert records[1]["share"] is None
    assert records[1]["day"] is None
    assert "Ланьчжоу" in tables.as_json(FRAME)


def test_csv_reads_back_and_disarms_formulas() -> None:
    rows = list(csv.reader(io.StringIO(tables.as_csv(FRAME))))
    assert rows[0] == ["name", "number", "share", "day"]
    assert [row[0] for row in rows[1:]] == [
        "Ланьчжоу",
        '\'=HYPERLINK("http://e.org")',
        "+1",
        "'-x",
        "'@me",
        "--09-22",
    ]
    assert rows[4][1] == "-4"
    assert rows[5][3] == "a\nb"


def test_lists_are_joined_in_csv_and_stay_lists_in_json() -> None:
    frame = pd.DataFrame({"aliases": [["A", "B"], []]})
    assert tables.as_csv(frame) == 'aliases\nA; B\n""\n'
    assert json.loads(tables.as_json(frame)) == [{"aliases": ["A", "B"]}, {"aliases": []}]


def test_a_workbook_holds_text_where_a_formula_would_be(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    tables.show(FRAME, TableFormat.xlsx, path)
    sheet = openpyxl.load_workbook(path).active
    assert [cell.value for cell in sheet[1]] == list(FRAME.columns)
    assert sheet["A1"].font.bold
    assert sheet["A3"].value == '=HYPERLINK("http://e.org")'
    assert sheet["A3"].data_type == "s"
    assert sheet["A3"].quotePrefix
    assert not sheet["A2"].quotePrefix
    assert sheet["B5"].value == -4
    assert sheet["C3"].value is None
    assert sheet.freeze_panes == "A2"


def test_a_workbook_takes_what_excel_refuses() -> None:
    frame = pd.DataFrame({"a": ["x\x07y", "z" * 40_000]})
    sheet = openpyxl.load_workbook(io.BytesIO(tables.workbook(frame))).active
    assert sheet["A2"].value == "xy"
    assert len(sheet["A3"].value) == 32_767


def test_a_workbook_needs_a_file() -> None:
    with pytest.raises(UsageError, match=r"add --output FILE\.xlsx"):
        tables.show(FRAME, TableFormat.xlsx)


def test_an_empty_answer_has_its_header() -> None:
    empty = pd.DataFrame(columns=["a", "b"])
    assert tables.as_csv(empty) == "a,b\n"
    assert tables.as_json(empty) == "[]\n"
    assert openpyxl.load_workbook(io.BytesIO(tables.workbook(empty))).active["B1"].value == "b"


def test_the_table_is_plain_and_keeps_brackets(capsys: pytest.CaptureFixture[str]) -> None:
    tables.show(pd.DataFrame({"a": ["[bold]x[/bold]"], "n": [3]}), TableFormat.table)
    printed = capsys.readouterr().out
    assert "[bold]x[/bold]" in printed
    assert "\x1b" not in printed


def test_no_rows_are_said_beside_the_data(capsys: pytest.CaptureFixture[str]) -> None:
    tables.show(pd.DataFrame(columns=["a"]), TableFormat.table)
    assert capsys.readouterr() == ("", "no rows\n")


@pytest.mark.parametrize("form", ["csv", "json", "table"])
def test_a_file_takes_what_would_be_printed(form: str, tmp_path: Path) -> None:
    path = tmp_path / "answer"
    path.write_text("old")
    tables.show(FRAME, TableFormat(form), path)
    assert "Ланьчжоу" in path.read_text()
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    for path in [tmp_path / "no" / "a.csv", tmp_path]:
        with pytest.raises(UsageError, match="it cannot be written") as caught:
            tables.show(FRAME, TableFormat.csv, path)
        assert caught.value.where == str(path)


@given(st.lists(st.text(max_size=30).filter(lambda text: "\r" not in text), min_size=1, max_size=8))
def test_any_text_reads_back_from_csv_and_runs_nowhere(texts: list[str]) -> None:
    written = tables.as_csv(pd.DataFrame({"n": 1, "t": pd.Series(texts, dtype=object)}))
    cells = [cell for _, cell in csv.reader(io.StringIO(written, newline=""))][1:]
    assert [cell.removeprefix("'") for cell in cells] == [text.removeprefix("'") for text in texts]
    for cell in cells:
        assert cell[:1] not in {"=", "@", "\t"}
        assert cell[:1] not in {"+", "-"} or set(cell) <= set("0123456789+-.eE")
