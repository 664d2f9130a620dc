"""Where a joint facility stands: the institution or place that a sentence tells."""

from __future__ import annotations

import re
from functools import cache

from kg.extraction.abstracts import OPEN, ORGANIZATION, PLACE, Abstract
from kg.extraction.entities import Draft
from kg.extraction.lexicon import alternatives, words

_HOST = rf"(?:the\s)?(?P<host>{ORGANIZATION})"
_CAMPUS = rf"\b(?:on|in)\s{_HOST}'s\s(?:\w+\s)?(?:campus|building|territory|premises)"
_SEAT = re.compile(
    r"\b(?:[Ll]ocated|[Ss]ituated|[Hh]oused|inaugurated|opened|established|based|occup(?:y|ies|ied))\s[^.;,]{0,40}?"
    r"(?:at|in|(?:on|in)\sthe\s(?:[a-z]+\s){1,2}of)\s(?:the\s)?"
    rf"(?:capital\sof\s{PLACE},\s)?"
    rf"(?P<host>{ORGANIZATION}|{PLACE})"
)


def seat(abstract: Abstract) -> Draft | None:
    """Return where a sentence that does not name a facility says that it is."""
    found = re.search(_CAMPUS, abstract.text) or _SEAT.search(abstract.text)
    return abstract.draft(found["host"]) if found else None


def of(abstract: Abstract, own: str) -> Draft | None:
    """Return the university of a facility that is named after where it stands ("F of X")."""
    found = re.search(rf"{re.escape(own)}\sof\s{_HOST}", abstract.text)
    return abstract.draft(found["host"]) if found else None


def host(abstract: Abstract, own: str, language: str) -> Draft | None:
    """Return where a facility stands: "F at X", "F … on the premises of X", "F in L".

    Parameters
    ----------
    abstract : Abstract
        A sentence that names the facility.
    own : str
        The facility's placeholder in it.
    language : str
        The language of the text.
    """
    for rule in _rules(language):
        found = re.search(rule.replace("OWN", re.escape(own)), abstract.text)
        if found is not None:
            return abstract.draft(found["host"])
    return _country(abstract, own)


def _country(abstract: Abstract, own: str) -> Draft | None:
    """Return the one place of a sentence where it says that something is "in the country"."""
    if not re.search(rf"{re.escape(own)}[^.;,{OPEN}]{{0,40}}\sin\sthe\scountry\b", abstract.text):
        return None
    places = abstract.entities(PLACE)
    return places[0] if len(places) == 1 else None


@cache
def _rules(language: str) -> tuple[str, ...]:
    """Return the ways to say where a facility stands, best first; OWN is its name."""
    at = alternatives(words(language, "facilities")["cues"]["at"])
    run = (
        r"located|situated|based|inaugurated|unveiled|operat\w+|run\sjointly|set\sup|opened"
        r"|established|launched"
    )
    return (
        _CAMPUS,
        rf"OWN[^.;,]{{0,60}}?\b(?:{at})\s{_HOST}",
        rf"\b(?:{at})\s{_HOST}(?:'s\s)?[^.;]{{0,30}}OWN",
        rf"(?P<host>{ORGANIZATION}),\swhere\s[^.;]{{0,100}}?OWN",
        rf"OWN[^.;]{{0,90}}?\b(?:{run})(?:\s\w+ly)?\s(?:at|in)\s(?:the\s)?(?P<host>{ORGANIZATION}|{PLACE})",
        rf"OWN,\s(?:which|that)\s[^.;]{{0,60}}?\b(?:{at})\s{_HOST}",
        rf"OWN\s(?:[^.;,{OPEN}]|{PLACE}){{0,40}}?\bin\s{_HOST}",
        rf"(?P<host>{ORGANIZATION})\s(?:with\sits|(?:became|becomes|is)\shome\sto\s(?:an?|the))\sOWN",
        rf"OWN[^.;,]{{0,60}}?\s(?:in|for)\s(?P<host>{PLACE})",
        rf"(?P<host>{PLACE})(?:'s\s(?:(?:own|new|first|second|third)\s)?|\sis\sto\s(?:get|have)\san?\s)OWN",
    )
