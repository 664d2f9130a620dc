"""Documents between institutions: which, between whom, signed or planned, when, on what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from kg.extraction.abstracts import BODY, OPEN, ORGANIZATION, PERSON, PLACE, Abstract
from kg.extraction.dates import FoundDate
from kg.extraction.discourse import Discourse
from kg.extraction.entities import Draft
from kg.extraction.happening import Happening
from kg.extraction.lexicon import alternatives, words
from kg.extraction.record import Agreement, Link, Position, Span
from kg.extraction.resolved import publisher, resolved

_PARTIES = (
    "University",
    "GovernmentBody",
    "Company",
    "ResearchInstitute",
    "Organization",
    "School",
    "Association",
    "JointFacility",
    "OrganizationalUnit",
    "DiplomaticMission",
    "PartyOrganization",
)
_UNITS = ("OrganizationalUnit", "PartyOrganization")
_BEHIND = 2  # sentences in which the parties of a document may be told after it
_WHERE = rf"(?:\sof\s(?:the\s)?{PLACE}|\sin\s{PLACE}|\s\({PLACE}[^)]*\))?"
_ITEM = rf"(?:the\s|its\s)?(?:{PLACE}'s\s)?{BODY}{_WHERE}"
_BODIES = rf"{_ITEM}(?:(?:,\s(?:and\s)?|\sand\s(?:of\s)?|\sas\swell\sas\s){_ITEM})*"


@dataclass(slots=True)
class _Paper:
    """An agreement in the making."""

    type: str
    span: Span
    status: str = "signed"
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
    owner = publisher(abstracts, discourse.table.drafts, language)
    lines = [
        resolved(abstract, discourse, owner, sides=False, employers=employers)
        for abstract in abstracts
    ]
    for line, abstract in enumerate(lines):
        for match in _documents(abstract, language):
            paper = _read(abstract, match, discourse, employers, language)
            for behind in lines[line + 1 : line + 1 + _BEHIND]:
                if len(paper.parties) < 2:
                    _follow(behind, paper)
            paper.date = _date(abstract, line, found, dates) if paper.status == "signed" else None
            twin = _same(papers, paper)
            if twin is None:
                papers.append(paper)
            else:
                twin.parties.update(paper.parties)
                twin.date = twin.date or paper.date
                twin.subject = twin.subject or paper.subject
    kept = [paper for paper in papers if paper.parties]
    return tuple(_agreement(f"a{number}", paper) for number, paper in enumerate(kept, 1))


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
def _types(language: str) -> dict[str, str]:
    nouns = words(language, "agreements")["nouns"]
    return {noun.lower(): type for type, phrases in nouns.items() for noun in phrases}


@cache
def _noun(language: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w-])(?P<noun>{alternatives(_types(language))})(?![\w-])", re.IGNORECASE
    )


@cache
def _cue(language: str, name: str) -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:{alternatives(words(language, 'agreements')['cues'][name])})\b", re.IGNORECASE
    )


def _documents(abstract: Abstract, language: str) -> Iterator[re.Match[str]]:
    """Yield the first noun for a document of a sentence that also tells of its signing."""
    text = abstract.text
    if _cue(language, "not_documents").search(text):
        return
    matches = list(_noun(language).finditer(text))
    between = re.search(
        rf"\bbetween\s(?:the\s)?(?:{BODY}|[a-z]+\sand\s|(?:two|three|four)\s|their\s[a-z]+s\b)",
        text,
    )
    if matches and (_cue(language, "signed").search(text) or between):
        yield max(matches, key=lambda m: (len(m["noun"].split()) > 1, -m.start()))


def _read(
    abstract: Abstract,
    match: re.Match[str],
    discourse: Discourse,
    employers: Mapping[str, Draft],
    language: str,
) -> _Paper:
    noun = " ".join(match["noun"].lower().split())
    paper = _Paper(_types(language)[noun], abstract.span)
    paper.status = "planned" if _cue(language, "planned").search(abstract.text) else "signed"
    for draft in _parties(abstract, match, discourse, employers, language):
        if draft.type in _PARTIES or draft.kind == "place":
            paper.parties.setdefault(draft.id, draft)
    paper.subject = _subject(abstract, match)
    return paper


def _follow(abstract: Abstract, paper: _Paper) -> None:
    """Add the parties that only a later sentence names ("Its parties are …")."""
    if not re.search(
        r"\b(?:document|parties|put their (?:names|signatures)|signatories)\b", abstract.text
    ):
        return
    for draft in abstract.entities(ORGANIZATION):
        if draft.type in _PARTIES and draft.type != "OrganizationalUnit":
            paper.parties.setdefault(draft.id, draft)


def _parties(
    abstract: Abstract,
    match: re.Match[str],
    discourse: Discourse,
    employers: Mapping[str, Draft],
    language: str,
) -> list[Draft]:
    """Return the parties: those stated, else those that sign, else those told of before."""
    text = abstract.text
    rules = (
        rf"\bbetween\s(?P<bodies>{_BODIES})",
        rf"\b(?:signed|concluded|inked|sealed|reached|initiall?ed|penned|executed)\s(?:jointly\s|(?:[^.;,{OPEN}]|{PLACE}){{1,40}}?\s)?by\s(?P<bodies>{_BODIES})",
        rf"\b(?:brings\stogether|unites)\s(?P<bodies>{_BODIES})",
        rf"\b(?:statement|declaration|communiqu[eé])\sof\s(?P<bodies>{_BODIES})",
    )
    for rule in rules:
        stated = re.search(rule, text, re.IGNORECASE)
        if stated:
            found = _drafts(abstract, stated["bodies"])
            if len(found) > 1 or "between" in rule:
                return found
    signers = _signing(abstract)
    with_whom = re.search(rf"\bwith\s(?P<bodies>{_BODIES})", text[match.end() :])
    found = signers + (_drafts(abstract, with_whom["bodies"]) if with_whom else [])
    among = re.search(
        rf"\bwith\s[^.;]{{0,80}}?\b(?:including|among them|such as)\s(?P<bodies>{_BODIES})", text
    )
    found += _drafts(abstract, among["bodies"]) if among else []
    behalf = re.findall(rf"\bon\sbehalf\sof\s(?:the\s)?({ORGANIZATION})", text)
    found += _drafts(abstract, " ".join(behalf)) if len(behalf) > 1 else []
    listed = re.search(rf"\b[Pp]arties\sare\s(?P<bodies>{_BODIES})", text)
    found += _drafts(abstract, listed["bodies"]) if listed else []
    if len(_distinct(found)) < 2:
        witnesses = _cue(language, "witnesses").search(text, match.end())
        signing = text[: witnesses.start()] if witnesses else text
        people = [employers[d.id] for d in abstract.entities(PERSON, signing) if d.id in employers]
        visited = re.search(rf"\bvisit(?:ed|s)?\s(?:the\s)?(?P<bodies>{_BODIES}),\swhere\b", text)
        people += _drafts(abstract, visited["bodies"]) if visited and people else []
        found += people if len(_distinct(people)) > 1 or not found else []
    number = _cue(language, "several").search(text)
    if len(_distinct(found)) < 2 and number is not None:
        count = words(language, "agreements")["numbers"].get(number.group().split()[-2].lower(), 3)
        found = discourse.several(count, abstract, number.start()) or found
    if len(_distinct(found)) < 2 and _cue(language, "both").search(text):
        found = discourse.sides(abstract, match.start(), employers) or found
    return _distinct(found)


def _drafts(abstract: Abstract, text: str) -> list[Draft]:
    """Return the organizations of a list; places only where the list has nothing else."""
    bodies = [abstract.draft(body) for body in re.findall(ORGANIZATION, text)]
    plain = re.sub(rf"{PLACE}'s\s", "", text)
    places = [
        abstract.draft(m.group(1)) for m in re.finditer(rf"(?:^|,\s|\sand\s|the\s)({PLACE})", plain)
    ]
    return _distinct([draft for draft in (*bodies, *places) if draft is not None])


def _signing(abstract: Abstract) -> list[Draft]:
    """Return the organizations that are the subject of a verb of signing."""
    pattern = (
        rf"(?P<bodies>{_BODIES})(?:,[^,;.]{{0,80}},|,)?\s(?:\w+\s){{0,5}}?(?:signed|sign"
        rf"|signs|inks|renewed|inked|concluded|sealed|exchanged|laid"
        r"|penned|initiall?ed|extended|prolonged|formali[sz]ed|executed|put\spen)\b"
    )
    found: list[Draft] = []
    for match in re.finditer(pattern, abstract.text):
        found += [d for d in _drafts(abstract, match["bodies"]) if d.kind == "organization"]
    return found


def _distinct(drafts: Sequence[Draft]) -> list[Draft]:
    return list({id(draft): draft for draft in drafts}.values())


def _date(
    abstract: Abstract, line: int, found: Sequence[Happening], dates: Sequence[FoundDate]
) -> FoundDate | None:
    """Return the date of the sentence, or that of an event told in it or just before."""
    here = [date for date in dates if abstract.span[0] <= date.span[0] < abstract.span[1]]
    if here:
        return max(here, key=lambda date: len(date.value))
    near = [e for e in found if e.date is not None and line in e.lines and e.type == "Ceremony"]
    return near[-1].date if near else None


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
        if other.status != paper.status:
            continue
        if set(other.parties) == set(paper.parties) and (
            other.date == paper.date or None in (other.date, paper.date)
        ):
            return other
    return None


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
