"""Who organized an event and who took part in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from kg.extraction.abstracts import ANY, ORGANIZATION, PERSON, POST, Abstract
from kg.extraction.asides import asides_of
from kg.extraction.context import Frame
from kg.extraction.dates import FoundDate
from kg.extraction.discourse import Discourse
from kg.extraction.entities import Draft
from kg.extraction.happening import Happening
from kg.extraction.lexicon import alternatives, cue, either, words
from kg.extraction.onlookers import is_named_only
from kg.extraction.visits import BODIES, come, hand_on, hosting, send, visited, visiting

# Those who come for an institution: "experts from X", where posts in the plural stand as
# placeholders, and "a delegation of X"; "the rectors of X and Y" come for themselves.
_THOSE = (
    r"delegations?|representatives?|officials|experts|specialists|staff|members|guests|students"
    r"|teachers|group|team|deputies|leaders|leadership|management|scholars|scientists"
    r"|researchers|employees|colleagues|reporters|journalists|pupils"
)
_SENT_BY_OTHERS = frozenset(("representatives", "officials", "experts", "specialists", "employees"))
_COME_FROM = re.compile(
    rf"(?:\b(?:{_THOSE})|\ue000S\d+\ue001)\s(?:[a-z]+\s){{0,3}}?from\s(?P<bodies>{BODIES})",
    re.IGNORECASE,
)
_SENT = re.compile(
    rf"\b(?:{_THOSE})\s(?:[a-z]+\s){{0,3}}?"
    rf"(?:of|formed\sby|consisting\sof|composed\sof|made\sup\sof)\s(?P<bodies>{BODIES})",
    re.IGNORECASE,
)
_PRESENTED = re.compile(
    rf"\b(?:presentations?|reports?|speech(?:es)?|papers)\s(?:[a-z]+\s){{0,6}}?(?:by|from)\s(?P<bodies>{BODIES})",
    re.IGNORECASE,
)
_GUESTS = re.compile(
    rf"\b(?:guests|participants|organizations|institutions|partners)\b[^.;:]{{0,80}}(?::|\samong\sthem|\sincluding)\s(?P<bodies>{BODIES})",
    re.IGNORECASE,
)
# "Other foreign universities included X and Y", "participating companies were X and Y".
_OTHERS = re.compile(
    rf"\b(?:other|participating|attending|visiting)\s(?:[a-z]+\s){{0,2}}?(?:universities"
    rf"|institutions|organi[sz]ations|participants|guests|companies|colleges|institutes|delegations)"
    rf"\s(?:[a-z]+\s){{0,4}}?(?:included|include|were|are)\s(?:the\s)?(?P<bodies>{BODIES})",
    re.IGNORECASE,
)
# "Experts from more than 30 universities such as X and Y gathered".
_SUCH_AS = re.compile(
    r"\b(?:from|of)\s[^.;]{0,60}?\b(?:universities|institutions|organi[sz]ations|companies|bodies"
    rf"|colleges|institutes)\s?,?\s(?:such\sas|including|like)\s(?P<bodies>{BODIES})",
    re.IGNORECASE,
)
# "Talks were held between X and …", but not "a memorandum between X and …".
_BETWEEN = re.compile(
    r"\b(?:meetings?|talks|negotiations|conversation|consultations|dialogue|conference)\b"
    r"(?:(?!agreement|memorandum|cooperation|contract|protocol|\bon\b|\babout\b)[^.;]){0,60}?"
    rf"\bbetween\s(?:the\s)?(?P<bodies>{BODIES})",
    re.IGNORECASE,
)
# "The signing of a memorandum between X and Y", whoever looks on.
_SIGNING = re.compile(
    rf"\bsigning\b(?:(?!{PERSON})[^.;]){{0,140}}?\bbetween\s(?:the\s)?(?P<bodies>{BODIES})",
    re.IGNORECASE,
)
_SIGNED = (
    re.compile(rf"(?P<bodies>{BODIES})\s(?:[a-z]+\s){{0,4}}?(?:signed|sign|inked|concluded)\b"),
    re.compile(
        rf"\b(?:signed|concluded)\s(?:[a-z]+\s){{0,3}}?(?:by|between)\s(?P<bodies>{BODIES})"
    ),
    re.compile(
        rf"\s(?:signed|concluded)\s(?:[a-z-]+\s){{1,8}}?with\s(?:[a-z,]+\s){{0,9}}?(?P<bodies>{BODIES})"
    ),
)
_INVITED = re.compile(
    rf"\b(?:at|upon|on)\s(?:the\s)?invitation\sof\s(?:the\s)?(?P<bodies>{BODIES})", re.IGNORECASE
)
_GATHERINGS = ("Forum", "Conference", "Summit")  # at which institutions sign documents
_LONGEST_LIST = 15  # lines
_DELEGATION = re.compile(
    rf"(?P<bodies>{ORGANIZATION})(?:'s)?\s(?:delegation|representatives?|team|officials)\b"
)


def assign(
    found: Sequence[Happening],
    abstracts: Sequence[Abstract],
    discourse: Discourse,
    language: str,
    frame: Frame,
) -> None:
    """Set the organizers and participants of all events of a text."""
    dates, headed = frame.dates, frame.headed
    people = {draft.id for draft in discourse.table.drafts if draft.kind == "person"}
    current: Happening | None = None
    asides = asides_of(found, frame.published)
    for line, abstract in enumerate(abstracts):
        if line and headed.get(line) is not headed.get(line - 1):
            current = None  # under another heading, it is another day
        here, current = _telling(found, abstract, line, current, asides)
        told = [event for event in found if line in event.lines]
        hosted = told or ([current] if current and _speaks_of_hosts(abstract) else [])
        for event in hosted:
            for draft in _organizers(abstract, event, line, language):
                event.organizers.setdefault(draft.id, line)
        for draft in _both(abstract, here, discourse):
            here[0].organizers.setdefault(draft.id, line)
        target = _target(here, current, abstract, line)
        if target is None or (not here and _is_of_another_day(abstract, target, dates)):
            continue
        _take_part(found, target, abstracts, line, language)
        _take_part_beside(target, here, abstract, line)
        if target.type == "Meeting" and target.lines[0] == line:
            hand_on(found, target, abstract, line, people)
    send(found, abstracts, discourse)
    _share_organizers(found)
    for event in found:
        for id in event.organizers:
            event.participants.pop(id, None)


def _telling(
    found: Sequence[Happening],
    abstract: Abstract,
    line: int,
    current: Happening | None,
    asides: Sequence[Happening],
) -> tuple[list[Happening], Happening | None]:
    """Return the events that a sentence tells, and the one that the text is at behind it.

    An event that the sentence only mentions leaves the text where it was, and so does one of
    another time: what is told behind "in 2015 they signed …" goes on with the news.
    """
    here = [event for event in found if line in event.lines]
    if here and current is not None and all(event in asides for event in here):
        return here, current
    telling = [event for event in here if not event.background and event.factuality != "denied"]
    if telling:
        lasting = [event for event in telling if not event.signing]  # a signing passes
        return telling, _acting(lasting or telling, abstract, line)
    if here and all(event.factuality == "denied" for event in here):
        return here, current
    if here and current is not None:
        return [current], current
    return here, here[0] if here else current


def _take_part(
    found: Sequence[Happening],
    target: Happening,
    abstracts: Sequence[Abstract],
    line: int,
    language: str,
) -> None:
    """Add the people and organizations of a sentence to the event that it tells."""
    abstract = abstracts[line]
    told = line > 0 and any(line in event.lines for event in found)
    before = abstracts[line - 1] if told else None
    if line not in target.lines and _is_standing(abstract, language):
        return
    passed = target.signing and target.by_verb and line not in target.lines
    if passed and not _looks_on(language).search(abstract.text):
        return
    if target.factuality == "planned" and _is_invitation(abstract, target, line, language):
        return
    if target.background:
        people = list(_people(abstract, language, since=_reported(abstract, language)))
    else:
        people = list(_people(abstract, language)) + (_meant(abstract, before) if before else [])
    for draft in people:
        _event_of(draft, abstract, found, line, target).participants.setdefault(draft.id, line)
    bodies = [*_bodies(abstract, target, language, told=line in target.lines)]
    if _is_list_of(abstracts, line, language):
        bodies += _listed(abstract)
    for draft in bodies:
        target.participants.setdefault(draft.id, line)


@cache
def _looks_on(language: str) -> re.Pattern[str]:
    """Return a pattern for words with which a later sentence goes on about a signing."""
    return re.compile(rf"\b(?:{either(language, 'events', 'cues.at_signing')})\b", re.IGNORECASE)


def _take_part_beside(
    target: Happening, here: Sequence[Happening], abstract: Abstract, line: int
) -> None:
    """Add to a visit or signing that a sentence tells beside another event who came or signed."""
    for event in here:
        if event is target:
            continue
        if event.signing:
            for match in _SIGNING.finditer(abstract.text):
                for draft in abstract.entities(ORGANIZATION, match["bodies"]):
                    event.participants.setdefault(draft.id, line)
        if event.type == "Visit" and not event.background:
            come(event, abstract, line)


def _is_list_of(abstracts: Sequence[Abstract], line: int, language: str) -> bool:
    """Whether a line goes on with a list of those who took part: "… was attended by:"."""
    for before in reversed(abstracts[max(0, line - _LONGEST_LIST) : line]):
        text = before.text.rstrip()
        if text.endswith(":"):
            return cue(language, "events", "cues.listing").search(text) is not None
        if not text.endswith((";", ",")):
            return False
    return False


def _listed(abstract: Abstract) -> Iterator[Draft]:
    """Yield the organizations of a list that names nobody."""
    if re.search(rf"{PERSON}|{POST}", abstract.text):
        return
    for match in abstract.all(ORGANIZATION):
        draft = abstract.draft(match.group())
        if draft is not None and not re.search(
            r"\b(?:of|by|in)\s(?:the\s)?$", abstract.text[: match.start()]
        ):
            yield draft


def _is_standing(abstract: Abstract, language: str) -> bool:
    """Whether a sentence behind the news tells who somebody is, or quotes a later talk."""
    if cue(language, "events", "cues.standing").search(abstract.text):
        return True
    if re.match(rf"(?:The|Its|Their)\s{POST}\s(?:of\s(?:the\s)?{ANY}\s)?is\s", abstract.text):
        return True
    says = either(language, "events", "cues.says")
    return bool(
        re.search(rf"{PERSON}\s(?:{says})\b|\b(?:{says})\s[^.;,]{{0,40}}{PERSON}", abstract.text)
    )


def _is_invitation(abstract: Abstract, event: Happening, line: int, language: str) -> bool:
    """Whether a sentence only speaks of an invitation to an event that is still to come."""
    at = [where for number, where in event.triggers if number == line]
    found = cue(language, "events", "cues.inviting").search(abstract.text)
    return bool(at and found and found.start() < min(at))


def _is_of_another_day(abstract: Abstract, event: Happening, dates: Sequence[FoundDate]) -> bool:
    """Whether a sentence that names no event begins with another year than the event's."""
    if event.date is None or event.date.value[0] == "-":
        return False
    start, end = abstract.span
    first = next((d for d in dates if start <= d.span[0] < min(start + 40, end)), None)
    if first is None or first.value[0] == "-":
        return False
    return first.value[:4] != event.date.value[:4]


