"""Ctrl-C, or worse, in the middle of a build: nothing is lost and the next build ends the same."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# A shell that runs the tests in the background has its children ignore Ctrl-C.
KG = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
from kg.cli import main
main()
"""
FACTS = "SELECT ?s ?p ?o { ?s ?p ?o FILTER(?p NOT IN (prov:endedAtTime)) } ORDER BY ?s ?p ?o"


def start(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", KG, *arguments],
        cwd=folder,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def run(folder: Path, *arguments: str) -> str:
    process = start(folder, *arguments)
    out, err = process.communicate()
    assert process.returncode == 0, err
    return out


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the graph says after a build that nobody interrupted."""
    folder = tmp_path_factory.mktemp("whole")
    run(folder, "build", str(ROOT / "corpus"))
    return run(folder, "query", FACTS, "--format", "csv")


def stop_while_writing(folder: Path, number: signal.Signals) -> tuple[int, str]:
    """Start a build, and send a signal when the first documents are on disk."""
    process = start(folder, "build", str(ROOT / "corpus"))
    patience = time.monotonic() + 120
    while written(folder) < 20_000:
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < patience
        time.sleep(0.005)
    process.send_signal(number)
    _, err = process.communicate()
    return process.returncode, err


def written(folder: Path) -> int:
    """Bytes in the logs of the store."""
    return sum(path.stat().st_size for path in (folder / "graph" / "store").glob("*.log"))


def test_ctrl_c_says_how_to_go_on_and_loses_nothing(tmp_path: Path, whole: str) -> None:
    status, said = stop_while_writing(tmp_path, signal.SIGINT)
    assert status == 130, said
    assert said.splitlines() == [
        "kg: interrupted; what was read is kept — run the same command again to go on"
    ]
    run(tmp_path, "build", str(ROOT / "corpus"))
    assert run(tmp_path, "query", FACTS, "--format", "csv") == whole


def test_a_killed_build_is_taken_up_by_the_next(tmp_path: Path, whole: str) -> None:
    status, _ = stop_while_writing(tmp_path, signal.SIGKILL)
    assert status == -signal.SIGKILL
    run(tmp_path, "build", str(ROOT / "corpus"))
    assert run(tmp_path, "query", FACTS, "--format", "csv") == whole
