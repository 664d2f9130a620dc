"""How much memory `kg build --watch` holds while a feed goes on, and whether that grows.

    python benchmarks/watching.py [--short] [--minutes MINUTES] [--every SECONDS] [--picture FILE]

A local server gives a feed of the newest thirty reports of the generator, with one more every
few seconds, and their pages; `kg build --watch` reads it without a pause. A third of the reports
is rewritten and a seventh taken off the server while the feed lists it on; the server says
"unchanged" where it may, and is busy now and then. Linux only.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import re
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from generator import report

LISTED = 30
REWRITTEN_AFTER, GONE_AFTER = 40.0, 80.0  # seconds
BUSY = 40  # one answer of so many is that the server is busy
ROWS, FINER = 12, 20  # rows of the table, and how much finer the picture is
KG = "from kg.cli import main; main()"


class Paper(ThreadingHTTPServer):
    """A newspaper's server: a report more every few seconds, some rewritten, some taken away."""

    daemon_threads = True

    def __init__(self, every: float):
        super().__init__(("127.0.0.1", 0), _Answer)
        self._every, self._begun, self._wall = every, time.monotonic(), time.time()

    @property
    def reports(self) -> int:
        """How many reports there are so far."""
        return 1 + int((time.monotonic() - self._begun) / self._every)

    def rewritten(self, number: int) -> bool:
        """Whether a report has been rewritten."""
        return number % 3 == 1 and self._age(number) > REWRITTEN_AFTER

    def gone(self, number: int) -> bool:
        """Whether a report has been taken away."""
        return number % 7 == 5 and self._age(number) > GONE_AFTER

    def body(self, path: str) -> str | None:
        """Return the feed or a page; None for anything else."""
        if path == "/feed":
            return _feed(
                [self._item(n) for n in range(max(0, self.reports - LISTED), self.reports)]
            )
        number = path.removeprefix("/")
        if not number.isdecimal() or self.gone(int(number)):
            return None
        return _page(int(number), seed=2 if self.rewritten(int(number)) else 1)

    def _item(self, number: int) -> str:
        address = f"http://127.0.0.1:{self.server_port}/{number}"
        changed = self._wall + number * self._every
        changed += REWRITTEN_AFTER if self.rewritten(number) else 0
        day = format_datetime(datetime.fromtimestamp(changed, UTC))
        return (
            f"<item><title>{address}</title><link>{address}</link><pubDate>{day}</pubDate></item>"
        )

    def _age(self, number: int) -> float:
        return time.monotonic() - self._begun - number * self._every


class _Answer(BaseHTTPRequestHandler):
    server: Paper
    asked = 0

    def do_GET(self) -> None:
        _Answer.asked += 1
        body = self.server.body(self.path)
        data = (body or "").encode()
        etag = f'"{hashlib.sha256(data).hexdigest()[:16]}"'
        status = 200 if body else 410 if self.path[1:].isdecimal() else 404
        if _Answer.asked % BUSY == 0:
            status = 503
        elif body and self.headers.get("If-None-Match") == etag:
            status = 304
        self.send_response(status)
        kind = "application/rss+xml" if self.path == "/feed" else "text/html"
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        if status == 200:
            self.send_header("ETag", etag)
        self.send_header("Content-Length", str(len(data) if status == 200 else 0))
        self.end_headers()
        if status == 200:
            self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def _feed(items: list[str]) -> str:
    listed = "".join(items)
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>N</title>{listed}</channel></rss>'
    )


def _page(number: int, seed: int) -> str:
    document, _ = report(number, 10_000, seed)
    title = escape(document.title or "")
    return (
        f'<!doctype html><html lang="en"><head><title>{title}</title></head>'
        f"<body><article><h1>{title}</h1><p>{escape(document.text)}</p></article></body></html>"
    )


@dataclass(frozen=True, slots=True)
class Moment:
    """What is seen of a watching build at a moment.

    Parameters
    ----------
    seconds : float
        Since it began.
    rounds, listed, rewritten, gone : int
        How often it has read; how many reports the server has published, rewritten, taken away.
    resident, own : float
        Memory in MB: all that is resident, and what of it is no page of a file.
    """

    seconds: float
    rounds: int
    listed: int
    rewritten: int
    gone: int
    resident: float
    own: float


