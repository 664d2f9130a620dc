"""Learning the weights from gold clusters: ``python -m kg.resolution.linkage.learning corpus``.

Writes what `data/weights.toml` holds to standard output. Every candidate pair of entries of
different documents counts, by its gold clusters, as one thing or as two; the shares are
smoothed by half a pair, so that what was never seen is unlikely and not impossible.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from kg.resolution.identity import Findings
from kg.resolution.linkage.blocking import candidates
from kg.resolution.linkage.features import ORGANIZATION, PERSON, compare
from kg.resolution.linkage.model import sentences
from kg.resolution.linkage.portraits import portraits
from kg.resolution.resolver import match
from kg.resolution.scenes import Scenes, family
from kg.resolution.scoring import Gold, read_gold

_SMOOTH = 0.5
_HEAD = """\
# Learned from the gold clusters of the corpus; made anew by
#   python -m kg.resolution.linkage.learning corpus > kg/resolution/data/weights.toml
# m: the share of pairs of one thing that have the level; u: of pairs of two things.
"""


def learned(gold: Gold) -> str:
    """Return the weights that gold clusters teach, as TOML."""
    scenes = Scenes(gold.records)
    found = match(scenes)
    return "\n".join((_HEAD, *(_table(gold, kind, _pairs(gold, found, kind)) for kind in _KINDS)))


_KINDS = ("person", "organization")
Levels = dict[str, str]


def _pairs(gold: Gold, found: Findings, kind: str) -> Iterator[tuple[bool, Levels]]:
    """Yield whether each candidate pair is one thing, with the levels of its features."""
    entries = [
        (scene.handle(entity.id),)
        for scene in found.known.scenes.values()
        for entity in scene.entities.values()
        if family(entity.type) == kind
    ]
    shown = portraits(found, entries)
    for one, other in candidates(shown):
        pair = (entries[one][0], entries[other][0])
        if frozenset(pair) not in gold.undecided:
            same = gold.clusters[pair[0]] == gold.clusters[pair[1]]
            yield same, compare(shown[one], shown[other])


def _table(gold: Gold, kind: str, pairs: Iterator[tuple[bool, Levels]]) -> str:
    counted: Counter[tuple[bool, str, str]] = Counter()
    totals: Counter[bool] = Counter()
    for same, levels in pairs:
        totals[same] += 1
        counted.update((same, *item) for item in levels.items())
    lines = [f"[{kind}]", f"candidates = {totals.total()}", f"matches = {totals[True]}", ""]
    for feature in PERSON if kind == "person" else ORGANIZATION:
        names = sorted(sentences(kind, feature))
        lines.append(f"[{kind}.features.{feature}]")
        lines += [_line(counted, feature, level, names) for level in names]
        lines.append("")
    return "\n".join(lines)


def _line(
    counted: Counter[tuple[bool, str, str]], feature: str, level: str, names: list[str]
) -> str:
    m, u = (
        (counted[same, feature, level] + _SMOOTH)
        / (sum(counted[same, feature, name] for name in names) + _SMOOTH * len(names))
        for same in (True, False)
    )
    return f'"{level}" = {{ m = {m:.4f}, u = {u:.4f} }}'


if __name__ == "__main__":
    print(learned(read_gold(Path(sys.argv[1]))), end="")
