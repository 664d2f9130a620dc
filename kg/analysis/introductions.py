"""Who can introduce us: chains of people and institutions, each step with its sentence.

A step joins a person to an institution where a post was held, and institutions or people that
share a paper, a joint facility or a small gathering. Who merely sat in one hall with many can
introduce nobody: gatherings of more than `SMALL` members make no step, and forums, conferences
and the like (`halls`) none whatever number of their guests the reports name. Nor does a meeting
lead to the institution of a post that is not known to have been held on its day.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

import networkx as nx
import pandas as pd

from kg.analysis.facts import Fact, Facts, Statement
from kg.errors import UsageError
from kg.graph.strength import WEIGHTS, belief
from kg.queries.naming import find

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
State = tuple[str, str]
"""Somebody, and the post in which they act."""
_POSTS = "posts"  # of one person, whenever held
_END = "end"
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
    for end in (one, other):  # an end may act in any of the posts that it held
        hats = [state for state in network if state[0] == end]
        network.add_edges_from(((end, _END), hat, {"distance": 0.0, "fewest": 0.0}) for hat in hats)
    first, last = (one, _END), (other, _END)
    if first not in network or last not in network or not nx.has_path(network, first, last):
        return pd.DataFrame(columns=list(COLUMNS))
    chains = {
        "shortest": nx.shortest_path(network, first, last, weight="fewest")[1:-1],
        "strongest": nx.shortest_path(network, first, last, weight="distance")[1:-1],
    }
    if chains["shortest"] == chains["strongest"]:
        del chains["strongest"]
    rows = [row for name, chain in chains.items() for row in _steps(facts, network, name, chain)]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def acquaintance(facts: Facts, small: int = SMALL, crowds: Collection[str] = ()) -> nx.Graph:
    """Return who could speak to whom: edges with ``strength`` and ``facts``.

    A node is somebody and the post in which they act, as IRIs; the post is empty for who acts in
    none, and for institutions. A post leads to a gathering only if it is known to have been held
    on its day (`held`), and to another post of the same person always.
    ``distance`` is -log of the strength, so that the shortest way by it is the strongest chain;
    ``fewest`` prefers few steps and, among these, strong ones.
    """
    posts: defaultdict[str, list[Fact]] = defaultdict(list)
    for fact in facts.facts:
        if fact.kind == "post":
            for name in fact.members:
                posts[name].append(fact)
    shared: dict[tuple[State, State], list[Fact]] = {}
    for fact in facts.facts:
        members = sorted(name for name in fact.members if name in facts.nodes)
        if fact.kind in _GATHERINGS and (len(members) > small or fact.iri in crowds):
            continue
        for one, other in combinations(members, 2):
            for pair in _states(facts, posts, fact, one, other):
                shared.setdefault(pair, []).append(fact)
    network = nx.Graph()
    for (here, there), mine in shared.items():
        ends = here[0], there[0]
        strength = 1 - math.exp(-math.fsum(_weight(fact, *ends) for fact in mine) / _SCALE)
        if strength > 0:
            distance = -math.log(strength)
            data = {"strength": strength, "facts": mine, "distance": distance}
            network.add_edge(here, there, **data, fewest=1e6 + distance)
    return network


def held(post: Fact, gathering: Fact) -> bool:
    """Tell whether reports show a post held on the day of a gathering.

    They do if one report tells of both, or if the gathering lies between the first and the last
    report that shows the post.
    """
    if post.reports & gathering.reports:
        return True
    days = [
        one.published for each in post.members.values() for one in each if one.published is not None
    ]
    if not days or gathering.first is None or gathering.last is None:
        return False
    return min(days) <= gathering.first and gathering.last <= max(days)


def _states(
    facts: Facts, posts: Mapping[str, list[Fact]], fact: Fact, one: str, other: str
) -> Iterator[tuple[State, State]]:
    """Yield which states of two members a fact joins."""
    pair = [_acting(facts, posts, fact, name) for name in (one, other)]
    for left in pair[0]:
        for right in pair[1]:
            yield (one, left), (other, right)


def _acting(facts: Facts, posts: Mapping[str, list[Fact]], fact: Fact, name: str) -> list[str]:
    if facts.nodes[name].get("kind") != "Person":
        return [""]
    if fact.kind == "post":
        return [fact.iri, _POSTS]
    if fact.kind in _GATHERINGS:
        return ["", *(post.iri for post in posts.get(name, ()) if held(post, fact))]
    return [""]


def _weight(fact: Fact, one: str, other: str) -> float:
    sure = min(belief(fact.members[one]), belief(fact.members[other]))
    crowd = len(fact.members) - 1 if fact.kind in _GATHERINGS else 1
    return WEIGHTS.get(fact.kind, _POST) * sure / max(crowd, 1)


def _steps(
    facts: Facts, network: nx.Graph, name: str, chain: list[State]
) -> Iterator[tuple[str, int, str, str, str, float, str, str, str]]:
    for step, (here, there) in enumerate(pairwise(chain), 1):
        data = network.edges[here, there]
        one, other = here[0], there[0]
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


def found_one(graph: Graph, text: str) -> str:
    """Return the IRI of the one institution or person that a text names.

    Raises
    ------
    UsageError
        If nobody is called so, or several are.
    """
    for kind in ("organization", "person"):
        try:
            found = find(graph, text, kind)
        except UsageError:
            continue
        if len(found) > 1:
            shown = ", ".join(one.value.replace(f"{graph.base}id/", "id:") for one in found[:5])
            remedy = f"give the address of one: {shown}"
            raise UsageError(f"{len(found)} things are called so", where=text, remedy=remedy)
        return found[0].value
    message = "the graph knows no institution or person so called"
    raise UsageError(message, where=text, remedy="give a part of its name")
