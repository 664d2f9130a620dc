"""What a text is about at a given place: who "the university", "its" and "the rector" mean."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice

from kg.extraction.abstracts import ORGANIZATION, PERSON, PLACE, Abstract
from kg.extraction.entities import Draft, Table
from kg.extraction.lexicon import Phrases, alternatives, cue, either, listed, words
from kg.extraction.persons import is_chinese, is_steppe
from kg.extraction.places import Place, adjective, countries_named, lookup
from kg.extraction.posts import Post
from kg.extraction.record import Span

# What was told of more sentences ago is not meant by a short phrase any more.
_REACH = 200
# Where family names have Turkic and Slavic endings.
_STEPPE = ("KZ", "KG", "UZ", "TJ", "TM", "RU", "BY", "UA", "AZ")
_NUMBER = re.compile(r"\s(?:no\.?\s?|№\s?|#)?\d+$")
_ACADEMIC = ("University", "School")
_ACTORS = ("University", "School", "ResearchInstitute", "Company", "Organization")
_SIDES = (*_ACTORS, "GovernmentBody")
_HOSTS = ("University", "School", "ResearchInstitute", "GovernmentBody", "Company")


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
        self.language = language
        self._abstracts = tuple(abstracts)
        self._text = text
        self._sentences = tuple(sentences)
        self._cues = _cues(language)
        named = ((mention.start, draft) for draft in table.drafts for mention in draft.mentions)
        self._named = sorted(named, key=lambda pair: pair[0])
        self._senders: dict[int, tuple[Draft, ...]] = {}
        self._guests: dict[Draft, set[Draft]] | None = None

    def told_of(self, draft: Draft, offset: int) -> bool:
        """Whether an entity was named more than once before an offset, or just before it.

        As the institution of a lecturer or graduate it was not told of.
        """
        line = bisect_left(self._sentences, offset, key=lambda span: span[0])
        near = self._sentences[max(0, line - 3)][0] if self._sentences else 0
        before = [
            mention.start
            for mention in draft.mentions
            if mention.start < offset and not self._is_aside(mention.start)
        ]
        return len(before) > 1 or any(start >= near for start in before)

    def before(self, offset: int) -> str:
        """Return the few words of the text before an offset."""
        return self._text[max(0, offset - 60) : offset]

    def _is_aside(self, start: int) -> bool:
        return self._cues.minor.search(self.before(start)) is not None

    def definite(
        self,
        noun: str,
        abstract: Abstract,
        at: int,
        country: str | None = None,
        person: Draft | None = None,
    ) -> Draft | None:
        """Return the last entity that "the <noun>" can mean.

        With an adjective of a country ("the Kazakh university") it is one whose name tells that
        country.
        """
        offset = abstract.offset(at)
        if noun in words(self.language, "discourse")["places"]:
            return self._place(noun, offset)
        types = words(self.language, "discourse")["nouns"].get(noun.removesuffix("s"), ())
        place = adjective(country) if country else None
        if place is not None:
            told = self._salient(abstract, offset)
            of_it = (d for d in told if place.country in countries_named(d.name))
            return next((d for d in of_it if d.type in types), None)
        whichever = noun in listed(self.language, "discourse", "institutions")
        fitting: Draft | None = None
        # Whoever visits "the university" is not of it.
        visited = self._cues.visited.search(abstract.text[:at])
        for draft in self._earlier(abstract) if visited else self._salient(abstract, offset):
            if not self.may_serve(person, draft):
                continue
            typed = draft.type in types
            if is_headed(draft, noun) or (typed and whichever):
                return draft
            fitting = fitting or (draft if typed else None)
        return fitting

    def topic(self, abstract: Abstract, at: int) -> Draft | None:
        """Return what "its" means: the first organization of this sentence or of the last."""
        here = _organizations(self._between(abstract.span[0], abstract.offset(at)))
        told = (draft for draft in (*here, *self._earlier(abstract)) if draft.type != "Media")
        return next(told, None)

    def pair(self, abstract: Abstract, at: int) -> list[Draft]:
        """Return what "the two universities" or "both sides" mean: the two last told of."""
        told = self._salient(abstract, abstract.offset(at))
        return _first_two(d for d in told if d.type in _SIDES and not self.is_part(d))

    def several(self, count: int, abstract: Abstract, at: int) -> list[Draft]:
        """Return what "the three partners" mean: those of the last sentence that names so many."""
        offset = abstract.offset(at)
        spans = [(abstract.span[0], offset), *self._backwards(self._line(abstract))]
        for start, end in spans:
            inside = dict.fromkeys(_organizations(self._between(start, end)))
            actors = [d for d in inside if d.type in _ACTORS and not self.is_part(d)]
            if len(actors) >= count:
                return actors[:count]
        return []

    def whole(self, draft: Draft) -> Draft:
        """Return the institution in whose name a unit's own name stands, else the draft itself."""
        for mention in draft.mentions:
            outer = self.table.whole(mention)
            if outer is not None and outer is not draft:
                return self.whole(outer)
        return draft

    def sides(self, abstract: Abstract, at: int, employers: Mapping[str, Draft]) -> list[Draft]:
        """Return what "both sides" mean: the institutions of those named last before.

        Institutions come from the sentences before, the nearest sentence that names two first:
        universities and the like themselves, and those for which its people act.
        """
        two = self._cues.two_places.search(abstract.text)
        if two is not None:
            kind = Phrases(words(self.language, "discourse")["two_places"])[two.group()]
            before = self._before(abstract.offset(at))
            return _first_two(draft for draft in before if _is_place_of(draft, kind))
        both = self.guests_and_hosts(abstract, _SIDES)
        if both:
            return both
        found: dict[Draft, None] = {}
        for start, end in self._backwards(self._line(abstract) + 1):
            for draft in self._between(start, end):
                side = employers.get(draft.id) if draft.kind == "person" else draft
                side = self.whole(side) if side is not None else None
                if side is not None and side.type in _SIDES and not self.is_part(side):
                    found.setdefault(side)
            if len(found) > 1:
                return list(found)[:2]
        return self.pair(abstract, at)

    def guests_and_hosts(self, abstract: Abstract, types: Sequence[str]) -> list[Draft]:
        """Return those who sent the guests just told of, and where these are; nothing without."""
        line = self._line(abstract)
        spans = self._sentences[max(0, line - 2) : line + 1]
        if not any(self._cues.guests.search(self._text, *span) for span in spans):
            return []
        sent = (self.sends(other) for other in range(line, max(-1, line - _REACH), -1))
        sender = next((draft for senders in sent for draft in senders), None)
        told = self._salient(abstract, abstract.span[0])
        hosts = (d for d in told if d.type in types and d is not sender and not self.is_part(d))
        host = next(hosts, None)
        return [] if sender is None or host is None else self.in_order([sender, host])

    def in_order(self, drafts: Sequence[Draft]) -> list[Draft]:
        """Return entities in the order in which the text names them first."""
        return [draft for draft in self.table.drafts if draft in drafts]

    def host(
        self, abstract: Abstract, at: int, unit: Draft, person: Draft | None = None
    ) -> Draft | None:
        """Return the institution that a unit without "of" belongs to by its context.

        `person` is somebody with a post in the unit, whose name may rule institutions out.
        """
        sender = self.sender(abstract)
        if sender is not None and sender is not unit and self.may_serve(person, sender):
            return sender
        receiver = self._receiver() if self._cues.welcomes.search(abstract.text[:at]) else None
        if receiver is not None and self.may_serve(person, receiver):
            return receiver
        academic = unit.type == "PartyOrganization" or self._cues.academic.search(unit.name)
        wholes = _ACADEMIC if academic else _HOSTS
        for draft in self._salient(abstract, abstract.offset(at)):
            fits = draft.type in wholes and draft is not unit and not self.is_part(draft)
            if fits and self.may_serve(person, draft):
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
        if not self.lists(abstract):
            return None
        line = self._line(abstract)
        for other in range(line, max(-1, line - _REACH), -1):
            senders = self.sends(other)
            if senders:
                return senders[0]
        return None

    def lists(self, abstract: Abstract) -> bool:
        """Whether a sentence lists who belongs to a delegation."""
        return self._cues.lists_delegation.search(abstract.text) is not None

    def institution(
        self, abstract: Abstract, at: int, post: Post, person: Draft | None = None
    ) -> Draft | None:
        """Return the institution that a post without "of" belongs to by its context.

        A person whose name is of another country than the institution's has no post there.
        """
        offset = abstract.offset(at)
        if self._cues.of_missions.search(post.head):
            told = self._salient(abstract, offset)
            return next((draft for draft in told if draft.type == "DiplomaticMission"), None)
        if self._cues.of_ministries.search(post.head):
            ministries = tuple(listed(self.language, "discourse", "ministries"))
            told = self._salient(abstract, offset)
            return next((draft for draft in told if draft.name.startswith(ministries)), None)
        here = _organizations(self._between(abstract.span[0], offset))[::-1]
        here = [draft for draft in here if self.may_serve(person, draft)]
        of_unit = self._cues.of_units.search(post.head)
        if of_unit and (unit := self._unit(abstract, offset, person)) is not None:
            return unit
        if self._cues.of_universities.search(post.head):
            return self._university(abstract, here, post, person)
        if here and self._cues.of_bodies.search(post.head):
            return here[0]
        return None

    def _unit(self, abstract: Abstract, offset: int, person: Draft | None) -> Draft | None:
        """Return the faculty or school that was named last, in this sentence or the one before."""
        since = self._sentences[max(0, self._line(abstract) - 1)][0]
        told = [d for d in self._between(since, offset) if d.type == "OrganizationalUnit"]
        told = [d for d in told if self._cues.academic.search(d.name)]
        return next((d for d in told[::-1] if self.may_serve(person, self.whole(d))), None)

    def may_serve(self, person: Draft | None, draft: Draft) -> bool:
        """Whether a person's name and an institution's allow a post that only the context tells.

        Reports on two countries name people of both: a Chinese name does not go with a
        university of a Kazakh city, nor the other way round.
        """
        if person is None:
            return True
        countries = countries_named(" ".join((*draft.forms, draft.modifier or "")))
        if len(countries) != 1:
            return True
        words = person.name.split()
        if countries[0] == "CN":
            return not is_steppe(words, self.language)
        return not (countries[0] in _STEPPE and is_chinese(words, self.language))

    def _university(
        self, abstract: Abstract, here: Sequence[Draft], post: Post, person: Draft | None
    ) -> Draft | None:
        """Return the university or school of a rector, from this sentence or those before."""
        welcome = self._cues.welcomes.search(abstract.text)
        if welcome and person in abstract.entities(PERSON, abstract.text[: welcome.end()]):
            return None  # a guest
        if welcome:
            visited = next(
                (d for d in here if d.type in _ACADEMIC and self._visited(d, abstract)), None
            )
            return visited or self._receiver()
        sender = self.sender(abstract)
        if sender is not None and self.may_serve(person, sender):
            own = (d for d in here if d.type == "University" and not self.is_part(d))
            return next(own, sender)
        for draft in here:
            if draft.type in _ACADEMIC:
                return draft
        deputy = self._cues.deputies.search(post.role)
        of_state = post.head in listed(self.language, "discourse", "posts.of_states")
        if of_state and not deputy and not self._is_academic(person):
            return None
        guest = self._visited_by(person) if person is not None else set()
        told = (d for d in self._earlier(abstract) if d.type in _ACADEMIC and d not in guest)
        return next((d for d in told if self.may_serve(person, d)), None)

    def _visited_by(self, person: Draft) -> set[Draft]:
        """Return the institutions that a person is said to visit: who visits has no post there."""
        if self._guests is None:
            self._guests = defaultdict(set)
            for abstract in self._abstracts:
                for visit in self._cues.visits.finditer(abstract.text):
                    visited = abstract.entities(ORGANIZATION, abstract.text[visit.end() :])
                    for guest in abstract.entities(PERSON, abstract.text[: visit.start()]):
                        self._guests[guest].update(visited)
        return self._guests.get(person, set())

    def _is_academic(self, person: Draft | None) -> bool:
        """Whether a president can be a university's, being no known head of state."""
        if person is None:
            return False
        rulers = listed(self.language, "discourse", "posts.rulers")
        return rulers.isdisjoint(word for form in person.forms for word in form.split())

    def _visited(self, draft: Draft, abstract: Abstract) -> bool:
        """Whether a sentence says that an institution is visited, before it says who receives."""
        visit = self._cues.visits.search(abstract.text)
        named = (
            m.start() for m in abstract.all(ORGANIZATION) if abstract.draft(m.group()) is draft
        )
        return visit is not None and any(start > visit.start() for start in named)

    def _receiver(self) -> Draft | None:
        """Return who receives guests: the first institution of the text that sent nobody."""
        senders = {draft for line in range(len(self._abstracts)) for draft in self.sends(line)}
        return next((d for _, d in self._named if d.type in _ACADEMIC and d not in senders), None)

    def _line(self, abstract: Abstract) -> int:
        """Return the number of a sentence."""
        return bisect_left(self._sentences, abstract.span)

    def _between(self, start: int, end: int) -> list[Draft]:
        """Return the entities named in a span, in order."""
        first = bisect_left(self._named, start, key=lambda pair: pair[0])
        behind = bisect_left(self._named, end, lo=first, key=lambda pair: pair[0])
        return [draft for _, draft in self._named[first:behind]]

    def _before(self, offset: int) -> Iterator[Draft]:
        """Yield the entities named before an offset, the latest first."""
        line = bisect_left(self._sentences, offset, key=lambda span: span[0])
        since = self._sentences[max(0, line - _REACH)][0] if self._sentences else 0
        yield from reversed(self._between(since, offset))

    def _backwards(self, line: int) -> Iterator[Span]:
        """Yield the sentences before the one of this number, the nearest first."""
        yield from reversed(self._sentences[max(0, line - _REACH) : line])

    def _salient(self, abstract: Abstract, offset: int) -> Iterator[Draft]:
        """Yield organizations by how likely a later phrase means them.

        First those of the same sentence, the nearest first; then of each sentence before it,
        the first named there first: what a sentence begins with is what it is about.
        """
        yield from reversed(_organizations(self._between(abstract.span[0], offset)))
        yield from self._earlier(abstract)

    def _earlier(self, abstract: Abstract) -> Iterator[Draft]:
        """Yield the organizations of the sentences before, by what those are about."""
        for start, end in self._backwards(self._line(abstract)):
            inside = _organizations(self._between(start, end))
            yield from inside[::-1] if self._cues.visits.search(self._text, start, end) else inside

    def _place(self, noun: str, offset: int) -> Draft | None:
        kind = words(self.language, "discourse")["places"][noun]
        for draft in self._before(offset):
            place = lookup(draft.name) if draft.kind == "place" else None
            if place is not None and place.kind == kind:
                return draft
        return None

    def sends(self, line: int) -> tuple[Draft, ...]:
        """Return the institutions whose delegations a sentence names."""
        if line not in self._senders:
            abstract = self._abstracts[line]
            text = abstract.with_plurals(listed(self.language, "discourse", "sent"))
            self._senders[line] = tuple(
                draft
                for pattern in (self._cues.sent, self._cues.sent_by, self._cues.was_sent)
                for match in pattern.finditer(text)
                if (draft := abstract.draft(match["body"])) is not None and not self.is_part(draft)
            )
        return self._senders[line]

    def is_part(self, draft: Draft) -> bool:
        """Whether a name is that of a unit ("Institute of …" without more)."""
        return self._cues.parts.match(draft.name) is not None


