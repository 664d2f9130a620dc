# ruff: noqa: PLC0415 - what is slow to import is imported by the command that needs it
"""Whom to turn to next: `kg prospects`."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli import tables, terminal
from kg.cli.options import DEFAULT_GRAPH, Form, GraphFolder, Output
from kg.cli.tables import TableFormat


def prospects(
    institution: Annotated[str, typer.Argument(help="An institution, by any of its names.")],
    top: Annotated[int, typer.Option(min=1, help="How many to show.")] = 10,
    form: Form = TableFormat.table,
    output: Output = None,
    graph: GraphFolder = DEFAULT_GRAPH,
) -> None:
    """Rank institutions abroad that fit one and have no tie with it yet.

    With the reasons as sentences. How well such rankings came true in earlier years is said on
    standard error: AUC 0.5 is chance.
    """
    from kg.analysis.facts import Facts
    from kg.analysis.introductions import found_one
    from kg.analysis.openings import areas, hindsight, openings, twins
    from kg.graph.store import Graph

    with Graph.open(graph) as held:
        one = found_one(held, institution)
        facts = Facts.of(held)
        found = openings(facts, one, areas(held), top, twins(held))
    tables.show(found, form, output)
    checked = hindsight(facts)
    for row in checked.to_dict("records"):
        terminal.say(
            f"back-test {row['cut']}, by {row['score']}: {row['came']} of {row['candidates']} "
            f"candidate pairs were tied later; AUC {row['auc']:.2f}"
        )
    if checked.empty:
        terminal.say("back-test: too few dated ties to say how well such rankings come true")
