"""Who holds which post where: positions from the patterns in which reports give them.

Each rule is a small function over a sentence's abstract that binds posts to people; a second
step finds the organization or place that each post belongs to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from kg.extraction.abstracts import (
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
from kg.extraction.owners import (
    TITLE,
    TITLES,
    Held,
    own,
    ownerless,
    share_owners,
    skip_owner,
    titled,
)
from kg.extraction.posts import Post
from kg.extraction.record import Position
from kg.extraction.resolved import publisher

_DET = r"(?:(?:the|an?|its|their|his|her|also|then|today|both|concurrently|currently|now)\s)*"
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
    r"|holds the post of)\s|,?\s(?:is|was|became|remains)\s"
    r"|\s(?:was|has\sbeen|is)\s(?:re-?)?(?:appointed|elected|named|confirmed)\s(?:as\s)?"
    r"|,?\s(?:had come |came |acting |serving |speaking |took part |attended "
    r"|participated |was elected |was appointed )?as\s|,\s|\s?\(|\s[–—-]\s|,\sbeing\s"
    r"|:\s)"
)
_APPOSITION = re.compile(
    rf"(?:\sof\s(?:the\s)?{BODY}(?=,|\s(?:is|was|has)\b))?"
    rf"(?:,\s(?:PhD|Ph\.D\.?|(?:Doctor|Candidate) of [A-Z]\w+))?{_LINK}{_DET}{_STATE}"
    rf"{_DEGREE}{_OWNER_BEFORE}{_STATE}(?P<post>{POST})"
)
# A degree behind a comma: "the rector, Doctor of Law, Professor P".
_DEGREE_BEHIND = (
    r"(?:(?<=,)\s(?:(?:Doctor|Candidate|Master)\sof|(?:PhD|Ph\.D\.?|Doctor)\sin)"
    r"\s[^,\ue000]{3,40}(?:,|(?=\s\ue000P))){0,2}"
)
_UNIT = r"(?:department|office|committee|division|faculty|cent(?:er|re)|section|council|institute)"
_BEFORE = re.compile(
    rf"(?P<post>{POST})(?P<of>(?:\s(?:of|at|for|to|in|with|from)\s(?:the\s|its\s|our\s)?"
    rf"(?:{BODY}|(?:[a-z]+\s){{0,2}}{_UNIT}|[a-z]+|[A-Z][a-z]+(?=,|\s{PERSON}))(?:'s?\s(?:{BODY}|[a-z]+(?:\s[a-z]+)?(?=,)))?){{0,3}})"
    rf"(?:\s(?P<body>{ORGANIZATION}))?(?P<comma>,|:|\s[–—-]|\s(?:is|was)(?=\s{OPEN}))?"
    rf"{_DEGREE_BEHIND}(?P<titles>{TITLES},|{TITLE})\s(?:named\s)?(?P<person>{PERSON})"
)
_PAIR = re.compile(
    rf"{POST}(?:(?:\s?[–—-]\s?|\sand\s){POST})*"
    rf"(?:\s(?:of|at|for|in|to)\s(?:the\s)?(?:{BODY}|[a-z]+)){{0,3}}(?:\s{POST}){{0,3}}\s{PERSON}"
)
# "… of X, P": a post with somebody else behind it.
_HOLDER = re.compile(rf"(?:\s(?:of|at)\s{BODY})?(?:,|(?:\s{POST}){{1,3}})?\s{PERSON}")
# "P, R of X and", ", R3": a post of P goes on before somebody else with a post.
_CHAINED = re.compile(rf"{PERSON},\s(?:the\s)?{POST}(?:(?!{PERSON})[^;])*[^,]\sand\s(?:the\s)?$")
_OWN_POST = re.compile(rf",\s(?:the\s)?{POST}")
# "P, R of X, and the R2 of Y" tells of somebody else.
_OTHERS = re.compile(r",\s(?:and|as well as)\sthe\s")
_NEXT = re.compile(
    rf"(?:(?:,|;)?\s(?:and|as well as|&)\s(?:also\s)?|\s?[–—/-]\s?|,\s"
    rf"|\sand concurrently\s|\)?,?\s(?:is|was)\s){_DET}{_STATE}(?P<post>{POST})"
)
# "R of L", "L's R".
_RULES = re.compile(
    rf"(?P<post>{POST})\sof\s(?:the\s)?(?P<land>{PLACE})(?!'s)|(?P<owner>{PLACE})'s?\s(?P<owned>{POST})"
)
_RULER = re.compile(r"\b(?:minister|premier|governor|akim|mayor)$")
# "Rector of our university".
_OUR = re.compile(r"\s(?:of|at)\sour\s[a-z]+\b")
_OFFICE = re.compile(rf"\b[Tt]he\s(?P<post>{POST})\sof\s(?:the\s)?(?P<body>{BODY})(?!'s)")


def positions(abstracts: Sequence[Abstract], discourse: Discourse) -> tuple[Position, ...]:
    """Return the positions that the sentences of a text give its people, each once."""
    found: dict[tuple[str, str, str | None], Position] = {}
    stated: set[tuple[str, str]] = set()
    guessed: set[tuple[str, str, str | None]] = set()
    nameless = _nameless(abstracts)
    lands = _lands(abstracts, discourse.language)
    us = publisher(abstracts, discourse.table.drafts, discourse.language)
    last: Draft | None = None
    for abstract in abstracts:
        for item in _sentence(abstract, discourse):
            if _OUR.match(abstract.text, item.end):
                item.of = us or item.of
            if item.of is None and _is_somebodys(abstract, item):
                item.of = last
            if item.of is None and not titled(item.post):
                land = _ruled(item.post, lands)
                fitting = land if land and discourse.may_serve(item.person, land) else None
                item.of = nameless.get(item.post.role.lower()) or fitting
                item.guessed = item.of is not None
            last = item.of or last
            of = item.of.id if item.of is not None else None
            key = (item.person.id, _normal(item.role), of)
            confidence = (
                0.9 if item.of is not None or ownerless(item.post, discourse.language) else 0.7
            )
            if not item.guessed and of is not None:
                stated.add(key[:2])
                guessed.discard(key)
            elif item.guessed and key not in found:
                guessed.add(key)
            found.setdefault(
                key, Position(item.person.id, item.role, of, abstract.span, confidence)
            )
    kept: list[Position] = []
    for key, position in found.items():
        if key in guessed and any(_is_fuller(one, key) for one in stated):
            continue
        if key in guessed:
            stated.add(key[:2])  # who visits one institution after the other has not all its posts
        kept.append(position)
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


def _is_fuller(one: tuple[str, str], key: tuple[str, str, str | None]) -> bool:
    """Whether a post of the same person is another, or with more words ("Minister of Health")."""
    if one == key[:2] or _RULER.search(key[1]) is None:
        return one == key[:2]
    return one[0] == key[0] and one[1].startswith(f"{key[1]} ")


def _lands(abstracts: Sequence[Abstract], language: str) -> dict[str, set[Draft]]:
    """Return by the post that heads them the territories of which a text tells one."""
    found: dict[str, set[Draft]] = {}
    for abstract in abstracts:
        for match in _RULES.finditer(abstract.text):
            post = abstract.item(match["post"] or match["owned"])
            land = abstract.draft(match["land"] or match["owner"])
            if isinstance(post, Post) and land is not None and land.kind == "place":
                found.setdefault(_kind_of_ruler(post), set()).add(land)
    return found


def _ruled(post: Post, lands: Mapping[str, set[Draft]]) -> Draft | None:
    """Return the one territory that a text says to have such a ruler ("the governor")."""
    told = lands.get(_kind_of_ruler(post), set()) if _RULER.search(post.head) else set()
    return next(iter(told)) if len(told) == 1 else None


def _kind_of_ruler(post: Post) -> str:
    """Return the word that heads a ruler's and a deputy's post ("prime minister", minister)."""
    return re.split(r"[\s-]+", post.head)[-1]


def _is_somebodys(abstract: Abstract, item: Held) -> bool:
    """Whether a deputy or successor is that of somebody told of: "his deputy, P"."""
    owned = re.search(r"\b(?:[Hh]is|[Hh]er|[Tt]heir)\s(?:\w+\s)?$", abstract.text[: item.at])
    return owned is not None and item.post.head in ("deputy", "predecessor", "successor")


def _normal(role: str) -> str:
    return " ".join(re.sub(r"[\W_]+", " ", role.casefold()).split())


def _without_doubles(found: list[Position]) -> Iterator[Position]:
    """Leave out a post without an owner where it, or a fuller form of it, is given with one."""
    roles = [(p.person, f"{_normal(p.role)} ", p.of is not None) for p in found]
    for position in found:
        role = f"{_normal(position.role)} "
        told = any(
            person == position.person and full.startswith(role) and (owned or full != role)
            for person, full, owned in roles
        )
        if position.of is not None or not told:
            yield position


def _sentence(abstract: Abstract, discourse: Discourse) -> list[Held]:
    bound: dict[int, Held] = {}
    for rule in (_appositions, _posts_before, _shared_posts, _as_post):
        for item in rule(abstract, bound):
            bound.setdefault(item.at, item)
    _chains(abstract, bound)
    found = [bound[at] for at in sorted(bound)]
    for item in found:
        own(abstract, item, discourse)
    share_owners(abstract, found)
    return [i for i in found if _is_believable(abstract, i) or _is_somebodys(abstract, i)]


def _make(abstract: Abstract, person: str, placeholder: str, at: int) -> Iterator[Held]:
    draft, post = abstract.draft(person), abstract.item(placeholder)
    if draft is not None and isinstance(post, Post):
        yield Held(draft, placeholder, at, post.role, post, end=at + len(placeholder))


def _appositions(abstract: Abstract, bound: dict[int, Held]) -> Iterator[Held]:
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


def _posts_before(abstract: Abstract, bound: dict[int, Held]) -> Iterator[Held]:
    """Bind "R P", "R of X P", "X's R, P"."""
    for post in abstract.all(POST):
        match = _BEFORE.match(abstract.text, post.start())
        if match is None or match.start("post") in bound or not _are_titles(abstract, match):
            continue
        if match["comma"] == "," and _is_held(abstract, match):
            continue
        if (
            match["comma"]
            and not match["of"].strip()
            and not _introduced(abstract, match.start("post"))
        ):
            continue
        yield from _make(abstract, match["person"], match["post"], match.start("post"))


def _is_held(abstract: Abstract, match: re.Match[str]) -> bool:
    """Whether a post is one more of the person before: "P, R of X and R2 of Y, P2, R3 of Z"."""
    first = re.search(rf"{POST}|{PERSON}", abstract.text)
    listed = first is not None and first.group()[1] == "R"
    on = _CHAINED.search(abstract.text[: match.start("post")])
    return not listed and on is not None and _OWN_POST.match(abstract.text, match.end()) is not None


def _is_chained(abstract: Abstract, at: int) -> bool:
    match = _BEFORE.match(abstract.text, at)
    return match is not None and match["comma"] == "," and _is_held(abstract, match)


def _are_titles(abstract: Abstract, match: re.Match[str]) -> bool:
    """Whether what a comma parts from the post before it only are titles ("…, Professor P")."""
    first = abstract.item(match["post"])
    if isinstance(first, Post) and titled(first):
        return True
    behind = re.findall(rf",\s({POST})", match["titles"])
    of_bodies = re.findall(rf"({POST})\sof\b", match["titles"])
    posts = (abstract.item(placeholder) for placeholder in (*behind, *of_bodies))
    return all(isinstance(post, Post) and titled(post) for post in posts)


def _introduced(abstract: Abstract, at: int) -> bool:
    """Whether a post has an owner or article before it, so that ", P" names its holder."""
    before = abstract.text[:at]
    return bool(
        re.search(
            rf"(?:'s?|\b[Tt]he|\b[Ii]ts|\b[Tt]heir|\b[Hh]is|\b[Hh]er|\b[Ww]hose|\b[Oo]ur|\b[Tt]wo|{ORGANIZATION}|;|^|:)\s?(?:\w+\s)?$",
            before,
        )
    )


def _shared_posts(abstract: Abstract, bound: dict[int, Held]) -> Iterator[Held]:
    """Bind "rectors P1 and P2 of X and Y" and "the rectors of X and Y, P1 and P2"."""
    names = rf"{PERSON}(?:,\s{PERSON})*(?:,?\sand\s{PERSON})+"
    bodies = rf"{BODY}(?:,\s(?:the\s)?{BODY})*(?:,?\sand\s(?:the\s)?{BODY})+"
    patterns = (
        rf"(?P<posts>{POSTS})(?:,|\s(?:are|were))?\s(?P<names>{names})(?:\s(?:of|from)\s(?:the\s)?(?P<bodies>{bodies}|{BODY}))?",
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


def _as_post(abstract: Abstract, bound: dict[int, Held]) -> Iterator[Held]:
    """Bind "P took part … as R", "P, as R"."""
    pattern = (
        rf"(?P<person>{PERSON})(?:(?!{PERSON})[^;.]){{0,90}}?\b(?:as|being)\s(?:the\s|an?\s)?"
        rf"(?P<post>{POST})"
    )
    for match in re.finditer(pattern, abstract.text):
        if match.start("post") not in bound and not re.match(
            rf"\s{PERSON}", abstract.text[match.end() :]
        ):
            yield from _make(abstract, match["person"], match["post"], match.start("post"))


def _chains(abstract: Abstract, bound: dict[int, Held]) -> None:
    """Give a person further posts joined by "and", a comma or a dash, before or after."""
    for at in sorted(bound):
        item = bound[at]
        position = item.end or at
        for _ in range(4):
            position = skip_owner(abstract, position)
            match = _NEXT.match(abstract.text, position)
            if (
                not match
                or _PAIR.match(abstract.text, match.start("post"))
                or match.start("post") in bound
                or (
                    _HOLDER.match(abstract.text, match.end())
                    and not _is_chained(abstract, match.start("post"))
                )
                or _OTHERS.match(match.group())
            ):
                break
            for more in _make(
                abstract, _placeholder(abstract, item.person), match["post"], match.start("post")
            ):
                bound[more.at] = more
            position = match.end()
    for match in re.finditer(
        rf"(?P<first>{POST})(?:(?:\s?[–—-]\s?|\s(?:and|&)\s|,\s)(?:the\s)?"
        rf"|\sof\s(?:the\s)?{ORGANIZATION}(?:,|\sand)\s)(?P<second>{POST})",
        abstract.text,
    ):
        second = bound.get(match.start("second"))
        anothers = abstract.text[: match.start()].endswith(("to ", "to the "))  # "aide to the R"
        if second is not None and match.start("first") not in bound and not anothers:
            for more in _make(
                abstract,
                _placeholder(abstract, second.person),
                match["first"],
                match.start("first"),
            ):
                bound[more.at] = more


def _placeholder(abstract: Abstract, person: Draft) -> str:
    return next(m.group() for m in abstract.all(PERSON) if abstract.draft(m.group()) is person)


def _is_believable(abstract: Abstract, item: Held) -> bool:
    """Leave out common nouns that only look like posts ("leader", "member" without a body)."""
    return not item.post.weak or item.of is not None or item.role[0].isupper()
