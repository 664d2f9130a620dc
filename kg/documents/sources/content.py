"""Content: bytes with a name, whether a file, a member of an archive or a server's answer."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from kg.documents.document import Document
from kg.errors import DocumentError

MAX_BYTES = 50 * 1024 * 1024
"""Longest text, page or file that becomes a single document."""


@dataclass(frozen=True, slots=True)
class Content:
    """Bytes to read documents from.

    Parameters
    ----------
    name : str
        What the reader of an error knows it by: ``news.zip/2024/visit.html``.
    address : str
        What identifies a document in it that names no address of its own.
    opened : callable
        Opens the bytes; each call begins anew where the source allows it.
    path : Path or None
        The file, where it is one on its own.
    media_type : str or None
        What a server called it (``text/html``).
    charset : str or None
        Encoding that a server gave.
    fetched : bool
        Whether it came from a server, and so from a stranger who may claim anything.
    depth : int
        How many containers it lies in.
    listed : bool
        Whether a feed or a sitemap lists it, so that it may list nothing itself.
    """

    name: str
    address: str
    opened: Callable[[], BinaryIO]
    path: Path | None = None
    media_type: str | None = None
    charset: str | None = None
    fetched: bool = False
    depth: int = 0
    listed: bool = False

    @classmethod
    def of_file(cls, path: Path) -> Content:
        """Return the content of a file."""
        return cls(shown(path), path.resolve().as_uri(), lambda: path.open("rb"), path)

    @property
    def stem(self) -> str:
        """The last part of the name without its last suffix."""
        return (
            PurePosixPath(self.name.replace("\\", "/")).stem
            if self.path is None
            else shown(self.path.stem)
        )

    @contextmanager
    def stream(self) -> Iterator[BinaryIO]:
        """Open the bytes; what the system refuses becomes an error with a remedy."""
        try:
            with self.opened() as stream:
                yield stream
        except OSError as error:
            raise DocumentError(
                f"it cannot be read: {error.strerror or error}",
                where=self.name,
                remedy="check that the file is there and that you may read it",
            ) from None

    def whole(self) -> bytes:
        """Return all bytes, or raise `DocumentError` where they have no end in sight."""
        with self.stream() as stream:
            return limited(stream, self.name)

    def member(self, name: str, content: bytes) -> Content:
        """Return what lies in this content under a name."""
        clean = shown(name)
        return Content(
            f"{self.name}/{clean}",
            f"{self.address}!/{clean}",
            lambda: io.BytesIO(content),
            fetched=self.fetched,
            depth=self.depth + 1,
        )


def limited(stream: BinaryIO, where: str) -> bytes:
    """Read a stream that may have no end, such as a device, up to the limit."""
    content = stream.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise DocumentError(
            f"it is longer than {MAX_BYTES // 1024 // 1024} MB",
            where=where,
            remedy="split it into one file a report",
        )
    return content


def document_of(  # noqa: PLR0913 - what may be known of a document
    content: Content,
    text: str,
    *,
    id: str | None = None,
    address: str | None = None,
    language: str | None = None,
    source: str | None = None,
    title: str | None = None,
    published: str | None = None,
    author: str | None = None,
) -> Document:
    """Return the document that a text of a content is.

    Its address is the one given, or its source, or that of the content; its id, where none
    is given, is the key of its address.

    Raises
    ------
    DocumentError
        If there is no text.
    """
    if not text.strip():
        raise no_text(content.name)
    document = Document(
        id="",
        text=text,
        language=language or "en",
        address=address or source or content.address,
        source=source,
        title=one_line(title),
        published=published,
        author=one_line(author),
    )
    return replace(document, id=one_line(id) or document.key)


def no_text(where: str) -> DocumentError:
    """Return the error for a content without text."""
    return DocumentError(
        "there is no text in it", where=where, remedy="give it a text, or leave it out"
    )


def needs(package: str, where: str) -> DocumentError:
    """Return the error for a kind of source whose library is not installed."""
    return DocumentError(
        f"reading it needs {package}, which is not installed",
        where=where,
        remedy="pip install 'silkgraph[sources]'",
    )


def damaged(what: str, error: BaseException | str, where: str) -> DocumentError:
    """Return the error for a file that is not what it says, or only in part."""
    reason = " ".join(str(error).split())[:200] or type(error).__name__
    return DocumentError(
        f"it is no sound {what} ({reason})",
        where=where,
        remedy="get the file again, or save its text as .txt in UTF-8",
    )


def one_line(text: str | None) -> str | None:
    """Return a text with single spaces; None if nothing is left."""
    return " ".join(text.split()) or None if text else None


def shown(name: object) -> str:
    """Spell a file's name so that it can be printed, whatever bytes it has."""
    spelled = os.fsencode(str(name)).decode("utf-8", "replace")
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in spelled)
