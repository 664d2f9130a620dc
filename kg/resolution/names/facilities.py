"""Names of joint facilities: which kind it is, and what of the name is its own."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from kg.resolution.names.organizations import organization_name
from kg.resolution.names.spelling import fold
from kg.resolution.words import words

_ORDINAL = re.compile(r"\b(first|second|third|fourth|fifth|[1-9]\d?(?:st|nd|rd|th))\b")
_AT = re.compile(r"\s(?:at|of)\s+(?:the\s+)?(?P<host>(?:(?!\sat\s).)+)$", re.IGNORECASE | re.DOTALL)


class FacilityName(NamedTuple):
    """The name of a facility, taken apart.

    ``kind`` is ``confucius``, ``luban``, ``branch`` or empty; ``own`` are the words that
    neither the kind nor a country explains; ``at`` is the text behind "at" or "of", and
    ``ordinal`` keeps apart the first and the second of one place.
    """

    kind: str
    own: frozenset[str]
    at: str | None
    ordinal: str | None


@lru_cache(maxsize=50_000)
def facility_name(name: str) -> FacilityName:
    """Take the name of a facility apart.

    Examples
    --------
    >>> facility_name("Confucius Institute at Amber University").at
    'Amber University'
    >>> facility_name("second Luban Workshop").ordinal
    'second'
    """
    kind, rest = _kind(fold(name))
    at, ordinal = _AT.search(name), _ORDINAL.search(rest)
    tokens = organization_name(rest).tokens if rest.strip() else ()
    own = frozenset(
        token
        for token in tokens
        if not token.startswith("@") and token not in words().plain and not _ORDINAL.match(token)
    )
    return FacilityName(kind, own, at["host"] if at else None, ordinal[1] if ordinal else None)


def _kind(plain: str) -> tuple[str, str]:
    """Return the kind that a folded name says, and the name without the words that say it."""
    for kind, phrases in words().facilities.items():
        for phrase in phrases:
            rest, found = re.subn(rf"\b{phrase}(?:e?s)?\b", " ", plain)
            if found:
                return kind, rest
    return "", plain
