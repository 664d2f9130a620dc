"""Mentions: the spans of a text that name a person, an organization, a place or an event.

Organizations and events come from the grammar of names, places from the gazetteer, people
from what names look like, from the words around them and from the entity recogniser.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from spacy.tokens import Doc

from kg.extraction import organizations, persons, posts
from kg.extraction.lexicon import alternatives, words
from kg.extraction.places import adjective, lookup
from kg.extraction.sentences import Word, sentences
from kg.extraction.sentences import words as tokenize


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that names something.

    ``short`` is the name without what a nested name adds to it; ``parent`` the start of the
    mention of the organization that it is a unit of; ``acronym`` whether it is one.
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
    sentences: tuple[tuple[int, int], ...]
    mentions: tuple[Mention, ...]
    posts: tuple[posts.Post, ...]


_LABELS = {
    "PERSON": "person",
    "ORG": "organization",
    "GPE": "place",
    "LOC": "place",
    "FAC": "organization",
}


def read(doc: Doc, language: str = "en") -> Reading:
    """Return all mentions of a text that the entity recogniser has seen."""
    text = doc.text
    spans = tuple(sentences(text))
    found: list[Mention] = []
    titles: list[posts.Post] = []
    labels = _recognised(doc)
    for start, end in spans:
        roles = list(posts.find(text, start, end, language))
        titles += roles
        found += _sentence(text, start, end, roles, labels, language)
    found = _recalled(text, spans, found, titles, language)
    return Reading(
        text, language, spans, tuple(sorted(found, key=lambda m: (m.start, -m.end))), tuple(titles)
    )


def _recognised(doc: Doc) -> dict[int, str]:
    """Map every character that a recognised entity covers to its kind."""
    labels: dict[int, str] = {}
    for entity in doc.ents:
        kind = _LABELS.get(entity.label_)
        if kind:
            labels.update(dict.fromkeys(range(entity.start_char, entity.end_char), kind))
    return labels


def _sentence(
    text: str,
    start: int,
    end: int,
    roles: Sequence[posts.Post],
    labels: dict[int, str],
    language: str,
) -> list[Mention]:
    tokens = tokenize(text, start, end)
    barred = [(role.start, role.end) for role in roles if text[role.start].isupper()]
    barred += [match.span() for match in _honorifics(language).finditer(text, start, end)]
    barred += [match.span() for match in _calendar().finditer(text, start, end)]
    grammar = organizations.Grammar(text, tokens, barred, language)
    found: list[Mention] = []
    for name in grammar.names():
        if not any(m.kind == "event" and m.start <= name.start < m.end for m in found):
            found += _named(text, name, language)
    found += _branches(text, start, end, found)
    covered = [(mention.start, mention.end) for mention in found]
    for run in grammar.runs:
        rest = [word for word in run if not _inside(word, covered)]
        if rest:
            found += _other(text, rest, roles, labels, language, tokens)
    return _with_states(text, found, tokens, language)


def _named(text: str, name: organizations.Name, language: str) -> list[Mention]:
    """Return the mentions of a name and of the names nested in it."""
    short = text[name.start : name.short_end]
    inner = _named(text, name.inner, language) if name.inner is not None else []
    head = short.replace("’", "'")
    event = _event_type(head, language)
    if organizations.generic(language).match(head) or organizations.generic(language).match(
        text[name.start : name.end]
    ):
        return inner
    if event is not None:
        year = re.search(r"\b(?:\d{4}[–-])?\d{4} $", text[: name.start])
        start = year.start() if year else name.start
        end = _quoted_end(text, name.end)
        return [Mention(start, end, "event", event, _clean(text[start:end])), *inner]
    within = inner[0].type if inner and inner[0].kind == "organization" else None
    type = organizations.classify(_clean(short), within, language)
    parent = inner[0].start if within is not None else None
    full = _clean(text[name.start : name.end])
    mention = Mention(
        name.start, name.end, "organization", type, full, _clean(short) if inner else None, parent
    )
    return [mention, *inner, *_places_inside(text, name, language)]


def _quoted_end(text: str, end: int) -> int:
    """Return the end of the quoted title right behind an event's name, or the name's own end."""
    title = re.compile(r"\s[“\"«][^”\"»\n]{3,150}[”\"»]").match(text, end)
    return title.end() if title else end


def _branches(text: str, start: int, end: int, found: Sequence[Mention]) -> list[Mention]:
    """Return mentions like "branch of Turan University", which have no name of their own."""
    branches = []
    for match in re.compile(r"\bbranch(?:\scampus)?\sof\s(?:the\s)?").finditer(text, start, end):
        owner = next(
            (m for m in found if m.start == match.end() and m.kind == "organization"), None
        )
        if owner is not None:
            name = _clean(text[match.start() : owner.end])
            branches.append(
                Mention(
                    match.start(),
                    owner.end,
                    "organization",
                    "JointFacility",
                    name,
                    None,
                    owner.start,
                )
            )
    return branches


def _event_type(name: str, language: str) -> str | None:
    """Return the type of event that a name's head makes it, or None for an organization."""
    if re.search(r"Luban Workshop|People's Congress|General Assembly", name):
        return None
    base = re.split(r" (?:of|on|for|in|under) ", name)[0].split()
    return organizations.event_heads(language).get(base[-1]) if base else None


