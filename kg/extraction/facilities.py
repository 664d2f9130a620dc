"""Joint facilities: who set one up, and where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from types import MappingProxyType

from kg.extraction import seats
from kg.extraction.abstracts import OPEN, ORGANIZATION, PERSON, PLACE, POST, Abstract
from kg.extraction.agreements import documents
from kg.extraction.discourse import Discourse
from kg.extraction.entities import Draft, Table
from kg.extraction.joint import AT_ANOTHER, MADE, UNDER, recognise
from kg.extraction.lexicon import alternatives, words
from kg.extraction.parties import BODIES, distinct, further_parties, parties
from kg.extraction.places import adjective, lookup
from kg.extraction.reading import Mention
from kg.extraction.record import Facility, Factuality, Span
from kg.extraction.resolved import publisher, resolved
from kg.extraction.sides import Told

_FOUNDERS = (
    "University",
    "Company",
    "GovernmentBody",
    "ResearchInstitute",
    "Organization",
    "School",
)


_BEHIND = 2  # sentences in which those who sign for a facility may be told after it

# Who stands in a sentence for somebody or something else than a maker: "president of X", "X's
# president P", "at X", "P from X", "the office of X".
_ASIDE = re.compile(
    rf"(?:{POST}\s(?:of|from|at)|{ORGANIZATION}\sof|{PERSON}\s(?:of|from)"
    r"|\b(?:at|in|inside|near|to|toured|visited|from|within|joined))\s"
    rf"(?:the\s|a\s)?(?:{PLACE}'s\s)?(?P<body>{ORGANIZATION})"
    rf"|(?P<owner>{ORGANIZATION})(?:'s)?\s(?:[a-z]+\s)?{POST}"
)


@dataclass(slots=True)
class _Site:
    """A facility in the making; `stated` once its makers are told, `shared` once several are."""

    draft: Draft
    founders: dict[str, Span] = field(default_factory=dict)
    host: Draft | None = None
    span: Span | None = None
    stated: bool = False
    shared: bool = False


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands around a sentence; `both` where it or the one before speaks of two sides."""

    before: Told
    behind: Sequence[Abstract]
    both: bool


def facilities(
    abstracts: Sequence[Abstract],
    table: Table,
    discourse: Discourse,
    language: str,
    employers: Mapping[str, Draft] = MappingProxyType({}),
) -> tuple[Facility, ...]:
    """Return the makers and hosts of the joint facilities that a text names.

    `employers` tells by people's ids for whom they sign; see `kg.extraction.agreements.employed`.
    """
    owner = publisher(abstracts, table.drafts, language)
    lines = [resolved(one, discourse, owner, employers=employers) for one in abstracts]
    recognise(lines, table)
    sites = [_Site(draft) for draft in table.drafts if draft.type == "JointFacility"]
    for site in sites:
        for founder, span in _nested(site.draft, table, abstracts):
            if _stands_there(site.draft, founder, language):
                site.host, site.shared = founder, True
            else:
                site.founders.setdefault(founder.id, span)
        for owner in _owners(site.draft, table):
            site.shared = True
            site.founders.setdefault(owner.id, _first_span(site.draft, abstracts))
    last: _Site | None = None
    for number, abstract in enumerate(lines):
        before = Told.at(number, lines, discourse, employers)
        both = any(_BOTH.search(line.text) for line in abstracts[max(0, number - 1) : number + 1])
        told = list(_told(abstract, sites, language))
        if not told and last is not None and _AGAIN.search(abstract.text):
            told = [last]
        for site in told:
            own = _clause(abstract, site) if len(told) > 1 else abstract
            _read(own, site, _Around(before, lines[number + 1 : number + 1 + _BEHIND], both))
        last = told[0] if told else None
    for site in sites:
        _add_host(site)
    return tuple(_facility(site, abstracts) for site in sites if site.founders)


# "open an X and establish a Y": what is said of one is not said of the other.
_AND_MAKE = re.compile(
    r"\s(?:and|as\swell\sas)\s(?:to\s|also\s)?(?=(?:open|establish|creat|launch|found|set|setting|build)\w*\s)"
)


