"""When posts were held, as far as dated reports show it.

A report shows that a post was held when it was published, and says nothing of when it began or
ended: a tenure has a first and a last sighting. Of a post that one person holds at a time, the
first sighting of a successor is a bound on the predecessor's end, and the last sighting of the
predecessor one on the successor's beginning.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import permutations
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Triple

from kg.graph.vocabulary import COOP, XSD
from kg.resolution.names.roles import role_key
from kg.resolution.words import words

if TYPE_CHECKING:
    from kg.graph.store import Graph

_TENURES = """
SELECT DISTINCT ?tenure ?person ?name ?body ?bodyname ?post ?rank ?day {
  ?tenure a coop:Tenure ; org:member ?person ; org:organization ?body ; coop:verbatim ?post .
  ?person rdfs:label ?name . ?body rdfs:label ?bodyname .
  OPTIONAL { ?tenure org:role/coop:rank ?rank }
  ?evidence coop:supports ?tenure ; coop:factuality fact:actual ;
    coop:inSentence/oa:hasSource/dcterms:issued ?day .
}"""


@dataclass(frozen=True, slots=True)
class Sighting:
    """A tenure with the dates of the first and last report that shows it.

    Parameters
    ----------
    tenure, person, body : str
        IRIs of the tenure, of who holds it and of where.
    name, body_name, post : str
        How they are called.
    single : bool
        Whether one person holds the post at a time.
    first, last : date
        The oldest and the newest report.
    """

    tenure: str
    person: str
    name: str
    body: str
    body_name: str
    post: str
    single: bool
    first: date
    last: date

    @property
    def seat(self) -> tuple[str, str]:
        """The post, equal for all who held it."""
        return self.body, role_key(self.post)


def sightings(graph: Graph) -> list[Sighting]:
    """Return every tenure at an organization that dated reports show."""
    days: defaultdict[str, set[date]] = defaultdict(set)
    told: dict[str, tuple[str, str, str, str, str, bool]] = {}
    for tenure, person, name, body, body_name, post, rank, day in graph.rows(_TENURES):
        if isinstance(day, date):
            days[tenure].add(day)
            told[tenure] = (person, name, body, body_name, post, rank == 1 and _single(post))
    return [
        Sighting(tenure, *told[tenure], min(days[tenure]), max(days[tenure]))
        for tenure in sorted(told)
    ]


def seats(found: Iterable[Sighting]) -> Mapping[tuple[str, str], list[Sighting]]:
    """Return the single-seat posts with all who were seen to hold them."""
    grouped: defaultdict[tuple[str, str], list[Sighting]] = defaultdict(list)
    for one in found:
        if one.single:
            grouped[one.seat].append(one)
    return grouped


def sighting_triples(graph: Graph) -> Iterator[Triple]:
    """Yield the sightings of tenures, and the bounds that successors and predecessors give."""
    found = sightings(graph)
    for one in found:
        yield _dated(one.tenure, COOP.firstSeen, one.first)
        yield _dated(one.tenure, COOP.lastSeen, one.last)
    for holders in seats(found).values():
        ends: defaultdict[str, list[date]] = defaultdict(list)
        begins: defaultdict[str, list[date]] = defaultdict(list)
        for before, after in permutations(holders, 2):
            if before.person != after.person and before.last < after.first:
                ends[before.tenure].append(after.first)
                begins[after.tenure].append(before.last)
        yield from (_dated(tenure, COOP.endedBy, min(dates)) for tenure, dates in ends.items())
        yield from (_dated(tenure, COOP.begunAfter, max(dates)) for tenure, dates in begins.items())


def _single(post: str) -> bool:
    return role_key(post) not in words().crowded_posts | words().loose_posts


def _dated(tenure: str, predicate: NamedNode, day: date) -> Triple:
    return Triple(NamedNode(tenure), predicate, Literal(day.isoformat(), datatype=XSD.date))
