"""The life of a paper in a text: in force, for how long, renewed, expired, terminated, discussed.

A sentence tells of a paper if it is the one that tells of its signing, or if a later one speaks of
"the agreement", "the document" or, where it begins so, of "it". What words wish, deny or make
depend on something is no stage; what they announce is planned. Nothing is computed: how long a
paper holds and until when stand in the stage only where the words say so.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from kg.errors import ExtractionError
from kg.extraction.dates import find
from kg.extraction.lexicon import alternatives, words
from kg.extraction.record import Agreement, Factuality, Span, Stage, StageType

_FAR = 4  # sentences behind its paper's in which a stage is looked for, if there are several
_LONGEST = 2_000  # characters; what is longer is a table or a list, and no sentence
_SURE = 0.85
_AHEAD = 60  # characters between a verb and its date
_YEAR = r"(?:19|20)\d\d"
_GAP = r"[^.;:!?]"
_BEGINS = 12  # characters before a date that a sentence begins with ("On Monday, 3 May, …")
_CLAUSE = re.compile(r"[.;:!?](?=\s|$)|,\s(?:and|but|which|while)\b")


@dataclass(frozen=True, slots=True)
class _Words:
    """The patterns of a language."""

    noun: str
    paper: re.Pattern[str]
    breaks: re.Pattern[str]
    unsaid: re.Pattern[str]
    planned: re.Pattern[str]
    states: tuple[tuple[StageType, re.Pattern[str]], ...]
    terms: tuple[re.Pattern[str], ...]
    untils: tuple[re.Pattern[str], ...]
    span: re.Pattern[str]
    discussed: re.Pattern[str]
    resolved: re.Pattern[str]
    lasting: re.Pattern[str]
    numbers: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class _Last:
    """The last day or year of a paper, and where the words that say so begin."""

    at: int
    value: str


@dataclass(frozen=True, slots=True)
class _Told:
    """What one sentence says of a paper.

    ``at`` is the place behind which its date would stand, None where the words date nothing.
    """

    type: StageType
    at: int | None
    planned: bool = False
    until: _Last | None = None
    term: str | None = None
    since: str | None = None


def names_paper(quote: str, language: str) -> bool:
    """Whether words name a paper or hold words that stand for one, as far as they are known."""
    try:
        return bool(_patterns(language).paper.search(quote))
    except ExtractionError:
        return True


def stages(
    text: str,
    sentences: Sequence[Span],
    papers: Sequence[Agreement],
    language: str,
    published: str | None = None,
) -> tuple[Stage, ...]:
    """Return what a text tells of the life of its papers.

    Parameters
    ----------
    text : str
        The document's text; offsets are code points.
    sentences : sequence of (start, end)
        Its sentences, in order.
    papers : sequence of Agreement
        The agreements read from it, each with its own sentence as evidence, in any order.
    language : str
        The language of the words.
    published : str, optional
        ISO date of publication, which gives days without a year theirs.
    """
    if not papers:
        return ()
    known = _patterns(language)
    papers = sorted(papers, key=lambda paper: paper.evidence)
    starts = [start for start, _ in sentences]
    told_in = [bisect_right(starts, paper.evidence[0]) - 1 for paper in papers]
    found: dict[tuple[object, ...], Stage] = {}
    for line, (start, end) in enumerate(sentences):
        said = text[start:end]
        at = _paper(known, said, line, told_in) if end - start <= _LONGEST else None
        if at is None:
            continue
        paper, near = papers[at], line - told_in[at] <= _FAR
        begins = min(start, paper.evidence[0]) if near else start
        for told in _told(known, said, paper):
            one = _stage(told, said, paper.id, published)
            key = (one.agreement, one.type, one.date, one.until, one.term, one.factuality)
            found.setdefault(key, replace(one, evidence=(begins, end)))
    return tuple(found.values())


def _stage(told: _Told, said: str, paper: str, published: str | None) -> Stage:
    """Return what is told, with its date if the sentence gives one."""
    value, stated = told.since, told.since
    if told.since is None and told.at is not None:
        value, stated = _date(said, told.at, told.until, published)
    last = told.until.value if told.until else None
    sure: Factuality = "planned" if told.planned else "actual"
    more = stated if stated != value else None
    return Stage(paper, told.type, value, last, told.term, (0, 0), _SURE, sure, more)


def _date(
    said: str, at: int, last: _Last | None, published: str | None
) -> tuple[str | None, str | None]:
    """Return the date right behind a place, or the one that the sentence begins with, as read."""
    taken = last.at if last else -1
    clause = _CLAUSE.split(said[at:])[0]
    dates = [one for one in find(said, published) if not one.span[0] <= taken < one.span[1]]
    near = [one for one in dates if at <= one.span[0] < at + min(len(clause), _AHEAD)]
    begins = [one for one in dates if one.span[0] <= _BEGINS and one.span[1] <= at]
    for one in (*near, *begins):
        return one.value, one.stated
    return None, None


def _paper(known: _Words, said: str, line: int, told_in: Sequence[int]) -> int | None:
    """Return the number of the paper that a sentence tells of: its own, or the last before it.

    ``told_in`` gives for each paper, in the order of the text, the sentence that tells of it.
    """
    last = bisect_right(told_in, line) - 1
    if last < 0:
        return None
    if told_in[last] == line:
        return bisect_left(told_in, line)
    near = len(told_in) == 1 or line - told_in[last] <= _FAR
    return last if near and known.paper.search(said) else None


def _told(known: _Words, said: str, paper: Agreement) -> Iterator[_Told]:
    """Yield the stages that a sentence tells."""
    if (
        paper.status == "planned"
        and known.discussed.search(said)
        and not known.resolved.search(said)
    ):
        yield _Told("discussed", None)
    until, term, since = _until(known, said), _term(known, said), None
    if between := known.span.search(said):
        since, until = between["first"], until or _Last(between.start("last"), _second(between))
    found = list(_states(known, said))
    if paper.status == "planned":
        found = [replace(one, planned=True) for one in found]
    if until or term or since:
        # a term belongs to the renewal or the entry into force told with it, or says it is in force
        at = next((n for n, one in enumerate(found) if one.type in ("renewed", "in force")), None)
        if at is None:
            planned = paper.status == "planned"
            yield _Told("in force", None, planned, until, term, since)
        else:
            one = found[at]
            found[at] = replace(one, until=until, term=term, since=since or one.since)
    yield from found


def _states(known: _Words, said: str) -> Iterator[_Told]:
    """Yield each state once, where words tell that the paper came into it."""
    told: set[str] = set()
    for type, pattern in known.states:
        for match in pattern.finditer(said):
            clause = said[max(0, match.start("verb") - 40) : match.end("verb")]
            apart = known.breaks.search(match["gap"] or "") is not None
            if type in told or apart or known.unsaid.search(clause):
                continue
            told.add(type)
            lasting = known.lasting.search(match["verb"]) is not None
            planned = not lasting and known.planned.search(clause) is not None
            yield _Told(type, match.end("verb"), planned)


def _until(known: _Words, said: str) -> _Last | None:
    """Return the last day or year that the words give a paper."""
    for pattern in known.untils:
        for match in pattern.finditer(said):
            at = match.start("date")
            if known.breaks.search(match["gap"] or "") or known.unsaid.search(match[0]):
                continue
            year = re.match(rf"{_YEAR}\b", said[at:])
            here = [one for one in find(said) if one.span[0] <= at < one.span[1]]
            value = year[0] if year else here[0].stated if here else "--"
            if not value.startswith("--"):
                return _Last(at, value.rpartition("/")[2])
    return None


def _term(known: _Words, said: str) -> str | None:
    """Return how long a paper holds, as an ISO 8601 duration."""
    for pattern in known.terms:
        for match in pattern.finditer(said):
            gap = match.groupdict().get("gap") or ""
            if not known.breaks.search(gap) and not known.unsaid.search(match[0]):
                number, unit = match["number"].lower(), match["unit"][0].upper()
                count = known.numbers.get(re.sub(r"[\s‐-–]", "-", number)) or int(number)
                return f"P{count}{unit}"
    return None


def _second(match: re.Match[str]) -> str:
    """Return the last year of "2024–26" or "2024 to 2026"."""
    last = match["last"]
    return last if len(last) == 4 else match["first"][:2] + last


@cache
def _patterns(language: str) -> _Words:
    data = words(language, "validity")
    nouns = [n for kind in words(language, "agreements")["nouns"].values() for n in kind]
    plain = alternatives([*nouns, *data["stand_ins"]])
    noun = rf"(?<![\w-])(?i:{plain})(?![\w-])"
    it = rf"^\W*(?i:{alternatives(data['pronouns'])})\b(?=\s+\w)"
    subject = rf"(?:{noun}|{it})"
    return _Words(
        noun=noun,
        paper=re.compile(rf"{noun}|\b(?i:it|its)\b"),
        breaks=_any(data["breaks"]),
        unsaid=_any(data["unsaid"], re.NOFLAG),  # "may" is no month
        planned=_any(data["planned"]),
        states=tuple(_state_patterns(data, subject, noun)),
        terms=tuple(_term_patterns(data, subject, noun)),
        untils=tuple(_until_patterns(data, subject, noun)),
        span=re.compile(
            rf"{noun}(?:\s[\w'’-]+){{0,3}}?\sfor\s(?:the\s)?(?:period\s|years\s)?(?:of\s|from\s)?"
            rf"(?P<first>{_YEAR})\s?(?:[/–—-]|to|until|through|and)\s?(?P<last>{_YEAR}|\d\d)\b"
        ),
        discussed=_any(data["talk"]["discussed"]),
        resolved=_any(data["talk"]["resolved"]),
        lasting=re.compile(rf"^(?:{alternatives(data['lasting'])})\b", re.IGNORECASE),
        numbers=data["numbers"],
    )


def _any(phrases: Sequence[str], how: re.RegexFlag = re.IGNORECASE) -> re.Pattern[str]:
    """Return a pattern for whole phrases; an elided "n't" stands behind its verb."""
    elided = [phrase for phrase in phrases if phrase.startswith("n'")]
    rest = alternatives(phrase for phrase in phrases if phrase not in elided)
    ends = rf"|\w(?:{alternatives(elided)})\b" if elided else ""
    return re.compile(rf"\b(?:{rest})\b{ends}", how)


def _state_patterns(
    data: dict[str, dict[str, list[str]]], subject: str, noun: str
) -> Iterator[tuple[StageType, re.Pattern[str]]]:
    """Yield for each state what tells it: behind its paper, before it, or as a noun."""
    own = rf"(?:{alternatives(data['determiners'])})\s(?:(?!of\b|in\b|under\b)[\w'’-]+\s){{0,4}}?"
    for type in ("in force", "renewed", "expired", "terminated"):
        verbs = alternatives(data["states"][type])
        passive = type in ("renewed", "terminated")
        helped = r"(?:(?:was|were|been|is|are|be|and|last)\s(?:\w+\s){0,2}?)" if passive else ""
        yield type, re.compile(rf"{subject}(?P<gap>{_GAP}{{0,120}}?)\b{helped}(?P<verb>{verbs})\b")
        if type in data["actives"]:
            before = alternatives(data["actives"][type])
            yield type, re.compile(rf"(?P<gap>)\b(?P<verb>(?:{before})\s{own}{noun})")
        if type in data["nominal"]:
            named, agreed = (alternatives(data["nominal"][key]) for key in (type, "agreed"))
            yield (
                type,
                re.compile(
                    rf"(?P<gap>)\b(?P<verb>(?:{agreed})\s{_GAP}{{0,40}}?"
                    rf"\b(?:{named})\sof\s(?:{own})?{noun})"
                ),
            )


def _term_patterns(
    data: dict[str, dict[str, list[str]]], subject: str, noun: str
) -> Iterator[re.Pattern[str]]:
    """Yield what tells how long a paper holds."""
    term, units = data["term"], alternatives(u for group in data["units"].values() for u in group)
    many = rf"(?P<number>{alternatives(data['numbers'])}|[1-9]\d?)"
    more = rf"(?:(?:{alternatives(term['more'])})\s)*"
    long = rf"{more}(?:(?:period|term)\sof\s)?{more}{many}\s{more}(?P<unit>{units})\b"
    holds, signed = alternatives(term["holds"]), alternatives(term["signed"])
    renewed = alternatives(data["states"]["renewed"])
    # "the agreement is valid for five years", "was extended by another three years"
    yield _fold(
        rf"{subject}(?P<gap>{_GAP}{{0,90}}?)\b(?:{holds}|{renewed})\s(?:\w+\s)?(?:for|by)\s{long}"
    )
    yield _fold(rf"\b(?:{renewed})\s(?:\w+\s){{0,4}}?{noun}\s(?:for|by)\s{long}")
    # "an agreement for five years", "signed on May 12 for a period of five years"
    yield _fold(rf"{noun}\sfor\s{long}")
    yield _fold(
        rf"(?:{noun}|\b(?:{signed}))(?P<gap>(?:(?!\b(?:{signed})\b){_GAP}){{0,60}}?)\sfor\sa\s"
        rf"(?:{alternatives(term['more'])}\s)?(?:period|term)\sof\s{many}\s(?P<unit>{units})\b"
    )
    # "a five-year agreement", "a three-year extension of the memorandum"
    extended = alternatives(data["nominal"]["renewed"])
    yield _fold(
        rf"\b{many}[\s‐-–-](?P<unit>year|month)(?:[\s‐-–-]long)?\s"
        rf"(?:(?!of\b|in\b|to\b)[\w'’-]+\s){{0,3}}?(?:(?:{extended})\sof\s(?:the\s)?)?{noun}"
    )
    # "the term of the agreement is five years"
    yield _fold(
        rf"\b(?:{alternatives(term['lengths'])})\s(?:of\s(?:the\s)?(?:[\w-]+\s){{0,3}}?{noun}\s)?"
        rf"(?:is|of|was|will\sbe)\s{long}"
    )


def _until_patterns(
    data: dict[str, dict[str, list[str]]], subject: str, noun: str
) -> Iterator[re.Pattern[str]]:
    """Yield what tells a paper's last day."""
    term = data["term"]
    until = rf"(?:{alternatives(term['until'])})\s(?:and\sincluding\s)?(?:the\send\sof\s)?"
    held = alternatives([*term["holds"], *data["states"]["renewed"]])
    yield _fold(rf"{subject}(?P<gap>{_GAP}{{0,90}}?)\b(?:{held})\s(?:\w+\s)?{until}(?P<date>\S)")
    active = alternatives(data["actives"]["renewed"])
    own = rf"(?:(?!of\b|in\b|under\b)[\w'’-]+\s){{0,4}}?{noun}"
    yield _fold(rf"(?P<gap>)\b(?:{active})\s{own}\s{until}(?P<date>\S)")
    yield _fold(rf"{noun}(?P<gap>)\s(?:until|through|till|to)\s(?P<date>{_YEAR}\b)")
    ends = alternatives(term["ends"])
    yield _fold(
        rf"{subject}(?P<gap>{_GAP}{{0,90}}?)\b(?:{ends})\s(?:in|on|at\sthe\send\sof)\s(?P<date>\S)"
    )


def _fold(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
