"""What is part of what, and what stands where."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from kg.extraction.abstracts import BODY, ORGANIZATION, PERSON, PLACE, POST, Abstract
from kg.extraction.discourse import Discourse
from kg.extraction.entities import Draft, Table
from kg.extraction.lexicon import either
from kg.extraction.organizations import classify
from kg.extraction.places import adjective, lookup
from kg.extraction.reading import Mention
from kg.extraction.record import Facility, Link, Span
from kg.extraction.resolved import publisher

UNITS = ("OrganizationalUnit", "PartyOrganization")
_UNIT_NAME = re.compile(
    r"(?:^|\s)(?:department|division|office|faculty|school of|college of|institute of"
    r"|chair|section|"
    r"cent(?:er|re)|laboratory|secretariat|council|committee|graduate school|library"
    r"|branch|directorate|senate|presidium|garden|hospital|clinic|polyclinic|press|incubator|hub|studio|archive"
    r"|(?:law|business|medical|engineering) school|"
    r"unit|academy|institute|college|park|museum|leadership group)\b",
    re.IGNORECASE,
)
_WHOLE = (
    "University",
    "GovernmentBody",
    "Company",
    "Association",
    "School",
    "PartyOrganization",
    "ResearchInstitute",
    "InternationalOrganization",
    "Media",
    "Organization",
    "OrganizationalUnit",
)
_PART = re.compile(
    rf"(?P<child>{ORGANIZATION})(?:,\swhich)?(?:\s(?:is|as)\s(?:a\s)?(?:part|structural unit))?"
    rf"\s(?:of|at|under|within|affiliated with|attached to|in)\s(?:the\s"
    rf"|its\s)?(?:(?P<outer>{BODY})'s?\s)?(?P<parent>{ORGANIZATION})"
)
# "A, B and C", of which the last has "of X" in its name.
_UNITS_OF = re.compile(
    rf"{ORGANIZATION}(?:,\s(?:the\s)?{ORGANIZATION})*,?\s(?:and|as well as)\s(?:the\s)?"
    rf"{ORGANIZATION}"
)
_PART_HEAD = re.compile(
    r"(?:Department|Division|Office|Faculty|School|College|Institute|Chair|Cent(?:er|re)|Laboratory"
    r"|Library|Museum|Section)\b(?! of [A-Z]\w+ University)"
)
# "F, part of X", "F, which belongs to X".
_APPOSED = re.compile(
    rf"(?P<child>{ORGANIZATION}),?\s(?:which\s)?(?:(?:is\s)?(?:an?\s|the\s)?(?:[a-z]+\s)?"
    rf"(?:part|unit|division|branch|subsidiary|affiliate|component|arm)\sof|belong(?:s|ing)\sto)"
    rf"\s(?:the\s)?(?P<parent>{ORGANIZATION})"
)
# "Department of X, Ministry of Y".
_NEXT = re.compile(
    rf"(?P<child>{ORGANIZATION}),\s(?:the\s)?(?P<parent>{ORGANIZATION})(?!,?\sand\s|,\s(?:the\s)?{ORGANIZATION})"
)
_GENITIVE = re.compile(
    rf"(?P<parent>{ORGANIZATION})'s?\s(?:(?:own|new|[a-z]+ed)\s)?(?P<child>{ORGANIZATION})"
)
_DEFINITE = re.compile(
    rf"\b(?:the|this)\s(?P<noun>[a-z]+)'s?\s(?:own\s)?(?P<child>{ORGANIZATION})", re.IGNORECASE
)
_OF_DEFINITE = re.compile(
    rf"(?P<child>{ORGANIZATION})\s(?:of|at)\s(?:the|this)\s"
    r"(?P<noun>[Uu]niversity|[Aa]cademy|[Ii]nstitute|[Cc]ollege|[Ss]chool|[Mm]inistry)\b(?!')"
)
_ITS = re.compile(rf"\bits\s(?P<child>{ORGANIZATION})", re.IGNORECASE)
# A body's name with its whole's before it.
_PREFIXED = re.compile(
    r"(?P<whole>\S+|.+(?:University|Academy|Institute|College))(?: (?!University)\w+)?? "
    r"(?:Council|Secretariat|Committee|Office|Board|Library|Department|Graduate School|Faculty"
    r"|Cent(?:er|re)|Press|Museum|Hospital|Clinic|(?:School|College|Faculty|Institute) of .+)"
)
_PARTY = re.compile(r"(?:CPC|Party) (?P<whole>.+) Committee")
# "O, ", "O R P, R of ": the body before in a list, with who has which post there.
_LISTED_BEFORE = re.compile(
    rf"(?P<unit>{ORGANIZATION})(?:,?\s(?:{POST}|{PERSON})){{0,4}}(?:,\s|,?\s(?:and|as well as)\s)"
    rf"(?:(?:{POST}|{PERSON}),?\s){{0,3}}(?:(?:of|at)\s)?(?:the\s)?$"
)
# "P, R of the": somebody with a post in the unit that follows.
_HELD_IN = re.compile(rf"(?P<person>{PERSON}),\s(?:the\s)?{POST}\s(?:of|at)\s(?:the\s)?$")
_IN = re.compile(
    rf"(?P<child>{BODY}),?\s(?:(?:which\s)?(?:(?:is|are|was|will\sbe)\s)?(?:located|based|headquartered"
    rf"|situated)\sin|in|from|at)\s(?:the\s(?:city\sof\s|capital\sof\s)?)?(?P<parent>{PLACE})"
    rf"(?!'s|\sand\s(?:the\s)?{PLACE}|,\s{PLACE}\sand)"
)
# What is in a branch's place is the branch, not the university that opens it.
_OPENED = re.compile(r"\b(?:branch|campus|office|representation)(?:es)?\sof\s(?:the\s)?$")
_BASED = re.compile(
    rf"(?P<parent>{PLACE})-(?:based|headquartered)\s(?:[a-z]+\s)?(?P<child>{ORGANIZATION})"
)
_OF = re.compile(rf"(?P<child>{BODY})\sof\s(?:the\s)?(?P<parent>{PLACE})(?!'s)")
_BRACKET = re.compile(
    rf"(?P<child>{BODY})\s\((?P<parent>{PLACE})(?:,\s(?P<more>{PLACE})(?:,\s(?P<most>{PLACE}))?)?\)"
)
_COMMA = re.compile(
    rf"(?P<child>{PLACE}),\s(?:the\s)?(?P<parent>{PLACE})(?=\s?[–—.;:)-]|,\s(?!{PLACE}\sand)|$|\s(?!and))"
)
_SEAT = re.compile(
    rf"(?P<child>{ORGANIZATION})\s?,\s(?:the\s)?(?P<parent>{PLACE})"
    r"(?=\s?[,.;)–]|$|\s\(|\s(?:to|in|on|at|for|with|led|headed|as)\s)"
)
# "O, one of the oldest universities of L".
_KIND = re.compile(
    rf"(?P<child>{ORGANIZATION}),\s(?:an?|the|one\sof)\s[^,;.()\ue000]{{3,80}}?"
    rf"\b(?:university|universities|institute|institutes|academy|institution|institutions|college"
    rf"|school|company|enterprise|museum|centre|center|organization)\s(?:in|of|from)\s"
    rf"(?:the\s(?:city\sof\s)?)?(?P<parent>{PLACE})(?!'s)"
)
_CAPITAL = re.compile(
    rf"(?P<child>{PLACE}),\s(?:the\scapital|capital|part)\sof\s(?:the\s)?(?P<parent>{PLACE})"
)
# "in L, at O".
_AT = re.compile(rf"\bin\s(?P<parent>{PLACE}),?\sat\s(?:the\s)?(?P<child>{ORGANIZATION})(?!'s)")
_LIST = re.compile(
    rf"(?:\b(?:of|from|in)\s(?:the\s)?)?(?P<parent>{PLACE})(?:'s)?(?!\s(?:leads|led|has|had|sent|won|plans|wants)\b)(?:\s[a-z]+){{0,6}}:\s(?P<bodies>[^.:]*)"
)
_OWNER = re.compile(rf"(?P<parent>{PLACE})'s?\s(?:own\s)?(?:[a-z]+\s)?(?P<child>{ORGANIZATION})")


def part_of(
    abstracts: Sequence[Abstract],
    table: Table,
    discourse: Discourse,
    facilities: Sequence[Facility] = (),
) -> tuple[Link, ...]:
    """Return the pairs of a unit and what the text places it in, and set the units' types."""
    found: dict[str, tuple[Draft, Draft, Span, float]] = {}
    founded = {facility.facility for facility in facilities}

    def add(child: Draft | None, parent: Draft | None, span: Span, confidence: float) -> None:
        if child is None or parent is None or child is parent or child.id in found:
            return
        if child.id in founded or (child.type == "JointFacility" and confidence < 0.8):
            return
        if _hosted(discourse.language).search(child.name):
            return  # it stands at the university in its name
        if not _holds(child, parent) or _ancestor(found, parent, child):
            return
        found[child.id] = (child, parent, span, confidence)

    for unit, whole, span in _nested(abstracts, table):
        add(unit, whole, span, 0.95)
    for abstract in abstracts:
        for rule in (_stated, _possessed):
            for child, parent, confidence in rule(abstract, discourse):
                add(child, parent, abstract.span, confidence)
        for child, parent in _coordinated(abstract, table):
            add(child, parent, abstract.span, 0.85)
    for unit, whole, span in _prefixed(abstracts, table):
        add(unit, whole, span, 0.8)
    for abstract in () if _is_unnamed(abstracts, table, discourse.language) else abstracts:
        for unit, whole in _in_context(abstract, discourse, found):
            add(unit, whole, abstract.span, 0.7)
    for unit, whole, _, _ in found.values():
        retype(unit, whole)
    return tuple(Link(c.id, p.id, span, confidence) for c, p, span, confidence in found.values())


