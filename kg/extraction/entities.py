"""From mentions to entities: one entry for each real thing that a text names.

Acronyms join the names that introduce them, short forms and family names the last fuller name
before them, "Y Provincial X" joins "X of Y Province".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from kg.extraction import organizations, persons
from kg.extraction.lexicon import words
from kg.extraction.mentions import Mention, Reading
from kg.extraction.places import adjective, lookup
from kg.extraction.record import Entity

_ACRONYM_BEHIND = re.compile(
    r"[”\"]?(?:\s*\(\s*(?:hereinafter\s*[-–,:]?\s*|hereafter\s*|also known as\s+|or\s+|the\s+|abbreviated as\s+)?[\"“]?|,\s+(?:or|abbreviated as|known as)\s+(?:the\s+)?)$"
)
_UNIVERSITY_ACRONYM = re.compile(r"[A-Za-z]{2}U$|N[RT]?U$|PU$")
_DROPPED = frozenset(
    [
        "the",
        "of",
        "for",
        "and",
        "in",
        "at",
        "on",
        "a",
        "to",
        "s",
        "province",
        "provincial",
        "city",
        "municipal",
        "region",
        "regional",
        "oblast",
    ]
)


@dataclass(slots=True)
class Draft:
    """An entity in the making: its type, its forms in order of appearance, its mentions."""

    kind: str
    type: str
    forms: dict[str, int] = field(default_factory=dict)
    mentions: list[Mention] = field(default_factory=list)
    modifier: str | None = None
    id: str = ""

    def add(self, mention: Mention) -> None:
        """Add a mention and the forms of the name that it shows."""
        self.mentions.append(mention)
        for form in (mention.name, mention.short):
            if form:
                self.forms[form] = self.forms.get(form, 0) + 1

    @property
    def name(self) -> str:
        """The fullest form found."""
        forms = [form for form in self.forms if not _looks_short(form)] or list(self.forms)
        if self.kind == "person":
            return max(
                forms, key=lambda form: (len(form.split()), len(form.replace(".", "")), form)
            )
        return max(forms, key=lambda form: (len(form), form))


@dataclass(slots=True)
class Table:
    """The entities of a text and, by where a mention starts and its kind, the entity it names."""

    drafts: list[Draft]
    owner: dict[tuple[int, str], Draft]

    def of(self, mention: Mention) -> Draft | None:
        """Return the entity that a mention names."""
        return self.owner.get((mention.start, mention.kind))


def group(reading: Reading) -> Table:
    """Group the mentions of a text into entities."""
    drafts: list[Draft] = []
    owner: dict[tuple[int, str], Draft] = {}
    for mention in reading.mentions:
        if mention.kind == "event":
            continue
        draft = _match(reading, mention, drafts, owner)
        if draft is None:
            draft = Draft(mention.kind, mention.type, modifier=_modifier(reading, mention))
            drafts.append(draft)
        elif mention.kind == "organization" and not mention.acronym and _improves(draft, mention):
            draft.type = mention.type
        draft.add(mention)
        owner[mention.start, mention.kind] = draft
    drafts = _merged(drafts, owner)
    _short_forms(reading, drafts, owner)
    kept = [draft for draft in drafts if _is_entity(draft)]
    for draft in kept:
        if draft.type == "Organization" and all(m.acronym for m in draft.mentions):
            draft.type = "University" if _UNIVERSITY_ACRONYM.search(draft.name) else draft.type
    kept.sort(key=lambda draft: min((m.start, m.end) for m in draft.mentions))
    for number, draft in enumerate(kept, 1):
        draft.id = f"e{number}"
    alive = {id(draft) for draft in kept}
    return Table(kept, {key: draft for key, draft in owner.items() if id(draft) in alive})


def entities(table: Table, confidence: float = 0.95) -> tuple[Entity, ...]:
    """Return the entities as the record has them."""
    return tuple(
        Entity(
            draft.id,
            draft.type,
            draft.name,
            tuple(form for form in draft.forms if form != draft.name),
            tuple(sorted({(mention.start, mention.end) for mention in draft.mentions})),
            round(min(confidence, 0.5 + max(mention.sure for mention in draft.mentions) / 2), 2),
        )
        for draft in table.drafts
    )


def _match(
    reading: Reading, mention: Mention, drafts: Sequence[Draft], owner: dict[tuple[int, str], Draft]
) -> Draft | None:
    same = [draft for draft in drafts if draft.kind == mention.kind]
    if mention.kind == "person":
        return _match_person(reading, mention, same)
    if mention.kind == "place":
        return _match_place(mention, same)
    return _match_organization(reading, mention, same, owner)


def _match_person(reading: Reading, mention: Mention, drafts: Sequence[Draft]) -> Draft | None:
    for draft in reversed(drafts):
        if any(same_person(mention.name, form, reading.language) for form in draft.forms):
            return draft
    return None


def same_person(one: str, other: str, language: str = "en") -> bool:
    """Whether two forms of a name inside one text can be the same person's.

    A single word joins a fuller name of which it is a naming part; full names agree in
    their words in any order, initials standing for words; small misspellings are forgiven.
    """
    if one.casefold() == other.casefold():
        return True
    left, right = sorted((one.split(), other.split()), key=len)
    if len(left) == 1 and len(right) > 1:
        parts = persons.surname_parts(" ".join(right), language)
        return any(
            part.casefold() == left[0].casefold()
            or (len(part) > 6 and fuzz.ratio(part, left[0]) >= 85)
            for part in parts
        )
    if len(left) == 1:
        return len(one) > 6 and fuzz.ratio(one, other) >= 90
    return _agree(left, right)


def _agree(left: Sequence[str], right: Sequence[str]) -> bool:
    """Whether every word of the shorter name has a partner in the longer one."""
    rest = [part.casefold() for part in right]
    whole = 0
    for part in (part.casefold() for part in left):
        initials = re.findall(r"[^\W\d_]+", part) if "." in part else []
        found = next(
            (r for r in rest if r == part or (len(part) > 5 and fuzz.ratio(r, part) >= 88)), None
        )
        if found is None and initials:
            found = next((r for r in rest if r.startswith(initials[0])), None)
        elif found is not None:
            whole += 1
        if found is None:
            return False
        rest.remove(found)
    return whole > 0


def _match_place(mention: Mention, drafts: Sequence[Draft]) -> Draft | None:
    place = lookup(mention.name)
    for draft in drafts:
        for form in draft.forms:
            if form.casefold() == mention.name.casefold():
                return draft
            if place is not None and lookup(form) == place:
                return draft
    return None


def _match_organization(
    reading: Reading, mention: Mention, drafts: Sequence[Draft], owner: dict[tuple[int, str], Draft]
) -> Draft | None:
    introduced = _introduced(reading, mention, owner)
    if introduced is not None:
        return introduced
    modifier = _modifier(reading, mention)
    for draft in reversed(drafts):
        if modifier and draft.modifier and modifier != draft.modifier:
            continue
        if any(_same_organization(mention, form) for form in draft.forms):
            return draft
    return None


def _introduced(
    reading: Reading, mention: Mention, owner: dict[tuple[int, str], Draft]
) -> Draft | None:
    """Return the organization that the mention, in brackets behind it, is another name of."""
    before = reading.text[max(0, mention.start - 40) : mention.start]
    match = _ACRONYM_BEHIND.search(before)
    if match is None:
        return None
    end = mention.start - (len(before) - match.start())
    named = [
        other
        for other in reading.mentions
        if other.end == end and other.kind == "organization" and other.start < mention.start
    ]
    fitting = [other for other in named if _is_acronym_of(other.name, mention.name)]
    for other in (*fitting, *reversed(named)):
        if mention.acronym or other in fitting:
            return owner.get((other.start, other.kind))
    return None


def _same_organization(mention: Mention, form: str) -> bool:
    name = mention.name
    if name.casefold() == form.casefold():
        return True
    if mention.acronym or _looks_short(form):
        return _is_acronym_of(form, name) or _is_acronym_of(name, form)
    if mention.short and mention.short.casefold() == form.casefold():
        return True
    if bag(name) == bag(form) and len(bag(name)) > 1:
        return True
    shorter, longer = sorted((name, form), key=len)
    if len(shorter.split()) < 2:
        return False
    if longer.casefold().startswith(shorter.casefold() + " of "):
        rest = longer[len(shorter) + 4 :].removeprefix("the ")
        return lookup(rest) is not None
    before = longer[: -len(shorter)]
    tail = longer.casefold().endswith(" " + shorter.casefold()) and " of " not in before
    return (tail and _is_specific(shorter)) or _is_contraction(shorter, longer)


def _is_contraction(shorter: str, longer: str) -> bool:
    """Whether a name leaves out only inner words of another ("Huawei [Technologies] Kazakhstan")."""
    short, long = shorter.split(), longer.split()
    ends = short[0] == long[0] and short[-1] == long[-1]
    return ends and len(long) - len(short) == 1 and not any(word in ("of", "and") for word in long)


def _is_specific(name: str) -> bool:
    """Whether a name without its first words still names one institution."""
    head = name.rsplit(maxsplit=1)[-1]
    described = [part for part in name.split()[:-1] if part[0].isupper()]
    return (
        head in ("University", "Academy", "Institute", "Workshop", "Museum") and len(described) >= 1
    )


def bag(name: str) -> frozenset[str]:
    """Return the words of a name that tell, without articles, "of", and "Province"."""
    found = re.findall(r"\w+", name.casefold().replace("'s", ""))
    return frozenset(word for word in found if word not in _DROPPED)


def _looks_short(form: str) -> bool:
    return " " not in form and sum(map(str.isupper, form)) >= 2


def _is_acronym_of(name: str, short: str) -> bool:
    """Whether the capitals of a short form are the first letters of a name's words, in order."""
    if " " in short or len(short) < 2 or sum(map(str.isupper, short)) < 2 or " " not in name:
        return False
    letters = re.sub(r"[^A-Z]", "", short)
    initials = "".join(
        part[0].upper()
        for part in re.findall(r"[^\W\d_][\w]*", name)
        if part.casefold() not in _DROPPED
    )
    everything = "".join(part[0].upper() for part in re.findall(r"[^\W\d_]\w*", name))
    return letters in (initials, everything)