def _places_inside(text: str, name: organizations.Name, language: str) -> list[Mention]:
    """Return the place behind "of" or "in" at the end of an official name."""
    for join in re.compile(r" (?:of|in) (?:the )?").finditer(text, name.start, name.short_end):
        rest = text[join.end() : name.short_end]
        place = lookup(rest)
        if place is not None and place.kind != "area":
            return [Mention(join.end(), name.short_end, "place", "Place", _clean(rest))]
    return []


def _other(
    text: str,
    run: list[Word],
    roles: Sequence[posts.Post],
    labels: dict[int, str],
    language: str,
    tokens: Sequence[Word],
) -> list[Mention]:
    """Decide what a capitalised run is that the grammar of organizations left alone."""
    start, end = run[0].start, run[-1].end
    name = _clean(text[start:end])
    parts = [word.text for word in run]
    if organizations.generic(language).match(name):
        return []
    if name in organizations.known(language):
        type = organizations.known(language)[name]
        return [Mention(start, end, "organization", type, name, acronym=_is_acronym(name))]
    if len(parts) == 1 and adjective(parts[0]) is not None:
        return []
    place = _as_place(text, run, language)
    if place is not None:
        return [place]
    if parts[0] in words(language, "organizations")["not_organizations"]:
        return []
    if _is_acronym(parts[-1]) and len(run) <= 2:
        sure = 0.5 if _majority(labels, start, end) != "organization" else 0.7
        return [Mention(start, end, "organization", "Organization", name, acronym=True, sure=sure)]
    if _is_branded(parts, language):
        type = organizations.classify(parts[0], None, language)
        return [Mention(start, end, "organization", type, name, sure=0.7)]
    return _person_or_label(text, run, roles, labels, language, tokens)


def _is_branded(parts: list[str], language: str) -> bool:
    """Whether a country follows the name of a company or an acronym ("Huawei Kazakhstan")."""
    brand = parts[0] in organizations.known(language) or _is_acronym(parts[0])
    country = lookup(" ".join(parts[1:])) if len(parts) > 1 else None
    return brand and country is not None


def _as_place(text: str, run: list[Word], language: str) -> Mention | None:
    lexicon = words(language, "places")
    start, end = run[0].start, run[-1].end
    name = _clean(text[start:end])
    small = re.compile(rf"\s(?:{'|'.join(lexicon['small'])})\b").match(text, run[-1].stop)
    if lookup(name) is not None:
        if small and not run[-1].possessive and lookup(name + small.group()) is not None:
            end = small.end()
        return Mention(start, end, "place", "Place", _clean(text[start:end]))
    if (
        len(run) > 1
        and run[-1].text in lexicon["heads"]
        and run[-1].text not in ("Republic", "State")
    ):
        return Mention(start, end, "place", "Place", name, sure=0.8)
    if small and not run[-1].possessive and lookup(name + small.group()) is not None:
        return Mention(start, small.end(), "place", "Place", _clean(text[start : small.end()]))
    return None


def _person_or_label(
    text: str,
    run: list[Word],
    roles: Sequence[posts.Post],
    labels: dict[int, str],
    language: str,
    tokens: Sequence[Word],
) -> list[Mention]:
    start, end = run[0].start, run[-1].end
    parts = [word.text for word in run]
    name = _clean(text[start:end])
    label = _majority(labels, start, end)
    looks = persons.strength(parts, language)
    titled = _is_titled(text, start, end, roles, language)
    evidence = looks + (0.45 if label == "person" else 0.0) + (0.55 if titled else 0.0)
    evidence -= 0.3 if label in ("organization", "place") and looks < 0.6 else 0.0
    if len(run) == 1:
        evidence -= 0.15
        if not titled and looks < 0.6:
            evidence -= 0.5
    split = _split_person(text, run, roles, labels, language, tokens)
    if split:
        return split
    shouted = any(part.isupper() and len(part) > 3 and "." not in part for part in parts)
    if evidence >= 0.5 and len(run) <= 5 and not shouted:
        return [Mention(start, end, "person", "Person", name, sure=min(1.0, evidence))]
    if label == "place" and lookup(parts[-1]) is None and looks < 0.6 and len(parts) <= 3:
        return [Mention(start, end, "place", "Place", name, sure=0.5)]
    return []


