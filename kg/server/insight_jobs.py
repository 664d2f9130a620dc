"""What the workers read for the pages of answers: cards, reasons, changes, chains, prospects."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from kg.analysis.facts import Facts
from kg.analysis.identity import IdentityCard, card
from kg.analysis.introductions import found_one, halls, introductions
from kg.analysis.openings import areas, hindsight, openings
from kg.analysis.radar import atom, radar
from kg.errors import UsageError
from kg.graph import explaining
from kg.graph.dates import bounds
from kg.graph.explaining import Explanation
from kg.graph.sightings import sightings
from kg.graph.vocabulary import node
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


class InsightJobs:
    """The jobs; whoever inherits them has a graph."""

    @property
    def graph(self) -> Graph:
        """The graph that is read."""
        raise NotImplementedError

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

    def radar(self, *, since: str, address: str) -> Changes:
        """Return what changed since a date; an empty one is a year before the newest report."""
        facts = Facts.of(self.graph)
        newest = facts.newest or date.today()
        first = bounds(since).earliest if since else (newest - _LOOK_BACK).isoformat()
        if first is None:
            remedy = "write 2024, 2024-07 or 2024-07-03"
            raise UsageError(f"{since!r} is not a date", where="since", remedy=remedy)
        found = radar(facts, sightings(self.graph), date.fromisoformat(first))
        feed = atom(found, address, newest.isoformat())
        return Changes(since or first, found.to_dict("records"), feed)

    def introduce(self, *, one: str, other: str, small: int) -> Rows:
        """Return the chains from one to another."""
        ends = [found_one(self.graph, name) for name in (one, other)]
        facts = Facts.of(self.graph)
        found = introductions(facts, *ends, small=small, crowds=halls(self.graph))
        rows: Rows = found.to_dict("records")
        return rows

    def prospects(self, *, institution: str) -> tuple[Rows, Rows]:
        """Return whom an institution fits, and how such rankings came true."""
        one, facts = found_one(self.graph, institution), Facts.of(self.graph)
        found = openings(facts, one, areas(self.graph))
        return found.to_dict("records"), hindsight(facts).to_dict("records")
