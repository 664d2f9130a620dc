"""What a build says when it is done."""

from pathlib import Path

import pytest

from kg.build import BuildReport, Run
from kg.cli import terminal
from kg.cli.building import tell
from kg.graph.folder import Folder
from kg.graph.store import Graph


def test_many_failures_are_told_in_part_and_all_in_the_report(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    failed = tuple((f"https://amber.example/{number}", "x" * 1000) for number in range(25))
    tell(BuildReport(read=1, failed=failed), tmp_path, tmp_path / "report.json", None)
    lines = capsys.readouterr().err.splitlines()
    assert sum(line.startswith("kg: not read: https://amber.example/") for line in lines) == 20
    assert max(map(len, lines)) < 400
    assert lines[-2] == "kg: not read: 5 more; --report FILE lists them all"
    assert (tmp_path / "report.json").read_text().count("https://amber.example/") == 25


def test_a_build_that_waits_says_so_once_and_only_when_it_is_felt(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    held = [Folder.make(tmp_path).writer()]
    clock = iter([0.0, 0.3, 1.2, 2.5])
    monkeypatch.setattr("kg.graph.folder.time.monotonic", lambda: next(clock))
    told: list[list[str]] = []
    with terminal.progress() as progress:
        run = Run(progress, 1)

        def waits(seconds: float) -> None:
            run.waits(seconds)
            told.append(capsys.readouterr().err.splitlines())
            if seconds > 2:
                held.clear()

        with Graph.open(tmp_path, create=True, waiting=waits):
            pass
    said = "kg: another process changes the graph; waiting up to 30 s for it"
    assert told == [[], [said], []]
