"""A build's claim on a graph's folder, beside the lock of the store itself.

RocksDB's lock tells that somebody has the store open, not who: a build, for minutes, or an update
of the server, for a moment. A build reserves the folder before it opens the store. A second build
sees that and ends; an update sees it and stands back, so that a build need only wait for the one
that is under way. The kernel takes the claim away with the process, however that ends.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

PATIENCE = 30.0
"""Seconds for which a build waits for a change that another process makes."""
WAITING = "waiting"
"""The step of a build that does so, for those who follow its progress."""


class Reservation:
    """A folder that is reserved until `end` is called, or nobody refers to this any more.

    Where the system has no ``flock`` (Windows) nothing is reserved, and every one succeeds.

    Parameters
    ----------
    path : Path
        The folder.

    Raises
    ------
    BlockingIOError
        If it is reserved already.
    """

    def __init__(self, path: Path):
        self._held: int | None = None
        try:
            import fcntl  # noqa: PLC0415 - not on Windows
        except ImportError:
            return
        self._held = os.open(path, os.O_RDONLY)
        try:
            fcntl.flock(self._held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self.end()
            raise

    def end(self) -> None:
        """Let others have the folder."""
        held, self._held = self._held, None
        if held is not None:
            os.close(held)

    def __del__(self) -> None:
        with suppress(AttributeError, OSError):  # the interpreter may be shutting down
            self.end()
