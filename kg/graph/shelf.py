"""What is known of each document, on disk instead of in memory.

A build asks for one document after the other; to hold all of them would take a kilobyte or two
for each. They stand in a file of SQLite that has no name and vanishes with its process.
"""

from __future__ import annotations

import pickle
import sqlite3
from collections.abc import Iterator, MutableMapping
from tempfile import gettempdir
from typing import TypeVar

from kg.errors import GraphError

Value = TypeVar("Value")

_CACHE = 8_000  # KiB of pages that stay in memory


class Shelf(MutableMapping[str, Value]):
    """A mapping from texts to values that can be pickled, in the order of the texts.

    What is taken out is a copy: a change is put back by assigning it.

    Examples
    --------
    >>> shelf = Shelf[int]()
    >>> shelf["b"], shelf["a"] = 2, 1
    >>> list(shelf.items()), "c" in shelf
    ([('a', 1), ('b', 2)], False)
    """

    def __init__(self) -> None:
        self._disk = sqlite3.connect("", isolation_level=None)  # a file without a name
        self._disk.execute("PRAGMA journal_mode = OFF")
        self._disk.execute(f"PRAGMA cache_size = -{_CACHE}")
        self._disk.execute("CREATE TABLE shelf (key TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID")
        self._disk.execute("BEGIN")

    def __getitem__(self, key: str) -> Value:
        row = self._disk.execute("SELECT value FROM shelf WHERE key = ?", (key,)).fetchone()
        if row is None:
            raise KeyError(key)
        found: Value = pickle.loads(row[0])  # only this process writes to it
        return found

    def __setitem__(self, key: str, value: Value) -> None:
        row = key, pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
        try:
            self._disk.execute("INSERT OR REPLACE INTO shelf VALUES (?, ?)", row)
        except sqlite3.Error as error:
            raise GraphError(
                f"what is known of the documents cannot be kept ({error})",
                where=gettempdir(),
                remedy="make room there, or name another folder in TMPDIR, and build again",
            ) from None

    def __delitem__(self, key: str) -> None:
        if not self._disk.execute("DELETE FROM shelf WHERE key = ?", (key,)).rowcount:
            raise KeyError(key)

    def __contains__(self, key: object) -> bool:
        asked = "SELECT 1 FROM shelf WHERE key = ?"
        return self._disk.execute(asked, (key,)).fetchone() is not None

    def __iter__(self) -> Iterator[str]:
        return (key for (key,) in self._disk.execute("SELECT key FROM shelf ORDER BY key"))

    def __len__(self) -> int:
        ((number,),) = self._disk.execute("SELECT count(*) FROM shelf")
        return int(number)