def _speaks_of_hosts(abstract: Abstract) -> bool:
    """Whether a sentence that names no event tells who organized the last one."""
    return bool(
        re.search(
            r"\b(?:host|hosts|organi[sz]ers?|organi[sz]ed|hosted|initiators?)\b", abstract.text
        )
    )


def _both(abstract: Abstract, here: Sequence[Happening], discourse: Discourse) -> Iterator[Draft]:
    """Yield what "the two universities held a meeting" means."""
    pattern = (
        r"\b(?:the\stwo|both)\s(?:universities|institutions|institutes|academies|museums)\s"
        r"(?:have\s|had\s)?(?:jointly\s)?(?:held|hosted|organi[sz]ed|co-hosted)\b"
        r"|(?:held|hosted|organi[sz]ed)\s(?:jointly\s)?by\s(?:the\stwo|both)\s(?:universities"
        r"|institutions|institutes|academies|museums)\b"
    )
    match = re.search(pattern, abstract.text, re.IGNORECASE)
    if match and here and here[0].type != "Visit":
        yield from discourse.pair(abstract, match.start())


def _target(
    here: Sequence[Happening], current: Happening | None, abstract: Abstract, line: int
) -> Happening | None:
    """Return the event that the people of a sentence take part in."""
    if here:
        return _acting(here, abstract, line)
    if current is not None and line - max(told for told in current.lines if told <= line) <= 6:
        return current
    return None


