"""Parquet tables with a report in each row, read by pyarrow a batch at a time."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from kg.documents.sources.content import Content, damaged, needs
from kg.documents.sources.formats import Format, Found
from kg.documents.sources.tables import Row, columns_of, rows_documents
from kg.errors import DocumentError

if TYPE_CHECKING:
    from kg.documents.sources.reader import Reader

_BATCH = 256


def read(content: Content, reader: Reader) -> Found:
    """Yield the document of each row."""
    try:
        import pyarrow as pa  # noqa: PLC0415 - loads slowly
        from pyarrow import parquet  # noqa: PLC0415
    except ImportError:
        raise needs("pyarrow", content.name) from None
    try:
        with content.stream() as stream:
            seekable = stream if content.path is not None else io.BytesIO(content.whole())
            table = parquet.ParquetFile(seekable)
            yield from rows_documents(_rows(table, content, reader), content, reader)
    except (pa.ArrowException, ValueError) as error:
        raise damaged("Parquet file", error, content.name) from None


def _rows(
    table: Any, content: Content, reader: Reader
) -> Iterator[tuple[int, Row | DocumentError]]:
    columns = columns_of(table.schema_arrow.names, reader.options.columns, content.name)
    number = 0
    for batch in table.iter_batches(batch_size=_BATCH, columns=list(columns.values())):
        for row in batch.to_pylist():
            number += 1
            yield number, row


FORMAT = Format(
    "Parquet",
    read,
    suffixes=frozenset({".parquet"}),
    media_types=frozenset({"application/vnd.apache.parquet"}),
)
