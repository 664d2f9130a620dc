from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from kg.documents.document import Document
from kg.documents.sources import Options, Reader, html, read
from kg.documents.sources.content import Content
from kg.errors import DocumentError
from sources.samples import PAGE, write


@pytest.fixture
def converted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the pages that are converted from now on."""
    names: list[str] = []
    whole = html.page

    def noted(raw: bytes, content: Content) -> Document:
        names.append(content.stem)
        return whole(raw, content)

    monkeypatch.setattr(html, "page", noted)
    return names


def reads(folder: Path) -> list[Document | DocumentError]:
    with Reader(Options(cache=folder.parent / "kept.sqlite")) as reader:
        return list(read(folder, reader))


def test_an_unchanged_page_is_converted_once(tmp_path: Path, converted: list[str]) -> None:
    write(tmp_path / "pages" / "a.html", PAGE)
    first = reads(tmp_path / "pages")
    assert reads(tmp_path / "pages") == first
    assert converted == ["a"]


def test_a_changed_or_moved_page_is_converted_again(tmp_path: Path, converted: list[str]) -> None:
    page = write(tmp_path / "pages" / "a.html", PAGE)
    (before,) = reads(tmp_path / "pages")
    write(page, PAGE.replace("Oslo", "Bergen"))
    (after,) = reads(tmp_path / "pages")
    assert isinstance(before, Document)
    assert isinstance(after, Document)
    assert "Bergen" in after.text
    page.rename(page.with_name("b.html"))
    assert reads(tmp_path / "pages") == [replace(after, id="b")]
    assert converted == ["a", "a", "b"]


def test_what_fails_is_tried_again(tmp_path: Path, converted: list[str]) -> None:
    write(tmp_path / "pages" / "a.html", "<html><body></body></html>")
    assert isinstance(reads(tmp_path / "pages")[0], DocumentError)
    assert isinstance(reads(tmp_path / "pages")[0], DocumentError)
    assert converted == ["a", "a"]


def test_a_damaged_file_only_costs_time(tmp_path: Path, converted: list[str]) -> None:
    write(tmp_path / "pages" / "a.html", PAGE)
    (tmp_path / "kept.sqlite").write_bytes(b"no database" * 500)
    assert isinstance(reads(tmp_path / "pages")[0], Document)
    assert converted == ["a"]


def test_a_full_disk_costs_no_document(tmp_path: Path) -> None:
    long = Random(1).randbytes(20_000).hex(" ")  # more than fits into what the file has
    write(tmp_path / "a.html", PAGE.replace("They signed", f"{long}. They signed"))
    with Reader(Options(cache=tmp_path / "pages.sqlite")) as reader:
        assert reader.conversions is not None
        base = reader.conversions._base
        base.execute("PRAGMA max_page_count = 1")  # SQLite: "database or disk is full"
        (document,) = read(tmp_path / "a.html", reader)
        assert isinstance(document, Document)
        assert base.execute("SELECT COUNT(*) FROM conversion").fetchone() == (0,)
