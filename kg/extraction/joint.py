"""Which institutions of a text are joint facilities: what two set up together.

Names like "Confucius Institute" say so themselves; others only what is said of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extraction.abstracts import OPEN, ORGANIZATION, PLACE, Abstract
from kg.extraction.entities import Draft, Table
from kg.extraction.places import adjective, lookup

_SITES = ("University", "OrganizationalUnit", "Organization", "ResearchInstitute")
_SITE_NAME = re.compile(
    r"(?:Institute|Center|Centre|Laboratory|Lab|College|School|Campus|Branch|Base|Academy"
    r"|Hub|Studio|Farm|Greenhouse|Makerspace|Clinic|Incubator|Accelerator|Garden|Workshop"
    r"|Kazakhstan|China)$"
    r"|^(?:[A-Z][\w-]+ ){0,4}(?:Center|Centre|Laboratory|Lab|Base) (?:for|of|on) "
)
MADE = (
    r"\b(?:founded|established|set\sup|created|built|launched|opened|run|co-founded"
    r"|co-established|co-created|inaugurated|unveiled|initiated|sponsored)"
)
# "The center is jointly sponsored by A and B", of a site named before; "This joint laboratory".
_POINTED = re.compile(
    rf"\b(?:[Tt]he|[Tt]his)\s(?P<noun>[a-z]+)\s(?:was|is|has\sbeen|will\sbe)\s(?:a\s)?joint(?:ly\s{MADE})?"
    r"|\b[Tt]his\sjoint\s(?:[a-z]+\s)?(?P<kind>[a-z]+)\b"
)
# "X, Y and Z were established": what stands beside a joint facility is one, too.
_ROW = re.compile(
    rf"{ORGANIZATION}(?:,\s(?:the\s)?{ORGANIZATION})*,?\sand\s(?:the\s)?{ORGANIZATION}\s(?:were|have\sbeen)\s"
    rf"(?:[a-z]+ly\s)?{MADE}"
)
# "establish an X in cooperation with B"
_WITH = re.compile(
    r"\b(?:establish|open|create|launch|found|set(?:ting)?\sup|build)(?:ed|ing|s)?\s(?:of\s)?(?:the|an?|its)\s"
    rf"(?:[a-z]+\s){{0,2}}(?P<site>{ORGANIZATION})\s(?:[^.;{OPEN}]{{0,30}}?\s)?(?:in\s(?:cooperation|collaboration|partnership)"
    rf"|jointly|together)\swith\s(?:the\s)?{ORGANIZATION}"
)
_BACK = 2  # sentences in which a site was named that is pointed back to
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
_WILL = (
    r"(?:will|are\sto|is\sto|plan(?:s|ned)?\sto|intend\sto|agreed\sto)\s(?:[a-z]+ly\s)?"
    r"(?:establish|open|create|launch|found|set\sup|build)"
)
# "A and B will open the X", "A will open an X with B"
_WILL_ACT = re.compile(
    rf"{ORGANIZATION}\s(?:and|together\swith|jointly\swith)\s(?:(?:[a-z]+|{PLACE}'s)\s){{0,3}}{ORGANIZATION}\s"
    rf"{_WILL}\s(?:the|an?|their)\s(?:[a-z]+\s){{0,2}}(?P<site>{ORGANIZATION})"
)
_WILL_WITH = re.compile(
    rf"{ORGANIZATION}\s{_WILL}\s(?:the|an?|its)\s(?:[a-z]+\s){{0,2}}(?P<site>{ORGANIZATION})\s"
    rf"(?:\([^)]*\)\s)?with\s(?:the\s)?{ORGANIZATION}"
)
# "The X will be established under a memorandum between A and B."
UNDER = re.compile(
    rf"(?P<site>{ORGANIZATION})\s(?:(?:was|is|will\sbe|has\sbeen)\s)(?:[a-z]+ly\s)?{MADE}\s"
    r"(?:under|within|by|through|in\saccordance\swith|on\sthe\sbasis\sof|as\spart\sof)\s"
    rf"[^.;{OPEN}]{{0,60}}\bbetween\s(?:the\s)?{ORGANIZATION}[^.;]*?\sand\s(?:the\s)?{ORGANIZATION}"
)
# "B opened the X at K": what one institution sets up at another.
AT_ANOTHER = re.compile(
    rf"{ORGANIZATION}\s(?:have\s|has\s|will\s(?:soon\s)?(?:be\s)?)?(?:[a-z]+ly\s)?"
    rf"(?:{MADE}|setting\sup|opening|establishing|opens?|establish)\s(?:the|its|an?)\s(?:[a-z]+\s){{0,2}}"
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
    rf"\b(?:[Aa]greement|[Mm]emorandum|[Dd]eclaration|[Cc]ontract)\s(?:(?:on|for|to)\s|(?=[a-z]+ing\s))(?:(?:the\s)?(?:\w+\s)?"
    r"(?:establishment|creation|opening|founding|foundation)\sof\s"
    r"|(?:(?:establish|creat|open|found|co-build|build)(?:ing)?|set(?:ting)?\sup)\s)?"
    r"(?:the\s|an?\s)?(?:\w+\s)?"
    rf"(?P<site>{ORGANIZATION})"
)


_PATTERNS = (
    _JOINT, _NAMED, _ACTIVE, AT_ANOTHER, _MADE_BY, _JOINTLY, _PAPER, _WITH, _WILL_ACT, _WILL_WITH,
    UNDER,
)  # fmt: skip
_NO_SITE = re.compile(r"\b(?:Headquarters|Foundation|Association|Alliance|Conference)$")
_TWO = re.compile(r"(?P<one>[^\W\d_]+)[-–](?P<other>[^\W\d_]+)\b")


def _is_of_two_countries(name: str) -> bool:
    """Whether a name begins with two countries ("Sino-Kazakh …"), and is no university's."""
    found = _TWO.match(name)
    if found is None or re.search(r"\b(?:University|Academy|College|School)\b", name):
        return False
    one, other = (adjective(word) or lookup(word) for word in found.groups())
    return one is not None and other is not None and one.kind == other.kind == "country"


