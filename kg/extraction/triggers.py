"""The words that stand for an event: proper names, nouns, and verbs with both their sides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kg.extraction.abstracts import ANY, EVENT, ORGANIZATION, PERSON, PLACE, POST, POSTS, Abstract
from kg.extraction.lexicon import Phrases, alternatives, cue, either, typed, words
from kg.extraction.places import lookup
from kg.extraction.reading import Mention

ANY_EVENT = "event"  # "the event" means whichever was told last
EDITION = "edition"  # "the next one" is another gathering of the kind told last


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word, name or verb that stands for an event in a sentence."""

    at: int
    end: int
    type: str
    name: str | None
    definite: bool
    verb: bool = False
    signing: bool = False
    new: bool = False  # "a further meeting" is another one than that told before


def triggers(abstract: Abstract, language: str) -> list[Trigger]:
    """Return the triggers of a sentence, left to right, names before nouns before verbs."""
    found = [*_names(abstract, language), *_nouns(abstract, language)]
    found = [trigger for trigger in found if not _is_of_a_programme(abstract, trigger, language)]
    told = {t.type for t in found if not is_background(abstract, t, language)}
    if told - {"Visit", "Meeting", "Ceremony", EDITION}:
        told |= {"Visit", "Ceremony"}
    found += [t for t in _verbs(abstract, language) if t.type not in told]
    return sorted(found, key=lambda trigger: trigger.at)


def _is_of_a_programme(abstract: Abstract, trigger: Trigger, language: str) -> bool:
    """Whether an event is only listed as part of another's programme."""
    listed = cue(language, "events", "cues.programme").search(abstract.text, 0, trigger.at)
    return trigger.name is None and listed is not None


# "President of the Summit of Rectors" holds a post, in "the Assembly Hall" things take place.
_HELD_BY = re.compile(rf"{POST}\s(?:of|at|for)\s(?:the\s)?$")
# What stands in quotation marks behind "specialties" is taught, not held.
_TAUGHT = re.compile(
    r"\b(?:special(?:ty|ties|ities)|majors?|disciplines?|subjects?|textbooks?|books?)\s[^.;]{0,80}[“\"«]$"
)
_HALL = re.compile(r"\s(?:Hall|Room|Center|Centre|Building|Palace|Complex)\b")


def _names(abstract: Abstract, language: str) -> Iterator[Trigger]:
    for match in abstract.all(EVENT):
        mention = abstract.item(match.group())
        text = abstract.text
        before = text[: match.start()]
        if _HELD_BY.search(before) or _HALL.match(text, match.end()) or _TAUGHT.search(before):
            continue
        if isinstance(mention, Mention) and not _holiday(language).search(mention.name):
            name = mention.name + _rest_of_name(abstract, mention.name, match.end())
            yield Trigger(match.start(), match.end(), mention.type, name, True)


_AND_PLACE = re.compile(rf"\sand\s(?:the\s)?(?:{PLACE})(?!'s|,?\s(?:{PLACE}|has|have|hosted)\b)")


def _rest_of_name(abstract: Abstract, name: str, end: int) -> str:
    """Return "and Norway" behind "Forum of Rectors of Iceland", which the grammar leaves out."""
    match = _AND_PLACE.match(abstract.text, end)
    last = re.search(r" (?:of|between) (?:the )?([^,]+)$", name)
    place = re.split(r" of (?:the )?", last[1])[-1] if last else ""
    if match is None or (lookup(place) is None and (last is None or lookup(last[1]) is None)):
        return ""
    return abstract.verbatim(match.group())


@cache
def _holiday(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{either(language, 'events', 'cues.holidays')})$")


@cache
def _noun_types(language: str) -> Phrases[str]:
    return typed(language, "events", "nouns")


@cache
def _noun_pattern(language: str) -> re.Pattern[str]:
    lexicon = words(language, "events")
    behind = alternatives(lexicon["cues"]["not_behind"])
    return re.compile(
        rf"(?<![\w-])(?P<noun>{alternatives(_noun_types(language))})(?![\w-])(?!\s(?:{behind})\b)",
        re.IGNORECASE,
    )


def _quoted(abstract: Abstract, noun: re.Match[str]) -> str | None:
    """Return the proper name that stands in quotation marks right behind a noun."""
    pattern = r",?\s(?:named\s|called\s|entitled\s|titled\s)?[“\"«](?P<name>[^”\"»]{4,160})[”\"»]"
    match = re.compile(pattern).match(abstract.text, noun.end())
    if match is None:
        return None
    name = abstract.verbatim(match["name"]).strip(" ,.")
    return name if name[:1].isupper() else None


@cache
def _another(language: str) -> re.Pattern[str]:
    phrases = alternatives(words(language, "events")["cues"]["another"])
    return re.compile(rf"\b(?:{phrases})\s(?:[\w-]+\s)?$", re.IGNORECASE)


