# ruff: noqa: PLC0415 - what is slow to import is imported by the command that needs it
"""A graph as a whole: `kg export`, `kg validate`, `kg stats`."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

import typer

from kg.cli import tables, terminal
from kg.cli.options import DEFAULT_GRAPH, Form, GraphFolder, Output
from kg.cli.tables import TableFormat


class ExportFormat(StrEnum):
    """What a graph can be written as."""

    trig = "trig"
    nquads = "nquads"
    turtle = "turtle"
    jsonld = "jsonld"
    graphml = "graphml"
    gexf = "gexf"
    rdf12 = "rdf12"
    nanopub = "nanopub"
    ftm = "ftm"
    gephi_nodes = "gephi-nodes"
    gephi_edges = "gephi-edges"


def export(
    form: Annotated[ExportFormat, typer.Option("--format", "-f", help="What to write.")],
    output: Output = None,
    graph: GraphFolder = DEFAULT_GRAPH,
) -> None:
    """Write the graph for other programs.

    As RDF the whole graph, with its evidence; nanopub, the facts that a person confirmed; ftm,
    FollowTheMoney's JSON lines; graphml, gexf and gephi-…, the network of organizations.
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
