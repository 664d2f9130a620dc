"""Events that a text tells of: what, when, where, and which sentences tell it.

A trigger is a proper name, a noun ("a meeting") or a verb with both its sides ("X visited
Y"). A definite trigger refers back, an indefinite one begins a new event, and the sentences
behind belong to the last event until another begins.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from rapidfuzz import fuzz

from kg.extraction.abstracts import ANY, ORGANIZATION, PERSON, POST, Abstract
from kg.extraction.context import Frame
from kg.extraction.dates import FoundDate
from kg.extraction.happening import Happening
from kg.extraction.lexicon import cue, either, words
from kg.extraction.occasions import agrees, dates_in, days_told, locate, scope
from kg.extraction.record import Event, Factuality
from kg.extraction.triggers import ANY_EVENT, EDITION, Trigger, is_background, triggers

# What a text calls by each other's names: "the conference" is the forum told before.
_ALIKE = ("Forum", "Conference", "Summit")
_YEAR, _EXACT = 4, 10  # characters of a year, and of a day's date
_WITHIN = 3  # sentences from what was told of an event to what was signed at it
# What was founded long ago, where a text tells when.
_OLD = ("University", "School")
_OPENED = re.compile(r"\bopened\b")
_GATHERINGS = ("Forum", "Conference", "Seminar", "Summit", "Competition")
_EDITED = (*_GATHERINGS, "Exhibition", "Other")


def happenings(abstracts: Sequence[Abstract], frame: Frame, language: str) -> list[Happening]:
    """Return the events of a text in the order in which it tells them."""
    dates, headed = frame.dates, frame.headed
    found: list[Happening] = []
    for line, abstract in enumerate(abstracts):
        here = triggers(abstract, language)
        plain = [t for t in here if not is_background(abstract, t, language)]
        for one in here:
            trigger = _of_known_type(one, found)
            if trigger is None:
                continue
            days = days_told(abstract, dates, headed.get(line))
            told = [e for e in found if _may_mean(trigger, e) and agrees(e.days, days)]
            if days and max(map(len, days)) == _YEAR:
                coming = _factuality(abstract, trigger, language) == "planned"
                told = [e for e in told if not coming or e.factuality == "planned" or not e.name]
            event = _referred(told if not trigger.name else found, trigger, abstract, line, days)
            if event is None and _is_within(trigger, found, line, days):
                event = found[-1]
            if event is None and _begins(trigger, abstract, language, dates, not found):
                event = Happening(
                    trigger.type, trigger.name, by_verb=trigger.verb, language=language
                )
                event.signing, event.days = trigger.signing, days
                event.opened = _OPENED.search(abstract.text) is not None
                event.factuality = _factuality(abstract, trigger, language)
                aside = bool(found) or any(other is not one for other in plain)
                event.background = aside and (one not in plain or one.type == EDITION)
                found.append(event)
            if event is not None:
                event.tell(line, trigger.at)
                event.background = event.background and not trigger.verb
                event.days = event.days or frozenset(day for day in days if len(day) > _YEAR)
                if trigger.name and not event.name:
                    event.name, event.type = trigger.name, trigger.type
    locate(found, abstracts, frame)
    _entitle(found, abstracts, language)
    return found


def _of_known_type(trigger: Trigger, found: Sequence[Happening]) -> Trigger | None:
    """Return "the next one" as one of the kind told last, None where none was told."""
    if trigger.type != EDITION:
        return trigger
    kinds = [event.type for event in found if event.type in _EDITED]
    return replace(trigger, type=kinds[-1]) if kinds else None


def _is_within(
    trigger: Trigger, found: Sequence[Happening], line: int, days: frozenset[str]
) -> bool:
    """Whether a signing is only what was done at the event that was told just before it."""
    if not (trigger.signing and trigger.verb and found):
        return False
    last = found[-1]
    near = line - last.lines[-1] <= _WITHIN and agrees(last.days, days)
    lasting = last.type in ("Visit", "Meeting") and not last.background
    return (
        near and lasting and last.factuality == "actual" and max(map(len, days), default=0) < _EXACT
    )


def _may_mean(trigger: Trigger, event: Happening) -> bool:
    """Whether a signing is meant, or not: only "the ceremony" can be one without saying so."""
    return trigger.signing == event.signing or (event.signing and trigger.definite)


def _referred(
    found: Sequence[Happening],
    trigger: Trigger,
    abstract: Abstract,
    line: int,
    days: frozenset[str],
) -> Happening | None:
    """Return the event told before that a trigger means, if any; `days` are those told here."""
    dated = bool(days)
    if trigger.name:
        return _of_that_name(found, trigger, days)
    if trigger.new:
        return None
    noun = abstract.text[trigger.at : trigger.end].lower()
    if noun in ("opening ceremony", "closing ceremony", "ceremony") and trigger.definite:
        gatherings = [event for event in found if event.type in _GATHERINGS]
        apart = dated or any(event.type == "Ceremony" for event in found)
        if gatherings and not apart and not _is_told_apart(noun, gatherings[-1], abstract, line):
            return gatherings[-1]
    if trigger.type == ANY_EVENT:
        told = [event for event in found if not event.background] or list(found)
        return max(told, key=lambda event: event.lines[-1], default=None)
    same = [
        event
        for event in found
        if event.type == trigger.type or _is_named_so(event, trigger, abstract)
    ]
    same = same or _called_otherwise(found, trigger, abstract, line, dated=dated)
    if not same:
        return None
    last = same[-1]
    if trigger.verb and last.background and line in last.lines and len(days) > 1:
        return None  # "by the agreement of the visit on one day P visited N on another"
    if trigger.definite or line in last.lines:
        return last
    if trigger.type == "Meeting" and _meets_another(trigger, abstract):
        return None
    if trigger.verb and trigger.type == "Ceremony" and not dated and not last.background:
        return last
    near = line - max(last.lines) <= 2
    if trigger.verb:
        group = r"(?:(?:the\s)?(?:group|delegation|guests|visitors)|they)\b"
        again = re.match(group, abstract.text[trigger.at :], re.IGNORECASE)
        stop = trigger.type == "Visit" and cue(last.language, "events", "cues.afterwards").match(
            abstract.text
        )
        return last if near or ((again or stop) and not dated) else None
    return last if near and not last.participants and line - last.lines[0] <= 1 else None


def _of_that_name(
    found: Sequence[Happening], trigger: Trigger, days: frozenset[str]
) -> Happening | None:
    """Return the event that has a name, or the last one without any that may get it."""
    name = trigger.name or ""
    for event in reversed(found):
        forms = (_numbered(form, event.language) for form in (event.name or "", name))
        if event.name and (fuzz.ratio(*forms) >= 85 or _extends(event.name, name, event.language)):
            return event
    unnamed = [e for e in found if not e.name and e.type == trigger.type and not e.by_verb]
    return unnamed[-1] if unnamed and agrees(unnamed[-1].days, days) else None


def _called_otherwise(
    found: Sequence[Happening], trigger: Trigger, abstract: Abstract, line: int, *, dated: bool
) -> list[Happening]:
    """Return the gatherings that another noun can mean: "the conference", "this meeting"."""
    last = found[-1:]
    this = re.search(r"\b[Tt]his\s(?:\w+\s)?$", abstract.text[: trigger.at])
    if this and last and last[0].type in _GATHERINGS and line - last[0].lines[-1] <= 1:
        return list(last)
    if trigger.definite and trigger.type in _ALIKE and not dated:
        return [event for event in found if event.type in _ALIKE and line - event.lines[-1] <= 2]
    return []


def _is_told_apart(noun: str, gathering: Happening, abstract: Abstract, line: int) -> bool:
    """Whether people are told at the opening of a gathering that was told without its opening."""
    people = noun != "ceremony" and re.search(PERSON, abstract.text) is not None
    return people and line != gathering.lines[0] and not gathering.opened


def _meets_another(trigger: Trigger, abstract: Abstract) -> bool:
    """Whether somebody is met of whom nothing was told before: that is a meeting of its own."""
    behind = abstract.text[trigger.at if trigger.verb else trigger.end :]
    with_whom = re.match(
        rf"\s?(?:with\s)?(?:the\s)?(?:{POST}\s(?:of\s(?:the\s)?{ANY}\s)?)?({PERSON})", behind
    )
    if trigger.verb:
        told = abstract.text[trigger.at : trigger.end]
        if re.search(r"\breceived\b", told):
            return False  # guests whom the text has told of
        met = abstract.entities(PERSON, told)[-1:]
    else:
        met = abstract.entities(PERSON, with_whom[1]) if with_whom else []
    return bool(met) and min(m.start for m in met[0].mentions) >= abstract.span[0]


def _numbered(name: str, language: str) -> str:
    """Return a name with its ordinal as a number: "Second Forum" and "II Forum" are one."""
    first, _, rest = name.partition(" ")
    number = words(language, "dates")["ordinal_numbers"].get(first.lower())
    return f"{number} {rest}" if number else name


def _extends(one: str, other: str, language: str) -> bool:
    short, long = sorted((_numbered(one, language), _numbered(other, language)), key=len)
    return long.endswith(short) or (" " in short and long.startswith(f"{short} "))


def _is_named_so(event: Happening, trigger: Trigger, abstract: Abstract) -> bool:
    """Whether a noun repeats the head of an event's name ("the Week", "the dialogue")."""
    noun = abstract.text[trigger.at : trigger.end].lower()
    return bool(event.name and re.split(r" (?:of|on|for) ", event.name.lower())[0].endswith(noun))


