"""What has been read in a text before anything is said of it: its mentions and posts."""

from __future__ import annotations

from dataclasses import dataclass

from kg.extraction.posts import Post
from kg.extraction.record import Span


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that names something.

    ``kind`` is person, organization, place or event. ``short`` is the name without what a
    nested name adds to it; ``parent`` the start of the mention of the organization that it is a
    unit of; ``acronym`` whether it is one; ``sure`` how sure it is that it names anything.
    """

    start: int
    end: int
    kind: str
    type: str
    name: str
    short: str | None = None
    parent: int | None = None
    acronym: bool = False
    sure: float = 1.0


@dataclass(frozen=True, slots=True)
class Reading:
    """The mentions and posts of a text, with its sentences."""

    text: str
    language: str
    sentences: tuple[Span, ...]
    mentions: tuple[Mention, ...]
    posts: tuple[Post, ...]


def clean(name: str) -> str:
    """Return the words of a name with single spaces and plain apostrophes."""
    return " ".join(name.replace("’", "'").split())
