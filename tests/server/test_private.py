"""Files that are read back as Python objects come from nobody else."""

from __future__ import annotations

import os
import pickle
import stat
from pathlib import Path
from types import SimpleNamespace

import pytest

from kg.server import private
from kg.server.insight_jobs import InsightJobs
from kg.server.pages import Site
from kg.server.settings import Settings


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "own").mkdir(mode=0o700)
    return tmp_path / "own"


def test_what_is_written_is_its_owner_s_alone(folder: Path) -> None:
    private.write(folder / "a", b"said")
    assert stat.S_IMODE((folder / "a").stat().st_mode) == 0o600
    assert private.read(folder / "a") == b"said"
    with pytest.raises(FileExistsError):
        private.write(folder / "a", b"again")
    with pytest.raises(FileNotFoundError):
        private.read(folder / "b")


@pytest.mark.parametrize("mode", [0o620, 0o602, 0o666])
def test_what_others_can_write_is_not_read(folder: Path, mode: int) -> None:
    private.write(folder / "a", b"said")
    (folder / "a").chmod(mode)
    with pytest.raises(PermissionError):
        private.read(folder / "a")
    (folder / "a").chmod(0o600)
    folder.chmod(0o700 | mode & 0o022)
    with pytest.raises(PermissionError):
        private.read(folder / "a")


def test_links_are_not_followed(folder: Path) -> None:
    private.write(folder / "a", b"said")
    (folder / "b").symlink_to(folder / "a")
    with pytest.raises(PermissionError):
        private.read(folder / "b")
    with pytest.raises(FileExistsError):
        private.write(folder / "b", b"through the link")


class Trap:
    """Runs something when it is unpickled."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (os.environ["TRAP"],)


def test_nothing_of_another_is_unpickled(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRAP", str(folder / "sprung"))
    monkeypatch.setattr(InsightJobs, "state", lambda self: "now")
    monkeypatch.setattr("kg.server.insight_jobs.Reading.of", lambda graph, build: build)
    monkeypatch.setattr(InsightJobs, "graph", None)
    (folder / "a").write_bytes(pickle.dumps(Trap()))
    (folder / "a").chmod(0o622)
    assert InsightJobs()._reading(str(folder / "a")) == "now"
    assert not (folder / "sprung").exists()


def test_the_site_s_folder_is_private(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    before = os.umask(0)  # the most careless one
    try:
        site = Site(SimpleNamespace(), Settings(tmp_path))
    finally:
        os.umask(before)
    assert stat.S_IMODE(site._folder.stat().st_mode) == 0o700
    site.close()