def _begins(
    trigger: Trigger,
    abstract: Abstract,
    language: str,
    dates: Sequence[FoundDate],
    first: bool,
) -> bool:
    """Whether a trigger that refers to nothing before begins an event of its own."""
    if trigger.name:
        around = abstract.text[max(0, trigger.at - 60) : trigger.at]
        return cue(language, "events", "cues.proposed").search(around) is None
    if trigger.type == ANY_EVENT:
        return False
    if trigger.new and trigger.definite and not dates_in(abstract, dates):
        return False
    before = abstract.text[max(0, trigger.at - 80) : trigger.end]
    dated = bool(dates_in(abstract, dates))
    exact = any(len(date.value) > 7 for date in dates_in(abstract, dates))
    if trigger.signing and not exact and not _names_signers(trigger, abstract):
        return False
    told = abstract.text[trigger.at : trigger.end]
    if (
        trigger.type == "Ceremony"
        and not trigger.verb
        and _is_considered(trigger, abstract, language)
    ):
        return False
    if trigger.verb and cue(language, "events", "cues.founded").search(told):
        founded = abstract.entities(ORGANIZATION, told)
        if not exact or any(draft.type in _OLD for draft in founded):
            return False
    if cue(language, "events", "cues.hoped").search(before):
        return False
    run = _run_by(language).match(abstract.text, trigger.end)
    if not dated and not run and cue(language, "events", "cues.planned").search(before):
        return False
    if trigger.definite and not first:
        after = either(language, "events", "cues.after")
        if re.search(rf"\b(?:{after})\s(?:\w+\s)?$", abstract.text[: trigger.at], re.IGNORECASE):
            return dated
        described = re.match(
            r"\s(?:of|for|on|at|between|devoted|dedicated)\b", abstract.text[trigger.end :]
        )
        return dated or bool(described or re.search(rf"{PERSON}|{ORGANIZATION}", abstract.text))
    return True


