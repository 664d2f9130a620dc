"""Null models: what a figure would be if only sizes and degrees were given.

Projections make triangles and clusters by themselves: everyone at an event is tied to everyone.
So who took part in what is shuffled, keeping how many facts each member shares and how many
members each fact has, and the shuffled facts are projected again.
"""

from __future__ import annotations

import math
import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import networkx as nx
import pandas as pd

from kg.analysis.facts import Fact, Facts
from kg.analysis.measures import NETWORK_MEASURES, described, network_measure, node_measure
from kg.analysis.paths import Progress
from kg.analysis.projections import project


def curveball(facts: Facts, chance: random.Random, trades: int | None = None) -> Facts:
    """Return the facts with their members shuffled.

    Every member shares as many facts of each kind as before, every fact has as many members of
    each mode (people, organizations), and keeps its kind, dates and reports.

    Parameters
    ----------
    facts : Facts
        The facts.
    chance : random.Random
        Where chance comes from.
    trades : int, optional
        Pairs of facts that trade; by default five for each fact of a kind, as its authors
        find enough.

    Notes
    -----
    Strona et al., Nature Communications 5, 4114 (2014); its samples are uniform (Carstens,
    Physical Review E 91, 042812, 2015). The statements stay with the places in the fact.
    """
    rows: dict[tuple[str, bool], dict[int, list[str]]] = defaultdict(dict)
    for number, fact in enumerate(facts.facts):
        for person in (False, True):
            mine = [name for name in fact.members if _person(facts, name) == person]
            if mine:
                rows[fact.kind, person][number] = mine
    drawn: dict[int, list[str]] = defaultdict(list)
    for one in rows.values():
        _trade(one, chance, 5 * len(one) if trades is None else trades)
        for number, names in one.items():
            drawn[number] += names
    return replace(
        facts, facts=tuple(_seated(fact, drawn[n], facts) for n, fact in enumerate(facts.facts))
    )


def _person(facts: Facts, name: str) -> bool:
    return bool(facts.nodes.get(name, {}).get("kind") == "Person")


def _trade(rows: dict[int, list[str]], chance: random.Random, trades: int) -> None:
    """Let pairs of facts exchange members that only one of them has."""
    numbers = list(rows)
    if len(numbers) < 2:
        return
    for _ in range(trades):
        one, other = chance.sample(numbers, 2)
        mine, theirs = set(rows[one]), set(rows[other])
        both = mine & theirs
        free = sorted(mine ^ theirs)
        chance.shuffle(free)
        size = len(mine) - len(both)
        rows[one] = [*sorted(both), *free[:size]]
        rows[other] = [*sorted(both), *free[size:]]


def _seated(fact: Fact, names: list[str], facts: Facts) -> Fact:
    """Give new members the statements of the old ones, people those of people."""
    seats = sorted(fact.members, key=lambda name: _person(facts, name))
    told = [fact.members[name] for name in seats]
    return replace(fact, members=dict(zip(names, told, strict=True)))


def null_model(
    facts: Facts,
    measure: str,
    *,
    replicates: int = 200,
    seed: int = 1,
    progress: Progress | None = None,
    **options: Any,
) -> pd.DataFrame:
    """Return a measure beside what `curveball` gives.

    Parameters
    ----------
    facts : Facts
        The facts.
    measure : str
        A measure of nodes or of networks.
    replicates : int
        How many networks to shuffle.
    seed : int
        Of the shuffling.
    progress : callable, optional
        Called with what is done, how many, and of how many.
    **options
        As those of `kg.analysis.projections.project`.

    Returns
    -------
    pandas.DataFrame
        The columns of `kg.analysis.measures.described` (or ``measure``), ``value``, ``expected``,
        ``sd``, ``z`` = (value - expected) / sd (NaN where the null model leaves no freedom),
        and ``p``, two-sided: twice the smaller share of replicates at least as high or at
        least as low, the network seen counted among them (Davison & Hinkley 1997, 4.2.3).
        No correction is made for looking at many nodes.
    """
    networks = _shuffled(facts, replicates, seed, progress, options)
    seen = project(facts, **options)
    if measure in NETWORK_MEASURES:
        rate = network_measure(measure)
        drawn = pd.DataFrame([[rate(network)] for network in networks], columns=[measure])
        frame, value = pd.DataFrame({"measure": [measure]}), pd.Series({measure: rate(seen)})
    else:
        order, of_nodes = list(seen), node_measure(measure)
        rows = [pd.Series(dict(of_nodes(one)), dtype=float).reindex(order) for one in networks]
        drawn = pd.DataFrame(rows, columns=order, dtype=float).fillna(0.0)
        frame, value = described(seen, order), pd.Series(dict(of_nodes(seen))).reindex(order)
    return _tested(frame, value.astype(float), drawn.astype(float))


def _shuffled(
    facts: Facts, replicates: int, seed: int, progress: Progress | None, options: Any
) -> Iterator[nx.Graph]:
    chance = random.Random(seed)
    for done in range(replicates):
        yield project(curveball(facts, chance), cited=False, **options)
        if progress is not None:
            progress("shuffling networks", done + 1, replicates)


def _tested(frame: pd.DataFrame, value: pd.Series, drawn: pd.DataFrame) -> pd.DataFrame:
    expected, sd = drawn.mean(), drawn.std(ddof=1)
    free = sd > 1e-12
    above = (drawn.ge(value - 1e-12).sum() + 1) / (drawn.count() + 1)
    below = (drawn.le(value + 1e-12).sum() + 1) / (drawn.count() + 1)
    p = (2 * pd.concat([above, below], axis=1).min(axis=1)).clip(upper=1.0)
    frame["value"], frame["expected"] = value.to_numpy(), expected.to_numpy()
    frame["sd"], frame["z"] = sd.to_numpy(), ((value - expected) / sd.where(free)).to_numpy()
    frame["p"] = p.where(value.notna(), math.nan).to_numpy()
    if "label" not in frame:
        return frame
    return frame.sort_values(["z", "label"], ascending=[False, True], ignore_index=True)
