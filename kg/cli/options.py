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
Model = Annotated[
    str | None,
    typer.Option(
        metavar="NAME", help="An installed spaCy pipeline to read with, instead of the default one."
    ),
]
ExtractorName = Annotated[
    str,
    typer.Option("--extractor", metavar="NAME", help="What reads the texts."),
]
Processes = Annotated[
    int, typer.Option(min=1, max=256, help="How many processes read at once, each with a model.")
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
DEFAULT_EXTRACTOR = "rules"