def watch(minutes: float, every: float) -> list[Moment]:
    """Watch a feed for so long, and return what was seen each few seconds."""
    seen: list[Moment] = []
    with Paper(every) as paper, tempfile.TemporaryDirectory() as folder:
        threading.Thread(target=paper.serve_forever, daemon=True).start()
        told = Path(folder) / "told"
        address = f"http://127.0.0.1:{paper.server_port}/feed"
        options = ["--watch", "--every", "0.05", "--delay", "0", "--allow-host", "127.0.0.1"]
        command = [sys.executable, "-c", KG, "build", address, *options, "--graph", f"{folder}/g"]
        with told.open("w") as out:
            process = subprocess.Popen(command, stdout=out, stderr=out)
        begun = time.monotonic()
        try:
            for step in range(1, ROWS * FINER + 1):
                time.sleep(max(0.0, begun + step * minutes * 60 / ROWS / FINER - time.monotonic()))
                seen.append(_moment(paper, process.pid, told, time.monotonic() - begun))
                if step % FINER == 0:
                    print(_row(seen[-1]), flush=True)
        finally:
            process.terminate()
            process.wait(60)
        paper.shutdown()
        print(f"\n{_taken(told)}")
    return seen


def _moment(paper: Paper, pid: int, told: Path, seconds: float) -> Moment:
    numbers = range(paper.reports)
    rounds = told.read_text().count(": reading")
    rewritten, gone = sum(map(paper.rewritten, numbers)), sum(map(paper.gone, numbers))
    resident, own = (_memory(pid, name) for name in ("VmRSS", "RssAnon"))
    return Moment(seconds, rounds, len(numbers), rewritten, gone, resident, own)


def _row(one: Moment) -> str:
    return (
        f"| {one.seconds:,.0f} | {one.rounds:,} | {one.listed:,} | {one.rewritten:,} | "
        f"{one.gone:,} | {one.resident:,.0f} MB | {one.own:,.0f} MB |"
    )


def _taken(told: Path) -> str:
    """Return what the build says that it has read, all rounds together."""
    sums = {
        what: sum(map(int, re.findall(rf"^ {what} +\| +(\d+)", told.read_text(), re.M)))
        for what in ("documents read", "documents read again")
    }
    return ", ".join(f"{what}: {number:,}" for what, number in sums.items())


def _memory(pid: int, name: str) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    (line,) = (line for line in status.splitlines() if line.startswith(name))
    return int(line.split()[1]) / 1024


def draw(seen: list[Moment], path: Path) -> None:
    """Draw memory over time, and how many reports there were."""
    import matplotlib as mpl  # noqa: PLC0415 - only for a picture

    mpl.use("agg")
    mpl.rcParams.update({"svg.hashsalt": "silkgraph", "font.size": 10, "svg.fonttype": "none"})
    from matplotlib import pyplot as plt  # noqa: PLC0415

    minutes = [one.seconds / 60 for one in seen]
    figure, (memory, reports) = plt.subplots(
        2, 1, sharex=True, figsize=(7, 4.2), height_ratios=(2, 1), layout="constrained"
    )
    memory.plot(minutes, [one.resident for one in seen], label="resident", color="#1f4e79")
    memory.plot(minutes, [one.own for one in seen], label="without pages of files", color="#c0504d")
    memory.set(ylabel="memory (MB)", ylim=(0, None), title="kg build --watch on a growing feed")
    for label, values in (
        ("published", [one.listed for one in seen]),
        ("rewritten", [one.rewritten for one in seen]),
        ("taken away", [one.gone for one in seen]),
    ):
        reports.plot(minutes, values, label=label)
    reports.set(xlabel="minutes", ylabel="reports", ylim=(0, None), xlim=(0, None))
    for axes in (memory, reports):
        axes.legend(frameon=False, loc="lower right" if axes is memory else "upper left")
        axes.spines[["top", "right"]].set_visible(False)
        axes.grid(alpha=0.3)
    figure.savefig(path, metadata={"Date": None} if path.suffix == ".svg" else None)


def main() -> int:
    """Watch, and print a row twelve times."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--short", action="store_true", help="one minute")
    parser.add_argument("--minutes", type=float, default=20.0)
    parser.add_argument("--every", type=float, default=5.0, help="seconds between two reports")
    parser.add_argument("--picture", type=Path, metavar="FILE", help="draw it too: .svg or .png")
    parser.add_argument("--trace", type=Path, metavar="FILE", help="all that was seen, as CSV")
    given = parser.parse_args()
    print("| seconds | rounds | published | rewritten | taken away | resident | not of files |")
    print("|---:|---:|---:|---:|---:|---:|---:|")
    seen = watch(1.0 if given.short else given.minutes, given.every)
    growth = seen[-1].resident / seen[len(seen) // 3].resident
    print(f"from the first third to the end: {growth:.2f} × the memory")
    if given.trace is not None:
        with given.trace.open("w", newline="") as stream:
            table = csv.DictWriter(stream, [each.name for each in fields(Moment)])
            table.writeheader()
            table.writerows(map(asdict, seen))
    if given.picture is not None:
        draw(seen, given.picture)
    return 0


if __name__ == "__main__":
    sys.exit(main())
