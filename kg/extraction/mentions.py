"""Mentions: the spans of a text that name a person, an organization, a place or an event.

Organizations and events come from the grammar of names, places from the gazetteer, people
from what names look like, from the words around them and from the entity recogniser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from spacy.tokens import Doc

from kg.extraction import organizations, persons, posts
from kg.extraction.capitals import Labels, Sentence, decide, honorifics
from kg.extraction.datelines import bylines, dateline
from kg.extraction.described import described
from kg.extraction.lexicon import either, listed
from kg.extraction.naming import Grammar, Name
from kg.extraction.places import adjective, lookup
from kg.extraction.reading import Mention, Reading, clean
from kg.extraction.record import Span
from kg.extraction.sentences import sentences
from kg.extraction.sentences import words as tokenize
from kg.extraction.sites import sited, unnamed
from kg.extraction.spans import Cover

# The year before the name of an event, and the quoted title behind it.
_YEAR = re.compile(r"\b(?:\d{4}[–-])?\d{4} $")
_DAY_BEFORE = re.compile(r"\d(?:st|nd|rd|th)?,? $")
# What layout puts before a name: "Source: Amber News".
_LABEL = re.compile(
    r"\b(?:Source|Photo|Text|Author|Editor|Reporter|Translator|Date|Tel|Email)(?=\s?:)"
)
_TITLE = re.compile(r"\s[“\"«][^”\"»\n]{3,150}[”\"»]")


def read(doc: Doc, language: str = "en") -> Reading:
    """Return all mentions and posts of a text that the entity recogniser has seen."""
    text = doc.text
    labels = Labels(doc.ents)
    spans = tuple(sentences(text, language))
    read = [
        Sentence(
            text,
            tokenize(text, start, end, language),
            list(posts.find(text, start, end, language)),
            labels,
            language,
        )
        for start, end in spans
    ]
    found = [mention for sentence in read for mention in _sentence(sentence)]
    filed = dateline(text, language)
    if filed is not None:
        told = text[slice(*filed)].count(",") and not re.search(r"\d", text[slice(*filed)])
        found = [m for m in found if not _within(m, filed) or (told and lookup(m.name))]
    authors = bylines(text, language)
    found = [m for m in found if not any(_within(m, city) for city in authors)]
    found += unnamed(text, spans, found, language)
    found = _with_family_names(read, found)
    found = _with_first_words(read, found)
    found.sort(key=lambda mention: (mention.start, -mention.end))
    titles = tuple(post for sentence in read for post in sentence.posts)
    return Reading(text, language, spans, tuple(found), titles)


def _within(mention: Mention, span: Span) -> bool:
    return span[0] <= mention.start < span[1]


def _sentence(sentence: Sentence) -> list[Mention]:
    if not sentence.tokens:
        return []
    text, language = sentence.text, sentence.language
    grammar = Grammar(text, sentence.tokens, list(_barred(sentence)), language)
    found: list[Mention] = []
    for name in grammar.names():
        if not any(m.kind == "event" and m.start <= name.start < m.end for m in found):
            found += _named(text, name, language)
    found += _branches(sentence, found)
    found += _called_branches(sentence, found)
    found = described(
        text, (sentence.tokens[0].start, sentence.tokens[-1].stop + 1), found, language
    )
    found = sited(text, (sentence.tokens[0].start, sentence.tokens[-1].stop + 1), found, language)
    found += _seats(sentence)
    covered = Cover((mention.start, mention.end) for mention in found)
    for run in grammar.runs:
        rest = [word for word in run if not covered.touches(word.start, word.end)]
        if rest:
            found += decide(sentence, rest)
    return _with_states(sentence, found)


def _barred(sentence: Sentence) -> Iterator[Span]:
    """Yield what no name reaches into: posts in capitals, honorifics, months and weekdays."""
    text, start, end = sentence.text, sentence.tokens[0].start, sentence.tokens[-1].stop
    yield from _capital_posts(sentence)
    for match in _LABEL.finditer(text, start, end):
        yield match.span()
    for pattern in (_honorific(sentence.language), _calendar(sentence.language)):
        for match in pattern.finditer(text, start, end):
            yield match.span()


def _capital_posts(sentence: Sentence) -> Iterator[Span]:
    for post in sentence.posts:
        _, _, head = sentence.text[post.start : post.end].partition(" ")  # "first Vice-Rector"
        if sentence.text[post.start].isupper() or head[:1].isupper():
            yield post.start, post.end


@cache
def _honorific(language: str) -> re.Pattern[str]:
    return re.compile(rf"{honorifics(language)}(?=\s)")


@cache
def _calendar(language: str) -> re.Pattern[str]:
    days = "|".join(either(language, "dates", key) for key in ("months", "weekdays"))
    return re.compile(rf"\b(?:{days})\b")


def _named(text: str, name: Name, language: str) -> list[Mention]:
    """Return the mentions of a name and of the names nested in it."""
    short, full = clean(text[name.start : name.short_end]), clean(text[name.start : name.end])
    inner = _named(text, name.inner, language) if name.inner is not None else []
    generic = organizations.generic(language)
    if generic.match(short) or generic.match(full):
        return inner
    event = _event_type(short, language) or _gathering_type(full, language)
    if event is not None:
        return [_event(text, name, event), *inner]
    whole = inner[0] if inner and inner[0].kind == "organization" else None
    type = organizations.classify(short, whole.type if whole else None, language)
    mention = Mention(
        name.start,
        name.end,
        "organization",
        type,
        full,
        short if inner else None,
        whole.start if whole else None,
        acronym=organizations.is_acronym(full),
    )
    within = [] if type == "University" else _place_inside(text, name)
    return [mention, *inner, *within]


def _event_type(name: str, language: str) -> str | None:
    """Return the type of event that a name's head makes it, or None for an organization."""
    if _not_event(language).search(name):
        return None
    base = re.split(r" (?:of|on|for|in|under) ", name, maxsplit=1)[0].split()
    return organizations.event_heads(language).get(base[-1]) if base else None


