"""How a network changed: snapshots, who came and went, what lasted, and when it turned."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import networkx as nx
import pandas as pd

from kg.analysis.facts import Facts
from kg.analysis.measures import network_measure
from kg.analysis.paths import Progress
from kg.analysis.projections import kinds_of, project
from kg.analysis.uncertainty import bootstrap
from kg.errors import UsageError
from kg.graph.basis import PARTNERSHIP

PERIODS = {"year": 12, "quarter": 3}


def snapshots(
    facts: Facts, every: str = "year", **options: Any
) -> Iterator[tuple[str, Facts, nx.Graph]]:
    """Yield each period from the first dated fact to the last, its facts and its network.

    A fact is in all periods that its dates touch; what nothing dates is in none. Age is counted
    back from the end of the period. ``2024`` names a year, ``2024-Q3`` a quarter.

    Raises
    ------
    UsageError
        If the period is neither ``year`` nor ``quarter``.
    """
    for begin, end, within in ends(facts, every, **options):
        here = within.where(since=begin, until=end)
        yield _named(begin, every), here, project(here, **{"today": end, **options})


def ends(facts: Facts, every: str, **options: Any) -> Iterator[tuple[date, date, Facts]]:
    """Yield first and last day of each period, and all facts that the network rests on."""
    if every not in PERIODS:
        raise UsageError(f"there is no period {every!r}", remedy=f"choose: {', '.join(PERIODS)}")
    within = facts.where(kinds=kinds_of(**options))
    spans = [span for fact in within.facts if (span := fact.span)]
    if not spans:
        return
    begin, last = _begin(min(first for first, _ in spans), every), max(end for _, end in spans)
    while begin <= last:
        following = _after(begin, every)
        yield begin, date.fromordinal(following.toordinal() - 1), within
        begin = following


def _begin(day: date, every: str) -> date:
    months = PERIODS[every]
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def _after(begin: date, every: str) -> date:
    month = begin.month - 1 + PERIODS[every]
    return date(begin.year + month // 12, month % 12 + 1, 1)


def _named(begin: date, every: str) -> str:
    return str(begin.year) if every == "year" else f"{begin.year}-Q{(begin.month + 2) // 3}"


def growth(facts: Facts, every: str = "year", **options: Any) -> pd.DataFrame:
    """Return how the network changed from period to period.

    Returns
    -------
    pandas.DataFrame
        ``period``, ``facts``, ``nodes``, ``ties``; ``partnerships``, ties by a paper or a
        facility (the others were only reported at the same events); ``entered`` and ``left``,
        nodes that the period before did not have and that it had alone of the two; ``first``,
        nodes never seen before; ``new`` and ``ended``, ties likewise; ``persistence``, the
        share of the ties of the period before that are there again (NaN if it had none);
        ``turned``, whether a new run of years or quarters begins with it (`change_points` of
        the ties).
    """
    rows: list[list[Any]] = []
    nodes: set[str] = set()
    ties: set[frozenset[str]] = set()
    ever: set[str] = set()
    for period, here, network in snapshots(facts, every, **options):
        now, bound = set(network), {frozenset(edge) for edge in network.edges}
        partnered = sum(kinds == PARTNERSHIP for *_, kinds in network.edges(data="basis"))
        kept = len(bound & ties) / len(ties) if ties else math.nan
        moves = (len(now - nodes), len(nodes - now), len(now - ever))
        turned = (len(bound - ties), len(ties - bound))
        rows.append([period, len(here), len(now), len(bound), partnered, *moves, *turned, kept])
        nodes, ties, ever = now, bound, ever | now
    columns = [
        "period", "facts", "nodes", "ties", "partnerships", "entered", "left", "first", "new",
        "ended", "persistence",
    ]  # fmt: skip
    frame = pd.DataFrame(rows, columns=columns)
    turns = change_points([int(number) for number in frame["ties"]])
    frame["turned"] = [number in turns for number in range(len(frame))]
    return frame


def change_points(counts: Sequence[int], penalty: float | None = None) -> list[int]:
    """Return where a series of counts changes its level: indices at which a new run begins.

    Parameters
    ----------
    counts : sequence of int
        Counts of equal periods.
    penalty : float, optional
        What a further run must gain in log-likelihood; by default log n, twice the half that
        the Bayesian information criterion asks for a level, for its place is found as well.

    Notes
    -----
    Exact optimal partitioning (Jackson et al., IEEE Signal Processing Letters 12, 105-108,
    2005) with the likelihood of Poisson counts; quadratic in the length.
    """
    size = len(counts)
    penalty = math.log(max(size, 1)) if penalty is None else penalty
    sums = [0]
    for count in counts:
        sums.append(sums[-1] + count)
    best, previous = [-penalty] + [math.inf] * size, [0] * (size + 1)
    for end in range(1, size + 1):
        for begin in range(end):
            cost = best[begin] + _cost(sums[end] - sums[begin], end - begin) + penalty
            if cost < best[end] - 1e-9:
                best[end], previous[end] = cost, begin
    found, end = [], size
    while end > 0:
        end = previous[end]
        found.append(end)
    return sorted(found)[1:]


def _cost(total: int, periods: int) -> float:
    """Return the negative log-likelihood of Poisson counts at their mean, without constants."""
    return total - total * math.log(total / periods) if total else 0.0


def series(  # noqa: PLR0913  the design of a resampling has so many parts
    facts: Facts,
    measure: str,
    every: str = "year",
    *,
    replicates: int = 0,
    over: str = "reports",
    seed: int = 1,
    progress: Progress | None = None,
    **options: Any,
) -> pd.DataFrame:
    """Return a measure of the network over time.

    Returns
    -------
    pandas.DataFrame
        ``period``, ``value`` and, with replicates, ``low`` and ``high`` of `bootstrap`, drawn
        within each period.
    """
    rate, rows = network_measure(measure), []
    for period, here, network in snapshots(facts, every, **options):
        row: dict[str, Any] = {"period": period, "value": rate(network)}
        if replicates:
            today = {"today": options.get("today") or _last_day(period), **options}
            told = {one: facts.reports.get(one, {}) for fact in here.facts for one in fact.reports}
            drawn = bootstrap(
                replace(here, reports=told),
                measure,
                over=over,
                replicates=replicates,
                seed=seed,
                **today,
            )
            row |= {"low": drawn["low"][0], "high": drawn["high"][0]}
        rows.append(row)
        if progress is not None:
            progress("periods", len(rows), len(rows))
    columns = ["period", "value", *(["low", "high"] if replicates else [])]
    return pd.DataFrame(rows, columns=columns)


def _last_day(period: str) -> date:
    year, _, quarter = period.partition("-Q")
    begin = date(int(year), 3 * int(quarter or 1) - 2, 1)
    return date.fromordinal(_after(begin, "quarter" if quarter else "year").toordinal() - 1)
