"""What is right and what is wrong: hits, and errors in classes that call for different mending.

Of what is left when the hits are taken away, a missed and a made-up statement that are nearly the
same are one error: of boundary, of type, or with a wrong end. Each is paired once, the clearest
first, so that the classes of a kind add up to what is missed and what is spurious.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from kg.evaluation.matching import normal
from kg.evaluation.statements import ENTITY_KINDS, Alignment, Statement
from kg.extraction.record import Entity, Record

HIT = "hit"
CLASSES = ("boundary", "type", "wrong end", "missed", "spurious")
"""The classes of errors.

boundary
    The right thing under too long or too short a name; a role or a date cut differently.
type
    The right thing with another type, or the right agent in another capacity.
wrong end
    A relation of which all ends but one are right.
missed, spurious
    A statement of the gold that nothing found is near to; one that nothing of the gold is near to.
"""
# The end of a relation that is no thing of its own, and what it is to have that one wrong.
_WORDS = {
    "position": (1, "boundary"),
    "position of": (1, "boundary"),
    "event date": (1, "boundary"),
    "participation": (1, "type"),
    "facility": (1, "type"),
}


@dataclass(frozen=True, slots=True)
class Judgement:
    """A hit, or an error of one of `CLASSES`, with the statements it is about."""

    document: str
    kind: str
    error: str
    gold: Statement | None
    found: Statement | None


def judge(
    document: str,
    kind: str,
    gold: Sequence[Statement],
    found: Sequence[Statement],
    pairing: Pairing,
) -> Iterator[Judgement]:
    """Yield a judgement for each statement of a kind, paired where two belong together."""
    theirs = {statement.ends: statement for statement in gold}
    mine: dict[object, Statement] = {}
    for statement in found:
        mine.setdefault(statement.ends, statement)
    for ends in theirs.keys() & mine.keys():
        yield Judgement(document, kind, HIT, theirs.pop(ends), mine.pop(ends))
    missed, spurious = list(theirs.values()), list(mine.values())
    for error, one, other in pairing.pairs(kind, missed, spurious):
        missed.remove(one)
        spurious.remove(other)
        yield Judgement(document, kind, error, one, other)
    for one in missed:
        yield Judgement(document, kind, pairing.alone(one, "missed"), one, None)
    for one in spurious:
        yield Judgement(document, kind, pairing.alone(one, "spurious"), None, one)


class Pairing:
    """Which missed and spurious statements of two records belong together, and why.

    Parameters
    ----------
    gold, found : Record
        The two records.
    alignment : Alignment
        Their entities, events and agreements, as far as they are the same.
    """

    def __init__(self, gold: Record, found: Record, alignment: Alignment):
        theirs = {entity.id: entity.type for entity in gold.entities}
        mine = {entity.id: entity.type for entity in found.entities}
        self._mistyped = {
            other for id, other in alignment.entities.items() if mine[id] != theirs[other]
        }

    def pairs(
        self, kind: str, missed: Sequence[Statement], spurious: Sequence[Statement]
    ) -> list[tuple[str, Statement, Statement]]:
        """Return error class, gold and found statement of each pair, the clearest pairs first."""
        error = _entity_error if kind in ENTITY_KINDS else _relation_error
        return list(_one_to_one(error, missed, spurious))

    def alone(self, statement: Statement, error: str) -> str:
        """Return the class of a statement without a partner in its kind.

        A university that was found as a school is missed among the universities for its type.
        """
        typed = statement.kind in ENTITY_KINDS and statement.ends[0] in self._mistyped
        return "type" if typed else error


def _one_to_one(
    judge: Callable[[Statement, Statement], str | None],
    missed: Sequence[Statement],
    spurious: Sequence[Statement],
) -> Iterator[tuple[str, Statement, Statement]]:
    near = [
        (CLASSES.index(error), number, other, error)
        for number, gold in enumerate(missed)
        for other, found in enumerate(spurious)
        if (error := judge(gold, found)) is not None
    ]
    used: set[tuple[str, int]] = set()
    for _, number, other, error in sorted(near):
        if not used & {("gold", number), ("found", other)}:
            used |= {("gold", number), ("found", other)}
            yield error, missed[number], spurious[other]


def _entity_error(gold: Statement, found: Statement) -> str | None:
    if gold.ends[0] == found.ends[0]:
        return "type"
    unknown = str(found.ends[0]).startswith("?")
    one, other = gold.item, found.item
    if unknown and isinstance(one, Entity) and isinstance(other, Entity) and _overlap(one, other):
        return "boundary"
    return None


def _overlap(one: Entity, other: Entity) -> bool:
    """Whether a name of one entity stands whole inside a name of the other."""
    ours = [f" {normal(name)} " for name in (one.name, *one.aliases)]
    theirs = [f" {normal(name)} " for name in (other.name, *other.aliases)]
    return any(a.strip() and b.strip() and (a in b or b in a) for a in ours for b in theirs)


def _relation_error(gold: Statement, found: Statement) -> str | None:
    """Return the class of a pair of which exactly one end differs, or None."""
    if len(gold.ends) < 2:
        return None
    different = [at for at, end in enumerate(gold.ends) if end != found.ends[at]]
    if len(different) != 1:
        return None
    at, error = _WORDS.get(gold.kind, (-1, ""))
    if different[0] != at:
        return "wrong end"
    return error if error == "type" or _near(gold.ends[at], found.ends[at]) else "wrong end"


def _near(one: str | None, other: str | None) -> bool:
    """Whether the words or figures of one are among those of the other."""
    a, b = (set(re.findall(r"\w+", end or "")) for end in (one, other))
    return bool(a and b) and (a <= b or b <= a)
