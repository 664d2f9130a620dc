"""Sentences in which people and delegations stand as the institutions for which they act.

"P, rector of X, and Q, president of Y, signed" reads, once reduced, as "X and Y signed": one
grammar of who acts, so that rules about signing need to know institutions only.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from kg.extraction.abstracts import BODY, ORGANIZATION, PERSON, POST, Abstract
from kg.extraction.entities import Draft
from kg.extraction.lexicon import either
from kg.extraction.reading import Mention

_UNITS = ("OrganizationalUnit", "JointFacility", "PartyOrganization")

# A name that was not recognised ("Arden, the rector of X").
_NAME = rf"(?:{PERSON}|(?:[A-Z][\w.'-]+\s){{0,3}}[A-Z][\w.'-]+)"
_THE = r"(?:the\s|its\s|their\s)?"
_HEAD = rf"(?:(?:acting|first|then|former|new|current)\s)?{POST}(?:\s(?:and|–|-)\s{POST})?"
_OF = r"\s(?:of|at|from)\s(?:the\s)?"
_HOLDERS = re.compile(
    rf"(?:{_NAME},\s)?{_THE}{_HEAD}{_OF}(?P<after>{BODY})(?:,?\s{PERSON})?"  # P, rector of X
    rf"|(?:{PERSON},\s)?{POST},?\s(?P<beside>{ORGANIZATION})(?:\s{PERSON})?"  # rector X P
    rf"|(?P<before>{BODY})(?:'s)?\s(?:[a-z]+\s|pro\s)?{POST}(?:\s{POST})?\s{PERSON}"  # X's rector P
)
_PART = re.compile(
    rf"(?P<head>{ORGANIZATION})\s(?:of|at|under)\s(?:the\s)?(?P<whole>{ORGANIZATION})"
)


def headed(abstract: Abstract) -> Abstract:
    """Return a sentence in which "the centre X of the university Y" stands as X alone.

    An institution inside another acts for itself; a faculty or office does not.
    """

    def head(match: re.Match[str]) -> str:
        draft = abstract.draft(match["head"])
        small = draft is None or draft.type in _UNITS
        return match.group() if small else match["head"]

    return replace(abstract, text=_PART.sub(head, abstract.text))


def acting(abstract: Abstract, employers: Mapping[str, Draft], language: str) -> Abstract:
    """Return a sentence with institutions for their heads, delegations and people.

    Parameters
    ----------
    abstract : Abstract
        A sentence.
    employers : mapping
        By people's ids, the institutions for which they sign.
    language : str
        The language of the text.
    """
    text = _senders(language).sub(lambda m: m["body"], abstract.text)
    text = _HOLDERS.sub(lambda m: m["after"] or m["beside"] or m["before"], text)
    items, drafts = list(abstract.items), list(abstract.drafts)

    def institution(match: re.Match[str]) -> str:
        person = abstract.draft(match.group())
        own = employers.get(person.id) if person is not None else None
        if own is None:
            return match.group()
        at = abstract.item(match.group()).start
        items.append(Mention(at, at + 1, own.kind, own.type, own.name))
        drafts.append(own)
        return f"{match.group()[0]}O{len(items) - 1}{match.group()[-1]}"

    text = re.sub(PERSON, institution, text)
    return replace(abstract, text=text, items=tuple(items), drafts=tuple(drafts))


@cache
def _senders(language: str) -> re.Pattern[str]:
    guests = either(language, "agreements", "sides.guests")
    return re.compile(
        rf"\b(?:the\s)?(?:\w+\s)?(?:{guests}|management|leadership|administration)"
        rf"\s(?:of|from)\s(?:the\s)?(?P<body>{ORGANIZATION})"
    )
