"""From mentions to entities: one entry for each real thing that a text names.

Acronyms join the names that introduce them, short forms and family names the last fuller name
before them, "Y Provincial X" joins "X of Y Province".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import islice

from kg.extraction import organizations
from kg.extraction.lexicon import either, listed, words
from kg.extraction.places import Place, adjective, lookup
from kg.extraction.reading import Mention, Reading
from kg.extraction.record import Entity
from kg.extraction.sameness import (
    abbreviates,
    begins_acronym,
    head_of,
    initials,
    is_acronym_of,
    letters,
    looks_short,
    same_organization,
    same_person,
    shares_namesake,
    spells,
)
from kg.extraction.spans import Cover

# A name that is not written in full again means one of so many entities named last.
_REACH = 200
_GENITIVE = re.compile(r"([A-Z][\w-]+(?: [A-Z][\w-]+)?)(?:['’]s)\s$")
_DEFINITE = re.compile(r"(?<=[Tt]he )[A-Z][a-z]+\b(?! [A-Z(])")

_SEAT = re.compile(r" in ([A-Z][\w'’-]+)")
# "Ministry of Education of Kazakhstan": what may stand before the country of a name.
_OF = re.compile(r" of (?:the )?")


@dataclass(slots=True, eq=False)
class Draft:
    """An entity in the making.

    ``name`` is the fullest of its ``forms``, which stand in the order in which they appear;
    ``modifier`` the country that stands before it ("Kazakhstan's Ministry of Education").
    """

    kind: str
    type: str
    modifier: str | None = None
    name: str = ""
    forms: list[str] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    id: str = ""

    def add(self, mention: Mention) -> None:
        """Add a mention and the forms of the name that it shows."""
        self.mentions.append(mention)
        new = [form for form in (mention.name, mention.short) if form and form not in self.forms]
        if new:
            self.forms += dict.fromkeys(new)
            self.name = self._fullest()

    def _fullest(self) -> str:
        forms = [form for form in self.forms if not looks_short(form)] or self.forms
        if self.kind == "person":
            return max(
                forms, key=lambda form: (len(form.split()), len(form.replace(".", "")), form)
            )
        return max(forms, key=lambda form: (len(form), form))


def distinct(drafts: Iterable[Draft | None]) -> list[Draft]:
    """Return each entity once, in order."""
    return [draft for draft in dict.fromkeys(drafts) if draft is not None]


@dataclass(slots=True)
class Table:
    """The entities of a text and, by where a mention starts and its kind, the entity it names."""

    drafts: list[Draft]
    owner: dict[tuple[int, str], Draft]

    def of(self, mention: Mention) -> Draft | None:
        """Return the entity that a mention names."""
        return self.owner.get((mention.start, mention.kind))

    def whole(self, mention: Mention) -> Draft | None:
        """Return the organization in whose name a mention says that it is a unit of it."""
        return None if mention.parent is None else self.owner.get((mention.parent, "organization"))


def group(reading: Reading) -> Table:
    """Group the mentions of a text into entities."""
    grouping = _Grouping(reading)
    for mention in reading.mentions:
        if mention.kind != "event":
            grouping.place(mention)
    grouping.merge()
    grouping.add_short_forms()
    return grouping.table()


def entities(table: Table, confidence: float = 0.95) -> tuple[Entity, ...]:
    """Return the entities as the record has them."""
    return tuple(
        Entity(
            draft.id,
            draft.type,
            draft.name,
            tuple(form for form in (*draft.forms, *_plain(draft, table)) if form != draft.name),
            tuple(sorted({(mention.start, mention.end) for mention in draft.mentions})),
            round(min(confidence, 0.5 + max(mention.sure for mention in draft.mentions) / 2), 2),
        )
        for draft in table.drafts
    )


def _plain(draft: Draft, table: Table) -> Iterator[str]:
    """Yield the name without the country behind "of", where it then means nobody else.

    And that of a ministry without the country's adjective before it.
    """
    if draft.kind != "organization":
        return
    first, _, rest = draft.name.partition(" ")
    if draft.type == "GovernmentBody" and "Ministry" in rest and adjective(first) is not None:
        yield rest
    joins = (draft.name[: m.start()] for m in _OF.finditer(draft.name) if _is_land(m))
    name = next(joins, "")
    if " " not in name or name in draft.forms:
        return
    others = (form for other in table.drafts if other is not draft for form in other.forms)
    if not any(form.startswith(name) for form in others):
        yield name


def _is_land(join: re.Match[str]) -> bool:
    """Whether a country is all that stands behind an "of" in a name."""
    place = lookup(join.string[join.end() :])
    return place is not None and place.kind == "country"


class _Grouping:
    """The drafts of a text while its mentions are joined, with what finds them again."""

    def __init__(self, reading: Reading):
        self._reading = reading
        self._drafts: list[Draft] = []
        self._owner: dict[tuple[int, str], Draft] = {}
        self._of_kind: dict[str, list[Draft]] = defaultdict(list)
        self._by_form: dict[tuple[str, str], Draft] = {}
        self._by_place: dict[Place, Draft] = {}
        self._ending: dict[int, list[Mention]] = defaultdict(list)
        for mention in reading.mentions:
            if mention.kind == "organization":
                self._ending[mention.end].append(mention)

    def place(self, mention: Mention) -> None:
        """Give a mention to the entity that it names, or begin one."""
        modifier = _modifier(self._reading, mention)
        draft = self._match(mention, modifier)
        if draft is None:
            draft = Draft(mention.kind, mention.type, modifier)
            self._drafts.append(draft)
            self._of_kind[mention.kind].append(draft)
        elif mention.kind == "organization" and _is_vague(draft) and _tells_type(mention):
            draft.type = mention.type
        draft.add(mention)
        if mention.type == "DiplomaticMission":
            self._add_seat(mention, draft)
        self._owner[mention.start, mention.kind] = draft
        self._by_form[mention.kind, mention.name.casefold()] = draft
        place = lookup(mention.name) if mention.kind == "place" else None
        if place is not None:
            self._by_place.setdefault(place, draft)

    def _add_seat(self, mention: Mention, draft: Draft) -> None:
        """Add the name with the city behind it, by which missions are told apart."""
        seat = _SEAT.match(self._reading.text, mention.end)
        place = lookup(seat[1]) if seat is not None else None
        full = f"{mention.name}{seat.group()}" if seat is not None else ""
        if place is not None and place.kind == "city" and full not in draft.forms:
            draft.forms.append(full)

    def _match(self, mention: Mention, modifier: str | None) -> Draft | None:
        """Return the entity met before that a mention names."""
        if mention.kind == "place":
            return self._match_place(mention)
        language = self._reading.language
        if mention.kind == "person":
            return next(
                (
                    draft
                    for draft in self._candidates(mention)
                    if any(same_person(mention.name, form, language) for form in draft.forms)
                ),
                None,
            )
        introduced = self._introduced(mention)
        if introduced is not None:
            return introduced
        return next(
            (
                draft
                for draft in self._candidates(mention)
                if not _differ(modifier, draft.modifier) and _is_form(mention, draft, language)
            ),
            None,
        )

    def _candidates(self, mention: Mention) -> Iterator[Draft]:
        """Yield the entities of a kind, the latest first, and the one of exactly that name."""
        yield from islice(reversed(self._of_kind[mention.kind]), _REACH)
        exact = self._by_form.get((mention.kind, mention.name.casefold()))
        if exact is not None:
            yield exact

    def _match_place(self, mention: Mention) -> Draft | None:
        draft = self._by_form.get(("place", mention.name.casefold()))
        place = lookup(mention.name)
        return draft or (self._by_place.get(place) if place is not None else None)

    def _introduced(self, mention: Mention) -> Draft | None:
        """Return the organization that the mention, in brackets behind it, is another name of."""
        begin = max(0, mention.start - 40)
        bracket = _also_named(self._reading.language).search(
            self._reading.text, begin, mention.start
        )
        if bracket is None:
            return None
        named = [m for m in self._ending[bracket.start()] if m.start < mention.start]
        language = self._reading.language
        fitting = [
            m
            for m in named
            if is_acronym_of(m.name, mention.name, language)
            or begins_acronym(m.name, mention.name, language)
            or shares_namesake(m.name, mention.name, language)
        ]
        meant = [*fitting, *(reversed(named) if mention.acronym else ())]
        return self._owner.get((meant[0].start, meant[0].kind)) if meant else None

    def merge(self) -> None:
        """Join drafts that a later, fuller form has shown to be one (an acronym used first)."""
        kept: list[Draft] = []
        index: dict[str, set[int]] = defaultdict(set)
        for draft in self._drafts:
            twin = self._twin(draft, kept, index)
            if twin is None:
                kept.append(draft)
                number = len(kept) - 1
            else:
                number = self._join(draft, kept, twin)
            for key in self._keys(kept[number]):
                index[key].add(number)
        self._drafts = kept
        self._merge_abbreviated()

    def _merge_abbreviated(self) -> None:
        """Join what is left of a name to the one name of the text of which it can be."""
        bodies = [d for d in self._drafts if d.kind == "organization" and _is_whole(d)]
        self._merge_spelt([d for d in bodies if d.type == "University"])
        self._merge_bare([d for d in self._drafts if d.type == "JointFacility"])
        for draft in bodies if len(bodies) < _REACH else ():
            self._take_in(draft, [d for d in bodies if self._is_abbreviated(draft, d)])

    def _merge_bare(self, facilities: Sequence[Draft]) -> None:
        """Join "the Confucius Institute" to the only one that a text names in full."""
        for draft in facilities:
            if draft.name in listed(self._reading.language, "facilities", "hosted"):
                self._take_in(draft, [d for d in facilities if draft.name in d.name])

    def _merge_spelt(self, universities: Sequence[Draft]) -> None:
        """Join acronyms never spelled out to the one university that has none and can be meant."""
        bare = [d for d in universities if not any(looks_short(form) for form in d.forms)]
        acronyms = [d for d in self._drafts if _is_acronym(d)]
        for draft in acronyms:
            language = self._reading.language
            self._take_in(draft, [d for d in bare if spells(draft.name, d.name, language)])

    def _take_in(self, draft: Draft, like: Sequence[Draft]) -> None:
        """Join a draft to the only one it is like of those that are still told apart."""
        meant = [d for d in like if d is not draft and d in self._drafts]
        if len(meant) == 1:
            self._join(draft, meant, 0)
            self._drafts.remove(draft)

    def _is_abbreviated(self, draft: Draft, other: Draft) -> bool:
        if _differ(draft.modifier, other.modifier):
            return False
        language = self._reading.language
        return any(abbreviates(draft.name, form, language) for form in other.forms)

    def _keys(self, draft: Draft) -> Iterator[str]:
        """Yield what an organization's twin has in common with it: a form, an acronym's letters."""
        if draft.kind != "organization":
            return
        for form in draft.forms:
            yield form
            if " " in form:
                yield from (f"\0{initial}" for initial in initials(form, self._reading.language))
            elif looks_short(form):
                yield f"\0{letters(form)}"

    def _twin(self, draft: Draft, kept: Sequence[Draft], index: dict[str, set[int]]) -> int | None:
        numbers = {number for key in self._keys(draft) for number in index.get(key, ())}
        language = self._reading.language
        return next((n for n in sorted(numbers) if _are_one(kept[n], draft, language)), None)

    def _join(self, draft: Draft, kept: Sequence[Draft], number: int) -> int:
        twin = kept[number]
        if _is_vague(twin):
            twin.type = draft.type
        for mention in tuple(draft.mentions):  # a draft met twice must not grow while it is read
            twin.add(mention)
            self._owner[mention.start, mention.kind] = twin
        return number

    def add_short_forms(self) -> None:
        """Add "the Alliance", "the Ministry" to the last organization before with that head."""
        reading = self._reading
        taken = Cover(
            [
                *((mention.start, mention.end) for mention in reading.mentions),
                *((post.start, post.end) for post in reading.posts),
            ]
        )
        named = self._named_with_head()
        heads = organizations.heads(reading.language)
        for match in _DEFINITE.finditer(reading.text):
            if match.group() not in heads or taken.touches(*match.span()):
                continue
            before = named[match.group()]
            last = bisect_left(before, match.start(), key=lambda pair: pair[0]) - 1
            if not before and match.group() in listed(reading.language, "organizations", "lone"):
                type = organizations.classify(match.group(), None, reading.language)
                self._drafts.append(Draft("organization", type))
                before.append((match.start(), self._drafts[-1]))
                last = 0
            if last >= 0:
                draft = before[last][1]
                draft.add(Mention(*match.span(), "organization", draft.type, match.group()))
                self._owner[match.start(), "organization"] = draft

    def _named_with_head(self) -> dict[str, list[tuple[int, Draft]]]:
        """Return by head word where which organizations are named, in order."""
        named: dict[str, list[tuple[int, Draft]]] = defaultdict(list)
        for draft in self._drafts:
            for mention in draft.mentions if draft.kind == "organization" else ():
                named[head_of(mention.short or mention.name)].append((mention.start, draft))
        for pairs in named.values():
            pairs.sort(key=lambda pair: pair[0])
        return named

    def table(self) -> Table:
        """Return the entities in the order in which the text names them."""
        kept = [draft for draft in self._drafts if _is_entity(draft)]
        acronym = _university_acronym(self._reading.language)
        for draft in kept:
            unexplained = draft.type == "Organization" and all(m.acronym for m in draft.mentions)
            if unexplained and acronym.search(draft.name):
                draft.type = "University"
        kept.sort(key=lambda draft: min((m.start, m.end) for m in draft.mentions))
        for number, draft in enumerate(kept, 1):
            draft.id = f"e{number}"
        owner = {key: draft for key, draft in self._owner.items() if draft.id}
        return Table(kept, owner)


@cache
def _also_named(language: str) -> re.Pattern[str]:
    inside = either(language, "organizations", "also_named")
    behind = either(language, "organizations", "also_named_behind_comma")
    # not across a blank line: a bracket there begins a paragraph, and names no line above
    space = r"[^\S\n]*\n?[^\S\n]*"
    bracket = rf"{space}\(\s*(?:(?:{inside})\s*[-–,:]?\s*)?[\"“]?"
    return re.compile(rf"[”\"]?(?:{bracket}|,\s+(?:{behind})\s+(?:the\s+)?)$")


@cache
def _university_acronym(language: str) -> re.Pattern[str]:
    return re.compile(words(language, "organizations")["university_acronym"])


def _modifier(reading: Reading, mention: Mention) -> str | None:
    """Return the country that a genitive or adjective before a ministry's name names."""
    if mention.kind != "organization":
        return None
    owner = _GENITIVE.search(reading.text, max(0, mention.start - 30), mention.start)
    if owner is not None:
        place = lookup(owner[1]) or lookup(owner[1].rsplit(maxsplit=1)[-1])
        return place.country if place is not None else None
    first, _, rest = mention.name.partition(" ")
    country = adjective(first) if rest else None
    return country.country if country is not None else None


