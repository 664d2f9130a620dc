# ruff: noqa: PLC0415 - what is slow to import is imported by the command that needs it
"""Taking back: `kg withdraw` and `kg forget`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import terminal
from kg.cli.options import DEFAULT_GRAPH, GraphFolder

if TYPE_CHECKING:
    from kg.withdrawing import Loss

_SHOWN = 20

Because = Annotated[
    str,
    typer.Option(metavar="REASON", help="Why; kept in the graph, so without personal data."),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only tell what would vanish.")]


def withdraw(
    document: Annotated[
        str,
        typer.Argument(metavar="DOCUMENT", help="Its address, id or title.", show_default=False),
    ],
    because: Because,
    dry_run: DryRun = False,
    graph: GraphFolder = DEFAULT_GRAPH,
) -> None:
    """Take a document back, with all that only it said.

    The next build does not bring it back. Why and when is kept, the document is not.
    """
    from kg import withdrawing

    loss = withdrawing.withdraw(graph, document, because=because, dry_run=dry_run)
    _tell(loss, "document", dry_run)


def forget(
    person: Annotated[
        str, typer.Argument(metavar="PERSON", help="A name of the person.", show_default=False)
    ],
    because: Because,
    dry_run: DryRun = False,
    graph: GraphFolder = DEFAULT_GRAPH,
) -> None:
    """Take a person out: all that is said of them, and their names in all texts.

    The next build does not bring them back under the names that are known now. Why and when is
    kept, and salted hashes of the names; the names are not.
    """
    from kg import withdrawing

    loss = withdrawing.forget(graph, person, because=because, dry_run=dry_run)
    _tell(loss, "person", dry_run)


def _tell(loss: Loss, kind: str, dry_run: bool) -> None:
    """Print what vanishes; of a person who is gone not even the name."""
    rows = [[kind, loss.what]] if dry_run or kind == "document" else []
    rows += [
        ["in documents" if kind == "person" else "id", name] for name in loss.documents[:_SHOWN]
    ]
    rows += [[what, str(number)] for what, number in loss.statements.items()]
    rows += [["named nowhere else", name] for name in loss.entities[:_SHOWN]]
    if (more := len(loss.entities) - _SHOWN) > 0:
        rows.append(["named nowhere else", f"… and {more} more"])
    terminal.print_rows(["would vanish" if dry_run else "vanished", "what"], rows)
