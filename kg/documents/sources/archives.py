"""ZIP and tar archives, and files that are compressed alone; nothing is written to disk.

A bomb, which is small and unpacks without end, is told by how much more comes out of it than
goes in: text is packed to a fifth or a tenth, never to a two-hundredth.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import IO, TYPE_CHECKING, Any, BinaryIO, cast

from kg.documents.sources import content as contents
from kg.documents.sources.content import Content, damaged, limited
from kg.documents.sources.folders import is_document
from kg.documents.sources.formats import Format, Found
from kg.errors import DocumentError

if TYPE_CHECKING:
    from kg.documents.sources.reader import Reader

MAX_RATIO = 200
FREE = 20 * 1024 * 1024  # so much may come out whatever went in
_BROKEN = (zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, EOFError,
           NotImplementedError, ValueError, RuntimeError)  # fmt: skip
_OPENERS: dict[str, Callable[[BinaryIO], Any]] = {
    "gz": gzip.open,
    "tgz": gzip.open,
    "bz2": bz2.open,
    "xz": lzma.open,
}


class _BombError(DocumentError):
    """An archive that unpacks to more than it can hold; nothing more of it is read."""


class _Unpacked(io.RawIOBase):
    """What a compressed stream unpacks to, as long as that bears some proportion to it."""

    def __init__(self, unpacked: IO[bytes], packed: BinaryIO, where: str):
        self._unpacked, self._packed, self._where, self._out = unpacked, packed, where, 0

    def readable(self) -> bool:
        return True

    def close(self) -> None:
        if not self.closed:
            self._unpacked.close()
            self._packed.close()
        super().close()

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._unpacked.read(len(buffer))
        self._out += len(data)
        _check_ratio(self._out, self._packed.tell(), self._where)
        buffer[: len(data)] = data
        return len(data)


def read_zip(content: Content, reader: Reader) -> Found:
    """Yield the documents of the files in a ZIP archive, in the order of their names."""
    with content.stream() as stream:
        source = stream if content.path is not None else io.BytesIO(limited(stream, content.name))
        try:
            with zipfile.ZipFile(source) as archive:
                parts = sorted(archive.infolist(), key=lambda part: part.filename)
                chosen = [part for part in parts if _is_read(part.filename, part.is_dir())]
                yield from _or_nothing(_zipped(archive, chosen, content), content, reader)
        except _BROKEN as error:
            raise damaged("ZIP archive", error, content.name) from None


def _zipped(
    archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo], content: Content
) -> Iterator[Content | DocumentError]:
    out = packed = 0
    for part in parts:
        name = f"{content.name}/{contents.shown(part.filename)}"
        if part.flag_bits & 1:
            yield DocumentError(
                "it is locked with a password", where=name, remedy="unpack the archive yourself"
            )
            continue
        try:
            with archive.open(part) as member:
                raw = limited(cast(BinaryIO, member), name)
        except DocumentError as error:
            yield error
            continue
        except _BROKEN as error:
            yield damaged("part of the archive", error, name)
            continue
        out, packed = out + len(raw), packed + part.compress_size
        _check_ratio(out, packed, content.name)
        yield content.member(part.filename, raw)


def read_tar(content: Content, reader: Reader) -> Found:
    """Yield the documents of the files in a tar archive, packed or not, as they come."""
    try:
        with _unpacked(content) as stream, tarfile.open(fileobj=stream, mode="r|") as archive:
            yield from _or_nothing(_tarred(archive, content), content, reader)
    except (*_BROKEN, OSError) as error:
        raise damaged("tar archive", error, content.name) from None


def _tarred(archive: tarfile.TarFile, content: Content) -> Iterator[Content | DocumentError]:
    for part in archive:
        if not part.isfile() or not _is_read(part.name, False):
            continue
        member = archive.extractfile(part)
        try:
            raw = limited(cast(BinaryIO, member), f"{content.name}/{contents.shown(part.name)}")
        except _BombError:
            raise
        except DocumentError as error:
            yield error
            continue
        archive.members = []  # type: ignore[attr-defined]  # tarfile remembers every part it has passed
        yield content.member(part.name, raw)


def read_packed(content: Content, reader: Reader) -> Found:
    """Yield the documents of a file that is compressed alone: ``reports.jsonl.gz``."""
    inner = content.name.rpartition(".")[0]
    member = Content(
        inner,
        content.address,
        lambda: _unpacked(content),
        media_type=None,
        fetched=content.fetched,
        depth=content.depth + 1,
    )
    try:
        yield from reader.documents(member)
    except (*_BROKEN, OSError) as error:
        raise damaged("compressed file", error, content.name) from None


def _unpacked(content: Content) -> BinaryIO:
    """Open the content as its compression, told by its name, hides it."""
    packed = content.opened()
    opener = _OPENERS.get(content.name.lower().rpartition(".")[2])
    if opener is None:
        return packed
    return io.BufferedReader(_Unpacked(opener(packed), packed, content.name), 1024 * 1024)


def _or_nothing(
    parts: Iterator[Content | DocumentError], content: Content, reader: Reader
) -> Found:
    """Yield the documents of the parts; an archive without any part to read is an error."""
    empty = True
    for one in reader.each(parts):
        empty = False
        yield one
    if empty:
        raise DocumentError(
            "the archive holds nothing to read",
            where=content.name,
            remedy="give an archive with texts, pages or other files that are read",
        )


def _is_read(name: str, folder: bool) -> bool:
    parts = name.replace("\\", "/").split("/")
    hidden = any(part.startswith(".") and part not in {".", ".."} for part in parts)
    return not folder and not hidden and "__MACOSX" not in parts and is_document(parts[-1])


def _check_ratio(out: int, packed: int, where: str) -> None:
    if out > FREE + MAX_RATIO * packed:
        raise _BombError(
            f"it unpacks to more than {MAX_RATIO} times its size",
            where=where,
            remedy="unpack it yourself, if you trust it",
        )


ZIP = Format(
    "ZIP archive",
    read_zip,
    suffixes=frozenset({".zip"}),
    media_types=frozenset({"application/zip"}),
)
TAR = Format(
    "tar archive",
    read_tar,
    suffixes=frozenset({".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz"}),
    media_types=frozenset({"application/x-tar"}),
)
PACKED = Format(
    "compressed file",
    read_packed,
    suffixes=frozenset({".gz", ".bz2", ".xz"}),
)
