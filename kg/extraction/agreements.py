"""Documents between institutions: which, between whom, signed or planned, when, on what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from kg.extraction.abstracts import BODY, ORGANIZATION, Abstract
from kg.extraction.agents import headed
from kg.extraction.dates import FoundDate
from kg.extraction.discourse import Discourse
from kg.extraction.entities import Draft
from kg.extraction.happening import Happening
from kg.extraction.lexicon import Phrases, alternatives, typed, words
from kg.extraction.parties import GOVERNMENTS_OF, PARTIES, each, further_parties, is_talk
from kg.extraction.record import Agreement, Link, Position, Span
from kg.extraction.resolved import publisher, resolved
from kg.extraction.sides import Told

_UNITS = ("OrganizationalUnit", "PartyOrganization")
_NEAR = 4  # sentences in which the event at which something is signed was told before
_BEHIND = 2  # sentences in which the parties of a document may be told after it


@dataclass(slots=True)
class _Paper:
    """An agreement in the making."""

    type: str
    span: Span
    status: str = "signed"
    known: bool = False  # "the memorandum": one that was told of before
    definite: bool = False  # "the memorandum" and no word between that it could belong to
    applied: bool = False  # "under the memorandum": what it brings, not that it was signed
    parties: dict[str, Draft] = field(default_factory=dict)
    date: FoundDate | None = None
    subject: str | None = None


def agreements(
    abstracts: Sequence[Abstract],
    discourse: Discourse,
    found: Sequence[Happening],
    employers: Mapping[str, Draft],
    dates: Sequence[FoundDate],
) -> tuple[Agreement, ...]:
    """Return the agreements that a text tells of, each with the parties it names.

    `employers` tells by people's ids for whom they sign; see `employed`.
    """
    language = discourse.language
    papers: list[_Paper] = []
    own_dates = [date for date in dates if not _is_of_another(date, discourse)]
    owner = publisher(abstracts, discourse.table.drafts, language)
    lines = [
        headed(resolved(abstract, discourse, owner, sides=False, employers=employers))
        for abstract in abstracts
    ]
    for line, abstract in enumerate(lines):
        told = Told.at(line, lines, discourse, employers)
        for paper in _told(abstract, told):
            if _is_back_reference(abstract, paper, papers):
                continue
            _follow(lines[line + 1 : line + 1 + _BEHIND], paper, told)
            paper.date = _date(abstract, line, paper.status, found, own_dates)
            _add(papers, paper)
    kept = [paper for paper in papers if paper.parties]
    return tuple(_agreement(f"a{number}", paper) for number, paper in enumerate(kept, 1))


def _told(abstract: Abstract, told: Told) -> Iterator[_Paper]:
    """Yield the documents of a sentence."""
    for match in documents(abstract, told.language):
        yield from _read(abstract, match, told)


def _add(papers: list[_Paper], paper: _Paper) -> None:
    """Add a paper to those told before it, or what it tells to the one that it is."""
    twin = _same(papers, paper)
    if twin is None:
        papers.append(paper)
    else:
        _join(twin, paper)


def employed(
    posts: Sequence[Position], discourse: Discourse, units: Sequence[Link]
) -> Mapping[str, Draft]:
    """Map people to the organization for which they would sign: that of their first post.

    Who has a post in a faculty or council signs for the institution.
    """
    wholes = {link.child: link.parent for link in units}
    by_id = {draft.id: draft for draft in discourse.table.drafts}
    employers: dict[str, Draft] = {}
    for post in posts:
        if post.of is not None and not _cue(discourse.language, "titles").search(post.role):
            body = by_id[post.of]
            while body.type in _UNITS and body.id in wholes:  # links make no circle
                body = by_id[wholes[body.id]]
            employers.setdefault(post.person, body)
    return employers


@cache
def _types(language: str) -> Phrases[str]:
    return typed(language, "agreements", "nouns")


@cache
def _noun(language: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w-])(?P<noun>{alternatives(_types(language))})s?(?![\w-])", re.IGNORECASE
    )


@cache
def _cue(language: str, name: str) -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:{alternatives(words(language, 'agreements')['cues'][name])})\b", re.IGNORECASE
    )


def documents(abstract: Abstract, language: str) -> Iterator[re.Match[str]]:
    """Yield the noun for the document of a sentence that also tells of its signing.

    Several are yielded only where each is told to be with or between somebody.
    """
    text = _blanked(_cue(language, "not_documents"), abstract.text)
    matches = list(_noun(language).finditer(text))
    between = re.search(
        rf"\bbetween\s(?:the\s)?(?:(?i:{GOVERNMENTS_OF})?{BODY}|[a-z]+\sand\s|(?:two|three|four)\s|their\s[a-z]+s\b)",
        text,
    )
    signed = _cue(language, "signed").search(_blanked(_cue(language, "empty"), text))
    if matches and (signed or between):
        own = [m for m in matches if _HAS_OWN_PARTIES.match(text, m.end())]
        yield from own if len(own) > 1 else [max(matches, key=_preferred)]


# "a memorandum between A and B, as well as a contract between A and C"
_HAS_OWN_PARTIES = re.compile(rf"\s(?:[^.;,]{{0,60}}\s)?(?:between|with)\s(?:the\s)?{BODY}")


def _preferred(noun: re.Match[str]) -> tuple[bool, int]:
    """Return by which noun a sentence's document is called: one of several words, the first."""
    return len(noun["noun"].split()) > 1, -noun.start()


