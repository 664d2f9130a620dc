"""Why the graph states a fact: the sentences, the words in them, the extractor and the belief."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from kg.errors import UsageError
from kg.extraction.gate import Ground, ground
from kg.extraction.record import Record, Span
from kg.graph import curation
from kg.graph.strength import Vote, belief, independent

if TYPE_CHECKING:
    from kg.graph.store import Graph

_FORBIDDEN = frozenset(' <>"{}|^`\\')  # in an IRI
_WHAT = """
  ?any coop:supports ?fact .
  {
    VALUES ?class { coop:Event coop:Agreement coop:AgreementStage coop:JointFacility }
    ?fact a ?class ; rdfs:label ?what .
  } UNION {
    ?fact a coop:Tenure ; org:member/rdfs:label ?who ; coop:verbatim ?post .
    OPTIONAL { ?fact org:organization|coop:territory ?body . ?body rdfs:label ?where }
    BIND(CONCAT(?who, ", ", ?post, COALESCE(CONCAT(" of ", ?where), "")) AS ?what)
  } UNION {
    ?fact coop:participant/rdfs:label ?who ; coop:participationIn/rdfs:label ?event .
    BIND(CONCAT(?who, " took part in ", ?event) AS ?what)
  } UNION {
    ?fact a coop:Claim ; rdf:predicate ?how .
    ?fact rdf:subject/rdfs:label ?one ; rdf:object/rdfs:label ?other .
    BIND(CONCAT(?one, " ", REPLACE(STR(?how), "^.*[/#]", ""), " ", ?other) AS ?what)
  }
