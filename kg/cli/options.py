"""Arguments and options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.tables import TableFormat

GraphFolder = Annotated[
    Path,
    typer.Option("--graph", "-g", envvar="KG_GRAPH", metavar="DIR", help="The graph's folder."),
]
Store = Annotated[
    str | None,
    typer.Option(
        envvar="KG_STORE", metavar="URL", help="A SPARQL endpoint that holds the graph, instead."
    ),
]
Model = Annotated[
    str | None,
    typer.Option(
        metavar="NAME", help="An installed spaCy pipeline to read with, instead of the default one."
    ),
]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", help="Write to this file instead."),
]
Form = Annotated[TableFormat, typer.Option("--format", "-f", help="How to write the table.")]
Sources = Annotated[
    list[str],
    typer.Argument(
        metavar="SOURCE…",
        help="Text or Markdown files, folders of them, or - for standard input.",
        show_default=False,
    ),
]

DEFAULT_GRAPH = Path("graph")


def place(graph: Path, store: str | None) -> Path | str:
    """Return where a command finds its graph: the endpoint, if one is named."""
    return store or graph
