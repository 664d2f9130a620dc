"""Content negotiation: what a client accepts, against what there is (RFC 9110, 12.5.1)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

RESULTS = (
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
    "application/json",
    "application/xml",
)
"""Media types of SELECT and ASK, the first being what a client without wishes gets."""
GRAPHS = (
    "text/turtle",
    "application/n-triples",
    "application/ld+json",
    "application/rdf+xml",
    "application/json",
    "text/plain",
)
"""Media types of CONSTRUCT, DESCRIBE and named graphs."""
HTML = "text/html"

_LONGEST = 2000  # characters of an Accept header that are looked at


def chosen(accept: str | None, offered: Sequence[str]) -> str | None:
    """Return the offered media type that a client likes best; None if it accepts none.

    Parameters
    ----------
    accept : str or None
        The Accept header; none or an empty one accepts everything.
    offered : sequence of str
        Media types, the server's favourite first.

    Examples
    --------
    >>> chosen("text/csv;q=0.5, application/xml", RESULTS)
    'application/xml'
    >>> chosen("text/*", RESULTS)
    'text/csv'
    >>> chosen("image/png", RESULTS) is None
    True
    """
    if not (accept or "").strip():
        return offered[0]
    ranges = list(_ranges((accept or "")[:_LONGEST]))
    liked = [(_quality(media, ranges), -place) for place, media in enumerate(offered)]
    best, place = max(liked)
    return offered[-place] if best > 0 else None


def _ranges(accept: str) -> Iterable[tuple[str, float]]:
    for part in accept.lower().split(","):
        media, *parameters = (piece.strip() for piece in part.split(";"))
        quality = 1.0
        for parameter in parameters:
            name, _, value = parameter.partition("=")
            if name.strip() == "q":
                quality = _number(value)
        if media:
            yield media, quality


def _number(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        return 0.0
    return number if 0 <= number <= 1 else 0.0


def _quality(media: str, ranges: Sequence[tuple[str, float]]) -> float:
    """Return how much a media type is liked: the most specific range that fits it decides."""
    family = media.split("/", maxsplit=1)[0] + "/*"
    for pattern in (media, family, "*/*"):
        fitting = [quality for wanted, quality in ranges if wanted == pattern]
        if fitting:
            return max(fitting)
    return 0.0
