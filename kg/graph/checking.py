"""What does not fit together in a graph, for a person to look at: `kg check`.

News errs, and so do readers: each finding names what was found, where, and the addresses with
which `kg review` decides about it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING

from kg.graph import curation
from kg.graph.sightings import Sighting, seats, sightings
from kg.resolution.names.acronyms import is_acronym
from kg.resolution.names.organizations import organization_name

if TYPE_CHECKING:
    from kg.graph.store import Graph

_PLACES = """
SELECT DISTINCT ?person ?name ?day ?one ?other ?place1 ?place2 ?part1 ?part2 {
  ?part1 coop:participant ?person ; coop:participationIn ?one .
  ?part2 coop:participant ?person ; coop:participationIn ?other .
  FILTER(STR(?one) < STR(?other))
  ?person a foaf:Person ; rdfs:label ?name .
  ?one coop:takesPlaceIn ?where1 ; coop:occursAt ?time1 .
  ?other coop:takesPlaceIn ?where2 ; coop:occursAt ?time2 .
  FILTER(?where1 != ?where2)
  ?time1 coop:earliest ?day ; coop:latest ?day .
  ?time2 coop:earliest ?day ; coop:latest ?day .
  FILTER NOT EXISTS { ?where1 schema:containedInPlace* ?where2 }
  FILTER NOT EXISTS { ?where2 schema:containedInPlace* ?where1 }
  FILTER NOT EXISTS { ?one coop:takesPlaceIn ?shared . ?other coop:takesPlaceIn ?shared }
  ?where1 rdfs:label ?place1 . ?where2 rdfs:label ?place2 .
}"""
_NAMES = """
SELECT DISTINCT ?body ?label ?name ?day {
  GRAPH ?graph {
    ?document a coop:SourceDocument ; dcterms:issued ?day .
    ?body rdfs:label ?label ; rdfs:label|skos:altLabel ?name .
    ?evidence coop:supports ?body
  }
  ?body a/rdfs:subClassOf* org:Organization .
}"""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not fit together.

    Parameters
    ----------
    problem : str
        What kind of thing it is.
    what : str
        A sentence.
    addresses : tuple of str
        IRIs of the facts or entities, for `kg review`.
    """

    problem: str
    what: str
    addresses: tuple[str, ...]


def check(graph: Graph) -> list[Finding]:
    """Return what does not fit together; facts that people confirmed are not questioned."""
    sure = curation.verdicts(graph, "confirm")
    found = (*_two_holders(graph), *_two_places(graph), *_renamed(graph))
    return [one for one in found if not one.addresses or not set(one.addresses) <= sure]


def _two_holders(graph: Graph) -> Iterator[Finding]:
    """Find two people who were seen in one single-seat post at the same time."""
    for _, holders in sorted(seats(sightings(graph)).items()):
        for one, other in combinations(sorted(holders, key=lambda s: (s.first, s.tenure)), 2):
            if one.person != other.person and other.first <= one.last:
                what = (
                    f"{_seen(one)} and {_seen(other)} both appear as {one.post} of {one.body_name}"
                )
                yield Finding("two holders of one post", what, (one.tenure, other.tenure))


def _seen(one: Sighting) -> str:
    span = str(one.first) if one.first == one.last else f"{one.first} to {one.last}"
    return f"{one.name} ({span})"


def _two_places(graph: Graph) -> Iterator[Finding]:
    """Find people who took part in events of one day in places that exclude each other."""
    seen: set[tuple[str, ...]] = set()
    for _, name, day, one, other, place, elsewhere, part, part2 in sorted(
        graph.rows(_PLACES), key=str
    ):
        key = (name, str(day), *sorted((one, other)))
        if key not in seen:
            seen.add(key)
            what = f"{name} was in {place} and in {elsewhere} on {day}"
            yield Finding("one person in two places", what, (part, part2))


def _renamed(graph: Graph) -> Iterator[Finding]:
    """Find institutions that older reports call by one name and newer ones by another."""
    days: defaultdict[str, dict[str, list[date]]] = defaultdict(dict)
    texts: dict[tuple[str, str], str] = {}
    for body, label, name, day in graph.rows(_NAMES):
        parsed = organization_name(name)
        if not is_acronym(name) and not parsed.generic and isinstance(day, date):
            days[body].setdefault(parsed.key, []).append(day)
            texts[body, parsed.key] = min(name, texts.get((body, parsed.key), name))
        texts[body, ""] = label
    for body, names in sorted(days.items()):
        spans = sorted((min(seen), max(seen), key) for key, seen in names.items())
        for (_, last, old), (first, _, new) in combinations(spans, 2):
            if last < first and len(names[old]) + len(names[new]) > 2:
                what = (
                    f"{texts[body, '']} is “{texts[body, old]}” until {last} "
                    f"and “{texts[body, new]}” from {first}"
                )
                yield Finding("an institution renamed or merged", what, (body,))
