# ruff: noqa: PLC0415 - what is slow to import is imported by the command that needs it
"""Why the graph states something: `kg explain`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import tables, terminal
from kg.cli.options import DEFAULT_GRAPH, GraphFolder
from kg.cli.tables import TableFormat
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.graph.explaining import Explanation, Support


def explain(
    fact: Annotated[
        str, typer.Argument(metavar="FACT", help="An address, id:tenure-…, or words of the fact.")
    ],
    graph: GraphFolder = DEFAULT_GRAPH,
) -> None:
    """Tell why the graph states a fact.

    The belief in it and how that came about, and each sentence with the words marked that name
    its ends, the extractor and its version. Words that several facts contain list these.
    """
    import pandas as pd

    from kg.graph.explaining import explain as run
    from kg.graph.explaining import facts
    from kg.graph.store import Graph

    with Graph.open(graph) as held:
        spaces = f"{held.base}id/"
        if fact.startswith(("id:", spaces)):
            found = [(fact.replace("id:", spaces, 1) if fact.startswith("id:") else fact, "")]
        else:
            found = facts(held, fact)
        if not found:
            remedy = "try fewer words, such as a name alone"
            raise UsageError("no fact of the graph contains these words", where=fact, remedy=remedy)
        if len(found) > 1:
            listed = [(iri.replace(spaces, "id:"), what) for iri, what in found]
            tables.show(pd.DataFrame(listed, columns=["address", "fact"]), TableFormat.table)
            return
        told = run(held, found[0][0])
    terminal.write_lines((f"{line}\n" for line in _lines(told)), None)


def _lines(told: Explanation) -> Iterator[str]:
    yield told.what
    yield f"  belief {told.belief:.3f} = {told.reckoning}"
    yield from (f"  decided: {one}" for one in told.decided)
    for one in told.support:
        yield ""
        yield f"  “{' '.join(one.marked.split())}”"
        yield from (f"  {line}" for line in one.stands_for)
        yield f"  {_counted(one)}"
        yield f"  {one.report}{', ' if one.published else ''}{one.published}"
        yield f"  {one.source}, characters {one.span[0]} to {one.span[1]}"
        yield f"  read by {one.extractor}"


def _counted(one: Support) -> str:
    sure = f"{one.said}, confidence {one.confidence:g}"
    if one.counts or one.said != "actual":
        return sure
    return f"{sure}, not counted: a surer sentence of this report, release or wording is"
