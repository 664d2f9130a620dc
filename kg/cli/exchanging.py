# ruff: noqa: PLC0415 - what is slow to import is imported by the command that needs it
"""A graph from a file, and the terms it is made of: `kg import`, `kg describe`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli import terminal
from kg.cli.options import DEFAULT_GRAPH, GraphFolder
from kg.errors import UsageError


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
        str | None,
        typer.Argument(metavar="TERM", help="A class, property or concept: Tenure, role:dean."),
    ] = None,
    html: Annotated[
        Path | None, typer.Option(help="Write all terms to this file, as a page.")
    ] = None,
    graph: GraphFolder = DEFAULT_GRAPH,
) -> None:
    """Tell what a term of the ontology means.

    Its labels and definition, its place in the hierarchy, and, where there is a graph, an example.
    With --html all terms, each class with an example.
    """
    from kg.graph import terms
    from kg.graph.store import Graph

    if (term is None) == (html is None):
        raise UsageError(
            "there is no term to describe" if term is None else "one term makes no page",
            remedy="give a TERM, such as Tenure, or --html FILE for all of them",
        )
    if html is not None:
        from kg.graph import glossary

        with Graph.open(graph) as held:
            terminal.write_text(glossary.render(held), html)
        return
    told = terms.describe(str(term))
    terminal.write_text(told.text, None)
    if graph.is_dir():
        with Graph.open(graph) as held:
            terminal.write_text(terms.example(held, told), None)
