"""What the workers read for the pages of answers: cards, reasons, changes, chains, prospects."""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.analysis.facts import Facts
from kg.analysis.identity import IdentityCard, card
from kg.analysis.introductions import found_one, halls, introductions
from kg.analysis.openings import Twins, areas, hindsight, openings, twins
from kg.analysis.radar import atom, radar
from kg.errors import UsageError
from kg.graph import explaining
from kg.graph.dates import bounds
from kg.graph.explaining import Explanation
from kg.graph.sightings import Sighting, sightings
from kg.graph.vocabulary import node
from kg.server import private
from kg.server.status import AbsentError

if TYPE_CHECKING:
    from kg.graph.store import Graph

Rows = list[dict[str, Any]]
_LOOK_BACK = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed since a day: rows of `kg.analysis.radar.radar`, and the same as a feed."""

    since: str
    rows: Rows
    feed: str


@dataclass(frozen=True)
class Reading:
    """What the answers rest on, read from a build once: its facts, and more about them.

    Parameters
    ----------
    build : str
        Which build was read.
    facts : Facts
        All its facts.
    held : tuple of Sighting
        Posts, as dated reports show them.
    crowds : frozenset of str
        Events at which nobody is taken to have met (`kg.analysis.introductions.halls`).
    areas : mapping of str to frozenset of str
        Areas of cooperation (`kg.analysis.openings.areas`).
    twins : mapping of frozenset of str to tuple of str
        Papers of regions themselves (`kg.analysis.openings.twins`).
    """

    build: str
    facts: Facts
    held: tuple[Sighting, ...]
    crowds: frozenset[str]
    areas: Mapping[str, frozenset[str]]
    twins: Twins

    @classmethod
    def of(cls, graph: Graph, build: str) -> Reading:
        """Read a graph."""
        held = tuple(sightings(graph))
        return cls(build, Facts.of(graph), held, halls(graph), areas(graph), twins(graph))

    @cached_property
    def hindsight(self) -> Rows:
        """How rankings of prospects came true."""
        rows: Rows = hindsight(self.facts).to_dict("records")
        return rows


class InsightJobs:
    """The jobs; whoever inherits them has a graph.

    ``reading`` is where `read` has written what it read: a file that only the server's own user
    can write. An empty one, or one of an older build, is passed over, and the graph is read.
    """

    _kept: tuple[str, Reading] | None = None

    @property
    def graph(self) -> Graph:
        """The graph that is read."""
        raise NotImplementedError

    def state(self) -> str:
        """Return which build is read."""
        raise NotImplementedError

    def read(self, *, path: str) -> None:
        """Read once for all workers what the answers rest on, into a file."""
        build = self.state()  # before the graph: what is older than it says is not used
        found = Reading.of(self.graph, build)
        _ = found.hindsight  # is kept with it
        private.write(Path(path), pickle.dumps(found))

    def _reading(self, path: str) -> Reading:
        if path and (self._kept is None or self._kept[0] != path):
            try:
                self._kept = path, pickle.loads(private.read(Path(path)))
            except (FileNotFoundError, PermissionError):  # a newer build has just been read
                self._kept = None
        if path and self._kept is not None and self._kept[1].build == self.state():
            return self._kept[1]
        return Reading.of(self.graph, self.state())

    def card(self, *, key: str) -> IdentityCard:
        """Return the identity card of the institution with this key."""
        try:
            return card(self.graph, f"id:{key}")
        except UsageError:
            raise AbsentError(f"the graph knows no institution {key}") from None

    def explain(self, *, key: str) -> Explanation:
        """Return why the graph states the fact with this key."""
        try:
            return explaining.explain(self.graph, node(key, self.graph.base).value)
        except UsageError:
            raise AbsentError(f"no sentence supports a fact {key}") from None

    def radar(self, *, since: str, address: str, reading: str = "") -> Changes:
        """Return what changed since a date; an empty one is a year before the newest report."""
        known = self._reading(reading)
        newest = known.facts.newest or date.today()
        first = bounds(since).earliest if since else (newest - _LOOK_BACK).isoformat()
        if first is None:
            remedy = "write 2024, 2024-07 or 2024-07-03"
            raise UsageError(f"{since!r} is not a date", where="since", remedy=remedy)
        found = radar(known.facts, known.held, date.fromisoformat(first))
        feed = atom(found, address, newest.isoformat())
        return Changes(since or first, found.to_dict("records"), feed)

    def introduce(self, *, one: str, other: str, small: int, reading: str = "") -> Rows:
        """Return the chains from one to another."""
        ends = [found_one(self.graph, name) for name in (one, other)]
        known = self._reading(reading)
        found = introductions(known.facts, *ends, small=small, crowds=known.crowds)
        rows: Rows = found.to_dict("records")
        return rows

    def prospects(self, *, institution: str, reading: str = "") -> tuple[Rows, Rows]:
        """Return whom an institution fits, and how such rankings came true."""
        one, known = found_one(self.graph, institution), self._reading(reading)
        found = openings(known.facts, one, known.areas, joined=known.twins)
        return found.to_dict("records"), known.hindsight
