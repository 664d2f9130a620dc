"""The weight of evidence: how much each level of each feature says for or against.

After Fellegi and Sunter: a level that is *m* times in a hundred seen between entries of one
thing, and *u* times between entries of two, weighs log2(m / u) bits. Weights add up with the
log-odds of any candidate pair to be one thing; what results is turned into a probability.

References
----------
.. [1] I. P. Fellegi and A. B. Sunter, "A theory for record linkage", Journal of the American
   Statistical Association 64 (1969).
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kg.resolution.linkage.features import UNKNOWN, compare
from kg.resolution.linkage.portraits import Portrait


@dataclass(frozen=True, slots=True)
class Weights:
    """What was learned for one family, people or organizations.

    Parameters
    ----------
    prior : float
        Log-odds, in bits, of a candidate pair to be one thing.
    levels : mapping of (feature, level) to float
        Bits that a level weighs.
    """

    prior: float
    levels: Mapping[tuple[str, str], float]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two things compared.

    Parameters
    ----------
    probability : float
        That they are one.
    grounds : tuple of (float, str)
        Bits and a sentence for each feature that says anything, the weightiest first.
    levels : mapping of str to str
        The level of each feature.
    """

    probability: float
    grounds: tuple[tuple[float, str], ...]
    levels: Mapping[str, str]

    @property
    def reasons_for(self) -> tuple[str, ...]:
        """What speaks for one thing."""
        return tuple(text for bits, text in self.grounds if bits > 0)

    @property
    def reasons_against(self) -> tuple[str, ...]:
        """What speaks for two."""
        return tuple(text for bits, text in self.grounds if bits < 0)

    def __str__(self) -> str:
        text = f"same because {'; '.join(self.reasons_for) or 'of nothing'}"
        against = "; ".join(self.reasons_against)
        return f"{text}, although {against}" if against else text


def weigh(one: Portrait, other: Portrait) -> Comparison:
    """Compare two portraits of one family.

    Returns
    -------
    Comparison
        The probability that they are one, with the sentences behind it.
    """
    family = "person" if one.person else "organization"
    known = weights()[family]
    levels = compare(one, other)
    bits = {
        feature: known.levels.get((feature, level), 0.0)
        for feature, level in levels.items()
        if level != UNKNOWN
    }
    total = known.prior + sum(bits.values())
    told = [
        (weight, sentences(family, feature)[levels[feature]])
        for feature, weight in bits.items()
        if weight
    ]
    grounds = tuple(sorted(told, key=lambda ground: (-abs(ground[0]), ground[1])))
    return Comparison(1 / (1 + 2 ** -max(-60.0, min(60.0, total))), grounds, levels)


@cache
def weights() -> Mapping[str, Weights]:
    """Return the learned weights of the package, by family."""
    data = tomllib.loads(_text("weights.toml"))
    return {
        family: Weights(
            math.log2(table["matches"] / (table["candidates"] - table["matches"])),
            {
                (feature, level): math.log2(share["m"] / share["u"])
                for feature, levels in table["features"].items()
                for level, share in levels.items()
            },
        )
        for family, table in data.items()
    }


@cache
def _sentences() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    return tomllib.loads(_text("reasons.toml"))


def sentences(family: str, feature: str) -> Mapping[str, str]:
    """Return the levels that a feature of a family has, each with its sentence."""
    known = _sentences()
    return known[family].get(feature) or known["either"].get(feature, {})


def _text(name: str) -> str:
    return (files("kg.resolution") / "data" / name).read_text(encoding="utf-8")
