"""A reviewer's session: a doubtful pair is merged, stays merged, and is taken apart again."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from kg import review
from kg.build import build
from kg.errors import UsageError
from kg.graph import curation
from kg.graph.store import Graph

Run = Callable[..., subprocess.CompletedProcess[str]]

WHO = ("--by", "A. Reader", "--because", "the university's own page says so")
FIRST = (
    "---\ntitle: First\npublished: 2024-05-14\n---\n\n"
    "Daniyar Akhmetov, Dean of Northern University, met Anna Berg, Rector of Harbour University, "
    "in Oslo on May 13, 2024.\n"
)
SECOND = (
    "---\ntitle: Second\npublished: 2024-06-02\n---\n\n"
    "D. Akhmetov, Vice-Rector of Southern University, met Anna Berg, Rector of Harbour University, "
    "in Oslo on June 1, 2024.\n"
)
THIRD = "---\npublished: 2024-07-02\n---\n\nAnna Berg, Rector of Harbour University, spoke.\n"


@pytest.fixture(scope="module")
def two_reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two reports and the graph that was built from them."""
    folder = tmp_path_factory.mktemp("reviewed")
    (folder / "reports").mkdir()
    (folder / "reports" / "one.txt").write_text(FIRST)
    (folder / "reports" / "two.txt").write_text(SECOND)
    build(folder / "reports", folder / "graph")
    return folder


@pytest.fixture
def reports(tmp_path: Path, two_reports: Path) -> Path:
    shutil.copytree(two_reports, tmp_path, dirs_exist_ok=True)
    return tmp_path / "reports"


def done(process: subprocess.CompletedProcess[str]) -> str:
    assert process.returncode == 0, process.stderr
    return process.stdout


def rows(process: subprocess.CompletedProcess[str]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(done(process))))


def people(kg: Run) -> set[str]:
    query = (
        "SELECT ?p ?name { ?p a foaf:Person ; rdfs:label|skos:altLabel ?name "
        "FILTER(CONTAINS(?name, 'Akhmetov')) }"
    )
    return {row["p"] for row in rows(kg("query", query, "--format", "csv"))}


def test_a_doubtful_pair_is_merged_stays_merged_and_is_undone(kg: Run, reports: Path) -> None:
    apart = people(kg)
    assert len(apart) == 2

    (doubt,) = [r for r in rows(kg("review", "list", "-f", "csv")) if "Akhmetov" in r["one"]]
    assert "abbreviates" in doubt["for"]
    one, other = (re.search(r"id:\S+", doubt[side])[0] for side in ("one", "other"))  # type: ignore[index]

    done(kg("review", "merge", one, other, *WHO))
    (merged,) = people(kg)
    assert merged.endswith(one.removeprefix("id:"))
    assert not [r for r in rows(kg("review", "list", "-f", "csv")) if "Akhmetov" in r["one"]]

    # the old address leads to the new one, and a rebuild with another report changes nothing
    follow = f"SELECT ?to {{ {other} coop:mergedInto ?to }}"
    assert rows(kg("query", follow, "--format", "csv")) == [{"to": merged}]
    (reports / "three.txt").write_text(THIRD)
    done(kg("build", "reports"))
    assert people(kg) == {merged}
    (reports / "two.txt").write_text(SECOND.replace("June", "July"))
    done(kg("build", "reports"))
    assert people(kg) == {merged}

    (ruling,) = rows(kg("review", "log", "--format", "csv"))
    assert (ruling["verdict"], ruling["by"]) == ("merge", "A. Reader")
    done(kg("review", "undo", ruling["decision"], "--by", "B. Doubter", "--because", "he is not"))
    assert people(kg) == apart
    assert rows(kg("query", follow, "--format", "csv")) == []
    assert [r["undone"] for r in rows(kg("review", "log", "--format", "csv"))] == ["yes", ""]
    done(kg("build", "reports"))
    assert people(kg) == apart
    done(kg("validate"))


