from __future__ import annotations

import gzip
import io
import random
import tarfile
import zipfile
from pathlib import Path

import pytest

from kg.documents.document import Document
from kg.documents.sources import archives
from kg.errors import DocumentError
from sources.samples import (
    FIRST,
    PAGE,
    SECOND,
    documents,
    only,
    read,
    refused,
    tarred,
    warc,
    write,
    zipped,
)

FILES = {
    "news/a.txt": FIRST.encode(),
    "news/b.html": PAGE.encode(),
    "news/photo.jpg": b"\xff\xd8\xff",
    "__MACOSX/news/._a.txt": b"\0",
    ".hidden.txt": b"X.",
    "README.md": b"About this archive.",
}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("n.zip", zipped(FILES)),
        ("n.tar", tarred(FILES, "w")),
        ("n.tar.gz", tarred(FILES)),
        ("n.tgz", tarred(FILES)),
        ("n.tar.bz2", tarred(FILES, "w:bz2")),
        ("n.tar.xz", tarred(FILES, "w:xz")),
    ],
)
def test_the_files_in_an_archive(tmp_path: Path, name: str, content: bytes) -> None:
    path = write(tmp_path / name, content)
    first, second = documents(path)
    assert (first.id, first.text) == ("a", FIRST)
    assert first.address == f"{path.as_uri()}!/news/a.txt"
    assert second.address == "https://n.example/news/1"


def test_archives_in_archives_up_to_some_depth(tmp_path: Path) -> None:
    inner = zipped({"a.txt": FIRST.encode()})
    assert only(write(tmp_path / "two.zip", zipped({"in.zip": inner}))).text == FIRST
    for _ in range(5):
        inner = zipped({"in.zip": inner})
    assert "more containers" in str(refused(write(tmp_path / "deep.zip", inner)))


def test_a_file_that_is_compressed_alone(tmp_path: Path) -> None:
    document = only(write(tmp_path / "a.txt.gz", gzip.compress(FIRST.encode())))
    assert (document.id, document.text) == ("a", FIRST)
    rows = gzip.compress(f'{{"text": "{FIRST}"}}\n{{"text": "{SECOND}"}}\n'.encode())
    assert len(documents(write(tmp_path / "a.jsonl.gz", rows))) == 2


@pytest.mark.parametrize("name", ["b.txt.gz", "b.tar.gz", "b.zip"])
def test_a_bomb(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "FREE", 1024 * 1024)
    zeros = b"a" * 30_000_000
    content = {
        "b.txt.gz": lambda: gzip.compress(zeros),
        "b.tar.gz": lambda: tarred({"a.txt": zeros}),
        "b.zip": lambda: zipped({"a.txt": zeros}),
    }[name]()
    assert len(content) < 100_000
    assert "more than 200 times its size" in str(refused(write(tmp_path / name, content)))


def test_a_part_that_is_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.documents.sources.content.MAX_BYTES", 1024 * 1024)
    long = write(tmp_path / "a.zip", zipped({"a.txt": b"x" * 1024 * 1025, "b.txt": b"X."}))
    error, document = read(long)
    assert isinstance(error, DocumentError)
    assert "longer than 1 MB" in str(error)
    assert isinstance(document, Document)


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.tar.gz", "a.txt.gz", "a.warc.gz", "a.warc"])
@pytest.mark.parametrize("content", [b"", b"no archive", zipped(FILES)[:200], tarred(FILES)[:200]])
def test_what_is_no_archive(tmp_path: Path, name: str, content: bytes) -> None:
    found = read(write(tmp_path / name, content))
    assert found
    assert isinstance(found[-1], DocumentError)
    assert name.rpartition(".")[0] in str(found[-1])


def test_an_archive_with_nothing_to_read(tmp_path: Path) -> None:
    assert "nothing to read" in str(refused(write(tmp_path / "a.zip", zipped({"a.jpg": b"x"}))))


def test_a_locked_part(tmp_path: Path) -> None:
    raw = bytearray(zipped({"a.txt": b"X."}))
    for start in (raw.index(b"PK\x03\x04") + 6, raw.index(b"PK\x01\x02") + 8):
        raw[start] |= 1
    assert "password" in str(refused(write(tmp_path / "a.zip", bytes(raw))))


