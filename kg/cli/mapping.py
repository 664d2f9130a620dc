# ruff: noqa: PLC0415 - what is slow to import is imported by the command that needs it
"""Pictures for those who decide: `kg map` and `kg brief`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import terminal
from kg.cli.options import DEFAULT_GRAPH, GraphFolder, Store, place
from kg.errors import UsageError

if TYPE_CHECKING:
    import networkx as nx

    from kg.graph.store import Graph


class NetworkKind(StrEnum):
    """The networks that a graph can be projected to."""

    organizations = "organizations"
    people = "people"
    affiliations = "affiliations"
    events = "events"


Page = Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="The page to write.")]
Pair = Annotated[
    tuple[str, str] | None,
    typer.Option(metavar="A B", help="Only the ties between two institutions or places."),
]
Years = Annotated[
    tuple[int, int] | None,
    typer.Option(metavar="YEAR YEAR", help="New, kept and lost ties of two years."),
]


def draw(  # noqa: PLR0913, PLR0917  each option is a way to look at the graph
    output: Page = Path("map.html"),
    network: Annotated[NetworkKind, typer.Option(help="Who is joined on the map.")] = (
        NetworkKind.organizations
    ),
    focus: Annotated[
        str | None, typer.Option(metavar="NAME", help="Only who is near this institution.")
    ] = None,
    depth: Annotated[int, typer.Option(min=1, max=9, help="With --focus: how many ties away.")] = 1,
    between: Pair = None,
    compare: Years = None,
    people: Annotated[bool, typer.Option("--people", help="People who met.")] = False,
    events: Annotated[bool, typer.Option("--events", help="Events and who took part.")] = False,
    graph: GraphFolder = DEFAULT_GRAPH,
    store: Store = None,
) -> None:
    """Draw the network of cooperation.

    One page that opens in any browser, without a connection: choose an institution to see its
    partners, people, agreements and events, or a line to see the sentences that it rests on.
    """
    import kg
    from kg import maps

    if sum((focus is not None, between is not None, compare is not None)) > 1:
        raise UsageError(
            "--focus, --between and --compare each ask for a map of its own",
            remedy="give one of them",
        )
    kind = _kind(network, people=people, events=events)
    with kg.open(place(graph, store)) as held:
        drawn = _network(held, kind)
    if focus is not None:
        drawn = maps.focus(drawn, focus, depth)
    elif between is not None:
        drawn = maps.between(drawn, *between)
    elif compare is not None:
        drawn = maps.compare(drawn, *compare)
    page = maps.write(drawn, output)
    terminal.say(
        f"{page}: {drawn.number_of_nodes()} nodes, {drawn.number_of_edges()} ties; "
        f"open {page.resolve().as_uri()}"
    )


def _kind(network: NetworkKind, *, people: bool, events: bool) -> NetworkKind:
    if people and events:
        raise UsageError(
            "--people and --events ask for a map of their own each", remedy="give one of them"
        )
    if people:
        return NetworkKind.people
    return NetworkKind.events if events else network


def _network(held: Graph, kind: NetworkKind) -> nx.Graph:
    from kg import maps

    if kind is NetworkKind.events:
        return maps.gatherings(held)
    return maps.described(held.network(kind.value), held)


def brief(
    output: Annotated[
        Path,
        typer.Option(
            "--output", "-o", metavar="FILE", help="An .html file; the .pdf is put beside it."
        ),
    ] = Path("brief.html"),
    focus: Annotated[
        str | None, typer.Option(metavar="NAME", help="About this institution and its partners.")
    ] = None,
    pdf: Annotated[bool, typer.Option(help="Print a PDF as well.")] = True,
    graph: GraphFolder = DEFAULT_GRAPH,
) -> None:
    """Write a briefing of two pages for a leader.

    A still map, the strongest partners, what is new, who bridges the countries, open promises
    and what is uncertain; each sentence has its sources in notes.
    """
    from kg import maps
    from kg.graph.store import Graph
    from kg.maps.brief import write

    with Graph.open(graph) as held:
        told = _network(held, NetworkKind.organizations)
    if focus is not None:
        told = maps.focus(told, focus)
    page = write(told, output.with_suffix(".html"))
    terminal.say(f"{page}: open {page.resolve().as_uri()}")
    if pdf:
        terminal.say(f"{write(told, output.with_suffix('.pdf'))}: for print")
