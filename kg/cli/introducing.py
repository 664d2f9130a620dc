# ruff: noqa: PLC0415 - what is slow to import is imported by the command that needs it
"""Who can introduce us: `kg introduce`."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli import tables, terminal
from kg.cli.options import DEFAULT_GRAPH, Form, GraphFolder, Output
from kg.cli.tables import TableFormat

Who = Annotated[str, typer.Argument(help="An institution or a person, by any of its names.")]


def introduce(  # noqa: PLR0913, PLR0917 - what it can be told
    one: Who,
    other: Who,
    small: Annotated[
        int, typer.Option(min=2, help="Most members of a gathering at which people meet.")
    ] = 8,
    form: Form = TableFormat.table,
    output: Output = None,
    graph: GraphFolder = DEFAULT_GRAPH,
) -> None:
    """Show who can introduce ONE to OTHER.

    The shortest and the strongest chain through posts, papers, joint facilities and small
    gatherings, each step with its sentence; never through a crowd that sat in one hall.
    """
    from kg.analysis.facts import Facts
    from kg.analysis.introductions import found_one, halls, introductions
    from kg.graph.store import Graph

    with Graph.open(graph) as held:
        ends = [found_one(held, name) for name in (one, other)]
        found = introductions(Facts.of(held), *ends, small=small, crowds=halls(held))
    tables.show(found, form, output)
    if found.empty:
        terminal.say("nothing joins the two: try a larger --small, or another institution")
