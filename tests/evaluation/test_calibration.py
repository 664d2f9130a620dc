"""Confidences against how often they are right, on statements whose truth is thrown by dice."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from kg.documents.document import Document
from kg.errors import ExtractionError, UsageError
from kg.evaluation import Sample
from kg.evaluation.calibration import (
    Trial,
    ece,
    fit,
    held_out,
    measured,
    reliability,
    table,
    trials,
    write,
)
from kg.extraction import calibration as model
from kg.extraction.pipeline import load
from kg.extraction.record import Agreement, Entity, Event, Facility, Link, Position, Record

CORPUS = Path(__file__).parents[2] / "corpus"
RECORD = Record(
    "a",
    entities=(
        Entity("e1", "Person", "Olga Remizova", confidence=0.9),
        Entity("e2", "University", "Fjordheim University", confidence=0.9),
        Entity("e3", "Place", "Oslo", confidence=0.9),
    ),
    positions=(Position("e1", "Rector", "e2", (0, 40), 0.9),),
    events=(Event("v1", "Forum", "F", "2024-05-03", ("e3",), ("e2",), ("e1",), confidence=0.8),),
    agreements=(Agreement("a1", "Memorandum", ("e2", "e3"), confidence=0.8),),
    facilities=(Facility("e2", ("e2",), "e3", confidence=0.7),),
    part_of=(Link("e2", "e3", (0, 9), 0.6),),
    located_in=(Link("e2", "e3", (0, 9), 0.6),),
)


def thrown(number: int, promise: float, truth: float, kind: str = "event") -> list[Trial]:
    dice = random.Random(7)
    return [
        Trial(f"d{n % 20:02}", kind, {"bias": 1.0}, promise, dice.random() < truth)
        for n in range(number)
    ]


def told(confidence: float, right: bool, kind: str = "event") -> Trial:
    return Trial("d", kind, {"bias": 1.0}, confidence, right)


# The measure


def test_the_error_is_the_weighted_distance_over_ten_bins() -> None:
    # 0.95 said and 1 of 2 right: 0.45 off; 0.25 said and 0 of 1 right: 0.25 off.
    some = [told(0.95, True), told(0.95, False), told(0.25, False)]
    assert ece(some) == pytest.approx((2 * 0.45 + 0.25) / 3)


def test_what_is_always_kept_has_no_error_and_nothing_has_none() -> None:
    assert ece([told(1.0, True), told(0.0, False)]) == 0
    assert ece([]) == 0


def test_the_reliability_table_has_a_row_for_each_tenth_that_is_used() -> None:
    rows = reliability([told(0.95, True), told(0.91, False), told(0.3, False)], "event")
    assert rows.to_dict("records") == [
        {"from": 0.3, "to": 0.4, "statements": 1, "confidence": 0.3, "right": 0.0},
        {"from": 0.9, "to": 1.0, "statements": 2, "confidence": 0.93, "right": 0.5},
    ]


def test_an_unknown_kind_is_told() -> None:
    with pytest.raises(UsageError, match="unknown kind 'Robot'"):
        reliability([], "Robot")


# The fit


def test_a_promise_that_is_not_kept_is_mended_on_texts_that_were_held_out() -> None:
    boasted = thrown(400, promise=0.95, truth=0.6)
    assert ece(boasted) > 0.3
    assert ece(held_out(boasted)) < 0.05


def test_what_tells_right_from_wrong_is_used() -> None:
    shown = [
        replace(trial, features={"bias": 1.0, "named": float(trial.right == (n % 10 > 0))})
        for n, trial in enumerate(thrown(400, 0.5, 0.5))
    ]
    weights = fit(shown)["event"]
    named = model.probability(weights, {"bias": 1.0, "named": 1.0})
    bare = model.probability(weights, {"bias": 1.0, "named": 0.0})
    assert named > 0.8
    assert bare < 0.2


@pytest.mark.parametrize(("truth", "low", "high"), [(1.0, 0.8, 0.99), (0.0, 0.01, 0.2)])
def test_nothing_is_promised_for_certain(truth: float, low: float, high: float) -> None:
    weights = fit(thrown(10, 0.5, truth))["event"]
    assert low <= model.probability(weights, {"bias": 1.0}) <= high


def test_held_out_weights_have_not_seen_the_text() -> None:
    # In each of two texts all is as it is not in the other: weights of the one mislead the other.
    a = [Trial("a", "event", {"bias": 1.0}, 0.5, True)] * 20
    b = [Trial("b", "event", {"bias": 1.0}, 0.5, False)] * 20
    sure = {trial.document: trial.confidence for trial in held_out([*a, *b])}
    assert sure["a"] < 0.2
    assert sure["b"] > 0.8


# Records


def test_every_statement_and_its_parts_get_their_own_confidence() -> None:
    weights = {
        kind: {"bias": number / 10} for number, kind in enumerate(model.KINDS, start=1)
    }  # of each kind another one
    known = {kind: model.probability(weights[kind], {"bias": 1.0}) for kind in model.KINDS}
    record = model.calibrated(RECORD, weights)
    event, agreement = record.events[0], record.agreements[0]
    assert {one.confidence for one in record.entities} == {known["entities"]}
    assert record.positions[0].confidence == known["position of"]
    assert event.confidence == known["event"]
    part = known["participation"]
    places, date = known["event place"], known["event date"]
    assert event.confidence_of == {"e2": part, "e1": part, "e3": places, "date": date}
    assert agreement.confidence == known["agreement"]
    assert set(agreement.confidence_of.values()) == {known["agreement party"]}
    assert record.facilities[0].confidence == known["facility"]
    assert record.part_of[0].confidence == known["part_of"]
    assert record.located_in[0].confidence == known["located_in"]
    assert Record.from_json(record.to_json()) == record


def test_a_language_without_weights_keeps_what_the_rules_say() -> None:
    assert model.calibrated(RECORD, model.weights("xx")).positions == RECORD.positions


def test_calibration_changes_nothing_but_confidences() -> None:
    record = model.calibrated(RECORD, model.weights("en"))
    assert record != RECORD
    assert unsure(record) == unsure(RECORD)


def unsure(record: Record) -> str:
    def bare(items: tuple[object, ...]) -> tuple[object, ...]:
        return tuple(replace(item, confidence=1.0) for item in items)  # type: ignore[type-var]

    events = tuple(replace(event, confidence=1.0, confidence_of={}) for event in record.events)
    papers = tuple(replace(one, confidence=1.0, confidence_of={}) for one in record.agreements)
    bared = {
        name: bare(getattr(record, name))
        for name in ("entities", "positions", "facilities", "part_of", "located_in")
    }
    return replace(record, events=events, agreements=papers, **bared).to_json()


def test_trials_say_whether_the_gold_has_a_statement() -> None:
    gold = replace(RECORD, positions=(), part_of=())
    right = {
        (trial.kind, trial.right) for trial in trials([Sample(Document("a", ""), gold, RECORD)])
    }
    assert ("position of", False) in right
    assert ("part_of", False) in right
    assert ("participation", True) in right


def test_weights_that_are_written_are_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "xy").mkdir()
    weights = fit(thrown(40, 0.9, 0.7))
    write(weights, tmp_path / "xy" / "calibration.csv", 20)
    monkeypatch.setattr(model, "DATA", tmp_path)
    monkeypatch.setattr("kg.extraction.lexicon.DATA", tmp_path)
    assert model.weights("xy") == weights
    (tmp_path / "xz").mkdir()
    (tmp_path / "xz" / "calibration.csv").write_text("kind,feature,weight\nevent,bias,much\n")
    with pytest.raises(ExtractionError, match="make calibrate"):
        model.weights("xz")


# The corpus


def test_confidences_keep_their_promise_on_texts_that_were_held_out() -> None:
    told, fair = measured([CORPUS], load())
    rows = table(told, fair).set_index("kind")
    assert tuple(rows.index) == model.KINDS
    assert ece(fair) <= 0.05
    for kind in ("entities", "position of", "participation"):  # the others are too few to tell
        assert rows.loc[kind, "statements"] > 100
        assert rows.loc[kind, "held out"] <= 0.08, f"{kind}: make calibrate"
    assert ece(told) <= 0.05, "the rules have changed: make calibrate"
