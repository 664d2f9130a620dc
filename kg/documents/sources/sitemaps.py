"""Sitemaps (sitemaps.org, 0.9): the pages that a site lists of itself, and indexes of sitemaps."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from kg.documents.sources.content import Content, damaged, needs
from kg.documents.sources.formats import Found
from kg.errors import DocumentError

if TYPE_CHECKING:
    from kg.documents.sources.reader import Reader

MAX_PAGES = 50_000  # in one sitemap, says the protocol
_ROOT = re.compile(rb"<(?:[\w.-]+:)?(?:urlset|sitemapindex)\b")
_END = re.compile(rb"</(?:[\w.-]+:)?(?:urlset|sitemapindex)\s*>|/>\s*$")
_HEAD = 4096


def is_sitemap(raw: bytes) -> bool:
    """Whether an XML content is a sitemap or an index of them."""
    return _ROOT.search(raw[:_HEAD]) is not None


def read(raw: bytes, content: Content, reader: Reader) -> Found:
    """Yield the reports of the pages that a sitemap lists, each fetched.

    Pages of another server are passed over: a site speaks for itself only.
    """
    with reader.fetcher.walk(content.address):
        yield from _pages(raw, content, reader)
    if _END.search(raw[-_HEAD:]) is None:
        yield damaged("sitemap", "it breaks off, so that pages may be missing", content.name)


def _pages(raw: bytes, content: Content, reader: Reader) -> Found:
    host = _host(content.address) if content.fetched else None
    for kind, address, changed in _listed(raw, content.name):
        if host is not None and _host(address) != host:
            continue
        if kind == "url":
            yield from reader.fetcher.documents(address, reader, newer=changed, listed=True)
        elif content.depth < 2 and not reader.fetcher.walked(address):
            yield from _inner(address, content, reader)


def _inner(address: str, content: Content, reader: Reader) -> Found:
    try:
        found = reader.fetcher.get(address)
    except DocumentError as error:
        yield error
        return
    deeper = Content(
        found.name, found.address, found.opened, None, found.media_type, found.charset,
        fetched=True, depth=content.depth + 1,
    )  # fmt: skip
    yield from reader.documents(deeper)


def _listed(raw: bytes, where: str) -> Iterator[tuple[str, str, float]]:
    """Yield whether it is a page (``url``) or a ``sitemap``, its address, and when it changed."""
    try:
        from lxml import etree  # noqa: PLC0415 - comes with trafilatura
    except ImportError:
        raise needs("lxml", where) from None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    root = etree.fromstring(raw, parser)
    if root is None:
        raise damaged("sitemap", "it is no XML", where)
    for entry in list(root)[:MAX_PAGES]:
        values = {
            etree.QName(child).localname: (child.text or "").strip()
            for child in entry
            if isinstance(child.tag, str)
        }
        if isinstance(entry.tag, str) and values.get("loc"):
            yield etree.QName(entry).localname, values["loc"], _moment(values.get("lastmod"))


def _moment(value: str | None) -> float:
    try:
        moment = datetime.fromisoformat(value or "")
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return min(aware.timestamp(), time.time())
    except (ValueError, OverflowError):
        return 0.0


def _host(address: str) -> str | None:
    try:
        return urlsplit(address).netloc.lower()
    except ValueError:
        return None