@cache
def _resulting(language: str) -> re.Pattern[str]:
    """Return a pattern for "as a result of (the)": what follows was told, and is told no more."""
    phrases = alternatives(words(language, "events")["cues"]["resulting"])
    return re.compile(rf"\b(?:{phrases})\s(?:the\s)?(?:[\w-]+\s)?$", re.IGNORECASE)


@cache
def _again() -> re.Pattern[str]:
    """Return a pattern for words that tell of no event but of its kind: "This was the first"."""
    return re.compile(
        r"\b(?:such\san?\s(?:\w+\s)?"
        r"|(?:this|it)\s(?:was|is|has\sbeen|marks|marked|became)\s(?:the|his|her|their|its)\s(?:very\s)?(?:first|second|third)\s(?:\w+\s)?)$",
        re.IGNORECASE,
    )


def _is_definite(before: str) -> bool:
    """Whether the article or owner nearest before a noun says that the event is known."""
    if re.search(rf"{ANY}'s?\s(?:\w+\s)?$", before):
        return True
    bare = re.sub(r"(?<=\s)[“«\"(]+(?=\w)|^[“«\"(]+(?=\w)", "", before.lower())
    for distance, word in enumerate(reversed(bare.split()[-6:])):
        if word in ("the", "this", "that", "its", "their"):
            return distance < 4
        if word in ("a", "an", "another", "first", "one") or word[-1] in ".;,":
            return False
    return False


@cache
def _edition(language: str) -> re.Pattern[str]:
    """Return a pattern for another gathering of a kind: "the 2026 edition", "the third in L"."""
    ordinals = alternatives([*words(language, "dates")["ordinal_numbers"], "next", "previous"])
    return re.compile(
        rf"\bthe\s(?:(?:{ordinals}|(?:19|20)\d\d)\s(?:one|edition)\b(?!\sof\b)|(?:{ordinals})(?=,?\sin\s{PLACE}\s[^.,;]{{0,20}}\d))",
        re.IGNORECASE,
    )


def _is_facility(name: str) -> bool:
    return name.lower().endswith("workshop")


def _nouns(abstract: Abstract, language: str) -> Iterator[Trigger]:
    quoted = [m.span() for m in re.finditer(r"[“\"«][^”\"»]*[”\"»]", abstract.text)]
    for match in _noun_pattern(language).finditer(abstract.text):
        noun = " ".join(match["noun"].lower().split())
        if any(start < match.start() < end for start, end in quoted):
            continue
        if not abstract.text[: match.start()].strip() and not abstract.text[match.end() :].strip():
            continue  # a heading of the page
        before = abstract.text[max(0, match.start() - 60) : match.start()]
        previous = re.search(r"([\w-]+)\s$", before)
        if noun == "workshop" and any(_is_facility(name) for name in abstract.facilities):
            continue
        if previous and previous[1].lower() in words(language, "events")["cues"]["not_before"]:
            continue
        if re.search(rf"{EVENT}(?:'s?)?\s(?:\w+\s)?$", before):
            continue
        if _again().search(before) or (noun.startswith("celebration") and before.endswith("in ")):
            continue  # "events in celebration of" a day are not told by that
        if re.search(r"\b(?:their|its|his|her) own\s(?:[\w-]+\s)?$", before):
            yield Trigger(
                match.start(),
                match.end(),
                _noun_types(language)[noun],
                _quoted(abstract, match),
                False,
            )
            continue
        if _resulting(language).search(before):
            continue
        name = _quoted(abstract, match)
        type = _noun_types(language)[noun]
        marked = r"\s(?:to\smark|for|on|of)\s(?:the\s)?(?:official\s)?signing\b"
        signing = noun.startswith("signing") or bool(re.match(marked, abstract.text[match.end() :]))
        yield Trigger(
            match.start(),
            match.end(),
            type,
            name,
            _is_definite(before),
            signing=signing,
            new=_another(language).search(before) is not None,
        )
    for match in _edition(language).finditer(abstract.text):
        yield Trigger(match.start(), match.end(), EDITION, None, True, new=True)
    for match in re.finditer(r"\b(?:[Tt]he|[Tt]his)\s(?:whole\s|larger\s)?event\b", abstract.text):
        yield Trigger(match.start(), match.end(), ANY_EVENT, None, True)


