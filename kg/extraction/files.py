"""Records in files, each with its document, so that a graph can be made of them elsewhere.

Two forms hold the same: JSON Lines, where a record has beside its own keys a ``document``, and
Parquet, where a row has the document in columns and the record as JSON.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, BinaryIO

from kg.documents.document import Document
from kg.documents.sources import filesystems
from kg.documents.sources.content import MAX_BYTES, needs, shown
from kg.errors import DocumentError, KgError, RecordError
from kg.extraction.record import Record

if TYPE_CHECKING:
    import pyarrow as pa

Reading = tuple[Document, Record]
"""A document with what an extractor says of it."""

PARQUET = ".parquet"
SUFFIXES = (PARQUET, ".jsonl", ".ndjson")
_BATCH = 256
_LONGEST = 4 * MAX_BYTES  # bytes of a line: the longest document, and its record
_DOCUMENT = ("id", "address", "language", "source", "title", "published", "author", "text")
_NEEDED = ("id", "text", "language", "address")
_REMEDY = "write records with `kg extract --text`, or to a file that ends in .parquet"


def line(document: Document, record: Record) -> str:
    """Return a document and its record as one line of JSON, without the line's end."""
    about = {"document": _about(document)}
    return json.dumps(record.to_dict() | about, ensure_ascii=False)


def write_parquet(stream: IO[bytes], readings: Iterable[Reading]) -> int:
    """Write documents and their records as Parquet; return how many.

    Raises
    ------
    DocumentError
        If pyarrow is not installed.
    """
    pa, parquet = _pyarrow("records")
    fields = [(name, pa.string(), name not in _NEEDED) for name in _DOCUMENT]
    schema = pa.schema([pa.field(*each) for each in (*fields, ("record", pa.string(), False))])
    found, count = iter(readings), 0
    schema = schema.with_metadata({"silkgraph": version("silkgraph")})
    with parquet.ParquetWriter(stream, schema, compression="zstd") as writer:
        while rows := [_row(*reading) for reading in islice(found, _BATCH)]:
            writer.write_table(pa.Table.from_pylist(rows, schema=schema))
            count += len(rows)
    return count


def read(place: str | Path) -> Iterator[Reading | KgError]:
    """Yield the documents and records of a file; what is broken in it is an error in its place.

    Parameters
    ----------
    place : str or Path
        JSON Lines, or Parquet if its name ends so; a path, or an address that fsspec opens.
    """
    try:
        if filesystems.is_elsewhere(place):
            with filesystems.copied(str(place)) as copy:
                yield from _readings(copy, shown(place))
        else:
            yield from _readings(Path(place), shown(place))
    except OSError as error:
        yield DocumentError(f"it cannot be read: {error.strerror or error}", where=shown(place))
    except KgError as error:
        yield error


def files(places: Iterable[str | Path]) -> list[str | Path]:
    """Return the files of records at these places: files, and those in folders, by name.

    Raises
    ------
    DocumentError
        If a path does not exist, or a folder has no records.
    """
    found: list[str | Path] = []
    for place in places:
        inside = _elsewhere(str(place)) if filesystems.is_elsewhere(place) else _here(Path(place))
        if not inside:
            raise DocumentError("there are no records here", where=shown(place), remedy=_REMEDY)
        found += inside
    return found


def _here(path: Path) -> list[Path]:
    if not path.exists():
        raise DocumentError("no such file or folder", where=shown(path), remedy=_REMEDY)
    if not path.is_dir():
        return [path]
    return sorted(each for each in path.iterdir() if each.suffix in SUFFIXES)


def _elsewhere(place: str) -> list[str | Path]:
    found = filesystems.expanded(place)
    inside = [each for each in found if each.endswith(SUFFIXES)]
    return [each if filesystems.is_elsewhere(each) else Path(each) for each in inside]


def count(place: str | Path) -> int:
    """Return how many records a file has, quickly; 0 if that cannot be told."""
    if filesystems.is_elsewhere(place):
        return 0
    path = Path(place)
    try:
        if path.suffix == PARQUET:
            return int(_pyarrow(shown(path))[1].read_metadata(path).num_rows)
        with path.open("rb") as stream:
            return sum(block.count(b"\n") for block in iter(lambda: stream.read(1 << 20), b""))
    except (OSError, ValueError, KgError):
        return 0


def _row(document: Document, record: Record) -> dict[str, str | None]:
    return _about(document) | {"record": record.to_json()}


def _about(document: Document) -> dict[str, str | None]:
    return {name: getattr(document, name) for name in _DOCUMENT}


def _readings(path: Path, where: str) -> Iterator[Reading | KgError]:
    return (_parquet if path.suffix == PARQUET else _lines)(path, where)


def _lines(path: Path, where: str) -> Iterator[Reading | KgError]:
    with path.open("rb") as stream:
        for number, raw in enumerate(_short(stream, where), 1):
            if raw.strip():
                yield _reading(raw, f"{where}, line {number}")


def _short(stream: BinaryIO, where: str) -> Iterator[bytes]:
    """Yield lines; one that has no end ends the file."""
    while raw := stream.readline(_LONGEST + 1):
        if len(raw) > _LONGEST:
            raise RecordError("a line is too long for a record", where=where, remedy=_REMEDY)
        yield raw


def _parquet(path: Path, where: str) -> Iterator[Reading | KgError]:
    pa, parquet = _pyarrow(where)
    number = 0
    try:
        with parquet.ParquetFile(path) as table:
            if missing := {*_NEEDED, "record"} - set(table.schema_arrow.names):
                names = ", ".join(sorted(missing))
                raise RecordError(f"no column {names}", where=where, remedy=_REMEDY)
            for batch in table.iter_batches(batch_size=_BATCH):
                for row in batch.to_pylist():
                    number += 1
                    yield _reading(row["record"], f"{where}, row {number}", row)
    except (pa.ArrowException, ValueError) as error:
        raise RecordError(f"not a Parquet file of records ({error})", where=where) from None


def _reading(
    record: str | bytes, where: str, document: dict[str, Any] | None = None
) -> Reading | KgError:
    """Return a document and its record, checked, or what is wrong with them."""
    try:
        data = json.loads(record)
    except (ValueError, TypeError, RecursionError) as error:
        return RecordError(f"not JSON ({error})", where=where, remedy=_REMEDY)
    try:
        if not isinstance(data, dict):
            raise RecordError("not an extraction record", where=where, remedy=_REMEDY)
        found = _document(data.get("document") if document is None else document, where)
        read_in_it = Record.from_dict(data, where=where)
        read_in_it.check(found.text, where=where)
    except KgError as error:
        return error
    return found, read_in_it


def _document(data: Any, where: str) -> Document:
    if not isinstance(data, dict):
        raise RecordError("it comes without its document", where=where, remedy=_REMEDY)
    for name in _DOCUMENT:
        value = data.get(name)
        if not (isinstance(value, str) or (value is None and name not in _NEEDED)):
            raise RecordError(f"it has no {name} of its document", where=where, remedy=_REMEDY)
    return Document(**{name: data[name] for name in _DOCUMENT if name in data})


def _pyarrow(where: str) -> tuple[pa, Any]:
    try:
        import pyarrow  # noqa: PLC0415 - loads slowly
        from pyarrow import parquet  # noqa: PLC0415
    except ImportError:
        raise needs("pyarrow", where) from None
    return pyarrow, parquet
