"""More rows than memory should hold, put in order on disk.

What follows from all reports together is asked for group by group: all that one tie rests on,
all who held one post. The rows are gathered in a file of SQLite that has no name and vanishes
with its process; SQLite sorts what does not fit its cache there too.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import groupby

Row = tuple[str, ...]

_CACHE = 8_000  # KiB of pages that stay in memory


class Sorted:
    """Rows of texts, given back in the order of their Unicode code points, each once.

    Parameters
    ----------
    columns : int
        How many texts a row has.
    disk : sqlite3.Connection
        Where they wait; `sorting` opens one.
    """

    def __init__(self, columns: int, disk: sqlite3.Connection):
        names = [f"c{number}" for number in range(columns)]
        self._disk = disk
        self._put = f"INSERT INTO rows VALUES ({', '.join('?' * columns)})"
        self._take = f"SELECT {', '.join(names)} FROM rows ORDER BY {', '.join(names)}"
        disk.execute(f"CREATE TABLE rows ({', '.join(f'{name} TEXT' for name in names)})")

    def add(self, *row: str) -> None:
        """Add a row."""
        self._disk.execute(self._put, row)

    def __iter__(self) -> Iterator[Row]:
        return (row for row, _ in groupby(self._disk.execute(self._take)))


@contextmanager
def sorting(columns: int, rows: Iterable[Row] = ()) -> Iterator[Sorted]:
    """Open a place where rows are sorted; it is gone afterwards.

    Examples
    --------
    >>> with sorting(2, [("b", "1"), ("a", "2"), ("b", "1")]) as found:
    ...     found.add("a", "1")
    ...     print(*found)
    ('a', '1') ('a', '2') ('b', '1')
    """
    disk = sqlite3.connect("", isolation_level=None)  # a file without a name
    try:
        disk.execute("PRAGMA journal_mode = OFF")
        disk.execute(f"PRAGMA cache_size = -{_CACHE}")
        disk.execute("BEGIN")
        found = Sorted(columns, disk)
        for row in rows:
            found.add(*row)
        yield found
    finally:
        disk.close()
