"""Names of organizations: where one begins and ends, and what type its words make it.

A name is a run of capitalised words with a head ("Sichuan Normal University"), or a head
with what "of", "for" … add ("Department of Education of Sichuan Province"). A name that
holds another whole name is a unit of it: both are found, with the join between them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from kg.extraction import persons
from kg.extraction.lexicon import alternatives, words
from kg.extraction.places import lookup
from kg.extraction.posts import is_subject
from kg.extraction.sentences import Word


@dataclass(frozen=True, slots=True)
class Name:
    """A name found: offsets, where its short form ends, and the name nested in it, if any."""

    start: int
    end: int
    short_end: int
    inner: Name | None = None


@cache
def heads(language: str) -> frozenset[str]:
    """Return the words that the names of organizations and events are built on."""
    events = words(language, "events")["names"].values()
    named = {head for heads in events for head in heads if " " not in head}
    return frozenset(words(language, "organizations")["heads"]) | named


@cache
def event_heads(language: str) -> dict[str, str]:
    """Return the heads of events' names with the type of event."""
    events = words(language, "events")["names"]
    return {head: type for type, heads in events.items() for head in heads}


@cache
def _stop(language: str) -> frozenset[str]:
    return frozenset(words(language, "organizations")["stop"])


@cache
def _first_stop(language: str) -> frozenset[str]:
    return _stop(language) | frozenset(words(language, "organizations")["first_stop"])


@cache
def known(language: str) -> dict[str, str]:
    """Return well-known names and acronyms without a head word, with their types."""
    table = words(language, "organizations")["known"]
    return {name: type for type, names in table.items() for name in names}


@cache
def _rules(language: str) -> tuple[tuple[re.Pattern[str], str, frozenset[str], bool], ...]:
    return tuple(
        (
            re.compile(rule["name"], re.IGNORECASE),
            rule["type"],
            frozenset(rule.get("within", ())),
            rule.get("of_place", False),
        )
        for rule in words(language, "organizations")["types"]
    )


def classify(name: str, within: str | None = None, language: str = "en") -> str:
    """Return the type that a name's words make it, inside an organization of type `within`."""
    if name in known(language):
        return known(language)[name]
    flat = " ".join(name.replace("’", "'").split())
    for pattern, type, parents, of_place in _rules(language):
        fits = (not parents or within in parents) and (not of_place or _is_of_place(flat))
        if fits and pattern.search(flat):
            return type
    return "Organization"


def _is_of_place(name: str) -> bool:
    """Whether a name says that the body serves a territory ("Sichuan Provincial …", "… of Almaty")."""
    if re.search(
        r"\b(?:provincial|municipal|regional|city|federal|oblast|province|prefectur)", name, re.I
    ):
        return True
    tail = re.search(r" of (?:the )?(?P<place>[^ ]+(?: [^ ]+){0,2})$", name)
    return tail is not None and lookup(tail["place"]) is not None


def is_possessive_of_name(word: Word, before: Word | None, text: str, language: str) -> bool:
    """Whether a possessive belongs inside a name ("People's", "Emperor Qin's")."""
    lexicon = words(language, "organizations")
    surface = text[word.start : word.stop].replace("’", "'")
    return surface in lexicon["possessives"] or (
        before is not None and before.text in lexicon["possessive_titles"]
    )


def runs(
    text: str, tokens: Sequence[Word], barred: Sequence[tuple[int, int]], language: str
) -> list[list[Word]]:
    """Return the maximal runs of capitalised words with nothing between them but spaces.

    `barred` are spans that no run may enter, such as posts and honorifics.
    """
    found: list[list[Word]] = []
    current: list[Word] = []
    for i, word in enumerate(tokens):
        inside = any(start < word.end and word.start < end for start, end in barred)
        usable = word.capital and not inside
        if current and (not usable or not _joined(text, current, word, language)):
            found.append(current)
            current = []
        stop = _first_stop(language) if i == 0 else _stop(language)
        if usable and (current or word.text not in stop):
            current.append(word)
    if current:
        found.append(current)
    return [part for run in found for part in _without_person(run, language)]


def _without_person(run: list[Word], language: str) -> list[list[Word]]:
    """Split a name and the person behind it ("Department of Education Ma Hong").

    Reports put the holder of a post right behind the body, without a comma; the words before
    the person must end like a body or place: a head, a subject, a place, an acronym.
    """
    for size in (4, 3, 2):
        cut = len(run) - size
        if cut < 1 or not _is_a_name([word.text for word in run[cut:]], language):
            continue
        before = run[cut - 1].text
        body = before in heads(language) or is_subject(before, language) or _is_acronym(before)
        territory = before in words(language, "places")["heads"]
        place = lookup(" ".join(word.text for word in run[:cut])) or lookup(before)
        if body or territory or place is not None:
            return [run[:cut], run[cut:]]
    return [run]


