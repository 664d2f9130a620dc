"""The grammar of organizations' names: where one begins and ends, and what it holds.

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
from kg.extraction.lexicon import either, listed
from kg.extraction.organizations import ends_body, heads, is_acronym
from kg.extraction.places import adjective, lookup
from kg.extraction.posts import is_listed_subject, is_subject
from kg.extraction.record import Span
from kg.extraction.sameness import is_acronym_of
from kg.extraction.sentences import Word
from kg.extraction.spans import Cover

_BRACKET = re.compile(r"\s?\(([A-Z][A-Za-z]{2,8})\)")
_ARABIC = re.compile(r"(?:al|el|ad|an|ar|as|ash|at|ul|ur)-[^\W\d_a-z]")

Run = list[Word]
"""Capitalised words with nothing but spaces between them."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name found: offsets, where its short form ends, and the name nested in it, if any."""

    start: int
    end: int
    short_end: int
    inner: Name | None = None


def phrase(run: Sequence[Word]) -> str:
    """Return the words of a run."""
    return " ".join(word.text for word in run)


def runs(text: str, tokens: Sequence[Word], barred: Sequence[Span], language: str) -> list[Run]:
    """Return the maximal runs of capitalised words with nothing between them but spaces.

    `barred` are spans that no run may enter, such as posts and honorifics.
    """
    found: list[Run] = []
    current: Run = []
    cover = Cover(barred)
    stop = listed(language, "organizations", "stop")
    first_stop = stop | listed(language, "organizations", "first_stop")
    for i, word in enumerate(tokens):
        usable = word.capital and not cover.touches(word.start, word.end)
        usable = usable and not word.text.endswith(("-based", "-headquartered"))
        stopped = word.text in (stop if i else first_stop)
        if current and _is_particle(text, tokens, i, language):
            current.append(word)
            continue
        if current and not (usable and _joined(text, current, word, language)):
            found.append(current)
            current = []
        if usable and (current or not stopped or _is_surname(text, tokens, i, language)):
            current.append(word)
    if current:
        found.append(current)
    return [part for run in found for part in _without_person(run, language)]


def _is_surname(text: str, tokens: Sequence[Word], i: int, language: str) -> bool:
    """Whether a word that else begins sentences is the family name of a Chinese name."""
    if i + 1 >= len(tokens) or tokens[i].text not in listed(
        language, "organizations", "also_surnames"
    ):
        return False
    pair = tokens[i : i + 2]
    adjacent = text[pair[0].stop : pair[1].start] == " "
    return adjacent and pair[1].capital and persons.is_chinese([w.text for w in pair], language)


def _is_particle(text: str, tokens: Sequence[Word], i: int, language: str) -> bool:
    """Whether a word in lower case goes on with a name ("Hanif bin Ismail", "Ali Aydin oglu")."""
    word, before = tokens[i], tokens[i - 1]
    if i == 0 or before.possessive or text[before.stop : word.start] != " ":
        return False
    if word.text in listed(language, "names", "last_particles") or _ARABIC.match(word.text):
        return True
    behind = tokens[i + 1] if i + 1 < len(tokens) else None
    if behind is None or word.text not in listed(language, "names", "particles"):
        return False
    return behind.capital and text[word.stop : behind.start] == " "


def _joined(text: str, current: Run, word: Word, language: str) -> bool:
    """Whether a word goes on with a run: "Normal University", "Birch Co., Ltd."."""
    last = current[-1]
    gap = text[last.stop : word.start]
    if gap.strip() not in ("", ","):
        return False
    if "," in gap:
        return word.text in listed(language, "organizations", "legal_forms")
    if last.possessive:
        before = current[-2] if len(current) > 1 else None
        return _is_possessive_of_name(text[last.start : last.stop], before, language)
    return gap != ""


def _is_possessive_of_name(surface: str, before: Word | None, language: str) -> bool:
    """Whether a possessive belongs inside a name ("People's", "Emperor Qin's")."""
    if surface.replace("’", "'") in listed(language, "organizations", "possessives"):
        return True
    titles = listed(language, "organizations", "possessive_titles")
    return before is not None and before.text in titles


