"""Which events of different documents are the same: date with name, or with place and people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz

from kg.extraction.record import Event
from kg.resolution.clusters import Clusters
from kg.resolution.matching.dates import overlap, span
from kg.resolution.names.spelling import fold
from kg.resolution.scenes import Handle, Scene
from kg.resolution.words import words

_KINDS = {
    "Forum": "gathering", "Conference": "gathering", "Seminar": "gathering", "Summit": "gathering",
    "Meeting": "encounter", "Visit": "encounter", "Ceremony": "ceremony",
    "Exhibition": "show", "Competition": "show",
}  # fmt: skip
_ALIKE = 90  # similarity of two names, of 100, from which they are taken for one
_CROWDED = 60  # events of one day with one participant beyond which pairs are not compared


@dataclass(frozen=True, slots=True)
class Occurrence:
    """An event as one document tells of it, its agents and places as clusters."""

    handle: Handle
    event: Event
    name: str
    agents: frozenset[Handle]
    places: frozenset[Handle]

    @property
    def kind(self) -> str:
        """The family of its type: one report's forum may be another's conference."""
        return _KINDS.get(self.event.type, "other")

    @property
    def year(self) -> int | None:
        """The year, where the date has one."""
        found = span(self.event.date or "")
        return found.year if found else None

    @property
    def day(self) -> int | None:
        """The first day as a number within the year, where a day is stated."""
        found = span(self.event.date or "")
        return found.first if found is not None and found.exact else None


def read_occurrences(scenes: Mapping[str, Scene], clusters: Clusters) -> list[Occurrence]:
    """Return every event of every document, in the order of their handles."""
    found = []
    for key in sorted(scenes):
        scene = scenes[key]
        for event in sorted(scene.record.events, key=lambda event: event.id):
            agents, places = (
                frozenset(clusters.find(scene.handle(id)) for id in ids if id in scene.entities)
                for ids in ((*event.organizers, *event.participants), event.places)
            )
            found.append(
                Occurrence(scene.handle(event.id), event, event_name(event.name), agents, places)
            )
    return found


def event_name(name: str | None) -> str:
    """Return the words of an event's name that count, sorted; empty without a name.

    Examples
    --------
    >>> event_name("The Forum of Rectors") == event_name("Rectors' Forum")
    True
    """
    return " ".join(sorted(word for word in fold(name or "").split() if word not in words().small))


def match_events(
    occurrences: list[Occurrence], releases: Mapping[str, str] | None = None
) -> Clusters:
    """Join the events of different documents that are the same, two of one document never.

    Parameters
    ----------
    occurrences : list of Occurrence
        The events of all documents.
    releases : mapping of str to str, optional
        What a document prints with others, by the documents' keys: its events are theirs, also
        those that nothing dates or names.
    """
    clusters = Clusters({one.handle: "event" for one in occurrences})
    by_handle = {one.handle: one for one in occurrences}
    years = _years(occurrences)
    told: dict[Handle, set[str]] = {}
    proposed = [*_proposals(occurrences), *_copied(occurrences, releases or {})]
    for _, first, second, reason in sorted(proposed):
        one, other = by_handle[first], by_handle[second]
        if {one.year, other.year} != {None} and not _one_year(one, other, years):
            continue
        _join(clusters, told, first, second, reason)
    return clusters


def _join(
    clusters: Clusters, told: dict[Handle, set[str]], one: Handle, other: Handle, reason: str
) -> None:
    """Join two events unless a document tells both apart."""
    first, second = clusters.find(one), clusters.find(other)
    if first == second:
        return
    documents, others = (told.get(root) or {root[0]} for root in (first, second))
    if documents.isdisjoint(others):
        clusters.join(first, second, reason)
        told.pop(first, None), told.pop(second, None)
        told[clusters.find(first)] = documents | others


def _years(occurrences: list[Occurrence]) -> dict[tuple[str, int | None], set[int]]:
    """Return, for a kind and a day, the years in which such events took place."""
    found: dict[tuple[str, int | None], set[int]] = defaultdict(set)
    for one in occurrences:
        if one.year is not None:
            found[one.name or one.kind, one.day].add(one.year)
    return found


def _one_year(
    one: Occurrence, other: Occurrence, years: Mapping[tuple[str, int | None], set[int]]
) -> bool:
    """Return whether no year speaks against it, and a date without one means only one."""
    if one.year is not None and other.year is not None:
        return one.year == other.year
    dated = one if one.year is not None else other
    return len(years[dated.name or dated.kind, dated.day]) <= 1


def _proposals(occurrences: list[Occurrence]) -> Iterator[tuple[int, Handle, Handle, str]]:
    """Yield pairs that may be one event, with their rank (lower is surer) and a reason."""
    named: dict[tuple[str, str], list[Occurrence]] = defaultdict(list)
    on_day: dict[tuple[int, Handle], list[Occurrence]] = defaultdict(list)
    for one in occurrences:
        if one.event.date is None or span(one.event.date) is None:
            continue
        if one.name:
            named[one.kind, one.name].append(one)
        if one.day is not None:
            for agent in one.agents:
                on_day[one.day, agent].append(one)
    for group in named.values():
        yield from _same_name(group)
    for group in on_day.values():
        yield from _same_day(group[:_CROWDED])


def _copied(
    occurrences: list[Occurrence], releases: Mapping[str, str]
) -> Iterator[tuple[int, Handle, Handle, str]]:
    """Yield pairs that copies of one release tell in the same way."""
    first: dict[tuple[object, ...], Occurrence] = {}
    for one in occurrences:
        release = releases.get(one.handle[0])
        told = (one.kind, one.event.date, one.name, one.agents, one.places)
        if release is not None:
            other = first.setdefault((release, *told), one)
            if other.handle[0] != one.handle[0]:
                yield 0, other.handle, one.handle, "told in copies of one release"


def _same_name(group: list[Occurrence]) -> Iterator[tuple[int, Handle, Handle, str]]:
    """Yield pairs of one name and compatible dates, one for each date and not for each report."""
    first: dict[str, Occurrence] = {}
    for one in group:
        date = one.event.date or ""
        if date in first:
            yield 0, first[date].handle, one.handle, "the same name and date"
        else:
            for other in first.values():
                if overlap(date, other.event.date):
                    yield 2, other.handle, one.handle, "the same name, and the dates agree"
            first[date] = one


def _same_day(group: list[Occurrence]) -> Iterator[tuple[int, Handle, Handle, str]]:
    """Yield pairs on one day with people or institutions in common."""
    for at, one in enumerate(group):
        for other in group[at + 1 :]:
            if not overlap(one.event.date, other.event.date):
                continue
            alike = bool(one.name and other.name) and fuzz.token_set_ratio(one.name, other.name)
            if alike and alike < _ALIKE:
                continue
            if alike:
                yield 1, one.handle, other.handle, "nearly the same name, the same day and people"
            elif one.kind == other.kind and _same_company(one, other):
                rank = 4 - (one.event.type == other.event.type)
                yield rank, one.handle, other.handle, "the same day, place and people"


def _same_company(one: Occurrence, other: Occurrence) -> bool:
    """Return whether place and people agree, or so many people that the place need not."""
    if one.places and other.places and not one.places & other.places:
        return False
    shared = len(one.agents & other.agents)
    return shared >= 2 or (shared >= 1 and bool(one.places & other.places))
