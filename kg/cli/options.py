"""Arguments and options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.tables import TableFormat
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.documents.sources.reader import Options as ReadingOptions

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
        help="Files (text, Markdown, HTML, PDF, DOCX, EML, CSV, JSON Lines, Parquet, WARC, feeds, "
        "ZIP and tar of them), folders of them, addresses (https://…), or - for standard input.",
        show_default=False,
    ),
]
Columns = Annotated[
    list[str] | None,
    typer.Option(
        "--column",
        metavar="FIELD=NAME",
        help="Which column of a table holds text, title, source, published, language or id.",
    ),
]
AllowedHosts = Annotated[
    list[str] | None,
    typer.Option(
        "--allow-host", metavar="HOST", help="A host to read although its address is private."
    ),
]
Delay = Annotated[
    float,
    typer.Option(min=0.0, metavar="SECONDS", help="Between two requests to one server."),
]
ReportFile = Annotated[
    Path | None,
    typer.Option("--report", metavar="FILE", help="Write as JSON what was read, failed, and why."),
]
MaxFailures = Annotated[
    float | None,
    typer.Option(
        min=0.0, max=1.0, metavar="SHARE", help="End with status 3 if more failed than this."
    ),
]

DEFAULT_GRAPH = Path("graph")
DEFAULT_EXTRACTOR = "rules"


def reading(columns: list[str] | None, hosts: list[str] | None, delay: float) -> ReadingOptions:
    """Return how sources are read, as the options say it."""
    from kg.documents.sources.reader import Options  # noqa: PLC0415 - not needed for help
    from kg.documents.sources.tables import names  # noqa: PLC0415

    pairs = dict(_pair(column, list(names())) for column in columns or [])
    return Options(columns=pairs, allowed_hosts=frozenset(hosts or ()), delay=delay)


def _pair(column: str, fields: list[str]) -> tuple[str, str]:
    field, _, name = column.partition("=")
    if not name or field not in fields:
        raise UsageError(
            f"--column {column} names no column",
            remedy=f"write FIELD=NAME; fields are {', '.join(fields)}",
        )
    return field, name


def place(graph: Path, store: str | None) -> Path | str:
    """Return where a command finds its graph: the endpoint, if one is named."""
    return store or graph
