"""Which pairs are worth comparing: those that share a rare enough part of a name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from kg.resolution.linkage.portraits import Portrait
from kg.resolution.names.acronyms import capitals, initials, is_acronym
from kg.resolution.names.spelling import skeleton, sounds

CROWDED = 60
"""Things that share a key beyond which it is narrowed by country, and then given up."""
_PREFIX = 5


def candidates(portraits: Sequence[Portrait]) -> Iterator[tuple[int, int]]:
    """Yield pairs of positions of portraits that share a block and no document.

    A block is never larger than `CROWDED`, so that the number of pairs grows with the number
    of portraits and not with its square.
    """
    blocks: defaultdict[str, list[int]] = defaultdict(list)
    for at, portrait in enumerate(portraits):
        for key in set(_keys(portrait)):
            blocks[key].append(at)
    shared: defaultdict[int, list[Sequence[int]]] = defaultdict(list)
    for block in blocks.values():
        for part in _narrowed(block, portraits) if len(block) > 1 else ():
            for at in part[:-1]:
                shared[at].append(part)
    for one in sorted(shared):
        others = {other for part in shared.pop(one) for other in part if other > one}
        yield from ((one, other) for other in sorted(others) if not _beside(portraits, one, other))


def _beside(portraits: Sequence[Portrait], one: int, other: int) -> bool:
    """Return whether one document names both: it tells them apart."""
    return not portraits[one].documents.isdisjoint(portraits[other].documents)


def _narrowed(block: list[int], portraits: Sequence[Portrait]) -> Iterable[list[int]]:
    if len(block) <= CROWDED:
        return [block]
    parts: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for at in block:
        one = portraits[at]
        for where in one.institutions or ((country,) for country in one.countries):
            parts[where].append(at)
    return [part for _, part in sorted(parts.items()) if len(part) <= CROWDED]


def _keys(portrait: Portrait) -> Iterator[str]:
    return _person_keys(portrait) if portrait.person else _organization_keys(portrait)


def _person_keys(portrait: Portrait) -> Iterator[str]:
    for name in portrait.person_names():
        for part in name.parts:
            yield f"person {skeleton(part)}"
            if len(part) > _PREFIX and not name.chinese:
                yield f"person {sounds(part)[:_PREFIX]}*"


def _organization_keys(portrait: Portrait) -> Iterator[str]:
    for name in portrait.organization_names():
        for token in () if name.generic else name.distinctive:
            yield f"body {skeleton(token)}"
        if name.generic:  # the name of many: only those of one place may be one
            places = map(str, portrait.institutions or portrait.countries or ("nowhere",))
            yield from (f"body {' '.join(name.core)} in {place}" for place in places)
    for text in portrait.names:
        letters = {capitals(text)} if is_acronym(text) else initials(text)
        yield from (f"letters {one}" for one in letters if len(one) > 2)
