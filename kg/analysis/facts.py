"""What institutions and people share, read from a graph once: the raw material of networks.

A *fact* is an event, an agreement, a joint facility or a post; its *members* are who took part
in it, each with the statements that say so. Projections, resampling, null models and series
over time all work on these facts in memory, so that a thousand replicates ask the graph once.
Planned, denied and cancelled facts are left out, as in the derived ties (`kg.graph.ties`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import networkx

from kg.analysis.nodes import Row, node_attributes, regions
from kg.errors import UsageError
from kg.graph.dates import bounds
from kg.graph.strength import Vote, belief

if TYPE_CHECKING:
    from kg.graph.store import Graph

Statements = tuple["Statement", ...]
MOST_MEMBERS = 60
"""An event of more organizations ties nobody: each tie would be next to nothing (0.003)."""


@dataclass(frozen=True, slots=True)
class Statement(Vote):
    """One sentence that says that a member shares a fact; ``evidence`` is its IRI."""

    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """What several share.

    Parameters
    ----------
    iri : str
        The fact's node in the graph.
    kind : str
        ``event``, ``visit``, ``signing``, ``agreement``, ``facility`` or ``post``.
    label : str
        Its name.
    members : mapping of str to tuple of Statement
        IRI of each member, with the statements of its part.
    first, last : datetime.date, optional
        When it took place, as far as the reports say.
    """

    iri: str
    kind: str
    label: str
    members: Mapping[str, Statements]
    first: date | None = None
    last: date | None = None

    @property
    def reports(self) -> frozenset[str]:
        """The documents that tell of it."""
        return frozenset(one.document for each in self.members.values() for one in each)

    @property
    def witnesses(self) -> frozenset[str]:
        """Who tells of it: documents, those that print one release as one."""
        return frozenset(one.witness for each in self.members.values() for one in each)

    @property
    def span(self) -> tuple[date, date] | None:
        """When it took place, or else when it was reported; None if nothing says."""
        if self.first is not None and self.last is not None:
            return self.first, self.last
        days = sorted(
            one.published for each in self.members.values() for one in each if one.published
        )
        return (days[0], days[-1]) if days else None


@dataclass(frozen=True, slots=True)
class Facts:
    """All facts of a graph, and the attributes of whoever shares them.

    Parameters
    ----------
    facts : tuple of Fact
        In the order of their IRIs.
    nodes : mapping
        Attributes of each possible member: ``label``, ``kind``, ``country``, ``region`` (IRI of
        the province or oblast of its seat), ``aliases`` and, where known, ``latitude`` and
        ``longitude``.
    regions : mapping
        Attributes of each province and oblast, by IRI.
    reports : mapping
        Title, address and date of publication of each document, by IRI.
    parts : frozenset of (str, str)
        Pairs of an organization and what it is part of: to share a fact ties no such pair.
    newest : datetime.date, optional
        The newest report; age is counted back from it, so that the same reports give the
        same network on any day.
    """

    facts: tuple[Fact, ...] = ()
    nodes: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    regions: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    reports: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    parts: frozenset[tuple[str, str]] = frozenset()
    newest: date | None = None

    @classmethod
    def of(cls, graph: Graph) -> Facts:
        """Read the facts of a graph."""
        named, dates = _named(graph), {fact: days for fact, *days in graph.rows(_DATES)}
        releases = dict(graph.rows(_RELEASES))
        facts = [
            fact
            for query in (_MEMBERS, _PARTIES, _PARTNERS, _POSTS)
            for fact in _read(graph, query, named, dates, releases)
        ]
        nodes, seats = _nodes(graph)
        ((newest,),) = graph.rows(_NEWEST)
        return cls(
            tuple(sorted(facts, key=lambda fact: fact.iri)),
            nodes,
            seats,
            _reports(graph),
            _closed(graph.rows(_PARTS)),
            newest,
        )

    def where(
        self,
        *,
        since: str | date | None = None,
        until: str | date | None = None,
        kinds: Iterable[str] | None = None,
        confidence: float = 0.0,
        reports: Callable[[str], bool] | None = None,
    ) -> Facts:
        """Keep some of the facts.

        Parameters
        ----------
        since, until : str or datetime.date, optional
            Keep facts that may have taken place on or after, on or before, an ISO 8601 date of
            any precision; a fact that nothing dates is then left out.
        kinds : iterable of str, optional
            Keep facts of these kinds.
        confidence : float
            Keep parts that are believed at least so far (`kg.graph.strength.belief`).
        reports : callable, optional
            Keep statements of the documents, given by IRI, for which it is true.

        Raises
        ------
        UsageError
            If a date is none, or a kind is unknown.
        """
        first, last = _day(since, "since"), _day(until, "until")
        wanted = _kinds(kinds)
        kept = [fact for fact in self.facts if fact.kind in wanted and _within(fact, first, last)]
        if reports is not None:
            kept = [_told_by(fact, reports) for fact in kept]
        if confidence > 0:
            kept = [_believed(fact, confidence) for fact in kept]
        return replace(self, facts=tuple(fact for fact in kept if fact.members))

    def __len__(self) -> int:
        return len(self.facts)


KINDS = ("event", "visit", "signing", "agreement", "facility", "post")


def _kinds(kinds: Iterable[str] | None) -> frozenset[str]:
    wanted = frozenset(KINDS if kinds is None else kinds)
    if unknown := sorted(wanted - set(KINDS)):
        raise UsageError(
            f"there are no facts of the kind {unknown[0]!r}",
            remedy=f"choose from: {', '.join(KINDS)}",
        )
    return wanted


def _day(given: str | date | None, end: str) -> date | None:
    if given is None or isinstance(given, date):
        return given
    found = bounds(given)
    day = found.earliest if end == "since" else found.latest
    if day is None:
        raise UsageError(
            f"{given!r} is not a date", where=end, remedy="write 2024, 2024-07 or 2024-07-03"
        )
    return date.fromisoformat(day)


def _within(fact: Fact, since: date | None, until: date | None) -> bool:
    if since is None and until is None:
        return True
    span = fact.span
    if span is None:
        return False
    return (since is None or span[1] >= since) and (until is None or span[0] <= until)


def _told_by(fact: Fact, wanted: Callable[[str], bool]) -> Fact:
    members = {
        name: tuple(one for one in each if wanted(one.document))
        for name, each in fact.members.items()
    }
    return replace(fact, members={name: each for name, each in members.items() if each})


def _believed(fact: Fact, confidence: float) -> Fact:
    members = {name: each for name, each in fact.members.items() if belief(each) >= confidence}
    return replace(fact, members=members)


# ---------- reading the graph ----------

_TOLD = """
  ?evidence coop:factuality ?factuality ; coop:confidence ?confidence ;
    coop:inSentence ?sentence .
  FILTER(?factuality = fact:actual)
  ?sentence oa:hasSource ?document ; oa:hasSelector/oa:exact ?quote .
  OPTIONAL { ?document dcterms:issued ?published }
