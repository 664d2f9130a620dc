from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_imports_point_up_the_tree() -> None:
    done = run("-c", LINT, "--no-cache", "--no-logo")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


def test_asking_for_help_loads_nothing_slow() -> None:
    probe = (
        "import sys; from kg.cli import run; run(['build', '--help']); "
        "slow = {'spacy', 'pandas', 'rdflib', 'pyoxigraph', 'networkx', 'numpy'}; "
        "sys.exit(', '.join(slow & set(sys.modules)) or None)"
    )
    done = run("-c", probe)
    assert done.returncode == 0, done.stderr
    assert "Usage: kg build" in done.stdout