def _is_a_name(parts: list[str], language: str) -> bool:
    """Whether words are a person's name and none of them can belong to a body's name."""
    if any(part in heads(language) or is_subject(part, language) or lookup(part) for part in parts):
        return False
    return persons.strength(parts, language) >= 0.8


def _joined(text: str, current: list[Word], word: Word, language: str) -> bool:
    last = current[-1]
    gap = text[last.stop : word.start]
    if gap.strip() and gap.strip() != ",":
        return False
    if "," in gap:
        return word.text in {"Ltd.", "Ltd", "Inc.", "Inc", "LLC", "LLP"}
    if last.possessive:
        before = current[-2] if len(current) > 1 else None
        return is_possessive_of_name(last, before, text, language)
    return gap != ""


class Grammar:
    """Finds the names of organizations in one sentence.

    Parameters
    ----------
    text : str
        The whole text.
    tokens : sequence of Word
        The words of the sentence.
    barred : sequence of (start, end)
        Spans of posts, honorifics and dates.
    language : str
        Language of the word lists.
    """

    def __init__(
        self, text: str, tokens: Sequence[Word], barred: Sequence[tuple[int, int]], language: str
    ):
        self.text = text
        self.language = language
        self.tokens = list(tokens)
        self.index = {word.start: i for i, word in enumerate(self.tokens)}
        self.runs = runs(text, tokens, barred, language)
        self.by_start = {run[0].start: run for run in self.runs}
        self.heads = heads(language)
        lexicon = words(language, "organizations")
        self.alone = frozenset(lexicon["alone"])
        self.own_country = frozenset(lexicon["own_country"])
        self.subjects = frozenset(lexicon["subjects"])

    def names(self) -> list[Name]:
        """Return the outermost names, left to right."""
        found: list[Name] = []
        for run in self.runs:
            if found and run[0].start < found[-1].end:
                continue
            name = self._name(run)
            if name is not None:
                found.append(name)
        return found

    def _name(self, run: list[Word]) -> Name | None:
        head = self._head(run)
        if head is None:
            joined = self._joined_by_and(run)
            if joined is None:
                return None
            run, head = joined, self._head(joined)
            if head is None:
                return None
        stop = self._after_head(run, head)
        if stop < len(run) - 1 and head == 0:
            return None
        end, short_end, inner = self._extended(run[stop], stop == len(run) - 1, head > 0)
        if head == 0 and end == run[stop].end and self.text[run[0].start : end] not in self.alone:
            return None
        return Name(run[0].start, end, short_end, inner)

    def _head(self, run: list[Word]) -> int | None:
        """Return the index of the last head word of a run; a head inside a place is none."""
        for index in range(len(run) - 1, -1, -1):
            if run[index].text in self.heads or (
                run[index].text.title() in self.heads and run[index].text.isupper()
            ):
                return index
        return None

    def _after_head(self, run: list[Word], head: int) -> int:
        """Return the index of the run's last word that belongs to the name."""
        last = head
        for index in range(head + 1, len(run)):
            word = run[index].text
            place = lookup(word)
            if (
                word[0].isdigit()
                or (place is not None and place.kind == "country")
                or word == "General"
            ):
                last = index
            else:
                break
        return last

    def _joined_by_and(self, run: list[Word]) -> list[Word] | None:
        """Join "Beijing Language" and "and Culture University" where the left side is no name."""
        words_ = [word.text for word in run]
        if lookup(" ".join(words_)) is not None or persons.strength(words_, self.language) >= 0.6:
            return None
        if run[-1].possessive or _is_acronym(run[-1].text):
            return None
        following = self._following(run[-1], ("and", "&"))
        if following is None:
            comma = self._following(run[-1], (",",))
            if (
                comma is None
                or self._head(comma) is not None
                or not is_subject(comma[0].text, self.language)
            ):
                return None
            rest = self._joined_by_and(comma)
            return None if rest is None else run + rest
        if self._head(following) is None or _is_acronym(following[0].text):
            return None
        if self._head(following) == 0 and following[0].text not in ("Group",):
            return None
        if not is_subject(following[0].text, self.language) and not is_subject(
            run[-1].text, self.language
        ):
            if words_[-1] != "Belt":
                return None
        return run + following

    def _following(
        self, word: Word, joins: tuple[str, ...], article: bool = False
    ) -> list[Word] | None:
        """Return the run that follows a word after one of the joining words."""
        i = self.index[word.start] + 1
        if i >= len(self.tokens) or word.possessive:
            return None
        gap = self.text[word.stop : self.tokens[i].start]
        if "," in joins and gap.strip() == "," and self.tokens[i].start in self.by_start:
            return self.by_start[self.tokens[i].start]
        if gap.strip():
            return None
        matched = next((join for join in joins if self._says(i, join)), None)
        if matched is None:
            return None
        i += len(matched.split())
        if article and i < len(self.tokens) and self.tokens[i].text == "the":
            i += 1
        if i >= len(self.tokens):
            return None
        between = self.text[self.tokens[i - 1].stop : self.tokens[i].start]
        return self.by_start.get(self.tokens[i].start) if not between.strip() else None

    def _says(self, i: int, join: str) -> bool:
        parts = join.split()
        return [word.text for word in self.tokens[i : i + len(parts)]] == parts

    def _extended(self, last: Word, whole: bool, described: bool) -> tuple[int, int, Name | None]:
        """Follow "of …", "for …", "and …" behind a head.

        Returns the end of the name, the end of its short form, and the name nested in it.
        """
        word = last
        for _ in range(8 if whole else 0):
            nested = self._nested(word)
            if nested is not None:
                return nested.end, word.end, nested
            run = self._more(word, last)
            if run is None or (word is last and described and self._says_where(last, run)):
                break
            word = run[-1]
        return word.end, word.end, None

    def _nested(self, word: Word) -> Name | None:
        """Return the whole name that "of" joins to this one ("… of Turan University")."""
        run = self._following(word, ("of",), article=True)
        if run is None or self._is_subject_run(run):
            return None
        return self._name(run)

    def _more(self, word: Word, head: Word) -> list[Word] | None:
        """Return the run by which the name goes on, or None."""
        run = self._following(word, ("of", "for", "named after"), article=True)
        if run is not None:
            return run if self._may_follow(run) else None
        run = self._following(word, ("in", "on", "under"), article=True)
        if run is not None:
            is_place = lookup(" ".join(w.text for w in run)) is not None
            if is_place:
                return run if re.search(r"(?:Embassy|Mission|Commission)$", head.text) else None
            return run if self._is_subject_run(run) or run[-1].text == "Road" else None
        return self._conjunct(word) if word is not head else None

    def _says_where(self, head: Word, run: list[Word]) -> bool:
        """Whether "of Kazakhstan" behind a described head only tells its country."""
        return head.text in self.own_country and run[-1].text in (
            "Republic",
            "Federation",
            "Kingdom",
        )

    def _conjunct(self, word: Word) -> list[Word] | None:
        """Go on through "and Y" or ", Y and Z" where they are more of what the name is about."""
        run = self._following(word, ("and", "&"))
        if run is not None:
            return run if self._is_subject_run(run) else None
        run = self._following(word, (",",))
        if run is not None and self._is_subject_run(run) and len(run) <= 3:
            after = self._following(run[-1], ("and", "&")) or self._following(run[-1], (",",))
            if after is not None and self._is_subject_run(after):
                return run
        return None

    def _is_subject_run(self, run: list[Word]) -> bool:
        texts = [word.text for word in run]
        if texts[-1] in self.heads and texts[-1] not in self.subjects:
            return False
        if lookup(" ".join(texts)) is not None or persons.strength(texts, self.language) >= 0.6:
            return False
        return is_subject(texts[-1], self.language) or is_subject(texts[0], self.language)

    def _may_follow(self, run: list[Word]) -> bool:
        """Whether a headless run after "of" can be part of the name: anything but a person."""
        if run[-1].possessive:
            return False
        texts = [w.text for w in run]
        if lookup(" ".join(texts)) is not None:
            return True
        return persons.strength(texts, self.language) < 0.9 or len(texts) == 1


def _is_acronym(word: str) -> bool:
    return bool(re.search(r"[A-ZА-Я].*[A-ZА-Я]", word)) and "-" not in word and len(word) <= 9


def ends_in_name(text: str, language: str) -> bool:
    """Whether the last word of a phrase ends a body's or place's name."""
    last = text.split()[-1] if text.split() else ""
    return (
        last in heads(language)
        or last in words(language, "places")["heads"]
        or is_subject(last, language)
        or _is_acronym(last)
        or lookup(last) is not None
    )


@cache
def generic(language: str) -> re.Pattern[str]:
    """Return a pattern for phrases that look like names and are none."""
    return re.compile(rf"(?:{alternatives(words(language, 'organizations')['generic'])})$")
