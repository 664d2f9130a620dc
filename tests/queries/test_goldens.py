"""The 25 competency questions answer as they did: `make golden` renews what is expected."""

from __future__ import annotations

from pathlib import Path

import pytest
from goldens import ASKED, COMMANDS, FOLDER, NAMES, PRINTED, answer, golden, printed, written

from kg.graph.store import Graph
from kg.queries.catalogue import questions

CITED = ["quote", "report", "source"]


@pytest.fixture(scope="module", params=["annotated", "extracted"])
def asked(request: pytest.FixtureRequest) -> tuple[str, Graph]:
    folder = {"annotated": "corpus_graph", "extracted": "extracted_graph"}[request.param]
    return request.param, Graph.open(request.getfixturevalue(folder))


@pytest.mark.parametrize("name", NAMES)
def test_the_answer_is_the_one_expected(asked: tuple[str, Graph], name: str) -> None:
    kind, graph = asked
    expected = golden(kind, name).read_text("utf-8")
    assert written(answer(graph, name)).splitlines() == expected.splitlines(), "make golden?"


@pytest.mark.parametrize("name", COMMANDS)
def test_the_command_prints_what_is_expected(extracted_graph: Path, name: str) -> None:
    expected = (PRINTED / f"{name}.txt").read_text("utf-8")
    assert printed(extracted_graph, name).splitlines() == expected.splitlines(), "make golden?"


def test_there_is_a_file_for_each_command_and_no_other() -> None:
    assert {path.stem for path in PRINTED.iterdir()} == set(COMMANDS)


def test_there_is_a_file_for_each_question_and_no_other() -> None:
    for kind in ("annotated", "extracted"):
        assert {path.stem for path in (FOLDER / kind).iterdir()} == set(NAMES)
    assert set(ASKED) <= set(NAMES)


def test_all_25_competency_questions_have_a_file() -> None:
    assert {question.competency for question in questions()} - {None} == set(range(1, 26))


@pytest.mark.parametrize("name", NAMES)
def test_each_row_has_its_evidence(corpus_graph: Path, name: str) -> None:
    graph = Graph.open(corpus_graph)
    table = answer(graph, name)
    assert len(table) > 0
    if name == "withdrawal":  # a post or a place of a report has no sentence of its own
        table = table.dropna(subset="quote")
    assert table[CITED].notna().all(axis=None)
    texts = graph.query("SELECT ?source ?text { ?d coop:address ?source ; schema:text ?text }")
    text = dict(zip(texts["source"], texts["text"], strict=True))
    for quote, source in zip(table["quote"], table["source"], strict=True):
        assert quote in text[source]
