"""A process that answers jobs, one after the other: a graph, and a bound on its memory.

Started by `kg.server.workers` as ``python -m kg.server.worker GRAPH MEBIBYTES``. Jobs come on
standard input and outcomes go to standard output, each as its length in eight bytes and a
pickle; both ends are this program.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import IO, Any

from kg.errors import KgError, QueryError

READY = "ready"
"""What a worker says first."""
MEBIBYTE = 1024 * 1024
_NEW_NETWORK = 0x40000000  # CLONE_NEWNET of sched.h
_NEW_USER = 0x10000000  # CLONE_NEWUSER


def main() -> None:
    """Answer jobs until there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which ends us
    _, graph, memory = sys.argv
    jobs, outcomes = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # nothing that prints may come between the outcomes
    if not graph.startswith(("http://", "https://")):
        _leave_network()
    from kg.server.jobs import desk_for  # noqa: PLC0415 - loaded before memory is counted

    desk = desk_for(graph)
    outcome(desk.warm, {})
    _bound(int(memory) * MEBIBYTE)
    send(outcomes, READY)
    while (job := receive(jobs)) is not None:
        name, arguments = job
        send(outcomes, outcome(getattr(desk, name), arguments))


def outcome(function: Callable[..., Any], arguments: dict[str, Any]) -> Any:
    """Return what a function gives, or the error that it raises, as one that can be told."""
    try:
        return function(**arguments)
    except KgError as error:
        return error
    except MemoryError:
        return QueryError(
            "the query needs more memory than it may take", remedy="narrow it, or add a LIMIT"
        )
    except Exception as error:  # a fault of ours ends a request, not the server
        return RuntimeError(f"{type(error).__name__}: {error}")


def receive(stream: IO[bytes]) -> Any:
    """Return the next value of a stream; None at its end."""
    head = stream.read(8)
    return pickle.loads(stream.read(int.from_bytes(head, "big"))) if len(head) == 8 else None


def send(stream: IO[bytes], value: Any) -> None:
    """Write a value to a stream."""
    stream.write(framed(value))
    stream.flush()


def framed(value: Any) -> bytes:
    """Return a value as it goes through a pipe."""
    body = pickle.dumps(value)
    return len(body).to_bytes(8, "big") + body


def _leave_network() -> None:
    """Give up every connection, where the system lets a process do so (Linux).

    Queries that would reach other servers are refused before they run; what slips through
    finds no network.
    """
    with suppress(ImportError, OSError, AttributeError):
        import ctypes  # noqa: PLC0415 - only here

        unshare = ctypes.CDLL(None, use_errno=True).unshare
        if unshare(_NEW_NETWORK) != 0:
            unshare(_NEW_USER | _NEW_NETWORK)  # what needs no rights, where that is allowed


def _bound(memory: int) -> None:
    """Let the process take this much memory beside what it has taken already."""
    with suppress(ImportError, OSError, ValueError):  # not every system has these
        import resource  # noqa: PLC0415 - not on Windows

        with open("/proc/self/statm", encoding="ascii") as statm:  # noqa: PTH123 - no file
            taken = int(statm.read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (taken + memory, taken + memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
