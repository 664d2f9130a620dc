"""Which institutions of a text are joint facilities: what two set up together.

Names like "Confucius Institute" say so themselves; others only what is said of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extraction.abstracts import OPEN, ORGANIZATION, Abstract
from kg.extraction.entities import Draft, Table
from kg.extraction.places import adjective, lookup

_SITES = ("University", "OrganizationalUnit", "Organization", "ResearchInstitute")
_SITE_NAME = re.compile(
    r"(?:Institute|Center|Centre|Laboratory|Lab|College|School|Campus|Branch|Base|Academy"
    r"|Hub|Studio|Farm|Greenhouse|Makerspace|Clinic|Incubator|Accelerator|Garden|Workshop"
    r"|Kazakhstan|China)$"
    r"|^(?:[A-Z][\w-]+ ){0,3}(?:Center|Centre|Laboratory|Lab|Base) (?:for|of|on) "
)
MADE = (
    r"\b(?:founded|established|set\sup|created|built|launched|opened|run|co-founded"
    r"|co-established|co-created|inaugurated|unveiled)"
)
# "a joint X", "X, jointly established by A and B", "agreement on the establishment of X".
_JOINT = re.compile(rf"\bjoint\s(?P<site>{ORGANIZATION})")
# "a joint laboratory with Y, the X"; "A and B opened the X".
_NAMED = re.compile(
    rf"\bjoint\s(?:[a-z]+\s){{0,2}}[a-z]+(?:\swith\s(?:the\s)?{ORGANIZATION})?,?\s(?:called\s|named\s)?"
    rf"(?:the\s)?(?P<site>{ORGANIZATION})"
)
_ACTIVE = re.compile(
    rf"{ORGANIZATION}\s(?:and|together\swith|jointly\swith)\s(?:[a-z]+\s){{0,3}}{ORGANIZATION}\s"
    rf"(?:have\s|had\s)?(?:[a-z]+ly\s)?{MADE}\s[^.;{OPEN}]{{0,60}}(?P<site>{ORGANIZATION})"
)
# "B opened the X at K": what one institution sets up at another.
_AT_ANOTHER = re.compile(
    rf"{ORGANIZATION}\s(?:have\s|has\s)?(?:[a-z]+ly\s)?{MADE}\s(?:the|its|an?)\s(?:[a-z]+\s){{0,2}}"
    rf"(?P<site>{ORGANIZATION})\s(?:at|on\sthe\scampus\sof)\s(?:the\s)?{ORGANIZATION}"
)
_MADE_BY = re.compile(
    rf"(?P<site>{ORGANIZATION}),?\s(?:which\s)?(?:(?:was|is|were|has\sbeen)\s)?(?:[a-z]+ly\s)?"
    rf"{MADE}\s[^.;]{{0,40}}?by\s(?:the\s)?{ORGANIZATION}[^.;]{{0,60}}?\sand\s(?:the\s)?{ORGANIZATION}"
)
# "X, jointly established by our university and Y"
_JOINTLY = re.compile(
    rf"(?P<site>{ORGANIZATION}),?\s(?:which\s)?(?:(?:was|is|were|has\sbeen)\s)?jointly\s{MADE}\s"
    rf"[^.;]{{0,40}}?by\s(?:our|the)\s\w+\s(?:and|with)\s(?:the\s)?{ORGANIZATION}"
)
_PAPER = re.compile(
    rf"\b(?:[Aa]greement|[Mm]emorandum|[Dd]eclaration|[Cc]ontract)\s(?:on|for|to)\s(?:(?:the\s)?(?:\w+\s)?"
    r"(?:establishment|creation|opening|founding|foundation)\sof\s"
    r"|(?:(?:establish|creat|open|found|co-build|build)(?:ing)?|set(?:ting)?\sup)\s)?"
    r"(?:the\s|an?\s)?(?:\w+\s)?"
    rf"(?P<site>{ORGANIZATION})"
)


_NO_SITE = re.compile(r"\b(?:Headquarters|Foundation|Association|Alliance|Conference)$")
_TWO = re.compile(r"(?P<one>[^\W\d_]+)[-–](?P<other>[^\W\d_]+)\b")


def _is_of_two_countries(name: str) -> bool:
    """Whether a name begins with two countries ("Sino-Kazakh …"), and is no university's."""
    found = _TWO.match(name)
    if found is None or re.search(r"\b(?:University|Academy|College|School)\b", name):
        return False
    one, other = (adjective(word) or lookup(word) for word in found.groups())
    return one is not None and other is not None and one.kind == other.kind == "country"


def recognise(abstracts: Sequence[Abstract], table: Table) -> None:
    """Set the type of facilities that only what is said of them shows to be joint.

    "the branch X", "the AmberU Institute at Birch University", "X and Y set up the … Institute".
    """
    forms = {
        form: draft
        for draft in table.drafts
        if draft.kind == "organization"
        for form in draft.forms
        if " " not in form
    }
    for draft in table.drafts:
        if draft.type == "JointFacility" and _NO_SITE.search(draft.name):
            draft.type = "Organization"
        elif _is_of_two_countries(draft.name):
            _join(draft)
    for abstract in abstracts:
        for match in re.finditer(
            rf"\b(?:branch|campus)(?:,)?\s(?P<site>{ORGANIZATION})", abstract.text
        ):
            _join(abstract.draft(match["site"]))
        for match in re.finditer(
            rf"(?P<site>{ORGANIZATION})\s(?:at|in)\s(?:the\s)?(?P<host>{ORGANIZATION})",
            abstract.text,
        ):
            site, host = abstract.draft(match["site"]), abstract.draft(match["host"])
            owner = forms.get(site.name.split()[0]) if site is not None else None
            if owner is not None and owner is not host and owner is not site:
                _join(site)
        for pattern in (_JOINT, _NAMED, _ACTIVE, _AT_ANOTHER, _MADE_BY, _JOINTLY, _PAPER):
            for match in pattern.finditer(abstract.text):
                _join(abstract.draft(match["site"]))
        made = (
            rf"\b(?:set(?:ting)?\sup|establish(?:ed|ing)?|creat(?:ed"
            rf"|ing)|open(?:ed|ing)?|found(?:ed|ing)?|launch(?:ed|ing)?)\s(?:of\s)?(?:the|an?)\s"
            rf"(?:joint\s)?(?P<site>{ORGANIZATION})"
        )
        for match in re.finditer(made, abstract.text):
            if re.search(
                r"\b(?:joint|jointly|together|agreements?|memorandum|both|two)\b", abstract.text
            ):
                _join(abstract.draft(match["site"]))


def _join(draft: Draft | None) -> None:
    """Make an institution a joint facility where its name can be one's."""
    if draft is not None and draft.type in _SITES and _SITE_NAME.search(draft.name):
        draft.type = "JointFacility"
