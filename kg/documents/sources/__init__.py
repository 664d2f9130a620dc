"""Sources of documents: files of many kinds, folders and archives of them, addresses."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from kg.documents.document import Document
from kg.documents.sources import filesystems
from kg.documents.sources.content import Content, shown
from kg.documents.sources.folders import Listing, is_folder, listing_of
from kg.documents.sources.reader import Options, Reader
from kg.documents.sources.text import STANDARD_INPUT, standard_input
from kg.errors import DocumentError

__all__ = ["Listing", "Options", "Reader", "is_address", "listing_of", "read"]

_SCHEMES = ("http://", "https://")


def read(source: str | Path, reader: Reader | None = None) -> Iterator[Document | DocumentError]:
    """Read the documents of one source.

    Parameters
    ----------
    source : str or Path
        A file of a known kind (see `kg.documents.sources.formats`), a folder of them at any
        depth, the address of a page, feed or sitemap, a file or folder that fsspec opens
        (``s3://…``), or ``-`` for standard input.
    reader : Reader, optional
        How to read; several sources that share one are polite to servers together.

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
    if reader is None:
        reader = Reader()
        return _closed_after(read(source, reader), reader)
    if str(source) == STANDARD_INPUT:
        return standard_input(reader)
    if is_address(source):
        return reader.fetcher.documents(str(source), reader)
    if filesystems.is_elsewhere(source):
        return _elsewhere(filesystems.expanded(str(source)), reader)
    path = Path(source)
    if not is_folder(path):
        return reader.documents(Content.of_file(path))
    listing = listing_of(path)
    if not listing.files and not listing.closed:
        raise DocumentError(
            f"the folder holds nothing to read ({listing.passed_over} other files)",
            where=shown(path),
            remedy="name a folder with texts, pages or other files that `kg build --help` lists",
        )
    return reader.each(chain(listing.closed, map(Content.of_file, listing.files)))


def _elsewhere(places: list[str], reader: Reader) -> Iterator[Document | DocumentError]:
    for place in places:
        if not filesystems.is_elsewhere(place):
            yield from read(Path(place), reader)
            continue
        try:
            with filesystems.opened(place) as content:
                yield from reader.documents(content)
        except DocumentError as error:
            yield error


def _closed_after(
    found: Iterator[Document | DocumentError], reader: Reader
) -> Iterator[Document | DocumentError]:
    with reader:
        yield from found


def is_address(source: str | Path) -> bool:
    """Whether a source is the address of something on a server."""
    return isinstance(source, str) and source.lower().startswith(_SCHEMES)