@cache
def _hosted(language: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{either(language, 'facilities', 'hosted')})\s(?:at|of)\b")


def retype(child: Draft, parent: Draft) -> None:
    """Set the type that a part's name makes it inside its whole."""
    if child.type in ("JointFacility", "School", "DiplomaticMission"):
        return
    name = next((m.short for m in child.mentions if m.short), child.name)
    whole = next((form for form in parent.forms if name.startswith(f"{form} ")), None)
    name = name.removeprefix(f"{whole} ") if whole else name
    child.type = classify(name, parent.type)


def _holds(child: Draft, parent: Draft) -> bool:
    if child.kind != "organization" or parent.type not in _WHOLE:
        return False
    return bool(_UNIT_NAME.search(child.name)) or child.type in (*UNITS, "School", "JointFacility")


def _ancestor(
    found: dict[str, tuple[Draft, Draft, Span, float]], start: Draft, goal: Draft
) -> bool:
    current: Draft | None = start
    for _ in range(20):
        if current is None or current is goal:
            return current is goal
        current = found[current.id][1] if current.id in found else None
    return True


def _nested(abstracts: Sequence[Abstract], table: Table) -> Iterator[tuple[Draft, Draft, Span]]:
    for draft in table.drafts:
        for mention in draft.mentions:
            if mention.parent is not None:
                parent = table.owner.get((mention.parent, "organization"))
                span = _span(abstracts, mention.start)
                if parent is not None and span is not None:
                    yield draft, parent, span


