"""Sources of all kinds on the command line: reports of a build, shares of failures, watching."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from kg.errors import DocumentError, UsageError

PAGE = (
    '<html lang="en"><head><title>Visit</title></head><body><article><h1>Visit</h1><p>Anna Berg, '
    "Rector of Northern University, met the leaders of Harbour University in Oslo on May 13, "
    "2024.</p></article></body></html>"
)


def test_pages_and_tables_become_one_graph(kg, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "visit.html").write_text(PAGE)
    (tmp_path / "news.csv").write_text(
        'body,headline,url\n"Harbour University opened a laboratory in Bergen.",Lab,https://e.org/2\n'
    )
    done = kg("build", "visit.html", "news.csv", "--column", "text=body", "--report", "r.json")
    assert done.returncode == 0, done.stderr
    report = json.loads((tmp_path / "r.json").read_text())
    assert (report["read"], report["failed"], report["withdrawn"]) == (2, [], 0)
    assert report["documents_a_second"] > 0
    people = kg("query", "SELECT ?n { ?p a foaf:Person ; rdfs:label ?n }", "--format", "csv")
    assert people.stdout == "n\nAnna Berg\n"
    assert kg("build", "visit.html").stdout.count("documents unchanged") == 1


def test_a_share_of_failures_that_is_passed(kg, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "a.txt").write_text("A text.")
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.4 cut")
    assert kg("build", "a.txt", "b.pdf", "--max-failures", "0.5").returncode == 0
    done = kg("build", "a.txt", "b.pdf", "--max-failures", "0.4", "--report", "r.json")
    assert done.returncode == DocumentError.status
    assert "1 of 2 documents could not be read" in done.stderr.splitlines()[-1]
    (failed,) = json.loads((tmp_path / "r.json").read_text())["failed"]
    assert failed["address"].endswith("b.pdf")
    assert "no sound PDF" in failed["reason"]


def test_a_page_from_standard_input(kg) -> None:  # type: ignore[no-untyped-def]
    done = kg("extract", "-", given=PAGE)
    assert json.loads(done.stdout)["title"] == "Visit"


def test_wrong_options(kg) -> None:  # type: ignore[no-untyped-def]
    done = kg("build", "x.csv", "--column", "colour=red")
    assert done.returncode == UsageError.status
    assert "fields are text" in done.stderr
    done = kg("build", "http://127.0.0.1:9/")
    assert done.returncode == DocumentError.status
    assert "--allow-host 127.0.0.1" in done.stderr


def test_watching_reads_what_comes_and_stops_when_told(tmp_path: Path) -> None:
    reports = tmp_path / "reports"
    reports.mkdir()
    (reports / "a.txt").write_text("Harbour University opened a laboratory in Bergen.\n")
    command = [sys.executable, "-m", "kg.cli", "build", "reports", "--watch", "--every", "0.005"]
    told = tmp_path / "told"
    with told.open("w") as out:
        process = subprocess.Popen(
            command, cwd=tmp_path, text=True, stdout=out, stderr=subprocess.PIPE,
            env={**os.environ, "COLUMNS": "100"},
        )  # fmt: skip
    wait_for(process, lambda: told.read_text().count("graph graph") == 1)
    (reports / "b.txt").write_text("Northern University opened a school in Bergen.\n")
    wait_for(process, lambda: told.read_text().count("graph graph") >= 2)
    process.send_signal(signal.SIGTERM)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    assert err.splitlines()[-1] == "kg: stopped; what was read is kept"
    assert len(list((tmp_path / "graph").glob("read-*"))) == 2


def wait_for(process: subprocess.Popen[str], condition: object) -> None:
    patience = time.monotonic() + 120
    while not condition():  # type: ignore[operator]
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < patience
        time.sleep(0.05)


def test_withdrawing_and_forgetting(kg, built: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "reports").mkdir()
    for path in (built / "reports").iterdir():
        (tmp_path / "reports" / path.name).write_text(path.read_text())
    assert kg("build", "reports").returncode == 0
    planned = kg("withdraw", "three", "--because", "request 17", "--dry-run")
    assert planned.stdout.startswith(" would vanish")
    assert "three" in planned.stdout
    assert kg("withdraw", "three", "--because", "request 17").returncode == 0
    assert "Bergen" not in kg("export", "--format", "nquads").stdout
    assert kg("forget", "Anna Berg", "--because", "request 18").returncode == 0
    again = kg("build", "reports")
    assert "documents withdrawn" in again.stdout
    assert "Berg" not in kg("export", "--format", "nquads").stdout
    assert kg("forget", "Anna Berg", "--because", "request 18").returncode == UsageError.status
