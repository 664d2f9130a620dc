"""Files that only the server's own user can write, for what is read back as Python objects.

Whoever could write such a file could run what they like in the server. So it is made anew, for
its owner alone, and read only from a folder that nobody else can write to.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

_OTHERS = stat.S_IWGRP | stat.S_IWOTH
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)


def write(path: Path, body: bytes) -> None:
    """Write a new file that its owner alone can read.

    Raises
    ------
    FileExistsError
        If there is something under that name.
    """
    number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_LINK, 0o600)
    with os.fdopen(number, "wb") as stream:
        stream.write(body)


def read(path: Path) -> bytes:
    """Return what a file holds.

    Raises
    ------
    FileNotFoundError
        If there is none.
    PermissionError
        If others than the server's own user could have written it, or it is a link.
    """
    try:
        number = os.open(path, os.O_RDONLY | _NO_LINK)
    except OSError as error:
        if path.is_symlink():
            raise PermissionError(f"{path} is a link") from None
        raise error from None
    with os.fdopen(number, "rb") as stream:
        for place in (os.fstat(stream.fileno()), path.parent.lstat()):
            if not _ours(place):
                raise PermissionError(f"{path} could be another's")
        return stream.read()


def _ours(place: os.stat_result) -> bool:
    if not hasattr(os, "geteuid"):  # Windows: folders for temporary files are each user's own
        return True
    return place.st_uid == os.geteuid() and not place.st_mode & _OTHERS
