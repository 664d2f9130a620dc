"""The answers to all questions, kept as files: `make golden` makes them anew.

Two graphs are asked: the corpus as its annotators read it, and as the extractor of this version
does. What changes in the answers is then seen in the difference of the files, row by row. Cards,
changes, introductions and prospects are asked of the second, by the command line.
"""

from __future__ import annotations

import tempfile
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path

import pandas as pd
from gold_extractor import GoldExtractor
from typer.testing import CliRunner

from kg.build import build
from kg.cli import app
from kg.graph.store import Graph
from kg.queries.catalogue import ask, questions

HERE = Path(__file__).parent
CORPUS = HERE.parents[1] / "corpus"
FOLDER = HERE / "golden"
ASKED: Mapping[str, Mapping[str, str]] = tomllib.loads((HERE / "asked.toml").read_text("utf-8"))
COMMANDS: Mapping[str, Mapping[str, list[str]]] = tomllib.loads(
    (HERE / "asked_of_commands.toml").read_text("utf-8")
)
PRINTED = FOLDER / "commands"
NAMES = tuple(question.name for question in questions())


def annotated(folder: Path) -> None:
    """Build the graph of the corpus as its annotators read it."""
    build(CORPUS, folder, extractor=GoldExtractor())


def extracted(folder: Path) -> None:
    """Build the graph of the corpus as this version extracts it."""
    build(CORPUS, folder)


GRAPHS: Mapping[str, Callable[[Path], None]] = {"annotated": annotated, "extracted": extracted}


def answer(graph: Graph, name: str) -> pd.DataFrame:
    """Ask a question as `asked.toml` has it."""
    return ask(graph, name, **ASKED.get(name, {}))


def written(table: pd.DataFrame) -> str:
    """Return an answer as the text of its file: of each quote the first words, as a reminder."""
    short = table.drop(columns="source").assign(quote=table["quote"].str.slice(0, 60))
    return str(short.drop_duplicates().to_csv(index=False, lineterminator="\n"))


def golden(kind: str, name: str) -> Path:
    """Return the file of an answer."""
    return FOLDER / kind / f"{name}.csv"


def printed(folder: Path, name: str) -> str:
    """Return what a command of `asked_of_commands.toml` prints, and then what it notes."""
    asked = [*COMMANDS[name]["command"], "--graph", str(folder)]
    done = CliRunner(env={"COLUMNS": "100"}).invoke(app, asked, catch_exceptions=False)
    if done.exit_code:
        raise AssertionError(f"{' '.join(asked)}: {done.output}")
    return done.stdout + "".join(f"# {line}\n" for line in done.stderr.splitlines())


def renew_commands(folder: Path) -> None:
    """Write anew what the commands print for a graph."""
    PRINTED.mkdir(parents=True, exist_ok=True)
    for old in PRINTED.iterdir():
        old.unlink()
    for name in COMMANDS:
        (PRINTED / f"{name}.txt").write_text(printed(folder, name), encoding="utf-8")


def renew() -> None:
    """Write all answers anew."""
    for kind, make in GRAPHS.items():
        for old in (FOLDER / kind).glob("*.csv"):
            old.unlink()
        with tempfile.TemporaryDirectory() as scratch:
            make(Path(scratch) / "graph")
            graph = Graph.open(Path(scratch) / "graph")
            for name in NAMES:
                path = golden(kind, name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(written(answer(graph, name)), encoding="utf-8")
            if kind == "extracted":
                renew_commands(Path(scratch) / "graph")


if __name__ == "__main__":
    renew()
