# ruff: noqa: PLC0415 - what is slow to import is imported by the command that needs it
"""The identity card of an institution: `kg card`."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import tables, terminal
from kg.cli.options import DEFAULT_GRAPH, GraphFolder, Output
from kg.cli.tables import TableFormat

if TYPE_CHECKING:
    from kg.analysis.identity import IdentityCard


class CardFormat(StrEnum):
    """What a card can be written as."""

    table = "table"
    markdown = "markdown"
    html = "html"
    json = "json"


def card(
    institution: Annotated[str, typer.Argument(help="An institution, by any of its names.")],
    form: Annotated[
        CardFormat, typer.Option("--format", "-f", help="How to write the card.")
    ] = CardFormat.table,
    output: Output = None,
    graph: GraphFolder = DEFAULT_GRAPH,
) -> None:
    """Show the identity card of an institution.

    Its names by language, identifiers, what it is part of and what is part of it, who heads it,
    and what it and its parts did, each with its sentence; what a part did names the part.
    """
    from kg.analysis.identity import card as run
    from kg.graph.store import Graph

    with Graph.open(graph) as held:
        found = run(held, institution)
    if form is CardFormat.table and output is None:
        terminal.write_lines(_head(found), None)
        left_out = ["reports", "fact", "link"]
        tables.show(found.facts.drop(columns=left_out), TableFormat.table)
        if found.uncertain:
            terminal.write_lines(["\n", *(f"? {one}\n" for one in found.uncertain)], None)
        return
    terminal.write_text(_text(found, form), output)


def _head(found: IdentityCard) -> list[str]:
    lines = [f"{name}: {text}\n" for name, text in found.lines()]
    return [f"{found.label}\n", *(f"  {line}" for line in lines), "\n"]


def _text(found: IdentityCard, form: CardFormat) -> str:
    if form is CardFormat.json:
        return json.dumps(found.to_dict(), ensure_ascii=False, indent=2) + "\n"
    if form is CardFormat.html:
        body = found._repr_html_()  # what a notebook shows
        return f'<!doctype html><html lang="en"><meta charset="utf-8">{body}</html>\n'
    return found.markdown()
