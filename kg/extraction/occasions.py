"""When and where events were: by their own sentences, headings, neighbours, the opening."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from kg.extraction.abstracts import EVENT, PLACE, Abstract
from kg.extraction.context import Frame, Heading
from kg.extraction.dates import FoundDate
from kg.extraction.happening import Happening
from kg.extraction.isodates import is_real
from kg.extraction.lexicon import cue, either
from kg.extraction.whereabouts import places_told

_OPENING = 10  # characters from the start of a sentence ("In the year 2011")
_YEAR = r"\b(?:19|20)\d\d\b"
_STAGE = 3  # sentences that a place set at the start of the first is of
_SET = re.compile(rf"In\s(?:the\scity\sof\s)?(?P<place>{PLACE})(?:,\s{PLACE})?,\s")
_GOES_ON = re.compile(
    r"(?:The\s(?:delegation|guests|group|visitors|delegates|two|parties|sides)|They|He|She|There"
    r"|Later|Then|Afterwards?|During\sthe\svisit)\b"
)
_DATED = re.compile(r"(?:On|At|From)\s(?!the\s(?:same|first))[^,]{0,40}\d")
_DAY = re.compile(r"(?:\d{4}|-)-\d\d-\d\d")


def locate(found: Sequence[Happening], abstracts: Sequence[Abstract], frame: Frame) -> None:
    """Set the dates and places of the events of a text."""
    dates = frame.dates
    _locate(found, abstracts, dates)
    _head(found, abstracts, frame.headed)
    _place_by_stage(found, abstracts)
    _date_by_opening(found, abstracts, dates, frame.filed)
    _date_on_tour(found, abstracts, dates)
    _inherit(found, abstracts)
    for event in found:
        if event.factuality == "planned" and event.date is not None:
            event.date = _to_come(event.date, frame.published)


def _to_come(date: FoundDate, published: str | None) -> FoundDate:
    """Return a day or month without a year that is planned as one behind that of publication."""
    last = date.value.rpartition("/")[2]
    if not published or not date.stated.startswith("--") or last[0] == "-":
        return date
    if last >= published[: len(last)]:
        return date
    later = re.sub(r"\b\d{4}(?=-)", lambda year: str(int(year[0]) + 1), date.value)
    return replace(date, value=later) if is_real(later) else date


def dates_in(abstract: Abstract, dates: Sequence[FoundDate]) -> list[FoundDate]:
    """Return the dates that stand in a sentence."""
    return [date for date in dates if abstract.span[0] <= date.span[0] < abstract.span[1]]


def days_told(
    abstract: Abstract, dates: Sequence[FoundDate], heading: Heading | None
) -> frozenset[str]:
    """Return the dates of a sentence, or that of its heading."""
    here = dates_in(abstract, dates)
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


def _place_by_stage(found: Sequence[Happening], abstracts: Sequence[Abstract]) -> None:
    """Place what is told just behind a sentence that begins with "In L," there, too."""
    for event in found:
        told = abstracts[event.lines[0]].text
        if event.places or event.factuality != "actual" or not _GOES_ON.match(told):
            continue
        for line in range(event.lines[0], max(-1, event.lines[0] - _STAGE), -1):
            stage = _SET.match(abstracts[line].text)
            if stage is not None:
                event.places = {d.id: line for d in abstracts[line].entities(PLACE, stage["place"])}
                break
            if _DATED.match(abstracts[line].text):
                break  # another day may have been elsewhere


def agrees(told: frozenset[str], here: frozenset[str]) -> bool:
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


def _locate(
    found: Sequence[Happening],
    abstracts: Sequence[Abstract],
    dates: Sequence[FoundDate],
) -> None:
    """Set the dates and places of events from the sentences that tell of them."""
    begun = {line for event in found for line in event.lines}
    for event in found:
        lines = scope(event, begun, len(abstracts))
        event.date = _date_in(event, begun, abstracts, dates, found)
        for line in lines:
            abstract = abstracts[line]
            later = line != lines[0] and _is_of_other_edition(event, abstract)
            told = line in event.lines or _dated_here(event, abstract)
            if not event.places and told and not later:
                for place in places_told(abstract, *_told_by(event, line, found)):
                    event.places.setdefault(place.id, line)


def _told_by(
    event: Happening, line: int, found: Sequence[Happening]
) -> tuple[list[int], list[int]]:
    """Return where a sentence tells of an event, and where of others."""
    mine = [at for number, at in event.triggers if number == line]
    others = [at for e in found if e is not event for number, at in e.triggers if number == line]
    return mine, [at for at in others if at not in mine]


def _date_in(
    event: Happening,
    begun: set[int],
    abstracts: Sequence[Abstract],
    dates: Sequence[FoundDate],
    found: Sequence[Happening],
) -> FoundDate | None:
    """Return the first date of the sentences in scope; a day goes before a year told later."""
    lines = event.lines if event.background else scope(event, begun, len(abstracts))
    vague: FoundDate | None = None
    for line in lines:
        date = _date(event, line, abstracts[line], dates, found)
        if date is None:
            continue
        if line == lines[0] or len(date.value) > 4:
            if line == lines[0] or not _is_of_other_edition(event, abstracts[line]):
                return date
        elif vague is None and not _is_of_other_edition(event, abstracts[line], date):
            vague = date
    return vague


def _is_of_other_edition(
    event: Happening, abstract: Abstract, date: FoundDate | None = None
) -> bool:
    """Whether a later sentence looks ahead from an event that took place, or at "last year"."""
    if date is not None and not re.search(r"\d", date.words):
        return True
    return event.factuality == "actual" and bool(
        cue(event.language, "events", "cues.ahead").search(abstract.text)
    )


def _dated_here(event: Happening, abstract: Abstract) -> bool:
    """Whether the date of an event stands in this sentence."""
    date = event.date
    return date is not None and abstract.span[0] <= date.span[0] < abstract.span[1]


def scope(event: Happening, begun: set[int], count: int) -> list[int]:
    """Return the sentences that may date and place an event: its own, then those around it."""
    behind = range(event.lines[0] + 1, event.lines[0] + 4)
    around = [event.lines[0] - 1, *behind, *range(event.lines[-1] + 1, event.lines[-1] + 3)]
    lines = list(event.lines)
    for line in around:
        if 0 <= line < count and line not in begun and line not in lines:
            lines.append(line)
    return lines


def _date(
    event: Happening,
    line: int,
    abstract: Abstract,
    dates: Sequence[FoundDate],
    found: Sequence[Happening],
) -> FoundDate | None:
    """Return the date that a sentence gives an event: the most exact one that stands by it."""
    here = [d for d in dates_in(abstract, dates) if not _is_of_a_beginning(event, abstract, d)]
    here = [date for date in here if _is_nearest(event, line, abstract, date, found)]
    if event.by_verb or event.name is None:
        exact = [d for d in here if len(d.value) > 4]
        if event.type == "Visit":
            here = here if line in event.lines else exact
        else:
            here = exact or [d for d in here if _is_dated_by_year(event, line, abstract, d, found)]
    if not here:
        return None
    return max(
        here,
        key=lambda date: (len(date.value), _follows(event, line, abstract, date), -date.span[0]),
    )


def _follows(event: Happening, line: int, abstract: Abstract, date: FoundDate) -> bool:
    """Whether a bare year goes with an event: it opens the sentence, or stands behind the event."""
    at = abstract.text.find(date.words)
    mine = [where for number, where in event.triggers if number == line]
    return len(date.value) == 4 and bool(mine) and (0 <= at < _OPENING or at > min(mine))


def _is_of_a_beginning(event: Happening, abstract: Abstract, date: FoundDate) -> bool:
    """Whether a year or month only tells since when there is something ("founded in 1969")."""
    at = abstract.text.find(date.words)
    if at < 0 or _DAY.match(date.value) or event.type == "Ceremony":
        return False
    begun = either(event.language, "events", "cues.begun")
    before = abstract.text[max(0, at - 50) : at]
    return re.search(rf"\b(?:{begun})\b[^,;]*$", before, re.IGNORECASE) is not None


def _is_dated_by_year(
    event: Happening, line: int, abstract: Abstract, date: FoundDate, found: Sequence[Happening]
) -> bool:
    """Whether a bare year dates an event: one looked back at ("in 2011 they …"), or to come."""
    if line != event.lines[0] or (event is found[0] and event.factuality != "planned"):
        return False
    at = abstract.text.find(date.words)
    alone = date.words.startswith("in ") and len(re.findall(_YEAR, abstract.text)) == 1
    return event.factuality == "planned" or alone or 0 <= at <= event.triggers[0][1] + 1


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
    opening = [d for line in abstracts[:2] for d in dates_in(line, dates)]
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
        days = [d for line in before for d in dates_in(line, dates) if _DAY.fullmatch(d.value)]
        fitting = [d for d in days if any(_overlap(tour, d.value) for tour in tours)]
        event.date = fitting[-1] if fitting else None


def _inherit(found: Sequence[Happening], abstracts: Sequence[Abstract]) -> None:
    """Give an event the date and place of the one it is told with.

    Events announced in one breath ("forum and seminar") share both; where a report gives a
    single day, what it tells of without a date is of that day.
    """
    for event in found:
        twins = [
            other for other in found if other is not event and other.lines[0] == event.lines[0]
        ]
        for twin in twins:
            if twin.background != event.background:
                continue  # "agreements signed during the visit" were not signed that day
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
        elif _goes_on(event, abstracts):
            event.date = told


def _goes_on(event: Happening, abstracts: Sequence[Abstract]) -> bool:
    """Whether an event without a date is told as a part of the day's news.

    What a proper name calls by itself may have been another time ("as agreed at the N Summit").
    """
    line, at = event.triggers[0]
    proper = re.compile(EVENT).match(abstracts[line].text, at) is not None
    return event.factuality == "actual" and not (
        event.background or event.type == "Visit" or proper
    )


def _months_apart(one: str, other: str) -> int:
    """Return how many months two days are apart; those without a year are of one year."""
    first, second = (re.sub(r"^--", "0000-", date) for date in (one, other))
    years = 0 if "0000" in (first[:4], second[:4]) else int(first[:4]) - int(second[:4])
    return abs(12 * years + int(first[5:7]) - int(second[5:7]))
