from __future__ import annotations

import re
from pathlib import Path

import pytest

import kg
from kg import version
from kg.version import version_of


def test_it_is_the_packages_version_and_a_hash_of_the_parts() -> None:
    found = version_of("extraction")
    assert re.fullmatch(re.escape(kg.__version__) + r"\+[0-9a-f]{8}", found)
    assert found == version_of("extraction")
    assert found != version_of("graph")


def test_it_changes_with_a_word_in_a_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = tmp_path / "part" / "data" / "words.toml"
    words.parent.mkdir(parents=True)
    (tmp_path / "part" / "notes.md").write_text("not counted")
    monkeypatch.setattr(version, "_PACKAGE", tmp_path)
    seen = set()
    for text in ("a", "b"):
        words.write_text(text)
        version_of.cache_clear()
        seen.add(version_of("part"))
    version_of.cache_clear()
    assert len(seen) == 2