def _modifier(reading: Reading, mention: Mention) -> str | None:
    """Return the country that a genitive or adjective before a ministry's name names."""
    if mention.kind != "organization":
        return None
    before = reading.text[max(0, mention.start - 30) : mention.start]
    match = re.search(r"([A-Z][\w-]+(?: [A-Z][\w-]+)?)(?:['’]s)\s$", before)
    if match:
        place = lookup(match[1]) or lookup(match[1].split()[-1])
        return place.country if place is not None else None
    match = re.match(r"(\w+)\s", mention.name)
    country = adjective(match[1]) if match else None
    return country.country if country else None


def _improves(draft: Draft, mention: Mention) -> bool:
    return draft.type == "Organization" or all(m.acronym for m in draft.mentions)


def _merged(drafts: list[Draft], owner: dict[tuple[int, str], Draft]) -> list[Draft]:
    """Join drafts that a later, fuller form has shown to be one (an acronym used first)."""
    kept: list[Draft] = []
    for draft in drafts:
        twin = next(
            (
                other
                for other in kept
                if other.kind == draft.kind == "organization" and _are_one(other, draft)
            ),
            None,
        )
        if twin is None:
            kept.append(draft)
            continue
        if _improves(twin, draft.mentions[0]):
            twin.type = draft.type
        for mention in draft.mentions:
            twin.add(mention)
            owner[mention.start, mention.kind] = twin
    return kept


