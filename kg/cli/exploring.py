# ruff: noqa: PLC0415 - what is slow to import is imported by the command that needs it
"""A graph as a whole: `kg export`, `kg validate`, `kg stats`."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import IO, TYPE_CHECKING, Annotated

import typer

from kg.cli import tables, terminal
from kg.cli.analyzing import Projection, Ties, WeightingName
from kg.cli.options import DEFAULT_GRAPH, Form, GraphFolder, Output
from kg.cli.tables import TableFormat
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.graph.store import Graph


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


def export(  # noqa: PLR0913, PLR0917  each option is an assumption of the network
    form: Annotated[ExportFormat, typer.Option("--format", "-f", help="What to write.")],
    projection: Annotated[
        Projection | None, typer.Option(help="Who is joined in the network.")
    ] = None,
    ties: Annotated[Ties | None, typer.Option(help="What joins them.")] = None,
    weighting: Annotated[
        WeightingName | None, typer.Option(help="What a fact adds to a tie.")
    ] = None,
    since: Annotated[
        str | None, typer.Option(metavar="DATE", help="The first day, month or year.")
    ] = None,
    until: Annotated[
        str | None, typer.Option(metavar="DATE", help="The last day, month or year.")
    ] = None,
    country: Annotated[
        list[str] | None,
        typer.Option(metavar="CODE", help="Only who is of this country; may be repeated."),
    ] = None,
    confidence: Annotated[
        float | None, typer.Option(min=0, max=1, help="Only what is believed at least so far.")
    ] = None,
    output: Output = None,
    graph: GraphFolder = DEFAULT_GRAPH,
) -> None:
    """Write the graph for other programs.

    As RDF the whole graph, with its evidence; nanopub, the facts that a person confirmed; ftm,
    FollowTheMoney's JSON lines; graphml, gexf and gephi-…, a network: that of the organizations,
    with all sentences, or with --projection and what follows it, the one that kg analyze measures.
    """
    from kg.analysis.facts import Facts
    from kg.analysis.projections import WEIGHTINGS, project
    from kg.graph.export import NETWORK_FORMATS, write_network
    from kg.graph.store import Graph

    chosen = (projection, ties, weighting, since, until, country, confidence)
    narrowed = any(each is not None and each != [] for each in chosen)
    if narrowed and form.value not in NETWORK_FORMATS:
        raise UsageError(
            f"{form.value} is the graph as a whole, without projection and filters",
            remedy=f"choose one of: {', '.join(NETWORK_FORMATS)}",
        )

    def write(held: Graph, target: IO[bytes]) -> None:
        if not narrowed:
            held.export(form.value, target)
            return
        facts = Facts.of(held).where(since=since, until=until, confidence=confidence or 0.0)
        network = project(
            facts,
            (projection or Projection.organizations).value,
            ties=(ties or Ties.all).value,
            weighting=WEIGHTINGS[(weighting or WeightingName.strength).value],
            countries=country or None,
        )
        write_network(network, form.value, target)

    with Graph.open(graph) as held:
        if output is None:
            write(held, sys.stdout.buffer)
            sys.stdout.buffer.flush()
        else:
            with terminal.replacing(output) as scratch:
                write(held, scratch)


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