def _is_campus_abroad(name: str) -> bool:
    """Whether a name is that of a campus or branch in a country or city ("Lima Campus")."""
    place, _, kind = name.rpartition(" ")
    return kind in ("Campus", "Branch") and lookup(place) is not None


_BRANCH = re.compile(r"(?:(?P<at>.+?)\s)?[Bb]ranch(?:\sCampus|\scampus)?\sof\s(?:the\s)?(?P<of>.+)")


def _is_home_branch(draft: Draft, abstracts: Sequence[Abstract]) -> bool:
    """Whether a branch stands in the country after a place of which its university is named."""
    found = _BRANCH.fullmatch(draft.name)
    home = lookup(found["of"].split()[0]) if found is not None else None
    if found is None or home is None or home.country is None:
        return False
    seats = [lookup(found["at"])] if found["at"] else []
    for abstract in abstracts:
        for match in re.finditer(_IN, abstract.text):
            if abstract.draft(match["site"]) is draft:
                seats.append(lookup(abstract.verbatim(match["place"])))
    return any(seat is not None and seat.country == home.country for seat in seats)


_IN = rf"(?P<site>{ORGANIZATION})\sin\s(?:the\s)?(?P<place>{PLACE})"


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
        elif draft.type == "JointFacility" and _is_home_branch(draft, abstracts):
            draft.type = "OrganizationalUnit"
        elif _is_of_two_countries(draft.name) or _is_campus_abroad(draft.name):
            _join(draft)
    for number, abstract in enumerate(abstracts):
        _join_pointed(abstracts[max(0, number - _BACK) : number + 1])
        _join_rows(abstract)
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
        for pattern in _PATTERNS:
            for match in pattern.finditer(abstract.text):
                _join(abstract.draft(match["site"]), named=pattern is _JOINT)
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


def _join_pointed(lines: Sequence[Abstract]) -> None:
    """Join the site that the last of some sentences points back to and calls joint."""
    found = _POINTED.search(lines[-1].text)
    if found is None:
        return
    noun = (found["noun"] or found["kind"]).lower()
    for line in reversed(lines[:-1]):
        for draft in line.entities(ORGANIZATION):
            made = found["kind"] is not None and _is_opened(line, draft)
            if noun in draft.name.lower().split() or made:
                _join(draft, named=made)
                return


def _is_opened(line: Abstract, draft: Draft) -> bool:
    """Whether a sentence is about an institution that is opened."""
    opened = re.match(
        rf"[^.;{OPEN}]*(?:the\s)?(?P<site>{ORGANIZATION})\s(?:was|is)\s{MADE}", line.text
    )
    return opened is not None and line.draft(opened["site"]) is draft


def _join_rows(abstract: Abstract) -> None:
    for match in _ROW.finditer(abstract.text):
        sites = abstract.entities(ORGANIZATION, match.group())
        if any(site.type == "JointFacility" for site in sites):
            for site in sites:
                _join(site)


def _join(draft: Draft | None, *, named: bool = False) -> None:
    """Make an institution a joint facility where its name can be one's, or is `named` as one."""
    if draft is None or draft.type not in _SITES:
        return
    if named or _SITE_NAME.search(draft.name):
        draft.type = "JointFacility"
