"""Ties between organizations and other shortcuts, derived from what the documents say.

Which organizations are tied, and by what, the rules in ``rules/*.rq`` say; `strength` says how
strongly. Age is counted back from the newest report, not from today, so that the same news
give the same graph on any day. Planned, denied and cancelled facts make no tie.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad, Store, Triple

from kg.graph.results import run
from kg.graph.strength import Fact, Vote, belief, strength
from kg.graph.vocabulary import COOP, PROV, RDF, XSD, node
from kg.resolution.reprints import group_key

if TYPE_CHECKING:
    from kg.graph.store import Graph

_SHORTCUTS = ("country", "attendance", "area", "establishment", "region")
_FROM_FACTS = (*_SHORTCUTS, "tie_agreement", "tie_facility", "tie_event")
_FROM_TIES = "cooperation"
RULES = (*_FROM_FACTS, _FROM_TIES)
_KINDS = {
    COOP.Agreement.value: "agreement",
    COOP.JointFacility.value: "facility",
    COOP.Visit.value: "visit",
    COOP.Signing.value: "signing",
}
_VOTES = """
SELECT DISTINCT ?fact ?class ?document ?confidence ?quote ?published {
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
  ?event coop:hasParticipation ?part .
  ?part coop:participant|coop:onBehalfOf ?member .
  ?member a/rdfs:subClassOf* org:Organization .
  OPTIONAL { VALUES ?class { coop:Visit coop:Signing } ?event a ?class }
}"""
_DATES = """
SELECT ?fact (MIN(?begin) AS ?first) (MAX(?end) AS ?last) {
  { ?fact coop:occursAt ?time . ?time coop:earliest ?begin ; coop:latest ?end }
  UNION
  { ?fact coop:signedAt/coop:occursAt ?time . ?time coop:earliest ?begin ; coop:latest ?end }
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
    found = list(
        dict.fromkeys(triple for name in _FROM_FACTS for triple in graph.triples(rule(name)))
    )
    yield from found
    releases: dict[str, str] = {}
    for group in reprints:
        one = node(f"reprints-{group_key(group)}", graph.base)
        members = [node(f"doc-{key}", graph.base) for key in sorted(group)]
        yield Triple(one, RDF.type, COOP.Reprints)
        yield from (Triple(one, PROV.hadMember, member) for member in members)
        releases |= dict.fromkeys((member.value for member in members), one.value)
    told = _Told.by(graph, releases)
    for tie, bare in sorted(_ties(found).items(), key=str):
        yield from _measured(tie, [told.fact(fact, bare.ends) for fact in sorted(bare.facts)], told)
    store = Store()
    store.extend(Quad(*triple) for triple in found)
    yield from run(store, rule(_FROM_TIES), graph.prefixes)


@cache
def rule(name: str) -> str:
    """Return the CONSTRUCT query of a rule."""
    return (files("kg.graph") / "rules" / f"{name}.rq").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class _Bare:
    """A tie as the rules give it: its two ends and what it rests on."""

    ends: set[str] = field(default_factory=set)
    facts: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Told:
    """What the reports tell of all facts, read from the graph at once.

    ``parts`` gives the participations of each organization in each event.
    """

    kinds: Mapping[str, str]
    votes: Mapping[str, tuple[Vote, ...]]
    parts: Mapping[str, Mapping[str, tuple[str, ...]]]
    dates: Mapping[str, tuple[date, date]]
    newest: date | None

    @classmethod
    def by(cls, graph: Graph, releases: Mapping[str, str]) -> _Told:
        kinds: dict[str, str] = {}
        votes: defaultdict[str, list[Vote]] = defaultdict(list)
        for fact, kind, document, confidence, quote, published in graph.rows(_VOTES):
            kinds[fact] = _KINDS.get(kind, "event")
            release = releases.get(document, "")
            votes[fact].append(Vote(document, quote, confidence, published, release))
        parts: defaultdict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
        for event, part, member, kind in graph.rows(_MEMBERS):
            kinds[event] = _KINDS.get(kind, "event")
            if part in votes:
                parts[event][member] = (*parts[event].get(member, ()), part)
        dates = {fact: (first, last) for fact, first, last in graph.rows(_DATES)}
        ((newest,),) = graph.rows(_NEWEST)
        whole = {fact: tuple(every) for fact, every in votes.items()}
        return cls(kinds, whole, parts, dates, newest)

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


def _ties(triples: Iterable[Triple]) -> dict[NamedNode, _Bare]:
    ties: defaultdict[NamedNode, _Bare] = defaultdict(_Bare)
    for subject, predicate, object in triples:
        if predicate == COOP.tieEnd:
            ties[subject].ends.add(object.value)
        elif predicate == PROV.wasDerivedFrom:
            ties[subject].facts.add(object.value)
    return dict(ties)


def _measured(tie: NamedNode, facts: list[Fact], told: _Told) -> Iterator[Triple]:
    """Yield how strong a tie is, when it was seen, and in how many reports."""
    figure = f"{strength(facts, told.newest):.4f}"
    yield Triple(tie, COOP.strength, Literal(figure, datatype=XSD.decimal))
    reports = {vote.witness for fact in facts for vote in fact.votes}  # one release is one
    yield Triple(tie, COOP.reports, Literal(len(reports)))
    if begun := [fact.first for fact in facts if fact.first]:
        yield Triple(tie, COOP.firstSeen, Literal(min(begun).isoformat(), datatype=XSD.date))
    if ended := [fact.last for fact in facts if fact.last]:
        yield Triple(tie, COOP.lastSeen, Literal(max(ended).isoformat(), datatype=XSD.date))
