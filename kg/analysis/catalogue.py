"""Every analysis by its name, and running one: what `kg analyze` asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import Any

import networkx as nx
import pandas as pd

from kg.analysis import communities, cores, evolution, measures, mixing, nulls, paths
from kg.analysis import prospects as links
from kg.analysis.backtest import backtest
from kg.analysis.facts import Facts
from kg.analysis.measures import NETWORK_MEASURES, NODE_MEASURES
from kg.analysis.paths import Progress
from kg.analysis.projections import project
from kg.analysis.uncertainty import bootstrap, contributions
from kg.errors import UsageError
from kg.graph.basis import CO_ATTENDANCE


@dataclass(frozen=True, slots=True)
class Design:
    """How to look at a measure; at most one of ``bootstrap``, ``null`` and ``leave_out``.

    Parameters
    ----------
    bootstrap : int
        Replicates for an interval; 0 for none.
    over : str
        What they draw: ``reports`` or ``confidences``.
    null : int
        Shuffled networks to compare with; 0 for none.
    leave_out : bool
        Whether to leave out each report in turn.
    every : str, optional
        ``year`` or ``quarter``, for a series over time.
    between : pair of str
        The two countries that bridges and prospects are about.
    score : str
        What prospects are ranked by.
    top : int, optional
        How many prospects to give.
    exact : bool
        Whether to estimate nothing, however large the network is (`kg.analysis.paths`).
    seed : int
        Of all chance.
    options : mapping
        Those of `kg.analysis.projections.project`.
    """

    bootstrap: int = 0
    over: str = "reports"
    null: int = 0
    leave_out: bool = False
    every: str | None = None
    between: tuple[str, str] = ("KZ", "CN")
    score: str = "adamic-adar"
    top: int | None = None
    exact: bool = False
    seed: int = 1
    options: Mapping[str, Any] = field(default_factory=dict)


Structure = Callable[[Facts, nx.Graph, Design, Progress | None], pd.DataFrame]
"""Takes the facts, the network that they were projected onto, how to look, and who is told."""

STRUCTURES: dict[str, tuple[str, Structure]] = {
    "summary": (
        "all measures of the network as a whole",
        lambda _facts, network, _design, _progress: measures.summary(network),
    ),
    "nodes": (
        "strength, betweenness, constraint and core of every node",
        lambda _facts, network, _design, _progress: measures.table(
            network, ("strength", "betweenness", "constraint", "core-number")
        ),
    ),
    "communities": (
        "the community of every node, and how stable it is",
        lambda _facts, network, design, progress: communities.communities(
            network, seed=design.seed, progress=progress
        ),
    ),
    "community-fit": (
        "how good the communities are, and what they follow",
        lambda _facts, network, design, progress: communities.comparison(
            network, seed=design.seed, progress=progress
        ),
    ),
    "core": (
        "who is of the core and who of the periphery",
        lambda _facts, network, _design, _progress: cores.core_table(network),
    ),
    "rich-club": (
        "whether the well connected keep to each other",
        lambda _facts, network, design, progress: cores.rich_club(
            network, seed=design.seed, progress=progress
        ),
    ),
    "bridges": (
        "who joins two countries",
        lambda _facts, network, design, _progress: mixing.bridges(network, *design.between),
    ),
    "prospects": (
        "pairs of two countries without a tie that the network suggests",
        lambda _facts, network, design, _progress: links.prospects(
            network, design.score, design.between, design.top
        ),
    ),
    "backtest": (
        "how well each year's network foretold the ties that came after",
        lambda facts, _network, design, progress: _backtest(facts, design, progress),
    ),
    "growth": (
        "who came and went, and which ties lasted",
        lambda facts, _network, design, _progress: evolution.growth(
            facts, design.every or "year", **design.options
        ),
    ),
}
"""Analyses that are more than a figure a node or a network: what each tells, and how."""


def _backtest(facts: Facts, design: Design, progress: Progress | None) -> pd.DataFrame:
    every = design.every or "year"
    cuts = [end.isoformat() for _, end, _ in evolution.ends(facts, every, **design.options)]
    found = backtest(facts, cuts[:-1], design.between, progress=progress, **design.options)
    return found[found["candidates"] > 0].reset_index(drop=True)


def catalogue() -> pd.DataFrame:
    """Return ``measure``, ``of`` (nodes, network or structure) and what it ``tells``."""
    rows = [(name, "structure", told) for name, (told, _) in STRUCTURES.items()]
    for of, known in (("nodes", NODE_MEASURES), ("network", NETWORK_MEASURES)):
        rows += [(name, of, _first_line(measure)) for name, measure in known.items()]
    return pd.DataFrame(rows, columns=["measure", "of", "tells"])


def _first_line(measure: Any) -> str:
    line = " ".join((measure.__doc__ or "").strip().partition("\n\n")[0].split())
    line = line.partition(" (")[0].removeprefix("Return ").rstrip(".")
    return line.partition(":")[0].partition(";")[0]


def crowds(facts: Facts, **options: Any) -> str:
    """Return how many ties of a network are co-attendance alone, as a sentence; empty if none is.

    Parameters
    ----------
    facts : Facts
        What is projected.
    **options
        As those of `kg.analysis.projections.project`.
    """
    network = project(facts, **{**options, "cited": False})
    met = sum(kinds == CO_ATTENDANCE for *_, kinds in network.edges(data="basis"))
    every = network.number_of_edges()
    if not met:
        return ""
    return (
        f"{met:,} of {every:,} ties are co-attendance: reported at the same events, without an "
        "agreement or a joint facility; --ties partnerships leaves them out"
    )


def analyze(
    facts: Facts, measure: str, design: Design | None = None, progress: Progress | None = None
) -> pd.DataFrame:
    """Return an analysis by its name.

    Parameters
    ----------
    facts : Facts
        What to project.
    measure : str
        A measure of nodes or of networks, or one of `STRUCTURES`.
    design : Design, optional
        With which interval or comparison, and of which network.
    progress : callable, optional
        Called with what is done, how many, and of how many.

    Raises
    ------
    UsageError
        If there is no such measure, or it cannot be looked at so.
    """
    design = design or Design()
    _check(measure, design)
    with paths.exact() if design.exact else nullcontext():
        return _analyzed(facts, measure, design, progress)


def _analyzed(
    facts: Facts, measure: str, design: Design, progress: Progress | None
) -> pd.DataFrame:
    if measure in STRUCTURES:
        return STRUCTURES[measure][1](facts, project(facts, **design.options), design, progress)
    if design.every:
        return evolution.series(
            facts, measure, design.every, replicates=design.bootstrap, over=design.over,
            seed=design.seed, progress=progress, **design.options,
        )  # fmt: skip
    if design.bootstrap:
        return bootstrap(
            facts, measure, over=design.over, replicates=design.bootstrap, seed=design.seed,
            progress=progress, **design.options,
        )  # fmt: skip
    if design.null:
        return nulls.null_model(
            facts, measure, replicates=design.null, seed=design.seed, progress=progress,
            **design.options,
        )  # fmt: skip
    if design.leave_out:
        return contributions(facts, measure, progress, **design.options)
    network = project(facts, **design.options)
    if measure in NODE_MEASURES:
        return measures.table(network, (measure,))
    value = NETWORK_MEASURES[measure](network)
    return pd.DataFrame([(measure, value)], columns=["measure", "value"])


def _check(measure: str, design: Design) -> None:
    known = [*STRUCTURES, *NODE_MEASURES, *NETWORK_MEASURES]
    if measure not in known:
        raise UsageError(f"there is no measure {measure!r}", remedy="kg analyze lists them")
    ways = [name for name in ("bootstrap", "null", "leave_out") if getattr(design, name)]
    if measure in STRUCTURES and ways:
        raise UsageError(
            f"{measure} is more than one figure, and has no --{ways[0].replace('_', '-')}",
            remedy="take a measure of nodes or of the network",
        )
    if len(ways) > 1:
        raise UsageError(
            "one thing at a time: " + ", ".join(f"--{way.replace('_', '-')}" for way in ways),
            remedy="run it once for each",
        )
    if design.every and measure in NODE_MEASURES:
        raise UsageError(
            f"{measure} is a figure for each node, and a series wants one a period",
            remedy="take a measure of the network, or growth",
        )
    if design.every and (design.null or design.leave_out):
        raise UsageError("a series has no --null and no --leave-out", remedy="add --bootstrap")
