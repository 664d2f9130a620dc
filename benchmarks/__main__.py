"""Run every benchmark of this folder: ``python -m benchmarks [--short] [NAME…]``.

A benchmark is a file that prints a table when it is run, and takes ``--short``.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main() -> int:
    """Run the benchmarks one after the other; the status is that of the first that failed."""
    files = (path for path in HERE.glob("*.py") if not path.stem.startswith("_"))
    known = sorted(path.stem for path in files if '"--short"' in path.read_text("utf-8"))
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("--short", action="store_true", help="on less, for a first look")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(known)}; all")
    given = parser.parse_args()
    if unknown := set(given.names) - set(known):
        parser.error(f"no benchmark is called {', '.join(sorted(unknown))}")
    failed = 0
    for name in given.names or known:
        print(f"{name}\n{'=' * len(name)}", flush=True)
        options = ["--short"] if given.short else []
        done = subprocess.run([sys.executable, HERE / f"{name}.py", *options], check=False)
        failed = failed or done.returncode
        print(flush=True)
    return failed


if __name__ == "__main__":
    sys.exit(main())