def test_links_and_devices_in_a_tar_are_left_alone(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        link = tarfile.TarInfo("passwd.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
        part = tarfile.TarInfo("../../out.txt")
        part.size = len(FIRST)
        archive.addfile(part, io.BytesIO(FIRST.encode()))
    assert [one.text for one in documents(write(tmp_path / "a.tar", buffer.getvalue()))] == [FIRST]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.tar"]


def test_overlapping_parts_of_a_zip(tmp_path: Path) -> None:
    """A ZIP whose directory names one part a thousand times unpacks it no thousand times."""
    raw = zipped({"a.txt": b"a" * 1_000_000})
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        assert archive.infolist()[0].compress_size < 2000
    start, end = raw.index(b"PK\x01\x02"), raw.index(b"PK\x05\x06")
    entry, count = raw[start:end], 1000
    size = (len(entry) * count).to_bytes(4, "little")
    tail = b"PK\x05\x06" + bytes(4) + count.to_bytes(2, "little") * 2 + size
    tail += start.to_bytes(4, "little") + bytes(2)
    found = read(write(tmp_path / "a.zip", raw[:start] + entry * count + tail))
    assert isinstance(found[-1], DocumentError)


class TestWebArchives:
    ANSWERS = (
        ("https://n.example/news/1", "200 OK", "text/html; charset=utf-8", PAGE.encode()),
        ("https://n.example/gone", "404 Not Found", "text/html", b"<html>Gone</html>"),
        ("https://n.example/p.png", "200 OK", "image/png", b"\x89PNG"),
        ("https://evil.example/x", "200 OK", "text/html", PAGE.encode()),
        ("https://n.example/a.txt", "200 OK", "text/plain", FIRST.encode()),
    )

    @pytest.mark.parametrize("packed", [True, False])
    def test_pages_and_nothing_else(self, tmp_path: Path, packed: bool) -> None:
        raw = warc(*self.ANSWERS)
        name, content = ("a.warc.gz", gzip.compress(raw)) if packed else ("a.warc", raw)
        found = documents(write(tmp_path / name, content))
        assert [one.address for one in found] == [
            "https://n.example/news/1",
            "https://evil.example/x",  # what it claims to be is another server's
            "https://n.example/a.txt",
        ]
        assert found[0].id == found[0].key

    @pytest.mark.parametrize("kind", ["warc", "warc.gz", "one member"])
    @pytest.mark.parametrize("lost", [40, 300, 960])
    def test_an_archive_that_is_cut(self, tmp_path: Path, kind: str, lost: int) -> None:
        """What came before is read; half a page is never taken for the whole."""
        pages = [PAGE.replace("Anna", f"Anna {n} {random.Random(n).random()}") for n in range(3)]
        answers = [
            warc((f"https://n.example/{n}", "200 OK", "text/html", page.encode()))
            for n, page in enumerate(pages)
        ]
        raw = {
            "warc": b"".join(answers),
            "warc.gz": b"".join(map(gzip.compress, answers)),
            "one member": gzip.compress(b"".join(answers)),
        }[kind]
        whole = documents(write(tmp_path / "whole.warc.gz", gzip.compress(b"".join(answers))))
        name = "a.warc" if kind == "warc" else "a.warc.gz"
        found = read(write(tmp_path / name, raw[: len(raw) - min(lost, len(raw) - 20)]))
        assert isinstance(found[-1], DocumentError)
        assert "a.warc" in str(found[-1])
        texts = {one.text for one in whole}
        assert all(one.text in texts for one in found if isinstance(one, Document))

    def test_an_answer_that_is_packed_wrong_stops_no_other(self, tmp_path: Path) -> None:
        chunked = "text/html\r\nTransfer-Encoding: chunked"
        raw = warc(
            ("https://n.example/1", "200 OK", chunked, b"fff\r\n" + PAGE.encode()), self.ANSWERS[0]
        )
        broken, sound = read(write(tmp_path / "a.warc", raw))
        assert "no sound answer" in str(broken)
        assert "https://n.example/1" in str(broken)
        assert isinstance(sound, Document)
