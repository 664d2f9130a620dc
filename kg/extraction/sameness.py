"""Whether two names inside one text can name the same thing.

What one report calls by two forms: a person by the family name, an institution by an acronym,
with the country behind it, or with "Y Provincial X" for "X of Y Province".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from kg.extraction import persons
from kg.extraction.lexicon import listed
from kg.extraction.places import adjective, lookup
from kg.extraction.posts import is_subject

_CACHED = 65_536  # pairs of names; a text compares the same ones again and again
_LEAST = 3  # words that an acronym without the namesake stands for
_NAMED_AFTER = re.compile(r" named (?:after|for) ")
_ABOUT = re.compile(r" (?:of|for) ")
_WORD = re.compile(r"[^\W\d_](?:\w|['’](?=\w))*")


@lru_cache(maxsize=_CACHED)
def same_person(one: str, other: str, language: str = "en") -> bool:
    """Whether two forms of a name inside one text can be the same person's.

    A single word joins a fuller name of which it is a naming part; full names agree in
    their words in any order, initials standing for words; small misspellings are forgiven.
    """
    if one.casefold() == other.casefold():
        return True
    left, right = sorted((one.split(), other.split()), key=len)
    if len(left) > 1:
        return _agree(left, right)
    if len(right) == 1:
        return len(one) > 6 and fuzz.ratio(one, other) >= 90
    return any(
        part.casefold() == left[0].casefold() or (len(part) > 6 and fuzz.ratio(part, left[0]) >= 85)
        for part in persons.surname_parts(" ".join(right), language)
    )


def _agree(left: Sequence[str], right: Sequence[str]) -> bool:
    """Whether every word of the shorter name has a partner in the longer one."""
    rest = [part.casefold() for part in right]
    whole = False
    for part in (part.casefold() for part in left):
        found = next((other for other in rest if _same_word(part, other)), None)
        whole = whole or found is not None
        if found is None and "." in part:
            initial = next(iter(_WORD.findall(part)), None)
            found = next((other for other in rest if initial and other.startswith(initial)), None)
        if found is None:
            return False
        rest.remove(found)
    return whole


def _same_word(part: str, other: str) -> bool:
    return part == other or (len(part) > 5 and fuzz.ratio(other, part) >= 88)


@lru_cache(maxsize=_CACHED)
def same_organization(name: str, form: str, language: str = "en", *, acronym: bool = False) -> bool:
    """Whether a name, perhaps an acronym, and a form found before can be one organization's."""
    if name.casefold() == form.casefold():
        return True
    if acronym or looks_short(form):
        return is_acronym_of(form, name, language) or is_acronym_of(name, form, language)
    telling = bag(name, language)
    if len(telling) > 1 and telling == bag(form, language):
        return True
    if _is_of_one_country(name, form, language):
        return True
    shorter, longer = sorted((name, form), key=len)
    return " " in shorter and _shortens(shorter, longer, language)


def _is_of_one_country(name: str, form: str, language: str) -> bool:
    """Whether two names say the same of one country ("Norse Academy …", "Academy … of Norway")."""
    (bare, country), (other, its) = _without_country(name), _without_country(form)
    return country is not None and country == its and bag(bare, language) == bag(other, language)


def _without_country(name: str) -> tuple[str, str | None]:
    """Return a name without the country that begins or ends it, and that country's code."""
    for join in re.finditer(r" of (?:the )?", name):
        place = lookup(name[join.end() :])
        if place is not None and place.kind == "country":
            return name[: join.start()], place.country
    first, _, rest = name.partition(" ")
    land = adjective(first) if " " in rest else None
    return (rest, land.country) if land is not None else (name, None)


def _shortens(shorter: str, longer: str, language: str) -> bool:
    """Whether a name leaves out what only describes: a country, first words, an inner word."""
    if longer.casefold().startswith(shorter.casefold() + " of "):
        return lookup(longer[len(shorter) + len(" of ") :].removeprefix("the ")) is not None
    if longer.casefold().startswith(shorter.casefold() + " in "):
        return lookup(longer[len(shorter) + len(" in ") :].removeprefix("the ")) is not None
    if longer.casefold().startswith(shorter.casefold() + " at "):
        return True
    tail = longer.casefold().endswith(" " + shorter.casefold())
    if (
        tail
        and not re.search(r" (?:of|at) ", longer[: -len(shorter)])
        and _is_specific(shorter, language)
    ):
        return True
    return _is_contraction(shorter.split(), longer.split(), language) or _keeps_namesake(
        shorter, longer, language
    )


