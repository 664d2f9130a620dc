"""The backbone of a weighted network: which ties matter most.

References
----------
M. Á. Serrano, M. Boguñá, A. Vespignani, "Extracting the multiscale backbone of complex
weighted networks", PNAS 106(16), 6483-6488, 2009.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from kg.maps.layout.two_countries import Tie

UNDECIDED = 0.5


def significance(ties: Sequence[Tie]) -> list[float]:
    """Give the significance of each tie by the disparity filter, 0 for the most significant.

    An end of degree k and strength s judges a tie of weight w by (1 - w/s)^(k-1): the chance
    that so large a share arises when s is split at random. The better judgement of both ends
    counts. An end with one tie cannot judge it; where neither can, it is `UNDECIDED`.

    Parameters
    ----------
    ties : sequence of Tie
        Each pair once, with a weight from 0 to 1.

    Examples
    --------
    >>> significance([Tie(0, 1, 0.75), Tie(0, 2, 0.25)])
    [0.25, 0.75]
    """
    degree: defaultdict[int, int] = defaultdict(int)
    strength: defaultdict[int, float] = defaultdict(float)
    for tie in ties:
        for node in (tie.source, tie.target):
            degree[node] += 1
            strength[node] += tie.weight
    return [_judged(tie, degree, strength) for tie in ties]


def _judged(tie: Tie, degree: Mapping[int, int], strength: Mapping[int, float]) -> float:
    judgements = [
        max(1 - tie.weight / strength[node], 0.0) ** (degree[node] - 1)
        for node in (tie.source, tie.target)
        if degree[node] > 1 and strength[node] > 0
    ]
    return float(min(judgements, default=UNDECIDED))


def ranks(ties: Sequence[Tie]) -> list[int]:
    """Give the place of each tie from essential to dispensable.

    The order is that of w (1 - a), the weight times the belief that it is no chance: the
    filter alone would put the many equal ties of one forum before a pair's only agreement.
    """
    worth = [tie.weight * (1 - level) for tie, level in zip(ties, significance(ties), strict=True)]
    order = sorted(range(len(ties)), key=lambda at: (-round(worth[at], 9), -ties[at].weight, at))
    places = [0] * len(ties)
    for place, at in enumerate(order):
        places[at] = place
    return places