def _span(abstracts: Sequence[Abstract], start: int) -> Span | None:
    return next((a.span for a in abstracts if a.span[0] <= start < a.span[1]), None)


def _stated(
    abstract: Abstract, discourse: Discourse
) -> Iterator[tuple[Draft | None, Draft | None, float]]:
    for match in _PART.finditer(abstract.text):
        child = abstract.draft(match["child"])
        if child is not None and child.type == "JointFacility" and " of " not in match.group():
            continue
        yield abstract.draft(match["child"]), abstract.draft(match["parent"]), 0.9
    for match in _NEXT.finditer(abstract.text):
        unit, whole = abstract.draft(match["child"]), abstract.draft(match["parent"])
        listed = re.search(rf"{ORGANIZATION},\s(?:the\s)?$", abstract.text[: match.start()])
        fits = whole is not None and whole.type in ("University", "GovernmentBody")
        if fits and unit is not None and _is_bare_unit(unit) and listed is None:
            yield unit, whole, 0.8
    for pattern in (_APPOSED, _GENITIVE):
        for match in pattern.finditer(abstract.text):
            yield abstract.draft(match["child"]), abstract.draft(match["parent"]), 0.9


def _coordinated(abstract: Abstract, table: Table) -> Iterator[tuple[Draft, Draft]]:
    """Yield A and B with X in "the department A, the faculty B and the institute C of X"."""
    for match in _UNITS_OF.finditer(abstract.text):
        *firsts, last = re.findall(ORGANIZATION, match.group())
        item = abstract.item(last)
        whole = table.whole(item) if isinstance(item, Mention) else None
        for first in firsts if whole is not None else ():
            unit, mention = abstract.draft(first), abstract.item(first)
            alone = isinstance(mention, Mention) and mention.parent is None
            if unit is not None and whole is not None and alone and _PART_HEAD.match(unit.name):
                yield unit, whole


