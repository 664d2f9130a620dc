"""White space for one institution: whom it fits and has no tie with, and why, as sentences.

The ranking is that of `kg.analysis.prospects`; what speaks for a pair beside common partners
(the same area of cooperation, others of the two regions that are partners, a paper of the two
regions themselves) is told, and does not change the rank. The back-test is of the ranking as it
stands, and of the regions alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import networkx as nx
import pandas as pd

from kg.analysis.backtest import backtest
from kg.analysis.facts import Facts
from kg.analysis.projections import project
from kg.analysis.prospects import (
    REGIONS,
    Pair,
    between_regions,
    of_others,
    prospects,
    regions_of,
)
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.graph.store import Graph

COLUMNS = ("rank", "institution", "country", "score", "reasons")
SCORE = "resource-allocation"
_AREAS = """
SELECT DISTINCT ?member ?area {
  ?fact coop:cooperationArea/skos:prefLabel ?area . FILTER(LANG(?area) = "en")
  ?fact coop:party|coop:partner|(coop:hasParticipation/coop:participant) ?member .
}"""

_TWINS = """
SELECT DISTINCT ?one ?other ?label {
  ?paper a coop:Agreement ; coop:party ?first, ?second ; rdfs:label ?label .
  FILTER(STR(?first) < STR(?second))
  ?evidence coop:supports ?paper ; coop:factuality fact:actual .
  ?first (coop:basedIn)? ?one . ?second (coop:basedIn)? ?other .
  VALUES ?kind_of_one { schema:Place coop:GovernmentBody } ?first a/rdfs:subClassOf* ?kind_of_one .
  VALUES ?kind_of_other { schema:Place coop:GovernmentBody }
  ?second a/rdfs:subClassOf* ?kind_of_other .
  ?one a ?place . ?other a ?place_too .
  FILTER(?place IN (schema:AdministrativeArea, schema:City))
  FILTER(?place_too IN (schema:AdministrativeArea, schema:City))
} ORDER BY ?label"""
Twins = Mapping[frozenset[str], tuple[str, ...]]


def twins(graph: Graph) -> dict[frozenset[str], tuple[str, ...]]:
    """Return the papers that two regions, or their governments, have signed with each other.

    Reports seldom call regions twins; a paper of their own is what they show of it.

    Returns
    -------
    dict of frozenset of str to tuple of str
        Names of the papers, by the IRIs of the two regions.
    """
    found: defaultdict[frozenset[str], list[str]] = defaultdict(list)
    for one, other, label in graph.rows(_TWINS):
        if one != other:
            found[frozenset((one, other))].append(label)
    return {pair: tuple(dict.fromkeys(labels)) for pair, labels in found.items()}


def areas(graph: Graph) -> dict[str, frozenset[str]]:
    """Return the areas in which each member of a fact has cooperated, by IRI."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for member, area in graph.rows(_AREAS):
        found[member].add(area)
    return {member: frozenset(mine) for member, mine in found.items()}


def openings(
    facts: Facts,
    institution: str,
    known: Mapping[str, frozenset[str]],
    top: int = 10,
    joined: Twins | None = None,
) -> pd.DataFrame:
    """Return institutions of other countries that fit one and have no tie with it.

    Parameters
    ----------
    facts : Facts
        The facts of a graph.
    institution : str
        Its IRI.
    known : mapping of str to frozenset of str
        Areas of cooperation (`areas`).
    top : int
        How many to give.
    joined : mapping of frozenset of str to tuple of str, optional
        Papers of regions themselves (`twins`).

    Returns
    -------
    pandas.DataFrame
        `COLUMNS`; ``score`` is the resource allocation index over common partners, ``reasons``
        are sentences. Empty if it shares no partner with anyone untied.

    Raises
    ------
    UsageError
        If no tie joins the institution to anyone, so that nothing can be said.
    """
    network = project(facts)
    if institution not in network:
        name = str(facts.nodes.get(institution, {}).get("label", institution))
        remedy = "the ranking rests on common partners; kg ask areas finds institutions by subject"
        raise UsageError("no tie joins it to anyone", where=name, remedy=remedy)
    own = network.nodes[institution].get("country")
    found, partners = prospects(network, SCORE, between=None), between_regions(network)
    rows: list[tuple[Any, ...]] = []
    for row in found.to_dict("records"):
        if institution not in (row["one"], row["other"]):
            continue
        other = row["other"] if row["one"] == institution else row["one"]
        data = network.nodes[other]
        if data.get("country") and data["country"] != own and data["kind"] != "Person":
            shared = known.get(institution, frozenset()) & known.get(other, frozenset())
            reasons = _reasons(row["through"], row["partners"], sorted(shared))
            reasons += _neighbours(facts, network, partners, institution, other)
            papers = (joined or {}).get(regions_of(network, institution, other), ())
            if papers:
                reasons += f" Their regions have a paper of their own: {_listed(list(papers))}."
            rows.append((data["label"], data["country"], round(row["score"], 3), reasons))
    rows = rows[:top]
    return pd.DataFrame([(n, *row) for n, row in enumerate(rows, 1)], columns=list(COLUMNS))


def _reasons(through: list[str], partners: list[str], shared: list[str]) -> str:
    """Return what speaks for a pair; who only sat in one hall is told from common partners."""
    met = [name for name in through if name not in partners]
    told = [f"Both are partners of {_listed(partners)}."] if partners else []
    if met:
        told.append(f"Both are tied to {_listed(met)}, at least one of them by events alone.")
    if shared:
        told.append(f"Both have cooperated in {_listed(shared)}.")
    return " ".join(told)


def _neighbours(
    facts: Facts,
    network: nx.Graph,
    joined: Mapping[frozenset[str], list[Pair]],
    one: str,
    other: str,
) -> str:
    """Return as a sentence which others of the two regions are partners; the strongest is named."""
    pair = regions_of(network, one, other)
    pairs = of_others(joined.get(pair, []), one, other)
    if not pairs:
        return ""
    best = min(pairs, key=lambda tie: (-network.edges[tie]["weight"], tie))
    names = sorted(str(network.nodes[end]["label"]) for end in best)
    where = sorted(str(facts.regions.get(seat, {}).get("label", seat)) for seat in pair)
    more = f", as are {len(pairs) - 1} more pairs" if len(pairs) > 2 else ""
    more = ", as is one more pair" if len(pairs) == 2 else more
    return f" Their regions, {_listed(where)}, are joined: {_listed(names)} are partners{more}."


def _listed(names: list[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


def hindsight(facts: Facts, between: tuple[str, str] = ("KZ", "CN")) -> pd.DataFrame:
    """Return how such rankings came true at the end of each year that the facts span.

    Returns
    -------
    pandas.DataFrame
        As `kg.analysis.backtest.backtest`, of the score in use and of what others of the two
        regions have in common (`kg.analysis.prospects.REGIONS`); years of which no later tie
        could have been foretold are left out.
    """
    years = sorted({span[1].year for fact in facts.facts if (span := fact.span)})
    found = backtest(facts, [f"{year}-12-31" for year in years[:-1]], between, [SCORE, REGIONS])
    return found[found["came"] > 0].reset_index(drop=True)
