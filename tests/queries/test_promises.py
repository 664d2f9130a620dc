"""Which promises are open, in a graph made by hand: the right answers were worked out beforehand.

Steppe and Lakeside plan a memorandum in January 2022 and sign one in March; Steppe and Rivers
plan one that nobody saw signed. Lakeside and Rivers sign in May 2022, are not heard of together
again, and the newest report is of June 2024. Two laboratories are announced, of which one opens.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from kg.build import build
from kg.documents.document import Document
from kg.extraction.record import Agreement, Entity, Facility, Factuality, Record, Span
from kg.graph.store import Graph
from kg.queries.catalogue import ask

NAMES = {
    "steppe": "Steppe University",
    "lake": "Lakeside University",
    "rivers": "College of Rivers",
}


TEXT = "Steppe University, Lakeside University, College of Rivers, Laboratory of Winds and of Tides"


def span(name: str) -> Span:
    start = TEXT.index(name)
    return start, start + len(name)


def paper(who: tuple[str, ...], status: str, day: str | None = None) -> Agreement:
    return Agreement("a", "Memorandum", who, day, status, evidence=(0, len(TEXT)))  # type: ignore[arg-type]


def hall(name: str, factuality: Factuality) -> tuple[Entity, Facility]:
    entity = Entity("f", "JointFacility", name, (), (span(name.rsplit(maxsplit=1)[-1]),))
    return entity, Facility("f", ("steppe", "lake"), None, (0, len(TEXT)), 1.0, factuality)


class ByHand:
    """Tells of each report what the test gives it, by the report's id."""

    version = "by hand 1"

    def __init__(self, said: Mapping[str, Agreement | tuple[Entity, Facility] | None]):
        self.said = said

    def pipe(self, documents: Iterable[Document]) -> Iterator[Record]:
        base = tuple(
            Entity(id, "University", name, (), (span(name),)) for id, name in NAMES.items()
        )
        for document in documents:
            said = self.said[document.id]
            record = Record(document.id, published=document.published, entities=base)
            if isinstance(said, Agreement):
                record = replace(record, agreements=(said,))
            elif said is not None:
                record = replace(record, entities=(*base, said[0]), facilities=(said[1],))
            yield record


def made(folder: Path, *reports: tuple[str, Agreement | tuple[Entity, Facility] | None]) -> Graph:
    for number, (day, _) in enumerate(reports):
        text = f"---\npublished: {day}\n---\n\n{TEXT}. Report {number}.\n"
        (folder / f"r{number}.txt").write_text(text)
    said = {f"r{number}": told for number, (_, told) in enumerate(reports)}
    report = build(folder, folder / "graph", extractor=ByHand(said))
    assert report.refused == ()
    return Graph.open(folder / "graph")


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    return made(
        tmp_path_factory.mktemp("promises"),
        ("2022-01-10", paper(("steppe", "lake"), "planned")),
        ("2022-01-11", paper(("steppe", "rivers"), "planned")),
        ("2022-03-02", paper(("steppe", "lake"), "signed", "2022-03-01")),
        ("2022-05-02", paper(("lake", "rivers"), "signed", "2022-05-01")),
        ("2022-06-01", hall("Laboratory of Winds", "planned")),
        ("2022-06-02", hall("Laboratory of Tides", "planned")),
        ("2024-06-01", hall("Laboratory of Tides", "actual")),
    )


MEMORANDUM = "Memorandum between Lakeside University and"


def told(table: pd.DataFrame) -> set[tuple[str, str]]:
    return set(zip(table["promise"], table["state"], strict=True))


def test_open_are_plans_not_kept_papers_fallen_silent_and_halls_not_open(graph: Graph) -> None:
    assert told(ask(graph, "open-promises")) == {
        ("Memorandum between Steppe University and College of Rivers", "planned, not seen signed"),
        (f"{MEMORANDUM} College of Rivers, 1 May 2022", "signed, silent since"),
        ("Laboratory of Winds", "announced, not seen open"),
    }


def test_an_older_paper_keeps_no_promise(tmp_path: Path) -> None:
    graph = made(
        tmp_path,
        ("2020-03-02", paper(("lake", "rivers"), "signed", "2020-03-01")),
        ("2022-01-10", paper(("lake", "rivers"), "planned")),
    )
    assert (ask(graph, "open-promises")["state"] == "planned, not seen signed").sum() == 1


def test_how_long_silence_is_the_user_says(graph: Graph) -> None:
    silent = {25: 1, 26: 0}  # from May 2022 to June 2024 are 25 months
    for months, number in silent.items():
        table = ask(graph, "open-promises", silence=months)
        assert (table["state"] == "signed, silent since").sum() == number


def test_only_those_of_an_organization(graph: Graph) -> None:
    table = ask(graph, "open-promises", organization="Steppe University")
    assert {state for _, state in told(table)} == {
        "planned, not seen signed",
        "announced, not seen open",
    }


def test_the_life_of_an_agreement(tmp_path: Path) -> None:
    graph = made(
        tmp_path,
        ("2020-01-10", paper(("lake", "rivers"), "planned")),
        ("2020-03-02", paper(("lake", "rivers"), "signed", "2020-03-01")),
        ("2022-03-02", paper(("lake", "rivers"), "signed", "2022-03-01")),
        ("2024-06-01", None),
    )
    table = ask(graph, "life", organization="College of Rivers")
    first = table[table["agreement"].str.endswith("1 March 2020")]
    assert list(zip(first["date"].astype(str), first["state"], strict=True)) == [
        ("2020-03-01", "signed"),
        ("2022-03-01", "renewed"),
        ("2022-03-01", "silent"),  # heard of last by the paper of that day
    ]
    assert set(table["quote"]) == {TEXT}


RELEASE = " ".join(
    f"The release tells in its sentence {number} of a thing." for number in range(12)
)


def test_a_later_report_tells_of_a_paper_again_and_a_copy_does_not(tmp_path: Path) -> None:
    days = {"2020-03-02": RELEASE, "2021-05-01": "Another report.", "2022-03-09": RELEASE}
    signed = paper(("lake", "rivers"), "signed", "2020-03-01")
    for number, (day, text) in enumerate(days.items()):
        body = f"---\npublished: {day}\n---\n\n{TEXT}. {text}\n"
        (tmp_path / f"r{number}.txt").write_text(body)
    build(tmp_path, tmp_path / "graph", extractor=ByHand(dict.fromkeys(("r0", "r1", "r2"), signed)))
    table = ask(Graph.open(tmp_path / "graph"), "life")
    again = table[table["state"] == "told of again"]
    assert again["date"].astype(str).unique().tolist() == ["2021-05-01"]
    assert set(table["state"]) == {"signed", "told of again"}
