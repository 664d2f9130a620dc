"""RSS and Atom feeds, read by feedparser: the pages that they list; and sitemaps."""

from __future__ import annotations

import calendar
import io
import time
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kg.documents.document import Document
from kg.documents.sources import sitemaps
from kg.documents.sources.content import Content, damaged, needs, one_line
from kg.documents.sources.formats import Format, Found
from kg.errors import DocumentError

if TYPE_CHECKING:
    from kg.documents.sources.reader import Reader


def read(content: Content, reader: Reader) -> Found:
    """Yield the reports of the pages that a feed or a sitemap lists, each fetched."""
    if content.listed:  # a server could lead from one to the next without end
        raise DocumentError(
            "it is a feed or a sitemap, and listed by one",
            where=content.name,
            remedy="name it itself, if it is meant to be read",
        )
    raw = content.whole()
    if sitemaps.is_sitemap(raw):
        yield from sitemaps.read(raw, content, reader)
        return
    try:
        import feedparser  # noqa: PLC0415 - one of the extra `sources`
    except ImportError:
        raise needs("feedparser", content.name) from None
    headers = {"content-type": content.media_type or "application/xml"}
    if content.charset:
        headers["content-type"] += f"; charset={content.charset}"
    if content.fetched:
        headers["content-location"] = content.address
    feed = feedparser.parse(io.BytesIO(raw), response_headers=headers)
    wrong = feed.get("bozo_exception")
    if isinstance(wrong, feedparser.CharacterEncodingOverride):
        wrong = None  # what it says of its encoding is wrong, as of many
    if not feed.entries and (wrong or not feed.get("version")):
        raise damaged("feed", str(wrong or "it is none"), content.name)
    for entry in feed.entries:
        address = str(entry.get("link") or "").strip()
        if address.lower().startswith(("http://", "https://")):
            for one in reader.fetcher.documents(
                address, reader, newer=_changed(entry), listed=True
            ):
                yield _completed(one, entry) if isinstance(one, Document) else one


def _completed(document: Document, entry: Mapping[str, Any]) -> Document:
    """Return a document with what its page does not say and the feed does."""
    day = entry.get("published_parsed")
    return replace(
        document,
        title=document.title or one_line(entry.get("title")),
        published=document.published or (time.strftime("%Y-%m-%d", day) if day else None),
        author=document.author or one_line(entry.get("author")),
    )


def _changed(entry: Mapping[str, Any]) -> float:
    """Return when an entry changed last, in seconds since 1970; 0 if it does not say."""
    moment = entry.get("updated_parsed" if "updated_parsed" in entry else "published_parsed")
    try:
        return min(float(calendar.timegm(moment)), time.time()) if moment else 0.0
    except (ValueError, OverflowError):
        return 0.0


FORMAT = Format(
    "feed or sitemap",
    read,
    suffixes=frozenset({".rss", ".atom", ".xml"}),
    media_types=frozenset(
        {
            "application/rss+xml",
            "application/atom+xml",
            "application/rdf+xml",
            "application/xml",
            "text/xml",
        }
    ),
    magic=(b"<rss", b"<feed", b"<rdf:rdf", b"<urlset", b"<sitemapindex"),
    in_folders=False,
)
