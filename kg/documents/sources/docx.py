"""Word documents (DOCX), read by python-docx."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from kg.documents.sources.content import MAX_BYTES, Content, damaged, document_of, needs
from kg.documents.sources.formats import Format, Found
from kg.documents.sources.languages import language_of
from kg.errors import DocumentError

if TYPE_CHECKING:
    from kg.documents.sources.reader import Reader


def read(content: Content, reader: Reader) -> Found:
    """Yield the one document that a Word file is, tables row by row in their place."""
    try:
        import docx  # noqa: PLC0415 - loads slowly
    except ImportError:
        raise needs("python-docx", content.name) from None
    raw = content.whole()
    try:
        _check(raw, content.name)
        word = docx.Document(io.BytesIO(raw))
        text = "\n\n".join(filter(None, _blocks(word)))
        about = word.core_properties
        title, author, made = about.title, about.author, about.created
    except DocumentError:
        raise
    except Exception as error:  # a hostile file raises whatever its bytes lead to
        raise damaged("Word document", error, content.name) from None
    yield document_of(
        content,
        text,
        id=None if content.fetched else content.stem,
        source=content.address if content.fetched else None,
        title=title,
        author=author,
        published=made.date().isoformat() if isinstance(made, datetime) else None,
        language=language_of(text),
    )


def _check(raw: bytes, where: str) -> None:
    """Refuse a file whose parts would unpack to more than is read."""
    with zipfile.ZipFile(io.BytesIO(raw)) as parts:
        xml = [
            part.file_size for part in parts.infolist() if part.filename.endswith((".xml", ".rels"))
        ]
    if sum(xml) > MAX_BYTES:
        raise DocumentError(
            f"it unpacks to more than {MAX_BYTES // 1024 // 1024} MB",
            where=where,
            remedy="save its text as .txt in UTF-8",
        )


def _blocks(word: Any) -> Iterator[str]:
    for block in word.iter_inner_content():
        if hasattr(block, "rows"):
            for row in block.rows:
                cells = dict.fromkeys(cell.text.strip() for cell in row.cells)  # merged ones recur
                yield " ".join(" – ".join(filter(None, cells)).split())
        else:
            yield " ".join(block.text.split())


FORMAT = Format(
    "Word document",
    read,
    suffixes=frozenset({".docx"}),
    media_types=frozenset(
        {"application/vnd.openxmlformats-officedocument.wordprocessingml.document"}
    ),
    library="python-docx",
)
