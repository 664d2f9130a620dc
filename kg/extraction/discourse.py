"""What a text is about at a given place: who "the university", "its" and "the rector" mean."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from kg.extraction.abstracts import ORGANIZATION, Abstract
from kg.extraction.entities import Draft, Table
from kg.extraction.places import Place, lookup
from kg.extraction.posts import Post
from kg.extraction.record import Span

_NOUNS = {
    "university": ("University",),
    "institute": ("University", "ResearchInstitute", "JointFacility", "OrganizationalUnit"),
    "academy": ("University", "ResearchInstitute"),
    "college": ("University", "OrganizationalUnit"),
    "institution": ("University", "ResearchInstitute", "School"),
    "school": ("School", "OrganizationalUnit", "University"),
    "ministry": ("GovernmentBody",),
    "department": ("GovernmentBody", "OrganizationalUnit"),
    "office": ("GovernmentBody", "OrganizationalUnit"),
    "embassy": ("DiplomaticMission",),
    "consulate": ("DiplomaticMission",),
    "company": ("Company",),
    "corporation": ("Company",),
    "alliance": ("Association",),
    "association": ("Association",),
    "museum": ("Organization",),
    "center": ("OrganizationalUnit", "Organization", "JointFacility", "ResearchInstitute"),
    "centre": ("OrganizationalUnit", "Organization", "JointFacility", "ResearchInstitute"),
    "branch": ("JointFacility", "OrganizationalUnit"),
    "faculty": ("OrganizationalUnit",),
    "workshop": ("JointFacility",),
    "foundation": ("Organization",),
    "organization": ("InternationalOrganization", "Organization", "Association"),
}
_UNIVERSITY_POSTS = re.compile(
    r"rector|provost|chancellor|dean|lecturer|chairm?\w* of the (?:management )?board|member of the (?:management )?board|assistant president|vice-president|president|vice-principal|principal"
)
# In "X visited Y" the text goes on at Y: "the university" behind it is Y.
_VISIT = re.compile(r"\b(?:visited|visit to|arrived at|came to)\b")
_ACADEMIC = re.compile(
    r"\b(?:Faculty|School|College|Institute|Graduate|Academic|Division|International)\b"
)
_LISTS_DELEGATION = re.compile(
    r"\b(?:group|delegation|team)\s(?:was|is|were|included|includes|consisted|comprised|of\s\w+:)"
    r"|\bmembers\sof\sthe\sdelegation|\bcame\swith|\btravel(?:l)?ed\b|\bdelegation\sof\s\w+:|\baccompanied\b"
)
_SENDERS = (
    re.compile(
        rf"\b(?:delegation|representatives|group|team|members)\s(?:\w+\s){{0,3}}?(?:from|of)\s(?:the\s)?(?P<body>{ORGANIZATION})"
    ),
    re.compile(rf"(?P<body>{ORGANIZATION})(?:'s)?\s(?:delegation|representatives|team)\b"),
)
_PLACE_NOUNS = ("city", "region", "province", "country", "republic", "oblast", "state")


class Discourse:
    """Answers what a definite phrase means, from what was named before it.

    Parameters
    ----------
    table : Table
        The entities of the text.
    abstracts : sequence of Abstract
        Its sentences with placeholders.
    text : str
        The text.
    sentences : sequence of (start, end)
        The spans of its sentences.
    language : str
        Language of the text.
    """

    def __init__(
        self,
        table: Table,
        abstracts: Sequence[Abstract],
        text: str,
        sentences: Sequence[Span],
        language: str = "en",
    ):
        self.table = table
        self.abstracts = tuple(abstracts)
        self.text = text
        self.sentences = tuple(sentences)
        self.language = language
        self._named = sorted(
            ((mention.start, draft) for draft in table.drafts for mention in draft.mentions),
            key=lambda pair: pair[0],
        )

    def before(self, position: int) -> list[Draft]:
        """Return the entities named before an offset, the latest first."""
        return [draft for start, draft in reversed(self._named) if start < position]

    def offset(self, abstract: Abstract, at: int) -> int:
        """Return the offset in the text of a place in an abstract, to the nearest mention."""
        seen = len(re.findall("\ue000", abstract.text[:at]))
        return abstract.items[seen].start if seen < len(abstract.items) else abstract.span[1]

    def definite(self, noun: str, abstract: Abstract, at: int) -> Draft | None:
        """Return the last entity that "the <noun>" can mean."""
        offset = self.offset(abstract, at)
        if noun in _PLACE_NOUNS:
            return self._place(noun, offset)
        types = _NOUNS.get(noun.removesuffix("s"), ())
        for draft in self._salient(abstract, offset):
            headed = draft.name.lower().split(" of ")[0].split(" for ")[0].endswith(noun)
            if headed or (draft.type in types and noun in ("university", "institution")):
                return draft
        return next((d for d in self._salient(abstract, offset) if d.type in types), None)

    def _salient(self, abstract: Abstract, offset: int) -> list[Draft]:
        """Return organizations by how likely a later phrase means them.

        First those of the same sentence, the nearest first; then of each sentence before it,
        the first named there first: what a sentence begins with is what it is about.
        """
        here = [d for start, d in reversed(self._named) if abstract.span[0] <= start < offset]
        ordered = [d for d in here if d.kind == "organization"]
        for start, end in reversed(
            [span for span in self.sentences if span[1] <= abstract.span[0]]
        ):
            inside = [d for at, d in self._named if start <= at < end and d.kind == "organization"]
            ordered += reversed(inside) if _VISIT.search(self.text, start, end) else inside
        return ordered

    def topic(self, abstract: Abstract, at: int) -> Draft | None:
        """Return what "its" means: the first organization of this sentence or of the last."""
        offset = self.offset(abstract, at)
        here = [d for start, d in self._named if abstract.span[0] <= start < offset]
        inside = [d for d in here if d.kind == "organization"]
        if inside:
            return inside[0]
        earlier = self._salient(abstract, abstract.span[0])
        return earlier[0] if earlier else None

    def pair(self, abstract: Abstract, at: int) -> list[Draft]:
        """Return what "the two universities" or "both sides" mean: the two last told of."""
        offset = self.offset(abstract, at)
        types = (
            "University",
            "GovernmentBody",
            "School",
            "ResearchInstitute",
            "Company",
            "Organization",
        )
        ordered = [
            d for d in self._salient(abstract, offset) if d.type in types and not _is_part(d)
        ]
        return list({id(draft): draft for draft in ordered}.values())[:2]

    def sides(self, abstract: Abstract, at: int, employers: Mapping[str, Draft]) -> list[Draft]:
        """Return what "both sides" mean: the institutions of those named last before.

        Institutions come from the sentences before, the nearest sentence that names two first:
        universities and the like themselves, and those for which its people act.
        """
        if re.search(r"\bthe two (?:regions|provinces|cities|countries)\b", abstract.text):
            offset = self.offset(abstract, at)
            return list({id(d): d for d in self.before(offset) if d.kind == "place"}.values())[:2]
        spans = [span for span in self.sentences if span[1] <= abstract.span[1]]
        found: dict[int, Draft] = {}
        for start, end in reversed(spans):
            inside = [d for where, d in self._named if start <= where < end]
            for draft in inside:
                side = employers.get(draft.id) if draft.kind == "person" else draft
                if (
                    side is not None
                    and side.type
                    in ("University", "School", "ResearchInstitute", "Company", "Organization")
                    and not _is_part(side)
                ):
                    found.setdefault(id(side), side)
            if len(found) > 1:
                break
        return list(found.values())[:2] if len(found) > 1 else self.pair(abstract, at)

    def host(self, abstract: Abstract, at: int, unit: Draft) -> Draft | None:
        """Return the institution that a unit without "of" belongs to by its context."""
        offset = self.offset(abstract, at)
        wholes = ("University", "School", "ResearchInstitute", "GovernmentBody", "Company")
        if unit.type == "PartyOrganization" or _ACADEMIC.search(unit.name):
            wholes = ("University", "School")
        sender = self.sender(abstract)
        if sender is not None and sender is not unit:
            return sender
        candidates = self._salient(abstract, offset)
        return next(
            (d for d in candidates if d.type in wholes and d is not unit and not _is_part(d)), None
        )

    def _place(self, noun: str, offset: int) -> Draft | None:
        kinds = {"city": "city", "country": "country", "republic": "country", "state": "country"}
        for draft in self.before(offset):
            place = lookup(draft.name) if draft.kind == "place" else None
            if place is not None and place.kind == kinds.get(noun, "region"):
                return draft
        return None

    def country(self, place: Place) -> Draft | None:
        """Return the entity for a country, if the text names it anywhere."""
        for draft in self.table.drafts:
            if draft.kind == "place" and lookup(draft.name) == place:
                return draft
        return None

    def sender(self, abstract: Abstract) -> Draft | None:
        """Return whose delegation a sentence lists ("The group was made up of …"), if it does."""
        if not _LISTS_DELEGATION.search(abstract.text):
            return None
        until = [other for other in self.abstracts if other.span[0] <= abstract.span[0]]
        for other in reversed(until):
            for pattern in _SENDERS:
                for match in pattern.finditer(other.text):
                    draft = other.draft(match["body"])
                    if draft is not None and not _is_part(draft):
                        return draft
        return None

    def institution(self, abstract: Abstract, at: int, post: Post) -> Draft | None:
        """Return the institution that a post without "of" belongs to by its context."""
        offset = self.offset(abstract, at)
        if re.search(r"minister", post.head):
            found = [d for d in self._salient(abstract, offset) if d.name.startswith("Ministry")]
            return found[0] if found else None
        here = [d for d in self._salient(abstract, offset) if self._first(d, abstract) < offset]
        if self.sender(abstract) is not None and _UNIVERSITY_POSTS.search(post.head):
            here = [d for d in here if not _is_part(d) and d.type == "University"]
            return here[0] if here else self.sender(abstract)
        if re.search(r"director|head|chair|secretary", post.head) and not _UNIVERSITY_POSTS.search(
            post.head
        ):
            return here[0] if here else None
        if not _UNIVERSITY_POSTS.search(post.head):
            return None
        for draft in here:
            if draft.type in ("University", "School"):
                return draft
        if post.head == "president" and not re.search(r"(?i)vice|assistant", post.role):
            return None
        sender = self.sender(abstract)
        if sender is not None:
            return sender
        earlier = self._salient(abstract, abstract.span[0])
        return next((d for d in earlier if d.type in ("University", "School")), None)

    def _first(self, draft: Draft, abstract: Abstract) -> int:
        return min((m.start for m in draft.mentions if m.start >= abstract.span[0]), default=10**9)


def _is_part(draft: Draft) -> bool:
    """Whether a name is that of a unit ("Institute of …" without more)."""
    pattern = r"(?:Department|Faculty|School|College|Institute|Office|Division|Center|Centre) (?:of|for)\b"
    return bool(re.match(pattern, draft.name))
