"""Where spans lie in a text, answered without looking at all of them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from kg.extraction.record import Span


class Cover:
    """The part of a text that some spans cover.

    Parameters
    ----------
    spans : iterable of (start, end)
        The spans, in any order; they may overlap.
    """

    def __init__(self, spans: Iterable[Span]):
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(spans):
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            else:
                self._starts.append(start)
                self._ends.append(end)

    def touches(self, start: int, end: int) -> bool:
        """Whether any of the spans shares a character with ``[start, end)``."""
        last = bisect_left(self._starts, end) - 1
        return last >= 0 and self._ends[last] > start


def holder(spans: Sequence[Span], offset: int) -> int | None:
    """Return the index of the span that holds an offset; the spans are in order and disjoint."""
    index = bisect_right(spans, offset, key=lambda span: span[0]) - 1
    return index if index >= 0 and offset < spans[index][1] else None


def overlapping(spans: Sequence[Span], start: int, end: int) -> Iterator[int]:
    """Yield the indices of the spans that share a character with ``[start, end)``.

    The spans are in order and disjoint.
    """
    index = max(0, bisect_right(spans, start, key=lambda span: span[0]) - 1)
    while index < len(spans) and spans[index][0] < end:
        if spans[index][1] > start:
            yield index
        index += 1
