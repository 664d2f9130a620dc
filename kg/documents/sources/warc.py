"""Web archives (WARC), read by fastwarc: Common Crawl's news crawl is the case."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from kg.documents.sources.content import MAX_BYTES, Content, damaged, needs
from kg.documents.sources.formats import Format, Found, by_media_type
from kg.errors import DocumentError

if TYPE_CHECKING:
    from kg.documents.sources.reader import Reader

_SUCCESS = range(200, 300)


def read(content: Content, reader: Reader) -> Found:
    """Yield the report of each answer in the archive that is a page, a PDF file or the like.

    Answers that are errors, redirects, pictures or styles are passed over. An archive that breaks
    off in an answer ends before it, so that no half page is taken for the whole.
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
                parse_http=False,
                max_content_length=MAX_BYTES,
            ):
                records += 1
                raw, length = record.reader.read(), record.headers.get("Content-Length") or ""
                if not length.isdecimal() or len(raw) < int(length):
                    raise damaged("web archive", "it breaks off in an answer", content.name)
                address = (record.headers.get("WARC-Target-URI") or "").strip("<>")
                yield from _documents(raw, address, content, reader)
        except DocumentError:
            raise
        except Exception as error:  # whatever a cut or hostile archive leads to
            raise damaged("web archive", error, content.name) from None
    if not records:
        raise damaged("web archive", "it has no answers of servers", content.name)


def _documents(raw: bytes, address: str, content: Content, reader: Reader) -> Found:
    try:
        answer = _answer(raw, address, content)
    except Exception as error:  # what a server has sent may be packed in any wrong way
        yield damaged("answer of a server", error, f"{content.name}, {address}")
        return
    if answer is not None:
        yield from reader.documents(answer)


def _answer(raw: bytes, address: str, content: Content) -> Content | None:
    """Return what a server answered; None if that is nothing to read."""
    from fastwarc.warc import WarcRecord  # noqa: PLC0415

    answer = WarcRecord()  # of its own, so that a broken one does not end the archive
    answer.set_bytes_content(raw)
    answer.is_http = True
    answer.parse_http(auto_decode="all")
    head, media_type = answer.http_headers, (answer.http_content_type or "").lower()
    if head is None or head.status_code not in _SUCCESS or by_media_type(media_type) is None:
        return None
    body = answer.reader.read(MAX_BYTES + 1)
    return Content(
        f"{content.name}, {address}",
        address,
        lambda: io.BytesIO(body),
        media_type=media_type,
        charset=answer.http_charset,
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
