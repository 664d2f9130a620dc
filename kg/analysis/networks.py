"""Networks of institutions and people, projected from the graph with their evidence.

Every node carries ``label``, ``kind`` (local name of its class), ``country`` (ISO 3166
alpha-2 or empty), ``aliases`` and, where known, ``latitude`` and ``longitude``; every edge
``weight`` (0 to 1), ``kinds``, ``basis`` (`kg.graph.basis`: partnership or co-attendance),
``first``, ``last``, ``reports`` and ``evidence``: the sentences it rests on, each with its
report. Planned, denied and cancelled facts make no tie.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any

import networkx as nx

from kg.analysis.nodes import CITED, TENURES, Queryable, Row, answers, node_attributes
from kg.errors import UsageError
from kg.graph.basis import basis
from kg.graph.dates import spoken
from kg.graph.strength import Vote, belief
from kg.graph.vocabulary import COOP

Evidence = dict[str, str]

_TIES = """
SELECT DISTINCT ?tie ?one ?other ?strength ?first ?last WHERE {
  ?tie a coop:CooperationTie ; coop:tieEnd ?one, ?other ; coop:strength ?strength .
  FILTER(STR(?one) < STR(?other))
  OPTIONAL { ?tie coop:firstSeen ?first }
  OPTIONAL { ?tie coop:lastSeen ?last }
}"""

_TIE_EVIDENCE = f"""
SELECT DISTINCT * WHERE {{
  ?tie a coop:CooperationTie ; prov:wasDerivedFrom ?fact .
  ?fact a ?class .
  {{ ?evidence coop:supports ?fact }} UNION {{
    ?tie coop:tieEnd ?end .
    ?fact coop:hasParticipation ?part .
    ?part coop:participant|coop:onBehalfOf ?end .
    ?evidence coop:supports ?part
  }}
  {CITED}
}}"""

_FACTS = """
SELECT DISTINCT ?fact ?label ?earliest ?latest ?monthday WHERE {
  ?fact a ?class .
  FILTER(?class IN (coop:Event, coop:Agreement, coop:JointFacility))
  OPTIONAL { ?fact rdfs:label ?label }
  OPTIONAL {
    ?fact coop:signedAt?/coop:occursAt ?time .
    OPTIONAL { ?time coop:earliest ?earliest }
    OPTIONAL { ?time coop:latest ?latest }
    OPTIONAL { ?time coop:monthDay ?monthday }
  }
}"""

_ATTENDANCE = f"""
SELECT DISTINCT * WHERE {{
  ?fact coop:hasParticipation ?part . ?part coop:participant ?person .
  ?person a foaf:Person . ?evidence coop:supports ?part .
  {CITED}
}}"""


def network(  # noqa: PLR0913  each filter is a word of the question
    graph: Queryable,
    kind: str = "organizations",
    *,
    since: str | None = None,
    until: str | None = None,
    countries: Iterable[str] | None = None,
    minimum: float = 0.0,
    isolated: bool = False,
) -> nx.Graph:
    """Project the graph onto a network whose edges carry their evidence.

    Parameters
    ----------
    graph : Graph
        The graph to read.
    kind : str, default "organizations"
        ``organizations``: institutions joined by the derived cooperation ties;
        ``people``: people joined by the events that both attended;
        ``affiliations``: people joined to the organizations in which they hold a post.
    since, until : str, optional
        Keep ties last seen on or after, and first seen on or before, an ISO 8601 date of
        any precision. A tie without a date is then left out: nothing says it fits.
    countries : iterable of str, optional
        Keep nodes of these countries only, by ISO 3166 alpha-2 code.
    minimum : float, default 0.0
        Least weight of an edge.
    isolated : bool, default False
        Keep nodes that no edge touches.

    Returns
    -------
    networkx.Graph
        Nodes are keyed by IRI. The order of nodes and edges is that of their IRIs.

    Raises
    ------
    UsageError
        If the kind is unknown or a country is no alpha-2 code.

    Notes
    -----
    In ``people`` an event of n people adds 1/(n - 1) to each pair (Newman, Physical Review
    E 64, 016132, 2001), so a forum of sixty does not make a clique of friends; the weight is
    1 - exp(-sum). In ``affiliations`` it is the belief in the tenure, 1 - product(1 - c),
    over the best confidence c of each report.
    """
    if kind not in _KINDS:
        known = ", ".join(_KINDS)
        raise UsageError(f"there is no network of {kind!r}", remedy=f"choose one of: {known}")
    wanted = _codes(countries)
    edges = [
        edge
        for edge in _KINDS[kind](graph)
        if edge[2]["weight"] >= minimum and _within(edge[2], since, until)
    ]
    found = _built(edges, node_attributes(graph, kind), wanted)
    if not isolated:
        found.remove_nodes_from(list(nx.isolates(found)))
    found.graph |= {"kind": kind, "strength": _STRENGTH[kind]}
    return found


Edge = tuple[str, str, dict[str, Any]]


def _organizations(graph: Queryable) -> list[Edge]:
    facts = _facts(graph)
    rows: defaultdict[str, list[Row]] = defaultdict(list)
    for row in answers(graph, _TIE_EVIDENCE):
        rows[row["tie"]].append(row)
    return [
        (
            tie["one"],
            tie["other"],
            _edge(float(tie["strength"]), rows[tie["tie"]], facts)
            | {"first": tie.get("first", ""), "last": tie.get("last", "")},
        )
        for tie in answers(graph, _TIES)
    ]


def _people(graph: Queryable) -> list[Edge]:
    facts = _facts(graph)
    attended: defaultdict[str, defaultdict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in answers(graph, _ATTENDANCE):
        attended[row["fact"]][row["person"]].append({**row, "class": COOP.Event.value})
    shares: defaultdict[tuple[str, str], float] = defaultdict(float)
    rows: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for _, people in sorted(attended.items()):  # sums of one order are the same sums
        for one, other in combinations(sorted(people), 2):
            shares[one, other] += 1 / (len(people) - 1)
            rows[one, other] += people[one] + people[other]
    return [
        (*pair, _edge(1 - math.exp(-share), rows[pair], facts)) for pair, share in shares.items()
    ]


def _affiliations(graph: Queryable) -> list[Edge]:
    rows: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in answers(graph, TENURES):
        rows[row["person"], row["organization"]].append(
            {**row, "fact": row["tenure"], "class": COOP.Tenure.value, "label": row.get("role", "")}
        )
    return [
        (*pair, _edge(_belief(mine), mine, {row["fact"]: row for row in mine}))
        for pair, mine in rows.items()
    ]


_KINDS: dict[str, Callable[[Queryable], list[Edge]]] = {
    "organizations": _organizations,
    "people": _people,
    "affiliations": _affiliations,
}

_STRENGTH = {
    "organizations": "agreements and joint facilities weigh most, large forums and old news least",
    "people": "small gatherings weigh more than large ones",
    "affiliations": "several sure reports weigh most",
}

_FACT_KINDS = {
    COOP.Agreement.value: "agreement",
    COOP.JointFacility.value: "facility",
    COOP.Event.value: "event",  # a signing as well: who attended it is no party for that
    COOP.Tenure.value: "post",
}


def _edge(weight: float, rows: Sequence[Row], facts: Mapping[str, Row]) -> dict[str, Any]:
    """Make the attributes of an edge from the sentences it rests on."""
    kinds = _kinds(rows)
    evidence = [
        _cited(row, kinds[row["fact"]], facts.get(row["fact"], {})) for row in _told_once(rows)
    ]
    evidence.sort(key=lambda each: (each["when"], each["what"], each["title"], each["quote"]))
    dates = sorted(each.pop("when") for each in evidence if each.get("when")) or [""]
    for each in evidence:
        each.pop("when", None)
    return {
        "weight": min(max(weight, 0.0), 1.0),
        "kinds": sorted(set(kinds.values())),
        "basis": basis(set(kinds.values())),
        "first": dates[0],
        "last": dates[-1],
        "reports": len({row.get("release") or row["document"] for row in rows}),
        "evidence": evidence,
    }


def _kinds(rows: Iterable[Row]) -> dict[str, str]:
    """Kind of each fact, the most binding of its classes."""
    order = list(_FACT_KINDS)
    classes: dict[str, str] = {}
    for row in rows:
        if row["class"] in _FACT_KINDS:
            best = classes.get(row["fact"], row["class"])
            classes[row["fact"]] = min(best, row["class"], key=order.index)
    return {fact: _FACT_KINDS[name] for fact, name in classes.items()}


def _told_once(rows: Iterable[Row]) -> list[Row]:
    """Drop what stands within a longer quote of the same report for the same fact."""
    told: dict[tuple[str, str], dict[str, Row]] = {}
    for row in rows:
        if row["class"] in _FACT_KINDS:
            told.setdefault((row["fact"], row["document"]), {})[row["quote"]] = row
    return [
        row
        for quotes in told.values()
        for quote, row in sorted(quotes.items())
        if not any(quote != other and quote in other for other in quotes)
    ]


def _cited(row: Row, kind: str, fact: Row) -> Evidence:
    seen = row.get("issued") or row.get("roughly", "")
    return {
        "quote": row["quote"],
        "title": row.get("title", ""),
        "source": row.get("stated") or row.get("address", ""),
        "date": seen,
        "kind": kind,
        "what": _what(fact),
        "when": fact.get("earliest") or seen,
        **({"release": row["release"]} if row.get("release") else {}),
    }


def _what(fact: Row) -> str:
    """Name a fact with its date: "Forum of Rectors, 22 September"."""
    label, day = fact.get("label", ""), fact.get("day", "")
    return label if not day or day in label else f"{label}, {day}".removeprefix(", ")


def _facts(graph: Queryable) -> dict[str, Row]:
    """Name and date of every event, agreement and facility."""
    facts: dict[str, Row] = {}
    for row in sorted(answers(graph, _FACTS), key=lambda row: sorted(row.items())):
        whole = row.get("earliest") == row.get("latest")
        iso = row.get("earliest", "") if whole else ""
        day = spoken(iso or row["monthday"]) if iso or row.get("monthday") else ""
        facts.setdefault(row["fact"], {**row, "day": day})
    return facts


def _belief(rows: Iterable[Row]) -> float:
    return belief(
        Vote(
            row["document"],
            row["quote"],
            float(row.get("confidence") or 0.0),
            release=row.get("release", ""),
        )
        for row in rows
    )


def _within(edge: Mapping[str, Any], since: str | None, until: str | None) -> bool:
    if since is not None and not (edge["last"] and edge["last"] >= since):
        return False
    return until is None or bool(edge["first"] and edge["first"][: len(until)] <= until)


def _codes(countries: Iterable[str] | None) -> frozenset[str] | None:
    if countries is None:
        return None
    codes = frozenset(code.upper() for code in countries)
    for code in sorted(codes):
        if len(code) != 2 or not code.isalpha():
            raise UsageError(
                f"{code!r} is no country code", remedy="give two letters each, such as CN or KZ"
            )
    return codes


def _built(
    edges: Iterable[Edge],
    nodes: Mapping[str, dict[str, Any]],
    countries: frozenset[str] | None,
) -> nx.Graph:
    found = nx.Graph()
    for name in sorted(nodes):
        if countries is None or nodes[name]["country"] in countries:
            found.add_node(name, **nodes[name])
    for one, other, data in sorted(edges, key=lambda edge: edge[:2]):
        if one in found and other in found:
            found.add_edge(one, other, **data)
    return found