@cache
def _run_by(language: str) -> re.Pattern[str]:
    """Return a pattern for who runs an event, right behind its noun ("symposium held by N")."""
    by = either(language, "events", "cues.by_phrases")
    return re.compile(rf"\s(?:jointly\s)?(?:{by})\s(?:the\s)?{ORGANIZATION}", re.IGNORECASE)


def _is_considered(trigger: Trigger, abstract: Abstract, language: str) -> bool:
    """Whether a signing or opening ("… of a laboratory") is only what people talked about."""
    told = abstract.text[trigger.at : trigger.end].lower()
    if not told.endswith((" of", " of the")):
        return False
    around = abstract.text[max(0, trigger.at - 80) : trigger.at]
    return cue(language, "events", "cues.considered").search(around) is not None


def _names_signers(trigger: Trigger, abstract: Abstract) -> bool:
    """Whether a sentence says which people signed: before the verb, or behind "by"."""
    if re.search(PERSON, abstract.text[trigger.at : trigger.end]):
        return True
    behind = abstract.text[trigger.end :]
    return not trigger.verb or bool(
        re.match(rf"[^.;]{{0,60}}?\bby\b[^.;]{{0,100}}{PERSON}", behind)
    )


def _factuality(abstract: Abstract, trigger: Trigger, language: str) -> Factuality:
    behind = re.split(r";|,? and ", abstract.text[trigger.end : trigger.end + 60])[0]
    around = abstract.text[max(0, trigger.at - 60) : trigger.end] + behind
    if cue(language, "events", "cues.denied").search(around):
        return "denied"
    return "planned" if cue(language, "events", "cues.planned").search(around) else "actual"