def _organizations(drafts: Sequence[Draft]) -> list[Draft]:
    return [draft for draft in drafts if draft.kind == "organization"]


def _first_two(drafts: Iterator[Draft]) -> list[Draft]:
    """Return the first two different entities."""
    found: dict[Draft, None] = {}
    new = (draft for draft in drafts if draft not in found)
    for draft in islice(new, 2):
        found[draft] = None
    return list(found)


def _is_place_of(draft: Draft, kind: str) -> bool:
    """Whether an entity is a place of the gazetteer's kind."""
    place = lookup(draft.name) if draft.kind == "place" else None
    return place is not None and place.kind == kind


def is_headed(draft: Draft, noun: str) -> bool:
    """Whether an entity's name is built on a noun."""
    name = _NUMBER.sub("", draft.name.lower())  # "Alder Lyceum No. 4"
    return name.split(" of ", 1)[0].split(" for ", 1)[0].endswith(noun)


@dataclass(frozen=True, slots=True)
class _Cues:
    """The patterns of a language for what points back, or says where the text goes on."""

    visits: re.Pattern[str]
    visited: re.Pattern[str]
    academic: re.Pattern[str]
    parts: re.Pattern[str]
    two_places: re.Pattern[str]
    lists_delegation: re.Pattern[str]
    sent: re.Pattern[str]
    sent_by: re.Pattern[str]
    was_sent: re.Pattern[str]
    guests: re.Pattern[str]
    of_ministries: re.Pattern[str]
    of_universities: re.Pattern[str]
    of_missions: re.Pattern[str]
    of_units: re.Pattern[str]
    of_bodies: re.Pattern[str]
    deputies: re.Pattern[str]
    welcomes: re.Pattern[str]
    minor: re.Pattern[str]


