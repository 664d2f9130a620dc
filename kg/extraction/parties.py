"""Whom a document is between: those stated, those who sign, and those told of before.

Each rule answers or abstains. What a sentence states beats who signs in it, and both beat what
only the sentences before it tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from kg.extraction.abstracts import (
    BODY,
    CLOSE,
    OPEN,
    ORGANIZATION,
    PERSON,
    PLACE,
    POST,
    POSTS,
    Abstract,
)
from kg.extraction.agents import acting
from kg.extraction.entities import Draft
from kg.extraction.lexicon import alternatives, words
from kg.extraction.sides import Told

PARTIES = (
    "University",
    "GovernmentBody",
    "Company",
    "ResearchInstitute",
    "Organization",
    "School",
    "Association",
    "JointFacility",
    "OrganizationalUnit",
    "DiplomaticMission",
    "PartyOrganization",
)
"""The types of organizations that conclude documents."""
_SMALL = ("OrganizationalUnit", "JointFacility")

_WHERE = rf"(?:\s(?:of|in)\s(?:the\s)?{PLACE}|\s\({PLACE}[^)]*\)|,\s{PLACE}(?=,|\sand\b))?"
# "the Malaysian company X": words that say what a party is.
_KIND = r"(?:(?!(?:and|in|on|at|for|with|by|of|to|during|from|under|which|that|the)\b)[A-Za-z-]+\s)"
_BASED = rf"(?:{PLACE}(?:\s\([^)]*\))?-based\s)?"
_ITEM = (
    rf"(?<!\w)(?:the\s|its\s)?{_BASED}(?:{PLACE}'s\s)?"
    rf"(?:{_KIND}{{1,3}}(?={ORGANIZATION}))?{BODY}{_WHERE}"
)
_AND = r"(?:,\s(?:and\s)?|\sand\s(?:of\s)?|\sas\swell\sas\s|;\s(?:and\s)?)"
BODIES = rf"{_ITEM}(?:{_AND}{_ITEM})*"
"""A list of organizations and places."""

GOVERNMENTS_OF = r"(?:governments?\sof\s(?:the\s)?)"
"""Words by which a country stands for itself as a party."""
_BETWEEN = re.compile(rf"\bbetween\s(?:the\s)?{GOVERNMENTS_OF}?(?P<bodies>{BODIES})", re.IGNORECASE)
# "between the two governments": whose they are, the sentences before tell.
_STATES = re.compile(r"between\sthe\stwo\s(?:governments|countries|states)\b", re.I)
_FIRST_BETWEEN = re.compile(rf"(?:^|[,;:]\s)between\s(?P<bodies>{BODIES})", re.IGNORECASE)
# Before an institution: it is no subject, but "delegation of" and "rector of" stand for it.
_OBJECT = re.compile(
    rf"\b(?:at|in|with|from|to|into|visited|toured|for|near|about|(?<!{CLOSE}\s)"
    r"(?<!\bdelegation\s)(?<!\bdelegations\s)(?<!\bleadership\s)(?<!\bmanagement\s)"
    r"(?<!\badministration\s)(?<!\bbehalf\s)(?<!\bside\s)of)\s(?:the\s)?$"
)
_UNITED = re.compile(
    rf"\b(?:(?:brings\stogether|unites)|(?:statement|declaration|communiqu[eé])\sof)\s(?P<bodies>{BODIES})",
    re.IGNORECASE,
)
# "with the rector of X", "with four universities at the forum, namely X and Y"
_WITH = re.compile(
    rf"\bwith\s(?:(?:the\s)?{POST}\s(?:{PERSON}\s)?of\s)?(?P<bodies>{BODIES})"
    rf"|\bwith\s(?:[^.;{OPEN}]|{PLACE}|{POSTS}){{0,90}}?(?:\b(?:including|among\sthem|such\sas|namely)\s|:\s|\s[–—-]\s)"
    rf"(?P<named>{BODIES})"
)
_TOGETHER = re.compile(rf"\btogether\swith\s(?P<bodies>{BODIES})")
# "signed with X a memorandum", "took its ties with X further by signing a memorandum"
_WITH_BEFORE = re.compile(
    rf"\bwith\s(?P<bodies>{BODIES})\s(?:(?:an?|the|two|three)\s[^,.;]*|[^,.;]*\bby\ssigning\s[^,.;]*)$"
)
_BY_SIGNING = re.compile(rf"(?P<bodies>{BODIES})\s[^.;]*?\b(?:by|through)\s(?:\w+ly\s)?signing\b")
_TALKING = re.compile(
    rf"(?P<bodies>{BODIES})\s(?:\w+\s){{0,3}}?(?:discussed|considered|negotiated)\b"
)
_VISITED = re.compile(rf"\bvisit(?:ed|s)?\s(?:the\s)?(?P<bodies>{BODIES}),\swhere\b")
_LISTED = re.compile(rf"\b[Pp]arties\sare\s(?P<bodies>{BODIES})")
_BEHALF = re.compile(rf"\bon\sbehalf\sof\s(?:the\s)?({ORGANIZATION})")
_REPRESENTED = re.compile(
    rf"({ORGANIZATION})(?:,|\swas|\sis)?\s(?:represented\s)?by\s(?:its|the|their|{POST}|{PERSON})"
)
# "A and B, the company C, signed": C is what B is.
_APPOSITION = re.compile(rf"(?<=\sand\s)({ORGANIZATION}), the\s{ORGANIZATION}$")
_MIXED = re.compile(
    rf"(?:^(?:the\s)?(?P<first>{PLACE})\sand\s(?:the\s)?)?(?P<organization>{ORGANIZATION})"
    rf"(?:\sand\s(?:the\s)?(?P<place>{PLACE}))?"
)
_PLACES = re.compile(rf"(?:^|,\s|\sand\s|the\s)(?P<place>{PLACE})")
_AGENT = re.compile(r"[^.;]*?\bby\s|\s(?:on\sbehalf\b[^.;]*?\b)?(?:were|was)\s")
# "P, rector of" before the one who signs: it is P's institution.
_HELD = re.compile(
    rf"(?P<person>{PERSON}),?\s(?:[^.;]*?,\s|the\s|and\s)*(?:the\s)?(?:\w+\s)?{POST}\sof\s(?:the\s)?$"
)
# Others sign whom the sentence does not name, or so many documents that they are of many.
_OTHERS = re.compile(r"\bwith\b|\bby\s(?!(?:the\s|both\s|two\s)*(?:sides|parties|two)\b)")
_MANY = re.compile(
    r"\b(?:\d{1,3}|several|dozens?|many|numerous|eight|nine|ten)\s(?:\w+[\s-]){0,3}$"
)
# Nobody is named who signs.
_UNNAMED = re.compile(
    r"\b(?:(?:was|were|been)\s(?:\w+\s)?signed|signing\sceremony\s(?:was|took)|(?:[Tt]hey|[Ww]e)\s(?:\w+\s)?(?:signed|concluded))\b"
)
# "At the meeting of X and Y, two documents were signed": nobody is told to do so.
_PASSIVE = re.compile(r",\s[^,.;]*\b(?:was|were|been|be)\s(?:\w+\s)?\w+$")
# "On the visit to L, X and Y signed"
_ADJUNCT = re.compile(rf"{PLACE},\s(?=(?:the\s)?{ORGANIZATION}\sand\s(?:the\s)?{ORGANIZATION}$)")
# "the signing of a memorandum with X was attended by the rector of Y"
_ATTENDED = re.compile(rf"\b(?:attended|chaired|opened)\sby\s(?P<bodies>{BODIES})")
# "On the day of X, Y signed": Y does, for a list is either subject or object.
_LAST = re.compile(rf"(?:,\s|\sand\s)(?:the\s)?(?P<body>{ORGANIZATION})$")
_AND_THEN = re.compile(r"\band\b")
_EACH_OTHER = re.compile(r"\bwith\s(?:each\sother|one\sanother)\b")


def parties(abstract: Abstract, noun: re.Match[str], told: Told) -> list[Draft]:
    """Return the parties of the document that a noun of a sentence means.

    Parameters
    ----------
    abstract : Abstract
        A sentence in which phrases that point back are resolved.
    noun : re.Match
        The noun for the document, found in the sentence's text.
    told : Told
        What was told before, and for whom people sign.
    """
    stated = _stated(abstract, noun, told.language)
    if stated:
        return stated
    if _STATES.match(abstract.text, noun.end() + 1):
        return told.discourse.sides(abstract, noun.start(), told.employers)
    signing, partners = _signing(abstract, told), _partners(abstract, noun)
    if not signing and len(partners) > 1:
        signing = _people(abstract, told)
    found = distinct([*signing, *partners])
    if is_talk(abstract.text, told.language) and not found:
        talking = _TALKING.search(abstract.text)
        return drafts_of(abstract, talking["bodies"]) if talking else []
    for more in (_on_behalf(abstract), _people(abstract, told), _acting(abstract, told)):
        if len(found) < 2:
            found = distinct([*found, *more])
    return _completed(abstract, noun, found, told)


def each(abstract: Abstract, noun: re.Match[str], told: Told) -> list[list[Draft]]:
    """Return the parties of each document that a noun means: "A signed memoranda with B and C".

    Where one signs several with several others, each other has one of its own.
    """
    everybody = parties(abstract, noun, told)
    if not _PLURAL.match(noun.group()) or _BETWEEN.search(abstract.text, noun.end()):
        return [everybody]
    partners = _partners(abstract, noun)
    others = [draft for draft in everybody if draft not in partners]
    if 1 in (len(partners), len(others)) and len(partners) + len(others) > 2:
        return [[one, other] for one in others for other in partners]
    return [everybody]


# "memoranda of understanding", "cooperation agreements"
_PLURAL = re.compile(r"(?!minutes)(?:\w+\s)*?(?:memoranda|(?!minutes)\w+s)\b(?!\s(?!of\b))", re.I)


def further_parties(abstract: Abstract, told: Told) -> list[Draft]:
    """Return the parties that a sentence after that of the document adds.

    "It was signed by P, rector of X, and Q, president of Y."; "Its parties are X and Y."
    """
    if not _adds(told.language).search(abstract.text):
        return []
    listed = _LISTED.search(abstract.text)
    if listed is not None:
        return drafts_of(abstract, listed["bodies"])
    text = _own_words(abstract.text, told.language)
    signing = [d for d in abstract.entities(ORGANIZATION, text) if d.type in PARTIES]
    people = _people(abstract, told)
    return people if len(people) > 1 else [d for d in signing if d.type not in _SMALL]


def is_talk(text: str, language: str) -> bool:
    """Whether a sentence speaks of signing something, and tells of no signing."""
    talk = _cue(language, "talk").search(text)
    signed = re.search(r"\b(?:signed|inked|concluded)\b", text)
    return bool(talk) and not signed and bool(re.search(r"\b(?:signing|conclu\w+)\b", text))


def distinct(drafts: Iterable[Draft]) -> list[Draft]:
    """Return different entities in their order."""
    return list({id(draft): draft for draft in drafts}.values())


def drafts_of(abstract: Abstract, text: str) -> list[Draft]:
    """Return what a list names; a place behind an organization only says where that is."""
    text = _APPOSITION.sub(r"\1", re.sub(rf"{PLACE}(?:'s|(?:\s\([^)]*\))?-based)\s", "", text))
    pattern = _MIXED if re.search(ORGANIZATION, text) else _PLACES
    items = (item for match in pattern.finditer(text) for item in match.groups() if item)
    found = [abstract.draft(item) for item in items]
    return distinct(draft for draft in found if draft is not None)


@cache
def _cue(language: str, name: str) -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:{alternatives(words(language, 'agreements')['cues'][name])})\b", re.IGNORECASE
    )


@cache
def _adds(language: str) -> re.Pattern[str]:
    phrases = alternatives(words(language, "agreements")["cues"]["adds"])
    return re.compile(rf"\b(?:{phrases})\b", re.IGNORECASE)


@cache
def _verbs(language: str) -> str:
    return alternatives(words(language, "agreements")["cues"]["verbs"])


@cache
def _signed_by(language: str) -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:{_verbs(language)}|reached)\s(?:jointly\s|(?:[^.;,{OPEN}]|{PLACE}){{1,40}}?\s)?"
        rf"by\s(?P<bodies>{BODIES})",
        re.IGNORECASE,
    )


@cache
def _also_signed(language: str) -> re.Pattern[str]:
    """Return a pattern for the subject of two verbs: "X visited Y and signed …"."""
    return re.compile(
        rf"(?:^|[,;]\s|\sthat\s)(?P<bodies>{BODIES})\s[a-z][^.;]*?\sand\s(?:\w+ly\s|also\s)?"
        rf"(?:{_verbs(language)})\b"
    )


@cache
def _subject(language: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?P<bodies>{BODIES})(?:,[^,;.]{{0,80}},|,)?\s(?:(?:\w+|{PLACE}),?\s){{0,6}}?"
        rf"(?:{_verbs(language)})\b"
    )


def _stated(abstract: Abstract, noun: re.Match[str], language: str) -> list[Draft]:
    """Return those that a document is said to be between or signed by."""
    text = abstract.text
    between = _BETWEEN.search(text, noun.end()) or _FIRST_BETWEEN.search(text)
    if between:
        listed = drafts_of(abstract, between["bodies"])
        return listed if _are_organizations(listed) else _spelled(abstract, between) or listed
    for rule in (_signed_by(language), _UNITED):
        stated = rule.search(text)
        found = drafts_of(abstract, stated["bodies"]) if stated else []
        if len(found) > 1:
            return found
    return []


def _spelled(abstract: Abstract, between: re.Match[str]) -> list[Draft]:
    """Return the institutions that a colon puts behind the countries between which it is."""
    spelled = _COLON.match(abstract.text, between.end())
    found = abstract.entities(ORGANIZATION, spelled.group()) if spelled else []
    return found if len(found) > 1 else []


_COLON = re.compile(r"\s?:\s[^.;]*")


def _signing(abstract: Abstract, told: Told) -> list[Draft]:
    """Return the subjects of a verb of signing: organizations, or nothing but places."""
    by = _BY_SIGNING.search(abstract.text)
    found = drafts_of(abstract, by["bodies"]) if by else []
    for match in _subject(told.language).finditer(abstract.text):
        if _PASSIVE.search(match.group()):
            continue
        if _OBJECT.search(abstract.text, 0, match.start()):
            if (adjunct := _ADJUNCT.match(match["bodies"])) is not None:
                found += drafts_of(abstract, match["bodies"][adjunct.end() :])
                continue
            behind = _LAST.search(match["bodies"])
            if behind and not _AND_THEN.search(match.group(), match.end("bodies") - match.start()):
                found += drafts_of(abstract, behind["body"])
            continue
        held = _HELD.search(abstract.text, 0, match.start())
        if held is not None and (own := abstract.draft(held["person"])) is not None:
            found += [told.employers[own.id]] if own.id in told.employers else []
            continue
        listed = drafts_of(abstract, match["bodies"])
        found += listed if len(listed) > 1 or _are_organizations(listed) else []
    also = _also_signed(told.language).search(abstract.text) if not found else None
    listed = drafts_of(abstract, also["bodies"]) if also else []
    return listed if listed and _are_organizations(listed) else found


def _are_organizations(drafts: Iterable[Draft]) -> bool:
    return all(draft.kind == "organization" for draft in drafts)


def _partners(abstract: Abstract, noun: re.Match[str]) -> list[Draft]:
    """Return those with whom a document is signed."""
    found = _WITH.search(abstract.text, noun.end())
    if found is None:
        found = _WITH_BEFORE.search(abstract.text, 0, noun.start())
        return drafts_of(abstract, found["bodies"]) if found else []
    beside = _TOGETHER.search(abstract.text, found.end())
    further = drafts_of(abstract, beside["bodies"]) if beside is not None else []
    return [*drafts_of(abstract, found["bodies"] or found["named"]), *further]


def _on_behalf(abstract: Abstract) -> list[Draft]:
    """Return those on whose behalf others sign, with those who are represented beside them."""
    behalf = _BEHALF.findall(abstract.text)
    beside = _REPRESENTED.findall(abstract.text) if behalf or "represented" in abstract.text else []
    found = [abstract.draft(one) for one in (*behalf, *beside)]
    return [draft for draft in found if draft is not None] if len(found) > 1 else []


# "Within the framework of X's president P's visit, …": P has no part in what follows.
_FRAME = re.compile(
    r"^(?:[Ww]ithin\sthe\s(?:framework|frame)|[Ii]n\sthe\sframework|[Aa]s\s(?:a\s)?part|[Oo]n\sthe\s(?:sidelines"
    r"|margins|occasion)|[Dd]uring|[Aa]mid)\s[^.;]{0,160}?\b(?:visit|trip|tour|stay)\b[^.;,]*,\s"
)


@cache
def _first_witnesses(language: str) -> re.Pattern[str]:
    phrases = alternatives(words(language, "agreements")["cues"]["before_witnesses"])
    return re.compile(rf"\b(?:{phrases})\s[^,.;]*,")


def _own_words(text: str, language: str) -> str:
    """Return a sentence without those who only looked on."""
    text = _first_witnesses(language).sub(",", text, count=1)
    witnesses = _cue(language, "witnesses").search(text)
    return text[: witnesses.start()] if witnesses and witnesses.start() > 0 else text


def _people(abstract: Abstract, told: Told) -> list[Draft]:
    """Return the institutions of the people who sign: the subject of the verb, or behind "by"."""
    text = _FRAME.sub("", _own_words(abstract.text, told.language))
    verb = re.search(rf"\b(?:{_verbs(told.language)})\b", text)
    if verb is None:
        return []
    agent = _AGENT.match(text, verb.end())
    side = text[agent.end() :] if agent is not None else text[: verb.start()]
    signers = abstract.entities(PERSON, side)
    found = [told.employers[one.id] for one in signers if one.id in told.employers]
    visited = _VISITED.search(text)
    found += drafts_of(abstract, visited["bodies"]) if visited and found else []
    organizations = [draft for draft in found if draft.kind == "organization"]
    return distinct(organizations or (found if len(distinct(found)) > 1 else []))


def _acting(abstract: Abstract, told: Told) -> list[Draft]:
    """Return the subjects of a verb of signing, heads and delegations read as institutions."""
    own = replace(abstract, text=_own_words(abstract.text, told.language))
    reduced = acting(own, told.employers, told.language)
    for rule in (_subject(told.language), _signed_by(told.language)):
        for match in rule.finditer(reduced.text):
            found = drafts_of(reduced, match["bodies"])
            if not _OBJECT.search(reduced.text, 0, match.start()) and len(found) > 1:
                return found
    return []


def _attending(abstract: Abstract, found: list[Draft], told: Told) -> list[Draft]:
    """Return the one university whose head was there when its partner's document was signed."""
    attended = _ATTENDED.search(acting(abstract, told.employers, told.language).text)
    others = drafts_of(abstract, attended["bodies"]) if attended and len(found) == 1 else []
    own = [one for one in others if one.type == "University" and one not in found]
    return [*found, *own] if len(own) == 1 else []


