"""Sentences in which phrases that point back stand as the names that they mean.

"Founded by the college and Harbour University" reads, once resolved, as founded by two names.
Only rules about institutions acting together read such sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType

from kg.extraction.abstracts import ANY, CLOSE, OPEN, ORGANIZATION, PERSON, Abstract
from kg.extraction.discourse import Discourse, is_headed
from kg.extraction.entities import Draft
from kg.extraction.lexicon import either, listed, singular, words
from kg.extraction.posts import Post
from kg.extraction.reading import Mention

_Item = Mention | Post
_TWO = 2
# What "the two academies", "both ministries" can be.
_BODIES = ("University", "ResearchInstitute", "GovernmentBody", "Organization")


@dataclass(frozen=True, slots=True)
class _Known:
    """What phrases are resolved with; see `resolved`."""

    discourse: Discourse
    publisher: Draft | None
    sides: bool
    employers: Mapping[str, Draft]


@cache
def _phrases(language: str) -> re.Pattern[str]:
    one, many = (either(language, "facilities", f"pointing.{key}") for key in ("one", "many"))
    kinds = either(language, "facilities", "pointing.kinds")
    return re.compile(
        rf"(?P<holder>{PERSON})'s\s(?P<employer>{one})\b(?!\s{OPEN})"
        rf"|\b(?P<our>[Oo]ur)\s(?:(?i:{one})\b|(?=campus))"
        rf"|\b(?:[Tt]he|[Tt]his)\s(?:(?P<country>[A-Z][a-z]+)\s)?(?P<one>{one})\b(?!\s{OPEN})"
        rf"|\b(?:[Bb]oth|(?<=between\s)their|(?:[Tt]he|[Ii]ts)\s(?P<number>two|three|four))\s(?:(?:{kinds})\s)?(?P<many>{many})\b"
        rf"|\b(?P<them>(?<=by\s)them)\b"
    )


def resolved(
    abstract: Abstract,
    discourse: Discourse,
    publisher: Draft | None = None,
    *,
    sides: bool = True,
    employers: Mapping[str, Draft] = MappingProxyType({}),
) -> Abstract:
    """Return a sentence with names for "the university", "both institutions", "our college".

    Parameters
    ----------
    abstract : Abstract
        A sentence.
    discourse : Discourse
        What was told before it.
    publisher : Draft, optional
        The institution that calls itself "our university" in the text.
    sides : bool, default True
        Whether to resolve also what may mean anybody ("both sides", "the three partners").
    employers : mapping, optional
        By people's ids, the institutions that "P's institute" means.
    """
    known = _Known(discourse, publisher, sides, employers)
    pattern = _phrases(discourse.language)
    abstract = _plain(abstract, discourse.language)
    if pattern.search(abstract.text) is None:
        return abstract
    pieces: list[str] = []
    items: list[_Item] = []
    drafts: list[Draft | None] = []
    position = 0
    for match in re.compile(rf"{pattern.pattern}|(?P<any>{ANY})").finditer(abstract.text):
        told = list(_told(abstract, match, known))
        pieces.append(abstract.text[position : match.start()])
        names = []
        for item, draft in told:
            letter = match["any"][1] if match["any"] else "O"
            names.append(f"{OPEN}{letter}{len(items)}{CLOSE}")
            items.append(item)
            drafts.append(draft)
        campus = "'s " if match["our"] and match.group().endswith(" ") else ""
        pieces.append(" and ".join(names) + campus if names else match.group())
        position = match.end()
    text = "".join((*pieces, abstract.text[position:]))
    return replace(abstract, text=text, items=tuple(items), drafts=tuple(drafts))


def _plain(abstract: Abstract, language: str) -> Abstract:
    """Put "founders" and "partners" back into a sentence: they are posts only with names."""
    nouns = listed(language, "facilities", "pointing.many")
    return replace(abstract, text=abstract.with_plurals(nouns))


def _told(
    abstract: Abstract,
    match: re.Match[str],
    known: _Known,
) -> Iterator[tuple[_Item, Draft | None]]:
    """Yield what a placeholder or phrase stands for; nothing where that is not known."""
    if match["any"]:
        number = int(match["any"][2:-1])
        yield abstract.items[number], abstract.drafts[number]
        return
    at = match.start()
    if match["holder"]:
        number = int(match["holder"][2:-1])
        person = abstract.drafts[number]
        own = known.employers.get(person.id) if person is not None else None
        yield (
            (abstract.items[number], person)
            if own is None
            else (_mention(own, abstract.offset(at)), own)
        )
        return
    for draft in _meant(abstract, match, known):
        yield _mention(draft, abstract.offset(at)), draft


def _meant(
    abstract: Abstract,
    match: re.Match[str],
    known: _Known,
) -> list[Draft]:
    at, discourse, publisher = match.start(), known.discourse, known.publisher
    if match["our"]:
        return [publisher] if publisher is not None else []
    if match["one"]:
        draft = discourse.definite(match["one"], abstract, at, match["country"])
        return [draft] if draft is not None else []
    count = words(discourse.language, "agreements")["numbers"].get(match["number"] or "", _TWO)
    types = _types(match["many"], discourse.language) if match["many"] else ()
    if match["many"] and match["many"] in listed(
        discourse.language, "facilities", "pointing.headed"
    ):
        return _headed(count, discourse, abstract.offset(at), singular(match["many"]))
    partners = _WITH.search(abstract.text, 0, at) is not None
    if types and count == _TWO and not partners:
        two = discourse.guests_and_hosts(abstract, types)
        if two:
            return two
    if types:
        offset = abstract.offset(0 if partners else at)
        return _latest(count, types, discourse, offset, match["many"])
    if not known.sides:
        return []
    if count > _TWO:
        return discourse.several(count, abstract, at)
    return discourse.pair(abstract, at)


# "X signed agreements with both institutions": X is none of them.
_WITH = re.compile(rf"{CLOSE}[^.;]*\bwith\s$")


def _types(noun: str, language: str) -> tuple[str, ...]:
    """Return what a plural noun can mean; nothing for "sides" and the like."""
    nouns = words(language, "discourse")["nouns"]
    return tuple(nouns.get(singular(noun), ()))


def _latest(
    count: int, types: Sequence[str], discourse: Discourse, offset: int, noun: str
) -> list[Draft]:
    """Return the so many institutions of some types that were named last before an offset.

    Those whose names are built on the noun go before others ("the two universities").
    """
    told = _named_last(types, discourse, offset)
    main = [draft for draft in told if discourse.told_of(draft, offset)]
    last = main if len(main) >= count else told
    named = [draft for draft in last if is_headed(draft, singular(noun))]
    found = named[:count] if len(named) >= count else last[:count]
    return discourse.in_order(found) if len(found) == count else []


def _headed(count: int, discourse: Discourse, offset: int, noun: str) -> list[Draft]:
    """Return the so many bodies named last before an offset whose names begin or end in a noun."""
    told = _named_last(_BODIES, discourse, offset)
    named = [
        d for d in told if is_headed(d, noun) or noun in d.name.lower().split(" of ", 1)[0].split()
    ]
    return discourse.in_order(named[:count]) if len(named) >= count else []


def _named_last(types: Sequence[str], discourse: Discourse, offset: int) -> list[Draft]:
    """Return the institutions of some types named before an offset, the latest first."""
    named = sorted(
        (
            (m.start, number)
            for number, d in enumerate(discourse.table.drafts)
            for m in d.mentions
            if d.kind == "organization"
            and d.type in types
            and m.start < offset
            and not discourse.is_part(d)
        ),
        reverse=True,
    )
    return [discourse.table.drafts[n] for n in dict.fromkeys(number for _, number in named)]


def _mention(draft: Draft, start: int) -> Mention:
    return Mention(start, start + 1, draft.kind, draft.type, draft.name)


def publisher(
    abstracts: Sequence[Abstract], drafts: Sequence[Draft], language: str
) -> Draft | None:
    """Return which university of a text says "our university": the first not told beside it.

    A sentence that names an institution beside "our university" names another one.
    """
    one = either(language, "facilities", "pointing.one")
    own = re.compile(rf"\b[Oo]ur\s(?i:{one}|campus)\b")
    lines = [abstract for abstract in abstracts if own.search(abstract.text)]
    if not lines:
        return None
    others = {id(draft) for line in lines for draft in line.entities(ORGANIZATION)}
    named = (d for d in drafts if d.type == "University" and d.kind == "organization")
    return next((draft for draft in named if id(draft) not in others), None)
