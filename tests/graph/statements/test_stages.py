"""Stages of agreements as quads: the term, and the last day that it gives."""

from __future__ import annotations

import pytest
from graph_samples import line, quads, report, rows
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import RecordError
from kg.extraction.record import Stage
from kg.graph.dates import bounds
from kg.graph.statements.stages import last_day
from kg.graph.validation import validate

PAPER = line("a memorandum")
ASKED = """
SELECT ?type ?from ?through ?inferred ?term ?quote {
  ?stage a coop:AgreementStage ; coop:stageOf ?paper ; coop:stageType ?type .
  ?paper a coop:Agreement .
  ?evidence coop:supports ?stage ; coop:inSentence/oa:hasSelector/oa:exact ?quote .
  OPTIONAL { ?stage coop:validFrom/coop:earliest ?from }
  OPTIONAL { ?stage coop:validThrough ?last . ?last coop:latest ?through
    OPTIONAL { ?last coop:inferred ?inferred } }
  OPTIONAL { ?stage coop:term ?term }
}"""
STAGE = "https://w3id.org/coop-kg/agreement-stage/"


def told(*stages: Stage) -> list[tuple[str, ...]]:
    found = rows(quads(*report(stages=stages)), ASKED)
    assert all("signed a memorandum" in row[-1] for row in found)
    return [(row[0].removeprefix(STAGE), *row[1:-1]) for row in found]


def test_a_term_counts_from_the_signing_and_its_last_day_is_inferred() -> None:
    # signed on 2 March 2023 for five years: the last day is 1 March 2028
    found = told(Stage("memo", "in force", None, None, "P5Y", PAPER, 0.9))
    assert found == [("in-force", "", "2028-03-01", "true", "P5Y")]


def test_a_term_counts_from_the_day_that_is_told() -> None:
    found = told(Stage("memo", "renewed", "2028-03-02", None, "P2Y", PAPER, 0.9))
    assert found == [("renewed", "2028-03-02", "2030-03-01", "true", "P2Y")]


def test_a_last_day_that_is_stated_is_not_inferred() -> None:
    found = told(Stage("memo", "in force", None, "2030", None, PAPER, 0.9))
    assert found == [("in-force", "", "2030-12-31", "", "")]


def test_a_renewal_of_which_nobody_tells_the_day_ends_on_no_day() -> None:
    found = told(Stage("memo", "renewed", None, None, "P2Y", PAPER, 0.9))
    assert found == [("renewed", "", "", "", "P2Y")]


def test_what_is_written_conforms() -> None:
    stages = (
        Stage("memo", "in force", "2023-04", "2028-03-01", "P5Y", PAPER, 0.9),
        Stage("memo", "expired", "2028", None, None, PAPER, 0.9, "planned"),
        Stage("memo", "terminated", "--05-03", None, None, PAPER, 0.9),
    )
    found = validate(quads(*report(stages=stages)))
    assert [each.message for each in found] == ["an extraction run of unknown time"]


@pytest.mark.parametrize("term", ["five years", "P5", "P1Y2M", "PT5H", "P9999Y"])
def test_what_is_no_term_is_told(term: str) -> None:
    with pytest.raises(RecordError, match="is no term such as P5Y"):
        told(Stage("memo", "in force", None, None, term, PAPER, 0.9))


@pytest.mark.parametrize(
    ("begun", "term", "last"),
    [
        ("2021-05-03", "P5Y", "2026-05-02"),
        ("2021-01-01", "P1Y", "2021-12-31"),
        ("2021-12-15", "P3M", "2022-03-14"),
        ("2020-02-29", "P1Y", "2021-02-28"),
        ("2021-01-31", "P1M", "2021-02-28"),
        ("2021-12-31", "P12M", "2022-12-30"),
        ("2021-05-03", "P30D", "2021-06-01"),
    ],
)
def test_the_last_day_of_a_term(begun: str, term: str, last: str) -> None:
    assert last_day(begun, term).latest == last


def test_a_beginning_of_less_precision_leaves_bounds() -> None:
    found = last_day("2021", "P2Y")
    assert (found.earliest, found.latest) == ("2022-12-31", "2023-12-30")
    assert last_day("--05-03", "P2Y").latest is None
    assert last_day("9999", "P2Y").latest is None


@given(st.dates(), st.integers(1, 999), st.sampled_from("YMD"))
def test_a_term_never_ends_before_it_begins(begun: object, number: int, unit: str) -> None:
    last = last_day(str(begun), f"P{number}{unit}").latest
    assert last is None or (bounds(last).latest is not None and last >= str(begun))
