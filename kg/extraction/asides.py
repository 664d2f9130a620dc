"""Which events of a text are of another time than its news."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extraction.happening import Happening

_OLD = 6  # months


def asides_of(found: Sequence[Happening], published: str | None) -> list[Happening]:
    """Return the events of another time than the news, which is that of the first one told."""
    old = [e for e in found if published is not None and _is_old(e, published)]
    main = next(
        (e for e in found if not e.background and e not in old and e.factuality == "actual"), None
    )
    return [e for e in found if e in old or (main is not None and _is_of_another_time(e, main))]


def _is_old(event: Happening, published: str) -> bool:
    """Whether an event was long before the day of publication."""
    if event.date is None or event.date.value[0] == "-" or len(published) < len("2023-05"):
        return False
    last = event.date.value.rpartition("/")[2]
    if len(last) < len("2023-05"):
        return last[:4] < published[:4]
    months = [12 * int(day[:4]) + int(day[5:7]) for day in (last, published)]
    return months[1] - months[0] > _OLD


def _is_of_another_time(event: Happening, main: Happening) -> bool:
    """Whether an event was or will be some months from the one that the text is about."""
    if event is main or event.date is None or main.date is None:
        return False
    one, other = event.date.value, main.date.value
    if "-" in (one[0], other[0]):
        return False
    if len(one) < 7 or len(other) < 7:
        return one[:4] != other[:4]
    if event.factuality == "actual" and not event.background and other < one:
        return False  # a chronicle goes on from month to month
    months = [12 * int(date[:4]) + int(date[5:7]) for date in (one, other)]
    return abs(months[0] - months[1]) > 1
