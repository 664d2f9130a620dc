"""Reports that print nearly the same text, such as one press release on ten sites.

Two texts are nearly the same when their sets of three-word shingles have a Jaccard similarity
of `SIMILAR` or more, estimated by datasketch's MinHash (Broder 1997) and found by
locality-sensitive hashing, so that no text is compared with all others. The 128 numbers of 32
bits of each text wait in a file; in memory, where datasketch's own index takes some 6 KB for each
text, is one number of 64 bits at a time.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from tempfile import TemporaryFile, gettempdir
from typing import IO

import numpy as np
from numpy.typing import NDArray

from kg.errors import GraphError
from kg.resolution.names.spelling import fold

SIMILAR = 0.7
SHINGLE = 3
FEWEST = 12
"""Fewest shingles of a text that is compared; shorter ones are alike by chance."""

Sketches = NDArray[np.uintc]
"""A row of MinHash values for each text."""

_PERMUTATIONS = 128
_ROW = _PERMUTATIONS * 4  # bytes of a sketch
_CHUNK = 2_000  # sketches that are read at once: 1 MB
_PRIME = np.uint64(0x100000001B3)  # that of the hash function FNV-1a
_WORD = re.compile(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+")  # a Chinese character is a word


def reprints(texts: Iterable[tuple[str, str]]) -> list[frozenset[str]]:
    """Return the groups of texts that are nearly the same.

    Parameters
    ----------
    texts : iterable of (key, text)
        Each text under a key of its own; only one is held at a time.

    Returns
    -------
    list of frozenset of str
        The keys of each group of two or more, in the order of their smallest keys. Whatever
        the order of the texts, the groups are the same.

    Raises
    ------
    GraphError
        If the temporary folder does not take the sketches.

    Examples
    --------
    >>> release = "On Monday the rector of Northern University and the rector of Harbour "
    >>> release += "University signed a memorandum on the exchange of students in Oslo."
    >>> groups = reprints([("a", release), ("b", f"{release} Photo: NU."), ("c", release[::-1])])
    >>> [sorted(group) for group in groups]
    [['a', 'b']]
    """
    from datasketch import MinHash, MinHashLSH  # noqa: PLC0415 - loads scipy

    keys: list[str] = []
    sketch = MinHash(num_perm=_PERMUTATIONS)  # one for all: its permutations take long to make
    with _spool() as spool:
        for key, text in texts:
            marks = shingles(text)
            if len(marks) < FEWEST:
                continue
            sketch.clear()
            sketch.update_batch([mark.encode() for mark in marks])
            _keep(spool, sketch.hashvalues.astype(np.uintc).tobytes())
            keys.append(key)
        index = MinHashLSH(threshold=SIMILAR, num_perm=_PERMUTATIONS)
        parents: dict[int, int] = {}
        for start in range(0, index.b * index.r, index.r):
            for alike in _equal(_marks(spool, slice(start, start + index.r))):
                _compare(_read(spool, alike), alike, parents)
    return _groups(keys, parents)


def _spool() -> IO[bytes]:
    """Open the file of the sketches; unbuffered, so that a full disk is met in `_keep`."""
    try:
        return TemporaryFile(buffering=0)
    except OSError as error:
        raise _full(error) from None


def _keep(spool: IO[bytes], sketch: bytes) -> None:
    try:
        while sketch:  # a disk that is nearly full takes a part
            sketch = sketch[spool.write(sketch) :]
    except OSError as error:
        raise _full(error) from None


def _full(error: OSError) -> GraphError:
    return GraphError(
        f"the sketches of the texts cannot be kept ({error.strerror or error})",
        where=gettempdir(),
        remedy="make room there, or name another folder in TMPDIR, and build again",
    )


def _marks(spool: IO[bytes], band: slice) -> NDArray[np.uint64]:
    """Return for each sketch a number that is equal where a band of it is equal."""
    spool.seek(0)
    found = [np.empty(0, np.uint64)]
    while read := spool.read(_CHUNK * _ROW):
        values = np.frombuffer(read, np.uintc).reshape(-1, _PERMUTATIONS)[:, band]
        mark = np.zeros(len(values), np.uint64)
        for column in values.T:
            mark = (mark ^ column) * _PRIME
        found.append(mark)
    return np.concatenate(found)


def _equal(marks: NDArray[np.uint64]) -> Iterator[list[int]]:
    """Yield the places of the numbers of each group of equal ones, of two or more."""
    order = np.argsort(marks, kind="stable")
    changes = np.flatnonzero(marks[order[1:]] != marks[order[:-1]]) + 1
    bounds = np.concatenate(([0], changes, [len(order)]))
    for at in np.flatnonzero(np.diff(bounds) > 1):
        yield sorted(order[bounds[at] : bounds[at + 1]].tolist())


def _read(spool: IO[bytes], rows: Sequence[int]) -> Sketches:
    """Return the sketches in these rows."""
    found = np.empty((len(rows), _PERMUTATIONS), np.uintc)
    for at, row in enumerate(rows):
        spool.seek(row * _ROW)
        found[at] = np.frombuffer(spool.read(_ROW), np.uintc)
    return found


def _compare(sketches: Sketches, rows: Sequence[int], parents: dict[int, int]) -> None:
    """Join the texts of these rows, of which these are the sketches, that are not yet joined."""
    for at, one in enumerate(rows):
        others = [
            other
            for other in range(at + 1, len(rows))
            if _root(parents, rows[other]) != _root(parents, one)
        ]
        shares = (sketches[others] == sketches[at]).mean(axis=1)
        for other, share in zip(others, shares.tolist(), strict=True):
            if share >= SIMILAR:
                _join(parents, one, rows[other])


def shingles(text: str) -> set[str]:
    """Return the runs of three words in a text, without case, accents and punctuation."""
    words = [fold(word) if word < "\u3400" else word for word in _WORD.findall(text)]
    return {" ".join(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1)}


def group_key(keys: Iterable[str]) -> str:
    """Return the key of a group of texts: the hash of those of its members."""
    return hashlib.sha256("|".join(sorted(keys)).encode()).hexdigest()[:16]


def _join(parents: dict[int, int], one: int, other: int) -> None:
    first, second = sorted((_root(parents, one), _root(parents, other)))
    parents[second] = first


def _root(parents: dict[int, int], row: int) -> int:
    while (above := parents.get(row, row)) != row:
        parents[row] = row = parents.get(above, above)
    return row


def _groups(keys: Sequence[str], parents: Mapping[int, int]) -> list[frozenset[str]]:
    parents = dict(parents)
    found: dict[int, set[str]] = {}
    for row in list(parents):
        root = _root(parents, row)
        found.setdefault(root, {keys[root]}).add(keys[row])
    return sorted(map(frozenset, found.values()), key=min)
