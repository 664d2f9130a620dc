"""Who came on a visit, whom it was paid to, and what the guests did there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set

from kg.extraction.abstracts import ANY, ORGANIZATION, PERSON, PLACE, POST, Abstract
from kg.extraction.discourse import Discourse
from kg.extraction.entities import Draft
from kg.extraction.happening import Happening

# Words before a name in a list; a joining word is none, so that a list is read in one way only.
_BEFORE_NAME = (
    r"(?!(?:and|with|as|in|or|jointly|together|along|support|guidance|assistance|participation"
    r"|auspices|help)\s)[A-Za-z]+(?:'s)?\s"
)
_WHERE = rf"(?:\sof\s{PLACE}|\sin\s{PLACE}|,\s{PLACE}(?=[,.;])|,\swhich[^,;.]{{0,60}})?"
_NAMED = rf"(?:\s(?:named\s)?after\s(?:the\s)?(?:{POST}\s)?{PERSON})?"
_LIST = (
    rf"(?:{_BEFORE_NAME}){{0,3}}(?:{PLACE}'s\s)?{ORGANIZATION}(?:\sitself)?"
    rf"(?:\s\({ANY}(?:,\s{ANY})?\))?{_NAMED}{_WHERE}"
)
_AND = (
    r"(?:,\s(?:and\s)?|\sand\s|\sas\swell\sas\s|;\s(?:and\s)?"
    r"|\sin\s(?:collaboration|cooperation|partnership|conjunction)\swith\s"
    r"|\s(?:together|jointly|along)?\s?with\s)"
)
BODIES = rf"{_LIST}(?:{_AND}(?:with\s)?{_LIST})*"


def come(visit: Happening, abstract: Abstract, line: int) -> None:
    """Let those named before "visited Y" be on the visit, although the sentence goes on to more."""
    at = [where for number, where in visit.triggers if number == line]
    match = re.compile(r"visit\w*|called\s(?:at|on)|arrived").search(abstract.text, min(at))
    end = match.end() if match else min(at)
    for draft in abstract.entities(PERSON, abstract.text[_since(abstract, min(at)) : end]):
        visit.participants.setdefault(draft.id, line)
    for draft in visited(abstract):
        visit.participants.setdefault(draft.id, line)


def _since(abstract: Abstract, at: int) -> int:
    """Return where in a sentence the words for who came begin: at "P, who …", behind "while"."""
    before = abstract.text[:at]
    clauses = [m.end() for m in re.finditer(r"\b(?:while|when|during|as)\s", before)]
    who = re.search(rf"{PERSON},?\swho\s[^,;]*$", before)
    return max([*clauses, who.start() if who else 0])


def hand_on(
    found: Sequence[Happening], meeting: Happening, abstract: Abstract, line: int, people: Set[str]
) -> None:
    """Let those who came on a visit take part in the meeting that "the guests" had.

    Where they are known by name, the institution that sent them does not.
    """
    if not re.search(
        r"\b(?:[Tt]he|[Ii]ts)\s(?:visitors|guests|delegation|group|visiting)\b", abstract.text
    ):
        return
    visits = [e for e in found if e.type == "Visit" and e.lines[0] <= line and not e.background]
    if visits:
        came = visits[-1].participants
        for id in [id for id in came if id in people] or came:
            meeting.participants.setdefault(id, line)


def visited(abstract: Abstract) -> Iterator[Draft]:
    """Yield who is visited: what stands behind "visited", "visit to", "at"."""
    pattern = (
        rf"\b(?:visit|visits|visited|visiting|visit\sto|visits\sto|arrived\sat|came\sto|called\sat|called\son"
        rf"|toured|received\sat|(?:hosted|welcomed)\sby|trip\sto|travelled\sto|guests\sof|paid\sto|at"
        rf"|delegation(?:\s(?:of|from)\s(?:the\s)?{ANY})?\sto)\s(?P<bodies>{BODIES})"
    )
    for match in re.finditer(pattern, abstract.text, re.IGNORECASE):
        for body in re.findall(ORGANIZATION, match["bodies"]):
            draft = abstract.draft(body)
            if draft is not None and not re.search(
                r"\ue000R\d+\ue001\s$", abstract.text[: match.start()]
            ):
                yield draft


_VISITOR = re.compile(
    rf"(?P<body>{ORGANIZATION})(?:\s\({ANY}\))?\s(?:(?:has|have|had|also|recently|then)\s)*"
    r"(?:visited|visits|(?:paid|pays|made)\s(?:an?\s)?(?:\w+\s){0,2}visits?\sto|arrived\s(?:at|in))\b"
)


def visiting(abstract: Abstract) -> Iterator[Draft]:
    """Yield who visits as a body: "N paid a visit to", where nobody of N is named ("P of N")."""
    for match in _VISITOR.finditer(abstract.text):
        if re.search(r"\b(?:of|at|from|by)\s(?:the\s)?$|\ue001\s$", abstract.text[: match.start()]):
            continue
        yield from abstract.entities(ORGANIZATION, match["body"])


def hosting(abstract: Abstract) -> Iterator[Draft]:
    """Yield who receives a delegation: what stands before "hosted", "welcomed" a delegation."""
    pattern = (
        rf"(?P<body>{ORGANIZATION})\s(?:[a-z]+\s)?(?:hosted|received|welcomed"
        rf"|greeted)\s[^.;,]{{0,40}}?(?:delegation|guests|representatives)\b"
    )
    by = rf"(?P<body>{ORGANIZATION})(?:\s\({ANY}\))?\s(?:was|were|has\sbeen)\svisited\b"
    for match in (*re.finditer(pattern, abstract.text), *re.finditer(by, abstract.text)):
        draft = abstract.draft(match["body"])
        if draft is not None:
            yield draft


_GUESTS_AGAIN = re.compile(
    r"\b(?:[Tt]he|[Ii]ts)\s(?:\w+\s)?(?:delegation|guests|group|visitors|delegates)\b"
)


# "The delegation also attended the fair": its members did.
_GUESTS_ATTEND = re.compile(
    r"\b(?:[Tt]he|[Ii]ts)\s(?:\w+\s)?(?:delegation|guests|group|visitors|delegates)(?:\smembers)?"
    r"\s(?:also\s|then\s|later\s)?(?:attended|took\spart\sin|participated\sin|joined)\b"
)


def send(found: Sequence[Happening], abstracts: Sequence[Abstract], discourse: Discourse) -> None:
    """Let the members of a delegation take part in what "the delegation" does later."""
    members: dict[str, int] = {}
    senders: dict[str, int] = {}
    for line, abstract in enumerate(abstracts):
        sender = discourse.sends(line)
        if sender:
            senders.setdefault(sender[0].id, line)
            for draft in _led(abstract):
                members.setdefault(draft.id, line)
        if discourse.lists(abstract):
            members.update({d.id: line for d in abstract.entities(PERSON) if d.id not in members})
    for event in found:
        first = event.lines[0]
        told = abstracts[first].text
        attended = _GUESTS_ATTEND.search(told) and not event.background
        if not attended and (
            event.type not in ("Visit", "Meeting") or not _GUESTS_AGAIN.search(told)
        ):
            continue
        sent = {**members, **(senders if event.type == "Visit" else {})}
        for id, line in sent.items():
            if line < first or event.type == "Visit" or attended:
                event.participants.setdefault(id, first)


def _led(abstract: Abstract) -> list[Draft]:
    """Return who leads a delegation: "headed by R P"."""
    pattern = rf"\b(?:led|headed)\sby\s(?:(?!{PERSON})[^.;]){{0,200}}(?P<person>{PERSON})"
    people = (abstract.draft(m["person"]) for m in re.finditer(pattern, abstract.text))
    return [draft for draft in people if draft is not None]
