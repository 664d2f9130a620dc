# ruff: noqa: PLC0415 - what is slow to import is imported by the command that needs it
"""The graph over HTTP: `kg serve`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from kg.cli import terminal
from kg.cli.options import DEFAULT_GRAPH, GraphFolder, Store, place
from kg.errors import UsageError


def serve(  # noqa: PLR0913, PLR0917 - each is a choice of the one who runs it
    graph: GraphFolder = DEFAULT_GRAPH,
    store: Store = None,
    host: Annotated[str, typer.Option(help="Address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen at.")] = 7878,
    seconds: Annotated[float, typer.Option(min=0.1, help="Time that a query may take.")] = 15.0,
    rows: Annotated[int, typer.Option(min=1, help="Rows of an answer.")] = 100_000,
    memory: Annotated[int, typer.Option(min=64, help="Mebibytes that a query may take.")] = 1024,
    workers: Annotated[int, typer.Option(min=1, help="Processes for queries, and for pages.")] = 2,
    update_seconds: Annotated[
        float, typer.Option(min=0.1, help="Time that a program's update may take.")
    ] = 60.0,
    rate: Annotated[
        float, typer.Option(min=0, help="Requests a second from one address; 0 for any.")
    ] = 20.0,
    origins: Annotated[
        str, typer.Option(metavar="ORIGIN", help="Whose pages may read answers; '' for none.")
    ] = "*",
    allow_edits: Annotated[
        bool,
        typer.Option("--allow-edits", help="Let who has the key in KG_EDIT_KEY change the graph."),
    ] = False,
    edit_key_file: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="The file that holds the key, instead of KG_EDIT_KEY."),
    ] = None,
) -> None:
    """Serve the graph: a SPARQL endpoint, and pages to ask it in words.

    Only reads, unless --allow-edits lets people with a key decide what is right, and programs
    with it send updates; it begins a graph where there is none. A query that takes too much
    time or memory is ended, and the others go on. Stop it with Ctrl-C.
    """
    import kg

    try:
        import uvicorn

        from kg.server.app import create
    except ImportError as error:
        raise UsageError(
            f"the server needs the package {error.name}",
            remedy="pip install 'silkgraph[server]'",
        ) from None
    from kg.server.settings import Settings

    source = place(graph, store)
    key = _key(allow_edits, edit_key_file, source)
    if key:
        _begin(Path(source))
    kg.open(source).close()  # says at once what is wrong with it
    settings = Settings(
        graph=source,
        seconds=seconds,
        rows=rows,
        memory=memory,
        workers=workers,
        updating=update_seconds,
        rate=rate,
        origins=origins,
        key=key,
    )
    _log_to_standard_error()
    terminal.say(f"http://{host}:{port}/ serves {source}; Ctrl-C stops it")
    uvicorn.run(
        create(settings),
        host=host,
        port=port,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=10,
        timeout_keep_alive=15,
        limit_concurrency=500,
        h11_max_incomplete_event_size=65_536,
    )


def _key(allowed: bool, file: Path | None, source: Path | str) -> str:
    """Return the key that lets people change the graph; it goes to no process of the server's."""
    held = os.environ.pop("KG_EDIT_KEY", "")
    if not allowed:
        if file is not None:
            raise UsageError("--edit-key-file does nothing without --allow-edits")
        return ""
    from kg.server.keys import checked

    if isinstance(source, str):
        raise UsageError(
            "people decide about a graph in a folder",
            where=source,
            remedy="leave --allow-edits out, or serve the folder with --graph",
        )
    if file is not None:
        try:
            held = file.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(f"the key cannot be read ({error})", where=str(file)) from None
    return checked(held)


def _begin(folder: Path) -> None:
    """Make an empty graph where there is nothing yet, for programs to fill."""
    from kg.graph.folder import MARKER
    from kg.graph.store import Graph

    if not (folder / MARKER).exists():
        Graph.open(folder, create=True).close()


def _log_to_standard_error() -> None:
    import logging

    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(message)s"))
    log = logging.getLogger("kg.server")
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    log.propagate = False
