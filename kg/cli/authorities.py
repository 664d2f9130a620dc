# ruff: noqa: PLC0415 - what is slow to import is imported by the command that needs it
"""Known institutions: `kg authority import` and `kg authority list`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from kg.cli import tables, terminal
from kg.cli.options import DEFAULT_GRAPH, Form, GraphFolder, Output
from kg.cli.tables import TableFormat

app = typer.Typer(
    help="Institutions that are known under all their names.",
    epilog="Start with: kg authority list",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    rich_markup_mode=None,
)


@app.command("import", epilog="Examples:\n\n  kg authority import ror-data.json\n\n"
             "  kg authority import ours.csv --graph graph")  # fmt: skip
def import_(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="ROR (JSON, schema 2), Wikidata (JSON), or CSV.")
    ],
    graph: GraphFolder = DEFAULT_GRAPH,
) -> None:
    """Let a graph know the institutions of a registry.

    They are kept with the graph under the file's name; importing a file of the same name again
    replaces them. A CSV has the columns name, en, ru, kk, zh, acronyms, former, kind, country,
    city, parent, ror and wikidata, of which only the name must be there.
    """
    from kg.graph import authorities
    from kg.graph.holdings import Holdings
    from kg.graph.settling import settle
    from kg.graph.store import Graph
    from kg.resolution.registries import read_registry

    found = read_registry(file)
    with Graph.open(graph, read_only=False) as held:
        name = re.sub(r"[^\w-]+", "-", file.stem) or "registry"
        authorities.store(held, name, found)
        with terminal.progress() as progress:
            settle(Holdings(held), progress)
    terminal.say(f"{len(found):,} institutions of {file.name} are known to {graph}")


@app.command("list", epilog="Examples:\n\n  kg authority list\n\n  kg authority list -f csv")
def list_(
    form: Form = TableFormat.table, output: Output = None, graph: GraphFolder = DEFAULT_GRAPH
) -> None:
    """Show which of a graph's entities are known institutions, and their identifiers."""
    import pandas as pd

    from kg.graph.store import Graph

    with Graph.open(graph) as held:
        rows = [
            {"entity": name, "identifiers": " ".join(addresses.split("\n"))}
            for name, addresses in held.rows(_KNOWN)
        ]
    tables.show(pd.DataFrame(rows), form, output)


_KNOWN = """
SELECT ?name (GROUP_CONCAT(DISTINCT STR(?address); SEPARATOR="\\n") AS ?addresses) {
  ?one schema:sameAs ?address ; rdfs:label ?name .
} GROUP BY ?one ?name ORDER BY ?name"""