def _split_person(
    text: str,
    run: list[Word],
    roles: Sequence[posts.Post],
    labels: dict[int, str],
    language: str,
    tokens: Sequence[Word],
) -> list[Mention]:
    """Find a place or acronym and a person that stand in one run ("PRC Xi Jinping")."""
    first = [
        word
        for word in run[:1]
        if lookup(word.text) or adjective(word.text) or _is_acronym(word.text)
    ]
    if not first or len(run) < 3 or persons.strength([run[0].text], language) > 0.5:
        return []
    head = _other(text, first, roles, labels, language, tokens)
    return head + _person_or_label(text, run[1:], roles, labels, language, tokens)


def _is_titled(text: str, start: int, end: int, roles: Sequence[posts.Post], language: str) -> bool:
    """Whether an honorific or a post stands right before the name, or a post right behind it."""
    before = text[max(0, start - 40) : start]
    if _honorifics(language).search(before) and re.search(r"[\w.]\s*$", before):
        if re.search(rf"(?:{_honorific_words(language)})\.?\s*$", before):
            return True
    for role in roles:
        gap = text[role.end : start]
        if role.end <= start and len(gap) <= 3 and gap.strip() in ("", ",") and not role.plural:
            return True
        behind = re.fullmatch(r"\s(?:of|at)\s(?:the\s)?[^,.;:()]{3,120}\s", gap)
        if role.end < start and behind and organizations.ends_in_name(gap, language):
            return True
        gap = text[end : role.start]
        if (
            end <= role.start
            and len(gap) <= 24
            and re.fullmatch(
                r"(?:,|\s?[(–—-]|, who (?:is|was)|, being)\s?(?:the |an? |its |their |also )?(?:[a-z]+['’]s )?",
                gap,
            )
        ):
            return True
    return False


def _with_states(
    text: str, found: list[Mention], tokens: Sequence[Word], language: str
) -> list[Mention]:
    """Join "People's Republic" and "of China" into one place."""
    states = words(language, "places")["states"]
    joined = list(found)
    for match in re.compile(rf"\b(?:{alternatives(states)}) of ").finditer(
        text, tokens[0].start if tokens else 0, tokens[-1].end if tokens else 0
    ):
        for mention in found:
            if mention.kind == "place" and mention.start == match.end():
                full = text[match.start() : mention.end]
                if lookup(full) is not None:
                    joined = [
                        other
                        for other in joined
                        if not match.start() <= other.start <= mention.start
                        or other.kind != "place"
                    ]
                    joined.append(replace(mention, start=match.start(), name=_clean(full)))
    return joined


def _recalled(
    text: str,
    spans: Iterable[tuple[int, int]],
    found: list[Mention],
    roles: Sequence[posts.Post],
    language: str,
) -> list[Mention]:
    """Add later mentions of people by a part of their name."""
    owners: dict[str, Mention] = {}
    for mention in found:
        if mention.kind == "person" and " " in mention.name:
            for part in persons.surname_parts(mention.name, language):
                owners.setdefault(part, mention)
    taken = [(mention.start, mention.end) for mention in found]
    taken += [(role.start, role.end) for role in roles if text[role.start].isupper()]
    extra: list[Mention] = []
    for start, end in spans:
        for word in tokenize(text, start, end):
            if word.text in owners and not _inside(word, taken):
                extra.append(Mention(word.start, word.end, "person", "Person", word.text, sure=0.9))
    kept = [m for m in found if not (m.kind == "place" and m.sure <= 0.5 and m.name in owners)]
    return kept + extra


def _majority(labels: dict[int, str], start: int, end: int) -> str | None:
    kinds = [labels.get(position) for position in range(start, end)]
    best = max(set(kinds), key=kinds.count)
    return best if kinds.count(best) * 2 >= len(kinds) else None


def _inside(word: Word, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start < word.end and word.start < end for start, end in spans)


def _clean(name: str) -> str:
    name = " ".join(name.replace("’", "'").split())
    return re.sub(r"^[\"“”«»']+|(?<![\"“«][^\"“”«»])[“«]+$", "", name)


def _is_acronym(word: str) -> bool:
    return (
        bool(re.fullmatch(r"[A-ZА-Я][A-Za-zА-Яа-я]*[A-ZА-Я][A-Za-zА-Яа-я]*", word))
        and 2 <= len(word) <= 9
    )


@cache
def _honorific_words(language: str) -> str:
    return alternatives(words(language, "roles")["honorifics"])


@cache
def _honorifics(language: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_honorific_words(language)})\b\.?(?=\s)")


@cache
def _calendar() -> re.Pattern[str]:
    months = "January|February|March|April|May|June|July|August|September|October|November|December"
    days = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
    return re.compile(rf"\b(?:{months}|{days})\b")
