"""What a user gets wrong: one line that names the thing and the remedy, and nothing lost."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.errors import DocumentError, ExtractionError, GraphError, QueryError, UsageError
from kg.graph.store import Graph

Kg = Callable[..., "subprocess.CompletedProcess[str]"]


def refused(done: subprocess.CompletedProcess[str], status: int, *words: str) -> None:
    """Check that a command ended with one clear line and its status."""
    assert done.returncode == status, done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    (line,) = done.stderr.splitlines()
    assert line.startswith("kg: ")
    assert " — " in line, "no remedy"
    for word in words:
        assert word in line


def file(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize("command", ["build", "extract"])
class TestSources:
    def test_a_missing_file(self, kg: Kg, command: str) -> None:
        refused(kg(command, "no.txt"), DocumentError.status, "no.txt", "no such file")

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            ("", "there is no text in it"),
            (" \n\n", "there is no text in it"),
            ("Заседание".encode("cp1251"), "not UTF-8"),
            (b"\x7fELF\x02\x01\x00\x00", "a binary file"),
            (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "a PDF file"),
            ("---\ntitle: A\nA text.\n", "the front matter is not closed"),
            ("---\ntitle: [A\n---\nA text.\n", "the front matter is malformed"),
            ("---\npublished: soon\n---\nA text.\n", "'published' is no date"),
        ],
        ids=["empty", "blank", "cp1251", "binary", "pdf", "open", "yaml", "date"],
    )
    def test_a_file_that_is_no_text(
        self, kg: Kg, tmp_path: Path, command: str, content: str | bytes, said: str
    ) -> None:
        file(tmp_path, "a.txt", content)
        refused(kg(command, "a.txt"), DocumentError.status, "a.txt", said)
        assert not (tmp_path / "graph").exists()

    def test_a_folder_with_nothing_to_read(self, kg: Kg, tmp_path: Path, command: str) -> None:
        (tmp_path / "empty").mkdir()
        refused(kg(command, "empty"), DocumentError.status, "empty", "nothing to read")

    def test_empty_standard_input(self, kg: Kg, command: str) -> None:
        refused(kg(command, "-"), DocumentError.status, "standard input")

    def test_a_language_that_is_not_read_yet(self, kg: Kg, tmp_path: Path, command: str) -> None:
        file(tmp_path, "a.txt", "---\nlanguage: xx\n---\nLorem ipsum.\n")
        done = kg(command, "a.txt")
        assert done.returncode in {DocumentError.status, ExtractionError.status}
        (line,) = done.stderr.splitlines()
        assert "'xx'" in line

    def test_an_unknown_pipeline(self, kg: Kg, tmp_path: Path, command: str) -> None:
        file(tmp_path, "a.txt", "A text.")
        refused(kg(command, "a.txt", "--model", "xx_no"), ExtractionError.status, "xx_no")


class TestAmongMany:
    def test_one_broken_file_stops_nothing_and_is_told_at_the_end(
        self, kg: Kg, tmp_path: Path
    ) -> None:
        for name, content in {"a.txt": "A text.", "b.txt": b"\xff\xfe", "c.txt": "A."}.items():
            file(tmp_path, name, content)
        done = kg("build", tmp_path)
        assert done.returncode == 0
        assert "not read" in done.stdout
        (line,) = done.stderr.splitlines()
        assert "b.txt" in line
        assert "not a text" in line
        count = "SELECT (COUNT(*) AS ?n) { ?d a coop:SourceDocument }"
        assert kg("query", count, "--format", "csv").stdout == "n\n2\n"

    def test_extract_prints_the_others_and_ends_with_the_status(
        self, kg: Kg, tmp_path: Path
    ) -> None:
        file(tmp_path, "a.txt", "A text.")
        file(tmp_path, "b.txt", "")
        done = kg("extract", "a.txt", "b.txt")
        assert done.returncode == DocumentError.status
        assert done.stdout.count("\n") == 1
        assert "b.txt" in done.stderr


class TestQuestions:
    @pytest.fixture(autouse=True)
    def _in_the_built_folder(self, built: Path, tmp_path: Path) -> None:
        shutil.copytree(built / "graph", tmp_path / "graph")

    @pytest.mark.parametrize("query", ["SELEC ?s { }", "SELECT ?s { ?s ?p }", "", "no query"])
    def test_a_query_that_is_no_sparql(self, kg: Kg, query: str) -> None:
        refused(kg("query", query), QueryError.status)

    def test_an_undeclared_prefix(self, kg: Kg) -> None:
        refused(kg("query", "SELECT ?s { ?s a nope:X }"), QueryError.status, "nope:")

    @pytest.mark.parametrize(
        "update",
        ["DELETE WHERE { ?s ?p ?o }", "DROP ALL", "SELECT ?s { SERVICE <http://localhost> { } }"],
    )
    def test_a_query_reads_only(self, kg: Kg, update: str) -> None:
        before = kg("export", "--format", "nquads").stdout
        refused(kg("query", update), QueryError.status)
        assert kg("export", "--format", "nquads").stdout == before

    def test_a_missing_query_file(self, kg: Kg) -> None:
        refused(kg("query", "no.rq"), QueryError.status, "no.rq")

    def test_an_unknown_question(self, kg: Kg) -> None:
        refused(kg("ask", "who-is-it"), UsageError.status, "who-is-it", "agreements")

    def test_an_unknown_parameter(self, kg: Kg) -> None:
        first = kg("questions", "--format", "csv").stdout.splitlines()[1].split(",")[0]
        refused(kg("ask", first, "--param", "colour=red"), UsageError.status, "colour")

    def test_a_workbook_without_a_file(self, kg: Kg) -> None:
        query = "SELECT ?s { ?s a foaf:Person }"
        refused(kg("query", query, "--format", "xlsx"), UsageError.status, "--output")

    def test_a_file_that_cannot_be_written(self, kg: Kg) -> None:
        for output in ["no/such/a.csv", "graph"]:
            query = "SELECT ?s { ?s a foaf:Person }"
            done = kg("query", query, "--format", "csv", "--output", output)
            refused(done, UsageError.status, output)
        refused(kg("map", "--output", "no/map.html"), UsageError.status, "no")
        done = kg("export", "--format", "trig", "--output", "no/a.trig")
        refused(done, UsageError.status, "no/a.trig")


READING = [
    ["query", "ASK { ?s ?p ?o }"],
    ["ask", "agreements"],
    ["map"],
    ["export", "--format", "trig"],
    ["validate"],
    ["stats"],
]


class TestGraphFolders:
    @pytest.mark.parametrize("command", READING, ids=lambda command: command[0])
    def test_no_graph(self, kg: Kg, tmp_path: Path, command: list[str]) -> None:
        refused(kg(*command), GraphError.status, "graph", "kg build")
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize("command", [*READING, ["build", "a.txt"]], ids=lambda c: c[0])
    def test_a_folder_that_is_something_else(
        self, kg: Kg, tmp_path: Path, command: list[str]
    ) -> None:
        file(tmp_path, "a.txt", "A text.")
        other = tmp_path / "other"
        other.mkdir()
        file(other, "thesis.doc", "years of work")
        refused(kg(*command, "--graph", "other"), GraphError.status, "other")
        assert [path.name for path in other.iterdir()] == ["thesis.doc"]

    @pytest.mark.parametrize("command", [*READING, ["build", "a.txt"]], ids=lambda c: c[0])
    def test_a_file_instead_of_a_folder(self, kg: Kg, tmp_path: Path, command: list[str]) -> None:
        file(tmp_path, "a.txt", "A text.")
        refused(kg(*command, "--graph", "a.txt"), GraphError.status, "a.txt")
        assert (tmp_path / "a.txt").read_text() == "A text."

    def test_a_graph_that_another_build_writes_to(
        self, kg: Kg, built: Path, tmp_path: Path
    ) -> None:
        shutil.copytree(built / "graph", tmp_path / "graph")
        before = kg("export", "--format", "nquads").stdout
        file(tmp_path, "new.txt", "A text.")
        with Graph.open(tmp_path / "graph", create=True):  # as a build opens it
            refused(kg("build", "new.txt"), GraphError.status, "graph")
            assert kg("export", "--format", "nquads").stdout == before
        assert kg("build", "new.txt").returncode == 0

    def test_a_damaged_graph(self, kg: Kg, built: Path, tmp_path: Path) -> None:
        shutil.copytree(built / "graph", tmp_path / "graph")
        for path in (tmp_path / "graph").rglob("CURRENT"):
            path.write_bytes(b"nothing of this kind\n")
        refused(kg("stats"), GraphError.status, "graph")


def test_texts_in_languages_that_are_not_read_are_counted_and_the_others_read(
    kg: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    foreign = "Ректор Северного университета встретилась с делегацией Гаванского университета. "
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "one.txt").write_text(foreign * 5, encoding="utf-8")
    (tmp_path / "reports" / "two.txt").write_text(
        "Anna Berg, Rector of Northern University, spoke."
    )
    done = kg("build", "reports")
    assert done.returncode == 0
    assert "documents not read | " in " ".join(done.stdout.split())
    assert "one.txt" in done.stderr
    assert "seems to be 'ru'" in done.stderr
