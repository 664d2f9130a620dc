"""How well a resolution agrees with gold clusters."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping
from itertools import combinations
from typing import NamedTuple, TypeVar

Item = TypeVar("Item", bound=Hashable)


class Score(NamedTuple):
    """Precision, recall, and their harmonic mean."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean; 0 if both are 0."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def b_cubed(
    found: Mapping[Item, Hashable],
    gold: Mapping[Item, Hashable],
    *,
    undecided: Collection[frozenset[Item]] = (),
    among: Iterable[Item] | None = None,
) -> Score:
    r"""Return the B-cubed precision and recall of a clustering.

    For an item :math:`i` with found cluster :math:`C_i` and gold cluster :math:`G_i`,
    precision is :math:`|C_i \cap G_i| / |C_i|` and recall :math:`|C_i \cap G_i| / |G_i|`;
    the score is the mean over all items. An item counts with itself, so clusters of one that
    are right count fully.

    Parameters
    ----------
    found, gold : mapping of item to label
        Two clusterings; only the items of both are compared.
    undecided : collection of frozenset of two items
        Pairs that count neither way.
    among : iterable of items, optional
        The items over which to take the mean; all of them by default.

    Returns
    -------
    Score
        ``Score(1.0, 1.0)`` for no items.

    References
    ----------
    .. [1] A. Bagga and B. Baldwin, "Entity-based cross-document coreferencing using the vector
       space model", COLING-ACL 1998.

    Examples
    --------
    >>> b_cubed({1: "x", 2: "x", 3: "y"}, {1: "a", 2: "b", 3: "b"})
    Score(precision=0.6666666666666666, recall=0.6666666666666666)
    """
    items = found.keys() & gold.keys()
    found_sets, gold_sets = _clusters(found, items), _clusters(gold, items)
    apart = _partners(undecided)
    precision = recall = count = 0.0
    for item in items if among is None else items & set(among):
        ignored = apart.get(item, set())
        mine = found_sets[found[item]] - ignored
        true = gold_sets[gold[item]] - ignored
        precision += len(mine & true) / len(mine)
        recall += len(mine & true) / len(true)
        count += 1
    return Score(precision / count, recall / count) if count else Score(1.0, 1.0)


def pairwise(
    found: Mapping[Item, Hashable],
    gold: Mapping[Item, Hashable],
    *,
    undecided: Collection[frozenset[Item]] = (),
) -> Score:
    """Return the share of joined pairs that are right, and of true pairs that are joined.

    Parameters
    ----------
    found, gold : mapping of item to label
        Two clusterings; only the items of both are compared.
    undecided : collection of frozenset of two items
        Pairs that count neither way.

    Returns
    -------
    Score
        A share of nothing is 1.

    Examples
    --------
    >>> pairwise({1: "x", 2: "x", 3: "x"}, {1: "a", 2: "a", 3: "b"})
    Score(precision=0.3333333333333333, recall=1.0)
    """
    wrong = len(false_merges(found, gold, undecided=undecided))
    missed = len(false_splits(found, gold, undecided=undecided))
    items = found.keys() & gold.keys()
    joined = sum(_pairs(found, items).values()) - wrong
    joined -= sum(
        found[one] == found[other]
        for one, other in map(tuple, undecided)
        if one in items and other in items
    )
    return Score(_share(joined, wrong), _share(joined, missed))


def _pairs(labels: Mapping[Item, Hashable], items: Iterable[Item]) -> dict[Hashable, int]:
    """Return how many pairs each cluster makes."""
    return {
        label: len(members) * (len(members) - 1) // 2
        for label, members in _clusters(labels, items).items()
    }


def _share(right: int, wrong: int) -> float:
    return right / (right + wrong) if right + wrong else 1.0


def false_merges(
    found: Mapping[Item, Hashable],
    gold: Mapping[Item, Hashable],
    *,
    undecided: Collection[frozenset[Item]] = (),
) -> list[frozenset[Item]]:
    """Return the pairs that were joined and are apart in the gold clustering."""
    return _differences(found, gold, undecided)


def false_splits(
    found: Mapping[Item, Hashable],
    gold: Mapping[Item, Hashable],
    *,
    undecided: Collection[frozenset[Item]] = (),
) -> list[frozenset[Item]]:
    """Return the pairs that are one in the gold clustering and were not joined."""
    return _differences(gold, found, undecided)


def _differences(
    joined: Mapping[Item, Hashable],
    parted: Mapping[Item, Hashable],
    undecided: Collection[frozenset[Item]],
) -> list[frozenset[Item]]:
    items = joined.keys() & parted.keys()
    return [
        pair
        for members in _clusters(joined, items).values()
        for one, other in combinations(sorted(members, key=repr), 2)
        if parted[one] != parted[other] and (pair := frozenset((one, other))) not in undecided
    ]


def _clusters(labels: Mapping[Item, Hashable], items: Iterable[Item]) -> dict[Hashable, set[Item]]:
    found: dict[Hashable, set[Item]] = {}
    for item in items:
        found.setdefault(labels[item], set()).add(item)
    return found


def _partners(pairs: Iterable[frozenset[Item]]) -> dict[Item, set[Item]]:
    found: dict[Item, set[Item]] = {}
    for pair in pairs:
        for item in pair:
            found.setdefault(item, set()).update(pair - {item})
    return found
