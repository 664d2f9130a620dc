"""A single document as a notebook gives it: the text itself, or the name of its file."""

from __future__ import annotations

from pathlib import Path

from kg.documents import front_matter
from kg.documents.document import Document
from kg.documents.sources import read
from kg.documents.sources.text import SUFFIXES
from kg.errors import DocumentError

_LONGEST_NAME = 1024


def document_of(source: str | Path) -> Document:
    """Return the document that a text, or a file's name, is.

    A string of one line that ends like a file's name (``report.txt``) or names a file that is
    there is taken for a file.

    Raises
    ------
    DocumentError
        If the file cannot be read, is a folder of several documents, or the text is empty.
    """
    if isinstance(source, Path) or _is_name(source):
        return _in_file(source)
    about, text = front_matter.split(source, "the text")
    if not text.strip():
        raise DocumentError("the text is empty", remedy="give a text or the name of a file")
    bare = Document("", text, about.language, "", about.source, about.title, about.published)
    address = about.source or f"urn:sha256:{bare.text_hash}"
    key = Document("", "", address=address).key
    return Document(key, text, about.language, address, about.source, about.title, about.published)


def _is_name(text: str) -> bool:
    if "\n" in text or not text.strip() or len(text) > _LONGEST_NAME:
        return False
    path = Path(text)
    if path.suffix.lower() in SUFFIXES and " " not in path.name:
        return True
    try:
        return path.exists()
    except (OSError, ValueError):  # too long a name, or one that no file can have
        return False


def _in_file(source: str | Path) -> Document:
    found = list(read(source))
    for one in found:
        if isinstance(one, DocumentError):
            raise one
    documents = [one for one in found if isinstance(one, Document)]
    if len(documents) != 1:
        raise DocumentError(
            f"there are {len(documents)} documents",
            where=str(source),
            remedy="name one of them, or build a graph of all",
        )
    return documents[0]
