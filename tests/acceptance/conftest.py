from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

REPORTS = {
    "one.txt": "---\ntitle: One\npublished: 2024-05-14\n---\n\n"
    "Anna Berg, Rector of Northern University, met the leaders of Harbour University in Oslo "
    "on May 13, 2024.\n",
    "two.md": "---\nsource: https://e.org/two\n---\n\n"
    "Northern University and Harbour University signed a memorandum of understanding in Oslo.\n",
    "three.txt": "Harbour University opened a laboratory in Bergen on 3 June 2023.\n",
}


@pytest.fixture
def kg(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run the command in a process of its own, in a folder of its own."""

    def run(
        *arguments: str | Path, given: str = "", **environment: str
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "kg.cli", *map(str, arguments)],
            cwd=tmp_path,
            input=given,
            encoding="utf-8",
            env={**os.environ, "COLUMNS": "100", **environment},
            capture_output=True,
            check=False,
        )

    return run


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with three reports and the graph that was built from them."""
    folder = tmp_path_factory.mktemp("built")
    reports = folder / "reports"
    reports.mkdir()
    for name, text in REPORTS.items():
        (reports / name).write_text(text)
    command = [sys.executable, "-m", "kg.cli", "build", "reports"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return folder
