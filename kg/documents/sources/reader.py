"""Reading: which adapter a source goes to, and what all adapters share."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from kg.documents.document import Document
from kg.documents.sources import text
from kg.documents.sources.content import Content
from kg.documents.sources.conversions import Conversions, key_of
from kg.documents.sources.formats import Format, Found, by_magic, by_media_type, by_name
from kg.errors import DocumentError

if TYPE_CHECKING:
    from kg.documents.sources.web.fetching import Fetcher

MAX_DEPTH = 4
_START = 512


@dataclass(frozen=True, slots=True)
class Options:
    """How sources are read.

    Parameters
    ----------
    columns : mapping of str to str
        Which column of a table holds ``text``, ``title``, ``source``, ``published``,
        ``language``, ``author`` or ``id``, where it is not called so.
    allowed_hosts : frozenset of str
        Hosts that may be asked although their addresses are private.
    delay : float
        Seconds between two requests to one host.
    cache : Path or None
        A file that keeps what was fetched, so that an unchanged page is not sent again, and what
        was converted, so that it is not converted again.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    allowed_hosts: frozenset[str] = frozenset()
    delay: float = 1.0
    cache: Path | None = None


class Reader:
    """Gives each content to the adapter for its kind.

    Parameters
    ----------
    options : Options
        How sources are read.
    """

    def __init__(self, options: Options | None = None):
        self.options = options or Options()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of connections and files."""
        for name in ("fetcher", "conversions"):
            if (held := self.__dict__.pop(name, None)) is not None:
                held.close()

    def keep(self, path: Path) -> None:
        """Keep from now on in a file what is fetched and converted, unless another is named."""
        if self.options.cache is None:
            self.options = replace(self.options, cache=path)
            self.__dict__.pop("conversions", None)

    @cached_property
    def fetcher(self) -> Fetcher:
        """What asks servers, made when the first address is read."""
        from kg.documents.sources.web.fetching import Fetcher  # noqa: PLC0415 - loads httpx

        return Fetcher(self.options)

    @cached_property
    def conversions(self) -> Conversions | None:
        """What slow formats were converted to; None where nothing can be kept."""
        if self.options.cache is None:
            return None
        try:
            return Conversions(self.options.cache)
        except sqlite3.DatabaseError:  # it only spares work
            return None

    def each(self, contents: Iterable[Content | DocumentError]) -> Found:
        """Yield the documents of many contents; what fails stops none of the others."""
        for content in contents:
            if isinstance(content, DocumentError):
                yield content
                continue
            yield from self.documents(content)

    def documents(self, content: Content) -> Found:
        """Yield the documents of a content, and errors in the place of those that have none."""
        try:
            yield from self._read(self._format(content), content)
        except DocumentError as error:
            yield error
        except (RecursionError, MemoryError) as error:
            yield DocumentError(
                f"it is nested too deep or too large ({type(error).__name__})",
                where=content.name,
                remedy="save its text as .txt in UTF-8",
            )

    def _read(self, format: Format, content: Content) -> Found:
        """Read a content, or yield what was kept of it; nothing is kept of what fails."""
        kept = self.conversions if format.library is not None else None
        if kept is None or format.library is None:
            yield from format.read(content, self)
            return
        key = key_of(content, format.library)
        if (known := kept.get(key)) is not None:
            yield from known
            return
        found = list(format.read(content, self))
        yield from found
        documents = [one for one in found if isinstance(one, Document)]
        if len(documents) == len(found):
            kept.put(key, documents)

    def _format(self, content: Content) -> Format:
        if content.depth > MAX_DEPTH:
            raise DocumentError(
                "it lies in more containers than are opened",
                where=content.name,
                remedy="unpack the outer ones yourself",
            )
        named = by_name(content.name)
        if content.media_type is None and named is not None:
            return named
        if (known := by_media_type(content.media_type)) is not None:
            return _specific(known, content)
        return named or self._by_start(content)

    def _by_start(self, content: Content) -> Format:
        if content.path is not None and content.path.suffix == "":
            return text.FORMAT
        if content.path is None and content.media_type is None:
            raise text.unknown_kind(content.name)
        with content.stream() as stream:
            found = by_magic(stream.read(_START))
        if found is None:
            raise text.unknown_kind(content.name)
        return found


def _specific(known: Format, content: Content) -> Format:
    """Return what a content is that servers call by a general name, such as ``text/xml``."""
    with content.stream() as stream:
        return by_magic(stream.read(_START)) or known
