"""What a tie rests on: partnership is told from having been reported at the same events."""

from __future__ import annotations

from collections.abc import Collection

PARTNERSHIP, CO_ATTENDANCE, POST, PARTICIPATION = (
    "partnership", "co-attendance", "post", "participation",
)  # fmt: skip
PARTNERS = frozenset({"agreement", "facility"})
"""Kinds of facts that make partners."""
GATHERINGS = frozenset({"event", "visit", "signing"})
"""Kinds of facts that one attends: a common hall makes nobody a partner."""


def basis(kinds: Collection[str]) -> str:
    """Return what a tie rests on, by the kinds of its facts; empty if nothing says.

    Parameters
    ----------
    kinds : collection of str
        ``agreement``, ``facility``, ``event``, ``visit``, ``signing``, ``post``,
        ``participation``.

    Returns
    -------
    str
        ``partnership`` if there is a paper or a joint facility among them; else ``post`` or
        ``participation`` (of one in an event); ``co-attendance`` where they are events alone.

    Examples
    --------
    >>> basis(["agreement", "event"]), basis(["event", "visit"])
    ('partnership', 'co-attendance')
    """
    mine = frozenset(kinds)
    if mine & PARTNERS:
        return PARTNERSHIP
    for one in (POST, PARTICIPATION):
        if one in mine:
            return one
    return CO_ATTENDANCE if mine & GATHERINGS else ""