@cache
def _verb_patterns(language: str) -> tuple[tuple[re.Pattern[str], str, bool], ...]:
    lexicon = words(language, "events")
    pronoun = r"\b(?:they|he|she)\b"
    ours = alternatives(lexicon["cues"]["ours"])
    nouns = "delegation|delegates|group|guests|visitors|team|deputies"
    party = rf"(?:{PERSON}|{POST}|{ORGANIZATION}|{PLACE}|{nouns}|{pronoun})"
    visit = (
        rf"{party}[^.;]{{0,160}}?\b(?:{alternatives(lexicon['cues']['visit_verbs'])})\s(?:t"
        rf"he\s)?(?:[^.;]{{0,40}}?)(?:{ORGANIZATION}|{PLACE})"
        rf"|\b(?:{nouns})\s(?:was|were)\s(?:\w+\s)?hosted\sby\s(?:the\s)?{ORGANIZATION}"
        rf"|\bwhen\svisiting\s(?:the\s)?{ORGANIZATION}"
        rf"|{party}[^.;]{{0,160}}?\b(?:led|leads|headed|brought)\s(?:an?|the|its|his|her)\s[^.;,]{{0,40}}?"
        rf"(?:delegation|group|team)\b[^.;]{{0,60}}?\sto\s(?:the\s|visit\s)?(?:{ORGANIZATION}|{PLACE})"
        rf"|{party}[^.;]{{0,160}}?\b(?:visited|toured|inspected|got\sacquainted\swith)\s(?:{ours}|our)\b"
    )
    hosts = alternatives(lexicon["cues"]["host_verbs"])
    guests = alternatives(lexicon["cues"]["guests"])
    hosted = (
        rf"{ORGANIZATION}(?:(?!{PERSON})[^.;]){{0,60}}?\b(?:{hosts})\s(?:an?\s"
        rf"|the\s)?(?:[^.;,]{{0,40}}?\s)?(?:{guests}|{POSTS}\sfrom)\b"
    )
    meet = (
        rf"(?:{pronoun}|{PERSON}|{POST}|{ORGANIZATION}|delegation|guests|group|participants|students|visitors)[^.;]{{0,120}}?\b(?P<verb>"
        rf"{alternatives(lexicon['cues']['meet_verbs'])})\s(?!at\sthe\sairport)[^.;]{{0,60}}?(?:{PERSON}"
        rf"|{ORGANIZATION})"
        rf"|\b(?:newcomers|{nouns}|they)\s(?:was|were)\s(?:\w+\s)?(?:welcomed|received|greeted)"
        rf"(?:\son\s[^,.;]{{1,20}})?\sat\s(?:the\s)?{ORGANIZATION}"
    )
    verbs = alternatives(lexicon["cues"]["ceremony_verbs"])
    opened = rf"(?:{ORGANIZATION}|\b(?:{alternatives(lexicon['cues']['opened'])})\b)"
    ceremony = rf"{opened}[^.;]{{0,120}}?\b(?:{verbs})\b|\b(?:{verbs})\b[^.;]{{0,60}}?{opened}"
    things = alternatives(lexicon["cues"]["signed_things"])
    sign = alternatives(lexicon["cues"]["sign_verbs"])
    signed = (
        rf"(?:{PERSON}|{ORGANIZATION}|{pronoun})[^.;]{{0,120}}?\s(?:{sign})\s[^.;]{{0,60}}?\b(?:{things})\b"
        rf"|\b(?:{things})\b[^.;]{{0,60}}?\b(?:was|were|has\sbeen|have\sbeen)\s(?:\w+\s)?signed\b"
    )
    return (
        (re.compile(visit, re.IGNORECASE), "Visit", False),
        (re.compile(hosted, re.IGNORECASE), "Visit", False),
        (re.compile(meet, re.IGNORECASE), "Meeting", False),
        (re.compile(ceremony, re.IGNORECASE), "Ceremony", False),
        (re.compile(signed, re.IGNORECASE), "Ceremony", True),
    )


# "Visited N, where she was received by P" tells one visit.
_THERE = re.compile(r"\bwhere\s[^,;]{0,40}\b(?:was|were|is|are)\s(?:received|welcomed|met)\sby\b")


def _verbs(abstract: Abstract, language: str) -> Iterator[Trigger]:
    seen: set[str] = set()
    for pattern, type, signing in _verb_patterns(language):
        match = pattern.search(abstract.text) if type not in seen else None
        if match and type == "Meeting" and "Visit" in seen and _THERE.search(match.group()):
            continue
        if match:
            seen.add(type)
            at = match.start("verb") if type == "Meeting" and match["verb"] else match.start()
            yield Trigger(at, match.end(), type, None, False, verb=True, signing=signing)


def is_background(abstract: Abstract, trigger: Trigger, language: str) -> bool:
    """Whether an event is only spoken of while another is told."""
    if trigger.verb:
        return False
    before = abstract.text[max(0, trigger.at - 120) : trigger.at]
    if cue(language, "events", "cues.background").search(before):
        return True
    framing = rf"\b(?:{either(language, 'events', 'cues.framing')})\b[^,;]{{0,40}}$"
    return re.search(framing, before, re.IGNORECASE) is not None or bool(
        trigger.name
        and re.search(r"\b(?:he|she|they)\s(?:said|noted|added|recalled)\b", abstract.text)
    )
