"""Where a sentence says that an event was: "in L", "visited L and L", "at O, L"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from kg.extraction.abstracts import ANY, BODY, ORGANIZATION, PLACE, POST, POSTS, Abstract
from kg.extraction.entities import Draft
from kg.extraction.lexicon import either
from kg.extraction.places import Place, lookup

_INTO = (
    r"\s(?:in|to|at|visit|visits|visited|visiting|toured|through|left\sfor|flew\sto)\s"
    r"(?:the\s(?:\w+\s)?(?:city|capital|town|province|region)\sof\s|the\s(?:[a-z]+\s)?capital,\s"
    r"|the\s)?"
)
_PLACED = re.compile(
    rf"{_INTO}(?P<places>{PLACE}(?!'s)(?:(?:,\s(?:and\s)?|\sand\s){PLACE}(?!'s))*)", re.IGNORECASE
)
# "in O in L", "of R of O in L" say where O is, but "at O in L" where the event is.
_SCENE = ("at", "by", "visited", "visit", "visit to", "campus of", "premises of", "ceremony of",
          "opening of", "inauguration of", "unveiling of")  # fmt: skip
_OF_A_BODY = re.compile(
    "".join(rf"(?<!\b{words} )(?<!\b{words} the )" for words in _SCENE)
    + rf"(?:{ORGANIZATION}|{POST}(?: of)?(?: the)?(?: {BODY})?)"
    r"\s(?:in|at|to)\s(?:the\s(?:(?:city|capital)\sof\s)?)?$"
    rf"|{POSTS}\sin\s(?:the\s)?$"
    # "R at O in L" and "O at O in L" say only where the second is.
    rf"|(?:{POST}|{ORGANIZATION})\s(?:[a-z]+\s){{0,3}}at\s(?:the\s)?{ORGANIZATION}\sin\s(?:the\s)?$",
    re.IGNORECASE,
)
_HELD_AT = re.compile(
    rf"\b(?:at|in|visited|visit\sto|arrived\sat)\s(?:the\s)?{ORGANIZATION}(?:\s\({ANY}\))?,\s"
    rf"(?P<places>{PLACE})(?=[,.;]|$)",
    re.IGNORECASE,
)
# "L hosted the forum", "L became the venue for it", "O, L, hosted".
_HOSTS = re.compile(
    rf"(?:^|[.,;]\s|\s)(?P<places>{PLACE})(?:,)?\s(?:(?:has|had|will|again|also)\s)*"
    r"(?:hosts?\b|hosted\b|(?:was|is|became|becomes|become|served\sas|serves\sas)\s(?:also\s)?(?:the|a)\s(?:venue|host|scene)\b)",
    re.IGNORECASE,
)


# "Who is in L on a visit" says where the visit is.
_ON_VISIT = re.compile(r"\s(?:on|for)\s(?:an?|his|her|their)\s(?:[\w-]+\s){0,3}(?:visit|trip)\b")
# An opening quotation mark before a place that no other has closed, "who is visiting".
_ELSEWHERE = re.compile(
    r"“[^”]*$|«[^»]*$|\bwho\s(?:is|are|was|were)\s(?:[a-z]+\s){0,4}?$"
    r"|\b(?:monument|bust|statue|memorial)\s(?:to|of)\s$"
)


def places_told(
    abstract: Abstract, mine: Sequence[int] = (), others: Sequence[int] = ()
) -> Iterator[Draft]:
    """Yield the places where an event is said to be: "in L", "took place in L", "visited L and L".

    Of a list all are meant; where a city stands before the region and country it is in, only
    the city is. A place is of the event told last before it: `mine` is where in the sentence
    this one is told, `others` where others are.
    """
    text = " " + abstract.text
    for match in _matches(text):
        at = match.start("places")
        on_visit = _ON_VISIT.match(text, match.end("places")) is not None
        if (_ELSEWHERE.search(text[:at]) and not on_visit) or _is_of_another(at - 1, mine, others):
            continue
        before = text[: match.start("places")]
        if match.re is _PLACED and (_OF_A_BODY.search(before) or _is_of_others(before)):
            continue
        if _is_seat_of_a_consul(abstract, before):
            continue
        drafts = abstract.entities(PLACE, match["places"])
        located = [(draft, lookup(draft.name)) for draft in drafts]
        fitting = [(draft, place) for draft, place in located if not _is_area(place)]
        if not fitting:
            continue
        first = fitting[0][1]
        for draft, place in fitting:
            if draft is fitting[0][0] or (first and place and place.kind == first.kind):
                yield draft
        return


_POST_OF = re.compile(rf"(?P<post>{POST})\sof\s(?:the\s)?{PLACE}\sin\s$")


def _is_seat_of_a_consul(abstract: Abstract, before: str) -> bool:
    """Whether words end with "Consul General of L in", which says where the consul sits."""
    match = _POST_OF.search(before)
    role = getattr(abstract.item(match["post"]), "role", "") if match else ""
    return "consul" in str(role).lower()


def _is_of_others(before: str) -> bool:
    """Whether words end with "universities in (the)", unless it is these that are visited."""
    match = _of_others().search(before)
    return match is not None and not _VISITED.search(before[: match.start()])


_VISITED = re.compile(r"\bvisit(?:s|ed|ing)?\s(?:[\w-]+\s){0,3}$")


@cache
def _of_others() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:{either('en', 'places', 'of_others')})\sin\s(?:the\s)?$", re.IGNORECASE
    )


def _is_of_another(at: int, mine: Sequence[int], others: Sequence[int]) -> bool:
    """Whether the event told last before a place, or first behind it, is another one."""
    if not mine or not others:
        return False
    before = [where for where in (*mine, *others) if where <= at]
    told = max(before) if before else min((*mine, *others))
    return told not in mine


def _matches(text: str) -> Iterator[re.Match[str]]:
    for pattern in (_PLACED, _HELD_AT, _HOSTS):
        yield from pattern.finditer(text)


def _is_area(place: Place | None) -> bool:
    return place is not None and place.kind == "area"
