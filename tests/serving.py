"""`kg serve` as clients meet it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import httpx
import pytest


@contextmanager
def serving(graph: Path, *options: str, **environment: str) -> Iterator[httpx.Client]:
    """Run `kg serve` and give a client of it, with its process and its log."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "kg.cli", "serve", "--graph", str(graph), "--port", str(port)]
    env = {**os.environ, **environment}
    with (
        tempfile.TemporaryFile("w+") as log,  # a pipe that nobody reads would stop the server
        subprocess.Popen([*command, *options], stderr=log, text=True, env=env) as process,
        httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client,
    ):
        try:
            _ready(client, process, log)
            client.process, client.log = process, log
            yield client
        finally:
            process.terminate()
            process.wait(timeout=30)


def _ready(client: httpx.Client, process: subprocess.Popen[str], log: TextIO) -> None:
    """Wait until the server answers and its search index is made."""
    for _ in range(600):
        if process.poll() is not None:
            log.seek(0)
            pytest.fail(log.read())
        try:
            if client.get("/api/names?q=a").status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    pytest.fail("the server does not answer")
