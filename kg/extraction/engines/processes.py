"""Several processes that read at once: each holds an extractor of its own."""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing import get_context

from kg.documents.document import Document
from kg.errors import ExtractionError
from kg.extraction import engines
from kg.extraction.record import Record
from kg.extraction.version import extractor_version

_CHUNK = 8  # documents that go to a process at once
_AHEAD = 3  # chunks for each process that wait for it, so that none waits for chunks

_own: engines.Extractor  # of a process of the pool


class Processes:
    """An extractor made of several processes; the records come in the order of the documents.

    Parameters
    ----------
    name, model : str, str or None
        The extractor that each process loads, and its model.
    processes : int
        How many.
    """

    def __init__(self, name: str, model: str | None, processes: int):
        self._given = (name, model)
        self._processes = processes
        self._pool: ProcessPoolExecutor | None = None

    @property
    def version(self) -> str:
        """Name and version, which every record carries."""
        name, model = self._given
        return (
            extractor_version(model)
            if name == engines.DEFAULT
            else engines.load(*self._given).version
        )

    def pipe(self, documents: Iterable[Document]) -> Iterator[Record]:
        """Yield the record of each document, in order.

        Raises
        ------
        ExtractionError
            If a document cannot be read, or a process was ended from outside.
        """
        waiting: deque[Future[list[Record]]] = deque()
        found = iter(documents)
        try:
            while chunk := list(islice(found, _CHUNK)):
                waiting.append(self._open().submit(_read, chunk))
                if len(waiting) >= _AHEAD * self._processes:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        except BrokenProcessPool:
            self.close()
            raise ExtractionError(
                "a reading process ended before its time",
                remedy="give it more memory, or use fewer --processes",
            ) from None
        finally:
            for future in waiting:
                future.cancel()

    def close(self) -> None:
        """End the processes; the next document starts new ones."""
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None

    def _open(self) -> ProcessPoolExecutor:
        if self._pool is None:
            # Not forked: a fork of a process with threads may wait for ever.
            self._pool = ProcessPoolExecutor(
                self._processes, get_context("spawn"), initializer=_load, initargs=self._given
            )
        return self._pool


def _load(name: str, model: str | None) -> None:
    global _own  # noqa: PLW0603 - the one thing that a process of the pool keeps
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one that gave the work ends it
    _own = engines.load(name, model)


def _read(documents: list[Document]) -> list[Record]:
    return list(_own.pipe(documents))