def _possessed(
    abstract: Abstract, discourse: Discourse
) -> Iterator[tuple[Draft | None, Draft | None, float]]:
    for match in _DEFINITE.finditer(abstract.text):
        yield (
            abstract.draft(match["child"]),
            discourse.definite(match["noun"].lower(), abstract, match.start()),
            0.85,
        )
    for match in _OF_DEFINITE.finditer(abstract.text):
        whole = discourse.definite(match["noun"].lower(), abstract, match.end("child"))
        yield abstract.draft(match["child"]), whole, 0.85
    for match in _ITS.finditer(abstract.text):
        yield abstract.draft(match["child"]), discourse.topic(abstract, match.start()), 0.75


def _prefixed(abstracts: Sequence[Abstract], table: Table) -> Iterator[tuple[Draft, Draft, Span]]:
    """Yield "AmberU Council" with AmberU, "Birch University Library" with the university."""
    forms = {
        form: draft
        for draft in table.drafts
        if draft.kind == "organization"
        for form in draft.forms
    }
    for draft in table.drafts:
        matches = (pattern.fullmatch(draft.name) for pattern in (_PREFIXED, _PARTY))
        wholes = (forms.get(match["whole"]) for match in matches if match)
        parent = next((d for d in wholes if d is not None and draft.kind == d.kind), None)
        span = _span(abstracts, draft.mentions[0].start) if parent is not None else None
        if parent is not None and parent is not draft and span is not None:
            yield draft, parent, span


def _is_unnamed(abstracts: Sequence[Abstract], table: Table, language: str) -> bool:
    """Whether a text speaks of "our university" and never says which: units may be its."""
    own = re.compile(rf"\b[Oo]ur\s(?i:{either(language, 'facilities', 'pointing.one')})\b")
    said = any(own.search(abstract.text) for abstract in abstracts)
    return said and publisher(abstracts, table.drafts, language) is None


def _in_context(
    abstract: Abstract, discourse: Discourse, found: dict[str, tuple[Draft, Draft, Span, float]]
) -> Iterator[tuple[Draft, Draft]]:
    """Yield units that nothing places with the institution that the context is about."""
    for match in re.finditer(ORGANIZATION, abstract.text):
        draft = abstract.draft(match.group())
        if draft is None or draft.id in found or not _is_bare_unit(draft):
            continue
        holder = _holder(abstract, match.start())
        parent = _listed_with(abstract, match.start(), draft, found)
        parent = parent or discourse.host(abstract, match.start(), draft, holder)
        if parent is not None:
            yield draft, parent


