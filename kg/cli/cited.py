# ruff: noqa: PLC0415 - what is slow to import is imported by the command that needs it
"""Answers with their evidence: each fact on a line, beneath it the sentences it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import RenderableType

QUOTE = "quote"
SOURCE = ("report", "source", "confidence")
"""Columns that say where a fact is said; the questions of the catalogue name them so."""

_GAP = 2
_INDENT = 4
_NARROWEST = 8
_LONGEST_WORD = 20


def is_cited(columns: Sequence[str]) -> bool:
    """Tell whether a table says on which sentences its rows rest."""
    return QUOTE in columns and any(column not in (QUOTE, *SOURCE) for column in columns)


def cited(
    columns: Sequence[str], cells: Sequence[Sequence[str]], width: int
) -> Iterator[RenderableType]:
    """Yield lines for Rich: the facts as a table, and beneath each what it rests on.

    Parameters
    ----------
    columns : sequence of str
        Names of the columns, among them ``quote``.
    cells : sequence of sequences of str
        The rows; neighbours that state one fact are told together.
    width : int
        Columns of the screen.
    """
    from rich.console import Group
    from rich.padding import Padding
    from rich.text import Text

    facts = [
        at
        for at, name in enumerate(columns)
        if name not in (QUOTE, *SOURCE) and any(row[at] for row in cells)
    ]
    header = [columns[at] for at in facts]
    widths = fitted([header, *([row[at] for at in facts] for row in cells)], width)
    yield _line(header, widths, "bold")
    for fact, rows in groupby(cells, key=lambda row: [row[at] for at in facts]):
        yield Text()
        yield _line(fact, widths)
        for row in rows:
            said = dict(zip(columns, row, strict=True))
            yield Padding(Text(f"“{said[QUOTE]}”", "italic"), (0, 0, 0, _INDENT))
            for place in _places(said):
                line = Text(" " * _INDENT + place, "dim", no_wrap=True, overflow="ignore")
                yield Group(line)  # a Text by itself would lose its no_wrap


def _places(said: Mapping[str, str]) -> Iterator[str]:
    """Yield where something is said: the report, and on a line of its own its address."""
    report = " · ".join(said[name] for name in ("report", "confidence") if said.get(name))
    yield from filter(None, (report, said.get("source")))


def fitted(lines: Sequence[Sequence[str]], width: int) -> list[int]:
    """Return widths of columns that fit a screen.

    The widest give way first, and down to their longest word before any word is broken.
    """
    columns = list(zip(*lines, strict=True))
    widths = [max(map(_width, column)) for column in columns]
    words = [max(map(_longest_word, column)) for column in columns]
    for least in (words, [_NARROWEST] * len(columns)):
        while sum(widths) + _GAP * len(widths) > width:
            spare = [max(now - low, 0) and now for now, low in zip(widths, least, strict=True)]
            if not any(spare):
                break
            widths[spare.index(max(spare))] -= 1
    return widths


def _line(cells: Iterable[str], widths: Sequence[int], style: str = "") -> RenderableType:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, show_header=False, padding=(0, _GAP, 0, 0), pad_edge=True)
    for width in widths:
        table.add_column(width=width, overflow="fold")
    table.add_row(*(Text(cell, style) for cell in cells))
    return table


def _width(text: str) -> int:
    from rich.cells import cell_len

    return max(map(cell_len, text.split("\n")), default=0)


def _longest_word(text: str) -> int:
    return min(max(map(_width, text.split()), default=1), _LONGEST_WORD)