def _without_person(run: Run, language: str) -> list[Run]:
    """Split a name and the person behind it ("Department of Education Li Na").

    Reports put the holder of a post right behind the body, without a comma; the words before
    the person must end like a body or place: a head, a subject, a place, an acronym.
    """
    cuts = range(max(1, len(run) - 4), len(run))
    for cut in cuts:  # the one person of whom the words themselves are sure
        parts, before = [word.text for word in run[cut:]], run[cut - 1].text
        told = persons.strength([before], language) or persons.is_initial(before)
        if not told and _is_certain(parts, cut, language):
            return [run[:cut], run[cut:]]
    for cut in cuts:
        parts = [word.text for word in run[cut:]]
        if not (
            persons.is_initialled(parts[0]) if len(parts) == 1 else _is_person(parts, language)
        ):
            continue
        before = run[cut - 1].text
        named = ends_body(before, language) or lookup(phrase(run[:cut])) or lookup(before)
        sure = len(parts) == 1 or persons.is_sure(parts, language)
        if named or (sure and not persons.strength([before], language)):
            return [run[:cut], run[cut:]]
    return [run]


def _is_certain(parts: Sequence[str], cut: int, language: str) -> bool:
    """Whether words are a person's name whatever the `cut` words before them are."""
    if not _is_person(parts, language):
        return False
    return persons.is_sure(parts, language) or (cut > 1 and persons.is_chinese(parts, language))


def _is_person(parts: Sequence[str], language: str) -> bool:
    """Whether words are a person's name and none of them can belong to a body's name."""
    territories = listed(language, "places", "heads")
    family = len(parts) == 2 and persons.strength(parts[1:], language) > 0.6  # "Tural Ahmedov"
    told = parts[1:] if family and not is_listed_subject(parts[0], language) else parts
    if any(p in heads(language) or p in territories for p in parts):
        return False
    if any(is_subject(p, language) for p in told):
        return False
    if persons.is_chinese(parts, language) or persons.is_half_chinese(parts, language):
        return True
    if any(lookup(part) for part in parts):
        return False
    return persons.strength(parts, language) >= 0.8


def _namesake(run: Run) -> Run:
    """Return the person after whom a body is named, without the one who holds a post there."""
    bare = next((i for i, word in enumerate(run) if not persons.is_initial(word.text)), 0)
    return run[: bare + 1] if bare else run[:2]


def _is_country(run: Run) -> bool:
    """Whether a run with a head is a country's name ("Russian Federation")."""
    place = lookup(phrase(run))
    return place is not None and place.kind == "country"


