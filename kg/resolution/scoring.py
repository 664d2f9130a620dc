"""How well resolution finds the gold clusters of a corpus, kind by kind."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import RecordError
from kg.extraction.record import ENTITY_TYPES, Record
from kg.resolution.measures import b_cubed, false_merges, false_splits, pairwise
from kg.resolution.resolver import resolve
from kg.resolution.scenes import Handle

if TYPE_CHECKING:
    import pandas as pd

GOLD_CLUSTERS = "identity.gold.json"
Pair = frozenset[Handle]


@dataclass(frozen=True, slots=True)
class Gold:
    """Gold records, and which of their entries are the same thing.

    Parameters
    ----------
    records : mapping of str to Record
        The gold records by their ids.
    clusters : mapping of handle to object
        A label for every entry, equal for entries that are the same.
    undecided : frozenset of pairs
        Pairs of entries that count neither way.
    """

    records: Mapping[str, Record]
    clusters: Mapping[Handle, object]
    undecided: frozenset[Pair]

    def type(self, handle: Handle) -> str:
        """Return the type of an entry."""
        return next(e.type for e in self.records[handle[0]].entities if e.id == handle[1])

    def name(self, handle: Handle) -> str:
        """Return the name of an entry."""
        return next(e.name for e in self.records[handle[0]].entities if e.id == handle[1])


def read_gold(corpus: Path) -> Gold:
    """Read the gold records of a folder and its ``identity.gold.json``.

    Raises
    ------
    RecordError
        If the clusters are missing, cannot be read, or name an entry that no record has.
    """
    paths = sorted(path for path in corpus.glob("*.gold.json") if path.name != GOLD_CLUSTERS)
    records = [
        Record.from_json(path.read_text(encoding="utf-8"), where=str(path)) for path in paths
    ]
    data = _clusters(corpus / GOLD_CLUSTERS)
    labels: dict[Handle, object] = {
        (record.id, entity.id): (record.id, entity.id)
        for record in records
        for entity in record.entities
    }
    for cluster in data["clusters"]:
        for handle in map(tuple, cluster["members"]):
            if handle not in labels:
                message = f"{cluster['name']!r} has an entry {handle} that no record has"
                raise RecordError(message, where=str(corpus / GOLD_CLUSTERS))
            labels[handle] = cluster["name"]
    undecided = {
        frozenset((tuple(one), tuple(other)))
        for group in data.get("undecided", ())
        for one, other in combinations(group, 2)
    }
    return Gold({record.id: record for record in records}, labels, frozenset(undecided))


def _clusters(path: Path) -> dict[str, Any]:
    remedy = "name a folder with gold records and their clusters, such as corpus"
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(data, dict) and isinstance(data["clusters"], list):
            return data
        raise ValueError("it has no list of clusters")
    except OSError:
        raise RecordError("there are no gold clusters", where=str(path), remedy=remedy) from None
    except (ValueError, KeyError) as error:
        message = f"the gold clusters cannot be read ({error})"
        raise RecordError(message, where=str(path), remedy=remedy) from None


@dataclass(frozen=True, slots=True)
class Agreement:
    """A resolution beside the gold clusters."""

    gold: Gold
    found: Mapping[Handle, str]

    @classmethod
    def of(cls, gold: Gold) -> Agreement:
        """Resolve the gold records."""
        keys = resolve(gold.records).keys
        return cls(gold, {handle: keys[handle] for handle in gold.clusters})

    def table(self) -> pd.DataFrame:
        """Return B-cubed figures, and those of pairs, for each kind and for all together.

        ``merges`` and ``splits`` count the pairs that were joined or parted wrongly.
        """
        import pandas as pd  # noqa: PLC0415 - the resolver does without

        kinds = [kind for kind in ENTITY_TYPES if any(map(self._is(kind), self.gold.clusters))]
        return pd.DataFrame([self._row(kind) for kind in (*kinds, "all")])

    def differences(self, kind: str = "all") -> pd.DataFrame:
        """Return the pairs of a kind that were joined or parted wrongly."""
        import pandas as pd  # noqa: PLC0415

        return pd.DataFrame(
            self._differences(kind), columns=["error", "document", "name", "other", "other name"]
        )

    def _is(self, kind: str) -> Any:
        types = {
            (key, entity.id): entity.type
            for key, record in self.gold.records.items()
            for entity in record.entities
        }
        return lambda handle: kind in ("all", types[handle])

    def _row(self, kind: str) -> dict[str, object]:
        chosen = set(filter(self._is(kind), self.gold.clusters))
        whole = b_cubed(self.found, self.gold.clusters, undecided=self.gold.undecided, among=chosen)
        found, gold = (
            {h: labels[h] for h in chosen} for labels in (self.found, self.gold.clusters)
        )
        pairs = pairwise(found, gold, undecided=self.gold.undecided)
        return {
            "kind": kind, "mentions": len(chosen), "things": len(set(gold.values())),
            "precision": round(whole.precision, 3), "recall": round(whole.recall, 3),
            "F1": round(whole.f1, 3),
            "pair precision": round(pairs.precision, 3), "pair recall": round(pairs.recall, 3),
            "pair F1": round(pairs.f1, 3),
            "merges": len(false_merges(found, gold, undecided=self.gold.undecided)),
            "splits": len(false_splits(found, gold, undecided=self.gold.undecided)),
        }  # fmt: skip

    def _differences(self, kind: str) -> Iterator[tuple[str, str, str, str, str]]:
        wanted, gold = self._is(kind), self.gold
        for error, measure in (("merged", false_merges), ("split", false_splits)):
            for pair in measure(self.found, gold.clusters, undecided=gold.undecided):
                one, other = sorted(pair)
                if wanted(one) or wanted(other):
                    yield error, one[0], gold.name(one), other[0], gold.name(other)
