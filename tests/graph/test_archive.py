"""A graph in one file and back."""

from __future__ import annotations

import gzip
from pathlib import Path

import pyoxigraph
import pytest

import kg
from kg.errors import GraphError
from kg.graph import archive
from kg.graph.store import Graph


@pytest.fixture(scope="module")
def saved(corpus_graph: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("backup") / "graph.nq.gz"
    archive.backup(corpus_graph, path)
    return path


def test_what_comes_back_is_the_same_graph(corpus_graph: Path, saved: Path, tmp_path: Path) -> None:
    archive.restore(saved, tmp_path / "back")
    with kg.open(corpus_graph) as old, kg.open(tmp_path / "back") as new:
        assert new.export("nquads") == old.export("nquads")
        assert new.export("turtle") == old.export("turtle")
        assert (new.base, new.state) == (old.base, old.state) != ("", "")


def test_a_backup_of_what_comes_back_is_the_same_file(saved: Path, tmp_path: Path) -> None:
    archive.restore(saved, tmp_path / "back")
    archive.backup(tmp_path / "back", tmp_path / "again.nq.gz")
    assert gzip.decompress((tmp_path / "again.nq.gz").read_bytes()) == gzip.decompress(
        saved.read_bytes()
    )


def test_any_rdf_tool_reads_it(corpus_graph: Path, saved: Path) -> None:
    with gzip.open(saved) as stream:
        quads = set(pyoxigraph.parse(stream, format=pyoxigraph.RdfFormat.N_QUADS))
    with kg.open(corpus_graph) as graph:
        assert len(quads) == sum(1 for line in graph.export("nquads").splitlines() if line)


def test_it_is_taken_while_another_process_writes(corpus_graph: Path, tmp_path: Path) -> None:
    with Graph.open(corpus_graph, read_only=False):
        assert archive.backup(corpus_graph, tmp_path / "online.nq.gz").quads > 1000


@pytest.mark.parametrize("kept", [0.0, 0.5, 0.999])
def test_a_cut_off_file_is_refused(saved: Path, tmp_path: Path, kept: float) -> None:
    data = gzip.decompress(saved.read_bytes())
    (tmp_path / "cut.nq.gz").write_bytes(gzip.compress(data[: int(len(data) * kept)]))
    with pytest.raises(GraphError, match="cannot be used"):
        archive.restore(tmp_path / "cut.nq.gz", tmp_path / "back")
    assert not (tmp_path / "back").exists()


def test_a_changed_file_is_refused(saved: Path, tmp_path: Path) -> None:
    data = gzip.decompress(saved.read_bytes()).replace(b"University", b"Univercity", 1)
    (tmp_path / "changed.nq.gz").write_bytes(gzip.compress(data))
    with pytest.raises(GraphError, match="not whole"):
        archive.restore(tmp_path / "changed.nq.gz", tmp_path / "back")


@pytest.mark.parametrize(
    "content",
    [b"", b"no gzip", gzip.compress(b"<a> <b> <c> <d> .\n", mtime=0)],
    ids=["empty", "plain", "foreign"],
)
def test_another_file_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "other").write_bytes(content)
    with pytest.raises(GraphError, match="cannot be used"):
        archive.verify(tmp_path / "other")


def test_nothing_is_restored_over_something(saved: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("kept")
    for place in (tmp_path, tmp_path / "mine"):
        with pytest.raises(GraphError, match="over something else"):
            archive.restore(saved, place)
    assert (tmp_path / "mine").read_text() == "kept"


def test_a_failed_backup_leaves_the_old_one(tmp_path: Path, saved: Path) -> None:
    old = tmp_path / "graph.nq.gz"
    old.write_bytes(saved.read_bytes())
    with pytest.raises(GraphError):
        archive.backup(tmp_path / "no graph", old)
    assert old.read_bytes() == saved.read_bytes()
    assert [path.name for path in tmp_path.iterdir()] == ["graph.nq.gz"]
