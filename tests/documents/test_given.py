from __future__ import annotations

from pathlib import Path

import pytest

from kg.documents.given import document_of
from kg.errors import DocumentError


def test_a_text_is_a_document_that_its_words_name() -> None:
    one, other = document_of("A text."), document_of("Another text.")
    assert one.text == "A text."
    assert one.address == f"urn:sha256:{one.text_hash}"
    assert one.id == one.key != other.key


def test_front_matter_is_understood() -> None:
    document = document_of("---\ntitle: News\nsource: https://e.org/1\n---\n\nA text.\n")
    assert (document.title, document.address) == ("News", "https://e.org/1")
    assert document.text.strip() == "A text."


def test_a_file_by_its_name_or_path(tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text("A text.")
    (tmp_path / "no suffix").write_text("A text.")
    for source in (
        tmp_path / "report.txt",
        str(tmp_path / "report.txt"),
        str(tmp_path / "no suffix"),
        str(tmp_path),
    ):
        if source != str(tmp_path):
            assert document_of(source).text == "A text."


@pytest.mark.parametrize("text", ["", " \n", "---\ntitle: A\n---\n"])
def test_an_empty_text(text: str) -> None:
    with pytest.raises(DocumentError, match="empty"):
        document_of(text)


def test_a_name_without_a_file_and_a_folder_of_many(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="no such file"):
        document_of("missing.txt")
    (tmp_path / "a.txt").write_text("A text.")
    (tmp_path / "b.txt").write_text("A text.")
    with pytest.raises(DocumentError, match="2 documents"):
        document_of(str(tmp_path))
    (tmp_path / "b.txt").write_bytes(b"")
    with pytest.raises(DocumentError, match="no text in it"):
        document_of(tmp_path)


def test_a_long_line_is_a_text() -> None:
    assert document_of("word " * 1000).text.startswith("word word")
    assert document_of("Read it in report.txt").text == "Read it in report.txt"
