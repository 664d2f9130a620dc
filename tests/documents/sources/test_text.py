from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.documents import sources
from kg.documents.document import Document
from kg.documents.sources import content
from kg.errors import DocumentError

CORPUS = Path(__file__).parents[3] / "corpus"


def only(source: str | Path) -> Document:
    (document,) = sources.read(source)
    assert isinstance(document, Document), document
    return document


def refused(source: str | Path) -> DocumentError:
    (error,) = sources.read(source)
    assert isinstance(error, DocumentError), error
    assert error.remedy
    assert error.where
    return error


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


class TestFiles:
    def test_a_text_without_front_matter_is_kept_exactly(self, tmp_path: Path) -> None:
        path = write(tmp_path / "report.txt", "  One.\n\nTwo.  \n\n")
        document = only(path)
        assert document.text == "  One.\n\nTwo.  \n\n"
        assert document.id == "report"
        assert document.address == path.resolve().as_uri()
        assert (document.source, document.title, document.published) == (None, None, None)
        assert document.language == "en"

    def test_front_matter_is_taken_off(self, tmp_path: Path) -> None:
        path = write(
            tmp_path / "a.b.md",
            "---\ntitle: T\nsource: https://e.org/1\npublished: 2025-09\n---\n\n# H\n\nX.\n",
        )
        document = only(path)
        assert document.text == "# H\n\nX."
        assert document.id == "a.b"
        assert document.address == document.source == "https://e.org/1"
        assert (document.title, document.published) == ("T", "2025-09")

    def test_the_source_is_the_address_wherever_the_file_lies(self, tmp_path: Path) -> None:
        text = "---\nsource: https://e.org/1\n---\nX."
        first = only(write(tmp_path / "a.txt", text))
        second = only(write(tmp_path / "b" / "c.md", text))
        assert first.key == second.key
        assert first.text_hash == second.text_hash

    def test_lines_end_alike_and_a_byte_order_mark_is_no_text(self, tmp_path: Path) -> None:
        path = write(tmp_path / "a.txt", b"\xef\xbb\xbfOne.\r\nTwo.\rThree.")
        assert only(path).text == "One.\nTwo.\nThree."

    def test_a_file_without_suffix_is_read(self, tmp_path: Path) -> None:
        assert only(write(tmp_path / "report", "X.")).id == "report"

    def test_a_pipe_is_read(self, tmp_path: Path) -> None:
        reading, writing = os.pipe()
        os.write(writing, b"X.")
        os.close(writing)
        assert only(f"/dev/fd/{reading}").text == "X."
        os.close(reading)

    @pytest.mark.parametrize("name", ["a.TXT", "a.Md", "a.markdown"])
    def test_suffixes_in_any_case(self, tmp_path: Path, name: str) -> None:
        assert only(write(tmp_path / name, "X.")).text == "X."

    def test_the_corpus_is_read_whole(self) -> None:
        documents = list(sources.read(CORPUS))
        assert len(documents) == 41
        assert all(isinstance(document, Document) for document in documents)
        assert len({d.key for d in documents if isinstance(d, Document)}) == 41


