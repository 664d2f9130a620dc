"""Who can introduce us: chains of people and institutions, each step with its sentence.

A step joins a person to an institution where a post was held, and institutions or people that
share a paper, a joint facility or a small gathering. Who merely sat in one hall with many can
introduce nobody: gatherings of more than `SMALL` members make no step, and forums, conferences
and the like (`halls`) none whatever number of their guests the reports name.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

import networkx as nx
import pandas as pd

from kg.analysis.facts import Fact, Facts, Statement
from kg.errors import UsageError
from kg.graph.strength import WEIGHTS, belief

if TYPE_CHECKING:
    from kg.graph.store import Graph

SMALL = 8
"""Most members of a gathering at which people are taken to have met."""

COLUMNS = ("chain", "step", "who", "knows", "through", "strength", "quote", "report", "source")
_GATHERINGS = frozenset({"event", "visit", "signing"})
_HALLS = """
SELECT DISTINCT ?event {
  VALUES ?type {
    etype:forum etype:conference etype:seminar etype:summit etype:exhibition etype:competition
  }
  ?event coop:eventType ?type .
}"""
_POST = 3.0  # a post binds as a paper does
_SCALE = 5.0


def halls(graph: Graph) -> frozenset[str]:
    """Return the events that are crowds by their kind, whoever of them is named."""
    return frozenset(event for (event,) in graph.rows(_HALLS))


def introductions(
    facts: Facts, one: str, other: str, *, small: int = SMALL, crowds: Collection[str] = ()
) -> pd.DataFrame:
    """Return the shortest and the strongest chain from one to another.

    Parameters
    ----------
    facts : Facts
        The facts of a graph.
    one, other : str
        IRIs of institutions or people.
    small : int
        Most members of a gathering that counts as a meeting.
    crowds : collection of str
        IRIs of events that make no step (`halls`).

    Returns
    -------
    pandas.DataFrame
        `COLUMNS`, a row for each step of each chain: ``shortest``, of the chains with the fewest
        steps the strongest, and, if another, ``strongest``. The strength of a step is
        1 - exp(-Σ weight · belief / 5) over the facts that join the two, a gathering of n
        members counting 1/(n - 1); a chain is as strong as the product of its steps. Empty if
        nothing joins the two.

    Raises
    ------
    UsageError
        If both are the same.
    """
    if one == other:
        raise UsageError("these are one and the same", remedy="name two institutions or people")
    network = acquaintance(facts, small, crowds)
    if one not in network or other not in network or not nx.has_path(network, one, other):
        return pd.DataFrame(columns=list(COLUMNS))
    chains = {
        "shortest": nx.shortest_path(network, one, other, weight="fewest"),
        "strongest": nx.shortest_path(network, one, other, weight="distance"),
    }
    if chains["shortest"] == chains["strongest"]:
        del chains["strongest"]
    rows = [row for name, chain in chains.items() for row in _steps(facts, network, name, chain)]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def acquaintance(facts: Facts, small: int = SMALL, crowds: Collection[str] = ()) -> nx.Graph:
    """Return who could speak to whom: edges with ``strength`` and ``facts``.

    ``distance`` is -log of the strength, so that the shortest way by it is the strongest chain;
    ``fewest`` prefers few steps and, among these, strong ones.
    """
    shared: dict[tuple[str, str], list[Fact]] = {}
    for fact in facts.facts:
        members = [name for name in fact.members if name in facts.nodes]
        if fact.kind in _GATHERINGS and (len(members) > small or fact.iri in crowds):
            continue
        for pair in combinations(sorted(members), 2):
            shared.setdefault(pair, []).append(fact)
    network = nx.Graph()
    for (one, other), mine in shared.items():
        strength = 1 - math.exp(-math.fsum(_weight(fact, one, other) for fact in mine) / _SCALE)
        if strength > 0:
            distance = -math.log(strength)
            data = {"strength": strength, "facts": mine, "distance": distance}
            network.add_edge(one, other, **data, fewest=1e6 + distance)
    return network


def _weight(fact: Fact, one: str, other: str) -> float:
    sure = min(belief(fact.members[one]), belief(fact.members[other]))
    crowd = len(fact.members) - 1 if fact.kind in _GATHERINGS else 1
    return WEIGHTS.get(fact.kind, _POST) * sure / max(crowd, 1)


def _steps(
    facts: Facts, network: nx.Graph, name: str, chain: list[str]
) -> Iterator[tuple[str, int, str, str, str, float, str, str, str]]:
    for step, (one, other) in enumerate(pairwise(chain), 1):
        data = network.edges[one, other]
        fact = max(data["facts"], key=lambda each: (_weight(each, one, other), each.iri))
        names = [str(facts.nodes[end]["label"]) for end in (one, other)]
        told = _surest(fact, one, other)
        report = facts.reports.get(told.document, {})
        cited = (told.quote, report.get("title", ""), report.get("address", ""))
        yield (name, step, names[0], names[1], _through(fact), round(data["strength"], 3), *cited)


def _surest(fact: Fact, one: str, other: str) -> Statement:
    """Return the surest statement of a fact, of what tells of both ends if there is such."""
    both = {told.evidence for told in fact.members[one]} & {
        told.evidence for told in fact.members[other]
    }
    found = [*fact.members[one], *fact.members[other]]
    return max(found, key=lambda told: (told.evidence in both, told.confidence, told.quote))


def _through(fact: Fact) -> str:
    when = f" ({fact.span[1]})" if fact.span else ""
    return f"{fact.kind}: {fact.label}{when}"
