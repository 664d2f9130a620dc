"""What a server lets robots ask for, and how often (RFC 9309, read by protego)."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from kg.documents.sources.content import needs
from kg.errors import DocumentError

AGENT = "silkgraph"
_AGE = 24 * 3600.0
_LONGEST_DELAY = 60.0
_HOSTS = 1000


@dataclass(frozen=True, slots=True)
class _Rules:
    rules: Any
    read_at: float


class Robots:
    """The robots.txt of each server, read once a day.

    Parameters
    ----------
    fetch : callable
        Returns the text of a robots.txt; empty where the server has none. Raises
        `DocumentError` where the server cannot be asked: then nothing of it may be.
    """

    def __init__(self, fetch: Callable[[str], str]):
        self._fetch = fetch
        self._known: dict[str, _Rules] = {}

    def check(self, url: str) -> None:
        """Raise `DocumentError` if the server asks robots not to read a page."""
        if not self._rules(url).can_fetch(url, AGENT):
            raise DocumentError(
                "its server asks programs not to read it (robots.txt)",
                where=url,
                remedy="save the page yourself, or ask those who publish it",
            )

    def delay(self, url: str) -> float:
        """Return how many seconds the server wants between two requests."""
        wanted = self._rules(url).crawl_delay(AGENT)
        return min(float(wanted or 0.0), _LONGEST_DELAY)

    def _rules(self, url: str) -> Any:
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        known = self._known.get(site)
        if known is None or time.time() - known.read_at > _AGE:
            if len(self._known) >= _HOSTS:
                self._known.clear()
            known = self._known[site] = _Rules(self._parsed(site), time.time())
        return known.rules

    def _parsed(self, site: str) -> Any:
        try:
            from protego import Protego  # noqa: PLC0415 - one of the extra `sources`
        except ImportError:
            raise needs("protego", site) from None
        return Protego.parse(self._fetch(f"{site}/robots.txt"))