def _completed(
    abstract: Abstract, noun: re.Match[str], found: list[Draft], told: Told
) -> list[Draft]:
    """Return parties with those that only the sentences before tell, where one is missing."""
    if len(found) > 1:
        return found
    text, discourse = abstract.text, told.discourse
    number = _cue(told.language, "several").search(text)
    if number is not None:
        numbers = words(told.language, "agreements")["numbers"]
        count = numbers.get(number.group().split()[-2].lower(), 3)
        return discourse.several(count, abstract, number.start()) or found
    if _cue(told.language, "both").search(text) or _EACH_OTHER.search(text):
        return discourse.sides(abstract, noun.start(), told.employers) or found
    if there := _attending(abstract, found, told):
        return there
    if _OTHERS.search(text, noun.end()) or _MANY.search(text, 0, noun.start()):
        return found  # with or by somebody whom the text does not name
    if is_talk(text, told.language):
        return found
    return _of_the_occasion(abstract, found, told) or found


def _of_the_occasion(abstract: Abstract, found: list[Draft], told: Told) -> list[Draft]:
    """Return guest and host of the occasion at which something is signed, if they fit."""
    unnamed = not found and _UNNAMED.search(abstract.text)
    if unnamed and len(here := told.here()) == 2:
        return here
    guest = told.guest()
    if guest is None:
        return told.two() if unnamed else []
    other = next((draft for draft in found if draft is not guest), None) or told.host(guest)
    if other is None:  # a document with one named party keeps that one
        return (
            [guest]
            if any(guest is abstract.draft(m.group()) for m in abstract.all(ORGANIZATION))
            else []
        )
    return told.discourse.in_order([guest, other])
