from __future__ import annotations

from pathlib import Path

import pytest

from sources.samples import FIRST, PAGE, RUSSIAN, SECOND, documents, only, read, refused, write


def test_a_page_is_its_report_without_what_surrounds_it(tmp_path: Path) -> None:
    document = only(write(tmp_path / "visit.html", PAGE))
    assert document.id == "visit"
    assert document.address == document.source == "https://n.example/news/1"
    assert document.title == "Rector of Northern University in Oslo"
    assert document.published == "2024-05-13"
    assert document.author == "Jane Doe"
    assert document.language == "en"
    assert FIRST in document.text.split("\n\n")
    assert any(paragraph.startswith(SECOND) for paragraph in document.text.split("\n\n"))
    assert "Cookie" not in document.text
    assert "About us" not in document.text


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1251", "koi8-r", "utf-16"])
@pytest.mark.parametrize("declared", [True, False])
def test_encodings_said_and_guessed(tmp_path: Path, encoding: str, declared: bool) -> None:
    meta = f'<head><meta charset="{encoding}">' if declared and encoding != "utf-16" else "<head>"
    page = RUSSIAN.replace("<head>", meta)
    document = only(write(tmp_path / "a.htm", page.encode(encoding)))
    assert "Ректор Северного университета Анна Берг" in document.text
    assert document.language == "ru"


def test_a_charset_that_is_not_true_gives_way(tmp_path: Path) -> None:
    page = RUSSIAN.replace("<head>", '<head><meta charset="iso-8859-1">')
    assert "Анна Берг" in only(write(tmp_path / "a.html", page.encode())).text


def test_the_parts_of_a_saved_page_are_no_reports(tmp_path: Path) -> None:
    write(tmp_path / "visit.html", PAGE)
    write(tmp_path / "visit_files" / "ad.html", "<html><body><p>Buy this now</p></body></html>")
    assert [document.id for document in documents(tmp_path)] == ["visit"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "no text in it"),
        ("<html><body></body></html>", "no text in it"),
        ("<html>" + "<b>x" * 250_000, "more than 100,000 elements"),
    ],
    ids=["empty", "no report", "a million tags"],
)
def test_what_is_no_report(tmp_path: Path, content: str, said: str) -> None:
    assert said in str(refused(write(tmp_path / "a.html", content)))


def test_deep_nesting_ends_well(tmp_path: Path) -> None:
    page = f"<html><body>{'<div>' * 20_000}<p>{FIRST}</p></body></html>"
    assert len(read(write(tmp_path / "a.html", page))) == 1


def test_a_canonical_address_that_is_none(tmp_path: Path) -> None:
    page = PAGE.replace("https://n.example/news/1", "javascript:alert(1)")
    document = only(write(tmp_path / "a.html", page))
    assert document.source is None
    assert document.address.startswith("file://")
