"""Confidences that are probabilities: of the statements with 0.9, nine in ten are right.

The rules say how sure they are by what they saw. How often they are right was counted on
annotated texts, and a logistic regression for each kind of statement (Platt, "Probabilistic
outputs for support vector machines", 1999) turns what a record shows of a statement into a
probability. The weights stand in ``data/<language>/calibration.csv``; `kg.evaluation.calibration`
makes them.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Any

from kg.errors import ExtractionError
from kg.extraction.lexicon import DATA, table
from kg.extraction.record import Agreement, Entity, Event, Facility, Link, Position, Record

Features = dict[str, float]
Weights = Mapping[str, Mapping[str, float]]
"""By kind of statement, the weight of each feature; a kind without weights keeps its confidence."""

KINDS = (
    "entities",
    "position of",
    "event",
    "participation",
    "event date",
    "event place",
    "agreement",
    "agreement party",
    "facility",
    "part_of",
    "located_in",
)
SURE = 0.99
"""No confidence is above this, nor below what it leaves of 1."""


@dataclass(frozen=True)
class View:
    """A record, seen as what its statements show of themselves."""

    record: Record

    @cached_property
    def types(self) -> dict[str, str]:
        """The type of each entity."""
        return {entity.id: entity.type for entity in self.record.entities}

    def features(self, kind: str, item: Any, part: str | None = None) -> Features:
        """Return what the record shows of a statement.

        Parameters
        ----------
        kind : str
            One of `KINDS`.
        item : Entity, Position, …
            The part of the record that says it.
        part : str, optional
            The agent, place or party that the statement is about, of an event or agreement.
        """
        shown = {"bias": 1.0, "rule": _logit(item.confidence)}
        shown.update(_READERS[kind](self, item, part))
        return shown


def _entity(view: View, entity: Entity, _: str | None) -> Iterator[tuple[str, float]]:
    words = len(entity.name.split())
    yield f"type {entity.type}", 1.0
    yield "one word", float(words == 1)
    yield "long name", float(words > 5)
    yield "named again", float(len(entity.mentions) > 1)


def _position(view: View, position: Position, _: str | None) -> Iterator[tuple[str, float]]:
    yield "no body", float(position.of is None)
    yield "of a place", float(view.types.get(position.of or "") == "Place")
    yield "long role", float(len(position.role.split()) > 3)
    yield "sentence", _length(position.evidence)


def _event(view: View, event: Event, _: str | None) -> Iterator[tuple[str, float]]:
    yield f"type {event.type}", 1.0
    yield "named", float(event.name is not None)
    yield "dated", float(event.date is not None)
    yield "agents", math.log1p(len(event.participants) + len(event.organizers))
    yield "not yet", float(event.factuality != "actual")


def _participation(view: View, event: Event, who: str | None) -> Iterator[tuple[str, float]]:
    assert who is not None  # a part of an event is somebody's
    yield from _event(view, event, None)
    yield "organizer", float(who in event.organizers)
    yield "person", float(view.types[who] == "Person")
    yield "place", float(view.types[who] == "Place")
    yield "elsewhere", float(who in event.evidence_of)


def _date(view: View, event: Event, _: str | None) -> Iterator[tuple[str, float]]:
    date = event.date or ""
    yield "named", float(event.name is not None)
    yield "of a day", float(date.count("-") >= 2)
    yield "range", float("/" in date)
    yield "year added", float(event.date_stated is not None)
    yield "not yet", float(event.factuality != "actual")


def _place(view: View, event: Event, who: str | None) -> Iterator[tuple[str, float]]:
    yield "named", float(event.name is not None)
    yield "elsewhere", float(who in event.evidence_of)
    yield "several", float(len(event.places) > 1)


def _agreement(view: View, one: Agreement, _: str | None) -> Iterator[tuple[str, float]]:
    yield "planned", float(one.status == "planned")
    yield "dated", float(one.date is not None)
    yield "parties", math.log1p(len(one.parties))


def _party(view: View, one: Agreement, who: str | None) -> Iterator[tuple[str, float]]:
    yield from _agreement(view, one, None)
    yield "place", float(view.types[who or ""] == "Place")
    yield "university", float(view.types[who or ""] == "University")


def _facility(view: View, row: Facility, _: str | None) -> Iterator[tuple[str, float]]:
    yield "founders", math.log1p(len(row.founders))
    yield "hosted", float(row.host is not None)


def _link(view: View, link: Link, _: str | None) -> Iterator[tuple[str, float]]:
    yield "unit", float(view.types[link.child] == "OrganizationalUnit")
    yield "place", float(view.types[link.child] == "Place")
    yield "sentence", _length(link.evidence)


_READERS: dict[str, Callable[[View, Any, str | None], Iterator[tuple[str, float]]]] = {
    "entities": _entity,
    "position of": _position,
    "event": _event,
    "participation": _participation,
    "event date": _date,
    "event place": _place,
    "agreement": _agreement,
    "agreement party": _party,
    "facility": _facility,
    "part_of": _link,
    "located_in": _link,
}


def _logit(probability: float) -> float:
    bounded = min(max(probability, 0.01), 0.99)
    return math.log(bounded / (1 - bounded))


def _length(span: tuple[int, int]) -> float:
    """Return how long a stretch of text is, in hundreds of characters, at most 5."""
    return min((span[1] - span[0]) / 100, 5.0)


def probability(weights: Mapping[str, float], features: Features) -> float:
    """Return the probability that weights give to a statement, within `SURE`."""
    score = sum(weights.get(name, 0.0) * value for name, value in features.items())
    chance = 1 / (1 + math.exp(-max(min(score, 30.0), -30.0)))
    return round(min(max(chance, 1 - SURE), SURE), 2)


@cache
def weights(language: str) -> Weights:
    """Return the weights of a language; none where it has not been calibrated."""
    if not (DATA / language / "calibration.csv").is_file():
        return {}
    found: dict[str, dict[str, float]] = defaultdict(dict)
    try:
        for row in table(f"{language}/calibration"):
            found[row["kind"]][row["feature"]] = float(row["weight"])
    except (KeyError, ValueError) as error:
        raise ExtractionError(
            f"the weights of the confidences do not hold ({error})",
            where=f"{language}/calibration.csv",
            remedy="make calibrate",
        ) from None
    return found


def calibrated(record: Record, weights: Weights) -> Record:
    """Return a record whose confidences are probabilities."""
    view = View(record)

    def sure(kind: str, item: Any, part: str | None = None) -> float:
        known = weights.get(kind)
        if known is None:
            return float(item.confidence)
        return probability(known, view.features(kind, item, part))

    def items(kind: str, found: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(replace(item, confidence=sure(kind, item)) for item in found)

    def event(one: Event) -> Event:
        parts = {
            who: sure("participation", one, who) for who in (*one.organizers, *one.participants)
        }
        places = {who: sure("event place", one, who) for who in one.places}
        date = {"date": sure("event date", one)} if one.date else {}
        return replace(
            one, confidence=sure("event", one), confidence_of={**parts, **places, **date}
        )

    def agreement(one: Agreement) -> Agreement:
        parties = {who: sure("agreement party", one, who) for who in one.parties}
        return replace(one, confidence=sure("agreement", one), confidence_of=parties)

    return replace(
        record,
        entities=items("entities", record.entities),
        positions=items("position of", record.positions),
        events=tuple(map(event, record.events)),
        agreements=tuple(map(agreement, record.agreements)),
        facilities=items("facility", record.facilities),
        part_of=items("part_of", record.part_of),
        located_in=items("located_in", record.located_in),
    )
