# ruff: noqa: PLC0415 - what is slow to import is imported by the command that needs it
"""A graph from a file, and the terms it is made of: `kg import`, `kg describe`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli import terminal
from kg.cli.options import DEFAULT_GRAPH, GraphFolder


def read(
    source: Annotated[
        Path, typer.Argument(metavar="FILE", help="What kg export wrote: .trig, .nq or .nquads.")
    ],
    graph: GraphFolder = DEFAULT_GRAPH,
) -> None:
    """Make a new graph of an exported file.

    Export and import leave a graph as it was.
    """
    from kg.graph import importing

    terminal.say(f"{graph}: {importing.read(source, graph):,} quads")


def describe(
    term: Annotated[
        str, typer.Argument(metavar="TERM", help="A class, property or concept: Tenure, role:dean.")
    ],
    graph: GraphFolder = DEFAULT_GRAPH,
) -> None:
    """Tell what a term of the ontology means.

    Its labels and definition, its place in the hierarchy, and, where there is a graph, an example.
    """
    from kg.graph import terms
    from kg.graph.store import Graph

    told = terms.describe(term)
    terminal.write_text(told.text, None)
    if graph.is_dir():
        with Graph.open(graph) as held:
            terminal.write_text(terms.example(held, told), None)
