from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import GraphError
from kg.graph.folder import FORMAT, MARKER, Folder
from kg.graph.vocabulary import DEFAULT_BASE

QUAD = Quad(NamedNode("http://e.org/a"), NamedNode("http://e.org/p"), Literal("x"))


def contents(path: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in path.iterdir() if each.is_file()}


class TestFinding:
    def test_nothing_there(self, tmp_path: Path) -> None:
        with pytest.raises(GraphError, match="no graph here") as caught:
            Folder.find(tmp_path / "graph")
        assert "kg build" in str(caught.value)
        assert not (tmp_path / "graph").exists()

    def test_something_else(self, tmp_path: Path) -> None:
        (tmp_path / "thesis.doc").write_text("years of work")
        before = contents(tmp_path)
        with pytest.raises(GraphError, match="not a graph"):
            Folder.find(tmp_path)
        with pytest.raises(GraphError, match=r"something else \(thesis\.doc\)"):
            Folder.make(tmp_path)
        assert contents(tmp_path) == before

    def test_a_file(self, tmp_path: Path) -> None:
        file = tmp_path / "graph"
        file.write_text("text")
        for way in (Folder.find, Folder.make):
            with pytest.raises(GraphError, match="this is a file"):
                way(file)
        assert file.read_text() == "text"

    @pytest.mark.parametrize("marker", ["", "{}", "[]", '{"format": "x", "base": ""}', "\xff"])
    def test_a_damaged_marker(self, tmp_path: Path, marker: str) -> None:
        (tmp_path / MARKER).write_text(marker, encoding="latin-1")
        with pytest.raises(GraphError, match="marker is damaged"):
            Folder.find(tmp_path)

    def test_a_later_format(self, tmp_path: Path) -> None:
        (tmp_path / MARKER).write_text(f'{{"format": {FORMAT + 1}, "base": "{DEFAULT_BASE}"}}')
        with pytest.raises(GraphError, match="upgrade"):
            Folder.find(tmp_path)


class TestMaking:
    def test_a_folder_is_made_once_and_found_again(self, tmp_path: Path) -> None:
        made = Folder.make(tmp_path / "deep" / "graph", "https://kg.test/")
        assert Folder.find(tmp_path / "deep" / "graph") == made
        assert Folder.make(tmp_path / "deep" / "graph") == made

    def test_a_half_made_folder_is_made_whole(self, tmp_path: Path) -> None:
        (tmp_path / f".{MARKER}.new").write_text("{")
        assert Folder.make(tmp_path).base == DEFAULT_BASE

    def test_another_base_is_refused(self, tmp_path: Path) -> None:
        Folder.make(tmp_path, "https://kg.test/")
        with pytest.raises(GraphError, match="stands under"):
            Folder.make(tmp_path, "https://other.test/")

    def test_a_folder_that_cannot_be_made(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("text")
        with pytest.raises(GraphError, match="cannot be used"):
            Folder.make(tmp_path / "file" / "graph")


class TestReadersAndWriters:
    def test_nothing_to_read_before_the_first_build_ends(self, tmp_path: Path) -> None:
        folder = Folder.make(tmp_path)
        folder.writer().add(QUAD)
        with pytest.raises(GraphError, match="no build of this graph has finished"):
            folder.reader()

    def test_readers_see_what_was_published_while_a_writer_goes_on(self, tmp_path: Path) -> None:
        folder = Folder.make(tmp_path)
        store = folder.writer()
        store.add(QUAD)
        folder.publish(store, "a1")
        reader = folder.reader()
        store.remove(QUAD)
        assert list(reader) == list(folder.reader()) == [QUAD]
        folder.publish(store, "b2")
        assert list(folder.reader()) == []
        assert folder.published_state() == "b2"
        assert list(reader) == [QUAD]

    def test_one_writer_at_a_time_even_from_another_process(self, tmp_path: Path) -> None:
        folder = Folder.make(tmp_path)
        store = folder.writer()
        with pytest.raises(GraphError, match="another process"):
            folder.writer()
        script = f"from kg.graph.store import Graph; Graph.open({str(tmp_path)!r}, read_only=False)"
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)
        assert b"open in another process" in done.stderr
        del store
        folder.writer()

    def test_a_build_waits_for_a_change_and_no_other_gets_between(self, tmp_path: Path) -> None:
        folder, held, told = Folder.make(tmp_path), [], []
        held.append(folder.writer())

        def waiting(seconds: float) -> None:
            told.append(seconds)
            held.clear()  # the change ends
            with pytest.raises(GraphError, match="another process"):
                folder.writer()

        store, reservation = folder.reserved_writer(waiting)
        assert len(told) == 1
        with pytest.raises(GraphError, match="another process"):
            folder.writer()
        del store
        with pytest.raises(GraphError, match="another process"):
            folder.writer()  # the build may open it again
        reservation.end()
        folder.writer()

    def test_a_build_waits_for_so_long_and_no_longer(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        folder, told = Folder.make(tmp_path), []
        monkeypatch.setattr("kg.graph.folder.PATIENCE", 0.12)
        store = folder.writer()
        with pytest.raises(GraphError, match="another process"):
            folder.reserved_writer(told.append)
        assert told == sorted(told)
        assert 0 <= told[0] < told[-1] < 0.12
        del store
        folder.writer()  # and the build that gave up stands in nobody's way

    def test_a_second_build_is_told_at_once_also_by_one_that_waits(self, tmp_path: Path) -> None:
        folder, held = Folder.make(tmp_path), []
        held.append(folder.writer())

        def waiting(seconds: float) -> None:
            with pytest.raises(GraphError, match="another process"):
                folder.reserved_writer(lambda seconds: pytest.fail("it waits for a build"))
            held.clear()

        folder.reserved_writer(waiting)

    @pytest.mark.skipif(os.name == "nt", reason="nothing is reserved there")
    def test_a_killed_build_leaves_nothing_reserved(self, tmp_path: Path) -> None:
        script = (
            "import os; from kg.graph.store import Graph\n"
            f"graph = Graph.open({str(tmp_path / 'g')!r}, create=True); os._exit(9)"
        )
        assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 9
        Folder.find(tmp_path / "g").reserved_writer(lambda seconds: pytest.fail("it waits"))

    def test_old_checkpoints_and_drafts_are_cleared(self, tmp_path: Path) -> None:
        folder = Folder.make(tmp_path)
        store = folder.writer()
        for state in ("a1", "b2", "c3"):
            folder.publish(store, state)
        assert [path.name for path in folder.published()] == ["read-000002-b2", "read-000003-c3"]
        (tmp_path / "new-000004").mkdir()
        del store
        folder.writer()
        assert not (tmp_path / "new-000004").exists()
        assert folder.published_state() == "c3"

    def test_a_broken_store_is_told(self, tmp_path: Path) -> None:
        folder = Folder.make(tmp_path)
        folder.publish(folder.writer(), "a1")
        for current in tmp_path.rglob("CURRENT"):
            current.write_bytes(b"nothing of this kind\n")
        for way in (folder.reader, folder.writer):
            with pytest.raises(GraphError, match="cannot be opened"):
                way()