def _blanked(pattern: re.Pattern[str], text: str) -> str:
    """Return a text with spaces in the place of what a pattern finds."""
    return pattern.sub(lambda found: " " * len(found.group()), text)


# "P is representing X to sign", as captions have it, tells of a signing.
_ACTS_FOR = re.compile(
    rf"\b(?:representing|represents|represented|on\sbehalf\sof)\s(?:the\s)?{ORGANIZATION}\sto\ssign"
)


def _status(abstract: Abstract, language: str) -> str:
    if _ACTS_FOR.search(abstract.text):
        return "signed"
    planned = _cue(language, "planned").search(abstract.text) or is_talk(abstract.text, language)
    return "planned" if planned else "signed"


def _read(abstract: Abstract, match: re.Match[str], told: Told) -> Iterator[_Paper]:
    """Yield the documents that a noun means: one for each group of parties."""
    language = told.language
    noun = " ".join(match["noun"].lower().split())
    before = abstract.text[max(0, match.start() - 24) : match.start()]
    known = _cue(language, "known").search(_NEW.split(before)[-1]) if before else None
    for group in each(abstract, match, told):
        yield _Paper(
            _types(language)[noun],
            abstract.span,
            _status(abstract, language),
            known is not None,
            _DEFINITE.search(before) is not None,
            _APPLIED.search(abstract.text, 0, match.start()) is not None,
            {d.id: d for d in group if _may_be_party(d, language)},
            subject=_subject(abstract, match),
        )


def _may_be_party(draft: Draft, language: str) -> bool:
    """Whether somebody can conclude documents; "the MoU & MoA" is nobody."""
    paper = _noun(language).fullmatch(draft.name)
    return not paper and (draft.type in PARTIES or draft.kind == "place")


# "At the end of the talks, an agreement": what is new is not one told of before.
_NEW = re.compile(r"^.*,\s(?=an?\s)")


def _is_back_reference(abstract: Abstract, paper: _Paper, papers: Sequence[_Paper]) -> bool:
    """Whether a sentence that names nobody speaks of a document told of before.

    "The agreement" may be one of any kind.
    """
    names = re.search(BODY, abstract.text)
    if _AMONG.search(abstract.text) and not names:
        return any(paper.type == o.type and len(o.parties) > 1 for o in papers)
    told = any(_may_be(paper, other) for other in papers)
    return told and (paper.applied or (paper.known and not names))


_DEFINITE = re.compile(r"\b(?:[Tt]he|[Tt]his|[Tt]hese|said|such)\s(?:an?\s)?(?:\w+\s)?$")
_AMONG = re.compile(
    r"\b(?:was|were)\ssigned\s(?:between|by)\s(?:the|both)\s(?:two\s)?(?:parties|sides)\b"
)
_APPLIED = re.compile(
    r"\b(?:[Aa]ccording\sto|[Uu]nder|[Ii]n\s(?:accordance|line)\swith|[Tt]erms\sof)"
    r"\s(?:the|this|these)\s(?:\w+\s){0,2}$"
)


def _may_be(paper: _Paper, other: _Paper) -> bool:
    """Whether the noun of one may mean the other."""
    return paper.type in (other.type, "Agreement")


def _follow(behind: Sequence[Abstract], paper: _Paper, told: Told) -> None:
    """Add the parties that only later sentences name, where one is missing."""
    for abstract in behind:
        further = further_parties(abstract, told) if len(paper.parties) < 2 else []
        paper.parties.update({draft.id: draft for draft in further})


def _date(
    abstract: Abstract,
    line: int,
    status: str,
    found: Sequence[Happening],
    dates: Sequence[FoundDate],
) -> FoundDate | None:
    """Return the date of the sentence, or for what was signed that of the event told there."""
    here = [date for date in dates if abstract.span[0] <= date.span[0] < abstract.span[1]]
    if status == "planned":
        return _day_of_plan(abstract, here)
    if here:
        return max(here, key=lambda date: len(date.value))
    if _BEFORE.search(abstract.text):
        return None
    near = [e for e in found if _may_date(e, line)]
    own = [e for e in near if line in e.lines]
    return (
        max(own or near, key=lambda e: max(n for n in e.lines if n <= line)).date if near else None
    )