def ask(folder: Path, query: str) -> list[str]:
    with Graph.open(folder.parent / "graph") as graph:
        return sorted(row[0] for row in graph.rows(query))


SAID = {"by": "A. Reader", "because": "a letter"}
NAMED = "SELECT ?p { ?p a foaf:Person ; rdfs:label ?name FILTER(CONTAINS(?name, '%s')) }"
RECTORS = "SELECT DISTINCT ?t { ?t a coop:Tenure ; coop:verbatim ?post FILTER(?post = 'Rector') }"


def test_two_that_are_kept_apart_are_in_doubt_no_more(reports: Path) -> None:
    one, other = ask(reports, NAMED % "Akhmetov")
    review.split(reports.parent / "graph", one, other, **SAID)
    with Graph.open(reports.parent / "graph") as graph:
        assert not [d for d in review.doubtful(graph) if "Akhmetov" in d.one.name]


def test_what_one_document_means_is_taken_apart(kg: Run, reports: Path) -> None:
    done(kg("review", "split", "Anna Berg", "--document", "two", *WHO))
    assert len(ask(reports, NAMED % "Anna Berg")) == 2


def test_a_rejected_fact_goes_and_comes_back(reports: Path) -> None:
    graph = reports.parent / "graph"
    (tenure,) = ask(reports, RECTORS)
    ruling = review.reject(graph, tenure, **SAID)
    assert ask(reports, RECTORS) == []
    with Graph.open(graph) as held:
        assert not [result for result in held.validate() if result.severity == "Violation"]
    (reports / "three.txt").write_text(THIRD)  # says it again
    build(reports, graph)
    assert ask(reports, RECTORS) == []
    review.undo(graph, f"https://kg.example.org/id/{ruling.key}", **SAID)
    assert ask(reports, RECTORS) == [tenure]


def test_a_rejection_outlives_a_merge(reports: Path) -> None:
    one, other = ask(reports, NAMED % "Akhmetov")
    held = "SELECT DISTINCT ?t { ?t a coop:Tenure ; org:member <%s> }"
    (tenure,) = ask(reports, held % other)
    review.reject(reports.parent / "graph", tenure, **SAID)
    review.merge(reports.parent / "graph", one, other, **SAID)
    assert len(ask(reports, held % one)) == 1


def test_what_cannot_be_decided_is_told_and_changes_nothing(kg: Run, reports: Path) -> None:
    graph = reports.parent / "graph"
    (person,) = ask(reports, NAMED % "Anna Berg")
    (university,) = ask(
        reports,
        "SELECT ?u { ?u a coop:University ; rdfs:label ?n FILTER(CONTAINS(?n, 'Harbour')) }",
    )
    (tenure,) = ask(reports, RECTORS)
    for refused, why in [
        (lambda: review.merge(graph, person, university, **SAID), "cannot be one"),
        (lambda: review.merge(graph, person, person, **SAID), "one entity already"),
        (lambda: review.merge(graph, person, "https://e.org/x", **SAID), "no such entity"),
        (lambda: review.part(graph, person, ["https://e.org/x"], **SAID), "no such document"),
        (lambda: review.reject(graph, person, **SAID), "an entity, not a fact"),
        (lambda: review.reject(graph, tenure + "0", **SAID), "no such fact"),
        (lambda: review.reject(graph, tenure, by=" ", because="x"), "a name and a reason"),
        (lambda: review.undo(graph, tenure, **SAID), "no such decision"),
    ]:
        with pytest.raises(UsageError, match=why):
            refused()
    with Graph.open(graph) as held:
        assert curation.log(held) == []
    told = kg("review", "reject", "<x>", *WHO)
    assert (told.returncode, "no address" in told.stderr) == (2, True)
    told = kg("review", "split", "Anna Berg", *WHO)
    assert (told.returncode, "give another entity" in told.stderr) == (2, True)
