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

if TYPE_CHECKING:
    from kg.documents.sources.reader import Reader


def read(content: Content, reader: Reader) -> Found:
    """Yield the reports of the pages that a feed or a sitemap lists, each fetched."""
    raw = content.whole()
    if sitemaps.is_sitemap(raw):
        yield from sitemaps.read(raw, content, reader)
        return
    try:
        import feedparser  # noqa: PLC0415 - one of the extra `sources`
    except ImportError:
        raise needs("feedparser", content.name) from None
    headers = {"content-location": content.address} if content.fetched else {}
    feed = feedparser.parse(io.BytesIO(raw), response_headers=headers)
    if not feed.entries and (feed.bozo or not feed.get("version")):
        raise damaged("feed", str(feed.get("bozo_exception", "it is none")), content.name)
    for entry in feed.entries:
        address = str(entry.get("link") or "").strip()
        if address.lower().startswith(("http://", "https://")):
            for one in reader.fetcher.documents(address, reader, newer=_changed(entry)):
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
