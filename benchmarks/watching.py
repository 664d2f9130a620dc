"""How much memory `kg build --watch` holds while a feed goes on, and whether that grows.

    python benchmarks/watching.py [--short] [--minutes MINUTES] [--every SECONDS]

A local server gives a feed of the newest thirty reports of the generator, with one more every
few seconds, and their pages; `kg build --watch` reads it without a pause. Linux only.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import threading
import time
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from generator import report

LISTED = 30
KG = "from kg.cli import main; main()"


class Paper(ThreadingHTTPServer):
    """A newspaper's server: a report more every few seconds."""

    daemon_threads = True

    def __init__(self, every: float):
        super().__init__(("127.0.0.1", 0), _Answer)
        self._every, self._begun = every, time.monotonic()

    @property
    def reports(self) -> int:
        """How many reports there are so far."""
        return 1 + int((time.monotonic() - self._begun) / self._every)

    def body(self, path: str) -> str | None:
        """Return the feed or a page; None for anything else."""
        if path == "/feed":
            numbers = range(max(0, self.reports - LISTED), self.reports)
            return _feed([f"http://127.0.0.1:{self.server_port}/{number}" for number in numbers])
        number = path.removeprefix("/")
        return _page(int(number)) if number.isdecimal() else None


class _Answer(BaseHTTPRequestHandler):
    server: Paper

    def do_GET(self) -> None:
        body = self.server.body(self.path)
        self.send_response(200 if body else 404)
        kind = "application/rss+xml" if self.path == "/feed" else "text/html"
        data = (body or "").encode()
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def _feed(addresses: list[str]) -> str:
    items = "".join(
        f"<item><title>{address}</title><link>{address}</link></item>" for address in addresses
    )
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>N</title>{items}</channel></rss>'
    )


def _page(number: int) -> str:
    document, _ = report(number, 10_000)
    title = escape(document.title or "")
    return (
        f'<!doctype html><html lang="en"><head><title>{title}</title></head>'
        f"<body><article><h1>{title}</h1><p>{escape(document.text)}</p></article></body></html>"
    )


def watch(minutes: float, every: float) -> list[tuple[float, int, int, float]]:
    """Return seconds, rounds, reports and resident memory in MB, in some twelve rows."""
    rows = []
    with Paper(every) as paper, tempfile.TemporaryDirectory() as folder:
        threading.Thread(target=paper.serve_forever, daemon=True).start()
        told = Path(folder) / "told"
        address = f"http://127.0.0.1:{paper.server_port}/feed"
        options = ["--watch", "--every", "0.05", "--delay", "0", "--allow-host", "127.0.0.1"]
        with told.open("w") as out:
            command = [
                sys.executable,
                "-c",
                KG,
                "build",
                address,
                *options,
                "--graph",
                f"{folder}/g",
            ]
            process = subprocess.Popen(command, stdout=out, stderr=out)
        begun = time.monotonic()
        try:
            for step in range(1, 13):
                time.sleep(max(0.0, begun + step * minutes * 5 - time.monotonic()))
                rounds = told.read_text().count(": reading")
                now = time.monotonic() - begun
                rows.append((now, rounds, paper.reports, _resident(process.pid)))
                print("| {:,.0f} | {:,} | {:,} | {:,.0f} MB |".format(*rows[-1]), flush=True)
        finally:
            process.terminate()
            process.wait(60)
        paper.shutdown()
    return rows


def _resident(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    (line,) = (line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def main() -> int:
    """Watch, and print a row twelve times."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--short", action="store_true", help="one minute")
    parser.add_argument("--minutes", type=float, default=20.0)
    parser.add_argument("--every", type=float, default=5.0, help="seconds between two reports")
    given = parser.parse_args()
    print("| seconds | rounds | reports in the feed so far | resident memory |")
    print("|---:|---:|---:|---:|")
    rows = watch(1.0 if given.short else given.minutes, given.every)
    third = len(rows) // 3
    growth = rows[-1][3] / rows[third][3]
    print(f"\nfrom the first third to the end: {growth:.2f} × the memory")
    return 0


if __name__ == "__main__":
    sys.exit(main())