"""
_ONE = f"SELECT DISTINCT ?what {{ {_WHAT} }} ORDER BY ?what"
_FACTS = f"SELECT DISTINCT ?fact ?what {{ {_WHAT} }} ORDER BY ?what ?fact"
_EVIDENCE = """
SELECT DISTINCT ?document ?report ?source ?published ?extractor ?record ?text ?start ?end ?quote
  ?confidence ?said ?release {
  ?evidence coop:supports %s ; coop:confidence ?confidence ; coop:factuality ?certain ;
    coop:inSentence ?sentence .
  ?sentence oa:hasSource ?document ; oa:hasSelector ?place, ?words .
  ?place oa:start ?start ; oa:end ?end . ?words oa:exact ?quote .
  ?document coop:address ?source ; dcterms:identifier ?id ; schema:text ?text ;
    coop:record ?record ; coop:extractorVersion ?extractor .
  OPTIONAL { ?document dcterms:title ?title }
  OPTIONAL { ?document dcterms:issued ?published }
  OPTIONAL { ?release a coop:Reprints ; prov:hadMember ?document }
  BIND(COALESCE(?title, ?id) AS ?report)
  BIND(REPLACE(STR(?certain), "^.*/", "") AS ?said)
} ORDER BY ?published ?document ?start"""
_ENDS = """
SELECT DISTINCT ?name {
  VALUES ?part {
    org:member org:organization coop:territory coop:verbatim coop:party coop:partner
    coop:participant coop:onBehalfOf rdf:subject rdf:object
  }
  %s ?part ?end .
  OPTIONAL { ?end rdfs:label|skos:altLabel ?label }
  BIND(COALESCE(?label, ?end) AS ?name) FILTER(ISLITERAL(?name))
}"""


@dataclass(frozen=True, slots=True)
class Support:
    """One sentence on which a fact rests.

    Parameters
    ----------
    report, source, published : str
        Title, address and day of the report; the day may be empty.
    extractor : str
        Name and version of what read it.
    span : tuple of int
        Where the quote stands, in code points of the report's text.
    quote, marked : str
        The words, and the same with the names of the ends in square brackets.
    stands_for : tuple of str
        What words of the quote stand for, where they do not name it, and where the name stands.
    said : str
        How the words present it: ``actual``, ``planned``, ``denied`` or ``cancelled``.
    confidence : float
        Probability that the words say so.
    counts : bool
        Whether it adds to the belief: of one report, release or wording only the surest does.
    """

    report: str
    source: str
    published: str
    extractor: str
    span: Span
    quote: str
    marked: str
    stands_for: tuple[str, ...]
    said: str
    confidence: float
    counts: bool


@dataclass(frozen=True, slots=True)
class Explanation:
    """A fact, the belief in it, how that came about, and its sentences."""

    fact: str
    what: str
    belief: float
    reckoning: str
    decided: tuple[str, ...]
    support: tuple[Support, ...]


def facts(graph: Graph, words: str = "") -> list[tuple[str, str]]:
    """Return address and description of the facts whose description contains all words."""
    wanted = words.casefold().split()
    found: dict[str, str] = {}
    for fact, what in graph.rows(_FACTS):
        found.setdefault(fact, what)
    return [
        (fact, what)
        for fact, what in found.items()
        if all(word in what.casefold() for word in wanted)
    ]


def explain(graph: Graph, fact: str) -> Explanation:
    """Return why the graph states a fact.

    Parameters
    ----------
    graph : Graph
        The graph.
    fact : str
        IRI of a tenure, participation, claim, event, agreement or joint facility.

    Raises
    ------
    UsageError
        If no sentence of the graph supports such a fact.
    """
    node = f"<{fact}>"
    rows = [] if _FORBIDDEN & set(fact) else list(graph.rows(_EVIDENCE % node))
    if not rows:
        raise UsageError(
            "no sentence supports such a fact",
            where=fact,
            remedy="give words of it, such as a person and a post, for a list of addresses",
        )
    names = {str(name) for (name,) in graph.rows(_ENDS % node)}
    votes = [_vote(row) for row in rows]
    actual = [vote for vote, row in zip(votes, rows, strict=True) if row[11] == "actual"]
    counted = independent(actual)
    what = next((str(each) for (each,) in graph.rows(_ONE.replace("?fact", node))), "")
    support = tuple(
        _support(row, names, vote in counted) for row, vote in zip(rows, votes, strict=True)
    )
    decided = tuple(
        f"{one.verdict} by {one.by}: {one.because}"
        for one in curation.in_force(graph)
        if one.concerns == fact
    )
    return Explanation(fact, what, belief(actual), _reckoning(counted), decided, support)


def _vote(row: tuple[object, ...]) -> Vote:
    document, published, quote, confidence, release = (row[at] for at in (0, 3, 9, 10, 12))
    day = published if isinstance(published, date) else None
    return Vote(str(document), str(quote), float(str(confidence)), day, str(release or ""))


def _reckoning(counted: Iterable[Vote]) -> str:
    """Return how the belief follows from the confidences."""
    factors = [f"(1 - {vote.confidence:g})" for vote in counted]
    if not factors:
        return "no sentence says that it is so"
    return f"1 - {' · '.join(factors)}"


def _support(row: tuple[object, ...], names: set[str], counts: bool) -> Support:
    _, report, source, published, extractor, said, text, start, end, quote = map(str, row[:10])
    span = int(start), int(end)
    record = Record.from_json(said)
    marks: dict[Span, None] = {}
    stands_for: defaultdict[str, list[str]] = defaultdict(list)
    for name, found in _grounds(record, text, span, names):
        marks[found.words] = None
        if found.name is not None:
            known = text[slice(*found.name)]
            where = f"{name}, named at {found.name[0]} as “{known}”"
            stands_for[text[slice(*found.words)]].append(where)
    spoken = tuple(f"“{words}” stands for {'; '.join(all_)}" for words, all_ in stands_for.items())
    day = "" if row[3] is None else published
    marked = _marked(text, span, [*marks, *_literal(text, span, names)])
    sure = float(str(row[10]))
    return Support(
        report, source, day, extractor, span, quote, marked, spoken, str(row[11]), sure, counts
    )


def _grounds(
    record: Record, text: str, span: Span, names: set[str]
) -> Iterator[tuple[str, Ground]]:
    """Yield the ends that a report names, with the words of the quote that say so."""
    for entity in record.entities:
        if names.intersection((entity.name, *entity.aliases)):
            found = ground(text, entity, span, record.language)
            if found is not None:
                yield entity.name, found


def _literal(text: str, span: Span, names: set[str]) -> Iterator[Span]:
    """Yield where names and posts stand in a quote to the letter."""
    for name in names:
        at = text.find(name, *span)
        if name and at >= 0:
            yield at, at + len(name)


def _marked(text: str, span: Span, marks: Iterable[Span]) -> str:
    """Return the words of a span with square brackets round what is marked; the longest win."""
    parts, done = [], span[0]
    for start, end in sorted(set(marks), key=lambda mark: (mark[0], -mark[1])):
        if start >= done:
            parts += [text[done:start], "[", text[start:end], "]"]
            done = end
    return "".join([*parts, text[done : span[1]]])
