"""Kinds of sources: each an adapter that is registered under the entry point ``kg.sources``.

A package of your own adds one with::

    [project.entry-points."kg.sources"]
    subtitles = "my_package.subtitles:FORMAT"

where ``FORMAT`` is a `Format`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import entry_points
from typing import TYPE_CHECKING

from kg.documents.document import Document
from kg.documents.sources.content import Content
from kg.errors import DocumentError

if TYPE_CHECKING:
    from kg.documents.sources.reader import Reader

GROUP = "kg.sources"
_PROLOGUE = re.compile(rb"^(?:\s+|<\?.*?\?>|<!--.*?-->)*", re.S)

Found = Iterator[Document | DocumentError]
Read = Callable[[Content, "Reader"], Found]


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of source.

    Parameters
    ----------
    name : str
        What it is called: "HTML page".
    read : callable
        Yields the documents of a content, and an error in the place of each that cannot be
        read; raises `DocumentError` where nothing of it can.
    suffixes : frozenset of str
        How its files' names end, in lower case, with the dot; the longest that fits decides.
    media_types : frozenset of str
        What servers call it.
    magic : tuple of bytes
        How its content may begin, for content whose name and media type say nothing.
    in_folders : bool
        Whether it is read where a folder or an archive holds it. What only points elsewhere,
        such as a feed, is read when it is named itself.
    library : str or None
        The distribution that converts it, where that takes long: then what it was converted to
        is kept until the content or the library changes.
    """

    name: str
    read: Read
    suffixes: frozenset[str] = frozenset()
    media_types: frozenset[str] = frozenset()
    magic: tuple[bytes, ...] = ()
    in_folders: bool = True
    library: str | None = None


@cache
def formats() -> tuple[Format, ...]:
    """Return the kinds of sources that are installed, in the order of their entry points."""
    found = sorted(entry_points(group=GROUP), key=lambda point: point.name)
    return tuple(point.load() for point in found)


def by_name(name: str) -> Format | None:
    """Return the format that the end of a name tells."""
    lowered = name.lower()
    fitting = (
        (len(suffix), one)
        for one in formats()
        for suffix in one.suffixes
        if lowered.endswith(suffix) and len(lowered) > len(suffix)
    )
    return max(fitting, key=lambda pair: pair[0], default=(0, None))[1]


def by_media_type(media_type: str | None) -> Format | None:
    """Return the format that a server's name for it tells."""
    return next((one for one in formats() if media_type in one.media_types), None)


def by_magic(start: bytes) -> Format | None:
    """Return the format that the first bytes of a content tell."""
    stripped = _PROLOGUE.sub(b"", start.removeprefix(b"\xef\xbb\xbf"))
    return next(
        (one for one in formats() if one.magic and stripped.lower().startswith(one.magic)), None
    )
