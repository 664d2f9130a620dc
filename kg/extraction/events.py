"""Events that a text tells of: what, when, where, and which sentences tell it.

A trigger is a proper name, a noun ("a meeting") or a verb with both its sides ("X visited
Y"). A definite trigger refers back, an indefinite one begins a new event, and the sentences
behind belong to the last event until another begins.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from kg.extraction.abstracts import ORGANIZATION, PERSON, Abstract
from kg.extraction.context import Frame, Heading
from kg.extraction.dates import FoundDate
from kg.extraction.lexicon import alternatives, cue, words
from kg.extraction.record import Event, Factuality
from kg.extraction.triggers import ANY_EVENT, Trigger, is_background, triggers
from kg.extraction.whereabouts import places_told

_DAY = re.compile(r"(?:\d{4}|-)-\d\d-\d\d")
_GATHERINGS = ("Forum", "Conference", "Seminar", "Summit", "Competition")


@dataclass(slots=True)
class Happening:
    """An event in the making, with the sentences that tell of it."""

    type: str
    name: str | None = None
    lines: list[int] = field(default_factory=list)
    triggers: list[tuple[int, int]] = field(default_factory=list)
    date: FoundDate | None = None
    places: dict[str, int] = field(default_factory=dict)
    organizers: dict[str, int] = field(default_factory=dict)
    participants: dict[str, int] = field(default_factory=dict)
    theme: str | None = None
    factuality: Factuality = "actual"
    by_verb: bool = False
    background: bool = False
    signing: bool = False
    language: str = "en"
    days: frozenset[str] = frozenset()  # the dates of the sentence that told it first

    def tell(self, line: int, at: int) -> None:
        """Note that a sentence tells of the event, with a trigger at a place in its abstract."""
        if line not in self.lines:
            self.lines.append(line)
        self.triggers.append((line, at))


def happenings(abstracts: Sequence[Abstract], frame: Frame, language: str) -> list[Happening]:
    """Return the events of a text in the order in which it tells them."""
    dates, headed = frame.dates, frame.headed
    found: list[Happening] = []
    for line, abstract in enumerate(abstracts):
        here = triggers(abstract, language)
        plain = [t for t in here if not is_background(abstract, t, language)]
        for trigger in here:
            days = _days(abstract, dates, headed.get(line))
            told = [e for e in found if _may_mean(trigger, e) and _agrees(e.days, days)]
            event = _referred(
                told if not trigger.name else found, trigger, abstract, line, dated=bool(days)
            )
            if event is None and _begins(trigger, abstract, language, dates, not found):
                event = Happening(
                    trigger.type, trigger.name, by_verb=trigger.verb, language=language
                )
                event.signing, event.days = trigger.signing, days
                event.factuality = _factuality(abstract, trigger, language)
                aside = bool(found) or any(other is not trigger for other in plain)
                event.background = aside and trigger not in plain
                found.append(event)
            if event is not None:
                event.tell(line, trigger.at)
                if trigger.name and not event.name:
                    event.name, event.type = trigger.name, trigger.type
    _locate(found, abstracts, dates, language)
    _head(found, abstracts, headed)
    _date_by_opening(found, abstracts, dates, frame.filed)
    _date_on_tour(found, abstracts, dates)
    _inherit(found)
    return found


def _may_mean(trigger: Trigger, event: Happening) -> bool:
    """Whether a signing is meant, or not: only "the ceremony" can be one without saying so."""
    return trigger.signing == event.signing or (event.signing and trigger.definite)


def _dates_in(abstract: Abstract, dates: Sequence[FoundDate]) -> list[FoundDate]:
    return [date for date in dates if abstract.span[0] <= date.span[0] < abstract.span[1]]


def _days(
    abstract: Abstract, dates: Sequence[FoundDate], heading: Heading | None
) -> frozenset[str]:
    """Return the dates of a sentence, or that of its heading."""
    here = _dates_in(abstract, dates)
    if not here and heading is not None and heading.date is not None:
        here = [heading.date]
    return frozenset(date.value for date in here)


def _head(
    found: Sequence[Happening], abstracts: Sequence[Abstract], headed: Mapping[int, Heading]
) -> None:
    """Give events the date and places of the heading above them, where they have none told."""
    for event in found:
        heading = headed.get(event.lines[0])
        if heading is None:
            continue
        if heading.date is not None and not _dated_here(event, abstracts[event.lines[0]]):
            event.date = heading.date
        if heading.places and event.lines[0] not in event.places.values():
            event.places = {place.id: heading.line for place in heading.places}


def _agrees(told: frozenset[str], here: frozenset[str]) -> bool:
    """Whether what a sentence dates can be what was told under other dates before."""
    if not told or not here:
        return True
    return any(_overlap(one, other) for one in told for other in here)


def _overlap(one: str, other: str) -> bool:
    """Whether two dates can be of one event: one within the other, or a range around it."""
    first, last = (date.partition("/")[::2] for date in (one, other))
    if one.startswith(other) or other.startswith(one):
        return True
    if first[1] and not last[1]:
        return first[0] <= other <= first[1]
    if last[1] and not first[1]:
        return last[0] <= one <= last[1]
    return False


def _referred(
    found: Sequence[Happening], trigger: Trigger, abstract: Abstract, line: int, *, dated: bool
) -> Happening | None:
    """Return the event told before that a trigger means, if any."""
    if trigger.name:
        for event in reversed(found):
            if event.name and (
                fuzz.ratio(event.name, trigger.name) >= 85 or _extends(event.name, trigger.name)
            ):
                return event
        unnamed = [e for e in found if not e.name and e.type == trigger.type and not e.by_verb]
        return unnamed[-1] if unnamed else None
    if trigger.new:
        return None
    noun = abstract.text[trigger.at : trigger.end].lower()
    if noun in ("opening ceremony", "closing ceremony", "ceremony") and trigger.definite:
        gatherings = [event for event in found if event.type in _GATHERINGS]
        if gatherings and not any(event.type == "Ceremony" for event in found):
            return gatherings[-1]
    if trigger.type == ANY_EVENT:
        return found[-1] if found else None
    same = [
        event
        for event in found
        if event.type == trigger.type or _is_named_so(event, trigger, abstract)
    ]
    if not same:
        return None
    last = same[-1]
    if trigger.definite or line in last.lines:
        return last
    if trigger.verb and trigger.type == "Ceremony" and not dated and not last.background:
        return last
    near = line - max(last.lines) <= 2
    if trigger.verb:
        group = r"(?:(?:the\s)?(?:group|delegation|guests|visitors)|they)\b"
        again = re.match(group, abstract.text[trigger.at :], re.IGNORECASE)
        return last if near or (again and not dated) else None
    return last if near and not last.participants and line - last.lines[0] <= 1 else None


def _extends(one: str, other: str) -> bool:
    return one.endswith(other) or other.endswith(one)


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
        return True
    if trigger.type == ANY_EVENT:
        return False
    lexicon = words(language, "events")
    before = abstract.text[max(0, trigger.at - 80) : trigger.end]
    dated = bool(_dates_in(abstract, dates))
    exact = any(len(date.value) > 7 for date in _dates_in(abstract, dates))
    if trigger.signing and not exact and not _names_signers(trigger, abstract):
        return False
    told = abstract.text[trigger.at : trigger.end]
    if trigger.verb and not exact and cue(language, "events", "cues.founded").search(told):
        return False
    if re.search(rf"\b(?:{alternatives(lexicon['cues']['hoped'])})\b", before, re.IGNORECASE):
        return False
    if (
        re.search(rf"\b(?:{alternatives(lexicon['cues']['planned'])})\b", before, re.IGNORECASE)
        and not dated
    ):
        return False
    if trigger.definite and not first:
        described = re.match(
            r"\s(?:of|for|on|at|between|devoted|dedicated)\b", abstract.text[trigger.end :]
        )
        return dated or bool(described or re.search(rf"{PERSON}|{ORGANIZATION}", abstract.text))
    return True


def _names_signers(trigger: Trigger, abstract: Abstract) -> bool:
    """Whether a sentence says which people signed: before the verb, or behind "by"."""
    if re.search(PERSON, abstract.text[trigger.at : trigger.end]):
        return True
    behind = abstract.text[trigger.end :]
    return not trigger.verb or bool(
        re.match(rf"[^.;]{{0,60}}?\bby\b[^.;]{{0,100}}{PERSON}", behind)
    )


def _factuality(abstract: Abstract, trigger: Trigger, language: str) -> Factuality:
    lexicon = words(language, "events")
    around = abstract.text[max(0, trigger.at - 60) : trigger.end + 60]
    if re.search(rf"\b(?:{alternatives(lexicon['cues']['denied'])})\b", around, re.IGNORECASE):
        return "denied"
    return (
        "planned"
        if re.search(rf"\b(?:{alternatives(lexicon['cues']['planned'])})\b", around, re.IGNORECASE)
        else "actual"
    )


def _locate(
    found: Sequence[Happening],
    abstracts: Sequence[Abstract],
    dates: Sequence[FoundDate],
    language: str,
) -> None:
    """Set the dates, places and themes of events from the sentences that tell of them."""
    begun = {line for event in found for line in event.lines}
    for event in found:
        scope = _scope(event, begun, len(abstracts))
        event.date = _date_in(event, begun, abstracts, dates, found)
        for line in scope:
            abstract = abstracts[line]
            later = line != scope[0] and _is_of_other_edition(event, abstract)
            told = line in event.lines or _dated_here(event, abstract)
            if not event.places and told and not later:
                for place in places_told(abstract):
                    event.places.setdefault(place.id, line)
            if event.theme is None:
                event.theme = _theme(abstract, language)


def _date_in(
    event: Happening,
    begun: set[int],
    abstracts: Sequence[Abstract],
    dates: Sequence[FoundDate],
    found: Sequence[Happening],
) -> FoundDate | None:
    """Return the first date of the sentences in scope; a day goes before a year told later."""
    scope = _scope(event, begun, len(abstracts))
    vague: FoundDate | None = None
    for line in scope:
        date = _date(event, line, abstracts[line], dates, found)
        if date is None:
            continue
        if line == scope[0] or len(date.value) > 4:
            if line == scope[0] or not _is_of_other_edition(event, abstracts[line]):
                return date
        elif vague is None and not _is_of_other_edition(event, abstracts[line]):
            vague = date
    return vague


def _is_of_other_edition(event: Happening, abstract: Abstract) -> bool:
    """Whether a later sentence looks ahead from an event that took place ("next year it will")."""
    return event.factuality == "actual" and bool(
        cue(event.language, "events", "cues.ahead").search(abstract.text)
    )


def _dated_here(event: Happening, abstract: Abstract) -> bool:
    """Whether the date of an event stands in this sentence."""
    date = event.date
    return date is not None and abstract.span[0] <= date.span[0] < abstract.span[1]


def _scope(event: Happening, begun: set[int], count: int) -> list[int]:
    """Return the sentences that may date and place an event: its own, then those around it."""
    behind = range(event.lines[0] + 1, event.lines[0] + 4)
    around = [event.lines[0] - 1, *behind, *range(event.lines[-1] + 1, event.lines[-1] + 3)]
    scope = list(event.lines)
    for line in around:
        if 0 <= line < count and line not in begun and line not in scope:
            scope.append(line)
    return scope


def _date(
    event: Happening,
    line: int,
    abstract: Abstract,
    dates: Sequence[FoundDate],
    found: Sequence[Happening],
) -> FoundDate | None:
    """Return the date that a sentence gives an event: the most exact one that stands by it."""
    here = [date for date in dates if abstract.span[0] <= date.span[0] < abstract.span[1]]
    if event.by_verb or event.name is None:
        exact = [d for d in here if len(d.value) > 4]
        if event.type != "Visit":
            here = exact or [d for d in here if _is_dated_by_year(event, line, abstract, d, found)]
    here = [date for date in here if _is_nearest(event, line, abstract, date, found)]
    if not here:
        return None
    return max(here, key=lambda date: (len(date.value), -date.span[0]))


def _is_dated_by_year(
    event: Happening, line: int, abstract: Abstract, date: FoundDate, found: Sequence[Happening]
) -> bool:
    """Whether a bare year dates an event: one looked back at ("in 2011 they …"), or to come."""
    if event is found[0] or line != event.lines[0]:
        return False
    at = abstract.text.find(date.words)
    return event.factuality == "planned" or 0 <= at <= event.triggers[0][1] + 1


def _is_nearest(
    event: Happening, line: int, abstract: Abstract, date: FoundDate, found: Sequence[Happening]
) -> bool:
    """Whether no other event of the sentence stands nearer to a date, "X and Y" apart."""
    at = abstract.text.find(date.words)
    mine = [where for number, where in event.triggers if number == line]
    if at < 0 or not mine:
        return True
    distance = min(abs(where - at) for where in mine)
    for other in found:
        for number, where in other.triggers:
            if other is event or number != line or abs(where - at) >= distance:
                continue
            between = abstract.text[min(where, mine[0]) : max(where, mine[0])]
            if not re.search(r"\band\s(?:the\s|an?\s)?(?:\w+\s)?$", between):
                return False
    return True


def _theme(abstract: Abstract, language: str) -> str | None:
    phrases = alternatives(words(language, "events")["cues"]["theme"])
    pattern = rf"\b(?:{phrases})\b[^“\"«”»]{{0,40}}[“\"«](?P<theme>[^”\"»]{{8,250}})[”\"»]"
    match = re.search(pattern, abstract.verbatim(abstract.text), re.IGNORECASE)
    if match is None:
        before = rf"[“\"«](?P<theme>[^”\"»]{{8,250}})[”\"»][^“\"«”»]{{0,20}}\b(?:{phrases})\b"
        match = re.search(before, abstract.verbatim(abstract.text), re.IGNORECASE)
    return match["theme"].strip(" .,") if match else None


def _date_by_opening(
    found: Sequence[Happening],
    abstracts: Sequence[Abstract],
    dates: Sequence[FoundDate],
    filed: FoundDate | None,
) -> None:
    """Give the news itself, where its own sentences do not date it, the day the text opens with.

    That is a day in the first two sentences, or else the date of the dateline.
    """
    first = found[0] if found else None
    if first is None or first.date is not None or first.background or first.name:
        return
    opening = [d for line in abstracts[:2] for d in _dates_in(line, dates)]
    exact = next((date for date in opening if _DAY.fullmatch(date.value)), None)
    if first.factuality == "actual":
        first.date = exact or (filed if first.lines[0] <= 1 else None)


def _date_on_tour(
    found: Sequence[Happening], abstracts: Sequence[Abstract], dates: Sequence[FoundDate]
) -> None:
    """Give what happens on a tour of several days the day that a sentence just before told."""
    tours = [e.date.value for e in found if e.type == "Visit" and e.date and "/" in e.date.value]
    for event in found:
        if event.date is not None or event.factuality != "actual" or event.background:
            continue
        before = abstracts[max(0, event.lines[0] - 3) : event.lines[0]]
        days = [d for line in before for d in _dates_in(line, dates) if _DAY.fullmatch(d.value)]
        fitting = [d for d in days if any(_overlap(tour, d.value) for tour in tours)]
        event.date = fitting[-1] if fitting else None


def _inherit(found: Sequence[Happening]) -> None:
    """Give an event the date and place of the one it is told with.

    Events announced in one breath ("forum and seminar") share both; where a report gives a
    single day, what it tells of without a date is of that day.
    """
    for event in found:
        twins = [
            other for other in found if other is not event and other.lines[0] == event.lines[0]
        ]
        for twin in twins:
            event.date = event.date or twin.date
            event.places = event.places or dict(twin.places)
    told: FoundDate | None = None
    for event in sorted(found, key=lambda event: event.lines[0]):
        date = event.date
        if date is not None:
            exact = _DAY.fullmatch(date.value) and event.factuality == "actual"
            if exact and not event.background:
                near = told is None or _months_apart(told.value, date.value) <= 1
                told = date if near else told
        elif event.type != "Visit" and event.factuality == "actual" and not event.background:
            event.date = told


def _months_apart(one: str, other: str) -> int:
    """Return how many months two days are apart; those without a year are of one year."""
    first, second = (re.sub(r"^--", "0000-", date) for date in (one, other))
    years = 0 if "0000" in (first[:4], second[:4]) else int(first[:4]) - int(second[:4])
    return abs(12 * years + int(first[5:7]) - int(second[5:7]))


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
