"""What a deployment may choose, and the bounds of what one request may take."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of a server.

    Parameters
    ----------
    graph : Path or str
        The graph's folder, or the address of a SPARQL endpoint that holds the graph.
    seconds : float
        Time that one query may take; its process is ended then.
    rows : int
        Rows or triples of an answer.
    memory : int
        Mebibytes that a query may take beside what its process needs by itself.
    answer : int
        Mebibytes of an answer.
    workers : int
        Processes for SPARQL, and as many again for the pages.
    waiting : int
        Requests that may wait for a process; further ones are told to come again.
    rate : float
        Requests a second from one address, in the long run; 0 for any number.
    burst : int
        Requests from one address that may come at once.
    body : int
        Bytes of a request's body.
    updating : float
        Time that a change by a program may take.
    written : int
        Bytes of the body of such a change.
    origins : str
        Whose pages may read answers (CORS): ``*`` for all, an origin, or nothing for none.
    key : str
        With it, people and programs may change the graph; without one nothing does.
    """

    graph: Path | str
    seconds: float = 15.0
    rows: int = 100_000
    memory: int = 1024
    answer: int = 64
    workers: int = 2
    waiting: int = 64
    rate: float = 20.0
    burst: int = 100
    body: int = MEBIBYTE
    updating: float = 60.0
    written: int = 16 * MEBIBYTE
    origins: str = "*"
    key: str = field(default="", repr=False)
