"""How sure a fact is, and how strong a tie that rests on facts.

::

    belief(fact) = 1 - Π (1 - c)      c: the best confidence of each report
    strength     = 1 - exp(- Σ weight · belief · crowd · 0.5 ^ (age / 3 years) / 5)

One sentence that many papers print counts once. ``crowd`` is 1 / (n - 1) for an event of n > 2
organizations, so that a forum of sixty is no clique. A facility stands until something else is
known and does not age; what has no date counts as one half-life old.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

WEIGHTS = {"facility": 5.0, "agreement": 3.0, "signing": 2.0, "visit": 1.5, "event": 1.0}
HALF_LIFE = 3.0  # years
_SCALE = 5.0
_DAYS = 365.25


@dataclass(frozen=True, slots=True)
class Vote:
    """One report's evidence for a fact.

    ``release`` is what several reports print, where they print nearly the same text.
    """

    document: str
    quote: str
    confidence: float
    published: date | None = None
    release: str = ""

    @property
    def witness(self) -> str:
        """Who says so: the document, or the release that it prints with others."""
        return self.release or self.document


@dataclass(frozen=True, slots=True)
class Fact:
    """What a tie rests on.

    Parameters
    ----------
    kind : str
        A key of `WEIGHTS`.
    votes : tuple of Vote
        Who says so.
    crowd : int
        Number of organizations that share it.
    first, last : datetime.date or None
        When it took place, or else when it was reported.
    """

    kind: str
    votes: tuple[Vote, ...]
    crowd: int = 2
    first: date | None = None
    last: date | None = None


def belief(votes: Iterable[Vote]) -> float:
    """Return the probability that at least one independent report is right.

    A report counts with its best evidence; reports that print one release, or give the same
    words, count once.

    Examples
    --------
    >>> round(belief([Vote("a", "They met.", 0.9), Vote("b", "Both sides met.", 0.5)]), 3)
    0.95
    >>> round(belief([Vote("a", "They met.", 0.9), Vote("b", "they met", 0.9)]), 3)
    0.9
    """
    return 1 - math.prod(1 - vote.confidence for vote in independent(votes))


def independent(votes: Iterable[Vote]) -> tuple[Vote, ...]:
    """Return the votes that count: of each report, release and wording the surest."""
    best: dict[str, Vote] = {}
    for vote in sorted(votes, key=lambda vote: (vote.confidence, vote.quote)):
        best[vote.witness] = vote
    found: dict[str, Vote] = {}
    for vote in best.values():
        words = "".join(filter(str.isalnum, vote.quote.casefold()))
        if words not in found or vote.confidence > found[words].confidence:
            found[words] = vote
    return tuple(sorted(found.values(), key=lambda vote: vote.confidence))


def strength(facts: Iterable[Fact], today: date | None) -> float:
    """Return the strength of a tie that rests on these facts, from 0 to 1.

    Parameters
    ----------
    facts : iterable of Fact
        The facts.
    today : datetime.date or None
        The day from which age is counted back; without one everything is undated.

    Examples
    --------
    A memorandum and a joint workshop, each reported once with confidence 0.92:

    >>> now, votes = date(2025, 6, 1), (Vote("a", "They signed.", 0.92),)
    >>> memorandum = Fact("agreement", votes, first=now, last=now)
    >>> round(strength([memorandum, Fact("facility", votes)], now), 2)
    0.77
    """
    total = math.fsum(
        WEIGHTS[fact.kind] * belief(fact.votes) * _decay(fact, today) / max(fact.crowd - 1, 1)
        for fact in facts
    )
    return 1 - math.exp(-total / _SCALE)


def _decay(fact: Fact, today: date | None) -> float:
    if fact.kind == "facility":
        return 1.0
    if fact.last is None or today is None:
        return 0.5
    years = max((today - fact.last).days, 0) / _DAYS
    return float(0.5 ** (years / HALF_LIFE))
