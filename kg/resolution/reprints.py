"""Reports that print nearly the same text, such as one press release on ten sites.

Two texts are nearly the same when their sets of three-word shingles have a Jaccard similarity
of `SIMILAR` or more, estimated by MinHash (Broder 1997) and found by locality-sensitive
hashing, both of datasketch, so that no text is compared with all others.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from kg.resolution.names.spelling import fold

SIMILAR = 0.7
SHINGLE = 3
FEWEST = 12
"""Fewest shingles of a text that is compared; shorter ones are alike by chance."""

_PERMUTATIONS = 128
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

    Examples
    --------
    >>> release = "On Monday the rector of Northern University and the rector of Harbour "
    >>> release += "University signed a memorandum on the exchange of students in Oslo."
    >>> groups = reprints([("a", release), ("b", f"{release} Photo: NU."), ("c", release[::-1])])
    >>> [sorted(group) for group in groups]
    [['a', 'b']]
    """
    from datasketch import MinHash, MinHashLSH  # noqa: PLC0415 - loads scipy

    index = MinHashLSH(threshold=SIMILAR, num_perm=_PERMUTATIONS)
    sketches: dict[str, MinHash] = {}
    parents: dict[str, str] = {}
    for key, text in texts:
        marks = shingles(text)
        if len(marks) < FEWEST:
            continue
        sketch = MinHash(num_perm=_PERMUTATIONS)
        sketch.update_batch([mark.encode() for mark in marks])
        for other in index.query(sketch):
            if sketch.jaccard(sketches[other]) >= SIMILAR:
                _join(parents, key, other)
        index.insert(key, sketch)
        sketches[key] = sketch
    return _groups(parents)


def shingles(text: str) -> set[str]:
    """Return the runs of three words in a text, without case, accents and punctuation."""
    words = [fold(word) if word < "\u3400" else word for word in _WORD.findall(text)]
    return {" ".join(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1)}


def group_key(keys: Iterable[str]) -> str:
    """Return the key of a group of texts: the hash of those of its members."""
    return hashlib.sha256("|".join(sorted(keys)).encode()).hexdigest()[:16]


def _join(parents: dict[str, str], one: str, other: str) -> None:
    first, second = sorted((_root(parents, one), _root(parents, other)))
    parents[second] = first


def _root(parents: dict[str, str], key: str) -> str:
    parents.setdefault(key, key)
    while parents[key] != key:
        parents[key] = key = parents[parents[key]]
    return key


def _groups(parents: dict[str, str]) -> list[frozenset[str]]:
    found: dict[str, set[str]] = {}
    for key in list(parents):
        found.setdefault(_root(parents, key), set()).add(key)
    return [frozenset(found[root]) for root in sorted(found)]
