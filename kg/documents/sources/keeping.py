"""A file of SQLite that only spares work: full, locked or broken, it costs no more than that."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from typing import Any


def keep(base: sqlite3.Connection, query: str, values: Sequence[object] = ()) -> None:
    """Write something, or let it be: what cannot be kept will be fetched or made again."""
    try:
        base.execute(query, values)
        base.commit()
    except sqlite3.DatabaseError:  # a disk that is full is told by what has to be written
        with suppress(sqlite3.DatabaseError):
            base.rollback()


def kept(base: sqlite3.Connection, query: str, values: Sequence[object]) -> Any:
    """Return the first row of an answer; None where there is none, or it cannot be read."""
    try:
        return base.execute(query, values).fetchone()
    except sqlite3.DatabaseError:
        return None
