"""Reading: which adapter a source goes to, and what all adapters share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from kg.documents.sources import text
from kg.documents.sources.content import Content
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
        A file that keeps what was fetched, so that an unchanged page is not sent again.
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
        if (fetcher := self.__dict__.pop("fetcher", None)) is not None:
            fetcher.close()

    @cached_property
    def fetcher(self) -> Fetcher:
        """What asks servers, made when the first address is read."""
        from kg.documents.sources.web.fetching import Fetcher  # noqa: PLC0415 - loads httpx

        return Fetcher(self.options)

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
            yield from self._format(content).read(content, self)
        except DocumentError as error:
            yield error
        except (RecursionError, MemoryError) as error:
            yield DocumentError(
                f"it is nested too deep or too large ({type(error).__name__})",
                where=content.name,
                remedy="save its text as .txt in UTF-8",
            )

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
