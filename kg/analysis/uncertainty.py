"""How sure a figure is: over the reports at hand, over what they state, and over each report.

``reports`` draws as many reports as there are, with replacement (Efron, Annals of Statistics 7,
1-26, 1979), and asks how the figure would differ had other reports of the same kind been read.
A replicate holds about 63 % of the reports, so that counts of ties come out too low in it:
``mean`` beside ``value`` shows by how much, and ranks suffer less than values.
``confidences`` draws possible worlds, in which each part in a fact is true with the belief in
it (Potamias et al., PVLDB 3, 997-1008, 2010), and asks how far errors of reading reach. Errors
that the confidences do not know, such as wrong merges of names, are in neither.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import networkx as nx
import pandas as pd

from kg.analysis.facts import Fact, Facts
from kg.analysis.measures import NETWORK_MEASURES, described, network_measure, node_measure
from kg.analysis.paths import Progress
from kg.analysis.projections import project
from kg.errors import UsageError
from kg.graph.strength import belief

Draw = Callable[[Facts, random.Random], Facts]


def draw_reports(facts: Facts, chance: random.Random) -> Facts:
    """Return the facts that a sample of the reports, with replacement, tells of."""
    reports = sorted({one for fact in facts.facts for one in fact.reports} | set(facts.reports))
    drawn = frozenset(chance.choices(reports, k=len(reports))) if reports else frozenset()
    return facts.where(reports=drawn.__contains__)


def draw_world(facts: Facts, chance: random.Random) -> Facts:
    """Return what is true in a possible world: each part with the probability of its belief.

    What is true there is certain there. An agreement, a facility or a post is true or not as a
    whole; in an event each member took part or not by itself.
    """
    return replace(facts, facts=tuple(_true(fact, chance) for fact in facts.facts))


def _true(fact: Fact, chance: random.Random) -> Fact:
    one_draw = chance.random()
    members = {}
    for name, told in fact.members.items():
        luck = chance.random() if fact.kind in ("event", "visit", "signing") else one_draw
        if luck < belief(told):
            members[name] = tuple(replace(one, confidence=1.0) for one in told)
    return replace(fact, members=members)


DRAWS: dict[str, Draw] = {"reports": draw_reports, "confidences": draw_world}


def bootstrap(  # noqa: PLR0913  the design of a resampling has so many parts
    facts: Facts,
    measure: str,
    *,
    over: str = "reports",
    replicates: int = 200,
    level: float = 0.95,
    seed: int = 1,
    progress: Progress | None = None,
    **options: Any,
) -> pd.DataFrame:
    """Return a measure with its interval, and of nodes also that of their rank.

    Parameters
    ----------
    facts : Facts
        The facts.
    measure : str
        A measure of nodes or of networks (`kg.analysis.measures`).
    over : str
        ``reports`` or ``confidences``.
    replicates : int
        How many networks to draw.
    level : float
        Share of the replicates within the interval, which is that of the percentiles.
    seed : int
        Of the draws: the same seed gives the same table.
    progress : callable, optional
        Called with what is done, how many, and of how many.
    **options
        As those of `kg.analysis.projections.project`.

    Returns
    -------
    pandas.DataFrame
        For nodes: the columns of `kg.analysis.measures.described`, ``value``, ``mean``, ``low``
        and ``high``, ``rank`` (1 is highest; equal values share the mean rank), ``rank_low`` and
        ``rank_high``, and ``present``, the share of the replicates in which it has a tie. A
        node that a replicate does not tie counts there with 0 and shares the last ranks. For
        networks: ``measure``, ``value``, ``mean``, ``low``, ``high`` and ``replicates``, how
        many had the measure defined.

    Raises
    ------
    UsageError
        If there is no such measure or way to draw.
    """
    if over not in DRAWS:
        raise UsageError(f"nothing is drawn over {over!r}", remedy=f"choose: {', '.join(DRAWS)}")
    networks = _replicates(facts, DRAWS[over], replicates, seed, progress, options)
    seen = project(facts, **options)
    if measure in NETWORK_MEASURES:
        return _of_network(measure, seen, networks, level)
    return _of_nodes(measure, seen, networks, level)


def _replicates(  # noqa: PLR0913, PLR0917  the parts of `bootstrap`, handed on
    facts: Facts, draw: Draw, number: int, seed: int, progress: Progress | None, options: Any
) -> Iterator[nx.Graph]:
    chance = random.Random(seed)
    options = {**options, "today": options.get("today") or facts.newest}
    for done in range(number):
        yield project(draw(facts, chance), cited=False, **options)
        if progress is not None:
            progress("drawing networks", done + 1, number)


def _of_network(
    measure: str, seen: nx.Graph, networks: Iterator[nx.Graph], level: float
) -> pd.DataFrame:
    values = pd.Series([network_measure(measure)(network) for network in networks], dtype=float)
    low, high = _interval(values, level)
    row = (measure, network_measure(measure)(seen), values.mean(), low, high, int(values.count()))
    return pd.DataFrame([row], columns=["measure", "value", "mean", "low", "high", "replicates"])


def _of_nodes(
    measure: str, seen: nx.Graph, networks: Iterator[nx.Graph], level: float
) -> pd.DataFrame:
    order, rate = list(seen), node_measure(measure)
    columns, present = [], pd.Series(0.0, index=order)
    for network in networks:
        values = pd.Series(dict(rate(network)), dtype=float)
        columns.append(values.reindex(order))
        present += pd.Series([float(name in network) for name in order], index=order)
    drawn = pd.DataFrame(columns, columns=order, dtype=float).fillna(0.0)
    frame = described(seen, order)
    value = pd.Series(dict(rate(seen)), dtype=float).reindex(order)
    ranks = drawn.rank(axis=1, ascending=False)
    frame["value"], frame["mean"] = value.to_numpy(), drawn.mean().to_numpy()
    frame["low"], frame["high"] = (each.to_numpy() for each in _intervals(drawn, level))
    frame["rank"] = value.rank(ascending=False).to_numpy()
    frame["rank_low"], frame["rank_high"] = (each.to_numpy() for each in _intervals(ranks, level))
    frame["present"] = (present / max(len(drawn), 1)).to_numpy()
    return frame.sort_values(["rank", "label", "node"], ignore_index=True)


def _interval(values: pd.Series, level: float) -> tuple[float, float]:
    if values.count() == 0:
        return math.nan, math.nan
    return float(values.quantile((1 - level) / 2)), float(values.quantile((1 + level) / 2))


def _intervals(frame: pd.DataFrame, level: float) -> tuple[pd.Series, pd.Series]:
    return frame.quantile((1 - level) / 2), frame.quantile((1 + level) / 2)


def contributions(
    facts: Facts, measure: str, progress: Progress | None = None, **options: Any
) -> pd.DataFrame:
    """Return what each report contributes: the network without it, beside that with it.

    Parameters
    ----------
    facts, measure, **options
        As in `bootstrap`.

    Returns
    -------
    pandas.DataFrame
        ``report`` (IRI), ``title``, ``address``; ``ties``, how many rest on it alone; and for a
        measure of nodes ``correlation``, Spearman's of the values with and without it (nodes
        that go count 0; NaN where either does not vary), ``moved``, the label of whom its
        leaving lowers or raises most, and ``change``, by how much; for a measure of networks
        ``change`` alone. The report that changes most comes first.

    Notes
    -----
    The jackknife (Quenouille 1949; Tukey 1958), a report at a time.
    """
    seen = project(facts, **options)
    bare = {**options, "today": options.get("today") or facts.newest, "cited": False}
    reports = sorted({one for fact in facts.facts for one in fact.reports})
    rows = []
    for done, report in enumerate(reports, 1):
        without = project(facts.where(reports=lambda one, out=report: one != out), **bare)  # type: ignore[misc]
        about = facts.reports.get(report, {})
        lost = seen.number_of_edges() - without.number_of_edges()
        change = _changed(measure, seen, without)
        rows.append((report, about.get("title", ""), about.get("address", ""), lost, *change))
        if progress is not None:
            progress("leaving out reports", done, len(reports))
    more = ["change"] if measure in NETWORK_MEASURES else ["correlation", "moved", "change"]
    frame = pd.DataFrame(rows, columns=["report", "title", "address", "ties", *more])
    size = frame["change"].astype(float).abs().fillna(0.0)
    order = frame.assign(size=size).sort_values(["size", "report"], ascending=[False, True]).index
    return frame.loc[order].reset_index(drop=True)


def _changed(measure: str, seen: nx.Graph, without: nx.Graph) -> tuple[Any, ...]:
    if measure in NETWORK_MEASURES:
        rate = network_measure(measure)
        return (rate(without) - rate(seen),)
    order = list(seen)
    with_it, left = (
        pd.Series(dict(node_measure(measure)(network)), dtype=float).reindex(order).fillna(0.0)
        for network in (seen, without)
    )
    changes = left - with_it
    if not len(changes):
        return math.nan, "", math.nan
    moved = changes.abs().idxmax()
    vary = with_it.nunique() > 1 and left.nunique() > 1
    same = float(with_it.rank().corr(left.rank())) if vary else math.nan
    return same, seen.nodes[moved].get("label", moved), float(changes[moved])
