"""Text and Markdown, with or without front matter; standard input."""

from __future__ import annotations

import hashlib
import io
import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.documents import front_matter
from kg.documents.document import Document
from kg.documents.sources.content import Content, document_of, limited, no_text
from kg.documents.sources.formats import Format, Found, by_magic
from kg.errors import DocumentError

if TYPE_CHECKING:
    from kg.documents.sources.reader import Reader

STANDARD_INPUT = "-"
_STDIN = "standard input"
_START = 512
_REMEDY = "save its text as .txt or .md in UTF-8"
_MAGIC = {
    b"%PDF": "a PDF file",
    b"PK\x03\x04": "a ZIP archive or an office document",
    b"\x1f\x8b": "a compressed file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"\xff\xfe": "in UTF-16",
    b"\xfe\xff": "in UTF-16",
}


def read(content: Content, reader: Reader) -> Found:
    """Yield the one document that a text is."""
    document = _document(content.whole(), content)
    id = document.key if content.fetched else content.stem
    yield replace(document, id=id or document.key)


def standard_input(reader: Reader) -> Iterator[Document | DocumentError]:
    """Yield what is piped in: a text, or whatever its first bytes tell that it is."""
    try:
        if sys.stdin is None or sys.stdin.closed:
            raise DocumentError(
                "it is closed", where=_STDIN, remedy="pipe a text in, or name a file"
            )
        content = limited(sys.stdin.buffer, _STDIN)
        digest = hashlib.sha256(content).hexdigest()
        piped = Content(_STDIN, f"urn:sha256:{digest}", lambda: io.BytesIO(content), fetched=True)
        found = by_magic(content[:_START])
        yield from found.read(piped, reader) if found else [_piped(content, piped)]
    except DocumentError as error:
        yield error


def _piped(content: bytes, piped: Content) -> Document:
    """Return a text whose address, where it states none, is what it says."""
    bare = _document(content, piped)
    document = replace(bare, address=bare.source or f"urn:sha256:{bare.text_hash}")
    return replace(document, id=document.key)


def decoded(content: bytes, where: str) -> str:
    """Return UTF-8 as text with a line feed at the end of lines."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        kind = _kind(content) or f"not UTF-8 (byte {content[error.start]:#04x} in line {line})"
        raise _not_text(kind, where) from None
    if "\0" in text:
        raise _not_text(_kind(content) or "a binary file (it holds NUL bytes)", where)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def unknown_kind(where: str) -> DocumentError:
    """Return the error for a content that no adapter reads."""
    name = where.rpartition("/")[2]
    suffix = f".{name.rpartition('.')[2]}" if "." in name else ""
    kind = f"files of the kind '{suffix}' are not read" if suffix else "its kind is not known"
    return DocumentError(kind, where=where, remedy=_REMEDY)


def _document(content: bytes, of: Content) -> Document:
    about, text = front_matter.split(decoded(content, of.name), of.name)
    if not text.strip():
        raise no_text(of.name)
    return document_of(
        of,
        text,
        language=about.language,
        source=about.source,
        title=about.title,
        published=about.published,
    )


def _kind(content: bytes) -> str | None:
    return next((kind for magic, kind in _MAGIC.items() if content.startswith(magic)), None)


def _not_text(kind: str, where: str) -> DocumentError:
    return DocumentError(f"it is {kind}, not a text", where=where, remedy=_REMEDY)


FORMAT = Format(
    "text",
    read,
    suffixes=frozenset({".txt", ".md", ".markdown"}),
    media_types=frozenset({"text/plain", "text/markdown"}),
)
SUFFIXES = FORMAT.suffixes