def _differ(one: str | None, other: str | None) -> bool:
    """Whether two organizations are told apart by the country before their names."""
    return bool(one and other and one != other)


def _is_form(mention: Mention, draft: Draft, language: str) -> bool:
    """Whether an organization's mention can be a form of a draft's name."""
    short = mention.short.casefold() if mention.short else None
    if short is not None and _is_of_another(mention, draft, language):
        return False
    return any(
        short == form.casefold()
        or same_organization(mention.name, form, language, acronym=mention.acronym)
        for form in draft.forms
    )


def _is_of_another(mention: Mention, draft: Draft, language: str) -> bool:
    """Whether each full name of a unit's draft says that it belongs to another body."""
    wholes = [whole for met in draft.mentions if (whole := _whole_named(met))]
    whole = _whole_named(mention)
    if not whole or not wholes:
        return False
    return not any(same_organization(whole, other, language) for other in wholes)


def _whole_named(mention: Mention) -> str:
    """Return what the name of a unit says that it belongs to, without an article."""
    if mention.short is None:
        return ""
    parts = _OF.split(mention.name[len(mention.short) :], maxsplit=1)
    return parts[1] if len(parts) == 2 and not parts[0] else ""


def _is_vague(draft: Draft) -> bool:
    """Whether a fuller name may still decide the type."""
    return draft.type == "Organization" or all(mention.acronym for mention in draft.mentions)