# "The forum …, during which an agreement was signed": who is told first is at the forum.
_WITHIN = re.compile(r"\b(?:during|within|at|in\sthe\scourse\sof)\swhich\b")


def _during(event: Happening, abstract: Abstract, line: int) -> bool:
    """Whether a sentence tells an event only as a part of the one told before it."""
    at = min(where for number, where in event.triggers if number == line)
    return _WITHIN.search(abstract.text[:at]) is not None


def _acting(here: Sequence[Happening], abstract: Abstract, line: int) -> Happening:
    """Return the event of a sentence in which its people act: a meeting before a forum."""
    acting = [event for event in here if event.type in ("Meeting", "Ceremony", "Seminar")]
    begun = [event for event in acting if event.lines[0] == line]
    if len(here) > 1 and _during(here[1], abstract, line):
        return here[0]
    if len(here) > 1 and not acting:
        return here[-1]
    return (begun or acting or here)[0]


def _reported(abstract: Abstract, language: str) -> int:
    """Return where what somebody says begins in a sentence ("She recalled that …")."""
    said = cue(language, "events", "cues.background").search(abstract.text)
    return said.end() if said is not None else 0


def _people(abstract: Abstract, language: str, since: int = 0) -> Iterator[Draft]:
    """Yield the people whom a sentence shows taking part, from a place in it on."""
    for match in abstract.all(PERSON):
        draft = abstract.draft(match.group())
        if draft is None or match.start() < since or is_named_only(abstract, match, language):
            continue
        yield draft


