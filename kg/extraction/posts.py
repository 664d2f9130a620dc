"""Words for posts: "Rector", "First Deputy Akim", "Vice-Rector for International Cooperation"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from kg.extraction.lexicon import alternatives, either, listed, words
from kg.extraction.places import adjective

_FIELD_WORD = re.compile(r"[^\W\d_](?:[\w’'-]|&(?=\w))*")
_JOIN = re.compile(r"(?:,\s+(?:and\s+)?|\s+(?:and|&)\s+|\s+of\s+|\s+)(?:the\s+)?")
_LAST_WORD = re.compile(r"\b([A-Z][a-z]+)\s$")
_ONE_MORE = re.compile(r"(?:and\s+)?([^\W\d_]+)(?:\s+[^\W\d_]+)?,?\s+and\s")


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
    weak = listed(language, "roles", "weak")
    for match in _pattern(language).finditer(text, start, end):
        if _is_part_of_a_name(text, match, language):
            continue
        head = " ".join(match["head"].lower().split())
        begin, finish = _begin(text, match, head, language), _end(text, match, end, language)
        role = _without_order(" ".join(text[begin:finish].split()))
        yield Post(begin, finish, role, head, bool(match["plural"]), head in weak)


def _without_order(role: str) -> str:
    """Return a post without what says who held it first ("the first chairman")."""
    order, _, rest = role.partition(" ")
    head = rest.split("-")[0].split(" ")[0].casefold()
    numbered = order in ("first", "second", "third") and rest
    return rest if numbered and head not in ("deputy", "vice", "secretary") else role


@lru_cache(maxsize=16_384)
def is_subject(word: str, language: str = "en") -> bool:
    """Whether a word says what a post or institution is about ("International", "Education")."""
    subjects, endings = _subjects(language)
    lower = word.lower()
    if lower in listed(language, "organizations", "not_subjects"):
        return False
    return lower in subjects or (endings.search(lower) is not None and not word.isupper())


def is_listed_subject(word: str, language: str = "en") -> bool:
    """Whether a word itself is known for a field of work, not only its ending."""
    return word.lower() in _subjects(language)[0]


@cache
def _subjects(language: str) -> tuple[frozenset[str], re.Pattern[str]]:
    lexicon = words(language, "organizations")
    subjects = frozenset(word.lower() for word in lexicon["subjects"])
    return subjects, re.compile(lexicon["subject_endings"], re.IGNORECASE)


@cache
def _pattern(language: str) -> re.Pattern[str]:
    ranks = alternatives(rank.rstrip("-") for rank in listed(language, "roles", "ranks"))
    heads = either(language, "roles", "heads")
    boards = either(language, "roles", "boards")
    return re.compile(
        rf"(?<![\w’'-])"
        rf"(?i:(?P<ranks>(?:(?:{ranks})[\s‐-–-]{{1,3}}){{0,5}})(?P<head>{heads})(?P<plural>s)?)"
        rf"(?!\s+of\s+(?:{boards})\b)"
        rf"(?:(?<=\.)|(?!\w))(?!-[a-z])"
        rf"(?P<bracket>\s\([A-Z][\w\s,&’'-]{{2,60}}\))?"
    )


@cache
def _phrase(language: str, key: str, form: str) -> re.Pattern[str]:
    return re.compile(form.format(either(language, "roles", key)))


def _is_part_of_a_name(text: str, match: re.Match[str], language: str) -> bool:
    """Whether the word belongs to a name or phrase: "Office of the President", "heads of state"."""
    before = text[max(0, match.start() - 24) : match.start()]
    after = text[match.end() : match.end() + 24]
    capital = match["head"][0].isupper()
    if _phrase(language, "not_posts", "(?i:{})").match(text, match.start()):
        return True
    if _phrase(language, "offices", r"(?:{}) of the (?:First )?$").search(before):
        return True
    if re.match(r"['’]s?\s+[A-Z]\w+", after):
        return capital
    if _phrase(language, "circles", r"\s(?:{})\b(?! of\b)").match(after):
        return True
    if match["plural"] and capital and re.search(r"(?:\bof|[A-Z]\w+) $", before):
        return True
    return before.endswith("to ") and match["head"].islower() and not match["ranks"]


def _begin(text: str, match: re.Match[str], head: str, language: str) -> int:
    """Return where the post begins: with the side that fills it ("Chinese director")."""
    if match["ranks"] and _is_of_a_unit(text, match, head, language):
        return match.start("head")  # "Faculty of Maps and Science Dean"
    if match["ranks"] or head not in listed(language, "roles", "sided"):
        return match.start()
    before = _LAST_WORD.search(text, max(0, match.start() - 20), match.start())
    return before.start() if before and adjective(before[1]) is not None else match.start()


def _is_of_a_unit(text: str, match: re.Match[str], head: str, language: str) -> bool:
    """Whether a rank that is a field of work ends the name of a unit before the post."""
    fields = listed(language, "organizations", "subjects")
    before = re.search(r"(?:[A-Z]\w+|\band|&) $", text[max(0, match.start() - 24) : match.start()])
    return before is not None and head == "dean" and match["ranks"].split()[0] in fields


def _end(text: str, match: re.Match[str], limit: int, language: str) -> int:
    """Return where the post ends, with its field of work where its head takes one."""
    if match["bracket"]:
        return match.end("bracket")
    end = match.end("plural") if match["plural"] else match.end("head")
    last = re.split(r"[\s-]+", match["head"].lower())[-1]
    for kind in ("for", "of"):
        if last not in listed(language, "roles", f"domain.{kind}"):
            continue
        found = _phrase(language, f"domain.{kind}_words", r"\s+(?:{})\s+(?:the\s+)?").match(
            text, end, limit
        )
        if found:
            field = _field_end(text, found.end(), limit, language)
            return field if field > found.end() else end
    return end


def _field_end(text: str, start: int, limit: int, language: str) -> int:
    """Return the end of the words for a field of work that begin at `start`, or `start`."""
    end = position = start
    while word := _FIELD_WORD.match(text, position, limit):
        if word.group() in _units(language):
            return start  # "Vice Minister of Tourism Department"
        initial = len(word.group()) < 3 and text[word.end() : word.end() + 1] == "."
        verb = word.group().islower() and word.group().endswith("ed")  # "… arrived"
        if initial or verb or not is_subject(word.group(), language):
            break
        end = word.end()
        joint = _JOIN.match(text, end, limit)
        if joint is None:
            break
        if joint.group().startswith(",") and not _lists_on(text, joint.end(), language):
            break
        owner = re.match(r"[A-Z]", text[joint.end() : joint.end() + 1]) and word.group().islower()
        if owner and " of " in joint.group():
            break  # "vice-rector for academic affairs of the National University"
        position = joint.end()
    return end


@cache
def _units(language: str) -> frozenset[str]:
    """Return the heads of units' names that are no fields of work."""
    heads = listed(language, "organizations", "heads")
    return heads - listed(language, "organizations", "subjects")


def _lists_on(text: str, start: int, language: str) -> bool:
    """Whether a comma is followed by one more field and "and", not by a name."""
    match = _ONE_MORE.match(text, start)
    return bool(match and is_subject(match[1], language))
