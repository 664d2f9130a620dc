"""One text with what is known of where it comes from."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Document:
    """A text to read, as ingested.

    Parameters
    ----------
    id : str
        Short name: the file's name without its last suffix, or a hash of the address.
    text : str
        The text itself. All offsets in records count its Unicode code points.
    language : str
        BCP 47 tag of the text's language.
    address : str
        What identifies the document across builds: its ``source`` where it states one,
        otherwise the file's URI. A changed text under one address is a new version.
    source : str or None
        Address of the published report that the document names.
    title : str or None
        Headline, which is not part of `text`.
    published : str or None
        ISO 8601 date of publication, possibly of reduced precision (``2025-09``).
    author : str or None
        Who wrote it, as the source names them.
    original_hash : str or None
        Hash of the text as it came, where names in it are covered since.
    """

    id: str
    text: str
    language: str = "en"
    address: str = ""
    source: str | None = None
    title: str | None = None
    published: str | None = None
    author: str | None = None
    original_hash: str | None = field(default=None, compare=False)

    @property
    def text_hash(self) -> str:
        """SHA-256 of the text as it came, in UTF-8, as 64 hexadecimal digits."""
        if self.original_hash is not None:
            return self.original_hash
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def key(self) -> str:
        """Stable 12-digit key of the address, used in IRIs and named graphs."""
        address = self.address or self.source or self.id
        return hashlib.sha256(address.encode("utf-8", "surrogatepass")).hexdigest()[:12]