"""
_VALUES = "?fact ?member ?evidence ?document ?quote ?confidence ?published"
_MEMBERS = f"""
SELECT DISTINCT {_VALUES} {{
  ?fact coop:hasParticipation ?part . ?part coop:participant|coop:onBehalfOf ?member .
  ?evidence coop:supports ?part . {_TOLD}
}}"""
_PARTIES = f"""
SELECT DISTINCT {_VALUES} {{
  ?fact a coop:Agreement ; coop:party ?member . ?evidence coop:supports ?fact . {_TOLD}
}}"""
# A partner counts where the report that names it says that the facility is there.
_PARTNERS = f"""
SELECT DISTINCT {_VALUES} {{
  GRAPH ?report {{ ?fact coop:partner ?member . ?own coop:supports ?fact }}
  ?own coop:factuality ?certain . FILTER(?certain = fact:actual)
  ?fact a coop:JointFacility . ?evidence coop:supports ?fact . {_TOLD}
}}"""
_POSTS = f"""
SELECT DISTINCT {_VALUES} {{
  ?fact a coop:Tenure ; org:member|org:organization ?member .
  ?evidence coop:supports ?fact . {_TOLD}
}}"""
_LABELS = """
SELECT ?fact ?class (MIN(?name) AS ?label) {
  VALUES ?class { coop:Event coop:Visit coop:Signing coop:Agreement coop:JointFacility coop:Tenure }
  ?fact a ?class . OPTIONAL { ?fact rdfs:label|coop:verbatim ?name }
} GROUP BY ?fact ?class"""
_DATES = """
SELECT ?fact (MIN(?begin) AS ?first) (MAX(?end) AS ?last) {
  { ?fact coop:occursAt ?time } UNION { ?fact coop:signedAt/coop:occursAt ?time }
  ?time coop:earliest ?begin ; coop:latest ?end .
} GROUP BY ?fact"""
_PARTS = "SELECT DISTINCT ?unit ?whole { ?unit org:unitOf|org:subOrganizationOf ?whole }"
_NEWEST = "SELECT (MAX(?day) AS ?newest) { ?document a coop:SourceDocument ; dcterms:issued ?day }"
_RELEASES = "SELECT ?document ?release { ?release a coop:Reprints ; prov:hadMember ?document }"
_REPORTS = """
SELECT ?document (MIN(?t) AS ?title) (MIN(?a) AS ?address) (MIN(?d) AS ?published) {
  ?document a coop:SourceDocument .
  OPTIONAL { ?document dcterms:title ?t }
  OPTIONAL { ?document dcterms:source|coop:address ?a }
  OPTIONAL { ?document dcterms:issued|dcterms:date ?d }
} GROUP BY ?document"""

_FACT_KINDS = {  # the last class that a fact has is its kind: a visit is an event as well
    "Tenure": "post",
    "Event": "event",
    "Visit": "visit",
    "Signing": "signing",
    "Agreement": "agreement",
    "JointFacility": "facility",
}


def _read(
    graph: Graph,
    query: str,
    named: Mapping[str, tuple[str, str]],
    dates: Mapping[str, Sequence[date]],
    releases: Mapping[str, str],
) -> list[Fact]:
    """Read facts with their members, and the statements of each."""
    members: defaultdict[str, defaultdict[str, set[Statement]]] = defaultdict(
        lambda: defaultdict(set)
    )
    for fact, member, evidence, document, quote, confidence, published in graph.rows(query):
        day = published if isinstance(published, date) else None
        release = releases.get(document, "")
        members[fact][member].add(
            Statement(document, quote, confidence, day, release=release, evidence=evidence)
        )
    return [
        Fact(fact, *named.get(fact, ("event", "")), _ordered(each), *dates.get(fact, (None, None)))
        for fact, each in members.items()
    ]


def _ordered(members: Mapping[str, Iterable[Statement]]) -> dict[str, Statements]:
    return {
        name: tuple(sorted(members[name], key=lambda one: (one.document, one.evidence, one.quote)))
        for name in sorted(members)
    }


def _named(graph: Graph) -> dict[str, tuple[str, str]]:
    """Return kind and name of each fact."""
    order = list(_FACT_KINDS)
    found: dict[str, tuple[int, str]] = {}
    for fact, iri, label in graph.rows(_LABELS):
        rank = order.index(iri.rpartition("#")[2])
        found[fact] = max(found.get(fact, (rank, label or "")), (rank, label or ""))
    return {fact: (_FACT_KINDS[order[rank]], label) for fact, (rank, label) in found.items()}


def _nodes(graph: Graph) -> tuple[dict[str, dict[str, Any]], dict[str, dict[str, Any]]]:
    """Return the attributes of all who may share a fact, and of the regions of their seats."""
    found, seats = node_attributes(graph, "affiliations"), regions(graph)
    nodes = {
        name: {**found[name], "region": seats.get(name, {}).get("region", "")}
        for name in sorted(found)
    }
    return nodes, {row["region"]: _region(row) for row in seats.values()}


def _region(row: Row) -> dict[str, Any]:
    where = {key: float(row[key]) for key in ("latitude", "longitude") if key in row}
    country = row.get("country", "").rpartition("place-")[2].upper()
    return {"label": row["label"], "kind": "Region", "country": country, "aliases": [], **where}


def _closed(pairs: Iterable[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    """Return units with all wholes above them; engines differ in what paths they follow."""
    return frozenset(networkx.transitive_closure(networkx.DiGraph(pairs)).edges)


def _reports(graph: Graph) -> dict[str, dict[str, str]]:
    return {
        document: {
            "title": title or "",
            "address": address or "",
            "published": str(published or ""),
        }
        for document, title, address, published in graph.rows(_REPORTS)
    }