def _clause(abstract: Abstract, site: _Site) -> Abstract:
    """Return the part of a sentence that tells of one facility, where each has a verb."""
    for number, part in enumerate(_AND_MAKE.split(abstract.text)):
        if any(draft is site.draft for draft in abstract.entities(ORGANIZATION, part)):
            return replace(abstract, text=f"to {part}" if number else part)
    return abstract


# "It was founded by …", "the college runs it together with …"
_AGAIN = re.compile(
    r"^(?:Its|It)\b|\b(?:runs?|founded|set|opened|established|finances?|built)\sit\b"
)


_SHARED = re.compile(
    r"\b(?:together|joint|jointly|both|partners?(?:hip)?|in cooperation with)\b|\bco-"
)


def _add_host(site: _Site) -> None:
    """Make the university in which a facility stands one of its makers, but for a branch's."""
    told = site.stated and len(site.founders) > 1  # "co-founded by A": somebody else did so, too
    host = site.host if site.shared and not told else None
    if host is None or host.type != "University" or not site.founders or host.id in site.founders:
        return
    if not re.search(r"\b(?:branch|campus)\b", site.draft.name, re.IGNORECASE):
        site.founders[host.id] = site.span or next(iter(site.founders.values()))


def _stands_there(draft: Draft, founder: Draft, language: str) -> bool:
    """Whether a facility is of a kind that is named after its host."""
    return founder.type == "University" and _is_hosted(draft, language)


def _is_hosted(draft: Draft, language: str) -> bool:
    kinds = tuple(words(language, "facilities")["hosted"])
    return any(kind in draft.name for kind in kinds)


def _owners(draft: Draft, table: Table) -> list[Draft]:
    """Return the universities that a name begins with ("AmberU Institute", "AU-BTU Center")."""
    first = draft.name.split()[0]
    found = [_called(part, draft, table) for part in (first, *re.split(r"[-–—/]", first))]
    owners = [owner for owner in found if owner is not None and owner.type == "University"]
    return distinct(owners)


def _called(form: str, draft: Draft, table: Table) -> Draft | None:
    """Return the institution of which a word is a form of the name, or the first word of it."""
    others = [d for d in table.drafts if d is not draft and d.kind == "organization"]
    named = next((other for other in others if form in other.forms), None)
    if named is not None or form == draft.name.split()[0] or adjective(form) or lookup(form):
        return named
    return next((d for d in others if d.type == "University" and d.name.split()[0] == form), None)


def _first_span(draft: Draft, abstracts: Sequence[Abstract]) -> Span:
    start = min(mention.start for mention in draft.mentions)
    return next((a.span for a in abstracts if a.span[0] <= start < a.span[1]), (start, start + 1))


def _nested(
    draft: Draft, table: Table, abstracts: Sequence[Abstract]
) -> Iterator[tuple[Draft, Span]]:
    """Yield the university in the name of its branch ("Branch Campus of X University")."""
    for mention in draft.mentions:
        parent = (
            table.owner.get((mention.parent, "organization"))
            if mention.parent is not None
            else None
        )
        span = next((a.span for a in abstracts if a.span[0] <= mention.start < a.span[1]), None)
        if parent is not None and span is not None:
            yield parent, span
            if mention.name.startswith("joint "):  # "joint campus of A and B"
                yield from ((other, span) for other in _inside(mention, draft, table))


def _inside(mention: Mention, draft: Draft, table: Table) -> Iterator[Draft]:
    """Yield the other institutions in a name."""
    for other in table.drafts:
        inside = any(mention.start < m.start and m.end <= mention.end for m in other.mentions)
        if inside and other is not draft and other.type in _FOUNDERS:
            yield other


def _told(abstract: Abstract, sites: Sequence[_Site], language: str) -> Iterator[_Site]:
    """Yield the facilities that a sentence names or, alone in the text, refers to."""
    named = abstract.entities(ORGANIZATION)
    here = [site for site in sites if any(site.draft is draft for draft in named)]
    yield from here
    if here or not sites:
        return
    nouns = alternatives(words(language, "facilities")["cues"]["nouns"])
    match = re.search(
        rf"\b(?:the|its|this)\s(?:new\s|joint\s)?(?P<noun>{nouns})\b", abstract.text, re.I
    )
    match = match or _indefinite(language).search(abstract.text)
    if match:
        for site in sites:
            if match["noun"].lower()[:6] in site.draft.name.lower() or len(sites) == 1:
                yield site
                return


