"""What a build says when it is done."""

from pathlib import Path

import pytest

from kg.build import BuildReport
from kg.cli.building import tell


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
