"""Clusters: decisions that two record entries are the same, put together with their reasons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.resolution.scenes import Handle


class Clusters:
    """A partition of record entries that grows by joins.

    Two entries of different families (person, place, organization) are never joined,
    whatever a decision says; nor are two that have been parted.

    Parameters
    ----------
    families : mapping of handle to str
        Every entry with its family.
    """

    def __init__(self, families: Mapping[Handle, str]):
        self._families = families
        self._above: dict[Handle, Handle] = {handle: handle for handle in families}
        self._sizes: dict[Handle, int] = {}
        self._reasons: dict[Handle, set[str]] = {}
        self._banks: dict[Handle, set[int]] = {}
        self._parted = 0
        self._known: dict[Handle, str] = {}

    def find(self, handle: Handle) -> Handle:
        """Return the entry that stands for the cluster of this one at the moment."""
        root = handle
        while self._above[root] != root:
            root = self._above[root]
        while self._above[handle] != root:
            self._above[handle], handle = root, self._above[handle]
        return root

    def same(self, one: Handle, other: Handle) -> bool:
        """Return whether two entries have been joined."""
        return self.find(one) == self.find(other)

    def join(self, one: Handle, other: Handle, reason: str) -> bool:
        """Join the clusters of two entries; return False if that is forbidden."""
        if self._families[one] != self._families[other]:
            return False
        winner, loser = self.find(one), self.find(other)
        if winner == loser:
            return True
        if not self._may(winner, loser):
            return False
        if self._sizes.get(winner, 1) < self._sizes.get(loser, 1):
            winner, loser = loser, winner
        self._above[loser] = winner
        if loser in self._known:
            self._known[winner] = self._known.pop(loser)
        if loser in self._banks:
            self._banks.setdefault(winner, set()).update(self._banks.pop(loser))
        self._sizes[winner] = self._sizes.get(winner, 1) + self._sizes.pop(loser, 1)
        reasons = self._reasons.setdefault(winner, set())
        reasons.add(reason)
        reasons |= self._reasons.pop(loser, set())
        return True

    def join_all(self, handles: Iterable[Handle], reason: str) -> None:
        """Join all these entries into one cluster."""
        first: Handle | None = None
        for handle in handles:
            if first is None:
                first = handle
            else:
                self.join(first, handle, reason)

    def part(self, ones: Iterable[Handle], others: Iterable[Handle]) -> None:
        """Keep two groups of entries apart from now on; what is joined already stays so."""
        self._parted += 1
        for bank, handles in ((self._parted, ones), (-self._parted, others)):
            for handle in handles:
                self._banks.setdefault(self.find(handle), set()).add(bank)

    def name(self, handles: Iterable[Handle], name: str) -> None:
        """Say which known thing entries are; clusters of two known things are never joined."""
        for handle in handles:
            self._known.setdefault(self.find(handle), name)

    def parted(self, one: Handle, other: Handle) -> bool:
        """Return whether the clusters of two entries may not be joined."""
        return not self._may(self.find(one), self.find(other))

    def _may(self, one: Handle, other: Handle) -> bool:
        """Return whether nothing keeps two clusters apart: a decision, or two names for them."""
        names = {self._known[root] for root in (one, other) if root in self._known}
        if len(names) > 1:
            return False
        banks = self._banks.get(other, ())
        return not any(-bank in banks for bank in self._banks.get(one, ()))

    def groups(self, family: str | None = None) -> list[tuple[Handle, ...]]:
        """Return the clusters (of one family), each sorted, in the order of their first entry."""
        found: dict[Handle, list[Handle]] = {}
        for handle in sorted(self._above):
            if family is None or self._families[handle] == family:
                found.setdefault(self.find(handle), []).append(handle)
        return [tuple(members) for members in found.values()]

    def reasons(self, handle: Handle) -> tuple[str, ...]:
        """Return why the entries of this one's cluster are the same, sorted."""
        return tuple(sorted(self._reasons.get(self.find(handle), ())))
