"""Words for posts: "Rector", "First Deputy Akim", "Vice-Rector for International Cooperation"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kg.extraction.lexicon import alternatives, words

_FIELD_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_JOIN = re.compile(r"(?:,\s+(?:and\s+)?|\s+(?:and|&)\s+|\s+of\s+|\s+)(?:the\s+)?")


@dataclass(frozen=True, slots=True)
class Post:
    """A post word in the text; ``plural`` when several people share it ("rectors")."""

    start: int
    end: int
    role: str
    head: str
    plural: bool
    weak: bool


def find(text: str, start: int, end: int, language: str = "en") -> Iterator[Post]:
    """Yield the posts that ``text[start:end]`` names, left to right, without overlaps."""
    pattern = _pattern(language)
    lexicon = words(language, "roles")
    weak = set(lexicon["weak"])
    for match in pattern.finditer(text, start, end):
        if _is_part_of_a_name(text, match, language):
            continue
        head = " ".join(match["head"].lower().split())
        finish = _end(text, match, language)
        role = " ".join(text[match.start() : finish].split())
        plural = bool(match["plural"])
        yield Post(match.start(), finish, role, head, plural, head in weak)


@cache
def _pattern(language: str) -> re.Pattern[str]:
    lexicon = words(language, "roles")
    ranks = alternatives(rank.rstrip("-") for rank in lexicon["ranks"])
    heads = alternatives(lexicon["heads"])
    return re.compile(
        rf"(?<![\w’'-])(?i:(?P<ranks>(?:(?:{ranks})[\s‐-–-]+)*)(?P<head>{heads})(?P<plural>s)?)"
        rf"(?!\w)(?!-[a-z])"
        rf"(?P<bracket>\s\([A-Z][\w\s,&’'-]{{2,60}}\))?"
    )


@cache
def _excluded(language: str) -> re.Pattern[str]:
    lexicon = words(language, "roles")
    return re.compile(rf"(?i:{alternatives(lexicon['not_posts'])})")


@cache
def _field_words(language: str) -> tuple[frozenset[str], re.Pattern[str]]:
    lexicon = words(language, "organizations")
    subjects = frozenset(word.lower() for word in lexicon["subjects"])
    return subjects, re.compile(lexicon["subject_endings"], re.IGNORECASE)


def is_subject(word: str, language: str = "en") -> bool:
    """Whether a word says what a post or institution is about ("International", "Education")."""
    subjects, endings = _field_words(language)
    lower = word.lower()
    if lower == "republic":
        return False
    return lower in subjects or (bool(endings.search(lower)) and not word.isupper())


def _is_part_of_a_name(text: str, match: re.Match[str], language: str) -> bool:
    """Whether the word belongs to a name or phrase: "Office of the President", "heads of state"."""
    before, after = text[max(0, match.start() - 24) : match.start()], text[match.end() :][:24]
    if _excluded(language).match(text, match.start()):
        return True
    if re.search(r"(?:Office|Administration|Apparatus|Fund|Palace) of the (?:First )?$", before):
        return True
    if re.match(r"['’]s?\s+(?:Office|[A-Z]\w+)", after):
        return match["head"][0].isupper()
    if re.match(r"\s(?:Council|Forum|Conference|Club|Dialogue)\b", after):
        return True
    if match["plural"] and match["head"][0].isupper() and re.search(r"(?:\bof|[A-Z]\w+) $", before):
        return True
    return before.endswith("to ") and match["head"].islower() and not match["ranks"]


def _end(text: str, match: re.Match[str], language: str) -> int:
    """Return where the post ends, with its field of work where its head takes one."""
    lexicon = words(language, "roles")
    if match["bracket"]:
        return match.end("bracket")
    end = match.end("plural") if match["plural"] else match.end("head")
    last = re.split(r"[\s-]+", match["head"].lower())[-1]
    prepositions = ["for", "in charge of"] if last in lexicon["domain_for"] else []
    prepositions += ["of"] if last in lexicon["domain_of"] else []
    for preposition in prepositions:
        if found := re.compile(rf"\s+{preposition}\s+(?:the\s+)?").match(text, end):
            field = _field_end(text, found.end(), language)
            return field if field > found.end() else end
    return end


def _field_end(text: str, start: int, language: str) -> int:
    """Return the end of the words for a field of work that begin at `start`, or `start`."""
    end = position = start
    while word := _FIELD_WORD.match(text, position):
        known = is_subject(word.group(), language)
        if not known or (len(word.group()) < 3 and text[word.end() : word.end() + 1] == "."):
            break
        end = word.end()
        joint = _JOIN.match(text, end)
        if joint is None:
            break
        if joint.group().startswith(",") and not _lists_on(text, joint.end(), language):
            break
        position = joint.end()
    return end


def _lists_on(text: str, start: int, language: str) -> bool:
    """Whether a comma is followed by one more field and "and", not by a name."""
    match = re.compile(r"(?:and\s+)?([^\W\d_]+)(?:\s+[^\W\d_]+)?,?\s+and\s").match(text, start)
    return bool(match and is_subject(match[1], language))
