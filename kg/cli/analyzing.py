# ruff: noqa: PLC0415 - what is slow to import is imported by the command that needs it
"""Networks in figures, and the graph described: `kg analyze`, `kg datasheet`."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli import tables, terminal
from kg.cli.options import (
    DEFAULT_GRAPH,
    Confidence,
    Countries,
    Form,
    GraphFolder,
    JoinedBy,
    Output,
    Since,
    TiedBy,
    Until,
    Wanted,
    WeightedBy,
)
from kg.cli.tables import TableFormat
from kg.errors import UsageError

if TYPE_CHECKING:
    import pandas as pd


class Over(StrEnum):
    """What a bootstrap draws."""

    reports = "reports"
    confidences = "confidences"


class Period(StrEnum):
    """How long a period is."""

    year = "year"
    quarter = "quarter"


def _number(help: str) -> Any:
    return typer.Option(metavar="N", min=1, max=100_000, help=help)


def analyze(  # noqa: PLR0913, PLR0917  each option is an assumption of the analysis
    measure: Annotated[
        str | None,
        typer.Argument(metavar="[MEASURE]", help="Its name; without it, all are listed."),
    ] = None,
    projection: JoinedBy = None,
    ties: TiedBy = None,
    weighting: WeightedBy = None,
    since: Since = None,
    until: Until = None,
    country: Countries = None,
    between: Annotated[
        str, typer.Option(metavar="CODES", help="The two countries of bridges and prospects.")
    ] = "KZ,CN",
    confidence: Confidence = None,
    bootstrap: Annotated[int | None, _number("Replicates for an interval.")] = None,
    over: Annotated[Over, typer.Option(help="What the replicates draw.")] = Over.reports,
    null: Annotated[int | None, _number("Shuffled networks to compare with.")] = None,
    leave_out: Annotated[
        bool, typer.Option("--leave-out", help="Leave out each report in turn.")
    ] = False,
    every: Annotated[Period | None, typer.Option(help="A series over time.")] = None,
    top: Annotated[int | None, _number("Only so many rows.")] = None,
    exact: Annotated[
        bool, typer.Option("--exact", help="Estimate nothing, however large the network is.")
    ] = False,
    seed: Annotated[int, typer.Option(help="Of all chance.")] = 1,
    form: Form = TableFormat.table,
    output: Output = None,
    graph: GraphFolder = DEFAULT_GRAPH,
) -> None:
    """Measure the network of cooperation.

    With --bootstrap intervals of values and ranks, with --null a comparison with networks of the
    same sizes, with --leave-out what each report contributes, with --every a series over time.
    """
    from kg.analysis import catalogue
    from kg.graph.store import Graph

    if measure is None:
        tables.show(catalogue.catalogue(), form, output)
        return
    wanted = Wanted(projection, ties, weighting, since, until, country, confidence)
    design = catalogue.Design(
        bootstrap=bootstrap or 0,
        over=over.value,
        null=null or 0,
        leave_out=leave_out,
        every=every.value if every else None,
        between=_two(between),
        top=top,
        exact=exact,
        seed=seed,
        options=wanted.assumptions,
    )
    with Graph.open(graph) as held:
        facts = wanted.facts(held)
    with _told_once(), terminal.progress() as progress:
        found = catalogue.analyze(facts, measure, design, progress)
    tables.show(_named(found.head(top) if top else found, form), form, output)
    if told := catalogue.crowds(facts, **design.options):
        terminal.say(told)


@contextmanager
def _told_once() -> Iterator[None]:
    """Say at the end what was estimated, each thing once though many networks were measured."""
    from kg.analysis.paths import Approximation

    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always", Approximation)
        yield
    messages = dict.fromkeys(
        str(each.message) for each in told if issubclass(each.category, Approximation)
    )
    for each in told:
        if not issubclass(each.category, Approximation):
            warnings.warn_explicit(each.message, each.category, each.filename, each.lineno)
    for message in messages:
        terminal.say(f"{message.removesuffix('exact on demand')}--exact measures all".strip())


def _named(frame: pd.DataFrame, form: TableFormat) -> pd.DataFrame:
    """Leave out of a table for the eye what only programs need, so that names have room."""
    hidden = (
        {"node", "one", "other", "report", "address", "kind"}
        if form is TableFormat.table
        else set()
    )
    return frame.drop(columns=[name for name in frame.columns if name in hidden])


def _two(codes: str) -> tuple[str, str]:
    parts = [code.strip().upper() for code in codes.split(",")]
    if len(parts) != 2 or not all(len(code) == 2 and code.isalpha() for code in parts):
        raise UsageError(f"{codes!r} are not two countries", remedy="write --between KZ,CN")
    return parts[0], parts[1]


class SheetFormat(StrEnum):
    """What a datasheet can be written as."""

    markdown = "markdown"
    dcat = "dcat"


def datasheet(  # noqa: PLR0913, PLR0917  each option is a line of the sheet
    form: Annotated[
        SheetFormat, typer.Option("--format", "-f", help="Markdown, or DCAT and VoID in Turtle.")
    ] = SheetFormat.markdown,
    title: Annotated[
        str, typer.Option(metavar="TEXT", help="What the graph is called.")
    ] = "A knowledge graph of institutional cooperation",
    creator: Annotated[str, typer.Option(metavar="NAME", help="Who made it.")] = "",
    licence: Annotated[
        str, typer.Option(metavar="URL", help="The licence under which it is given away.")
    ] = "",
    validate: Annotated[
        bool, typer.Option("--validate", help="Check it against its shapes as well.")
    ] = False,
    output: Output = None,
    graph: GraphFolder = DEFAULT_GRAPH,
) -> None:
    """Describe the graph for those who will use or cite it.

    What is in it, from when to when, from which sources, how good it is, what is missing, its
    version and how to cite it.
    """
    from kg.analysis.datasheet import datasheet
    from kg.graph.store import Graph

    with Graph.open(graph) as held:
        sheet = datasheet(held, title=title, licence=licence, creator=creator, validate=validate)
    text = sheet.markdown() if form is SheetFormat.markdown else sheet.dcat()
    terminal.write_text(text, output)
