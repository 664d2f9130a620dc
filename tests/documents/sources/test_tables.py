from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from kg.documents.document import Document
from kg.documents.sources import Options, tables
from kg.errors import DocumentError
from sources.samples import FIRST, SECOND, documents, only, read, refused, write

ROWS = [
    {"id": "n1", "url": "https://n.example/1", "headline": "Visit", "text": FIRST,
     "date": "2024-05-13T10:00:00Z", "lang": "en", "authors": ["Jane Doe", "John Roe"]},
    {"id": "n2", "url": None, "headline": None, "text": SECOND, "date": "soon", "lang": None,
     "authors": None},
]  # fmt: skip


def lines(*rows: object) -> str:
    return "".join(f"{json.dumps(row)}\n" for row in rows)


def written(folder: Path, kind: str) -> Path:
    path = folder / f"reports.{kind}"
    if kind == "parquet":
        parquet.write_table(pa.Table.from_pylist(ROWS), path)
    elif kind == "jsonl":
        write(path, lines(*ROWS))
    else:
        mark = {"csv": ",", "tsv": "\t"}[kind]
        flat = [{**row, "authors": ", ".join(row["authors"] or [])} for row in ROWS]  # type: ignore[arg-type]
        out = mark.join(flat[0]) + "\n"
        for row in flat:
            out += mark.join(f'"{value or ""}"' for value in row.values()) + "\n"
        write(path, out)
    return path


@pytest.mark.parametrize("kind", ["jsonl", "csv", "tsv", "parquet"])
def test_each_row_is_a_report(tmp_path: Path, kind: str) -> None:
    path = written(tmp_path, kind)
    first, second = documents(path)
    assert (first.id, first.title, first.text) == ("n1", "Visit", FIRST)
    assert first.address == first.source == "https://n.example/1"
    assert (first.published, first.language) == ("2024-05-13", "en")
    assert first.author == "Jane Doe, John Roe"
    assert second.address == f"{path.as_uri()}#n2"
    assert (second.source, second.title, second.published) == (None, None, None)


def test_columns_by_other_names(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", f'Body text;Überschrift\n"{FIRST}";Visit\n')
    options = Options(columns={"text": "body text", "title": "Überschrift"})
    document = only(path, options)
    assert (document.text, document.title) == (FIRST, "Visit")
    assert "--column text=body" in str(refused(path))
    missing = refused(path, Options(columns={"text": "nothing"}))
    assert "no column is called 'nothing'; there are body text, überschrift" in str(missing)


def test_one_broken_row_stops_nothing(tmp_path: Path) -> None:
    content = lines(ROWS[0]) + "{broken\n[1]\n\n" + lines({"text": ""}, ROWS[1])
    found = read(write(tmp_path / "a.jsonl", content))
    errors = [str(one) for one in found if isinstance(one, DocumentError)]
    assert len(found) == 5
    assert [error.split(":")[0].rpartition("/")[2] for error in errors] == [
        "a.jsonl, row 2",
        "a.jsonl, row 3",
        "a.jsonl, row 5",
    ]


def test_rows_without_an_id_keep_their_address_when_others_come_before(tmp_path: Path) -> None:
    first = only(write(tmp_path / "a.jsonl", lines({"text": FIRST})))
    _, same = documents(write(tmp_path / "a.jsonl", lines({"text": SECOND}, {"text": FIRST})))
    assert same.address == first.address


def test_a_line_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MAX_BYTES", 1000)
    assert "a line is longer" in str(refused(write(tmp_path / "a.jsonl", "x" * 2000)))


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.parquet", b"PAR1 no table", "no sound Parquet file"),
        ("a.csv", "text\nZoë".encode("latin-1"), "it is not UTF-8"),
        ("a.csv", b"", "there are none"),
    ],
)
def test_what_is_no_table(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    found = read(write(tmp_path / name, content))
    assert all(isinstance(one, DocumentError) for one in found)
    assert said in str(found[0])


def test_a_quotation_mark_that_is_never_closed(tmp_path: Path) -> None:
    """It would make one report of all that follow."""
    path = write(tmp_path / "a.csv", f'text,title\n{SECOND},One\n"{FIRST},Two\n{SECOND},Three')
    first, error = read(path)
    assert isinstance(first, Document)
    assert "row 3" in str(error)
    assert "never closed" in str(error)
    assert len(documents(write(tmp_path / "b.csv", f'text,title\n"{FIRST}",""\n'))) == 1


def test_a_spreadsheet_with_its_mark_and_semicolons(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", f"\ufefftext;title\r\n{SECOND};Visit\r\n")
    assert (only(path).text, only(path).title) == (SECOND, "Visit")
    cyrillic = "text;title\nРектор;Визит\n"
    assert "CSV UTF-8" in str(refused(write(tmp_path / "b.csv", cyrillic.encode("cp1251"))))


@pytest.mark.parametrize("kind", ["csv", "jsonl"])
def test_a_table_without_a_text_is_told_once_not_for_each_row(tmp_path: Path, kind: str) -> None:
    rows = "words\n" + f"{FIRST}\n" * 500 if kind == "csv" else lines({"words": FIRST}) * 500
    found = read(write(tmp_path / f"a.{kind}", rows))
    assert len(found) == (1 if kind == "csv" else tables._PATIENCE + 1)
    assert "there are words" in str(found[-1])


@pytest.mark.parametrize("text", [12, 1.5, True, {"a": 1}])
def test_what_is_no_text_is_not_read_as_one(tmp_path: Path, text: object) -> None:
    path = write(tmp_path / "a.jsonl", lines({"text": text}, {"text": FIRST}))
    error, document = read(path)
    assert "holds no text" in str(error)
    assert isinstance(document, Document)