def _are_one(one: Draft, other: Draft) -> bool:
    if one.modifier and other.modifier and one.modifier != other.modifier:
        return False
    shared = set(one.forms) & set(other.forms)
    generic_unit = any(mention.short for mention in (*one.mentions, *other.mentions))
    if shared and not generic_unit:
        return True
    return any(_is_acronym_of(a, b) or _is_acronym_of(b, a) for a in one.forms for b in other.forms)


def _short_forms(
    reading: Reading, drafts: list[Draft], owner: dict[tuple[int, str], Draft]
) -> None:
    """Add "the Alliance", "the Ministry" to the last organization before with that head."""
    taken = [(m.start, m.end) for m in reading.mentions]
    taken += [(post.start, post.end) for post in reading.posts]
    heads = organizations.heads(reading.language)
    for match in re.finditer(r"(?<=[Tt]he )[A-Z][a-z]+\b(?! [A-Z(])", reading.text):
        if match.group() not in heads or any(
            s < match.end() and match.start() < e for s, e in taken
        ):
            continue
        before = [
            (mention.start, draft)
            for draft in drafts
            for mention in draft.mentions
            if draft.kind == "organization"
            and mention.start < match.start()
            and _head_of(mention.short or mention.name) == match.group()
        ]
        if before:
            draft = max(before, key=lambda pair: pair[0])[1]
            mention = Mention(match.start(), match.end(), "organization", draft.type, match.group())
            draft.add(mention)
            owner[match.start(), "organization"] = draft


def _head_of(name: str) -> str:
    """Return the head word of an organization's name."""
    return re.split(r" (?:of|for|on|in|at|named) ", name)[0].split()[-1]


def _is_entity(draft: Draft) -> bool:
    """Leave out acronyms that nothing shows to be an organization."""
    return not all(m.acronym and m.sure <= 0.5 for m in draft.mentions)


def heads_of(drafts: Iterable[Draft]) -> dict[str, Draft]:
    """Return the last organization for each head word, in lower case ("university", "ministry")."""
    return {_head_of(draft.name).lower(): draft for draft in drafts if draft.kind == "organization"}


def known_nouns(language: str) -> frozenset[str]:
    """Return the head words of organizations in lower case."""
    return frozenset(head.lower() for head in words(language, "organizations")["heads"])