def _listed_with(
    abstract: Abstract,
    at: int,
    unit: Draft,
    found: dict[str, tuple[Draft, Draft, Span, float]],
) -> Draft | None:
    """Return X where the unit before in a list is said to be X's: "X Faculty of Law, Library"."""
    last = _LISTED_BEFORE.search(abstract.text[:at])
    before = abstract.draft(last["unit"]) if last else None
    if (
        before is None
        or before.id not in found
        or before.type in ("PartyOrganization", "University")
    ):
        return None
    _, whole, _, confidence = found[before.id]
    return whole if confidence >= 0.8 and whole is not unit else None


def _holder(abstract: Abstract, at: int) -> Draft | None:
    """Return who has a post in the unit named there: "P, R of the Faculty of Law"."""
    found = _HELD_IN.search(abstract.text[:at])
    return abstract.draft(found["person"]) if found else None


def _is_bare_unit(draft: Draft) -> bool:
    """Whether a name is that of a unit and says nothing of where it belongs."""
    if draft.type not in (*UNITS, "University", "Organization") or draft.kind != "organization":
        return False
    if any(lookup(word) for word in draft.name.split()):
        return False
    return bool(
        re.match(
            r"(?:Department|Division|Office|Faculty|School|Higher School|College|Institute|Chair"
            r"|Section|Graduate School|"
                     r"Party Committee|Standing Committee|Academic Council|Laboratory of"
                     r"|Office of)\b", draft.name)
        or re.search(r"(?:[Dd]epartment|[Dd]ivision|[Oo]ffice|Faculty|Directorate|Laboratory)$",
                     draft.name)
    )  # fmt: skip


def located_in(abstracts: Sequence[Abstract], table: Table) -> tuple[Link, ...]:
    """Return the pairs of an organization, facility or place and the place it is said to be in."""
    found: dict[tuple[str, str], Link] = {}
    for abstract in abstracts:
        for child, parent, confidence in _located(abstract, table):
            if child is None or parent is None or child is parent or not _can_be_in(child, parent):
                continue
            found.setdefault(
                (child.id, parent.id), Link(child.id, parent.id, abstract.span, confidence)
            )
        for place, parent in _places_of_names(abstract, table):
            if _can_be_in(place, parent):
                found.setdefault(
                    (place.id, parent.id), Link(place.id, parent.id, abstract.span, 0.85)
                )
    for draft, place, span in _ministries(abstracts, table):
        found.setdefault((draft.id, place.id), Link(draft.id, place.id, span, 0.85))
    for draft, place, span in _missions(abstracts, table):
        found.setdefault((draft.id, place.id), Link(draft.id, place.id, span, 0.9))
    return tuple(found.values())


def _located(
    abstract: Abstract, table: Table
) -> Iterator[tuple[Draft | None, Draft | None, float]]:
    yield from _listed(abstract)
    for pattern, confidence in (
        (_IN, 0.85),
        (_BASED, 0.95),
        (_AT, 0.85),
        (_BRACKET, 0.95),
        (_COMMA, 0.9),
        (_CAPITAL, 0.95),
        (_KIND, 0.85),
        (_SEAT, 0.85),
        (_OWNER, 0.85),
        (_OF, 0.8),
    ):
        for match in pattern.finditer(abstract.text):
            child, parent = abstract.draft(match["child"]), abstract.draft(match["parent"])
            if pattern is _BRACKET:
                child = _last_named(abstract, match["child"], table)
            if pattern is _IN and not _is_in(abstract, match, child, parent):
                continue
            if pattern is _COMMA and not _is_land(parent):
                continue
            yield child, parent, confidence
            if pattern is _BRACKET and match["more"]:
                more = abstract.draft(match["more"])
                yield parent, more, confidence
                yield more, abstract.draft(match["most"]) if match["most"] else None, confidence


def _last_named(abstract: Abstract, placeholder: str, table: Table) -> Draft | None:
    """Return what brackets stand behind: the university at the end of the name of a facility."""
    item = abstract.item(placeholder)
    facility = isinstance(item, Mention) and item.type == "JointFacility"
    host = table.whole(item) if isinstance(item, Mention) and facility else None
    return host or abstract.draft(placeholder)


