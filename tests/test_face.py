"""What ``import kg`` offers."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

import kg
from kg.errors import DocumentError, GraphError, UsageError

SLOW = ("spacy", "pandas", "rdflib", "pyoxigraph", "networkx", "yaml")


def test_all_that_is_offered_is_there() -> None:
    assert sorted(kg.__all__) == kg.__all__
    for name in kg.__all__:
        assert callable(getattr(kg, name)), name
        assert name in dir(kg)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        kg.nothing  # noqa: B018


def test_the_version_is_that_of_the_package() -> None:
    assert kg.__version__ == version("silkgraph")


def test_importing_it_loads_nothing_slow() -> None:
    script = f"import sys, kg; print([name for name in {SLOW} if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


@pytest.mark.parametrize(
    "first", ["kg.build", "from kg.build import build", "import kg.build", "kg.BuildReport"]
)
def test_build_can_be_called_however_it_was_imported(first: str) -> None:
    script = f"import kg; {first}; print(callable(kg.build), kg.build.build.__name__)"
    if first == "kg.build":
        script = "import kg; print(callable(kg.build), kg.build.__name__.split('.')[-1])"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout == "True build\n"


def test_from_a_text_to_a_graph_to_an_answer(tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text("Anna Berg, Rector of Northern University, arrived in Oslo on May 3, 2024.\n")
    built = kg.build(report, tmp_path / "graph")
    assert (built.read, built.failed) == (1, ())
    graph = kg.open(tmp_path / "graph")
    assert list(graph.ask("person", person="Anna Berg")["post"]) == ["Rector"]
    assert list(kg.ask(graph, "person", person="berg")["post"]) == ["Rector"]
    assert list(kg.ask(tmp_path / "graph", "person", person="berg")["post"]) == ["Rector"]
    assert kg.build(report, tmp_path / "graph").unchanged == 1


def test_reading_a_text_or_a_file(tmp_path: Path) -> None:
    text = "Anna Berg, Rector of Northern University, arrived in Oslo."
    (tmp_path / "report.txt").write_text(text)
    for source in (text, tmp_path / "report.txt", str(tmp_path / "report.txt")):
        record = kg.read(source)
        names = {entity.name for entity in record.entities}
        assert {"Anna Berg", "Northern University"} <= names
        record.check(text)


def test_what_cannot_be_opened_read_or_asked(tmp_path: Path) -> None:
    with pytest.raises(GraphError):
        kg.open(tmp_path / "graph")
    with pytest.raises(DocumentError):
        kg.read("missing.txt")
    with pytest.raises(GraphError):
        kg.ask(tmp_path / "graph", "person", person="x")
    with pytest.raises(UsageError):
        kg.build([], tmp_path / "graph", base="no address")


def test_the_questions_are_listed() -> None:
    assert {"partners", "agreements"} <= {question.name for question in kg.questions()}
