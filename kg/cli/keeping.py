# ruff: noqa: PLC0415 - what is slow to import is imported by the command that needs it
"""A graph in a file and back: `kg backup`, `kg restore`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli import terminal
from kg.cli.options import DEFAULT_GRAPH, GraphFolder


def backup(
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="The file to write.")
    ] = Path("graph.nq.gz"),
    graph: GraphFolder = DEFAULT_GRAPH,
) -> None:
    """Write the graph to one file, and read it back to be sure.

    Readers and a running build may go on; the file holds what the last finished build left.
    """
    from kg.graph import archive

    done = archive.backup(graph, output)
    terminal.say(f"{done.path}: {done.quads} quads in {done.graphs} graphs, read back and the same")


def restore(
    source: Annotated[Path, typer.Argument(metavar="FILE", help="What kg backup wrote.")],
    graph: GraphFolder = DEFAULT_GRAPH,
) -> None:
    """Make a graph from a backup, in a folder that holds nothing yet.

    The folder is there once the graph is whole and was compared with the backup.
    """
    from kg.graph import archive

    done = archive.restore(source, graph)
    terminal.say(f"{graph}: {done.quads} quads in {done.graphs} graphs, the same as in {source}")
