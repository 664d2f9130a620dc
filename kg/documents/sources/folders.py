"""Folders: which of their files are read."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from kg.documents.sources.content import shown
from kg.documents.sources.formats import by_name
from kg.errors import DocumentError

_PAGES = (".html", ".htm", ".xhtml")
_PAGE_PARTS = ("_files", ".files", "_Dateien", "_файлы")


@dataclass(frozen=True, slots=True)
class Listing:
    """What a folder holds.

    Parameters
    ----------
    files : tuple of Path
        Files of a kind that is read, at any depth, in the order of their names.
    passed_over : int
        How many files are of another kind, hidden, or a README.
    closed : tuple of DocumentError
        Folders that could not be looked into.
    """

    files: tuple[Path, ...]
    passed_over: int = 0
    closed: tuple[DocumentError, ...] = ()


def listing_of(folder: Path) -> Listing:
    """List the files of a folder, and of the folders in it, that can be read.

    Hidden files and folders are passed over, and so are files named README, which describe
    their folder, and the folders in which browsers save the parts of a page.
    """
    files: list[Path] = []
    closed: list[DocumentError] = []
    passed_over = 0
    for root, folders, names in os.walk(folder, onerror=lambda e: closed.append(_closed(e))):
        parts = _parts(names)
        folders[:] = sorted(f for f in folders if not f.startswith(".") and f not in parts)
        chosen = [name for name in names if is_document(name)]
        passed_over += len(names) - len(chosen)
        files.extend(Path(root, name) for name in chosen)
    return Listing(tuple(sorted(files)), passed_over, tuple(closed))


def is_document(name: str) -> bool:
    """Whether a file that a folder or an archive holds is read, by its name."""
    path = Path(name.lower())
    if name.startswith(".") or path.stem == "readme":
        return False
    found = by_name(name)
    return found is not None and found.in_folders


def is_folder(path: Path) -> bool:
    """Whether a path is a folder; raises `DocumentError` where nothing is there."""
    try:
        return stat.S_ISDIR(path.stat().st_mode)
    except PermissionError:
        return False  # perhaps it is there: an unreadable document, told as such
    except (OSError, ValueError):
        if os.path.islink(path):  # noqa: PTH114 - Path.is_symlink raises on impossible names
            return False
        raise DocumentError(
            "there is no such file or folder", where=shown(path), remedy="check the name"
        ) from None


def _parts(names: list[str]) -> set[str]:
    """Return the folders with the parts of the pages among these files."""
    stems = [Path(name).stem for name in names if name.lower().endswith(_PAGES)]
    return {stem + end for stem in stems for end in _PAGE_PARTS}


def _closed(error: OSError) -> DocumentError:
    return DocumentError(
        f"the folder cannot be looked into: {error.strerror}",
        where=shown(error.filename),
        remedy="check that you may read it",
    )
