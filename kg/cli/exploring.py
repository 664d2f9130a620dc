# ruff: noqa: PLC0415 - what is slow to import is imported by the command that needs it
"""A graph as a whole: `kg export`, `kg validate`, `kg stats`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

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
    projection: JoinedBy = None,
    ties: TiedBy = None,
    weighting: WeightedBy = None,
    since: Since = None,
    until: Until = None,
    country: Countries = None,
    confidence: Confidence = None,
    output: Output = None,
    graph: GraphFolder = DEFAULT_GRAPH,
) -> None:
    """Write the graph for other programs.

    As RDF the whole graph, with its evidence; nanopub, the facts that a person confirmed; ftm,
    FollowTheMoney's JSON lines; graphml, gexf and gephi-…, a network: that of the organizations,
    with all sentences, or with --projection and what follows it, the one that kg analyze measures.
    """
    from kg.graph.gephi import NETWORK_FORMATS
    from kg.graph.store import Graph

    wanted = Wanted(projection, ties, weighting, since, until, country, confidence)
    if not wanted.is_all and form.value not in NETWORK_FORMATS:
        raise UsageError(
            f"{form.value} is the graph as a whole, without projection and filters",
            remedy=f"choose one of: {', '.join(NETWORK_FORMATS)}",
        )
    with Graph.open(graph) as held, _target(output) as target:
        _write(held, form, wanted, target)


@contextmanager
def _target(output: Path | None) -> Iterator[IO[bytes]]:
    """Give what is written to: the file, as a whole, or standard output."""
    if output is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
    else:
        with terminal.replacing(output) as scratch:
            yield scratch


def _write(held: Graph, form: ExportFormat, wanted: Wanted, target: IO[bytes]) -> None:
    from kg.graph.gephi import write_network

    if wanted.is_all:
        held.export(form.value, target)
    else:
        write_network(wanted.network(held), form.value, target)


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
