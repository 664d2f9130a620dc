"""Names that only the words around them make names of organizations.

A legal form before a quotation (JSC "Steppe Steel"), a noun beside one (the "Bridge"
foundation), and universities described in lower case ("Karaganda state technical university").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from kg.extraction import lexicon, organizations
from kg.extraction.lexicon import either, listed
from kg.extraction.places import adjective, lookup
from kg.extraction.posts import is_subject
from kg.extraction.reading import Mention, clean
from kg.extraction.record import Span

_WORDS = r"[A-ZÀ-ÞА-ЯЁ][^\s\"“”«»„!?;:]*(?:\s[^\s\"“”«»„!?;:]+){0,5}"
_QUOTATION = rf"[\"“«„](?P<name>{_WORDS})[\"”»“]"


def described(text: str, span: Span, found: Sequence[Mention], language: str) -> list[Mention]:
    """Return the mentions of a sentence with the organizations that descriptions name.

    Where a quotation holds just a name found before, its mention takes in the legal form.
    """
    kept = list(found)
    rules = (_quoted, _lower, _units, _missions, _sites)
    for new in (mention for rule in rules for mention in rule(text, span, language)):
        inside = [m for m in kept if new.start <= m.start and m.end <= new.end]
        known = (m for m in inside if m.kind == "organization" and m.name == new.name)
        same = next(known, None)
        if same is not None:
            kept[kept.index(same)] = replace(same, start=new.start, end=new.end)
        else:
            kept = [m for m in kept if m not in inside] + [new]
    return kept


def _quoted(text: str, span: Span, language: str) -> Iterator[Mention]:
    """Yield what a quotation with a legal form before it, or a noun beside it, names."""
    forms, nouns = _quotation(language)
    types = lexicon.typed(language, "organizations", "quoted")
    for match in (*forms.finditer(text, *span), *nouns.finditer(text, *span)):
        noun = match["noun"] if match.re is nouns else None
        name = clean(match["name"])
        own = organizations.classify(name, None, language)
        type = own if own != "Organization" else types[noun] if noun else "Company"
        yield Mention(match.start(), match.end(), "organization", type, name)


@cache
def _quotation(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    forms = either(language, "organizations", "forms")
    nouns = lexicon.alternatives(lexicon.typed(language, "organizations", "quoted"))
    return (
        re.compile(rf"\b(?:{forms})\s{_QUOTATION}"),
        re.compile(rf"{_QUOTATION}\s(?:[a-z]+\s){{0,2}}?(?P<noun>{nouns})\b"),
    )


def _lower(text: str, span: Span, language: str) -> Iterator[Mention]:
    """Yield universities whose names go on in lower case behind a proper name."""
    for match in _university(language).finditer(text, *span):
        first = match["first"].split()
        if len(first) == 1 and (adjective(first[0]) or first[0] in _common(language)):
            continue
        yield Mention(*match.span(), "organization", "University", clean(match.group()))


def _units(text: str, span: Span, language: str) -> Iterator[Mention]:
    """Yield "foreign relations department" where somebody heads it."""
    for match in _unit(language).finditer(text, *span):
        if all(
            is_subject(word, language) for word in match["about"].lower().split() if word != "and"
        ):
            name = clean(match["name"])
            yield Mention(*match.span("name"), "organization", "OrganizationalUnit", name)


@cache
def _unit(language: str) -> re.Pattern[str]:
    heads = either(language, "organizations", "lower.units")
    return re.compile(
        rf"\b(?i:head|director|chief)\sof\s(?:the\s|its\s|their\s)?(?:[a-z]+['’]s?\s)?"
        rf"(?P<name>(?P<about>[A-Za-z][a-z]+\s(?:[a-z]+\s){{0,3}})(?:{heads}))\b(?!\sat\s)"
    )


def _missions(text: str, span: Span, language: str) -> Iterator[Mention]:
    """Yield "Chinese embassy in Peru" and "embassy of Peru", written in lower case."""
    for match in _mission(language).finditer(text, *span):
        if adjective(match["of"] or "") or lookup(match["place"] or ""):
            name = clean(match.group())
            yield Mention(*match.span(), "organization", "DiplomaticMission", name)


@cache
def _mission(language: str) -> re.Pattern[str]:
    heads = either(language, "organizations", "lower.missions")
    return re.compile(
        rf"\b(?:(?P<of>[A-Z]\w+)\s(?:{heads})\b(?:\sin\s(?:the\s)?[A-Z]\w+)?"
        rf"|(?:{heads})\sof\s(?:the\s)?(?P<place>[A-Z]\w+)\b(?:\sin\s[A-Z]\w+)?)"
    )


def _sites(text: str, span: Span, language: str) -> Iterator[Mention]:
    """Yield news sites named as sources: "the portal city.example reports"."""
    for match in _site(language).finditer(text, *span):
        yield Mention(*match.span("name"), "organization", "Media", match["name"])


@cache
def _site(language: str) -> re.Pattern[str]:
    nouns = either(language, "organizations", "source_nouns")
    says = either(language, "organizations", "source_says")
    name = r"[a-z][a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,8}"
    return re.compile(rf"\b(?:(?:{nouns})|told)\s(?P<name>{name})\b(?=\s(?:{says})|[.,])")


@cache
def _university(language: str) -> re.Pattern[str]:
    ranks = either(language, "organizations", "lower.ranks")
    heads = either(language, "organizations", "lower.heads")
    capital = r"[A-ZÀ-Þ][\w.’'-]+"
    return re.compile(
        rf"(?P<first>\b{capital}(?:\s{capital}){{0,2}})\s(?:(?:{ranks})\s){{1,4}}(?:{heads})\b"
    )


@cache
def _common(language: str) -> frozenset[str]:
    """Return the words that begin sentences, not names."""
    return listed(language, "organizations", "stop") | listed(
        language, "organizations", "first_stop"
    )
