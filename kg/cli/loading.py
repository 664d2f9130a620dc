"""Records in: `kg load`."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli import terminal
from kg.cli.building import tell
from kg.cli.options import DEFAULT_GRAPH, GraphFolder, MaxFailures, ReportFile

Records = Annotated[
    list[str],
    typer.Argument(
        metavar="RECORDS…",
        help="Files that `kg extract` wrote, with texts: Parquet or JSON Lines; folders of "
        "them; also addresses that fsspec opens.",
        show_default=False,
    ),
]


def load(
    records: Records,
    graph: GraphFolder = DEFAULT_GRAPH,
    report: ReportFile = None,
    max_failures: MaxFailures = None,
) -> None:
    """Load extracted records into the graph.

    The graph is the one that `kg build` would make of the same documents. A record that the graph
    holds already is passed over, so that a load that was cut off goes on where it was.
    """
    from kg.loading import load as run  # noqa: PLC0415 - not needed for help

    try:
        with terminal.progress() as progress:
            done = run(records, graph, progress=progress)
    except KeyboardInterrupt:
        raise terminal.InterruptionError(
            "interrupted; what was loaded is kept", remedy="run the same command again to go on"
        ) from None
    tell(done, graph, report, max_failures)
