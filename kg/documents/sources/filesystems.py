"""Files on other file systems, opened by fsspec: ``s3://…``, ``sftp://…``, ``zip://…::s3://…``.

Only what a user names comes here, never what a feed or a page points to. A file is copied to
this machine before it is read, for archives and tables are read from both ends.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import unquote
from uuid import uuid4

from kg.documents.sources.content import Content
from kg.documents.sources.folders import is_document
from kg.documents.sources.formats import by_name
from kg.documents.sources.text import unknown_kind
from kg.errors import DocumentError

_PAGES = ("http://", "https://")


def is_elsewhere(place: str | Path) -> bool:
    """Whether a place is an address that fsspec opens, and no path."""
    return isinstance(place, str) and "://" in place


def local(place: str) -> str:
    """Return the path of a ``file://`` address; any other place as it is."""
    if "::" in place or not place.lower().startswith(("file://", "local://")):
        return place
    path = Path(place.partition("://")[2]).absolute()
    return str(path if path.exists() else Path(unquote(str(path))))


def expanded(place: str) -> list[str]:
    """Return the files at an address: those that a pattern matches, or that a folder holds.

    Raises
    ------
    DocumentError
        If there are none, or the file system cannot be asked.
    """
    magic = "*" in place and not place.lower().startswith(_PAGES)
    if not magic and by_name(_name(place)) is not None:
        return [local(place)]  # that it is there will be seen when it is read
    system, path = _system(place)
    with _telling(place):
        found = _matching(system, path) if magic else _inside(system, path)
    if not found:
        reason = "no file matches" if magic else "no such file, or folder with files to read"
        raise DocumentError(reason, where=place, remedy="check the address")
    return [local(_spelled(each, place, path)) for each in found]


def names(folder: str) -> set[str]:
    """Return the names of the files in a folder, a path or an address; none if it is not there."""
    if not is_elsewhere(folder):
        here = Path(folder)
        return {each.name for each in here.iterdir()} if here.is_dir() else set()
    system, path = _system(folder)
    found: list[Any] = []
    with _telling(folder), suppress(FileNotFoundError):
        system.invalidate_cache()
        found = system.ls(path, detail=False)
    return {str(each).rstrip("/").rpartition("/")[2] for each in found}


@contextmanager
def copied(place: str) -> Iterator[Path]:
    """Give a copy on this machine of a file elsewhere, under its own name, for a while."""
    system, path = _system(place)
    with tempfile.TemporaryDirectory(prefix="kg-") as folder:
        copy = Path(folder) / (_name(place).rpartition("/")[2] or "file")
        with _telling(place), system.open(path, "rb") as stream, copy.open("wb") as here:
            shutil.copyfileobj(stream, here, 1024 * 1024)
        yield copy


@contextmanager
def opened(place: str) -> Iterator[Content]:
    """Give the content of a file elsewhere, for a while; its name has to tell its kind."""
    if by_name(_name(place)) is None:
        raise unknown_kind(_name(place))
    with copied(place) as path:
        yield Content(_name(place), place, lambda: path.open("rb"), path)


@contextmanager
def writing(folder: str, name: str) -> Iterator[BinaryIO]:
    """Open a file that stands in a folder when it is whole, also where two write the same one."""
    if not is_elsewhere(folder):
        place = Path(folder)
        place.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(
        dir=None if is_elsewhere(folder) else folder, prefix=f".{name}-", delete=False
    ) as stream:
        scratch = Path(stream.name)
        try:
            yield stream  # type: ignore[misc]  # what tempfile gives is one
            stream.close()
            if is_elsewhere(folder):
                _send(scratch, folder, name)
            else:
                scratch.replace(place / name)
        finally:
            scratch.unlink(missing_ok=True)


def _send(file: Path, folder: str, name: str) -> None:
    system, path = _system(folder)
    half = f"{path.rstrip('/')}/.{name}-{uuid4().hex}"
    with _telling(folder):
        system.makedirs(path, exist_ok=True)
        system.put_file(str(file), half)
        system.mv(half, f"{path.rstrip('/')}/{name}")


def _matching(system: Any, path: str) -> list[str]:
    found = system.glob(path, detail=True)
    return sorted(name for name, about in found.items() if about["type"] == "file")


def _inside(system: Any, path: str) -> list[str]:
    if system.isfile(path):
        return [path]
    found = map(str, system.find(path))
    return sorted(each for each in found if is_document(each.rpartition("/")[2]))


def _spelled(found: str, place: str, path: str) -> str:
    """Return the address of a file as its place is spelled: with its host and what holds it."""
    head, chain, rest = place.partition("::")
    short = head.rstrip("/")
    start = short.removesuffix(path) if path and short.endswith(path) else ""
    start = start or f"{head.partition('://')[0]}://"
    return f"{start}{found}{chain}{rest}"


def _name(place: str) -> str:
    """Return what a file is known by: ``s3://b/news.zip/a.warc.gz`` if it lies in an archive."""
    inner, _, outer = place.partition("::")
    if outer:
        path = inner.partition("://")[2].lstrip("/")
        return f"{outer}/{path}" if "://" in inner else outer
    return place.partition("?")[0] if place.lower().startswith(_PAGES) else place


def _system(place: str) -> tuple[Any, str]:
    try:
        from fsspec.core import url_to_fs  # noqa: PLC0415 - an extra
    except ImportError:
        raise DocumentError(
            "reading it needs fsspec, which is not installed",
            where=place,
            remedy="pip install fsspec, and the package of the file system, such as s3fs",
        ) from None
    with _telling(place):
        found: tuple[Any, str] = url_to_fs(place)
    return found


@contextmanager
def _telling(place: str) -> Iterator[None]:
    """Make whatever a file system's library raises an error that tells the place."""
    try:
        yield
    except ImportError as error:
        reason, remedy = str(error), "install the package that it names, on every machine"
        raise DocumentError(reason, where=place, remedy=remedy) from None
    except Exception as error:  # each library has errors of its own
        reason = " ".join(str(error).split())[:200]
        raise DocumentError(
            f"it cannot be opened ({type(error).__name__}: {reason})",
            where=place,
            remedy="check the address, and that this machine may reach it",
        ) from None