@cache
def _indefinite(language: str) -> re.Pattern[str]:
    """Return a pattern for a facility that the text names elsewhere ("a joint laboratory")."""
    nouns = alternatives(words(language, "facilities")["cues"]["nouns"])
    return re.compile(
        rf"\b[Aa]n?\s(?:[\w-]+\s)?(?:joint|branch|overseas)\s(?:[\w-]+\s){{0,3}}?(?P<noun>{nouns})\b"
    )


@cache
def _paper(language: str) -> re.Pattern[str]:
    """Return a pattern for a document by which something is set up."""
    cues = words(language, "facilities")["cues"]
    return re.compile(rf"\b(?:{alternatives([*cues['papers'], *cues['setting_up']])})\b", re.I)


@cache
def _told_made(language: str) -> re.Pattern[str]:
    """Return a pattern for verbs that tell that something is set up, and not only of it."""
    cues = words(language, "facilities")["cues"]
    phrases = alternatives([*cues["founded"], *cues["papers"]])
    return re.compile(rf"\b(?:{phrases}|sets?\s(?:\S+\s){{1,3}}up)\b", re.I)


@cache
def _founding(language: str) -> re.Pattern[str]:
    cues = words(language, "facilities")["cues"]
    phrases = alternatives([*cues["founded"], *cues["papers"], *cues["setting_up"]])
    return re.compile(rf"\b(?:{phrases}|sets?\s(?:\S+\s){{1,3}}up)\b", re.I)


def _read(abstract: Abstract, site: _Site, around: _Around) -> None:
    before = around.before
    discourse, language = before.discourse, before.language
    own = next(
        (m.group() for m in abstract.all(ORGANIZATION) if abstract.draft(m.group()) is site.draft),
        None,
    )
    host = seats.host(abstract, own, language) if own else seats.seat(abstract)
    if host is None and own is not None and _is_hosted(site.draft, language):
        host = seats.of(abstract, own)
    if host is not None and (site.host is None or site.host.kind == "place"):
        site.host = host
        site.span = site.span or abstract.span
    if not _founding(language).search(abstract.text):
        return
    shared = _SHARED.search(abstract.text) or AT_ANOTHER.search(abstract.text)
    site.shared = site.shared or shared is not None
    if _is_said(abstract):
        return
    if host is None:
        host = site.host
    told = _BY.search(abstract.text)
    makers = _makers(abstract, told, before, around.behind)
    if not makers and not site.founders and around.both:
        makers = _sides(abstract, before)
    site.stated = site.stated or told is not None
    for draft in makers:
        if draft is not site.draft and (draft is not host or told or len(makers) > 2):
            site.founders.setdefault(draft.id, abstract.span)
            site.span = abstract.span
    if re.search(r"\bby\s(?:the\stwo|both)\s(?:universities|institutions)\b", abstract.text):
        for draft in discourse.pair(abstract, 0):
            site.founders.setdefault(draft.id, abstract.span)
    number = re.search(r"\bby\s(?:the|its)\s(three|four)\s(?:[a-z]+)\b", abstract.text)
    if number is not None and len(site.founders) < 2:
        count = 3 if number[1] == "three" else 4
        for draft in discourse.several(count, abstract, number.start()):
            site.founders.setdefault(draft.id, abstract.span)


def _sides(abstract: Abstract, before: Told) -> list[Draft]:
    """Return the two sides told of where a sentence says only that something was set up."""
    nobody = _NOBODY.search(abstract.text)
    if nobody is None:
        return []
    return before.discourse.sides(abstract, nobody.start(), before.employers)


