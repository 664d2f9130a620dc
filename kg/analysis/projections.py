"""Networks projected from facts, with every assumption a parameter.

Two members of a fact are joined, and what the fact adds to their edge is::

    weight of its kind · belief in the less sure part · 1 / (n - 1) · 0.5 ^ (age / half-life)

n is the number of members of an event: a forum of sixty is no clique (Newman, Physical Review
E 64, 016132, 2001). With a ``scale`` s the sum x over the facts becomes 1 - exp(-x / s). The
default gives the strengths of the derived ties (`kg.graph.strength`); `NEWMAN` and `COUNTS`
are the plain weightings of the literature.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from typing import Any

import networkx as nx

from kg.analysis.facts import MOST_MEMBERS, Fact, Facts, Statements
from kg.errors import UsageError
from kg.graph.basis import GATHERINGS, basis
from kg.graph.strength import HALF_LIFE, WEIGHTS, belief

PROJECTIONS = ("organizations", "people", "affiliations", "regions", "countries")
TIES = {
    "all": ("event", "visit", "signing", "agreement", "facility"),
    "events": ("event", "visit", "signing"),
    "agreements": ("agreement",),
    "facilities": ("facility",),
    "partnerships": ("agreement", "facility"),
}
_DAYS = 365.25


@dataclass(frozen=True, slots=True)
class Weighting:
    """What a fact adds to the edge of two of its members.

    Parameters
    ----------
    kinds : mapping of str to float
        Weight of each kind of fact; 1 for a kind that is not named. Facilities do not age.
    half_life : float or None
        Years after which a fact counts half; None for no decay. What has no date counts as
        one half-life old.
    belief : bool
        Whether a fact counts by the belief in it, 1 - product(1 - c) over independent reports.
    crowd : bool
        Whether an event of n members counts 1/(n - 1) (Newman 2001).
    scale : float or None
        The sum x over the facts becomes 1 - exp(-x / scale); None for the sum itself.
    """

    kinds: Mapping[str, float] = field(default_factory=lambda: WEIGHTS)
    half_life: float | None = HALF_LIFE
    belief: bool = True
    crowd: bool = True
    scale: float | None = 5.0

    def decay(self, kind: str, last: date | None, today: date | None) -> float:
        """Return what age leaves of a fact."""
        if self.half_life is None or kind == "facility":
            return 1.0
        if last is None or today is None:
            return 0.5
        return float(0.5 ** (max((today - last).days, 0) / _DAYS / self.half_life))

    def total(self, amount: float) -> float:
        """Return the weight of an edge from the sum over its facts."""
        return amount if self.scale is None else 1 - math.exp(-amount / self.scale)


STRENGTH = Weighting()
"""The strength of the derived ties of the graph."""
NEWMAN = Weighting({}, half_life=None, belief=False, scale=None)
"""Newman's weight: each event of n members adds 1/(n - 1), each agreement 1."""
COUNTS = Weighting({}, half_life=None, belief=False, crowd=False, scale=None)
"""The number of facts that two share (Breiger, Social Forces 53, 181-190, 1974)."""
WEIGHTINGS = {"strength": STRENGTH, "newman": NEWMAN, "counts": COUNTS}


@dataclass(frozen=True, slots=True)
class _Part:
    """What one fact adds to an edge, and who says that its two ends share it."""

    amount: float
    fact: Fact
    span: tuple[date, date] | None
    told: tuple[Statements, Statements]


def _attributes(parts: list[_Part], weighting: Weighting, cited: bool) -> dict[str, Any]:
    kinds = sorted({part.fact.kind for part in parts})
    bare = {
        "weight": weighting.total(math.fsum(part.amount for part in parts)),
        "kinds": kinds,
        "basis": basis(kinds),
    }
    return bare | _told(parts) if cited else bare


def _told(parts: list[_Part]) -> dict[str, Any]:
    days = [day for part in parts for day in part.span or ()]
    told = [one for part in parts for each in part.told for one in each]
    return {
        "first": min(days).isoformat() if days else "",
        "last": max(days).isoformat() if days else "",
        "reports": len({one.witness for one in told}),
        "evidence": sorted({one.evidence for one in told}),
        "facts": sorted({part.fact.iri for part in parts}),
    }


