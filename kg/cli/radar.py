# ruff: noqa: PLC0415 - what is slow to import is imported by the command that needs it
"""What changed: `kg radar`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from kg.cli import tables, terminal
from kg.cli.options import DEFAULT_GRAPH, Form, GraphFolder, Output
from kg.cli.tables import TableFormat
from kg.errors import UsageError


def radar(  # noqa: PLR0913, PLR0917 - what it can be told
    since: Annotated[str, typer.Option(metavar="DATE", help="Since this day, month or year.")],
    strong: Annotated[
        float, typer.Option(min=0, max=1, help="How strong a tie was that is told when quiet.")
    ] = 0.2,
    atom: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write an Atom feed of the changes as well.")
    ] = None,
    form: Form = TableFormat.table,
    output: Output = None,
    graph: GraphFolder = DEFAULT_GRAPH,
) -> None:
    """Show what changed between institutions since a date.

    New partners, who met for the first time, strong ties that have grown quiet, and posts that
    changed hands, each with its sentence.
    """
    from kg.analysis.facts import Facts
    from kg.analysis.radar import atom as feed
    from kg.analysis.radar import radar as run
    from kg.graph.dates import bounds
    from kg.graph.sightings import sightings
    from kg.graph.store import Graph

    first = bounds(since).earliest
    if first is None:
        remedy = "write 2024, 2024-07 or 2024-07-03"
        raise UsageError(f"{since!r} is not a date", where="--since", remedy=remedy)
    with Graph.open(graph) as held:
        facts = Facts.of(held)
        found = run(facts, sightings(held), date.fromisoformat(first), strong=strong)
        address = f"{held.base}radar"
    if atom is not None:
        terminal.write_text(feed(found, address, str(facts.newest or first)), atom)
    tables.show(found, form, output)
