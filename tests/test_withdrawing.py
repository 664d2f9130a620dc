"""Taking back, with the gold annotations of the corpus."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from gold_extractor import GoldExtractor

from kg.build import build
from kg.errors import UsageError
from kg.graph.store import Graph
from kg.resolution.forgetting import COVER
from kg.withdrawing import forget, withdraw

ROOT = Path(__file__).parents[1]
NAMES = ("en-0001", "en-0003", "en-0007", "en-0012", "en-0018", "en-0025")
PEOPLE = """
SELECT ?name (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?p a foaf:Person ; rdfs:label ?name } }
GROUP BY ?name ORDER BY DESC(?n) ?name"""
BECAUSE = "request 17"


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    for name in NAMES:
        shutil.copy(ROOT / "corpus" / f"{name}.txt", folder)
    return folder


@pytest.fixture
def path(reports: Path) -> Path:
    path = reports.parent / "graph"
    build(reports, path, extractor=GoldExtractor())
    return path


def said(path: Path) -> str:
    with Graph.open(path) as graph:
        return str(graph.export("nquads"))


def without_withdrawals(path: Path) -> set[str]:
    lines = said(path).splitlines()
    return {line for line in lines if "withdrawal" not in line and "endedAtTime" not in line}


def somebody(path: Path) -> str:
    with Graph.open(path) as graph:
        names = [str(name) for name, _ in graph.rows(PEOPLE)]
    return next(name for name in names if len(name.split()) == 2 and "." not in name)


class TestWithdraw:
    def test_the_graph_is_as_if_it_had_never_been_read(self, reports: Path, path: Path) -> None:
        others = [reports / f"{name}.txt" for name in NAMES if name != "en-0007"]
        build(others, reports.parent / "others", extractor=GoldExtractor())
        loss = withdraw(path, "en-0007", because=BECAUSE)
        assert loss.documents == ("en-0007",)
        assert loss.entities
        assert sum(loss.statements.values()) > 3
        assert without_withdrawals(path) == without_withdrawals(reports.parent / "others")
        for name in loss.entities:
            assert f'"{name}"' not in said(path)

    def test_the_next_build_does_not_bring_it_back(self, reports: Path, path: Path) -> None:
        withdraw(path, "en-0007", because=BECAUSE)
        before = said(path)
        report = build(reports, path, extractor=GoldExtractor())
        assert (report.read, report.unchanged, report.withdrawn) == (0, 5, 1)
        assert said(path) == before

    def test_a_dry_run_changes_nothing_and_tells_the_same(self, path: Path) -> None:
        before, files = said(path), sorted(each.name for each in path.iterdir())
        planned = withdraw(path, "en-0007", because=BECAUSE, dry_run=True)
        assert (said(path), sorted(each.name for each in path.iterdir())) == (before, files)
        assert withdraw(path, "en-0007", because=BECAUSE) == planned

    def test_it_leaves_why_and_when_and_nothing_else(self, path: Path) -> None:
        with Graph.open(path) as graph:
            (source,) = graph.documents().query("id == 'en-0007'")["source"]
        loss = withdraw(path, str(source), because=BECAUSE)
        assert loss.what == source
        assert str(source) not in said(path)
        with Graph.open(path) as graph:
            query = (
                "SELECT ?why ?w { ?w a coop:Withdrawal ; rdfs:comment ?why ; prov:endedAtTime [] }"
            )
            ((why, _),) = graph.rows(query)
            assert why == BECAUSE
            assert [v for v in graph.validate() if v.severity == "Violation"] == []

    def test_a_withdrawal_that_was_cut_off_is_finished_by_the_next_build(
        self, reports: Path, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with monkeypatch.context() as patch:
            patch.setattr(Graph, "drop", lambda *_: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                withdraw(path, "en-0007", because=BECAUSE)
        report = build(reports, path, extractor=GoldExtractor())
        assert (report.unchanged, report.withdrawn) == (5, 1)
        with Graph.open(path) as graph:
            assert "en-0007" not in set(graph.documents()["id"])

    def test_what_is_not_there_or_not_one(self, path: Path) -> None:
        with pytest.raises(UsageError, match="no document"):
            withdraw(path, "en-9999", because=BECAUSE)
        with pytest.raises(UsageError, match="may be each of 6"):
            withdraw(path, "en-00", because=BECAUSE)
        with pytest.raises(UsageError, match="no reason"):
            withdraw(path, "en-0007", because=" ")


class TestForget:
    def test_no_name_is_left_and_nothing_else_is_lost(self, path: Path) -> None:
        name = somebody(path)
        with Graph.open(path) as graph:
            before = {str(n) for n, _ in graph.rows(PEOPLE)}
        loss = forget(path, name, because=BECAUSE)
        assert loss.documents
        left = said(path)
        assert name not in left
        assert name.split()[-1] not in left
        assert COVER in left
        with Graph.open(path) as graph:
            after = {str(n) for n, _ in graph.rows(PEOPLE)}
            assert len(graph.documents()) == len(NAMES)
            assert [v for v in graph.validate() if v.severity == "Violation"] == []
        assert before - after == {name}

    def test_the_next_build_does_not_bring_them_back(self, reports: Path, path: Path) -> None:
        name = somebody(path)
        forget(path, name, because=BECAUSE)
        before = said(path)
        assert build(reports, path, extractor=GoldExtractor()).unchanged == len(NAMES)
        assert said(path) == before
        report = build(reports, path, extractor=GoldExtractor("gold 2"))  # reads all texts anew
        assert report.replaced == len(NAMES)
        assert name not in said(path)
        assert name.split()[-1] not in said(path)

    def test_nothing_is_left_in_files_that_readers_or_builds_use(self, path: Path) -> None:
        name = somebody(path)
        (path / "pages.sqlite").write_text(f"<p>{name}</p>")
        forget(path, name, because=BECAUSE)
        assert len(list(path.glob("read-*"))) == 1
        for file in path.rglob("*"):
            if file.is_file():
                assert name.encode() not in file.read_bytes(), file

    @pytest.mark.parametrize("moment", ["draft", "between"])
    def test_a_rewriting_that_was_killed_is_brought_to_its_end(
        self, path: Path, moment: str
    ) -> None:
        before = said(path)
        shutil.copytree(path / "store", path / "store-new")
        if moment == "between":
            (path / "store").rename(path / "store-old")
        with Graph.open(path, read_only=False) as graph:
            assert len(graph.documents()) == len(NAMES)
        assert not [each for each in path.iterdir() if each.name.startswith("store-")]
        assert said(path) == before

    def test_a_dry_run_changes_nothing(self, path: Path) -> None:
        before, name = said(path), somebody(path)
        planned = forget(path, name, because=BECAUSE, dry_run=True)
        assert said(path) == before
        assert planned.what == name
        assert forget(path, name, because=BECAUSE) == planned

    def test_a_reason_with_the_name_is_refused(self, path: Path) -> None:
        name = somebody(path)
        with pytest.raises(UsageError, match="names the person"):
            forget(path, name, because=f"{name.upper()} asked")
        with pytest.raises(UsageError, match="knows no person"):
            forget(path, "Nobody Atall", because=BECAUSE)
