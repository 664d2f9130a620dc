"""When posts were held, as far as dated reports show it.

A report shows that a post was held when it was published, and says nothing of when it began or
ended: a tenure has a first and a last sighting. Of a post that one person holds at a time, the
first sighting of a successor is a bound on the predecessor's end, and the last sighting of the
predecessor one on the successor's beginning.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode, Triple

from kg.graph.sorting import Row, sorting
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
    return list(_sighted(graph))


def _sighted(graph: Graph) -> Iterator[Sighting]:
    """Yield every sighting, in the order of the tenures."""
    with sorting(8, _dated_rows(graph)) as rows:
        for tenure, told in groupby(rows, key=itemgetter(0)):
            every = list(told)
            days = [date.fromisoformat(row[-1]) for row in every]
            _, person, name, body, body_name, post, rank, _ = every[-1]
            single = rank == "1" and _single(post)
            yield Sighting(
                tenure, person, name, body, body_name, post, single, min(days), max(days)
            )


def _dated_rows(graph: Graph) -> Iterator[Row]:
    for *told, rank, day in graph.rows(_TENURES):
        if isinstance(day, date):
            yield *told, str(rank), day.isoformat()


def seats(found: Iterable[Sighting]) -> Mapping[tuple[str, str], list[Sighting]]:
    """Return the single-seat posts with all who were seen to hold them."""
    grouped: defaultdict[tuple[str, str], list[Sighting]] = defaultdict(list)
    for one in found:
        if one.single:
            grouped[one.seat].append(one)
    return grouped


def sighting_triples(graph: Graph) -> Iterator[Triple]:
    """Yield the sightings of tenures, and the bounds that successors and predecessors give."""
    with sorting(6) as rows:
        for one in _sighted(graph):
            yield _dated(one.tenure, COOP.firstSeen, one.first)
            yield _dated(one.tenure, COOP.lastSeen, one.last)
            if one.single:
                days = (one.first.isoformat(), one.last.isoformat())
                rows.add(*one.seat, one.tenure, one.person, *days)
        for _, holders in groupby(rows, key=itemgetter(0, 1)):
            yield from _bounds([_Holder.of(row) for row in holders])


class _Holder(NamedTuple):
    """Who held a post, and when they were seen to."""

    tenure: str
    person: str
    first: date
    last: date

    @classmethod
    def of(cls, row: Row) -> _Holder:
        _, _, tenure, person, first, last = row
        return cls(tenure, person, date.fromisoformat(first), date.fromisoformat(last))


def _bounds(holders: Sequence[_Holder]) -> Iterator[Triple]:
    """Yield for each tenure of a post the nearest sighting of another holder on either side."""
    firsts = sorted((one.first, one.person) for one in holders)
    lasts = sorted((one.last, one.person) for one in holders)
    for one in holders:
        later = range(bisect_right(firsts, one.last, key=_day), len(firsts))
        yield from _nearest(one, COOP.endedBy, (firsts[at] for at in later))
        earlier = range(bisect_left(lasts, one.first, key=_day))
        yield from _nearest(one, COOP.begunAfter, (lasts[at] for at in reversed(earlier)))


def _nearest(
    one: _Holder, predicate: NamedNode, sorted_others: Iterable[tuple[date, str]]
) -> Iterator[Triple]:
    day = next((day for day, person in sorted_others if person != one.person), None)
    if day is not None:
        yield _dated(one.tenure, predicate, day)


def _day(sighted: tuple[date, str]) -> date:
    return sighted[0]


def _single(post: str) -> bool:
    return role_key(post) not in words().crowded_posts | words().loose_posts


def _dated(tenure: str, predicate: NamedNode, day: date) -> Triple:
    return Triple(NamedNode(tenure), predicate, Literal(day.isoformat(), datatype=XSD.date))
