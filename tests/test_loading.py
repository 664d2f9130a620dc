"""Loading records: the graph that a build makes of their documents."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from gold_extractor import GoldExtractor

from kg.build import build
from kg.documents.sources import read
from kg.errors import DocumentError, GraphError
from kg.extraction import files
from kg.graph.store import Graph
from kg.loading import load
from kg.withdrawing import withdraw

ROOT = Path(__file__).parents[1]
NAMES = ("en-0001", "en-0003", "en-0007", "en-0012", "en-0018", "en-0025")


def readings() -> list[files.Reading]:
    documents = [
        one for name in NAMES for one in read(ROOT / "corpus" / f"{name}.txt")
        if not isinstance(one, DocumentError)
    ]  # fmt: skip
    gold = GoldExtractor()
    records = (replace(record, extractor=gold.version) for record in gold.pipe(documents))
    return list(zip(documents, records, strict=True))


@pytest.fixture(scope="module")
def parquet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("records") / "a.parquet"
    with path.open("wb") as stream:
        assert files.write_parquet(stream, readings()) == 6
    return path


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("lines") / "a.jsonl"
    path.write_text("".join(f"{files.line(*one)}\n" for one in readings()), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("built") / "graph"
    build([ROOT / "corpus" / f"{name}.txt" for name in NAMES], path, extractor=GoldExtractor())
    return path


def said(path: Path) -> set[str]:
    """Return the quads of a graph, but for when they were read."""
    with Graph.open(path) as graph:
        return {text for text in map(str, graph.store) if "endedAtTime" not in text}


class TestSame:
    def test_parquet_gives_the_graph_of_a_build(
        self, parquet: Path, built: Path, tmp_path: Path
    ) -> None:
        report = load(parquet, tmp_path / "graph")
        assert (report.read, report.failed) == (6, ())
        assert said(tmp_path / "graph") == said(built)

    def test_json_lines_give_the_graph_of_a_build(
        self, lines: Path, built: Path, tmp_path: Path
    ) -> None:
        load(lines, tmp_path / "graph")
        assert said(tmp_path / "graph") == said(built)

    def test_a_build_after_a_load_reads_nothing(self, parquet: Path, tmp_path: Path) -> None:
        load(parquet, tmp_path / "graph")
        extractor = GoldExtractor()
        sources = [ROOT / "corpus" / f"{name}.txt" for name in NAMES]
        assert build(sources, tmp_path / "graph", extractor=extractor).unchanged == 6
        assert extractor.read == []

    def test_a_second_load_changes_nothing(
        self, parquet: Path, lines: Path, tmp_path: Path
    ) -> None:
        load(parquet, tmp_path / "graph")
        before = said(tmp_path / "graph")
        report = load([lines, parquet.parent], tmp_path / "graph")
        assert (report.read, report.unchanged, len(report.duplicates)) == (0, 6, 6)
        assert said(tmp_path / "graph") == before

    def test_what_was_withdrawn_stays_away(self, parquet: Path, tmp_path: Path) -> None:
        load(parquet, tmp_path / "graph")
        withdraw(tmp_path / "graph", "en-0001", because="asked")
        report = load(parquet, tmp_path / "graph")
        assert (report.withdrawn, report.unchanged) == (1, 5)


KILLED = """
import os, signal, sys
from pathlib import Path
from kg import loading
from kg.graph.holdings import Holdings
put, left = Holdings.put, [4]
def counted(*arguments):
    left[0] -= 1
    if not left[0]:
        os.kill(os.getpid(), signal.SIGKILL)
    return put(*arguments)
Holdings.put = counted
loading.load(Path({records!r}), Path({graph!r}))
"""


class TestTrouble:
    @pytest.mark.skipif(os.name == "nt", reason="no kill -9 there")
    def test_a_killed_load_goes_on_where_it_was(
        self, parquet: Path, built: Path, tmp_path: Path
    ) -> None:
        graph = tmp_path / "graph"
        script = KILLED.format(records=str(parquet), graph=str(graph))
        done = subprocess.run([sys.executable, "-c", script], check=False)
        assert done.returncode == -signal.SIGKILL
        report = load(parquet, graph)
        assert (report.read, report.unchanged) == (3, 3)
        assert said(graph) == said(built)

    def test_two_writers_are_kept_apart(self, parquet: Path, tmp_path: Path) -> None:
        with (
            Graph.open(tmp_path / "graph", create=True),
            pytest.raises(GraphError, match="another process"),
        ):
            load(parquet, tmp_path / "graph")

    def test_a_broken_record_stops_no_other(self, lines: Path, tmp_path: Path) -> None:
        whole = lines.read_text(encoding="utf-8").splitlines()
        lying = json.loads(whole[1])
        lying["entities"][0]["mentions"] = [[0, 999_999]]
        bare = {key: value for key, value in json.loads(whole[2]).items() if key != "document"}
        odd = json.loads(whole[3])
        odd["document"]["title"] = 7
        broken = ["{", "[]", "7", json.dumps(lying), json.dumps(bare), json.dumps(odd)]
        path = tmp_path / "some.jsonl"
        path.write_text("\n".join([whole[0], *broken, whole[4]]), encoding="utf-8")
        report = load(path, tmp_path / "graph")
        assert report.read == 2
        assert [address.rpartition(", ")[2] for address, _ in report.failed] == [
            f"line {number}" for number in range(2, 8)
        ]
        assert "outside the text" in report.failed[3][1]
        assert "--text" in report.failed[4][1]

    @pytest.mark.parametrize("content", [b"", b"PAR1", b"PAR1 nothing PAR1"])
    def test_a_file_that_is_no_parquet(self, tmp_path: Path, content: bytes) -> None:
        (tmp_path / "a.parquet").write_bytes(content)
        with pytest.raises(DocumentError, match="not a Parquet file"):
            load(tmp_path / "a.parquet", tmp_path / "graph")
        assert not (tmp_path / "graph").exists()

    def test_a_cut_parquet_beside_a_whole_one(self, parquet: Path, tmp_path: Path) -> None:
        shutil.copy(parquet, tmp_path / "b.parquet")
        (tmp_path / "a.parquet").write_bytes(parquet.read_bytes()[:-100])
        report = load(tmp_path, tmp_path / "graph")
        assert (report.read, len(report.failed)) == (6, 1)

    def test_nothing_there(self, tmp_path: Path) -> None:
        with pytest.raises(DocumentError, match="no such file"):
            load(tmp_path / "none.parquet", tmp_path / "graph")
        with pytest.raises(DocumentError, match="no records here"):
            load(tmp_path, tmp_path / "graph")
