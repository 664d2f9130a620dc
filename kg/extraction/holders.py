"""Sentences in which a post that stands for a person is the person: "The ambassador met …".

A report names somebody with a post once and goes on with the post alone. Where exactly one
person of the text holds such a post, the post names that person.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from kg.extraction.abstracts import CLOSE, OPEN, ORGANIZATION, PERSON, PLACE, POST, Abstract
from kg.extraction.entities import Draft, Table
from kg.extraction.posts import Post
from kg.extraction.reading import Mention
from kg.extraction.record import Position

# A post with nobody's name beside it, and with no body whose post it would be.
_ALONE = re.compile(
    rf"(?<!\w)[Tt]he\s(?P<post>{POST})(?!\s(?:of|at|for|to|from|in)\s(?:the\s)?(?:{ORGANIZATION}|{PLACE})"
    rf"|,?\s{PERSON}|\s{POST}|\s?[–—-]\s|\s(?:{ORGANIZATION}|{PLACE})|'s\s(?:office|residence)\b)"
)


def with_holders(
    abstracts: Sequence[Abstract], table: Table, posts: Sequence[Position]
) -> list[Abstract]:
    """Return the sentences of a text with people for the posts that name them."""
    people = {draft.id: draft for draft in table.drafts if draft.kind == "person"}
    return [_with_holders(abstract, people, posts) for abstract in abstracts]


def _with_holders(
    abstract: Abstract, people: Mapping[str, Draft], posts: Sequence[Position]
) -> Abstract:
    here = abstract.entities(PERSON)
    text, items, drafts = abstract.text, list(abstract.items), list(abstract.drafts)
    for match in _ALONE.finditer(abstract.text):
        post = abstract.item(match["post"])
        assert isinstance(post, Post)  # the letter says so
        holder = _holder(post, people, posts)
        if holder is None or holder in here:
            continue
        number = int(match["post"][2:-1])
        text = text.replace(match["post"], f"{OPEN}P{number}{CLOSE}")
        items[number] = Mention(post.start, post.end, "person", holder.type, holder.name)
        drafts[number] = holder
    if text == abstract.text:
        return abstract
    return replace(abstract, text=text, items=tuple(items), drafts=tuple(drafts))


def _holder(post: Post, people: Mapping[str, Draft], posts: Sequence[Position]) -> Draft | None:
    """Return the one person of a text who holds a post, if it is one's alone."""
    if post.weak:
        return None
    role = _plain(post.role)
    found = {p.person for p in posts if f"{_plain(p.role)} ".startswith(f"{role} ")}
    return people.get(next(iter(found))) if len(found) == 1 else None


def _plain(role: str) -> str:
    return " ".join(re.sub(r"[\W_]+", " ", role.casefold()).split())