@cache
def _cues(language: str) -> _Cues:
    def any(key: str) -> str:
        return rf"(?:{either(language, 'discourse', key)})"

    def post(key: str) -> re.Pattern[str]:
        return cue(language, "discourse", f"posts.{key}")

    delegation = any("delegations")
    return _Cues(
        visits=re.compile(rf"\b{any('visits')}\b"),
        visited=re.compile(rf"\b{any('visits')}\s$"),
        academic=re.compile(rf"\b{any('academic')}\b"),
        parts=re.compile(rf"{any('parts')} (?:of|for)\b"),
        two_places=re.compile(
            rf"\b(?:{alternatives(words(language, 'discourse')['two_places'])})\b", re.IGNORECASE
        ),
        lists_delegation=re.compile(
            rf"\b{delegation}\s(?:also\s)?(?:{any('consists')}\b|of\s\w+:)|\b{any('listing')}\b"
        ),
        sent=re.compile(
            rf"\b{any('sent')}\s(?:\w+\s){{0,3}}?(?:from|of)\s(?:the\s)?(?P<body>{ORGANIZATION})"
        ),
        sent_by=re.compile(rf"(?P<body>{ORGANIZATION})(?:'s)?\s{any('sent_by')}\b"),
        was_sent=re.compile(
            rf"\b{any('was_sent')}\s(?:the\s)?(?:{PLACE}'s\s)?(?P<body>{ORGANIZATION})"
        ),
        guests=re.compile(rf"\b{any('guests')}\b"),
        of_ministries=post("of_ministries"),
        of_universities=post("of_universities"),
        of_missions=post("of_missions"),
        of_units=post("of_units"),
        of_bodies=post("of_bodies"),
        deputies=re.compile(any("posts.deputies"), re.IGNORECASE),
        minor=re.compile(
            rf"\b(?:{either(language, 'agreements', 'sides.minor')})\s(?:of|from|at)\s(?:the\s)?$"
        ),
        welcomes=re.compile(
            rf"\b(?i:{any('guests')}|{any('welcomed')})\b[^.;]{{0,60}}\b{any('received_by')}\b"
        ),
    )
