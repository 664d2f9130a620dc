"""Tables with a report in each row: CSV, JSON Lines; what they share with Parquet."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import TYPE_CHECKING, Any, BinaryIO

from kg.documents.document import Document
from kg.documents.front_matter import is_date
from kg.documents.sources.content import MAX_BYTES, Content, damaged, document_of
from kg.documents.sources.formats import Format, Found
from kg.documents.sources.languages import language_of
from kg.errors import DocumentError

if TYPE_CHECKING:
    from kg.documents.sources.reader import Reader

Row = Mapping[str, Any]
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
_OTHER_COLUMN = "name the columns, for instance --column text=body"
_PATIENCE = 20  # rows without a text until none is expected
_END = "\0the end of the table\0"
_DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


@cache
def names() -> Mapping[str, tuple[str, ...]]:
    """Return what the columns for each field of a document may be called."""
    data = tomllib.loads((files("kg.documents.sources") / "columns.toml").read_text("utf-8"))
    return {field: tuple(listed) for field, listed in data.items()}


def columns_of(header: Iterable[str], chosen: Mapping[str, str], where: str) -> dict[str, str]:
    """Return the column of a table for each field that it has.

    Parameters
    ----------
    header : iterable of str
        What the columns are called.
    chosen : mapping of str to str
        Columns that the user has named.
    where : str
        Name of the table in errors.

    Raises
    ------
    DocumentError
        If no column holds the text, or a named one is missing.
    """
    known = {str(name).strip().lower(): name for name in header if name is not None}
    found: dict[str, str] = {}
    for field, usual in names().items():
        wanted = [chosen[field]] if field in chosen else usual
        there = [known[name.lower()] for name in wanted if name.lower() in known]
        if there:
            found[field] = there[0]
        elif field in chosen or field == "text":
            raise DocumentError(
                f"no column is called {wanted[0]!r}; there are {', '.join(known) or 'none'}"[:300],
                where=where,
                remedy=_OTHER_COLUMN,
            )
    return found


def row_document(row: Row, columns: Mapping[str, str], content: Content, where: str) -> Document:
    """Return the document of a row."""
    values = {field: _words(row.get(column)) for field, column in columns.items()}
    if isinstance(row.get(columns["text"]), Mapping | int | float):
        raise DocumentError(
            f"its column {columns['text']!r} holds no text", where=where, remedy=_OTHER_COLUMN
        )
    text = (values.get("text") or "").replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    source, id = values.get("source"), values.get("id")
    language = values.get("language")
    valid = source if source and _ADDRESS.fullmatch(source) else None
    here = Content(where, content.address, content.opened)
    return document_of(
        here,
        text.strip(),
        id=id,
        address=valid or f"{content.address}#{id or _digest(text)}",
        source=valid,
        title=values.get("title"),
        published=_day(values.get("published")),
        author=values.get("author"),
        language=language if language and _LANGUAGE.fullmatch(language) else language_of(text),
    )


def rows_documents(
    rows: Iterable[tuple[int, Row | DocumentError]], content: Content, reader: Reader
) -> Found:
    """Yield the document of each numbered row, or an error that names the row."""
    columns: dict[str, str] | None = None
    for at, (number, row) in enumerate(rows):
        where = f"{content.name}, row {number}"
        if isinstance(row, DocumentError):
            yield row
            continue
        try:
            if columns is None or not columns.keys() <= row.keys():
                columns = columns_of(row.keys(), reader.options.columns, content.name)
            yield row_document(row, columns, content, where)
        except DocumentError as error:
            if columns is None and at >= _PATIENCE:
                raise  # no row so far has a text: not as many errors as there are rows
            yield DocumentError(error.message, where=where, remedy=error.remedy)


def read_json_lines(content: Content, reader: Reader) -> Found:
    """Yield the document of each line."""
    with content.stream() as stream:
        yield from rows_documents(_objects(stream, content.name), content, reader)


def _objects(stream: BinaryIO, where: str) -> Iterator[tuple[int, Row | DocumentError]]:
    for number, line in enumerate(_lines(stream, where), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line.decode("utf-8-sig"))
            if not isinstance(row, dict):
                raise ValueError("it is no object { … }")
            yield number, row
        except (ValueError, RecursionError) as error:
            yield number, damaged("line of JSON", error, f"{where}, row {number}")


def _lines(stream: BinaryIO, where: str) -> Iterator[bytes]:
    while line := stream.readline(MAX_BYTES + 1):
        if len(line) > MAX_BYTES:
            raise DocumentError(
                f"a line is longer than {MAX_BYTES // 1024 // 1024} MB",
                where=where,
                remedy="write one report a line",
            )
        yield line


def read_csv(content: Content, reader: Reader) -> Found:
    """Yield the document of each row; the first row names the columns."""
    csv.field_size_limit(MAX_BYTES)
    with content.stream() as stream:
        table = io.TextIOWrapper(stream, "utf-8-sig", newline="")
        try:
            yield from rows_documents(_cells(table, content.name, reader), content, reader)
        except UnicodeDecodeError as error:
            remedy = "save it in UTF-8; Excel calls that 'CSV UTF-8'"
            raise DocumentError(
                f"it is not UTF-8 ({error})", where=content.name, remedy=remedy
            ) from None
        except csv.Error as error:
            raise damaged("CSV file", error, content.name) from None


def _cells(
    table: io.TextIOWrapper, where: str, reader: Reader
) -> Iterator[tuple[int, Row | DocumentError]]:
    lines = _bounded(table)
    first = next(lines, "")
    tabs = where.lower().endswith(".tsv") or first.count("\t") > first.count(",")
    delimiter = "\t" if tabs else ";" if first.count(";") > first.count(",") else ","
    rows = csv.DictReader(chain([first], lines, ["\n", _END]), delimiter=delimiter)
    columns_of(rows.fieldnames or (), reader.options.columns, where)  # once, not for each row
    for number, row in enumerate(rows, 2):
        last = next(iter(row.values()))
        if last == _END:
            return
        if any(isinstance(value, str) and value.endswith(_END) for value in row.values()):
            yield (
                number,
                damaged("row", "a quotation mark in it is never closed", f"{where}, row {number}"),
            )
            return
        yield number, {key: value for key, value in row.items() if key is not None}


def _bounded(table: io.TextIOWrapper) -> Iterator[str]:
    while line := table.readline(MAX_BYTES):
        yield line


def _words(value: object) -> str | None:
    if value is None:
        return None
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return str(value)


def _day(value: str | None) -> str | None:
    """Return the date at the beginning of a value."""
    match = _DAY.match(value or "")
    return match[0] if match and is_date(match[0]) else None


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


CSV = Format(
    "CSV",
    read_csv,
    suffixes=frozenset({".csv", ".tsv"}),
    media_types=frozenset({"text/csv", "text/tab-separated-values"}),
)
JSON_LINES = Format(
    "JSON Lines",
    read_json_lines,
    suffixes=frozenset({".jsonl", ".ndjson"}),
    media_types=frozenset({"application/jsonl", "application/x-ndjson"}),
    magic=(b'{"',),
)
