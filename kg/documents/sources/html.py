"""HTML pages: the report without what surrounds it, found by trafilatura.

A paragraph of the page is a paragraph of the text. The canonical address that a page names
is believed of a saved file, and of a fetched page where it stays on the server that sent it;
otherwise any page could take the place of another's.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from kg.documents.document import Document
from kg.documents.front_matter import is_date
from kg.documents.sources.content import Content, damaged, document_of, needs, no_text, one_line
from kg.documents.sources.formats import Format, Found
from kg.documents.sources.languages import language_of
from kg.errors import DocumentError

if TYPE_CHECKING:
    from kg.documents.sources.reader import Reader

MAX_TREE = 100_000
"""Most elements of a page; a report has hundreds, a hostile page millions."""

_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.I)
_LANGUAGE = re.compile(rb"<html\b[^>]{0,2000}?\blang\s*=\s*[\"']?\s*([A-Za-z]{2,3})\b", re.I)
_HEAD = 8192


def read(content: Content, reader: Reader) -> Found:
    """Yield the report that a page holds."""
    yield page(content.whole(), content)


def page(raw: bytes, content: Content) -> Document:
    """Return the report of a page.

    Raises
    ------
    DocumentError
        If there is no report in it, or it is no page.
    """
    html = decoded(raw, content)
    found = _extracted(html, content)
    text = paragraphs(found.text if found is not None else None)
    if not text:
        raise no_text(content.name)
    source = _source(found.url, content)
    declared = _LANGUAGE.search(raw[:_HEAD])
    local = None if content.fetched or content.depth else content.stem
    return document_of(
        content,
        text,
        id=local,
        source=source,
        title=found.title,
        published=found.date if found.date and is_date(found.date) else None,
        author=found.author,
        language=declared[1].decode("ascii").lower() if declared else language_of(text),
    )


def _extracted(html: str, content: Content) -> Any:
    try:
        from trafilatura import bare_extraction  # noqa: PLC0415 - loads slowly
    except ImportError:
        raise needs("trafilatura", content.name) from None
    if html.count("<") > MAX_TREE * 2:
        raise DocumentError(
            f"the page has more than {MAX_TREE:,} elements",
            where=content.name,
            remedy="save its text as .txt in UTF-8",
        )
    try:
        return bare_extraction(
            html,
            url=content.address if content.fetched else None,
            with_metadata=True,
            include_comments=False,
            include_tables=True,
        )
    except (ValueError, TypeError, AttributeError, LookupError, AssertionError) as error:
        raise damaged("HTML page", error, content.name) from None


def decoded(raw: bytes, content: Content) -> str:
    """Return a page as text, in UTF-8 or the encoding that its server or its head names."""
    if not raw.strip():
        raise no_text(content.name)
    meta = _META_CHARSET.search(raw[:_HEAD])
    named = [content.charset, meta[1].decode("ascii") if meta else None]
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        named.insert(0, "utf-16")
    for encoding in ("utf-8-sig", *filter(None, named)):
        try:
            return raw.decode(encoding).replace("\0", "")
        except (UnicodeDecodeError, LookupError):
            continue
    return _guessed(raw, content)


def _guessed(raw: bytes, content: Content) -> str:
    try:
        from charset_normalizer import from_bytes  # noqa: PLC0415 - comes with trafilatura
    except ImportError:
        raise needs("trafilatura", content.name) from None
    best = from_bytes(raw[: 256 * 1024]).best()
    if best is None:
        raise DocumentError(
            "its encoding cannot be told",
            where=content.name,
            remedy="save the page in UTF-8",
        )
    return raw.decode(best.encoding, "replace").replace("\0", "")


def paragraphs(text: str | None) -> str:
    """Return the lines of an extracted text as paragraphs."""
    lines = (one_line(line) for line in (text or "").splitlines())
    return "\n\n".join(filter(None, lines))


def _source(url: str | None, content: Content) -> str | None:
    """Return the address that the page is published under."""
    own = content.address if content.fetched else None
    if not url or urlsplit(url).scheme not in ("http", "https") or re.search(r"[\s<>\"]", url):
        return own
    if own is not None and _site(url) != _site(own):
        return own
    return url


def _site(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


FORMAT = Format(
    "HTML page",
    read,
    suffixes=frozenset({".html", ".htm", ".xhtml"}),
    media_types=frozenset({"text/html", "application/xhtml+xml"}),
    magic=(b"<!doctype html", b"<html"),
    library="trafilatura",
)
