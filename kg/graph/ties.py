"""Ties between organizations and other shortcuts, derived from what the documents say.

Which organizations are tied, and by what, the rules in ``rules/*.rq`` say; `strength` says how
strongly. Age is counted back from the newest report, not from today, so that the same news
give the same graph on any day. Planned, denied and cancelled facts make no tie.

What the rules say of ties waits on disk (`kg.graph.sorting`), and the facts that they rest on are
read for some ties at a time, so that memory does not grow with the number of reports.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad, Store, Triple

from kg.graph.results import Prefixes, run
from kg.graph.sorting import Sorted, sorting
from kg.graph.strength import Fact, Vote, belief, strength
from kg.graph.vocabulary import COOP, PROV, RDF, XSD, node
from kg.resolution.reprints import group_key

if TYPE_CHECKING:
    from kg.graph.store import Graph

_SHORTCUTS = ("country", "attendance", "area", "establishment", "region")
_TIES = ("tie_agreement", "tie_facility", "tie_event")
_FROM_TIES = "cooperation"
RULES = (*_SHORTCUTS, *_TIES, _FROM_TIES)
_NOTED = {COOP.tieEnd: "ends", COOP.tieKind: "kinds", PROV.wasDerivedFrom: "facts"}
_STEP = 1_000  # facts of ties that are asked for at once: some 2 MB
_KINDS = {
    COOP.Agreement.value: "agreement",
    COOP.JointFacility.value: "facility",
    COOP.Visit.value: "visit",
    COOP.Signing.value: "signing",
}
_VOTES = """
SELECT DISTINCT ?fact ?class ?document ?confidence ?quote ?published {
  #these
  VALUES ?class { coop:Agreement coop:JointFacility coop:Participation }
  ?fact a ?class .
  ?evidence coop:supports ?fact ; coop:factuality ?factuality ;
    coop:confidence ?confidence ; coop:inSentence ?sentence .
  FILTER(?factuality = fact:actual)
  ?sentence oa:hasSource ?document ; oa:hasSelector/oa:exact ?quote .
  OPTIONAL { ?document dcterms:issued ?published }
}"""
_MEMBERS = """
SELECT DISTINCT ?event ?part ?member ?class {
  #these
  ?event coop:hasParticipation ?part .
  ?part coop:participant|coop:onBehalfOf ?member .
  ?member a/rdfs:subClassOf* org:Organization .
  OPTIONAL { VALUES ?class { coop:Visit coop:Signing } ?event a ?class }
}"""
_DATES = """
SELECT ?fact (MIN(?begin) AS ?first) (MAX(?end) AS ?last) {
  { #these
    ?fact coop:occursAt ?time . ?time coop:earliest ?begin ; coop:latest ?end }
  UNION
  { #these
    ?fact coop:signedAt/coop:occursAt ?time . ?time coop:earliest ?begin ; coop:latest ?end }
} GROUP BY ?fact"""  # the bounds in each branch: Oxigraph joins a union with all times there are
_NEWEST = "SELECT (MAX(?day) AS ?newest) { ?document a coop:SourceDocument ; dcterms:issued ?day }"


def derived_triples(graph: Graph, reprints: Iterable[Collection[str]] = ()) -> Iterator[Triple]:
    """Yield the ties and shortcuts that follow from what the documents say.

    Parameters
    ----------
    graph : Graph
        The graph.
    reprints : iterable of collections of str
        Keys of documents that print nearly the same text, and so are one vote.
    """
    for name in _SHORTCUTS:
        yield from graph.constructed(rule(name))
    releases: dict[str, str] = {}
    for group in reprints:
        one = node(f"reprints-{group_key(group)}", graph.base)
        members = [node(f"doc-{key}", graph.base) for key in sorted(group)]
        yield Triple(one, RDF.type, COOP.Reprints)
        yield from (Triple(one, PROV.hadMember, member) for member in members)
        releases |= dict.fromkeys((member.value for member in members), one.value)
    ((newest,),) = graph.rows(_NEWEST)
    with sorting(3) as rows:
        yield from _told_of_ties(graph, rows)
        for ties in _some(rows):
            told = _Told.by(
                graph, releases, {fact for bare in ties.values() for fact in bare.facts}
            )
            for tie, bare in ties.items():
                facts = [told.fact(fact, bare.ends) for fact in sorted(bare.facts)]
                yield from _measured(NamedNode(tie), facts, newest)
            yield from _cooperation(ties, graph.prefixes)


def _told_of_ties(graph: Graph, rows: Sorted) -> Iterator[Triple]:
    """Yield what the rules say of ties, and note what each is of."""
    for name in _TIES:
        for triple in graph.constructed(rule(name)):
            tie, predicate, value = triple
            if (
                predicate in _NOTED
                and not isinstance(tie, Triple)
                and not isinstance(value, Triple)
            ):
                rows.add(tie.value, predicate.value, value.value)
            yield triple


def _some(rows: Sorted) -> Iterator[dict[str, _Bare]]:
    """Yield the ties in order, some at a time: the graph is asked for all of these at once."""
    found: dict[str, _Bare] = {}
    for tie, told in groupby(rows, key=itemgetter(0)):
        bare = found[tie] = _Bare()
        for _, predicate, value in told:
            getattr(bare, _NOTED[NamedNode(predicate)]).add(value)
        if sum(len(one.facts) for one in found.values()) >= _STEP:
            yield found
            found = {}
    if found:
        yield found


def _cooperation(ties: Mapping[str, _Bare], prefixes: Prefixes) -> list[Triple]:
    """Return who cooperates, by the rule that asks nothing but ties."""
    store = Store()
    for tie, bare in ties.items():
        one = NamedNode(tie)
        store.extend(Quad(one, COOP.tieEnd, NamedNode(end)) for end in bare.ends)
        store.extend(Quad(one, COOP.tieKind, Literal(kind)) for kind in bare.kinds)
    found: list[Triple] = run(store, rule(_FROM_TIES), prefixes)
    return found


@cache
def rule(name: str) -> str:
    """Return the CONSTRUCT query of a rule."""
    return (files("kg.graph") / "rules" / f"{name}.rq").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class _Bare:
    """A tie as the rules give it: its two ends, of which kinds it is, and what it rests on."""

    ends: set[str] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)
    facts: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Told:
    """What the reports tell of the facts that some ties rest on, read from the graph at once.

    ``parts`` gives the participations of each organization in each event.
    """

    kinds: Mapping[str, str]
    votes: Mapping[str, tuple[Vote, ...]]
    parts: Mapping[str, Mapping[str, tuple[str, ...]]]
    dates: Mapping[str, tuple[date, date]]

    @classmethod
    def by(cls, graph: Graph, releases: Mapping[str, str], facts: Collection[str]) -> _Told:
        """Read what is said of some facts, each report under the release that it belongs to."""
        kinds: dict[str, str] = {}
        parts: defaultdict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
        needed = set(facts)
        for event, part, member, kind in graph.rows(_about(_MEMBERS, "event", facts)):
            kinds[event] = _KINDS.get(kind, "event")
            parts[event][member] = (*parts[event].get(member, ()), part)
            needed.add(part)
        votes: defaultdict[str, list[Vote]] = defaultdict(list)
        asked = _about(_VOTES, "fact", needed)
        for fact, kind, document, confidence, quote, published in graph.rows(asked):
            kinds[fact] = _KINDS.get(kind, "event")
            release = releases.get(document, "")
            votes[fact].append(Vote(document, quote, confidence, published, release))
        asked = _about(_DATES, "fact", facts)
        dates = {fact: (one, other) for fact, one, other in graph.rows(asked)}
        whole = {fact: tuple(every) for fact, every in votes.items()}
        return cls(kinds, whole, _actual(parts, whole), dates)

    def fact(self, fact: str, ends: Iterable[str]) -> Fact:
        """Return what ties two organizations: of an event, as sure as the less sure part in it."""
        parts = self.parts.get(fact)
        if parts is None:
            votes, crowd = self.votes[fact], 2
        else:
            sides = [
                tuple(vote for part in parts[end] for vote in self.votes[part])
                for end in sorted(ends)
            ]
            votes, crowd = min(sides, key=belief), len(parts)
        reported = sorted(vote.published for vote in votes if vote.published)
        first, last = self.dates.get(
            fact, (reported[0], reported[-1]) if reported else (None, None)
        )
        return Fact(self.kinds[fact], votes, crowd, first, last)


def _actual(
    parts: Mapping[str, Mapping[str, tuple[str, ...]]], votes: Collection[str]
) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return of the participations in each event those that a report calls actual."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for event, members in parts.items():
        for member, every in members.items():
            if told := tuple(part for part in every if part in votes):
                found.setdefault(event, {})[member] = told
    return found


def _about(query: str, variable: str, nodes: Iterable[str]) -> str:
    """Return a query that is asked of these nodes alone, wherever it says ``#these``."""
    values = f"VALUES ?{variable} {{ {' '.join(str(NamedNode(one)) for one in sorted(nodes))} }}"
    return query.replace("#these", values)


def _measured(tie: NamedNode, facts: list[Fact], newest: date | None) -> Iterator[Triple]:
    """Yield how strong a tie is, when it was seen, and in how many reports."""
    figure = f"{strength(facts, newest):.4f}"
    yield Triple(tie, COOP.strength, Literal(figure, datatype=XSD.decimal))
    reports = {vote.witness for fact in facts for vote in fact.votes}  # one release is one
    yield Triple(tie, COOP.reports, Literal(len(reports)))
    if begun := [fact.first for fact in facts if fact.first]:
        yield Triple(tie, COOP.firstSeen, Literal(min(begun).isoformat(), datatype=XSD.date))
    if ended := [fact.last for fact in facts if fact.last]:
        yield Triple(tie, COOP.lastSeen, Literal(max(ended).isoformat(), datatype=XSD.date))
