"""How well the network of earlier years foretold the ties that came after.

Every pair is looked at, a block of rows at a time as arrays: of 20,000 nodes there are a
hundred million pairs across two countries, and nothing has to be estimated.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
from scipy.sparse import csr_array, diags_array

from kg.analysis.facts import Facts
from kg.analysis.paths import Progress
from kg.analysis.projections import project
from kg.analysis.prospects import REGIONS, SCORES, Pair, between_regions
from kg.errors import UsageError
from kg.graph.basis import PARTNERSHIP

_CELLS = 4_000_000
"""Pairs of one block: what is in memory at once."""
Block = tuple[np.ndarray, np.ndarray]
BlockScore = Callable[[np.ndarray], np.ndarray]


def backtest(  # noqa: PLR0913  a design has so many parts
    facts: Facts,
    cuts: Iterable[str],
    between: Pair | None = ("KZ", "CN"),
    scores: Iterable[str] = tuple(SCORES),
    *,
    top: int = 10,
    progress: Progress | None = None,
    **options: Any,
) -> pd.DataFrame:
    """Return how well the network known at a date foretold the ties that came after.

    Parameters
    ----------
    facts : Facts
        All facts; those that nothing dates are left out on both sides.
    cuts : iterable of str
        The dates, ISO 8601.
    between : pair of str, optional
        Countries of the two, by ISO 3166 alpha-2 code; None for any.
    scores : iterable of str
        Of `kg.analysis.prospects.SCORES`, or `kg.analysis.prospects.REGIONS`.
    top : int
        How many of the highest ``precision`` looks at.
    progress : callable, optional
        Called with what is done, how many, and of how many.
    **options
        As those of `kg.analysis.projections.project`.

    Returns
    -------
    pandas.DataFrame
        ``cut``, ``score``; ``candidates``, pairs without a tie until then whose ends were both
        known; ``came``, how many of these were tied later, and ``partnered``, how many of them
        by a paper or a facility rather than by events alone; ``auc``, the chance that one that
        came scores above one that did not (equal scores count half; 0.5 is chance; NaN if none
        came) with its standard error ``se`` (NaN below two); ``precision``, the share that came
        among the ``top`` highest, equal scores counted with their expectation; ``base``, the
        share among all.

    Raises
    ------
    UsageError
        If there is no such score.

    Notes
    -----
    A pair of which one end appears only later cannot be foretold and is no candidate, so that
    ``came`` is less than the number of new ties. ``se`` is that of DeLong et al., Biometrics 44,
    837-845 (1988), which takes the pairs for independent: pairs of one institution are not, so
    that it is rather too small. The cost grows with the number of candidates.
    """
    rows, dates = [], list(cuts)
    for done, cut in enumerate(dates, 1):
        before = project(facts.where(until=cut), **{**options, "cited": False})
        after = project(facts.where(since=cut), **{**options, "cited": False})
        pairs = _Pairs(before, between)
        came = pairs.tied_in(after)
        partnered = sum(after.edges[pair]["basis"] == PARTNERSHIP for pair in came)
        for name in scores:
            found = pairs.levels(name, came)
            base = len(came) / pairs.number if pairs.number else math.nan
            figures = (found.auc, found.error, found.precision(top), base)
            rows.append((cut, name, pairs.number, len(came), partnered, *figures))
        if progress is not None:
            progress("looking back", done, len(dates))
    columns = [
        "cut", "score", "candidates", "came", "partnered", "auc", "se", "precision", "base",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


@dataclass(frozen=True)
class Levels:
    """How many pairs came, and how many did not, at each score from the lowest to the highest.

    Parameters
    ----------
    hits, others : numpy.ndarray
        Numbers of pairs, one for each different score.
    """

    hits: np.ndarray
    others: np.ndarray

    @classmethod
    def of(cls, values: Sequence[float], came: Sequence[bool]) -> Levels:
        """Count scores, each with whether its pair came."""
        mine = np.asarray(values, dtype=float)
        mask = np.asarray(came, dtype=bool)
        return cls.counted(*np.unique(mine, return_counts=True), mine[mask])

    @classmethod
    def counted(cls, values: np.ndarray, counts: np.ndarray, came: np.ndarray) -> Levels:
        """Take different scores in order, how many pairs have each, and those of what came."""
        hits = np.bincount(np.searchsorted(values, came), minlength=len(values))
        return cls(hits.astype(float), (counts - hits).astype(float))

    @property
    def auc(self) -> float:
        """The area under the ROC curve, by ranks (Hanley & McNeil, Radiology 143, 1982)."""
        if not self.hits.sum() or not self.others.sum():
            return math.nan
        return float((self.hits * self._placed).sum() / self.hits.sum())

    @property
    def error(self) -> float:
        """Its standard error (DeLong et al. 1988)."""
        came, not_come = self.hits.sum(), self.others.sum()
        if came < 2 or not_come < 2:
            return math.nan
        above = came - np.cumsum(self.hits) + self.hits / 2
        of_hits = (self.hits * (self._placed - self.auc) ** 2).sum() / (came - 1)
        of_others = (self.others * (above / came - self.auc) ** 2).sum() / (not_come - 1)
        return math.sqrt(of_hits / came + of_others / not_come)

    @cached_property
    def _placed(self) -> np.ndarray:
        """Share of the others below each level, of those on it half."""
        return np.asarray((np.cumsum(self.others) - self.others / 2) / self.others.sum())

    def precision(self, top: int) -> float:
        """Return the expected share of hits among the highest, over orders of equal scores."""
        left = top = int(min(top, self.hits.sum() + self.others.sum()))
        if not top:
            return math.nan
        found = 0.0
        for hits, others in zip(self.hits[::-1], self.others[::-1], strict=True):
            taken = min(left, hits + others)
            found += taken * hits / (hits + others) if taken else 0.0
            left -= taken
            if left <= 0:
                break
        return float(found / top)


class _Pairs:
    """The pairs of a network that may be tied one day: rows of one country, columns of another."""

    def __init__(self, network: nx.Graph, between: Pair | None) -> None:
        self.network = network
        self.names = sorted(network)
        self.place = {name: at for at, name in enumerate(self.names)}
        first, second = (code.upper() for code in between) if between else (None, None)
        self.rows, self.columns = self._of(first), self._of(second)
        self.twice = first == second  # each pair stands in the block in both orders
        self.ways = nx.to_scipy_sparse_array(
            network, nodelist=self.names, weight=None, dtype=float, format="csr"
        ) if self.names else csr_array((0, 0))  # fmt: skip
        self.degrees = np.diff(self.ways.indptr)

    def _of(self, country: str | None) -> np.ndarray:
        found = [
            at
            for at, name in enumerate(self.names)
            if country is None or self.network.nodes[name].get("country") == country
        ]
        return np.array(found, dtype=int)

    @cached_property
    def number(self) -> int:
        """How many pairs are not tied yet."""
        tied = int(self.ways[self.rows][:, self.columns].nnz)
        own = len(self.rows) if self.twice else 0
        number = len(self.rows) * len(self.columns) - tied - own
        return number // 2 if self.twice else number

    def tied_in(self, later: nx.Graph) -> list[Pair]:
        """Return the candidates that a later network ties, each once, a row's name first."""
        rows = {self.names[at] for at in self.rows}
        columns = {self.names[at] for at in self.columns}
        return [
            (one, other) if one in rows and other in columns else (other, one)
            for one, other in later.edges
            if ((one in rows and other in columns) or (other in rows and one in columns))
            and not self.network.has_edge(one, other)
        ]

    def levels(self, name: str, came: Sequence[Pair]) -> Levels:
        """Count the candidates at each score."""
        score = _block_score(self, name)
        row = {at: number for number, at in enumerate(self.rows)}
        column = {at: number for number, at in enumerate(self.columns)}
        ends = np.array(
            [(row[self.place[one]], column[self.place[other]]) for one, other in came], dtype=int
        ).reshape(-1, 2)
        counts: dict[float, int] = {}
        scored = np.zeros(len(came))
        for begin, end in self._blocks():
            values = np.round(score(self.rows[begin:end]), 9)  # sums differ in their last digits
            here = (ends[:, 0] >= begin) & (ends[:, 0] < end)
            scored[here] = values[ends[here, 0] - begin, ends[here, 1]]
            for value, number in zip(*self._counted(begin, end, values), strict=True):
                counts[value] = counts.get(value, 0) + number
        known = np.array(sorted(counts))
        numbers = np.array([counts[value] for value in known.tolist()], dtype=int)
        return Levels.counted(known, numbers // 2 if self.twice else numbers, scored)

    def _blocks(self) -> Iterator[tuple[int, int]]:
        height = max(1, _CELLS // max(len(self.columns), 1))
        for begin in range(0, len(self.rows), height):
            yield begin, min(begin + height, len(self.rows))

    def _counted(self, begin: int, end: int, values: np.ndarray) -> tuple[list[float], list[int]]:
        """Count the scores of a block, without those who are tied and each with itself."""
        rows = self.rows[begin:end]
        free = self.ways[rows][:, self.columns].toarray() == 0
        free &= rows[:, None] != self.columns[None, :]
        chosen = values[free]
        scored = chosen[chosen != 0]  # most pairs score 0, and need no sorting
        found, counts = np.unique(scored, return_counts=True)
        none = len(chosen) - len(scored)
        return [*found.tolist(), *([0.0] if none else [])], [
            *counts.tolist(),
            *([none] * (none > 0)),
        ]


def _block_score(pairs: _Pairs, name: str) -> BlockScore:
    if name not in _BLOCKS:
        raise UsageError(
            f"there is no score {name!r}", remedy=f"choose one of: {', '.join(_BLOCKS)}"
        )
    return _BLOCKS[name](pairs)


def _neighbours(pairs: _Pairs, weigh: Callable[[np.ndarray], np.ndarray]) -> BlockScore:
    """Sum a weight of the common neighbours: one product of matrices."""
    weights = weigh(np.maximum(pairs.degrees, 2).astype(float))  # a common neighbour has two ties
    right = diags_array(weights, format="csr") @ pairs.ways[:, pairs.columns]
    return lambda rows: (pairs.ways[rows] @ right).toarray()


def _sizes(pairs: _Pairs) -> BlockScore:
    return lambda rows: np.outer(
        pairs.degrees[rows], pairs.degrees[pairs.columns]
    ).astype(float)  # fmt: skip


def _regions(pairs: _Pairs) -> BlockScore:
    """Count the partners of the two regions, less those of which one is one of the two."""
    joined = between_regions(pairs.network)
    seats = [str(pairs.network.nodes[name].get("region") or "") for name in pairs.names]
    order = {seat: at for at, seat in enumerate(sorted({*seats}))}
    seat = np.array([order[each] for each in seats], dtype=int)
    known = np.zeros((len(order), len(order)))
    own = np.zeros((len(seats), len(order)))  # with how many of a region each is joined
    for ends in joined.values():
        for pair in ends:
            one, other = (pairs.place[name] for name in pair)
            known[seat[one], seat[other]] += 1
            known[seat[other], seat[one]] += 1
            own[one, seat[other]] += 1
            own[other, seat[one]] += 1

    def score(rows: np.ndarray) -> np.ndarray:
        mine, theirs = seat[rows], seat[pairs.columns]
        found = known[np.ix_(mine, theirs)] - own[np.ix_(rows, theirs)]
        return np.asarray(found - own[np.ix_(pairs.columns, mine)].T)

    return score


_BLOCKS: dict[str, Callable[[_Pairs], BlockScore]] = {
    "adamic-adar": partial(_neighbours, weigh=lambda degrees: 1 / np.log(degrees)),
    "resource-allocation": partial(_neighbours, weigh=lambda degrees: 1 / degrees),
    "common-neighbours": partial(_neighbours, weigh=np.ones_like),
    "preferential-attachment": _sizes,
    REGIONS: _regions,
}
"""The scores of `kg.analysis.prospects` for a block of pairs at once."""
