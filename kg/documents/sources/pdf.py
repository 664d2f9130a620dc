"""PDF files with text in them, read by pypdf; what is only scanned is told as such."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from kg.documents.sources.content import Content, damaged, document_of, needs
from kg.documents.sources.formats import Format, Found
from kg.documents.sources.languages import language_of
from kg.errors import DocumentError

if TYPE_CHECKING:
    from kg.documents.sources.reader import Reader

MAX_PAGES = 2000
_SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’»)\]]*$")
_HYPHENS = re.compile(r"(?<=[^\W\d_])[-\u00ad\u2010]$")
_SHORT = 0.8  # a line this much shorter than the longest ends its paragraph


def read(content: Content, reader: Reader) -> Found:
    """Yield the one document that a PDF file is."""
    try:
        import pypdf  # noqa: PLC0415 - loads slowly
    except ImportError:
        raise needs("pypdf", content.name) from None
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it warns of each oddity of a file
    raw = content.whole()
    try:
        pdf = pypdf.PdfReader(io.BytesIO(raw))
        if pdf.is_encrypted and not pdf.decrypt(""):
            raise DocumentError(
                "it is locked with a password",
                where=content.name,
                remedy="save it without the password",
            )
        about, text = pdf.metadata, "\n\n".join(_pages(pdf, content.name))
        title, author = _words(about, "title"), _words(about, "author")
        published = _day(about)
    except DocumentError:
        raise
    except Exception as error:  # a hostile file raises whatever its bytes lead to
        raise damaged("PDF file", error, content.name) from None
    if not text.strip():
        raise DocumentError(
            "its pages are pictures without text",
            where=content.name,
            remedy="recognise its text first, for instance with ocrmypdf",
        )
    yield document_of(
        content,
        text,
        id=None if content.fetched else content.stem,
        source=content.address if content.fetched else None,
        title=title,
        author=author,
        published=published,
        language=language_of(text),
    )


def _pages(pdf: Any, where: str) -> Iterator[str]:
    if len(pdf.pages) > MAX_PAGES:
        raise DocumentError(
            f"it has more than {MAX_PAGES:,} pages", where=where, remedy="split it into its reports"
        )
    for page in pdf.pages:
        yield joined(page.extract_text())


def joined(text: str) -> str:
    r"""Return the lines of a page as paragraphs.

    A line that ends short and with a sentence ends a paragraph, and so does an empty line;
    a word that is divided at the end of a line is put together.

    Examples
    --------
    >>> joined("The rector spoke of co-\noperation and then of many\nother things.\n\nHe left.")
    'The rector spoke of cooperation and then of many other things.\n\nHe left.'
    """
    lines = [line.strip() for line in text.splitlines()]
    longest = max(map(len, lines), default=0)
    paragraphs: list[str] = [""]
    for line in lines:
        if not line:
            paragraphs.append("")
        elif _HYPHENS.search(paragraphs[-1]) and line[0].islower():
            paragraphs[-1] = _HYPHENS.sub("", paragraphs[-1]) + line
        else:
            paragraphs[-1] = f"{paragraphs[-1]} {line}".strip()
        if _SENTENCE_END.search(line) and len(line) < _SHORT * longest:
            paragraphs.append("")
    return "\n\n".join(filter(None, paragraphs))


def _words(about: Any, name: str) -> str | None:
    value = getattr(about, name, None)
    return value if isinstance(value, str) else None


def _day(about: Any) -> str | None:
    """Return the day on which the file was made; None where it says none, or nonsense."""
    try:
        made = getattr(about, "creation_date", None)
    except ValueError:
        return None
    return made.date().isoformat() if isinstance(made, datetime) else None


FORMAT = Format(
    "PDF",
    read,
    suffixes=frozenset({".pdf"}),
    media_types=frozenset({"application/pdf"}),
    magic=(b"%pdf",),
    library="pypdf",
)
