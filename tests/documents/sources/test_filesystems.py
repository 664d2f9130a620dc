"""Sources that fsspec opens: one file, a folder, a pattern, an archive; what cannot be opened."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from kg.documents.sources import filesystems
from kg.errors import DocumentError
from sources.samples import FIRST, PAGE, documents, only, pdf, refused, warc, write, zipped

fsspec = pytest.importorskip("fsspec")


@pytest.fixture
def bucket(tmp_path: Path) -> str:
    """An address in memory that no other test has."""
    return f"memory://{tmp_path.name}"


def put(place: str, content: bytes) -> str:
    with fsspec.open(place, "wb") as stream:
        stream.write(content)
    return place


ANSWERS = warc(("https://n.example/1", "200 OK", "text/html", PAGE.encode()))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.warc", ANSWERS),
        ("a.warc.gz", gzip.compress(ANSWERS)),
        ("a.html", PAGE.encode()),
        ("a.pdf", pdf([FIRST])),
        ("a.txt", FIRST.encode()),
        ("a.zip", zipped({"visit.html": PAGE.encode()})),
        ("a.jsonl.gz", gzip.compress(b'{"text": "%s", "id": "one"}' % FIRST.encode())),
    ],
)
def test_a_file_elsewhere_says_what_it_says_here(
    name: str, content: bytes, bucket: str, tmp_path: Path
) -> None:
    here = only(write(tmp_path / name, content))
    there = only(put(f"{bucket}/{name}", content))
    assert (there.text, there.title, there.source) == (here.text, here.title, here.source)
    assert only(f"file://{tmp_path}/{name}") == here
    if here.id == "a":  # named for its file, not for the copy
        assert there.id == "a"


def test_folders_and_patterns(bucket: str) -> None:
    names = ["2024/a.txt", "2024/b.txt", "2025/c.txt", "README.txt", "2024/d.png"]
    for name in names:
        put(f"{bucket}/{name}", f"{name}: {FIRST}".encode())
    assert [one.id for one in documents(bucket)] == ["a", "b", "c"]
    assert filesystems.expanded(f"{bucket}/2024/*.txt") == [
        f"{bucket}/2024/{name}.txt" for name in "ab"
    ]
    assert "no file matches" in str(refused_at_once(f"{bucket}/*.pdf"))
    assert "no such file" in str(refused_at_once(f"{bucket}/1999"))


def test_what_lies_in_an_archive_elsewhere(bucket: str) -> None:
    place = put(f"{bucket}/news.zip", zipped({"in/a.txt": FIRST.encode(), "b.txt": b"Other."}))
    inside = f"zip://in/*.txt::{place}"
    assert filesystems.expanded(inside) == [f"zip://in/a.txt::{place}"]
    assert only(inside).text == FIRST
    assert filesystems.expanded(f"zip://::{place}") == [
        f"zip://{name}::{place}" for name in ("b.txt", "in/a.txt")
    ]


def test_an_address_in_the_spelling_of_uris(tmp_path: Path) -> None:
    path = write(tmp_path / "a b.txt", FIRST)
    assert filesystems.local(path.as_uri()) == str(path)
    assert filesystems.expanded(f"file://{tmp_path}/*.txt") == [str(path)]


def test_what_cannot_be_opened(bucket: str) -> None:
    assert "Protocol not known" in refused("nonsense://x/y.warc").message
    assert "FileNotFoundError" in refused(f"{bucket}/none.warc").message
    put(f"{bucket}/x.bin", b"\0")
    assert "no such file" not in str(refused(f"{bucket}/x.bin"))


def refused_at_once(place: str) -> DocumentError:
    with pytest.raises(DocumentError) as caught:
        filesystems.expanded(place)
    return caught.value


@pytest.mark.parametrize("elsewhere", [False, True])
def test_a_file_is_written_whole_or_not_at_all(
    elsewhere: bool, bucket: str, tmp_path: Path
) -> None:
    folder = f"{bucket}/records" if elsewhere else str(tmp_path / "records")
    assert filesystems.names(folder) == set()
    with filesystems.writing(folder, "a.parquet") as stream:
        stream.write(b"whole")
    with pytest.raises(KeyboardInterrupt):
        cut_off(folder, "b.parquet")
    assert filesystems.names(folder) == {"a.parquet"}


def cut_off(folder: str, name: str) -> None:
    with filesystems.writing(folder, name) as stream:
        stream.write(b"half")
        raise KeyboardInterrupt
