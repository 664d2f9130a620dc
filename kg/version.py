"""Versions of what makes statements, so that a graph knows when it must be made anew."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from kg import __version__

_PACKAGE = Path(__file__).parent
_COUNTED = frozenset({".py", ".toml", ".csv", ".rq", ".txt"})


@cache
def version_of(*parts: str) -> str:
    """Return the version of parts of this package: ``0.1.0+5f0c2a91``.

    The digits change with any change to the code, words or rules of the parts, so that a word
    added to a list is seen by the next build.

    Parameters
    ----------
    *parts : str
        Names of subpackages: ``"extraction"``.
    """
    digest = hashlib.sha256()
    for part in parts:
        for path in sorted((_PACKAGE / part).rglob("*")):
            if path.suffix in _COUNTED and path.is_file():
                digest.update(path.relative_to(_PACKAGE).as_posix().encode() + b"\0")
                digest.update(path.read_bytes() + b"\0")
    return f"{__version__}+{digest.hexdigest()[:8]}"