def project(  # noqa: PLR0913  each parameter is an assumption that a reader may want to change
    facts: Facts,
    projection: str = "organizations",
    *,
    ties: str = "all",
    weighting: Weighting = STRENGTH,
    today: date | None = None,
    countries: Collection[str] | None = None,
    between: tuple[str, str] | None = None,
    minimum: float = 0.0,
    isolated: bool = False,
    cited: bool = True,
) -> nx.Graph:
    """Project facts onto a network of those who share them.

    Parameters
    ----------
    facts : Facts
        What they share; `Facts.where` narrows it by time, kind and confidence.
    projection : str
        ``organizations``; ``people``; ``affiliations``, people joined to the organizations of
        their posts; ``regions`` and ``countries``, joined by the sums over their organizations.
    ties : str
        ``all``, ``events``, ``agreements``, ``facilities``, or ``partnerships``: the last two.
    weighting : Weighting
        What a fact adds to an edge.
    today : datetime.date, optional
        The day from which age is counted back; by default that of the newest report.
    countries : collection of str, optional
        Keep nodes of these countries only, by ISO 3166 alpha-2 code.
    between : pair of str, optional
        Keep only edges from one of two countries to the other.
    minimum : float
        Least weight of an edge.
    isolated : bool
        Keep nodes that no edge touches: every organization or person that the facts know.
    cited : bool
        Whether edges carry dates, reports and evidence; no measure needs them.

    Returns
    -------
    networkx.Graph
        Nodes keyed by IRI with the attributes of `Facts.nodes` (countries by code). Edges with
        ``weight``, ``kinds``, ``basis`` (`kg.graph.basis`: partnership or co-attendance),
        ``first`` and ``last`` (ISO 8601 or empty), ``reports`` (how many), ``evidence`` (IRIs
        of the sentences' evidence) and ``facts`` (IRIs). Regions and
        countries also have ``organizations`` (how many) and ``within`` (weight of the ties
        inside them).

    Raises
    ------
    UsageError
        If there is no such projection or kind of ties.

    Notes
    -----
    The cost grows with the sum over the facts of their squared sizes, which `MOST_MEMBERS`
    bounds: an event of more organizations ties nobody.
    """
    _known(projection, PROJECTIONS, "projection")
    _known(ties, TIES, "kind of ties")
    sums = _sums(facts, projection, ties, weighting, today)
    nodes = _nodes(facts, projection)
    found = nx.Graph(kind=projection, ties=ties)
    found.add_nodes_from((name, dict(nodes[name])) for name in nodes if _of(nodes[name], countries))
    for (one, other), parts in sorted(sums.items()):
        if one == other or one not in found or other not in found:
            continue
        data = _attributes(parts, weighting, cited)
        if data["weight"] >= minimum and _across(found, one, other, between):
            found.add_edge(one, other, **data)
    if projection in ("regions", "countries"):
        _add_within(found, sums, weighting)
    if not isolated:
        found.remove_nodes_from(list(nx.isolates(found)))
    return found


def layers(facts: Facts, projection: str = "organizations", **options: Any) -> nx.MultiGraph:
    """Project facts onto a multiplex network: a layer for each kind of tie.

    Parameters
    ----------
    facts, projection, **options
        As those of `project`, except ``ties``.

    Returns
    -------
    networkx.MultiGraph
        As `project`, with an edge for each layer in which two nodes are tied; its key and its
        attribute ``layer`` are ``events``, ``agreements`` or ``facilities`` (Kivelä et al.,
        Journal of Complex Networks 2, 203-271, 2014).
    """
    found = nx.MultiGraph(kind=projection)
    for layer in ("events", "agreements", "facilities"):
        one = project(facts, projection, ties=layer, **options)
        found.add_nodes_from(one.nodes(data=True))
        found.add_edges_from(
            (u, v, layer, {**data, "layer": layer}) for u, v, data in one.edges(data=True)
        )
    return found


def incidence(facts: Facts, members: str = "organizations", ties: str = "all") -> nx.Graph:
    """Return the two-mode network of members and the facts that they share.

    Returns
    -------
    networkx.Graph
        Members have ``bipartite`` 0, facts 1, as NetworkX's bipartite routines want it; facts
        carry ``label``, ``kind``, ``first`` and ``last``; edges ``weight``, the belief in the
        part, ``reports`` and ``evidence``.
    """
    _known(members, ("organizations", "people", "affiliations"), "projection")
    _known(ties, TIES, "kind of ties")
    found = nx.Graph(kind=f"{members} and facts")
    for fact, mine in _shared(facts, members, ties):
        first, last = fact.span or ("", "")
        label = {"label": fact.label, "kind": fact.kind, "first": str(first), "last": str(last)}
        found.add_node(fact.iri, bipartite=1, **label)
        for name, told in mine.items():
            found.add_node(name, bipartite=0, **facts.nodes[name])
            found.add_edge(name, fact.iri, weight=belief(told), **_cited(told))
    return found


