# ruff: noqa: PLC0415 - what is slow to import is imported by the command that needs it
"""What the commands print: data on standard output, everything else on standard error."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal

from kg.cli.cited import cited, is_cited
from kg.errors import KgError, UsageError
from kg.graph.reservation import WAITING

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

PLAIN_WIDTH = 100
"""Columns of a table that goes into a file or a pipe, where no terminal says otherwise."""


class InterruptionError(KgError):
    """The user pressed Ctrl-C; the status is that of shells, 128 and the signal's number."""

    status = 130


@cache
def out() -> Console:
    """Return the console of standard output."""
    return _console(sys.stdout)


@cache
def err() -> Console:
    """Return the console of standard error."""
    return _console(sys.stderr)


def _console(stream: object) -> Console:
    from rich.console import Console

    console = Console(file=stream, highlight=False)  # type: ignore[arg-type]
    if not console.is_terminal and "COLUMNS" not in os.environ:
        console.width = PLAIN_WIDTH
    return console


def say(text: str) -> None:
    """Print a line for the reader on standard error, exactly as it is."""
    print(text, file=sys.stderr, flush=True)


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None]]:
    """Show a bar for each step of a work on standard error, if that is a terminal."""
    from rich import progress as bars

    columns = (
        bars.TextColumn("{task.description}"),
        bars.BarColumn(),
        bars.MofNCompleteColumn(),
        bars.TextColumn("{task.fields[rate]}"),
        bars.TimeRemainingColumn(compact=True),
    )
    with bars.Progress(*columns, console=err(), disable=not err().is_terminal) as shown:
        tasks: dict[str, bars.TaskID] = {}

        def update(step: str, done: int, total: int) -> None:
            if step == WAITING and not done:
                return  # most waits are over in less than a second
            if step not in tasks:
                if step == WAITING:
                    say(f"kg: another process changes the graph; waiting up to {total} s for it")
                tasks[step] = shown.add_task(step, total=total, rate="")
            speed = next(task.speed for task in shown.tasks if task.id == tasks[step])
            rate = f"{speed:,.1f}/s" if speed else ""
            shown.update(tasks[step], completed=done, total=total, rate=rate)

        yield update


def print_rows(columns: Sequence[str], cells: Sequence[Sequence[str]]) -> None:
    """Print a table as wide as the terminal; without one, in plain characters."""
    if not cells:
        say("no rows")
    elif out().is_terminal:
        _print(out(), columns, cells)
    else:
        write_text(rows_as_text(columns, cells), None)


def rows_as_text(columns: Sequence[str], cells: Sequence[Sequence[str]]) -> str:
    """Return a table as plain text."""
    from rich.console import Console

    stream = StringIO()
    _print(Console(file=stream, width=out().width), columns, cells)
    return "".join(f"{line.rstrip()}\n" for line in stream.getvalue().splitlines())


def _print(console: Console, columns: Sequence[str], cells: Sequence[Sequence[str]]) -> None:
    if is_cited(columns):
        for line in cited(columns, cells, console.width):
            console.print(line, crop=False)
    else:
        console.print(_table(columns, cells, plain=not console.is_terminal))


def _table(columns: Sequence[str], cells: Sequence[Sequence[str]], *, plain: bool) -> Table:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.ASCII2 if plain else box.SIMPLE_HEAD, show_edge=False)
    for number, column in enumerate(columns):
        table.add_column(Text(str(column)), justify=_side(cells, number), overflow="fold")
    for row in cells:
        table.add_row(*(Text(cell) for cell in row))
    return table


def _side(cells: Sequence[Sequence[str]], column: int) -> Literal["left", "right"]:
    numbers = all(_is_number(row[column]) for row in cells)
    return "right" if numbers else "left"


def _is_number(text: str) -> bool:
    with suppress(ValueError):
        float(text)
        return True
    return not text


def write_text(text: str, output: Path | None) -> None:
    """Write text to a file, or to standard output."""
    write_lines([text], output)


def write_lines(lines: Iterable[str], output: Path | None) -> None:
    """Write lines to a file, or each as it comes to standard output; always in UTF-8."""
    if output is not None:
        with replacing(output) as stream:
            stream.writelines(line.encode("utf-8", "replace") for line in lines)
        return
    for line in lines:
        sys.stdout.write(line)
        sys.stdout.flush()


def write_file(output: Path, content: bytes) -> None:
    """Write a file as a whole or not at all, and say where it is."""
    with replacing(output) as stream:
        stream.write(content)


@contextmanager
def replacing(output: Path) -> Iterator[BinaryIO]:
    """Open a file that takes the place of `output` once it is written whole.

    Raises
    ------
    UsageError
        If it cannot be written there.
    """
    special = output.exists() and not output.is_file()  # a pipe or a device takes what comes
    scratch = output if special else output.with_name(f".{output.name}-{os.getpid()}")
    try:
        with scratch.open("wb") as stream:
            yield stream
        if not special:
            scratch.replace(output)
    except (OSError, ValueError) as error:
        raise UsageError(
            f"it cannot be written: {getattr(error, 'strerror', None) or error}",
            where=str(output),
            remedy="name a file in a folder that you may write to",
        ) from None
    finally:
        if not special:
            with suppress(OSError):
                scratch.unlink(missing_ok=True)
    say(f"written to {output}")