def _keeps_namesake(shorter: str, longer: str, language: str) -> bool:
    """Whether a name keeps the head and the namesake of another ("Dulaty [Taraz] University").

    A namesake is a word that says neither what a body is about nor where it is, so it tells one
    institution from others of its kind.
    """
    short, long = shorter.split(), longer.split()
    deeper = any(long.count(word) > short.count(word) for word in ("of", "at"))
    if short[-1] != long[-1] or len(short) > len(long) or deeper:
        return False  # "Library of Birch University" is a unit of the other
    rest = iter(long)
    if not all(any(word == other for other in rest) for word in short):
        return False
    return any(_is_namesake(word, language) for word in short[:-1])


def abbreviates(shorter: str, longer: str, language: str = "en") -> bool:
    """Whether a name can be what is left of another that a text gives in full.

    It leaves out a namesake behind it ("… named after Y"), a legal form, what the body is about
    ("Alder Museum [of Applied Arts]"), or words of rank before its head. Two institutions can be
    called so, too: it only tells something where a single name of the text can be meant.
    """
    if shorter == longer or " " not in shorter:
        return False
    if longer.casefold().startswith(shorter.casefold()):
        rest = longer[len(shorter) :]
        if _NAMED_AFTER.match(rest) or _is_legal_form(rest, language):
            return True
    described = _NAMED_AFTER.split(_ABOUT.split(longer, maxsplit=1)[0], maxsplit=1)[0]
    return _leaves_out(shorter.split(), described.split(), language)


def _leaves_out(short: Sequence[str], long: Sequence[str], language: str) -> bool:
    """Whether a name is what another is built on, in order, without words that tell less."""
    rest = iter(long)
    if short[-1] != long[-1] or not all(any(word == other for other in rest) for word in short):
        return False
    left_out = [word for word in long if word not in short]
    if any(_is_namesake(word, language) for word in short[:-1]):
        return all(_is_lesser(word, language) for word in left_out)
    placed = any(lookup(word) is not None for word in short[:-1])
    return placed and bool(left_out) and listed(language, "organizations", "ranks") >= set(left_out)


def _is_legal_form(rest: str, language: str) -> bool:
    """Whether behind a name nothing stands but a firm's legal form (", Co., Ltd.")."""
    forms = {form.rstrip(".") for form in listed(language, "organizations", "legal_forms")}
    parts = re.findall(r"[^\s,]+", rest)
    return bool(parts) and all(part.rstrip(".") in forms or part == "Co." for part in parts)


def _is_lesser(word: str, language: str) -> bool:
    """Whether a word of a name may be left out beside a namesake: a rank, place, field, initial."""
    return persons.is_initial(word) or not _is_namesake(word, language)


def shares_namesake(one: str, other: str, language: str = "en") -> bool:
    """Whether two names with one head have a telling word in common, as a name in brackets does."""
    left, right = one.split(), other.split()
    if left[-1] != right[-1]:
        return False
    shared = set(left[:-1]) & set(right[:-1])
    return any(word[0].isupper() and not is_subject(word, language) for word in shared)


def _is_namesake(word: str, language: str) -> bool:
    telling = word[0].isupper() and len(word) > 3 and not word.isupper()
    described = is_subject(word, language) or word in listed(language, "organizations", "kinds")
    return telling and not described and not lookup(word) and not adjective(word)


def _is_specific(name: str, language: str) -> bool:
    """Whether a name without its first words still names one institution."""
    *described, head = name.split()
    specific = head in listed(language, "organizations", "specific")
    return specific and any(part[0].isupper() for part in described)


