"""How countries, kinds and strengths look: colour, shape, size and width.

Colours themselves stand in ``page/page.css``, once for light and once for dark
surroundings; here a country gets the name of its slot. The two countries that the map
sets side by side take the first slots, the next ones those that are left, the rest share
one: nobody tells more than seven colours apart.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

PRINCIPALS = ("CN", "KZ")
COLOURED = 6
REST, UNKNOWN = "rest", "unknown"

_SHAPES = {
    "University": "dot",
    "School": "dot",
    "AcademicUnit": "dot",
    "OrganizationalUnit": "dot",
    "Person": "dot",
    "GovernmentBody": "square",
    "PartyOrganization": "square",
    "DiplomaticMission": "diamond",
    "ResearchInstitute": "hexagon",
    "JointFacility": "star",
    "Enterprise": "triangleDown",
    "Company": "triangleDown",
    "Event": "star",
}
_OTHER_SHAPE = "triangle"
_CIRCLE = "M-7.5 0a7.5 7.5 0 1 0 15 0a7.5 7.5 0 1 0 -15 0z"
_STAR = "M0-9.5 2.4-3 9.3-2.9 3.8 1.3 5.8 7.9 0 4-5.8 7.9-3.8 1.3-9.3-2.9-2.4-3z"
# Outlines of SVG, in a square from -10 to 10, as vis-network draws these shapes on a canvas.
OUTLINES = {
    "dot": _CIRCLE,
    "square": "M-7-7H7V7H-7z",
    "diamond": "M0-9 9 0 0 9-9 0z",
    "hexagon": "M8.5 0 4.2 7.4H-4.2L-8.5 0-4.2-7.4H4.2z",
    "star": _STAR,
    "triangleDown": "M0 8 8.5-6.5H-8.5z",
    "triangle": "M0-8 8.5 6.5H-8.5z",
}
SHAPES = tuple(OUTLINES)

_SMALLEST, _LARGEST = 7.0, 20.0
_THINNEST, _THICKEST = 1.0, 9.0


def shape(kind: str) -> str:
    """Name the shape that stands for a kind of institution.

    Parameters
    ----------
    kind : str
        Local name of an ontology class.

    Returns
    -------
    str
        One of `SHAPES`, which vis-network draws and the legend shows.
    """
    return _SHAPES.get(kind, _OTHER_SHAPE)


def principals(countries: Iterable[str]) -> tuple[str, str]:
    """Choose the two countries that face each other on the map.

    China and Kazakhstan whenever one of them is there, otherwise the two most frequent;
    equally frequent ones in the order of their codes. A missing one is the empty string.
    """
    counts = Counter(code for code in countries if code)
    if any(code in counts for code in PRINCIPALS):
        return PRINCIPALS
    ordered = sorted(counts, key=lambda code: (-counts[code], code))[:2]
    first, second = (*ordered, "", "")[:2]
    return first, second


def slots(countries: Sequence[str]) -> Mapping[str, str]:
    """Give each country the name of its colour slot.

    Parameters
    ----------
    countries : sequence of str
        The country of each institution; the empty string where it is not known.

    Returns
    -------
    mapping of str to str
        Slot by country code, the principal countries first, then the most frequent.
    """
    counts = Counter(countries)
    pair = principals(countries)
    others = [code for code in counts if code and code not in pair]
    others.sort(key=lambda code: (-counts[code], code))
    found = {code: str(number) for number, code in enumerate(pair) if code in counts}
    free = COLOURED - len(pair)
    found |= {code: str(len(pair) + number) for number, code in enumerate(others[:free])}
    found |= dict.fromkeys(others[free:], REST)
    return found | ({"": UNKNOWN} if "" in counts else {})


def size(strength: float, greatest: float) -> float:
    """Radius of an institution: its area grows with the sum of the strengths of its ties."""
    share = strength / greatest if greatest > 0 else 0.0
    return round(_SMALLEST + (_LARGEST - _SMALLEST) * math.sqrt(share), 2)


def width(weight: float) -> float:
    """Width of a tie of a strength from 0 to 1, on the same scale in every map."""
    return round(_THINNEST + (_THICKEST - _THINNEST) * weight, 2)
