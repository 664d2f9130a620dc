"""Sources of documents: text and Markdown files, folders of them, standard input."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from kg.documents import front_matter
from kg.documents.document import Document
from kg.errors import DocumentError

SUFFIXES = frozenset({".txt", ".md", ".markdown"})
MAX_BYTES = 50 * 1024 * 1024
STANDARD_INPUT = "-"

_MAGIC = {
    b"%PDF": "a PDF file",
    b"PK\x03\x04": "a ZIP archive or an office document",
    b"\x1f\x8b": "a compressed file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"\xff\xfe": "in UTF-16",
    b"\xfe\xff": "in UTF-16",
}


@dataclass(frozen=True, slots=True)
class Listing:
    """What a folder holds.

    Parameters
    ----------
    files : tuple of Path
        Text and Markdown files at any depth, in the order of their names.
    passed_over : int
        How many files are of another kind, hidden, or a README.
    closed : tuple of DocumentError
        Folders that could not be looked into.
    """

    files: tuple[Path, ...]
    passed_over: int = 0
    closed: tuple[DocumentError, ...] = ()


def read(source: str | Path) -> Iterator[Document | DocumentError]:
    """Read the documents of one source.

    Parameters
    ----------
    source : str or Path
        A text or Markdown file, a folder of them at any depth, or ``-`` for standard input.

    Returns
    -------
    iterator of Document or DocumentError
        In the order of the files' names. What cannot be read is an error in the place of
        its document, so that one broken file stops nothing.

    Raises
    ------
    DocumentError
        At once, if the source does not exist or a folder holds nothing to read.
    """
    if str(source) == STANDARD_INPUT:
        return _each([STANDARD_INPUT])
    path = Path(source)
    if not _is_folder(path):
        return _each([path])
    listing = listing_of(path)
    if not listing.files and not listing.closed:
        raise DocumentError(
            f"the folder holds nothing to read ({listing.passed_over} other files)",
            where=_shown(path),
            remedy="name a folder with .txt or .md files",
        )
    return _each(chain(listing.closed, listing.files))


def listing_of(folder: Path) -> Listing:
    """List the text and Markdown files of a folder and the folders in it.

    Hidden files and folders are passed over, and so are files named README, which describe
    their folder.
    """
    files: list[Path] = []
    closed: list[DocumentError] = []
    passed_over = 0
    for root, folders, names in os.walk(folder, onerror=lambda e: closed.append(_closed(e))):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        chosen = [name for name in names if _is_document(name)]
        passed_over += len(names) - len(chosen)
        files.extend(Path(root, name) for name in chosen)
    return Listing(tuple(sorted(files)), passed_over, tuple(closed))


def _is_document(name: str) -> bool:
    path = Path(name.lower())
    return path.suffix in SUFFIXES and path.stem != "readme" and not name.startswith(".")


def _is_folder(path: Path) -> bool:
    try:
        return stat.S_ISDIR(path.stat().st_mode)
    except PermissionError:
        return False  # perhaps it is there: an unreadable document, told as such
    except (OSError, ValueError):
        if os.path.islink(path):  # noqa: PTH114 - Path.is_symlink raises on impossible names
            return False
        raise DocumentError(
            "there is no such file or folder", where=_shown(path), remedy="check the name"
        ) from None


def _each(sources: Iterable[Path | DocumentError | str]) -> Iterator[Document | DocumentError]:
    for source in sources:
        if isinstance(source, DocumentError):
            yield source
            continue
        try:
            yield _read_one(source)
        except DocumentError as error:
            yield error


def _read_one(source: Path | str) -> Document:
    if isinstance(source, str):
        return _document(_standard_input(), "standard input", None)
    where = _shown(source)
    if source.suffix and source.suffix.lower() not in SUFFIXES:
        raise DocumentError(
            f"files of the kind '{source.suffix}' are not read",
            where=where,
            remedy="save its text as .txt or .md in UTF-8",
        )
    try:
        with source.open("rb") as stream:
            content = _limited(stream, where)
    except OSError as error:
        raise DocumentError(
            f"it cannot be read: {error.strerror}",
            where=where,
            remedy="check that the file is there and that you may read it",
        ) from None
    return _document(content, where, source)


def _standard_input() -> bytes:
    if sys.stdin is None or sys.stdin.closed:
        raise DocumentError(
            "it is closed", where="standard input", remedy="pipe a text in, or name a file"
        )
    return _limited(sys.stdin.buffer, "standard input")


def _limited(stream: BinaryIO, where: str) -> bytes:
    """Read a stream that may have no end, such as a device, up to the limit."""
    content = stream.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise DocumentError(
            f"it is longer than {MAX_BYTES // 1024 // 1024} MB",
            where=where,
            remedy="split it into one file a report",
        )
    return content


def _document(content: bytes, where: str, path: Path | None) -> Document:
    about, text = front_matter.split(_decoded(content, where), where)
    if not text.strip():
        raise DocumentError(
            "there is no text in it", where=where, remedy="give it a text, or leave it out"
        )
    document = Document(
        id="",
        text=text,
        language=about.language,
        source=about.source,
        title=about.title,
        published=about.published,
    )
    address = about.source or (path.resolve().as_uri() if path else _address_of(document))
    document = replace(document, address=address)
    return replace(document, id=_shown(path.stem) if path else document.key)


def _address_of(document: Document) -> str:
    """Address of a text that came without one: what it says."""
    return f"urn:sha256:{document.text_hash}"


def _decoded(content: bytes, where: str) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        kind = _kind(content) or f"not UTF-8 (byte {content[error.start]:#04x} in line {line})"
        raise _not_text(kind, where) from None
    if "\0" in text:
        raise _not_text(_kind(content) or "a binary file (it holds NUL bytes)", where)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _kind(content: bytes) -> str | None:
    return next((kind for magic, kind in _MAGIC.items() if content.startswith(magic)), None)


def _not_text(kind: str, where: str) -> DocumentError:
    return DocumentError(
        f"it is {kind}, not a text", where=where, remedy="save its text as .txt or .md in UTF-8"
    )


def _closed(error: OSError) -> DocumentError:
    return DocumentError(
        f"the folder cannot be looked into: {error.strerror}",
        where=_shown(error.filename),
        remedy="check that you may read it",
    )


def _shown(name: object) -> str:
    """Spell a file's name so that it can be printed, whatever bytes it has."""
    return os.fsencode(str(name)).decode("utf-8", "replace")
