"""What was fetched, in one SQLite file: its body and what the server needs to say "unchanged".

The graph knows what was read; this only spares servers and lines. It may be deleted at any
time, and what was not asked for in a month is dropped.
"""

from __future__ import annotations

import sqlite3
import time
import zlib
from dataclasses import dataclass, replace
from pathlib import Path

from kg.documents.sources.keeping import keep, kept

_KEPT = 30 * 24 * 3600.0
_TABLE = """
CREATE TABLE IF NOT EXISTS page (
  address TEXT PRIMARY KEY, final TEXT, media_type TEXT, charset TEXT, etag TEXT,
  modified TEXT, fetched REAL, used REAL, error TEXT, body BLOB)"""
_WALKS = "CREATE TABLE IF NOT EXISTS walk (address TEXT PRIMARY KEY, begun REAL)"
_COLUMNS = "address, final, media_type, charset, etag, modified, fetched, error, body"


@dataclass(frozen=True, slots=True)
class Page:
    """An answer of a server.

    Parameters
    ----------
    address, final : str
        What was asked for, and where redirects led.
    media_type, charset : str or None
        What the server says that it is.
    etag, modified : str or None
        What to say when asking again (RFC 9110, sections 8.8.2 and 8.8.3).
    fetched : float
        When, in seconds since 1970.
    error : str or None
        Why there is none, where the server refuses it for good.
    body : bytes
        The content.
    """

    address: str
    final: str
    media_type: str | None = None
    charset: str | None = None
    etag: str | None = None
    modified: str | None = None
    fetched: float = 0.0
    error: str | None = None
    body: bytes = b""


class Cache:
    """Pages by address.

    Parameters
    ----------
    path : Path or None
        The file; without one nothing outlives the process.
    """

    def __init__(self, path: Path | None):
        self._path = path
        self._base = self._opened()
        keep(self._base, "DELETE FROM page WHERE used < ?", (time.time() - _KEPT,))
        keep(self._base, "DELETE FROM walk WHERE begun < ?", (time.time() - _KEPT,))

    def get(self, address: str) -> Page | None:
        """Return what is kept of an address."""
        query = f"SELECT {_COLUMNS} FROM page WHERE address = ?"
        row = kept(self._base, query, (address,))
        if row is None:
            return None
        keep(self._base, "UPDATE page SET used = ? WHERE address = ?", (time.time(), address))
        page = Page(*row)
        return replace(page, body=zlib.decompress(page.body))

    def put(self, page: Page) -> None:
        """Keep an answer in place of the one before."""
        values = (
            page.address, page.final, page.media_type, page.charset, page.etag, page.modified,
            page.fetched, time.time(), page.error, zlib.compress(page.body),
        )  # fmt: skip
        marks = ", ".join("?" * len(values))
        keep(self._base, f"INSERT OR REPLACE INTO page VALUES ({marks})", values)

    def begun(self, address: str) -> float:
        """Return when the walk through what an address lists began that has not ended; else now."""
        now = time.time()
        keep(self._base, "INSERT OR IGNORE INTO walk VALUES (?, ?)", (address, now))
        row = kept(self._base, "SELECT begun FROM walk WHERE address = ?", (address,))
        return float(row[0]) if row is not None else now

    def ended(self, address: str) -> None:
        """Note that a walk has come to its end."""
        keep(self._base, "DELETE FROM walk WHERE address = ?", (address,))

    def close(self) -> None:
        """Let the file go."""
        self._base.close()

    def _opened(self) -> sqlite3.Connection:
        try:
            return self._made()
        except sqlite3.DatabaseError:  # cut off or no such file: it only spares work
            assert self._path is not None
        try:
            self._path.unlink(missing_ok=True)
            return self._made()
        except (sqlite3.DatabaseError, OSError):  # the disk is full, or may not be written to
            self._path = None
            return self._made()

    def _made(self) -> sqlite3.Connection:
        base = sqlite3.connect(self._path or ":memory:", timeout=30)
        try:
            base.execute("PRAGMA journal_mode = WAL")
            base.execute("PRAGMA synchronous = NORMAL")
            base.execute(_TABLE)
            base.execute(_WALKS)
        except sqlite3.DatabaseError:
            base.close()
            raise
        return base
