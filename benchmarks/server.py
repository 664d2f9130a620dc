"""How the server bears 32 clients at once: a competency question and a query, on loopback.

Run with ``python benchmarks/server.py GRAPH``; ``--seconds`` and ``--clients`` take other
numbers, and ``--short`` is what the continuous integration runs. Prints the errors, the
requests a second, the 95th percentile of each kind, and of the same question in one process
without a server. Ends with status 1 if any request failed.
"""

from __future__ import annotations

import argparse
import asyncio
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx

import kg

CORPUS = Path(__file__).parents[1] / "corpus"
QUESTION = ("positions", {"country": "China"})
REQUESTS = {
    "question as a page": ("/ask/positions?country=China", {"accept": "text/html"}),
    "query": ("/sparql?query=SELECT+*+{+%3Fp+a+foaf:Person+;+rdfs:label+%3Fname+}", {}),
    "name as typed": ("/api/names?q=univ", {}),
}


async def _client(
    http: httpx.AsyncClient, number: int, until: float, taken: dict[str, list[float]]
) -> int:
    """Send one request after the other; return how many failed."""
    failed, kinds = 0, list(REQUESTS)
    while time.perf_counter() < until:
        kind = kinds[number % len(kinds)]
        path, headers = REQUESTS[kind]
        begun = time.perf_counter()
        try:
            failed += (await http.get(path, headers=headers)).status_code != 200
        except httpx.HTTPError:
            failed += 1
        taken[kind].append(time.perf_counter() - begun)
        number += 1
    return failed


async def _load(base: str, clients: int, seconds: float) -> tuple[int, dict[str, list[float]]]:
    taken: dict[str, list[float]] = {kind: [] for kind in REQUESTS}
    limits = httpx.Limits(max_connections=clients)
    async with httpx.AsyncClient(base_url=base, limits=limits, timeout=60) as http:
        for _ in range(300):
            try:
                if (await http.get("/api/names?q=a")).status_code == 200:
                    break
            except httpx.TransportError:
                pass
            await asyncio.sleep(0.2)
        until = time.perf_counter() + seconds
        work = [_client(http, number, until, taken) for number in range(clients)]
        return sum(await asyncio.gather(*work)), taken


def _alone(graph: Path) -> list[float]:
    """Return how long the question takes in this process, without a server."""
    name, parameters = QUESTION
    taken = []
    with kg.open(graph) as opened:
        for _ in range(20):
            begun = time.perf_counter()
            opened.ask(name, **parameters)
            taken.append(time.perf_counter() - begun)
    return taken


def _p95(taken: list[float]) -> str:
    return f"p95 {1000 * statistics.quantiles(taken, n=20)[-1]:7.1f} ms"


def main() -> int:
    """Measure, print, and say whether a request failed."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("graph", type=Path, nargs="?", help="the corpus's own without it")
    options.add_argument("--clients", type=int, default=32)
    options.add_argument("--seconds", type=float, default=60.0)
    options.add_argument("--short", action="store_true", help="5 seconds, 8 clients")
    given = options.parse_args()
    clients, seconds = (8, 5.0) if given.short else (given.clients, given.seconds)
    if given.graph is not None:
        return _measure(given.graph, clients, seconds)
    with tempfile.TemporaryDirectory() as folder:
        kg.build([CORPUS], Path(folder) / "graph")
        return _measure(Path(folder) / "graph", clients, seconds)


def _measure(graph: Path, clients: int, seconds: float) -> int:
    """Serve a graph, send the requests, and print what was taken."""
    print(f"{'the question without a server':32} {_p95(_alone(graph))}")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "kg.cli", "serve", "--rate", "0", "--port", str(port)]
    server = subprocess.Popen([*command, "--graph", str(graph)], stderr=subprocess.DEVNULL)
    try:
        failed, taken = asyncio.run(_load(f"http://127.0.0.1:{port}", clients, seconds))
    finally:
        server.terminate()
        server.wait()
    for kind, times in taken.items():
        print(f"{kind:32} {_p95(times)}   {len(times) / seconds:6.1f} a second")
    print(
        f"{clients} clients for {seconds:g} s: {failed} of {sum(map(len, taken.values()))} failed"
    )
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