def _is_contraction(short: Sequence[str], long: Sequence[str], language: str) -> bool:
    """Whether a name leaves out one inner word of another ("Amber [Steel] Kazakhstan").

    A place and a head are a whole name: "Datong University" is not "Datong Normal University".
    """
    ends = short[0] == long[0] and short[-1] == long[-1]
    if not ends or len(long) - len(short) != 1 or "of" in long or "and" in long:
        return False
    kinds = listed(language, "organizations", "kinds")
    return kinds.isdisjoint(set(long) - set(short)) and not (
        len(short) == 2 and lookup(short[0]) is not None
    )


@lru_cache(maxsize=_CACHED)
def bag(name: str, language: str = "en") -> frozenset[str]:
    """Return the words of a name that tell, without articles, "of", and "Province"."""
    found = re.findall(r"\w+", name.casefold().replace("'s", ""))
    return frozenset(found) - listed(language, "organizations", "not_telling")


def looks_short(form: str) -> bool:
    """Whether a form is one word with at least two capitals."""
    return " " not in form and sum(map(str.isupper, form)) >= 2


def is_acronym_of(name: str, short: str, language: str = "en") -> bool:
    """Whether the capitals of a short form are the first letters of a name's words, in order."""
    if " " not in name or not looks_short(short):
        return False
    return letters(short) in initials(name, language)


def begins_acronym(name: str, short: str, language: str = "en") -> bool:
    """Whether a short form has the first letters of a name's first words, three at least.

    So are units called that stand in a larger body ("CNIS of the Northern Council", CNIS).
    """
    found = letters(short) if looks_short(short) else ""
    least = 3
    return len(found) >= least and any(all_.startswith(found) for all_ in initials(name, language))


def spells(short: str, name: str, language: str = "en") -> bool:
    """Whether an acronym has the first letter of every telling word of a name, and more of them.

    So do acronyms of Chinese universities ("AMNU", Amber Normal University).
    """
    silent = listed(language, "organizations", "not_telling")
    parts = [part for part in _WORD.findall(name) if part.casefold() not in silent]
    inner = "".join(rf"{part[0].upper()}{_any_of(part[1:])}" for part in parts)
    return len(parts) > 1 and re.fullmatch(inner, letters(short)) is not None


def _any_of(rest: str) -> str:
    """Return a pattern for some letters of a word in their order."""
    return "".join(rf"{letter}?" for letter in rest.upper() if letter.isalpha())


def letters(short: str) -> str:
    """Return the capitals of a short form."""
    return re.sub(r"[^A-Z]", "", short)


@lru_cache(maxsize=_CACHED)
def initials(name: str, language: str = "en") -> tuple[str, ...]:
    """Return the first letters of the words that tell, and those of all words, as capitals.

    A name that begins with a namesake also gives the letters behind it: acronyms leave it out
    ("L.N. Gumilyov Eurasian National University", ENU).
    """
    name = re.split(r" named (?:after|for) ", name, maxsplit=1)[0]
    parts = _WORD.findall(name)
    silent = listed(language, "organizations", "not_telling")
    telling = "".join(part[0].upper() for part in parts if part.casefold() not in silent)
    whole = "".join(part[0].upper() for part in parts)
    words = name.split()
    own = next((i for i, w in enumerate(words) if not persons.is_initial(w)), 0)
    behind = words[own + 1 :]
    found = [telling, whole, *_with_syllables([p for p in parts if p.casefold() not in silent])]
    if len(behind) >= _LEAST and _is_namesake(words[own], language):
        rest = (w[0].upper() for w in behind if w[0].isalpha() and w.casefold() not in silent)
        found.append("".join(rest))
    return tuple(found)


def _with_syllables(parts: Sequence[str]) -> Iterator[str]:
    """Yield first letters with both of a Chinese word ("Weizhou University", WZU)."""
    for i, part in enumerate(parts):
        second = persons.second_syllable(part)
        if second is not None:
            letters = [p[0].upper() for p in parts]
            letters[i] += second.upper()
            yield "".join(letters)


def head_of(name: str) -> str:
    """Return the head word of an organization's name."""
    described = re.split(r" (?:of|for|on|in|at|named) ", name, maxsplit=1)[0]
    return described.rsplit(maxsplit=1)[-1]
