# ruff: noqa: PLC0415 - what is slow to import is imported by the command that needs it
"""A graph as a whole: `kg map`, `kg export`, `kg validate`, `kg stats`."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kg.cli import tables, terminal
from kg.cli.options import DEFAULT_GRAPH, Form, GraphFolder, Output, Store, place
from kg.cli.tables import TableFormat


class NetworkKind(StrEnum):
    """The networks that a graph can be projected to."""

    organizations = "organizations"
    people = "people"
    affiliations = "affiliations"


class ExportFormat(StrEnum):
    """What a graph can be written as."""

    trig = "trig"
    nquads = "nquads"
    turtle = "turtle"
    jsonld = "jsonld"
    graphml = "graphml"


def draw(
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="The page to write.")
    ] = Path("map.html"),
    network: Annotated[
        NetworkKind, typer.Option(help="Who is joined on the map.")
    ] = NetworkKind.organizations,
    graph: GraphFolder = DEFAULT_GRAPH,
    store: Store = None,
) -> None:
    """Draw the network of cooperation.

    One page that opens in any browser, without a connection; choose a line to see the
    sentences that it rests on.
    """
    import kg
    from kg import maps

    with kg.open(place(graph, store)) as held:
        drawn = held.network(network.value)
    page = maps.write(drawn, output)
    terminal.say(
        f"{page}: {drawn.number_of_nodes()} nodes, {drawn.number_of_edges()} ties; "
        f"open {page.resolve().as_uri()}"
    )


def export(
    form: Annotated[ExportFormat, typer.Option("--format", "-f", help="What to write.")],
    output: Output = None,
    graph: GraphFolder = DEFAULT_GRAPH,
) -> None:
    """Write the graph for other programs.

    As RDF the whole graph, with its evidence; as GraphML the network of organizations.
    """
    from kg.graph.store import Graph

    with Graph.open(graph) as held:
        if output is None:
            held.export(form.value, sys.stdout.buffer)
            sys.stdout.buffer.flush()
        else:
            with terminal.replacing(output) as scratch:
                held.export(form.value, scratch)


def validate(graph: GraphFolder = DEFAULT_GRAPH) -> None:
    """Check the graph against its ontology.

    Ends with status 1 if the graph breaks a shape; warnings are for a person to look at.
    """
    from kg.graph.store import Graph

    with Graph.open(graph) as held:
        found = held.validate()
    for result in found:
        print(result)
    broken = sum(result.severity == "Violation" for result in found)
    terminal.say(f"{broken} violations, {len(found) - broken} warnings")
    if broken:
        raise typer.Exit(1)


def stats(
    form: Form = TableFormat.table, output: Output = None, graph: GraphFolder = DEFAULT_GRAPH
) -> None:
    """Count what the graph holds."""
    from kg.graph.store import Graph

    with Graph.open(graph) as held:
        tables.show(held.stats(), form, output)
