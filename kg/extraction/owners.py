"""Whose a post is: what "of" says behind it, who stands before it, or what the context tells."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from kg.extraction.abstracts import ANY, BODY, ORGANIZATION, PERSON, PLACE, POST, Abstract
from kg.extraction.discourse import Discourse
from kg.extraction.entities import Draft
from kg.extraction.lexicon import words
from kg.extraction.organizations import heads
from kg.extraction.places import adjective
from kg.extraction.posts import Post, is_subject

# Titles between a post and its holder ("Vice-Chancellor Prof. P", "…, Academician of X P").
_ONE_TITLE = rf"(?:,?\s{POST}(?:\sof\s(?:the\s)?{ORGANIZATION}(?=\s{PERSON}))?)"
TITLE = rf"{_ONE_TITLE}{{0,3}}"
TITLES = rf"{_ONE_TITLE}{{1,3}}"
_OF = re.compile(
    rf"\s(?:of|at|for|to|with|from|in|under|within)\s(?:the\s|its\s|their\s)?(?:[a-z]+\s|{PLACE}-(?:based|headquartered)\s){{0,2}}?(?:(?P<outer>{BODY})'s?\s|[a-z]+'s?\s)?(?P<body>{BODY})(?!-)"
)
# "P, Director of X, P2, Deputy Director".
_LISTED_ON = re.compile(
    rf"\s(?:of|at)\s(?:the\s)?{BODY}(?:\s(?:of|at)\s(?:the\s)?{BODY})?,\s(?:and\s)?{PERSON},\s"
)
# "head of the international office at X": what stands between is no name of a unit.
_OF_COMMON = re.compile(
    rf"\s(?:of|for)\s(?:the|its|their)\s(?:[a-z][\w-]*\s){{1,4}}(?:at|of)\s(?:the\s)?(?P<body>{ORGANIZATION})"
)
_BESIDE = re.compile(
    rf",?\s(?:the\s)?(?P<body>{ORGANIZATION})(?=[,;.)]|\sand\s\ue000[PR]|\s[a-z]+ed\s|$)"
)
_BETWEEN = re.compile(rf"\s(?P<body>{ORGANIZATION}){TITLE}\s{PERSON}")
# "a delegation of X, headed by R P": P has the post at X.
_LED_BY = re.compile(
    rf"(?P<body>{BODY})(?:\sof\s(?:the\s)?{PLACE})?(?:\s\([^()]*\))?,?\s(?:which\s)?(?:(?:is|was|were)\s)?"
    r"(?:led|headed|represented|chaired)\sby\s(?:its\s|their\s|the\s)?$"
)
# "P, R of X; and P2, its R2".
_ITS_LISTED = re.compile(
    rf"{POST}\sof\s(?:the\s)?(?:[a-z]+'s\s)?(?P<body>{ORGANIZATION})[,;]\s(?:and\s)?{PERSON},\sits\s(?:\w+\s)?$"
)
# "X, whose rector P".
_WHOSE = re.compile(rf"(?P<body>{ORGANIZATION}),?\swhose\s(?:[a-z]+\s)?$")
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
class Held:
    """A post of a person in one sentence, while its owner is looked for."""

    person: Draft
    placeholder: str
    at: int
    role: str
    post: Post
    of: Draft | None = None
    end: int = 0
    guessed: bool = False  # whether only the context tells whose post it is


def skip_owner(abstract: Abstract, position: int) -> int:
    """Return where what a post is for, and whose it is, end behind the post."""
    field = _FIELD.match(abstract.text, position)
    position = field.end() if field else position
    for _ in range(2):
        match = _OF.match(abstract.text, position) or _OF_NOUN.match(abstract.text, position)
        position = match.end() if match else position
    return position


def own(abstract: Abstract, item: Held, discourse: Discourse) -> None:
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
        or _owner_behind_person(abstract, item)
        or _owner_before(abstract, item, discourse)
        or _owner_beside(abstract, item)
    )
    if item.of is None:
        noun = _OF_NOUN.match(text, item.end) or _noun_behind_person(abstract, item)
        item.of = (
            discourse.definite(
                noun["noun"].lower(), abstract, item.at, noun["country"], item.person
            )
            if noun
            else None
        )
    if item.of is None and not ownerless(item.post, discourse.language):
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


def _owner_after(abstract: Abstract, item: Held) -> Draft | None:
    match = _OF.match(abstract.text, item.end)
    if match is None:
        common = _OF_COMMON.match(abstract.text, item.end)
        return abstract.draft(common["body"]) if common else None
    preposition = match.group().split()[0]
    draft = abstract.draft(match["body"])
    if preposition == "in" and re.search(r"minister|governor", item.post.head):
        return draft  # "Minister of Education in L"
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


def _owner_before(abstract: Abstract, item: Held, discourse: Discourse) -> Draft | None:
    before = abstract.text[: item.at]
    match = re.search(
        rf"(?P<body>{BODY})(?:'s?)?\s(?:(?:new|former|current|then|own|long-time)\s)?$", before
    )
    if match and not (titled(item.post) and _HELD_OF.search(before)):
        return abstract.draft(match["body"])
    match = _LED_BY.search(before) or _WHOSE.search(before)
    if match and not titled(item.post):
        return abstract.draft(match["body"])
    match = re.search(rf"\b(?:from|for|of|at)\s(?:the\s)?(?P<body>{BODY}),\s$", before)
    if match and not titled(item.post):
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
        listed = _ITS_LISTED.search(before)
        return abstract.draft(listed["body"]) if listed else discourse.topic(abstract, item.at)
    return None


def _owner_behind_person(abstract: Abstract, item: Held) -> Draft | None:
    """Return X in "Rector P of X"."""
    pattern = (
        rf"{re.escape(item.placeholder)},?{TITLE}\s{PERSON}\s(?:of|from|at)"
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


def _noun_behind_person(abstract: Abstract, item: Held) -> re.Match[str] | None:
    """Return "of the college" in "Rector P of the college"."""
    pattern = rf"{re.escape(item.placeholder)}{TITLE}\s{PERSON}(?={_OF_NOUN.pattern})"
    holder = re.compile(pattern).match(abstract.text, item.at)
    return _OF_NOUN.match(abstract.text, holder.end()) if holder else None


def _owner_beside(abstract: Abstract, item: Held) -> Draft | None:
    """Return X in "P, R, X" and in "R X P", as reports from South and East Asia have them."""
    if titled(item.post):
        return None
    people = (m for m in abstract.all(PERSON) if m.start() < item.at)
    held = any(abstract.draft(m.group()) is item.person for m in people)
    beside = _BESIDE.match(abstract.text, item.end) if held else None
    match = beside or _BETWEEN.match(abstract.text, item.end)
    draft = abstract.draft(match["body"]) if match else None
    return draft if draft is not None and draft.kind == "organization" else None


def share_owners(abstract: Abstract, found: list[Held]) -> None:
    """Let posts joined by a dash or "and" share an owner: "Chairman of the Board – Rector of X"."""
    for one, two in pairwise(found):
        gap = abstract.text[one.end : two.at]
        if two.of is None and _is_deputy_of(two.post, one.post) and _LISTED_ON.fullmatch(gap):
            two.of = one.of
        if re.fullmatch(rf"\s{PERSON}\sand\s", gap) and two.of is None and not titled(two.post):
            two.of = one.of
        if one.person is not two.person or len(gap) > 12 or re.search(ANY, gap):
            continue
        if re.fullmatch(r"\s?[–—-]\s?|\s(?:and|as well as)\s(?:the\s)?|,\s(?:and\s)?", gap) and (
            not titled(one.post) or gap == " and "
        ):
            after = _owner_after(abstract, two)
            one.of = after or one.of or two.of
            if two.of is None and not titled(two.post):
                two.of = one.of


def _is_deputy_of(one: Post, other: Post) -> bool:
    """Whether one post is a deputy's of the other ("Deputy Director", "Director")."""
    first, *rest = re.split(r"[\s-]+", one.role.lower())
    return first in ("deputy", "vice", "first") and bool(rest) and rest[-1] == other.head


def titled(post: Post) -> bool:
    """Whether a post is an academic title, which people carry along."""
    return bool(re.search(r"prof\b|professor|acad|docent|lecturer", post.head))


@cache
def _ownerless_heads(language: str) -> frozenset[str]:
    return frozenset(words(language, "roles")["ownerless"])


def ownerless(post: Post, language: str) -> bool:
    """Whether a post needs no organization ("Professor")."""
    return post.head in _ownerless_heads(language) or post.head.split()[-1] in _ownerless_heads(
        language
    )
