"""What pages of answers rest on is read once for each build, and never from an older one."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from gold_extractor import GoldExtractor

from kg.analysis.facts import Facts
from kg.build import build
from kg.server.jobs import Desk
from kg.server.pages import Site
from kg.server.settings import Settings

CORPUS = Path(__file__).parents[2] / "corpus"
ASKED = {"since": "2000", "address": "https://example.org/radar"}
FIRST, SECOND = CORPUS / "en-0017.txt", CORPUS / "en-0038.txt"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    build(FIRST, tmp_path / "graph", extractor=GoldExtractor())
    return tmp_path / "graph"


def unread(_: object) -> Facts:
    raise AssertionError("the graph is read again")


def test_a_build_is_read_once_for_all_requests(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, reading = Desk(str(folder)), str(tmp_path / "facts")
    fresh = desk.radar(**ASKED)
    assert fresh.rows
    desk.read(path=reading)
    monkeypatch.setattr(Facts, "of", unread)
    for worker in (desk, Desk(str(folder))):
        for _ in range(2):
            assert worker.radar(**ASKED, reading=reading) == fresh
    with pytest.raises(AssertionError, match="read again"):
        desk.radar(**ASKED)


def test_what_was_read_of_an_older_build_is_passed_over(folder: Path, tmp_path: Path) -> None:
    desk, reading = Desk(str(folder)), str(tmp_path / "facts")
    desk.read(path=reading)
    before = desk.radar(**ASKED, reading=reading)
    build([FIRST, SECOND], folder, extractor=GoldExtractor())
    after = desk.radar(**ASKED, reading=reading)
    assert after == Desk(str(folder)).radar(**ASKED)
    assert after != before


def test_a_file_that_is_gone_is_done_without(folder: Path, tmp_path: Path) -> None:
    desk = Desk(str(folder))
    assert desk.radar(**ASKED, reading=str(tmp_path / "none")) == desk.radar(**ASKED)


class Direct:
    """Does the jobs of readers in this process."""

    def __init__(self, desk: Desk):
        self.desk = desk

    async def run(self, job: str, *, seconds: float = 0, **arguments: Any) -> Any:
        return getattr(self.desk, job)(**arguments)


def finish(work: Coroutine[Any, Any, None]) -> None:
    """Run it in a thread of its own: a browser's test may have left a loop running in this one."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, work).result()


def test_the_server_reads_each_build_ahead_and_keeps_the_last_only(folder: Path) -> None:
    site = Site(Direct(Desk(str(folder))), Settings(folder))  # type: ignore[arg-type]
    assert site.reading == ""
    finish(site._renew())
    first = Path(site.reading)
    assert first.is_file()
    build([FIRST, SECOND], folder, extractor=GoldExtractor())
    finish(site._renew())  # the graph has just changed, and may change again at once
    assert first.is_file()
    finish(site._renew())
    assert Path(site.reading).is_file()
    assert not first.exists()
    site.close()
    assert not Path(site.reading).exists()
