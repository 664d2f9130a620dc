"""PDF, Word and mail."""

from __future__ import annotations

import io
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path

import docx
import pypdf
import pytest

from kg.documents.document import Document
from kg.documents.sources import docx as word_adapter
from kg.documents.sources.pdf import joined
from kg.errors import DocumentError
from sources.samples import FIRST, PAGE, SECOND, documents, only, pdf, read, refused, write


class TestPdf:
    def test_lines_become_paragraphs(self, tmp_path: Path) -> None:
        lines = [
            "Anna Berg, Rector of Northern University, met the leaders of Harbour Univer-",
            "sity in Oslo.",
            "They signed a memorandum of understanding on the exchange of students.",
        ]
        document = only(write(tmp_path / "a.pdf", pdf(lines, ["A second page."])))
        assert document.text == f"{FIRST}\n\n{lines[2]}\n\nA second page."
        assert (document.id, document.title) == ("a", "Report")
        assert (document.author, document.published) == ("A Ministry", "2024-05-13")

    def test_pictures_without_text(self, tmp_path: Path) -> None:
        assert "ocrmypdf" in str(refused(write(tmp_path / "a.pdf", pdf([]))))

    def test_a_password(self, tmp_path: Path) -> None:
        writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(pdf([FIRST]))))
        writer.encrypt("secret", algorithm="RC4-128")
        with (tmp_path / "a.pdf").open("wb") as stream:
            writer.write(stream)
        assert "password" in str(refused(tmp_path / "a.pdf"))

    @pytest.mark.parametrize("cut", [0, 9, 300, 500])
    def test_a_file_that_is_cut(self, tmp_path: Path, cut: int) -> None:
        (one,) = read(write(tmp_path / "a.pdf", pdf([FIRST])[:cut]))
        assert isinstance(one, DocumentError)
        assert "a.pdf" in str(one)

    def test_paragraphs_end_at_short_last_lines_and_empty_ones(self) -> None:
        text = "A long line of a paragraph that\ngoes on.\nThe next one begins here and\n\nends."
        assert joined(text).split("\n\n") == [
            "A long line of a paragraph that goes on.",
            "The next one begins here and",
            "ends.",
        ]


class TestWord:
    def word(self, path: Path) -> Path:
        made = docx.Document()
        made.core_properties.title = "Minutes"
        made.core_properties.author = "A Ministry"
        made.core_properties.created = datetime(2024, 5, 13)
        made.add_paragraph(FIRST)
        table = made.add_table(1, 2)
        table.cell(0, 0).text, table.cell(0, 1).text = "Party", "Harbour University"
        made.add_paragraph(SECOND)
        made.save(str(path))
        return path

    def test_paragraphs_and_tables_in_their_order(self, tmp_path: Path) -> None:
        document = only(self.word(tmp_path / "minutes.docx"))
        assert document.text == f"{FIRST}\n\nParty – Harbour University\n\n{SECOND}"
        assert (document.id, document.title, document.author) == (
            "minutes",
            "Minutes",
            "A Ministry",
        )
        assert document.published == "2024-05-13"

    def test_what_unpacks_to_too_much(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = self.word(tmp_path / "a.docx")
        monkeypatch.setattr(word_adapter, "MAX_BYTES", 1000)
        assert "unpacks to more" in str(refused(path))

    @pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"no word"])
    def test_no_word_document(self, tmp_path: Path, content: bytes) -> None:
        assert "no sound Word document" in str(refused(write(tmp_path / "a.docx", content)))


class TestMail:
    def letter(self, **parts: object) -> EmailMessage:
        message = EmailMessage()
        message["Subject"] = "Visit of the rector"
        message["From"] = "Press Office <press@n.example>"
        message["Date"] = "Mon, 13 May 2024 10:00:00 +0500"
        message["Message-ID"] = "<abc.1@n.example>"
        return message

    def test_the_letter(self, tmp_path: Path) -> None:
        message = self.letter()
        message.set_content(f"{FIRST}\n\n{SECOND}\n")
        document = only(write(tmp_path / "a.eml", message.as_bytes()))
        assert document.text == f"{FIRST}\n\n{SECOND}"
        assert document.address == "mid:abc.1@n.example"
        assert (document.title, document.published) == ("Visit of the rector", "2024-05-13")
        assert document.author == "Press Office <press@n.example>"

    def test_a_letter_in_html(self, tmp_path: Path) -> None:
        message = self.letter()
        message.set_content(PAGE, subtype="html")
        assert FIRST in only(write(tmp_path / "a.eml", message.as_bytes())).text

    def test_attachments_are_documents_of_their_own(self, tmp_path: Path) -> None:
        message = self.letter()
        message.set_content("See the attached reports.\n")
        message.add_attachment(
            pdf([FIRST]), maintype="application", subtype="pdf", filename="visit.pdf"
        )
        message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="p.png")
        message.add_attachment(f"{SECOND}\n", filename="../../notes.txt")
        found = documents(write(tmp_path / "a.eml", message.as_bytes()))
        assert [document.id for document in found] == ["a", "visit", "notes"]
        assert found[1].text == FIRST

    def test_a_letter_that_was_forwarded_as_an_attachment(self, tmp_path: Path) -> None:
        inner = EmailMessage()
        inner["Subject"] = "The visit itself"
        inner["Message-ID"] = "<abc.2@n.example>"
        inner.set_content(f"{FIRST}\n")
        inner.add_attachment(f"{SECOND}\n", filename="notes.txt")
        message = self.letter()
        message.set_content("See below.\n")
        message.add_attachment(inner)
        found = documents(write(tmp_path / "a.eml", message.as_bytes()))
        assert [one.text for one in found] == ["See below.", FIRST, f"{SECOND}\n"]
        assert found[1].address == "mid:abc.2@n.example"

    def test_what_is_no_letter(self, tmp_path: Path) -> None:
        error = refused(write(tmp_path / "a.eml", bytes(range(256)) * 10))
        assert "no sound e-mail" in str(error)

    def test_an_empty_letter(self, tmp_path: Path) -> None:
        assert "no text" in str(refused(write(tmp_path / "a.eml", b"Subject: Visit\n\n")))

    def test_broken_headers_end_well(self, tmp_path: Path) -> None:
        raw = (
            b"Subject: =?utf-8?b?!!!?=\nDate: someday\nContent-Type: text/plain; charset=nope\n\nX."
        )
        (one,) = read(write(tmp_path / "a.eml", raw))
        assert isinstance(one, Document | DocumentError)
