"""What a reviewer's form asks for → the decision of `kg.review` that it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from kg import review
from kg.errors import UsageError
from kg.graph.curation import Ruling
from kg.graph.folder import Folder
from kg.graph.vocabulary import node

Given = Mapping[str, Sequence[str]]
_FIELDS: Mapping[str, tuple[Callable[..., Ruling], tuple[str, ...]]] = {
    "merge": (review.merge, ("one", "other")),
    "split": (review.split, ("one", "other")),
    "part": (review.part, ("one",)),
    "confirm": (review.confirm, ("one",)),
    "reject": (review.reject, ("one",)),
    "undo": (review.undo, ("one",)),
}
_LONGEST = 200  # characters of a key
ACTIONS = tuple(_FIELDS)
"""What can be decided."""


def decide(folder: Folder, action: str, given: Given, by: str, because: str) -> str:
    """Make a decision and return its key.

    Parameters
    ----------
    folder : Folder
        The graph's folder.
    action : str
        One of `ACTIONS`.
    given : mapping of str to sequence of str
        The keys of what it is about: ``one``, ``other``, and ``document`` for ``part``.
    by, because : str
        Who decides, and why.

    Raises
    ------
    UsageError
        If the graph has no such thing, or it cannot be decided so.
    GraphError
        If a build writes to the graph at the moment.
    """
    if action not in _FIELDS:
        raise UsageError("this cannot be decided", where=action[:40])
    function, fields = _FIELDS[action]
    named: list[Any] = [_address(folder, _single(given, field)) for field in fields]
    if action == "part":
        named.append([_address(folder, key) for key in given.get("document", ())])
    return function(folder.path, *named, by=by, because=because).key


def _single(given: Given, field: str) -> str:
    values = given.get(field, ())
    if len(values) != 1 or not values[0]:
        raise UsageError(f"the form does not say {field}", remedy="load the page again")
    return values[0]


def _address(folder: Folder, key: str) -> str:
    if len(key) > _LONGEST:
        raise UsageError("this is no key of the graph", where=key[:40])
    return node(key, folder.base).value