@cache
def _small(language: str) -> re.Pattern[str]:
    return re.compile(rf"\s(?:{either(language, 'places', 'small')})\b")


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

    def __init__(self, text: str, tokens: Sequence[Word], barred: Sequence[Span], language: str):
        self.runs = runs(text, tokens, barred, language)
        self._text = text
        self._language = language
        self._tokens = tokens
        self._index = {word.start: i for i, word in enumerate(tokens)}
        self._by_start = {run[0].start: run for run in self.runs}
        self._heads = heads(language)

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

    def _listed(self, word: Word, key: str) -> bool:
        return word.text in listed(self._language, "organizations", key)

    def _is_subject(self, word: Word) -> bool:
        return is_subject(word.text, self._language)

    def _name(self, run: Run) -> Name | None:
        whole = run if self._ends_in_head(run) else self._joined_by_and(run) or run
        head = self._head(whole) if whole is not None else None
        if whole is None or head is None or _is_country(run):
            return None
        if self._leads(whole):
            return Name(whole[0].start, whole[-1].end, whole[-1].end)
        last = self._last(whole, head)
        start, stop = whole[0].start, whole[last]
        if last < len(whole) - 1 and self._listed(whole[last + 1], "things"):
            return None
        if last < len(whole) - 1:
            return Name(start, stop.end, stop.end) if last else None
        name = self._extended(start, stop, described=head > 0)
        bare = last == 0 and name.end == stop.end
        alone = listed(self._language, "organizations", "alone")
        return None if bare and self._text[start : name.end] not in alone else name

    def _ends_in_head(self, run: Run) -> bool:
        """Whether a run ends in a head, or has one and its last word does not point further."""
        head = self._head(run)
        if head is None or head == len(run) - 1:
            return head is not None
        return not (self._is_subject(run[-1]) or self._listed(run[-1], "kinds"))

    def _head(self, run: Run) -> int | None:
        """Return the index of the last head word of a run."""
        for index in range(len(run) - 1, -1, -1):
            word = run[index].text
            if word in self._heads or (word.isupper() and word.title() in self._heads):
                return index
        return None

    def _leads(self, run: Run) -> bool:
        """Whether a name goes on behind its head without "of" ("Universiti Teknologi Bayu")."""
        leading = [i for i, word in enumerate(run) if self._listed(word, "leading")]
        return bool(leading) and leading[0] < len(run) - 1

    def _last(self, run: Run, head: int) -> int:
        """Return the index of the run's last word that belongs to the name with this head."""
        last = head
        while last + 1 < len(run) and self._may_end(run[last + 1]):
            last += 1
        return last

    def _may_end(self, word: Word) -> bool:
        """Whether a word may stand behind a head: a number, a country, "General"."""
        place = lookup(word.text)
        country = place is not None and place.kind == "country"
        numbered = word.text[-1].isdigit()
        return numbered or country or self._listed(word, "behind_head")

    def _joined_by_and(self, run: Run) -> Run | None:
        """Join "Beijing Language" and "and Culture University" where the left side is no name."""
        if lookup(phrase(run)) is not None or self._looks_personal(run, 0.6):
            return None
        if run[-1].possessive or is_acronym(run[-1].text):
            return None
        following = self._behind(run[-1], ("and",))
        if following is not None:
            return run + following if self._is_other_half(run, following) else None
        listed_on = self._behind_comma(run[-1])
        if listed_on is None or self._head(listed_on) is not None:
            return None
        rest = self._joined_by_and(listed_on) if self._is_subject(listed_on[0]) else None
        return None if rest is None else run + rest

    def _is_other_half(self, run: Run, following: Run) -> bool:
        """Whether "X and Y" with a head inside Y is one name: what a half is about says so."""
        head = self._head(following)
        if not head or is_acronym(following[0].text):
            return False
        subject = self._is_subject(following[0]) or self._is_subject(run[-1])
        return subject or self._listed(run[-1], "and_words")

    def _behind(self, word: Word, joins: Sequence[str], *, article: bool = False) -> Run | None:
        """Return the run that follows a word behind one of the joining words."""
        ampersand = self._next(word, "&") if "and" in joins else None
        if ampersand is not None:
            return self._by_start.get(self._tokens[ampersand].start)
        first = self._next(word, "")
        join = next((join for join in joins if self._says(first, join)), None)
        if first is None or join is None:
            return None
        i = first + len(join.split())
        if article and self._says(i, "the"):
            i += 1
        if i >= len(self._tokens):
            return None
        gap = self._text[self._tokens[i - 1].stop : self._tokens[i].start]
        return None if gap.strip() else self._by_start.get(self._tokens[i].start)

    def _behind_comma(self, word: Word) -> Run | None:
        """Return the run that follows a word behind a comma."""
        first = self._next(word, ",")
        return None if first is None else self._by_start.get(self._tokens[first].start)

    def _behind_last_comma(self, word: Word) -> Run | None:
        """Return the run behind ", and", which ends a list."""
        first = self._next(word, ",")
        if first is None or not self._says(first, "and") or first + 1 >= len(self._tokens):
            return None
        return self._by_start.get(self._tokens[first + 1].start)

    def _next(self, word: Word, gap: str) -> int | None:
        """Return the index of the next word if just the gap stands between."""
        i = self._index[word.start] + 1
        if i >= len(self._tokens) or word.possessive:
            return None
        between = self._text[word.stop : self._tokens[i].start]
        return i if between.strip() == gap else None

    def _says(self, i: int | None, phrase: str) -> bool:
        parts = phrase.split()
        if i is None:
            return False
        return [word.text for word in self._tokens[i : i + len(parts)]] == parts

    def _extended(self, start: int, head: Word, *, described: bool) -> Name:
        """Follow "of …", "for …", "and …" behind a head, to the end or to a whole name."""
        word = head
        for _ in range(8):
            nested = self._nested(word)
            if nested is not None:
                return Name(start, nested.end, word.end, nested)
            run = self._more(word, head)
            run = run or self._until_acronym(start, word)
            where = run is not None and word is head and described
            if run is None or (where and self._says_where(head, run, start)):
                break
            word = run[-1]
        end = self._territory(word) if word is not head else word.end
        return Name(start, end, end)

    def _until_acronym(self, start: int, word: Word) -> Run | None:
        """Go on through "and Y" where the acronym behind it counts Y's letters too."""
        run = self._behind(word, ("and", "with"))
        if run is None:
            return None
        bracket = _BRACKET.match(self._text, run[-1].stop)
        name = self._text[start : run[-1].end]
        return run if bracket and is_acronym_of(name, bracket[1], self._language) else None

    def _territory(self, word: Word) -> int:
        """Return where a name that ends in a place ends ("Akimat of Abai region")."""
        small = _small(self._language).match(self._text, word.stop)
        return word.end if small is None or word.possessive else small.end()

    def _nested(self, word: Word) -> Name | None:
        """Return the whole name that "of" joins to this one ("… of Birch University")."""
        run = self._behind(word, ("of",), article=True)
        if run is None or self._is_subject_run(run) or self._is_trade(run):
            return None
        if len(run) == 1 and is_acronym(run[0].text) and lookup(run[0].text) is None:
            return Name(run[0].start, run[0].end, run[0].end)
        return self._name(run)

    def _more(self, word: Word, head: Word) -> Run | None:
        """Return the run by which the name goes on, or None."""
        run = self._behind(word, ("named after", "named for"), article=True)
        if run is not None:
            return _namesake(run)
        run = self._behind(word, ("of", "for"), article=True)
        if run is not None:
            return run if self._may_follow(run) else None
        run = self._behind(word, ("in", "on", "under"), article=True)
        if run is None:
            return self._conjunct(word) if word is not head else None
        if lookup(phrase(run)) is not None:
            return run if self._listed(head, "abroad") else None
        return run if self._is_subject_run(run) or self._listed(run[-1], "topics") else None

    def _says_where(self, head: Word, run: Run, start: int) -> bool:
        """Whether "of the Republic …" behind a described head only tells its country.

        So does a country's bare name behind a proper name ("Birch University of Peru").
        """
        if not self._listed(head, "own_country"):
            return False
        described = self._tokens[self._index[start] : self._index[head.start]]
        proper = any(self._is_proper(word) for word in described)
        return self._listed(run[-1], "country_forms") or (proper and _is_country(run))

    def _is_proper(self, word: Word) -> bool:
        """Whether a word of a name says neither what a body is about nor what rank it has."""
        common = self._listed(word, "kinds") or self._is_subject(word)
        return not common and word.text not in self._heads and adjective(word.text) is None

    def _conjunct(self, word: Word) -> Run | None:
        """Go on through "and Y" or ", Y and Z" where they are more of what the name is about."""
        run = self._behind(word, ("and",))
        if run is not None:
            more = self._is_subject_run(run) or self._are_lands(word, run)
            return run if more or self._are_parts_of_the_world(word, run) else None
        end = self._behind_last_comma(word)
        if end is not None and self._text[word.start - 2 : word.start] == ", ":
            return end if self._is_subject_run(end) else None
        run = self._behind_comma(word)
        if run is None or len(run) > 3 or not self._is_subject_run(run):
            return None
        last = run[-1]
        after = (
            self._behind(last, ("and",))
            or self._behind_comma(last)
            or self._behind_last_comma(last)
        )
        return run if after is not None and self._is_subject_run(after) else None

    def _are_parts_of_the_world(self, word: Word, run: Run) -> bool:
        """Whether "and" joins two adjectives of lands ("… of Asian and African Studies")."""
        pair = (word.text, run[0].text)
        lands = listed(self._language, "organizations", "continents")
        return len(run) > 1 and all(w in lands or adjective(w) is not None for w in pair)

    def _are_lands(self, word: Word, run: Run) -> bool:
        """Whether two words that are nothing else are one name ("… of Warmia and Mazury")."""
        pair = [word, *run]
        if len(pair) != 2 or any(lookup(w.text) or is_acronym(w.text) for w in pair):
            return False
        return not any(w.text in self._heads or self._is_subject(w) for w in pair)

    def _is_subject_run(self, run: Run) -> bool:
        """Whether a run only says what a body is about."""
        last = run[-1]
        landed = len(run) > 2 and lookup(run[0].text) is not None
        if last.text in self._heads and (landed or not self._listed(last, "subjects")):
            return False
        if lookup(phrase(run)) is not None or self._looks_personal(run, 0.6):
            return False
        return self._is_subject(last) or self._is_subject(run[0])

    def _is_trade(self, run: Run) -> bool:
        """Whether a run says what a body is about as firms' names do ("Transport Motors")."""
        described = len(run) > 1 and all(self._is_subject(word) for word in run[:-1])
        return described and self._listed(run[-1], "trades")

    def _may_follow(self, run: Run) -> bool:
        """Whether a headless run after "of" can be part of the name: anything but a person."""
        if run[-1].possessive:
            return False
        if len(run) == 1:
            return not self._listed(run[0], "bare")  # "Department of the Academy"
        if lookup(phrase(run)) is not None:
            return True
        return not self._looks_personal(run, 0.9)

    def _looks_personal(self, run: Run, least: float) -> bool:
        if self._is_subject(run[-1]) and len(run) > 1:
            return False
        return persons.strength([word.text for word in run], self._language) >= least