def _entitle(found: Sequence[Happening], abstracts: Sequence[Abstract], language: str) -> None:
    """Set the themes of events from the sentences that may tell of them."""
    begun = {line for event in found for line in event.lines}
    for event in found:
        told = (_theme(abstracts[n], language) for n in scope(event, begun, len(abstracts)))
        event.theme = next(filter(None, told), None)


def _theme(abstract: Abstract, language: str) -> str | None:
    text = abstract.verbatim(abstract.text)
    found = (pattern.search(text) for pattern in _theme_patterns(language))
    match = next(filter(None, found), None)
    return match["theme"].strip(" .,") if match else None


@cache
def _theme_patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return patterns for a quoted theme behind the words that announce it, and before them."""
    phrases = rf"\b(?:{either(language, 'events', 'cues.theme')})\b"
    quoted = r"[“\"«](?P<theme>[^”\"»]{8,250})[”\"»]"
    return (
        re.compile(rf"{phrases}[^“\"«”»]{{0,40}}{quoted}", re.IGNORECASE),
        re.compile(rf"{quoted}[^“\"«”»]{{0,20}}{phrases}", re.IGNORECASE),
    )


def events(found: Sequence[Happening], abstracts: Sequence[Abstract]) -> tuple[Event, ...]:
    """Return the events as the record has them."""
    kept = [event for event in found if _is_told(event)]
    return tuple(_event(f"v{number}", event, abstracts) for number, event in enumerate(kept, 1))


def _is_told(event: Happening) -> bool:
    """Whether enough is known of an event to report it: a name, a date, or who took part."""
    return bool(event.name or event.date or event.places or event.organizers or event.participants)


def _event(id: str, event: Happening, abstracts: Sequence[Abstract]) -> Event:
    evidence = abstracts[event.lines[0]].span
    parts = {**event.places, **event.organizers, **event.participants}
    date = event.date
    return Event(
        id,
        event.type,
        event.name,
        date.value if date else None,
        tuple(event.places),
        tuple(event.organizers),
        tuple(event.participants),
        event.theme,
        evidence,
        0.85 if event.name else 0.75,
        date.stated if date and date.resolved else None,
        date.span if date else None,
        {
            who: abstracts[line].span
            for who, line in parts.items()
            if abstracts[line].span != evidence
        },
        event.factuality,
    )
