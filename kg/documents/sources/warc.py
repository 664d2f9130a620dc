"""Web archives (WARC), read by fastwarc: Common Crawl's news crawl is the case."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from kg.documents.sources.content import MAX_BYTES, Content, damaged, needs
from kg.documents.sources.formats import Format, Found, by_media_type
from kg.errors import DocumentError

if TYPE_CHECKING:
    from kg.documents.sources.reader import Reader

_SUCCESS = range(200, 300)


def read(content: Content, reader: Reader) -> Found:
    """Yield the report of each answer in the archive that is a page, a PDF file or the like.

    Answers that are errors, redirects, pictures or styles are passed over.
    """
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType  # noqa: PLC0415 - loads slowly
    except ImportError:
        raise needs("fastwarc", content.name) from None
    records = 0
    with content.stream() as stream:
        try:
            for record in ArchiveIterator(
                stream,
                record_types=WarcRecordType.response,
                parse_http=True,
                auto_decode="all",
                max_content_length=MAX_BYTES,
            ):
                records += 1
                answer = _answer(record, content)
                if answer is not None:
                    yield from reader.documents(answer)
        except DocumentError:
            raise
        except Exception as error:  # whatever a cut or hostile archive leads to
            raise damaged("web archive", error, content.name) from None
    if not records:
        raise damaged("web archive", "it has no answers of servers", content.name)


def _answer(record: Any, content: Content) -> Content | None:
    """Return what a server answered; None if that is nothing to read."""
    head, address = record.http_headers, record.headers.get("WARC-Target-URI") or ""
    media_type = (record.http_content_type or "").lower()
    if head is None or head.status_code not in _SUCCESS or by_media_type(media_type) is None:
        return None
    body = record.reader.read(MAX_BYTES + 1)
    return Content(
        f"{content.name}, {address.strip('<>')}",
        address.strip("<>"),
        lambda: io.BytesIO(body),
        media_type=media_type,
        charset=record.http_charset,
        fetched=True,
        depth=content.depth + 1,
    )


FORMAT = Format(
    "web archive",
    read,
    suffixes=frozenset({".warc", ".warc.gz"}),
    media_types=frozenset({"application/warc"}),
    magic=(b"warc/1",),
)