_NOBODY = re.compile(
    rf"(?:was|were|been)\s(?:[a-z]+ly\s)?{MADE}(?![^.;]*\bby\b)"
    r"|\bjoint(?:ly)?\s(?:establish\w+|construction|creation|building|launch\w*|set(?:ting)?\sup)\b"
)
# Who has been acting together in the sentence or the one before it.
_BOTH = re.compile(
    r"\b(?:[Bb]oth|[Tt]he\s(?:two\s)?|[Tt]wo)\s?(?:sides|parties|universities|institutions)\b"
)


def _makers(
    abstract: Abstract,
    told: re.Match[str] | None,
    before: Told,
    behind: Sequence[Abstract],
) -> list[Draft]:
    """Return those by whom something is set up, else those who sign for it or can do so."""
    language = before.language
    signed = next(documents(abstract, language), None) if told is None else None
    if signed is not None and (
        _paper(language).search(abstract.text, max(0, signed.start() - 9))
        or UNDER.search(abstract.text)
    ):
        signers = parties(abstract, signed, before)
        for line in behind if len(signers) < 2 else ():
            signers = distinct([*signers, *further_parties(line, before)])
        makers = [d for d in signers if d.type in _FOUNDERS]
        if makers:
            return _academic(makers)
    if told is None and not _told_made(language).search(abstract.text):
        return []  # "congratulations on the opening of"
    text = _without_others(told["bodies"] if told else abstract.text, language)
    if told is None:
        text = _ASIDE.sub(lambda m: m.group().replace(m["body"] or m["owner"], ""), text)
    types = _FOUNDERS if told is None else (*_FOUNDERS, "OrganizationalUnit")
    makers = [d for d in abstract.entities(ORGANIZATION, text) if d.type in types]
    return _academic(makers) if told is None else makers


def _without_others(text: str, language: str) -> str:
    """Return a sentence without those who allow, pay for or report what others make."""
    beside = alternatives(words(language, "facilities")["cues"]["beside"])
    text = re.sub(rf"\b(?:{beside})\s(?:the\s)?{BODIES}", "", text)
    text = re.sub(rf"\b(?:reports?|reported|says?|said)\s(?:the\s)?{ORGANIZATION}", "", text)
    return re.sub(rf"{ORGANIZATION}\s(?:reports?|reported|said|says|announced)\b", "", text)


def _academic(makers: list[Draft]) -> list[Draft]:
    """Leave out offices of government where two universities or more stand beside them."""
    others = [draft for draft in makers if draft.type != "GovernmentBody"]
    return others if sum(draft.type == "University" for draft in others) > 1 else makers


def _is_said(abstract: Abstract) -> bool:
    """Whether a sentence only tells who attended or unveiled something, and no maker."""
    attended = r"\b(?:attended|graced|presided|witnessed)\b"
    made = r"\b(?:jointly|together|by\sthe|co-)"
    return bool(re.search(attended, abstract.text)) and not re.search(made, abstract.text)


_BY = re.compile(
    rf"(?:\b(?:joint|collaborative)\s(?:effort|project|initiative|venture|undertaking)\s(?:between|of|by)\s"
    rf"(?:the\s)?(?=(?:{PLACE}'s\s)?{ORGANIZATION})|{MADE}\s(?:[^.;{OPEN}]|{PLACE}){{0,40}}?\bby\s(?:our\s\w+\s(?:and|with)\s"
    r"|the\s(?:[a-z]+\s){0,2}(?:cooperation|efforts)\s(?:between|of)\s)?)"
    rf"(?P<bodies>{BODIES})",
    re.IGNORECASE,
)


def _facility(site: _Site, abstracts: Sequence[Abstract]) -> Facility:
    spans = list(site.founders.values())
    evidence = site.span or spans[0]
    host = site.host.id if site.host is not None else None
    planned = _is_planned(site, evidence, abstracts)
    return Facility(site.draft.id, tuple(site.founders), host, evidence, 0.8, planned)


def _is_planned(site: _Site, span: Span, abstracts: Sequence[Abstract]) -> Factuality:
    text = next((a.text for a in abstracts if a.span == span), "")
    future = (
        r"\b(?:will\sbe|is\sto\s(?:be|get)|plan(?:s|ned)?\sto|intends?\sto|to\sset\sup"
        r"|to\sbuild|to\sestablish)\b"
    )
    return "planned" if re.search(future, text) else "actual"