class TestUnreadable:
    @pytest.mark.parametrize(
        ("name", "content", "said"),
        [
            ("a.txt", "", "there is no text in it"),
            ("a.txt", " \n\t\u00a0\n", "there is no text in it"),
            ("a.txt", "---\ntitle: T\n---\n\n", "there is no text in it"),
            ("a.txt", "Кириллица\nв KOI8".encode("koi8-r"), "not UTF-8 (byte 0xeb in line 1)"),
            ("a.txt", b"One.\nTw\xe9.", "not UTF-8 (byte 0xe9 in line 2)"),
            ("a.txt", "UTF-16".encode("utf-16"), "in UTF-16"),
            ("a.txt", b"\x00\x01\x02", "a binary file"),
            ("a.txt", b"ELF\x00text", "a binary file"),
            ("a.txt", b"%PDF-1.7\n\xe2\xe3", "a PDF file"),
            ("a.md", b"PK\x03\x04\x00\x00", "a ZIP archive or an office document"),
            ("a.txt", b"\xed\xa0\x80", "not UTF-8"),
            ("a.rtf", "{}", "files of the kind '.rtf' are not read"),
            ("a.gold.json", "{}", "files of the kind '.json' are not read"),
            ("a.txt", "---\ntitle: T\n", "the front matter is not closed"),
        ],
    )
    def test_a_file_says_what_is_wrong_with_it(
        self, tmp_path: Path, name: str, content: str | bytes, said: str
    ) -> None:
        error = refused(write(tmp_path / name, content))
        assert said in str(error)
        assert name in str(error)

    def test_a_missing_source_is_an_error_at_once(self, tmp_path: Path) -> None:
        with pytest.raises(DocumentError, match=r"no\.txt: there is no such file or folder"):
            sources.read(tmp_path / "no.txt")

    @pytest.mark.parametrize("name", ["a\0b.txt", "x" * 5000], ids=["NUL", "long"])
    def test_an_impossible_name_is_a_missing_source(self, name: str) -> None:
        with pytest.raises(DocumentError, match="there is no such file"):
            sources.read(name)

    def test_a_text_over_the_limit(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(content, "MAX_BYTES", 1024 * 1024)
        error = refused(write(tmp_path / "a.txt", "x" * (1024 * 1024 + 1)))
        assert "longer than 1 MB" in str(error)

    def test_a_device_without_end_stops_at_the_limit(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(content, "MAX_BYTES", 1024 * 1024)
        assert "longer than 1 MB" in str(refused("/dev/zero"))

    def test_a_link_that_leads_nowhere(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").symlink_to(tmp_path / "gone.txt")
        assert "it cannot be read: No such file" in str(refused(tmp_path / "a.txt"))

    @pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
    def test_a_file_without_permission(self, tmp_path: Path) -> None:
        path = write(tmp_path / "a.txt", "X.")
        path.chmod(0)
        assert "it cannot be read: Permission denied" in str(refused(path))

    def test_a_refusal_of_the_system_is_told(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def deny(*_: object, **__: object) -> None:
            raise PermissionError(13, "Permission denied")

        path = write(tmp_path / "a.txt", "X.")
        monkeypatch.setattr(Path, "open", deny)
        assert "it cannot be read: Permission denied" in str(refused(path))


class TestFolders:
    def test_files_come_in_order_and_others_are_counted(self, tmp_path: Path) -> None:
        for name in ["b/z.txt", "b/a.md", "a.txt", "c.txt"]:
            write(tmp_path / name, "X.")
        for name in ["README.md", "a.gold.json", ".hidden.txt", "b/photo.jpg"]:
            write(tmp_path / name, "X.")
        write(tmp_path / ".git" / "x.txt", "X.")
        listing = sources.listing_of(tmp_path)
        found = [str(path.relative_to(tmp_path)) for path in listing.files]
        assert found == ["a.txt", "b/a.md", "b/z.txt", "c.txt"]
        assert listing.passed_over == 4
        ids = [d.id for d in sources.read(tmp_path) if isinstance(d, Document)]
        assert ids == ["a", "a", "z", "c"]

    def test_one_broken_file_stops_nothing(self, tmp_path: Path) -> None:
        write(tmp_path / "a.txt", "X.")
        write(tmp_path / "b.txt", b"\xff")
        write(tmp_path / "c.txt", "X.")
        kinds = [type(item) for item in sources.read(tmp_path)]
        assert kinds == [Document, DocumentError, Document]

    def test_a_folder_with_nothing_to_read(self, tmp_path: Path) -> None:
        write(tmp_path / "a.json", "{}")
        with pytest.raises(DocumentError, match=r"nothing to read \(1 other files\) — name a"):
            sources.read(tmp_path)

    def test_a_folder_linked_into_itself_ends(self, tmp_path: Path) -> None:
        write(tmp_path / "a.txt", "X.")
        (tmp_path / "loop").symlink_to(tmp_path)
        assert len(list(sources.read(tmp_path))) == 1

    def test_a_closed_folder_is_named(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def scandir(path: str) -> None:
            raise PermissionError(13, "Permission denied", str(path))

        monkeypatch.setattr(os, "scandir", scandir)
        assert "the folder cannot be looked into" in str(refused(tmp_path))

    def test_a_folder_named_like_a_text_is_a_folder(self, tmp_path: Path) -> None:
        write(tmp_path / "a.txt" / "b.txt", "X.")
        assert only(tmp_path).id == "b"

    def test_a_name_that_is_no_unicode_can_be_printed(self, tmp_path: Path) -> None:
        name = os.fsencode(tmp_path) + b"/caf\xe9.txt"
        Path(os.fsdecode(name)).write_text("X.")
        document = only(tmp_path)
        assert document.id == "caf\ufffd"
        assert document.address.endswith("/caf%E9.txt")
        assert document.address.encode()


class TestStandardInput:
    def give(self, monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))

    def test_it_is_read_as_one_text(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.give(monkeypatch, "---\ntitle: T\n---\n\nСиньцзян.".encode())
        document = only("-")
        assert (document.title, document.text) == ("T", "Синьцзян.")
        assert document.address == f"urn:sha256:{document.text_hash}"
        assert document.id == document.key

    def test_the_same_text_has_the_same_address(self, monkeypatch: pytest.MonkeyPatch) -> None:
        keys = []
        for _ in range(2):
            self.give(monkeypatch, b"X.")
            keys.append(only("-").key)
        assert keys[0] == keys[1]

    def test_empty(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.give(monkeypatch, b"")
        assert "standard input: there is no text in it" in str(refused("-"))

    def test_closed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("sys.stdin", None)
        assert "standard input: it is closed" in str(refused("-"))


@given(content=st.binary(max_size=300))
def test_any_bytes_are_a_document_or_an_error(
    content: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("bytes") / "a.txt"
    path.write_bytes(content)
    (result,) = sources.read(path)
    if isinstance(result, Document):
        assert result.text.strip()
        assert "\r" not in result.text
    else:
        assert result.remedy
