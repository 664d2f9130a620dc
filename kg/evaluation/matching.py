"""When a statement of a record and one of the gold are about the same thing.

Two entities are the same when a normalised name or alias is the same or nearly so; events are
aligned one to one by type family, date, name and shared agents, agreements by shared parties.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from anyascii import anyascii
from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from kg.extraction.record import Agreement, Entity, Event, Record

_FAMILIES = {
    "Forum": "gathering", "Conference": "gathering", "Seminar": "gathering", "Summit": "gathering",
    "Exhibition": "gathering", "Competition": "gathering", "Other": "gathering",
    "Meeting": "encounter", "Visit": "encounter", "Ceremony": "ceremony",
}  # fmt: skip


def normal(name: str) -> str:
    """Return a name without case, diacritics, articles, honorifics and possessives."""
    text = anyascii(name).casefold().replace("'s ", " ")
    text = re.sub(r"^(?:the|mr|mrs|ms|dr|prof|professor)\.? ", "", text)
    return " ".join(re.sub(r"[^\w]+", " ", text).split())


def same_name(one: str, other: str) -> bool:
    """Whether two names are the same or nearly so (ratio of at least 0.9)."""
    a, b = normal(one), normal(other)
    return a == b or (min(len(a), len(b)) > 5 and fuzz.ratio(a, b) >= 90)


def align_entities(gold: Record, found: Record) -> dict[str, str]:
    """Map ids of the found record to ids of the gold, one to one, best matches first."""
    candidates = []
    for mine in found.entities:
        for theirs in gold.entities:
            score = _likeness(theirs, mine)
            if score:
                candidates.append((-score, theirs.id, mine.id))
    return _one_to_one(candidates)


def _one_to_one(candidates: Iterable[tuple[float, str, str]]) -> dict[str, str]:
    """Map found ids to gold ids from (negative score, gold, found), the best matches first."""
    ids: dict[str, str] = {}
    taken: set[str] = set()
    for _, theirs, mine in sorted(candidates):
        if mine not in ids and theirs not in taken:
            ids[mine] = theirs
            taken.add(theirs)
    return ids


def _likeness(gold: Entity, found: Entity) -> float:
    if (
        gold.type in ("Person", "Place") or found.type in ("Person", "Place")
    ) and gold.type != found.type:
        return 0.0
    names = [(a, b) for a in (gold.name, *gold.aliases) for b in (found.name, *found.aliases)]
    equal = sum(normal(a) == normal(b) for a, b in names)
    if not equal and not any(same_name(a, b) for a, b in names):
        return 0.0
    return 1.0 + equal + (gold.type == found.type) + (normal(gold.name) == normal(found.name))


def same_date(one: str | None, other: str | None) -> bool:
    """Whether two dates agree; where either lacks a year, month and day are compared."""
    if one is None or other is None:
        return one == other
    if one == other:
        return True
    a, b = (_without_year(date) if "--" in one + other else date for date in (one, other))
    return a == b


def _without_year(date: str) -> str:
    return "/".join(re.sub(r"^(?:\d{4}|-)-", "", part).lstrip("-") for part in date.split("/"))


def align_events(
    gold: Sequence[Event], found: Sequence[Event], ids: Mapping[str, str]
) -> dict[str, str]:
    """Map ids of found events to ids of gold events, one to one."""
    candidates = []
    for mine in found:
        for theirs in gold:
            score = _event_likeness(theirs, mine, ids)
            if score >= 1:
                candidates.append((-score, theirs.id, mine.id))
    return _one_to_one(candidates)


def _event_likeness(gold: Event, found: Event, ids: Mapping[str, str]) -> float:
    named = bool(
        gold.name
        and found.name
        and Levenshtein.normalized_similarity(normal(gold.name), normal(found.name)) >= 0.75
    )
    if _FAMILIES[gold.type] != _FAMILIES[found.type] and not named:
        return 0.0
    if gold.date and found.date and not _compatible(gold.date, found.date):
        return 0.0
    agents = {*gold.organizers, *gold.participants}
    mine = {ids.get(id, id) for id in (*found.organizers, *found.participants)}
    shared = len(agents & mine) / max(1, min(len(agents), len(mine)))
    score = float(gold.type == found.type) + 2.0 * named + shared
    score += 1.0 if gold.date and found.date and same_date(gold.date, found.date) else 0.0
    score += 0.5 if set(gold.places) & {ids.get(id, id) for id in found.places} else 0.0
    return score


def _compatible(one: str, other: str) -> bool:
    """Whether two dates can be of one event: the same, or one within the other."""
    if same_date(one, other):
        return True
    a, b = sorted(
        (
            _without_year(one) if "--" in one + other else one,
            _without_year(other) if "--" in one + other else other,
        ),
        key=len,
    )
    return a in b.split("/") or b.startswith(a)


def align_agreements(
    gold: Sequence[Agreement], found: Sequence[Agreement], ids: Mapping[str, str]
) -> dict[str, str]:
    """Map ids of found agreements to ids of gold agreements, one to one, by shared parties."""
    candidates = []
    for mine in found:
        for theirs in gold:
            shared = len(set(theirs.parties) & {ids.get(p, p) for p in mine.parties})
            if shared:
                score = (
                    shared + 0.5 * (theirs.type == mine.type) + 0.5 * (theirs.status == mine.status)
                )
                score += 0.5 * bool(theirs.date and mine.date and same_date(theirs.date, mine.date))
                candidates.append((-score, theirs.id, mine.id))
    return _one_to_one(candidates)
