"""A pool of processes that answer jobs; one that takes too long is ended and replaced.

Oxigraph cannot be told to stop a query, and a query may take any time and memory. So none
runs in the process that listens: a worker that exceeds its time is killed, one that exceeds
its memory dies of it, and the server goes on.
"""

from __future__ import annotations

import asyncio
import pickle
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from kg.errors import KgError, QueryError
from kg.server.worker import framed

_PATIENCE = 30.0  # seconds, beside those of a job, that a request waits for a worker
_AGAIN = 1.0  # seconds until a process that could not start is tried again


class BusyError(KgError):
    """More requests wait than may; the client is told to come again."""


class ExhaustedError(QueryError):
    """A query took more time or memory than it may."""


class Workers:
    """Processes that answer jobs.

    Parameters
    ----------
    graph : str
        What the workers read: a folder or an endpoint's address.
    number : int
        How many there are.
    seconds : float
        Time that a job may take.
    memory : int
        Mebibytes that a job may take.
    waiting : int
        Jobs that may wait for a worker.

    Attributes
    ----------
    ended : int
        How many workers had to be ended, or died, in the middle of a job.
    """

    def __init__(self, graph: str, *, number: int, seconds: float, memory: int, waiting: int):
        self._command = (sys.executable, "-m", "kg.server.worker", graph, str(memory))
        self._seconds, self._waiting = seconds, waiting
        self._number = number
        self._idle: asyncio.LifoQueue[_Worker] = asyncio.LifoQueue()
        self._all: set[_Worker] = set()
        self._hiring: set[asyncio.Task[None]] = set()
        self._queued = 0
        self.ended = 0

    async def start(self) -> None:
        """Start the processes; each loads what it needs while the first requests wait."""
        for _ in range(self._number):
            self._hire()

    async def stop(self) -> None:
        """End the processes."""
        for hiring in self._hiring:
            hiring.cancel()
        await asyncio.gather(*self._hiring, return_exceptions=True)
        for worker in self._all:
            worker.kill()
        for worker in self._all:
            await worker.gone()
        self._all.clear()

    async def run(self, job: str, *, seconds: float | None = None, **arguments: Any) -> Any:
        """Let a worker do a job of `kg.server.jobs.Desk`.

        Raises
        ------
        BusyError
            If too many wait already.
        ExhaustedError
            If it takes too much time or memory.
        KgError
            Whatever the job raises.
        """
        worker = await self._free()
        limit = seconds or self._seconds
        try:
            outcome = await asyncio.wait_for(worker.do(job, arguments), limit)
        except TimeoutError:
            await self._replace(worker)
            raise ExhaustedError(
                f"the query took longer than {limit:g} seconds",
                remedy="bind more of its variables, or add a LIMIT",
            ) from None
        except (asyncio.IncompleteReadError, ConnectionError):
            await self._replace(worker)
            raise ExhaustedError(
                "the query needs more memory than it may take", remedy="narrow it, or add a LIMIT"
            ) from None
        except BaseException:  # a request that was given up: its worker is in the middle of it
            await self._replace(worker)
            raise
        self._idle.put_nowait(worker)
        if isinstance(outcome, BaseException):
            raise outcome
        return outcome

    async def _free(self) -> _Worker:
        if self._idle.empty() and self._queued >= self._waiting:
            raise BusyError("too many requests are waiting", remedy="come again in a moment")
        self._queued += 1
        try:
            return await asyncio.wait_for(self._idle.get(), self._seconds + _PATIENCE)
        except TimeoutError:
            raise BusyError("nobody is free", remedy="come again in a moment") from None
        finally:
            self._queued -= 1

    async def _replace(self, worker: _Worker) -> None:
        self.ended += 1
        self._all.discard(worker)
        worker.kill()
        await worker.gone()
        self._hire()

    def _hire(self) -> None:
        """Start a process; it is given jobs once it is ready, so that no job pays for its start."""
        hiring = asyncio.create_task(self._hired())
        self._hiring.add(hiring)
        hiring.add_done_callback(self._hiring.discard)

    async def _hired(self) -> None:
        while True:
            worker = await _Worker.start(self._command)
            self._all.add(worker)
            with suppress(asyncio.IncompleteReadError, ConnectionError):
                await worker.heard()
                self._idle.put_nowait(worker)
                return
            self._all.discard(worker)
            await worker.gone()
            await asyncio.sleep(_AGAIN)


class _Worker:
    """One process with its two pipes."""

    def __init__(self, process: asyncio.subprocess.Process):
        self._process = process

    @classmethod
    async def start(cls, command: Sequence[str]) -> _Worker:
        pipe = asyncio.subprocess.PIPE
        return cls(await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe))

    async def do(self, job: str, arguments: dict[str, Any]) -> Any:
        writer = self._process.stdin
        assert writer is not None
        writer.write(framed((job, arguments)))
        await writer.drain()
        return await self.heard()

    async def heard(self) -> Any:
        """Return what the process says next."""
        reader = self._process.stdout
        assert reader is not None
        length = int.from_bytes(await reader.readexactly(8), "big")
        return pickle.loads(await reader.readexactly(length))

    def kill(self) -> None:
        with suppress(ProcessLookupError):
            self._process.kill()

    async def gone(self) -> None:
        await self._process.wait()
