"""A Virtuoso of our own for a test: on loopback, in a scratch folder, gone afterwards."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

SERVER, CLIENT = "virtuoso-t", "isql-vt"
_CONFIGURATION = """\
[Database]
DatabaseFile = {folder}/v.db
ErrorLogFile = {folder}/v.log
LockFile = {folder}/v.lck
TransactionFile = {folder}/v.trx
xa_persistent_file = {folder}/v.pxa
FileExtend = 200
MaxCheckpointRemap = 2000
Striping = 0
TempStorage = TempDatabase
[TempDatabase]
DatabaseFile = {folder}/t.db
TransactionFile = {folder}/t.trx
MaxCheckpointRemap = 2000
Striping = 0
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
DirsAllowed = {folder}
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
ThreadsPerQuery = 1
CheckpointInterval = 0
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = {folder}
ServerThreads = 4
MaxClientConnections = 4
[SPARQL]
ResultSetMaxRows = 100000
"""


def installed() -> bool:
    """Tell whether there is a Virtuoso here."""
    return all(shutil.which(name) for name in (SERVER, CLIENT))


@contextmanager
def serving(folder: Path, quads: bytes) -> Iterator[str]:
    """Serve N-Quads; give the address of the SPARQL endpoint."""
    sql, http = _free_port(), _free_port()
    (folder / "v.ini").write_text(_CONFIGURATION.format(folder=folder, sql=sql, http=http))
    (folder / "all.nq").write_bytes(quads)
    command = [SERVER, "+foreground", "+configfile", str(folder / "v.ini")]
    with (folder / "out").open("wb") as out:
        server = subprocess.Popen(command, cwd=folder, stdout=out, stderr=out)
    try:
        endpoint = f"http://127.0.0.1:{http}/sparql"
        _await(endpoint, server)
        load = f"TTLP(file_to_string_output('{folder}/all.nq'), '', 'urn:x-load', 512); checkpoint;"
        _isql(sql, f"DB.DBA.{load}")
        yield endpoint
    finally:
        server.terminate()
        server.wait(30)


def select(endpoint: str, sparql: str) -> tuple[list[str], list[list[str | None]]]:
    """Answer a SELECT query: names of the columns, and rows of lexical forms."""
    request = Request(
        endpoint,
        data=urlencode({"query": sparql}).encode(),
        headers={"Accept": "application/sparql-results+json"},
    )
    with urlopen(request, timeout=60) as answer:
        found = json.loads(answer.read().decode("utf-8", "strict"))
    names = found["head"]["vars"]
    rows = found["results"]["bindings"]
    return names, [[row[name]["value"] if name in row else None for name in names] for row in rows]


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _await(endpoint: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        if server.poll() is not None:
            raise RuntimeError("Virtuoso did not start")
        try:
            with urlopen(f"{endpoint}?{urlencode({'query': 'ASK {}'})}", timeout=5):
                return
        except (URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError("Virtuoso does not answer")


def _isql(port: int, statement: str) -> None:
    done = subprocess.run(
        [CLIENT, f"127.0.0.1:{port}", "dba", "dba", "ERRORS=STDOUT", f"exec={statement}"],
        capture_output=True,
        text=True,
        check=True,
    )
    if "*** Error" in done.stdout:
        raise RuntimeError(done.stdout)
