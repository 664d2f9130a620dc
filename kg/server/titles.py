"""Titles that the graph made up, in the words of another language; names in them stay as they are.

The graph calls what the reports give no name by its kind, with whom or where, and when: "Visit in
China, 17 June 2023". Kinds, the joining words and months are vocabulary. A name that a report
gives is no such title, even if it begins alike, and is left alone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extraction.record import AGREEMENT_TYPES, EVENT_TYPES

if TYPE_CHECKING:
    from kg.server.texts import Catalogue

_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_DAY = rf"(?:(?:\d{{1,2}} )?(?:{_MONTH})(?: \d{{4}})?|\d{{4}})"
_DATE = rf"(?P<date>{_DAY}(?: – {_DAY})?)"
_PAPERS = "|".join((*AGREEMENT_TYPES, "Document"))
_GATHERINGS = "|".join(EVENT_TYPES)
_MADE = (
    re.compile(rf"(?P<kind>{_PAPERS}) between (?P<names>.+?)(?:, {_DATE})?"),
    re.compile(rf"(?P<kind>{_PAPERS}|{_GATHERINGS}) of (?P<names>.+?), {_DATE}"),
    re.compile(rf"(?P<kind>{_GATHERINGS}) in (?P<names>.+?)(?:, {_DATE})?"),
    re.compile(rf"(?P<kind>{_PAPERS}|{_GATHERINGS}), {_DATE}"),
    re.compile(r"(?P<kind>[a-z][a-z -]*?) of (?P<names>[A-Z].*)"),
)
"""The last is what somebody is, such as "president of" an institution."""
_IN_A_DATE = re.compile(rf"(?P<day>\d{{1,2}} )?(?P<month>{_MONTH})")
_OTHERS = " and others"


def title(words: Catalogue, text: str) -> str:
    """Return a title in the words of a catalogue, or as it is where it is a name.

    Parameters
    ----------
    words : Catalogue
        The catalogue; one without months leaves all as it is.
    text : str
        The title.
    """
    if "month" not in words.words:
        return text
    whole = words.word(text)
    if whole != text:
        return whole
    for pattern in _MADE:
        found = pattern.fullmatch(text)
        if found is not None and (kind := words.word(found["kind"])) != found["kind"]:
            return _told(words, kind, found.groupdict())
    return text


def _told(words: Catalogue, kind: str, parts: dict[str, str | None]) -> str:
    names, date = parts.get("names") or "", parts.get("date")
    if names.endswith(_OTHERS):
        names = f"{names.removesuffix(_OTHERS)} {words('title.others')}"
    elif names.count(" and ") == 1:  # else one may be of a name
        names = names.replace(" and ", f" {words('title.and')} ")
    said = f"{kind[0].upper()}{kind[1:]}: {names}" if names else f"{kind[0].upper()}{kind[1:]}"
    return f"{said}, {dated(words, date)}" if date else said


def dated(words: Catalogue, date: str) -> str:
    """Return a date with its months in the words of a catalogue."""
    if "month" not in words.words:
        return date

    def month(found: re.Match[str]) -> str:
        group = "month-of" if found["day"] else "month"
        return (found["day"] or "") + words(f"{group}.{found['month']}")

    return _IN_A_DATE.sub(month, date)