def _is_in(
    abstract: Abstract, match: re.Match[str], child: Draft | None, parent: Draft | None
) -> bool:
    """Whether "in L" behind a name says where that is, not where its branch is."""
    if child is not None and child.kind == "place":
        return _contains(parent, child)
    return _OPENED.search(abstract.text[: match.start()]) is None


def _is_land(place: Draft | None) -> bool:
    """Whether a place can hold others: "Beijing, Nankai, Wuhan" only lists them."""
    known = lookup(place.name) if place is not None else None
    return known is not None and known.kind != "city"


def _listed(abstract: Abstract) -> Iterator[tuple[Draft | None, Draft | None, float]]:
    """Yield the members of a list: "two partners from China: X and Y"."""
    for match in _LIST.finditer(abstract.text):
        for body in re.findall(ORGANIZATION, match["bodies"]):
            yield abstract.draft(body), abstract.draft(match["parent"]), 0.8


def _places_of_names(abstract: Abstract, table: Table) -> Iterator[tuple[Draft, Draft]]:
    """Yield "Sichuan Province" and "China" in "Department … of Sichuan Province (China)"."""
    pattern = rf"(?P<body>{ORGANIZATION})(?:,|\s\()\s?(?P<parent>{PLACE})"
    for match in re.finditer(pattern, abstract.text):
        mention, parent = abstract.item(match["body"]), abstract.draft(match["parent"])
        for draft in table.drafts:
            inner = any(m.end == mention.end and m.start > mention.start for m in draft.mentions)
            if draft.kind == "place" and inner and parent is not None and parent is not draft:
                yield draft, parent


def _contains(outer: Draft | None, inner: Draft) -> bool:
    one, two = lookup(outer.name) if outer else None, lookup(inner.name)
    return one is not None and (
        two is None or (one.country == two.country and one.kind != "city" and one.key != two.key)
    )


def _can_be_in(child: Draft, parent: Draft) -> bool:
    """Whether the gazetteer allows it: no place in itself, no country in a city."""
    outer = lookup(parent.name)
    if child.kind == "place":
        inner = lookup(child.name)
        if inner is None or outer is None:
            return not (inner is not None and inner.kind == "country")
        order = ("city", "region", "country", "area")
        return inner.country == outer.country and order.index(inner.kind) < order.index(outer.kind)
    return child.type not in ("Media", "InternationalOrganization") and not (
        outer is not None and outer.kind == "area"
    )


def _ministries(abstracts: Sequence[Abstract], table: Table) -> Iterator[tuple[Draft, Draft, Span]]:
    """Yield ministries with the country whose adjective stands before their names."""
    countries = {d.name: d for d in table.drafts if d.kind == "place"}
    places = {place: d for d in countries.values() if (place := lookup(d.name)) is not None}
    for draft in table.drafts:
        first, _, rest = draft.name.partition(" ")
        country = adjective(first) if draft.kind == "organization" else None
        target = places.get(country) if country is not None and "Ministry" in rest else None
        span = _span(abstracts, draft.mentions[0].start) if target is not None else None
        if target is not None and span is not None:
            yield draft, target, span


def _missions(abstracts: Sequence[Abstract], table: Table) -> Iterator[tuple[Draft, Draft, Span]]:
    """Yield embassies and consulates with the country or city in their name ("… in China")."""
    for draft in table.drafts:
        if draft.type != "DiplomaticMission":
            continue
        for mention in draft.mentions:
            tail = re.search(r" in (?:the )?(.+)$", mention.name)
            place = lookup(tail[1]) if tail else None
            target = next(
                (
                    d
                    for d in table.drafts
                    if d.kind == "place" and place and lookup(d.name) == place
                ),
                None,
            )
            span = _span(abstracts, mention.start)
            if target is not None and span is not None:
                yield draft, target, span
