"""Names of embassies and consulates: rank, sending state, and where they stand."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from kg.extraction import places
from kg.resolution.names.spelling import fold
from kg.resolution.words import words

_AT = re.compile(r"\b(?:in|to|at)\b")
_REPUBLIC = re.compile(r"^people republic of ")
_ARTICLE = re.compile(r"\bthe\b")


class MissionName(NamedTuple):
    """What the name of a mission says; None for what it does not.

    ``post`` is where it stands: an alpha-2 code, or the folded name of a city.
    """

    rank: str
    sender: str | None
    post: str | None


@lru_cache(maxsize=20_000)
def mission_name(name: str) -> MissionName | None:
    """Take the name of a mission apart; None for the name of anything else.

    Examples
    --------
    >>> mission_name("Chinese Consulate General in Almaty")
    MissionName(rank='consulate', sender='CN', post='almaty')
    >>> mission_name("Embassy of the Republic of Kazakhstan")
    MissionName(rank='embassy', sender='KZ', post=None)
    """
    plain = " ".join(_ARTICLE.sub(" ", fold(name)).split())
    for rank, phrases in words().missions.items():
        for phrase in phrases:
            match = re.search(rf"\b{phrase}\b", plain)
            if match is not None:
                return _read(rank, plain[: match.start()].strip(), plain[match.end() :].strip())
    return None


def _read(rank: str, before: str, after: str) -> MissionName:
    """Read sender and post from what stands before and after the word for the mission."""
    sending, *standing = _AT.split(after, maxsplit=1)
    sender = _state(before) or _state(sending.strip().removeprefix("of").strip())
    where = standing[0].strip() if standing else ""
    return MissionName(rank, sender, post_of(where) if where else None)


def post_of(place: str) -> str:
    """Return the place where a mission stands as missions compare it.

    Examples
    --------
    >>> post_of("Kazakhstan"), post_of("the city of Almaty")
    ('KZ', 'almaty')
    """
    known = places.lookup(place)
    if known is None:
        return fold(place)
    return known.country if known.kind == "country" and known.country else fold(known.name)


def _state(phrase: str) -> str | None:
    """Return the code of the state that a noun, an adjective or a possessive names."""
    phrase = _REPUBLIC.sub("", phrase)
    place = places.adjective(phrase) or places.lookup(phrase) if phrase else None
    return place.country if place is not None and place.kind == "country" else None
