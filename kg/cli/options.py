"""Arguments and options that several commands share."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.tables import TableFormat
from kg.errors import UsageError

if TYPE_CHECKING:
    import networkx

    from kg.analysis.facts import Facts
    from kg.documents.sources.reader import Options as ReadingOptions
    from kg.graph.store import Graph

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


class Projection(StrEnum):
    """Who is joined in a network."""

    organizations = "organizations"
    people = "people"
    affiliations = "affiliations"
    regions = "regions"
    countries = "countries"


class Ties(StrEnum):
    """What joins them."""

    all = "all"
    events = "events"
    agreements = "agreements"
    facilities = "facilities"
    partnerships = "partnerships"


class WeightingName(StrEnum):
    """What a fact adds to a tie."""

    strength = "strength"
    newman = "newman"
    counts = "counts"


JoinedBy = Annotated[
    Projection | None,
    typer.Option(
        "--projection", show_default="organizations", help="Who is joined in the network."
    ),
]
TiedBy = Annotated[
    Ties | None,
    typer.Option(
        "--ties",
        show_default="all",
        help="What joins them; partnerships are agreements and facilities, events co-attendance.",
    ),
]
WeightedBy = Annotated[
    WeightingName | None,
    typer.Option(
        "--weighting",
        show_default="strength",
        help="Strength as on the map, Newman's 1/(n-1), or the number of facts.",
    ),
]
Since = Annotated[str | None, typer.Option(metavar="DATE", help="The first day, month or year.")]
Until = Annotated[str | None, typer.Option(metavar="DATE", help="The last day, month or year.")]
Countries = Annotated[
    list[str] | None,
    typer.Option("--country", metavar="CODE", help="Only who is of this country; may be repeated."),
]
Confidence = Annotated[
    float | None,
    typer.Option(min=0, max=1, show_default="0", help="Only what is believed at least so far."),
]

DEFAULT_GRAPH = Path("graph")
DEFAULT_EXTRACTOR = "rules"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which network the options of `kg analyze` and `kg export` ask for.

    Parameters
    ----------
    projection, ties, weighting, since, until, countries, confidence
        As the options gave them; None or empty where they were not given.
    """

    projection: Projection | None
    ties: Ties | None
    weighting: WeightingName | None
    since: str | None
    until: str | None
    countries: list[str] | None
    confidence: float | None

    @property
    def is_all(self) -> bool:
        """Whether no option was given."""
        given = (self.projection, self.ties, self.weighting, self.since, self.until,
                 self.countries or None, self.confidence)  # fmt: skip
        return all(each is None for each in given)

    def facts(self, graph: Graph) -> Facts:
        """Read the facts that the network rests on."""
        from kg.analysis.facts import Facts  # noqa: PLC0415 - not needed for help

        return Facts.of(graph).where(
            since=self.since, until=self.until, confidence=self.confidence or 0.0
        )

    @property
    def assumptions(self) -> dict[str, Any]:
        """The options of `kg.analysis.projections.project`."""
        from kg.analysis.projections import WEIGHTINGS  # noqa: PLC0415 - not needed for help

        return {
            "projection": (self.projection or Projection.organizations).value,
            "ties": (self.ties or Ties.all).value,
            "weighting": WEIGHTINGS[(self.weighting or WeightingName.strength).value],
            "countries": self.countries or None,
        }

    def network(self, graph: Graph) -> networkx.Graph:
        """Project the facts of a graph."""
        from kg.analysis.projections import project  # noqa: PLC0415 - not needed for help

        return project(self.facts(graph), **self.assumptions)


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