def _gathering_type(name: str, language: str) -> str | None:
    """Return the type of event that "Alliance of the Amber Road Forum" ends in, or None."""
    base = re.split(r" of ", name, maxsplit=1)[0]
    host = base != name and base.rsplit(maxsplit=1)[-1] in _hosts(language)
    last = re.sub(r" \d{4}$", "", name).rsplit(maxsplit=1)[-1]
    return organizations.event_heads(language).get(last) if host else None


def _hosts(language: str) -> frozenset[str]:
    return listed(language, "organizations", "hosts")


@cache
def _not_event(language: str) -> re.Pattern[str]:
    return re.compile(either(language, "events", "bodies"))


def _event(text: str, name: Name, type: str) -> Mention:
    """Return the mention of an event, with the year before and the quoted title behind it."""
    year = _YEAR.search(text, max(0, name.start - 10), name.start)
    if year is not None and _DAY_BEFORE.search(text[max(0, year.start() - 8) : year.start()]):
        year = None  # "On April 4, 2025 Conference …": the year is of the day
    title = _TITLE.match(text, name.end)
    start, end = year.start() if year else name.start, title.end() if title else name.end
    return Mention(start, end, "event", type, clean(text[start:end]))


def _place_inside(text: str, name: Name) -> list[Mention]:
    """Return the place behind "of" or "in" at the end of an official name."""
    for join in re.compile(r" (?:of|in) (?:the )?").finditer(text, name.start, name.short_end):
        rest = text[join.end() : name.short_end]
        place = lookup(rest)
        if place is not None and place.kind != "area":
            return [Mention(join.end(), name.short_end, "place", "Place", clean(rest))]
    return []


def _seats(sentence: Sentence) -> Iterator[Mention]:
    """Yield the place in "the Oslo-based academy"."""
    for word in sentence.tokens:
        name, _, rest = word.text.rpartition("-")
        if rest in ("based", "headquartered") and lookup(name) is not None:
            end = word.start + len(name)
            yield Mention(word.start, end, "place", "Place", clean(name))


def _branches(sentence: Sentence, found: Sequence[Mention]) -> Iterator[Mention]:
    """Yield mentions like "branch of Birch University", which have no name of their own."""
    text, start, end = sentence.text, sentence.tokens[0].start, sentence.tokens[-1].stop
    owners: dict[int, Mention] = {}
    for mention in found:
        if mention.kind == "organization":
            owners.setdefault(mention.start, mention)
    for match in _branch(sentence.language).finditer(text, start, end):
        owner = owners.get(match.end())
        if owner is not None and owner.type in ("University", "School", "ResearchInstitute"):
            name = clean(text[match.start() : owner.end])
            yield Mention(
                match.start(),
                owner.end,
                "organization",
                "JointFacility",
                name,
                parent=owner.start,
            )


