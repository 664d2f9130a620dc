"""What slow formats were converted to, so that an unchanged page or PDF is not converted again.

A conversion is known by the hash of the content, of all that is known of where it came from, and
of the versions of what converts it. It stands in the file of what was fetched, and like that may
be deleted at any time; what was not asked for in a month is dropped.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import time
import zlib
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from kg.documents.document import Document
from kg.documents.sources.content import Content
from kg.documents.sources.keeping import keep, kept
from kg.version import version_of

_DAY = 24 * 3600.0
_KEPT = 30 * _DAY
_TABLE = "CREATE TABLE IF NOT EXISTS conversion (key TEXT PRIMARY KEY, used REAL, documents BLOB)"


class Conversions:
    """Documents by what they were converted from.

    Parameters
    ----------
    path : Path
        The file, which is made where there is none.
    """

    def __init__(self, path: Path):
        self._base = sqlite3.connect(path, timeout=30)
        try:
            self._base.execute("PRAGMA journal_mode = WAL")
            self._base.execute("PRAGMA synchronous = NORMAL")
            self._base.execute(_TABLE)
            self._base.execute("DELETE FROM conversion WHERE used < ?", (time.time() - _KEPT,))
            self._base.commit()
        except sqlite3.DatabaseError:
            self._base.close()
            raise

    def get(self, key: str) -> list[Document] | None:
        """Return the documents that are kept under a key."""
        query = "SELECT used, documents FROM conversion WHERE key = ?"
        row = kept(self._base, query, (key,))
        if row is None:
            return None
        if row[0] < time.time() - _DAY:
            keep(self._base, "UPDATE conversion SET used = ? WHERE key = ?", (time.time(), key))
        return [Document(**one) for one in json.loads(zlib.decompress(row[1]))]

    def put(self, key: str, documents: list[Document]) -> None:
        """Keep documents under a key."""
        packed = zlib.compress(json.dumps([asdict(one) for one in documents]).encode())
        values = (key, time.time(), packed)
        keep(self._base, "INSERT OR REPLACE INTO conversion VALUES (?, ?, ?)", values)

    def close(self) -> None:
        """Let the file go."""
        self._base.close()


def key_of(content: Content, library: str) -> str:
    """Return what a conversion of a content by a library is known by.

    Raises
    ------
    DocumentError
        If the content cannot be read.
    """
    try:
        by = version(library)
    except PackageNotFoundError:
        by = ""
    known = [
        library, by, version_of("documents"), content.name, content.address, content.media_type,
        content.charset, content.fetched, content.depth, content.stem,
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(known).encode() + b"\0" + content.whole()).hexdigest()