# Dates of something else than the signing: how long it holds, when something was founded.
_OF_OTHERS = re.compile(
    r"\b(?:until|till|since|for|through)\s(?:the\s)?(?:period\s|years?\s)?(?:of\s)?$"
    r"|\b(?:founded|established|opene?d?|opening|set\sup|created)\b[^,;.]{0,40}$"
)


def _is_of_another(date: FoundDate, discourse: Discourse) -> bool:
    lasting = re.match(r"(?:until|till|since)\b", date.words, re.IGNORECASE)
    return bool(lasting) or _OF_OTHERS.search(discourse.before(date.span[0])) is not None


# What was signed before the events that a text tells.
_BEFORE = re.compile(
    r"\b(?:had|earlier|previously|already|before|since|ago|then|existing|in\saccordance\swith"
    r"|according\sto\sthe|under\sthe|within\sthe\sframework\sof\sthe|based\son)\b",
    re.IGNORECASE,
)
_REPORTED = re.compile(
    r"\b(?:agreed|discussed|expressed|proposed|met|held|announced|said|noted|visited|received)\b"
)


def _may_date(event: Happening, line: int) -> bool:
    """Whether a document signed in a sentence was signed on the one day of an event."""
    told = [number for number in event.lines if number <= line]
    return (
        event.date is not None
        and "/" not in event.date.value
        and not event.background
        and event.factuality == "actual"
        and bool(told)
        and line - max(told) <= _NEAR
    )


def _day_of_plan(abstract: Abstract, here: Sequence[FoundDate]) -> FoundDate | None:
    """Return the day for which a signing is planned, and none on which it was only agreed."""
    return here[0] if here and not _REPORTED.search(abstract.text) else None


def _subject(abstract: Abstract, match: re.Match[str]) -> str | None:
    """Return what the document is on: the words behind "on", "for" or "to"."""
    pattern = (
        r"\s(?:on|for|concerning|regarding|about|to)\s(?P<subject>[^.;:(]{3,120}?)(?=[.;:("
        r"]|,\s|\s(?:between|with|was|were|is|has|signed|in|during)\s|$)"
    )
    found = re.compile(pattern).match(abstract.text, match.end())
    if found is None or re.match(
        r"(?:it|them|this|the\s(?:two|first|second))\b|\d", found["subject"]
    ):
        return None
    return abstract.verbatim(found["subject"]).strip()


def _same(papers: Sequence[_Paper], paper: _Paper) -> _Paper | None:
    """Return the agreement told before that this sentence tells of again."""
    for other in reversed(papers):
        dated = other.date == paper.date or None in (other.date, paper.date)
        if (other.status == paper.status and dated and _agree(other, paper)) or _again(
            other, paper
        ):
            return other
    return None


def _again(other: _Paper, paper: _Paper) -> bool:
    """Whether "the memorandum" with one party is a document signed with that one before.

    A second form of a name may seem to be another party of the same document.
    """
    shared = paper.parties.keys() & other.parties.keys()
    one = len(paper.parties) == 1 or (len(shared) == 1 < len(other.parties) == len(paper.parties))
    return paper.definite and bool(shared) and one and other.status == "signed"


def _join(twin: _Paper, paper: _Paper) -> None:
    """Add what a later sentence tells of a paper; the sentence with more parties is quoted."""
    if len(paper.parties) > len(twin.parties):
        twin.span = paper.span
    if len(twin.parties) < 2 or twin.parties.keys() <= paper.parties.keys():
        twin.parties.update(paper.parties)
    twin.date = twin.date or paper.date
    twin.subject = twin.subject or paper.subject


def _agree(other: _Paper, paper: _Paper) -> bool:
    """Whether two papers have the same parties, or one only fewer of them."""
    first, second = set(other.parties), set(paper.parties)
    if first == second:
        return True
    if other.type != paper.type or not (first <= second or second <= first):
        return False
    return paper.known or min(len(first), len(second)) < 2


def _agreement(id: str, paper: _Paper) -> Agreement:
    date = paper.date
    return Agreement(
        id,
        paper.type,
        tuple(paper.parties),
        date.value if date else None,
        "planned" if paper.status == "planned" else "signed",
        paper.subject,
        paper.span,
        0.85 if len(paper.parties) > 1 else 0.6,
        date.stated if date and date.resolved else None,
    )