def _tells_type(mention: Mention) -> bool:
    """Whether a mention says what its organization is; an acronym only does by its neighbours."""
    return not mention.acronym or (mention.type == "University" and mention.short is None)


def _is_acronym(draft: Draft) -> bool:
    """Whether nothing but an acronym names an institution that may be a university."""
    academic = draft.type in ("University", "Organization") and len(draft.forms) == 1
    return academic and draft.kind == "organization" and all(m.acronym for m in draft.mentions)


def _is_whole(draft: Draft) -> bool:
    """Whether a draft is of an institution, no unit of one or facility that shares its name."""
    units = any(mention.short or mention.parent is not None for mention in draft.mentions)
    return " " in draft.name and not units and draft.type != "JointFacility"


def _are_one(one: Draft, other: Draft, language: str) -> bool:
    if _differ(one.modifier, other.modifier):
        return False
    generic_unit = any(mention.short for mention in (*one.mentions, *other.mentions))
    if not generic_unit and not set(one.forms).isdisjoint(other.forms):
        return True
    return any(
        is_acronym_of(a, b, language) or is_acronym_of(b, a, language)
        for a in one.forms
        for b in other.forms
    )


def _is_entity(draft: Draft) -> bool:
    """Leave out acronyms that nothing shows to be an organization."""
    return not all(mention.acronym and mention.sure <= 0.5 for mention in draft.mentions)
