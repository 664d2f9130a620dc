"""Who holds which post where: positions from the patterns in which reports give them.

Each rule is a small function over a sentence's abstract that binds posts to people; a second
step finds the organization or place that each post belongs to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from kg.extraction.abstracts import (
    ANY,
    BODY,
    OPEN,
    ORGANIZATION,
    PERSON,
    PLACE,
    POST,
    POSTS,
    Abstract,
)
from kg.extraction.discourse import Discourse
from kg.extraction.entities import Draft
from kg.extraction.lexicon import words
from kg.extraction.organizations import heads
from kg.extraction.places import adjective
from kg.extraction.posts import Post, is_subject
from kg.extraction.record import Position

_DET = r"(?:(?:the|an?|its|their|his|her|also|then|both|concurrently|currently|now)\s)*"
_STATE = (
    r"(?:(?:former|current|new|newly[- ]appointed|newly[- ]elected|incumbent|then"
    r"|long-time|first|ex-|formerly|previously|until\s(?:now|recently|then|[A-Z]\w+|\d{4})"
    r"|at\sthat\stime|at\sthe\stime)\s)*"
)
_DEGREE = (
    r"(?:(?:PhD|Ph\.D\.?|(?:Doctor|Candidate) of [A-Z]\w+(?: \w+)?|D\.Sc\.?|MBA|academician),?\s)?"
)
_OWNER_BEFORE = rf"(?:(?:{BODY})(?:'s?)?\s|(?:the\s)?[a-z]+'s?\s|[A-Z][a-z]+\s(?={POST}))?"
_LINK = (
    r"(?:,?\s(?:who|which)\s(?:\w+\s){0,3}?(?:is|was|has been|serves as|served as"
    r"|holds the post of)\s|\s(?:is|was|became|remains)\s"
    r"|\s(?:was|has\sbeen|is)\s(?:re-?)?(?:appointed|elected|named|confirmed)\s(?:as\s)?"
    r"|,?\s(?:had come |came |acting |serving |speaking |took part |attended "
    r"|participated |was elected |was appointed )?as\s|,\s|\s?\(|\s[–—-]\s|,\sbeing\s"
    r"|:\s)"
)
_APPOSITION = re.compile(
    rf"(?:\sof\s(?:the\s)?{BODY}(?=,))?"
    rf"(?:,\s(?:PhD|Ph\.D\.?|(?:Doctor|Candidate) of [A-Z]\w+))?{_LINK}{_DET}{_STATE}"
    rf"{_DEGREE}{_OWNER_BEFORE}{_STATE}(?P<post>{POST})"
)
# Titles between a post and its holder ("Vice-Chancellor Prof. P", "…, Academician of X P").
_TITLE = rf"(?:,?\s{POST}(?:\sof\s(?:the\s)?{ORGANIZATION}(?=\s{PERSON}))?){{0,3}}"
# A degree behind a comma: "the rector, Doctor of Law, Professor P".
_DEGREE_BEHIND = (
    r"(?:(?<=,)\s(?:(?:Doctor|Candidate|Master)\sof|(?:PhD|Ph\.D\.?|Doctor)\sin)\s[^,]{3,40},){0,2}"
)
_UNIT = r"(?:department|office|committee|division|faculty|cent(?:er|re)|section|council|institute)"
_BEFORE = re.compile(
    rf"(?P<post>{POST})(?P<of>(?:\s(?:of|at|for|to|in|with|from)\s(?:the\s|its\s)?"
    rf"(?:{BODY}|(?:[a-z]+\s){{0,2}}{_UNIT}|[a-z]+|[A-Z][a-z]+(?=,?\s{PERSON}))(?:'s?\s(?:{BODY}|[a-z]+(?:\s[a-z]+)?(?=,)))?){{0,3}})"
    rf"(?:\s(?P<body>{ORGANIZATION}))?(?P<comma>,|:|\s[–—-]|\s(?:is|was)(?=\s{OPEN}))?"
    rf"{_DEGREE_BEHIND}(?P<titles>{_TITLE})\s(?:named\s)?(?P<person>{PERSON})"
)
_PAIR = re.compile(
    rf"{POST}(?:(?:\s?[–—-]\s?|\sand\s){POST})*"
    rf"(?:\s(?:of|at|for|in|to)\s(?:the\s)?(?:{BODY}|[a-z]+)){{0,3}}(?:\s{POST}){{0,3}}\s{PERSON}"
)
# "… of X, P": a post with somebody else behind it.
_HOLDER = re.compile(rf"(?:\s(?:of|at)\s{BODY})?(?:,|(?:\s{POST}){{1,3}})?\s{PERSON}")
_NEXT = re.compile(
    rf"(?:(?:,|;)?\s(?:and|as well as|&)\s(?:also\s)?|\s?[–—/-]\s?|,\s"
    rf"|\sand concurrently\s|\)?,?\s(?:is|was)\s){_DET}{_STATE}(?P<post>{POST})"
)
_OF = re.compile(
    rf"\s(?:of|at|for|to|with|from|in|under|within)\s(?:the\s|its\s|their\s)?(?:[a-z]+\s|{PLACE}-(?:based|headquartered)\s){{0,2}}?(?:(?P<outer>{BODY})'s?\s|[a-z]+'s?\s)?(?P<body>{BODY})(?!-)"
)
_OFFICE = re.compile(rf"\b[Tt]he\s(?P<post>{POST})\sof\s(?:the\s)?(?P<body>{BODY})(?!'s)")
# "P, Director of X, P2, Deputy Director".
_LISTED_ON = re.compile(
    rf"\s(?:of|at)\s(?:the\s)?{BODY}(?:\s(?:of|at)\s(?:the\s)?{BODY})?,\s(?:and\s)?{PERSON},\s"
)
# "head of the international office at X": what stands between is no name of a unit.
_OF_COMMON = re.compile(
    rf"\s(?:of|for)\s(?:the|its|their)\s(?:[a-z][\w-]*\s){{1,4}}(?:at|of)\s(?:the\s)?(?P<body>{ORGANIZATION})"
)
_BESIDE = re.compile(rf",\s(?:the\s)?(?P<body>{ORGANIZATION})(?=[,;.)]|$)")
_BETWEEN = re.compile(rf"\s(?P<body>{ORGANIZATION}){_TITLE}\s{PERSON}")
# "a delegation of X, headed by R P": P has the post at X.
_LED_BY = re.compile(
    rf"(?P<body>{BODY})(?:\s\([^()]*\))?,?\s(?:which\s(?:is|was)\s)?"
    r"(?:led|headed|represented|chaired)\sby\s(?:its\s|their\s|the\s)?$"
)
# "Rector of X, Professor P": the body belongs to the post before.
_HELD_OF = re.compile(rf"{POST}\s(?:of|at)\s(?:the\s)?{BODY}\s$")
_OF_NOUN = re.compile(
    r"\s(?:of|at)\s(?:the|this|that|same)\s(?:same\s)?(?:(?P<country>[A-Z][a-z]+)\s)?"
    r"(?P<noun>[a-z]+|Embassy|Consulate|Ministry|University|Institute|Academy|College|Department"
    r"|Cent(?:er|re)|Company)\b(?!')"
)
_FIELD = re.compile(
    r"\s(?:of|for)\s(?:the\s)?((?:[A-Z][\w-]+)(?:(?:,?\sand\s|,\s|\s)[A-Z][\w-]+)*)"
)


@dataclass(slots=True)
class _Found:
    """A post of a person in one sentence, while its owner is looked for."""

    person: Draft
    placeholder: str
    at: int
    role: str
    post: Post
    of: Draft | None = None
    end: int = 0
    guessed: bool = False  # whether only the context tells whose post it is


def positions(abstracts: Sequence[Abstract], discourse: Discourse) -> tuple[Position, ...]:
    """Return the positions that the sentences of a text give its people, each once."""
    found: dict[tuple[str, str, str | None], Position] = {}
    stated: set[tuple[str, str]] = set()
    guessed: set[tuple[str, str, str | None]] = set()
    nameless = _nameless(abstracts)
    last: Draft | None = None
    for abstract in abstracts:
        for item in _sentence(abstract, discourse):
            if item.of is None and _is_somebodys(abstract, item):
                item.of = last
            if item.of is None and not _titled(item.post):
                item.of = nameless.get(item.post.role.lower())
                item.guessed = item.of is not None
            last = item.of or last
            of = item.of.id if item.of is not None else None
            key = (item.person.id, _normal(item.role), of)
            confidence = (
                0.9 if item.of is not None or _ownerless(item.post, discourse.language) else 0.7
            )
            if not item.guessed and of is not None:
                stated.add(key[:2])
                guessed.discard(key)
            elif item.guessed and key not in found:
                guessed.add(key)
            found.setdefault(
                key, Position(item.person.id, item.role, of, abstract.span, confidence)
            )
    kept = [p for key, p in found.items() if key not in guessed or key[:2] not in stated]
    return tuple(_without_doubles(kept))


def _nameless(abstracts: Sequence[Abstract]) -> dict[str, Draft | None]:
    """Return the one body of each post told without a name ("the ambassador of L"), by role."""
    bodies: dict[str, set[Draft]] = {}
    for abstract in abstracts:
        for match in _OFFICE.finditer(abstract.text):
            post, body = abstract.item(match["post"]), abstract.draft(match["body"])
            if isinstance(post, Post) and body is not None:
                bodies.setdefault(post.role.lower(), set()).add(body)
    return {role: next(iter(found)) for role, found in bodies.items() if len(found) == 1}


def _is_somebodys(abstract: Abstract, item: _Found) -> bool:
    """Whether a deputy or successor is that of somebody told of: "his deputy, P"."""
    owned = re.search(r"\b(?:[Hh]is|[Hh]er|[Tt]heir)\s(?:\w+\s)?$", abstract.text[: item.at])
    return owned is not None and item.post.head in ("deputy", "predecessor", "successor")


def _normal(role: str) -> str:
    return " ".join(re.sub(r"[\W_]+", " ", role.casefold()).split())


def _without_doubles(found: list[Position]) -> Iterator[Position]:
    """Leave out a post without an owner where the same post is given with one."""
    owned = {(p.person, _normal(p.role)) for p in found if p.of is not None}
    for position in found:
        if position.of is not None or (position.person, _normal(position.role)) not in owned:
            yield position


def _sentence(abstract: Abstract, discourse: Discourse) -> list[_Found]:
    bound: dict[int, _Found] = {}
    for rule in (_appositions, _posts_before, _shared_posts, _as_post):
        for item in rule(abstract, bound):
            bound.setdefault(item.at, item)
    _chains(abstract, bound)
    found = [bound[at] for at in sorted(bound)]
    for item in found:
        _own(abstract, item, discourse)
    _share_owners(abstract, found)
    return [i for i in found if _is_believable(abstract, i) or _is_somebodys(abstract, i)]


def _make(abstract: Abstract, person: str, placeholder: str, at: int) -> Iterator[_Found]:
    draft, post = abstract.draft(person), abstract.item(placeholder)
    if draft is not None and isinstance(post, Post):
        yield _Found(draft, placeholder, at, post.role, post, end=at + len(placeholder))


def _appositions(abstract: Abstract, bound: dict[int, _Found]) -> Iterator[_Found]:
    """Bind "P, R", "P (R)", "P – R", "P, who is R", "P is R", "P, X's R"."""
    for person in abstract.all(PERSON):
        match = _APPOSITION.match(abstract.text, person.end())
        if match and not _belongs_to_next(abstract, match):
            yield from _make(abstract, person.group(), match["post"], match.start("post"))


def _belongs_to_next(abstract: Abstract, match: re.Match[str]) -> bool:
    """Whether the post behind a comma stands before another name: "…, Rector P2"."""
    after = abstract.text[match.end() :]
    if re.match(rf"(?:\s{POST}){{0,3}}\s{PERSON}", after):
        return True
    if _PAIR.match(abstract.text, match.start("post")):
        return True
    linked = abstract.text[match.start() : match.start("post")]
    if not linked.startswith(", "):
        return False
    # "A, B of X, P2" with P2 not followed by a post of its own: the post is P2's only in a
    # list of "post of X, name" pairs, which begins with a post.
    first = re.search(rf"{POST}|{PERSON}", abstract.text)
    listed = first is not None and first.group()[1] == "R"
    behind = _BEFORE.match(abstract.text, match.start("post"))
    return bool(
        listed and behind and behind["comma"] and not _APPOSITION.match(abstract.text, behind.end())
    )


def _posts_before(abstract: Abstract, bound: dict[int, _Found]) -> Iterator[_Found]:
    """Bind "R P", "R of X P", "X's R, P"."""
    for post in abstract.all(POST):
        match = _BEFORE.match(abstract.text, post.start())
        if match is None or match.start("post") in bound or not _are_titles(abstract, match):
            continue
        if (
            match["comma"]
            and not match["of"].strip()
            and not _introduced(abstract, match.start("post"))
        ):
            continue
        yield from _make(abstract, match["person"], match["post"], match.start("post"))


def _are_titles(abstract: Abstract, match: re.Match[str]) -> bool:
    """Whether what a comma parts from the post before it only are titles ("…, Professor P")."""
    behind = re.findall(rf",\s({POST})", match["titles"])
    of_bodies = re.findall(rf"({POST})\sof\b", match["titles"])
    posts = (abstract.item(placeholder) for placeholder in (*behind, *of_bodies))
    return all(isinstance(post, Post) and _titled(post) for post in posts)


def _introduced(abstract: Abstract, at: int) -> bool:
    """Whether a post has an owner or article before it, so that ", P" names its holder."""
    before = abstract.text[:at]
    return bool(
        re.search(
            rf"(?:'s?|\b[Tt]he|\b[Ii]ts|\b[Tt]heir|\b[Hh]is|\b[Hh]er|\b[Ww]hose|\b[Oo]ur|\b[Tt]wo|{ORGANIZATION}|;|^|:)\s?(?:\w+\s)?$",
            before,
        )
    )


def _shared_posts(abstract: Abstract, bound: dict[int, _Found]) -> Iterator[_Found]:
    """Bind "rectors P1 and P2 of X and Y" and "the rectors of X and Y, P1 and P2"."""
    names = rf"{PERSON}(?:,\s{PERSON})*(?:,?\sand\s{PERSON})+"
    bodies = rf"{BODY}(?:,\s(?:the\s)?{BODY})*(?:,?\sand\s(?:the\s)?{BODY})+"
    patterns = (
        rf"(?P<posts>{POSTS}),?\s(?P<names>{names})(?:\s(?:of|from)\s(?:the\s)?(?P<bodies>{bodies}|{BODY}))?",
        rf"(?P<posts>{POSTS})\s(?:of|at)\s(?:the\s)?(?P<bodies>{bodies}|{BODY}),?\s(?P<names>{names})",
    )
    for pattern in patterns:
        for match in re.finditer(pattern, abstract.text):
            people = re.findall(PERSON, match["names"])
            owners = re.findall(BODY, match["bodies"] or "")
            for number, person in enumerate(people):
                for item in _make(abstract, person, match["posts"], match.start("posts")):
                    item.at, item.role = match.start("names") + number, _singular(item.role)
                    if len(owners) == len(people):
                        item.of = abstract.draft(owners[number])
                    elif len(owners) == 1:
                        item.of = abstract.draft(owners[0])
                    yield item


def _singular(role: str) -> str:
    return re.sub(r"s\b(?=$|\s(?:for|of|in)\s)", "", role, count=1)


def _as_post(abstract: Abstract, bound: dict[int, _Found]) -> Iterator[_Found]:
    """Bind "P took part … as R", "P, as R"."""
    pattern = (
        rf"(?P<person>{PERSON})(?:(?!{PERSON})[^;.]){{0,90}}?\bas\s(?:the\s|an?\s)?(?P<post>{POST})"
    )
    for match in re.finditer(pattern, abstract.text):
        if match.start("post") not in bound and not re.match(
            rf"\s{PERSON}", abstract.text[match.end() :]
        ):
            yield from _make(abstract, match["person"], match["post"], match.start("post"))


def _chains(abstract: Abstract, bound: dict[int, _Found]) -> None:
    """Give a person further posts joined by "and", a comma or a dash, before or after."""
    for at in sorted(bound):
        item = bound[at]
        position = item.end or at
        for _ in range(4):
            position = _skip_owner(abstract, position)
            match = _NEXT.match(abstract.text, position)
            if (
                not match
                or _PAIR.match(abstract.text, match.start("post"))
                or match.start("post") in bound
                or _HOLDER.match(abstract.text, match.end())
            ):
                break
            for more in _make(
                abstract, _placeholder(abstract, item.person), match["post"], match.start("post")
            ):
                bound[more.at] = more
            position = match.end()
    for match in re.finditer(
        rf"(?P<first>{POST})(?:\s?[–—-]\s?|\sand\s|,\s)(?:the\s)?(?P<second>{POST})", abstract.text
    ):
        second = bound.get(match.start("second"))
        if second is not None and match.start("first") not in bound:
            for more in _make(
                abstract,
                _placeholder(abstract, second.person),
                match["first"],
                match.start("first"),
            ):
                bound[more.at] = more


def _placeholder(abstract: Abstract, person: Draft) -> str:
    return next(m.group() for m in abstract.all(PERSON) if abstract.draft(m.group()) is person)


def _skip_owner(abstract: Abstract, position: int) -> int:
    field = _FIELD.match(abstract.text, position)
    position = field.end() if field else position
    for _ in range(2):
        match = _OF.match(abstract.text, position) or _OF_NOUN.match(abstract.text, position)
        position = match.end() if match else position
    return position


def _own(abstract: Abstract, item: _Found, discourse: Discourse) -> None:
    """Find what a post belongs to: what "of" says, the owner before it, or the context."""
    if item.of is not None:
        return
    text = abstract.text
    field = _FIELD.match(text, item.end)
    if (
        field
        and _takes_field(item.post)
        and all(is_subject(w) for w in re.findall(r"[A-Z][\w-]+", field[1]))
        and field[1].split()[-1] not in heads(discourse.language)
    ):
        item.role = f"{item.role}{field.group()}"
        item.end = field.end()
    item.of = (
        _owner_after(abstract, item)
        or _owner_before(abstract, item, discourse)
        or _owner_beside(abstract, item)
    )
    if item.of is None:
        item.of = _owner_behind_person(abstract, item)
    if item.of is None:
        noun = _OF_NOUN.match(text, item.end) or _noun_behind_person(abstract, item)
        item.of = (
            discourse.definite(
                noun["noun"].lower(), abstract, item.at, noun["country"], item.person
            )
            if noun
            else None
        )
    if item.of is None and not _ownerless(item.post, discourse.language):
        item.of = discourse.institution(abstract, item.at, item.post, item.person)
        item.guessed = item.of is not None


def _takes_field(post: Post) -> bool:
    return post.head.split()[-1] in (
        "head",
        "director",
        "chief",
        "manager",
        "dean",
        "chair",
        "coordinator",
    )


def _owner_after(abstract: Abstract, item: _Found) -> Draft | None:
    match = _OF.match(abstract.text, item.end)
    if match is None:
        common = _OF_COMMON.match(abstract.text, item.end)
        return abstract.draft(common["body"]) if common else None
    preposition = match.group().split()[0]
    draft = abstract.draft(match["body"])
    envoy = re.search(r"ambassador|consul|envoy|representative", item.post.head)
    if envoy and preposition in ("to", "in") and match["outer"] is None:
        return None
    if (
        draft is not None
        and draft.kind == "place"
        and preposition in ("in", "from", "at", "to", "for")
    ):
        return None
    return draft


def _owner_before(abstract: Abstract, item: _Found, discourse: Discourse) -> Draft | None:
    before = abstract.text[: item.at]
    match = re.search(
        rf"(?P<body>{BODY})(?:'s?)?\s(?:(?:new|former|current|then|own|long-time)\s)?$", before
    )
    if match and not (_titled(item.post) and _HELD_OF.search(before)):
        return abstract.draft(match["body"])
    match = _LED_BY.search(before)
    if match and not _titled(item.post):
        return abstract.draft(match["body"])
    match = re.search(rf"\b(?:from|for|of|at)\s(?:the\s)?(?P<body>{BODY}),\s$", before)
    if match and not _titled(item.post):
        return abstract.draft(match["body"])
    match = re.search(r"\bfor the (?P<noun>[a-z]+), $", before)
    if match:
        return discourse.definite(match["noun"], abstract, item.at)
    match = re.search(r"\b(?:[Tt]he|[Tt]his)\s(?:\w+\s)?(?P<noun>[a-z]+)'s?\s(?:\w+\s)?$", before)
    if match:
        return discourse.definite(match["noun"], abstract, item.at)
    match = re.search(r"\b(?P<word>[A-Z][a-z]+)\s$", before)
    country = adjective(match["word"]) if match else None
    if country is not None and re.search(
        r"president|minister|ambassador|consul|premier|governor|speaker", item.post.head
    ):
        return discourse.country(country)
    if re.search(r"\b[Ii]ts\s(?:\w+\s)?$", before):
        return discourse.topic(abstract, item.at)
    return None


def _owner_behind_person(abstract: Abstract, item: _Found) -> Draft | None:
    """Return X in "Rector P of X"."""
    pattern = (
        rf"{re.escape(item.placeholder)},?{_TITLE}\s{PERSON}\s(?:of|from|at)"
        rf"\s(?:the\s)?(?P<body>{BODY})"
    )
    match = (
        re.compile(pattern).match(abstract.text, item.at) if item.at < len(abstract.text) else None
    )
    if match is None:
        bracket = (
            rf"{re.escape(item.placeholder)}\s{PERSON}\s\((?:the\s)?(?P<body>{ORGANIZATION})[,)]"
        )
        match = re.compile(bracket).match(abstract.text, item.at)
    return abstract.draft(match["body"]) if match else None


def _noun_behind_person(abstract: Abstract, item: _Found) -> re.Match[str] | None:
    """Return "of the college" in "Rector P of the college"."""
    pattern = rf"{re.escape(item.placeholder)}{_TITLE}\s{PERSON}(?={_OF_NOUN.pattern})"
    holder = re.compile(pattern).match(abstract.text, item.at)
    return _OF_NOUN.match(abstract.text, holder.end()) if holder else None


def _owner_beside(abstract: Abstract, item: _Found) -> Draft | None:
    """Return X in "P, R, X" and in "R X P", as reports from South and East Asia have them."""
    if _titled(item.post):
        return None
    people = (m for m in abstract.all(PERSON) if m.start() < item.at)
    held = any(abstract.draft(m.group()) is item.person for m in people)
    beside = _BESIDE.match(abstract.text, item.end) if held else None
    match = beside or _BETWEEN.match(abstract.text, item.end)
    draft = abstract.draft(match["body"]) if match else None
    return draft if draft is not None and draft.kind == "organization" else None


def _share_owners(abstract: Abstract, found: list[_Found]) -> None:
    """Let posts joined by a dash or "and" share an owner: "Chairman of the Board – Rector of X"."""
    for one, two in pairwise(found):
        gap = abstract.text[one.end : two.at]
        if two.of is None and _is_deputy_of(two.post, one.post) and _LISTED_ON.fullmatch(gap):
            two.of = one.of
        if re.fullmatch(rf"\s{PERSON}\sand\s", gap) and two.of is None and not _titled(two.post):
            two.of = one.of
        if one.person is not two.person or len(gap) > 12 or re.search(ANY, gap):
            continue
        if re.fullmatch(r"\s?[–—-]\s?|\s(?:and|as well as)\s(?:the\s)?|,\s(?:and\s)?", gap) and (
            not _titled(one.post) or gap == " and "
        ):
            after = _owner_after(abstract, two)
            one.of = after or one.of or two.of
            if two.of is None and not _titled(two.post):
                two.of = one.of


def _is_deputy_of(one: Post, other: Post) -> bool:
    """Whether one post is a deputy's of the other ("Deputy Director", "Director")."""
    first, *rest = re.split(r"[\s-]+", one.role.lower())
    return first in ("deputy", "vice", "first") and bool(rest) and rest[-1] == other.head


def _titled(post: Post) -> bool:
    return bool(re.search(r"prof\b|professor|acad|docent|lecturer", post.head))


@cache
def _ownerless_heads(language: str) -> frozenset[str]:
    return frozenset(words(language, "roles")["ownerless"])


def _ownerless(post: Post, language: str) -> bool:
    """Whether a post needs no organization ("Professor")."""
    return post.head in _ownerless_heads(language) or post.head.split()[-1] in _ownerless_heads(
        language
    )


def _is_believable(abstract: Abstract, item: _Found) -> bool:
    """Leave out common nouns that only look like posts ("leader", "member" without a body)."""
    return not item.post.weak or item.of is not None or item.role[0].isupper()
