"""Sightings and bounds of posts, and what `kg check` finds in reports that do not agree."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kg import review
from kg.build import build
from kg.graph.checking import Finding, check
from kg.graph.sightings import sightings
from kg.graph.store import Graph

RECTOR = "{}, Rector of Northern University, met Greta Lind, Dean of Harbour University, in Oslo.\n"


def write(folder: Path, name: str, published: str, text: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"---\npublished: {published}\n---\n\n{text}")


def found(folder: Path) -> list[Finding]:
    build(folder / "reports", folder / "graph")
    with Graph.open(folder / "graph") as graph:
        return check(graph)


@pytest.fixture
def succession(tmp_path: Path) -> Path:
    """Two rectors, one after the other."""
    write(tmp_path / "reports", "a.txt", "2022-03-01", RECTOR.format("Anna Berg"))
    write(tmp_path / "reports", "b.txt", "2022-09-01", RECTOR.format("Anna Berg"))
    write(tmp_path / "reports", "c.txt", "2024-02-01", RECTOR.format("Boris Hahn"))
    return tmp_path


def test_a_successor_closes_a_predecessors_post(succession: Path) -> None:
    assert found(succession) == []
    with Graph.open(succession / "graph") as graph:
        rectors = {one.name: one for one in sightings(graph) if one.post == "Rector"}
        bounds = dict(
            graph.rows("SELECT ?name ?day { ?t coop:endedBy ?day ; org:member/rdfs:label ?name }")
        )
        begun = dict(
            graph.rows(
                "SELECT ?name ?day { ?t coop:begunAfter ?day ; org:member/rdfs:label ?name }"
            )
        )
        seen = dict(
            graph.rows(
                "SELECT ?name ?day { ?t a coop:Tenure ; coop:lastSeen ?day ; "
                "org:member/rdfs:label ?name }"
            )
        )
    berg = rectors["Anna Berg"]
    assert (berg.first, berg.last) == (date(2022, 3, 1), date(2022, 9, 1))
    assert bounds == {"Anna Berg": date(2024, 2, 1)}
    assert begun == {"Boris Hahn": date(2022, 9, 1)}
    assert seen["Boris Hahn"] == date(2024, 2, 1)


def test_two_holders_at_once_are_reported_until_both_are_confirmed(succession: Path) -> None:
    write(succession / "reports", "d.txt", "2024-06-01", RECTOR.format("Anna Berg"))
    (finding,) = found(succession)
    assert finding.problem == "two holders of one post"
    assert "Anna Berg" in finding.what
    assert "Boris Hahn (2024-02-01)" in finding.what
    for address in finding.addresses:
        review.confirm(succession / "graph", address, by="A. Reader", because="both did")
    with Graph.open(succession / "graph") as graph:
        assert check(graph) == []


def test_one_person_in_two_places_on_one_day_is_reported(tmp_path: Path) -> None:
    text = "Anna Berg, Rector of Northern University, attended a forum in {} on May 13, 2024.\n"
    write(tmp_path / "reports", "a.txt", "2024-05-14", text.format("Oslo"))
    write(tmp_path / "reports", "b.txt", "2024-05-15", text.format("Almaty"))
    problems = [one for one in found(tmp_path) if one.problem == "one person in two places"]
    assert len(problems) == 1
    assert "Oslo" in problems[0].what
    assert "Almaty" in problems[0].what
