"""`kg authority`: a registry of one's own joins names that nothing else could."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

Run = Callable[..., subprocess.CompletedProcess[str]]

CSV = """# ours
name,en,kind,country,ror,wikidata
Northern University,Harbour University,University,NO,02v51f717,
"""
NAMES = "SELECT DISTINCT ?u { ?u a coop:University }"


def test_an_imported_registry_is_used_and_kept(kg: Run, built: Path, tmp_path: Path) -> None:
    shutil.copytree(built, tmp_path, dirs_exist_ok=True)
    (tmp_path / "ours.csv").write_text(CSV)
    before = kg("query", NAMES, "--format", "csv").stdout
    told = kg("authority", "import", "ours.csv")
    assert told.returncode == 0, told.stderr
    assert "1 institutions" in told.stderr
    listed = kg("authority", "list", "--format", "csv").stdout
    assert "https://ror.org/02v51f717" in listed
    after = kg("query", NAMES, "--format", "csv").stdout
    assert len(after.splitlines()) == len(before.splitlines()) - 1
    refused = kg("authority", "import", "missing.csv")
    assert (refused.returncode, "Traceback" in refused.stderr) == (2, False)
