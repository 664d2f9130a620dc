"""The life of an agreement, in graphs made by hand: the right answers were worked out beforehand.

Lakeside and Rivers sign for five years on 1 March 2018, so that the last day is 28 February 2023.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from kg.build import build
from kg.documents.document import Document
from kg.extraction.record import Agreement, Entity, Record, Stage
from kg.graph.store import Graph
from kg.queries.catalogue import ask

TEXT = "Lakeside University and the College of Rivers: their memorandum. Report"
LAKE, RIVERS = "Lakeside University", "College of Rivers"
Told = tuple[str, str | None, str, Stage | None]
"""Day of the report, day of the paper, its status, and what else is told of it."""
FIVE = Stage("a", "in force", term="P5Y")
ANY = "2024-06-01"


class ByHand:
    """Tells of each report what the test gives it."""

    version = "by hand 1"

    def __init__(self, reports: Sequence[Told]):
        self.reports = reports

    def pipe(self, documents: Iterable[Document]) -> Iterator[Record]:
        for document in documents:
            _, day, status, stage = self.reports[int(document.id[1:])]
            spans = [(TEXT.index(name), TEXT.index(name) + len(name)) for name in (LAKE, RIVERS)]
            entities = tuple(
                Entity(id, "University", name, (), (span,))
                for id, name, span in zip(("l", "r"), (LAKE, RIVERS), spans, strict=True)
            )
            whole = (0, len(TEXT))
            paper = Agreement("a", "Memorandum", ("l", "r"), day, status, evidence=whole)  # type: ignore[arg-type]
            yield Record(
                document.id, published=document.published, entities=entities,
                agreements=(paper,) if status else (),
                stages=(replace(stage, evidence=whole),) if stage else (),
            )  # fmt: skip


def made(folder: Path, *reports: Told) -> Graph:
    for number, (published, *_) in enumerate(reports):
        head = f"---\npublished: {published}\n---\n\n"
        (folder / f"r{number}.txt").write_text(f"{head}{TEXT} {number}.\n")
    assert build(folder, folder / "graph", extractor=ByHand(reports)).refused == ()
    return Graph.open(folder / "graph")


def life(graph: Graph, **given: object) -> list[tuple[str, str, str, str]]:
    table = ask(graph, "life", **{"silence": 240, **given})
    assert table["quote"].str.startswith("Lakeside University").all()
    cells = table[["date", "state", "basis", "until"]].fillna("").astype(str)
    return list(dict.fromkeys(cells.itertuples(index=False, name=None)))


SIGNED: Told = ("2018-03-02", "2018-03-01", "signed", FIVE)
LATER: Told = (ANY, None, "", None)
BEGUN = [
    ("2018-03-01", "signed", "stated", ""),
    ("2018-03-01", "in force", "inferred", "2023-02-28"),
]
END = ("2023-02-28", "expired", "inferred", "")


def test_a_term_makes_a_paper_hold_and_end_and_the_end_is_inferred(tmp_path: Path) -> None:
    graph = made(tmp_path, SIGNED, LATER)
    assert life(graph) == [*BEGUN, END]


def test_a_term_that_runs_yet_has_not_ended(tmp_path: Path) -> None:
    graph = made(tmp_path, SIGNED, ("2023-02-28", None, "", None))
    assert life(graph) == BEGUN


def test_the_state_on_a_day_is_the_last_one_by_then(tmp_path: Path) -> None:
    graph = made(tmp_path, SIGNED, LATER)
    assert life(graph, on="2018-02-28") == []
    assert life(graph, on="2020-05-05") == BEGUN
    assert life(graph, on="2020-05-05", silence=1) == BEGUN
    assert life(graph, on="2023-03-01")[-1][1] == "expired"
    assert life(graph, silence=12)[1:] == [BEGUN[1], ("2018-03-02", "silent", "inferred", ""), END]


def test_what_reports_state_is_no_inference(tmp_path: Path) -> None:
    graph = made(
        tmp_path,
        ("2018-03-02", "2018-03-01", "signed", Stage("a", "in force", "2018-04-01", "2023")),
        ("2023-06-01", "2018-03-01", "signed", Stage("a", "terminated", "2023-05-05")),
        LATER,
    )
    assert life(graph) == [
        ("2018-03-01", "signed", "stated", ""),
        ("2018-04-01", "in force", "stated", "2023-12-31"),
        ("2023-05-05", "terminated", "stated", ""),
        ("2023-06-01", "told of again", "stated", ""),
    ]  # what was terminated does not expire besides


@pytest.mark.parametrize("until", ["2028-02-29", None])
def test_a_renewal_that_is_told_keeps_a_paper_from_ending(
    tmp_path: Path, until: str | None
) -> None:
    renewal = Stage("a", "renewed", "2023-01-10", until)
    graph = made(tmp_path, SIGNED, ("2023-01-11", "2018-03-01", "signed", renewal), LATER)
    assert life(graph) == [
        *BEGUN,
        ("2023-01-10", "renewed", "stated", until or ""),
        ("2023-01-11", "told of again", "stated", ""),
    ]


def test_a_renewal_has_an_end_of_its_own(tmp_path: Path) -> None:
    renewal = Stage("a", "renewed", "2023-01-10", None, "P1Y")
    graph = made(tmp_path, SIGNED, ("2023-01-11", "2018-03-01", "signed", renewal), LATER)
    assert life(graph)[-1] == ("2024-01-09", "expired", "inferred", "")


def test_a_further_paper_in_time_renews_and_one_too_late_does_not(tmp_path: Path) -> None:
    for day, last in (("2022-10-10", "renewed"), ("2023-10-10", "expired")):
        folder = tmp_path / day
        folder.mkdir()
        graph = made(folder, SIGNED, (day, day, "signed", None), LATER)
        table = ask(graph, "life", silence=240)
        old = table[table["agreement"].str.endswith("1 March 2018")]
        assert ("expired" in set(old["state"])) == (last == "expired")
        assert "renewed" in set(old["state"])


def test_an_end_that_is_told_stands_once(tmp_path: Path) -> None:
    told = ("2024-01-01", "2018-03-01", "signed", Stage("a", "expired", "2023"))
    graph = made(tmp_path, SIGNED, told, LATER)
    ends = [row for row in life(graph) if row[1] == "expired"]
    assert ends == [("2023-01-01", "expired", "stated", "")]


def test_what_is_talked_about_is_not_yet_intended(tmp_path: Path) -> None:
    graph = made(tmp_path, ("2018-03-02", None, "planned", Stage("a", "discussed")))
    assert life(graph) == [("2018-03-02", "discussed", "stated", "")]
    more = tmp_path / "more"
    more.mkdir()
    graph = made(more, ("2018-03-02", None, "planned", None))
    assert life(graph) == [("2018-03-02", "intended", "stated", "")]


def test_what_is_only_planned_is_no_state(tmp_path: Path) -> None:
    coming = Stage("a", "renewed", "2023-01-10", factuality="planned")
    graph = made(tmp_path, ("2018-03-02", "2018-03-01", "signed", coming), LATER)
    assert life(graph) == [("2018-03-01", "signed", "stated", "")]


def test_what_has_ended_is_no_open_promise_and_a_word_about_it_is_heard(tmp_path: Path) -> None:
    later = ("2022-03-01", "2018-03-01", "signed", Stage("a", "renewed", "2022-02-01"))
    ended = ("2022-03-01", "2018-03-01", "signed", Stage("a", "terminated", "2022-02-01"))
    newest = ("2024-03-01", None, "", None)
    for name, more, open_after in (("r", later, {24: 1, 25: 0}), ("t", ended, {24: 0, 60: 0})):
        folder = tmp_path / name
        folder.mkdir()
        graph = made(folder, SIGNED, more, newest)
        for months, number in open_after.items():
            table = ask(graph, "open-promises", silence=months)
            silent = table[table["state"] == "signed, silent since"]
            assert silent["promise"].nunique() == number, (name, months)
