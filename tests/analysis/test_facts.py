from __future__ import annotations

from pathlib import Path

from kg.analysis.facts import Facts
from kg.analysis.projections import project
from kg.build import build
from kg.graph.store import Graph

RELEASE = (
    "Northern University and Harbour University signed a memorandum of understanding in Oslo on "
    "2 May 2024. The rectors spoke of the exchange of students, of summer schools by the sea, of "
    "a shared library and of the ferries that join the two towns in every season of the year.\n"
)
OTHER = "Northern University and Harbour University signed a memorandum on 2 May 2024 in Oslo.\n"


def facts(folder: Path, *texts: str) -> Facts:
    reports = folder / "reports"
    reports.mkdir()
    for number, text in enumerate(texts):
        (reports / f"r{number}.txt").write_text(text)
    build(reports, folder / "graph")
    return Facts.of(Graph.open(folder / "graph"))


def test_reports_that_print_one_release_are_one_witness(tmp_path: Path) -> None:
    copies = [f"{RELEASE}Photo: agency {number}.\n" for number in range(4)]
    found = facts(tmp_path, *copies, OTHER)
    (paper,) = [fact for fact in found.facts if fact.kind == "agreement"]
    assert len(paper.reports) == 5
    assert len(paper.witnesses) == 2  # the release, and one report of its own
    ((_, _, tie),) = project(found, ties="agreements").edges(data=True)
    assert tie["reports"] == 2
    with Graph.open(tmp_path / "graph") as graph:
        ((_, _, shown),) = graph.network("organizations").edges(data=True)
        assert shown["reports"] == 2
        assert graph.query("SELECT ?n { ?tie coop:reports ?n }")["n"].tolist() == [2]


def test_each_statement_has_the_address_of_its_evidence(corpus_graph: Path) -> None:
    found = Facts.of(Graph.open(corpus_graph))
    told = [one for fact in found.facts for each in fact.members.values() for one in each]
    assert told
    assert all("/evidence-" in one.evidence for one in told)
    assert not any("/evidence-" in one.release for one in told)