def _called_branches(sentence: Sentence, found: Sequence[Mention]) -> Iterator[Mention]:
    """Yield mentions like "the KSU branch", called by the acronym of whose branch it is."""
    text, start, end = sentence.text, sentence.tokens[0].start, sentence.tokens[-1].stop
    taken = Cover((mention.start, mention.end) for mention in found)
    for match in _called_branch(sentence.language).finditer(text, start, end):
        if not taken.touches(*match.span()):
            yield Mention(*match.span(), "organization", "JointFacility", clean(match[0]))


@cache
def _called_branch(language: str) -> re.Pattern[str]:
    ends = either(language, "facilities", "branches")
    return re.compile(rf"\b(?P<owner>[A-Z]{{2,5}}U) (?:{ends})\b")


@cache
def _branch(language: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{either(language, 'facilities', 'branches')})\sof\s(?:the\s)?")


def _with_states(sentence: Sentence, found: list[Mention]) -> list[Mention]:
    """Join "People's Republic" and "of China" into one place."""
    text, start, end = sentence.text, sentence.tokens[0].start, sentence.tokens[-1].end
    for match in _state(sentence.language).finditer(text, start, end):
        country = next((m for m in found if m.kind == "place" and m.start == match.end()), None)
        full = text[match.start() : country.end] if country is not None else ""
        if country is None or lookup(full) is None:
            continue
        joined = replace(country, start=match.start(), name=clean(full))
        found = [m for m in found if not _is_inside(m, joined, country)] + [joined]
    return found


def _is_inside(place: Mention, joined: Mention, country: Mention) -> bool:
    """Whether a place is only a word of a state's full name."""
    return place.kind == "place" and joined.start <= place.start <= country.start


@cache
def _state(language: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{either(language, 'places', 'states')}) of ")


def _with_family_names(read: Sequence[Sentence], found: Sequence[Mention]) -> list[Mention]:
    """Add later mentions of people by a part of their name."""
    names = _parts_of_names(read, found)
    taken = Cover(
        [
            *((mention.start, mention.end) for mention in found),
            *(span for sentence in read for span in _capital_posts(sentence)),
        ]
    )
    recalled = [
        Mention(word.start, word.end, "person", "Person", word.text, sure=0.9)
        for sentence in read
        for word in sentence.tokens
        if word.text in names and not taken.touches(word.start, word.end)
    ]
    kept = [m for m in found if not (m.kind == "place" and m.sure <= 0.5 and m.name in names)]
    return kept + recalled


def _with_first_words(read: Sequence[Sentence], found: Sequence[Mention]) -> list[Mention]:
    """Add later mentions of universities by the word that tells them apart ("Hohai")."""
    named: dict[str, Mention] = {}
    for mention in found:
        first, _, rest = mention.name.partition(" ")
        if mention.type == "University" and rest and _tells_apart(first, read[0].language):
            named.setdefault(first, mention)
    people = {part for m in found if m.kind == "person" for part in m.name.split()}
    guesses = {m.start for m in found if m.kind == "place" and m.sure <= 0.5 and m.name in named}
    kept = [mention for mention in found if mention.start not in guesses]
    taken = Cover((mention.start, mention.end) for mention in kept)
    return kept + [
        Mention(
            word.start,
            word.end,
            "organization",
            "University",
            word.text,
            named[word.text].name,
            acronym=True,
        )
        for sentence in read
        for word in sentence.tokens
        if word.text in named
        and word.start > named[word.text].end
        and word.text not in people
        and not taken.touches(word.start, word.end)
    ]


def _tells_apart(word: str, language: str) -> bool:
    """Whether a word is the proper name of one university, not a place, a field or an acronym."""
    if not word.isalpha() or not word.istitle() or len(word) < 4:
        return False
    if lookup(word) or adjective(word) or posts.is_subject(word, language):
        return False
    common = (
        *listed(language, "organizations", "kinds"),
        *listed(language, "organizations", "stop"),
    )
    return word not in organizations.heads(language) and word not in common


def _parts_of_names(read: Sequence[Sentence], found: Sequence[Mention]) -> frozenset[str]:
    """Return the words by which the people of a text may be called again."""
    language = read[0].language if read else "en"
    return frozenset(
        part
        for mention in found
        if mention.kind == "person" and " " in mention.name
        for part in persons.surname_parts(mention.name, language)
    )