_GUESTS_HERE = re.compile(r"\b[Tt]he\s(?:guests|delegation|visitors|group)\b.*\bthey\b")
_VISITOR = re.compile(
    rf"\bvisit\s(?:to\s(?:the\s)?{ANY}\s)?(?:\w+\s)?(?:of|by)\s(?:the\s)?"
    rf"(?:{POST}(?:\sof\s(?:the\s)?{ANY})?,?\s)?(?P<person>{PERSON})"
    rf"|(?P<owner>{PERSON})'s\s(?:\d{{4}}\s)?(?:[a-z]+\s){{0,2}}visit\b"
)


def _event_of(
    draft: Draft, abstract: Abstract, found: Sequence[Happening], line: int, target: Happening
) -> Happening:
    """Return the visit for whom the sentence names as its visitor, else the event it tells."""
    match = _VISITOR.search(abstract.text)
    if match and abstract.draft(match["person"] or match["owner"]) is draft:
        return next((e for e in found if e.type == "Visit" and line in e.lines), target)
    return target


def _meant(abstract: Abstract, before: Abstract) -> list[Draft]:
    """Return whom a pronoun at the start of a sentence means: people of the sentence before."""
    people = before.entities(PERSON)
    if _GUESTS_HERE.search(abstract.text):
        return []  # "the guests …, and they" are not those who spoke before
    if re.match(r"(?:They|Both|The two)\b", abstract.text) or re.search(r"\bthey\b", abstract.text):
        return people
    one = r"(?:(?:At|In|On|During|After|Then|There)\b[^,;]{0,80},\s)?(?:he|she)\b"
    return people[-1:] if re.match(one, abstract.text, re.IGNORECASE) else []


@cache
def _organizer_patterns(language: str) -> tuple[re.Pattern[str], ...]:
    lexicon = words(language, "events")
    by = alternatives(lexicon["cues"]["by_phrases"])
    verbs = alternatives(lexicon["cues"]["organize"])
    nouns = alternatives(noun for group in lexicon["nouns"].values() for noun in group)
    event = rf"(?:(?:the|an?|its|their|this)\s)?(?:[^.;,]{{0,60}}?)(?:{nouns}|\ue000E\d+\ue001)"
    return (
        re.compile(rf"\b(?:{by})\s(?P<bodies>{BODIES})", re.IGNORECASE),
        re.compile(
            rf"(?P<bodies>{BODIES})\s(?:have\s|has\s|had\s|was\s|were\s)?(?:jointly\s|together\s|also\s)?(?:{verbs})\s(?:together\s|jointly\s|with\s)?{event}",
            re.IGNORECASE,
        ),
        re.compile(rf"(?P<bodies>{BODIES})\sinvites\b[^.;]{{0,160}}?\sto\s{event}", re.IGNORECASE),
        re.compile(
            rf"(?:which|that)\s(?P<bodies>{BODIES})\s(?:had\s|has\s|have\s)?(?:jointly\s)?(?:{verbs})\b(?:[^.;]{{0,40}}?\swith\s(?P<more>{BODIES}))?",
            re.IGNORECASE,
        ),
        re.compile(
            rf"\b(?:organi[sz]ers?|hosts?|role of host"
            rf"|initiators?)\b[^.;:]{{0,60}}?(?::|–|-|\swere|\swas"
            rf"|\sare)\s(?P<bodies>{BODIES})",
            re.IGNORECASE,
        ),
        re.compile(
            rf"(?P<bodies>{BODIES})[^.;]{{0,50}}\b(?:hosted|organi[sz]ed|co-hosted|held)\sit\b",
            re.IGNORECASE,
        ),
    )