def kinds_of(
    projection: str = "organizations", ties: str = "all", **_options: Any
) -> tuple[str, ...]:
    """Return the kinds of facts that a projection rests on; takes all options of `project`."""
    return ("post",) if projection == "affiliations" else TIES[ties]


def _cited(told: Statements) -> dict[str, Any]:
    witnesses = {one.witness for one in told}
    return {"reports": len(witnesses), "evidence": sorted({one.evidence for one in told})}


def _shared(
    facts: Facts, projection: str, ties: str
) -> Iterator[tuple[Fact, dict[str, Statements]]]:
    """Yield facts of a kind with those of their members that the projection is about."""
    kinds = kinds_of(projection, ties)
    wanted = _mode(projection)
    for fact in facts.facts:
        if fact.kind in kinds:
            mine = {
                name: told
                for name, told in fact.members.items()
                if name in facts.nodes and wanted(facts.nodes[name]["kind"])
            }
            if mine and len(mine) <= MOST_MEMBERS:
                yield fact, mine


def _mode(projection: str) -> Callable[[str], bool]:
    if projection == "affiliations":
        return lambda kind: True
    person = projection == "people"
    return lambda kind: (kind == "Person") == person


def _sums(
    facts: Facts, projection: str, ties: str, weighting: Weighting, today: date | None
) -> dict[tuple[str, str], list[_Part]]:
    """Return what the facts add to each pair; of regions also to pairs of the same."""
    group = _grouping(facts, projection)
    sums: defaultdict[tuple[str, str], list[_Part]] = defaultdict(list)
    for fact, mine in _shared(facts, projection, ties):
        crowd = max(len(mine) - 1, 1) if weighting.crowd and fact.kind in GATHERINGS else 1
        share = weighting.kinds.get(fact.kind, 1.0) / crowd
        sure = {name: belief(told) for name, told in mine.items()}
        for one, other in combinations(sorted(mine), 2):
            ends = group(one), group(other)
            if not all(ends) or {(one, other), (other, one)} & facts.parts:
                continue
            weaker = min((one, other), key=sure.__getitem__)
            span = fact.span if fact.first else _reported(mine[weaker])
            aged = weighting.decay(fact.kind, span[1] if span else None, today or facts.newest)
            amount = share * aged * (sure[weaker] if weighting.belief else 1.0)
            sums[min(ends), max(ends)].append(_Part(amount, fact, span, (mine[one], mine[other])))
    return sums


def _reported(told: Statements) -> tuple[date, date] | None:
    days = sorted(one.published for one in told if one.published)
    return (days[0], days[-1]) if days else None


def _grouping(facts: Facts, projection: str) -> Callable[[str], str]:
    if projection == "regions":
        return lambda name: str(facts.nodes[name].get("region", ""))
    if projection == "countries":
        return lambda name: str(facts.nodes[name].get("country", ""))
    return lambda name: name


def _nodes(facts: Facts, projection: str) -> Mapping[str, Mapping[str, Any]]:
    if projection not in ("regions", "countries"):
        wanted = _mode(projection)
        return {name: data for name, data in facts.nodes.items() if wanted(data["kind"])}
    group, bodies = _grouping(facts, projection), _mode("organizations")
    sizes = Counter(group(name) for name, data in facts.nodes.items() if bodies(data["kind"]))
    sizes.pop("", None)
    return {name: {**_place(facts, name), "organizations": sizes[name]} for name in sorted(sizes)}


def _place(facts: Facts, name: str) -> Mapping[str, Any]:
    country = {"label": name, "kind": "Country", "country": name, "aliases": []}
    return facts.regions.get(name, country)


def _add_within(
    found: nx.Graph, sums: Mapping[tuple[str, str], list[_Part]], weighting: Weighting
) -> None:
    for name in found:
        inside = math.fsum(part.amount for part in sums.get((name, name), ()))
        found.nodes[name]["within"] = weighting.total(inside)


def _of(data: Mapping[str, Any], countries: Collection[str] | None) -> bool:
    return countries is None or data.get("country") in {code.upper() for code in countries}


def _across(found: nx.Graph, one: str, other: str, between: tuple[str, str] | None) -> bool:
    if between is None:
        return True
    ends = {found.nodes[one].get("country"), found.nodes[other].get("country")}
    return ends == {code.upper() for code in between}


def _known(name: str, known: Iterable[str], what: str) -> None:
    if name not in known:
        raise UsageError(
            f"there is no {what} {name!r}", remedy=f"choose one of: {', '.join(known)}"
        )