def _organizers(abstract: Abstract, event: Happening, line: int, language: str) -> Iterator[Draft]:
    if event.type == "Visit":
        for match in _INVITED.finditer(abstract.text):
            yield from abstract.entities(ORGANIZATION, match["bodies"])
        return
    for pattern in _organizer_patterns(language):
        for match in pattern.finditer(abstract.text):
            if re.search(
                r"\b(?:support|guidance|auspices|patronage)\b",
                abstract.text[max(0, match.start() - 30) : match.start()],
            ):
                continue
            text = match["bodies"] + (match.groupdict().get("more") or "")
            for body in re.findall(ORGANIZATION, text):
                draft = abstract.draft(body)
                if draft is not None:
                    yield draft
    for match in _by_people(language).finditer(abstract.text) if line in event.lines else ():
        yield from abstract.entities(PERSON, match["people"])


@cache
def _by_people(language: str) -> re.Pattern[str]:
    by = either(language, "events", "cues.by_people")
    titled = rf"(?:the\s)?(?:{POST}\s(?:(?:of|at)\s(?:the\s)?{ANY}\s)?)?{PERSON}"
    return re.compile(
        rf"\b(?:{by})\s(?P<people>{titled}(?:(?:\sand\s|,\s){titled})*)", re.IGNORECASE
    )


_JOINED = re.compile(r"took\spart|participated|attended|represented|joined", re.IGNORECASE)


def _bodies(abstract: Abstract, event: Happening, language: str, *, told: bool) -> Iterator[Draft]:
    """Yield the organizations that take part themselves."""
    attending = told or cue(language, "events", "cues.attending").search(abstract.text)
    patterns = (_COME_FROM, _SENT, _PRESENTED, _DELEGATION, _OTHERS, _GUESTS, _SUCH_AS, _BETWEEN)
    sentence = abstract.with_plurals(_SENT_BY_OTHERS)
    for pattern in patterns if attending else ():
        for match in pattern.finditer(sentence):
            theirs = match.group().lower().startswith("delegation")
            if not theirs and re.search(r"\bfor (?:the )?$", sentence[: match.start()]):
                continue  # who a lecture is for
            for body in re.findall(ORGANIZATION, match["bodies"]):
                draft = abstract.draft(body)
                if draft is not None:
                    yield draft
    took_part = (
        rf"(?P<bodies>{BODIES})\s(?:also\s)?(?:took\spart|participated|attended"
        rf"|was\srepresented|were\srepresented|joined)\b"
    )
    joined = _JOINED.search(abstract.text) is not None  # looked for first: it is soon found
    for match in re.finditer(took_part, abstract.text, re.IGNORECASE) if joined else ():
        if re.search(
            r"\ue000R\d+\ue001\s(?:(?:of|at)\s)?(?:the\s)?$", abstract.text[: match.start()]
        ):
            continue
        for body in re.findall(ORGANIZATION, match["bodies"]):
            draft = abstract.draft(body)
            if draft is not None:
                yield draft
    if (event.signing and told) or (event.type in _GATHERINGS and not told):
        yield from _signers(abstract)
    if event.type == "Visit" and told:
        yield from visited(abstract)
        yield from visiting(abstract)
        yield from hosting(abstract)


def _signers(abstract: Abstract) -> Iterator[Draft]:
    """Yield the institutions that sign, where nobody signs for them."""
    patterns = [_SIGNING] if re.search(PERSON, abstract.text) else [_SIGNING, *_SIGNED]
    for pattern in patterns:
        for match in pattern.finditer(abstract.text):
            yield from abstract.entities(ORGANIZATION, match["bodies"])


def _share_organizers(found: Sequence[Happening]) -> None:
    """Let events that one sentence announces together have its organizers together."""
    for event in found:
        for other in found:
            if other is not event and other.lines[0] == event.lines[0] and event.type != "Visit":
                for id, line in other.organizers.items():
                    if line == other.lines[0]:
                        event.organizers.setdefault(id, line)
