"""What a run of capitalised words is that the grammar of organizations has left alone.

A well-known body, a place, an acronym, a company's branch in a country, or a person: an
ordered list of rules, of which each answers or abstains.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Span as DocSpan

from kg.extraction import organizations, persons
from kg.extraction.lexicon import either, listed
from kg.extraction.naming import Run
from kg.extraction.organizations import is_acronym
from kg.extraction.places import adjective, lookup
from kg.extraction.posts import Post, is_subject
from kg.extraction.reading import Mention, clean
from kg.extraction.record import Span
from kg.extraction.sentences import Word
from kg.extraction.spans import overlapping

_LABELS = {
    "PERSON": "person",
    "ORG": "organization",
    "GPE": "place",
    "LOC": "place",
    "FAC": "organization",
}
# Between a name and the post that follows it: "P, R", "P (R", "P, who is the R".
_BEFORE_POST = re.compile(
    r"(?:,|\s?[(–—-]|, who (?:is|was)|, being)\s?(?:the |an? |its |their |also )?"
    r"(?:[a-z]+['’]s |[A-Z][a-z]+ )?"
)
# Between a post and its holder: "Rector of the Birch University P".
_BODY_BETWEEN = re.compile(r"\s(?:of|at)\s(?:the\s)?[^,.;:()]{3,120}\s")


# Behind a city in brackets: its country.
_IN_BRACKETS = re.compile(r",\s(?P<land>[A-Z][\w ]+)\)")


class Labels:
    """What the entity recogniser has seen where.

    Parameters
    ----------
    entities : iterable of spacy.tokens.Span
        Its entities, in order and disjoint; those of other kinds are left out.
    """

    def __init__(self, entities: Iterable[DocSpan]):
        kept = [entity for entity in entities if entity.label_ in _LABELS]
        self._spans: list[Span] = [(entity.start_char, entity.end_char) for entity in kept]
        self._kinds = [_LABELS[entity.label_] for entity in kept]

    def majority(self, start: int, end: int) -> str | None:
        """Return the kind that at least half of the characters of a span are labelled with."""
        covered: dict[str, int] = {}
        for index in overlapping(self._spans, start, end):
            first, last = self._spans[index]
            kind = self._kinds[index]
            covered[kind] = covered.get(kind, 0) + min(last, end) - max(first, start)
        best = max(covered, key=lambda kind: covered[kind], default=None)
        return best if best is not None and covered[best] * 2 >= end - start else None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with what is known of it before names are told apart."""

    text: str  # the whole text, into which all offsets point
    tokens: list[Word]
    posts: list[Post]
    labels: Labels
    language: str


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A run of capitalised words in its sentence."""

    sentence: Sentence
    run: Run

    @property
    def start(self) -> int:
        return self.run[0].start

    @property
    def end(self) -> int:
        return self.run[-1].end

    @property
    def name(self) -> str:
        return clean(self.sentence.text[self.start : self.end])

    @property
    def parts(self) -> list[str]:
        return [word.text for word in self.run]

    @property
    def language(self) -> str:
        return self.sentence.language

    @property
    def label(self) -> str | None:
        """What the entity recogniser takes it for."""
        return self.sentence.labels.majority(self.start, self.end)

    def mention(self, kind: str, type: str, sure: float, *, acronym: bool = False) -> Mention:
        return Mention(self.start, self.end, kind, type, self.name, acronym=acronym, sure=sure)


def decide(sentence: Sentence, run: Run) -> list[Mention]:
    """Return the mentions that a run of capitalised words is, most often one or none."""
    candidate = _Candidate(sentence, run)
    for rule in _RULES:
        found = rule(candidate)
        if found is not None:
            return found
    return []


def _generic(candidate: _Candidate) -> list[Mention] | None:
    """Leave out phrases that only look like names."""
    return [] if organizations.generic(candidate.language).match(candidate.name) else None


def _well_known(candidate: _Candidate) -> list[Mention] | None:
    known = organizations.known(candidate.language)
    if adjective(candidate.parts[0]) is not None and candidate.name not in known:
        candidate = _Candidate(candidate.sentence, candidate.run[1:] or candidate.run)
    type = known.get(candidate.name)
    if type is None:
        return None
    acronym = is_acronym(candidate.name)
    return [candidate.mention("organization", type, 1.0, acronym=acronym)]


def _namesake(candidate: _Candidate) -> list[Mention] | None:
    """Leave out whom something is named after."""
    before = candidate.sentence.text[max(0, candidate.start - 14) : candidate.start]
    return [] if re.search(r"named (?:after|for) $", before) else None


def _land(candidate: _Candidate) -> list[Mention] | None:
    """Leave out mountains, lakes and the like."""
    return [] if candidate.parts[0] in listed(candidate.language, "places", "land") else None


def _adjective(candidate: _Candidate) -> list[Mention] | None:
    """Leave out a country's adjective that stands alone."""
    alone = len(candidate.run) == 1
    return [] if alone and adjective(candidate.parts[0]) is not None else None


def _place(candidate: _Candidate) -> list[Mention] | None:
    """Take what the gazetteer knows, with a small "province" behind it, or what says it is one."""
    name, last = candidate.name, candidate.run[-1]
    small = _small(candidate.language).match(candidate.sentence.text, last.stop)
    widened = small is not None and not last.possessive and lookup(name + small.group())
    if small is not None and widened:
        whole = clean(candidate.sentence.text[candidate.start : small.end()])
        return [Mention(candidate.start, small.end(), "place", "Place", whole)]
    place = lookup(name)
    if place is not None and not (place.kind == "city" and _is_short(name)):
        return [candidate.mention("place", "Place", 1.0)]
    if small is not None and _is_unknown_land(candidate):
        whole = clean(candidate.sentence.text[candidate.start : small.end()])
        return [Mention(candidate.start, small.end(), "place", "Place", whole, sure=0.8)]
    if _is_seat_of_land(candidate):
        return [candidate.mention("place", "Place", 0.8)]
    heads = listed(candidate.language, "places", "heads")
    heads -= listed(candidate.language, "places", "not_alone")
    if len(candidate.run) > 1 and last.text in heads:
        return [candidate.mention("place", "Place", 0.8)]
    return None


def _is_unknown_land(candidate: _Candidate) -> bool:
    """Whether what a small "province" stands behind is no name of anything else."""
    last = candidate.run[-1]
    if len(candidate.run) > 2 or last.possessive or is_acronym(last.text):
        return False
    common = (
        *organizations.heads(candidate.language),
        *listed(candidate.language, "organizations", "kinds"),
    )
    return not any(
        part in common or is_subject(part, candidate.language) or adjective(part) is not None
        for part in candidate.parts
    )


def _is_seat_of_land(candidate: _Candidate) -> bool:
    """Whether brackets hold just a name and its country: "(Gaya, Peru)"."""
    text = candidate.sentence.text
    land = _IN_BRACKETS.match(text, candidate.end)
    opened = text[: candidate.start].endswith("(") and not is_acronym(candidate.parts[-1])
    return opened and land is not None and lookup(land["land"]) is not None


def _is_short(name: str) -> bool:
    """Whether a name is an acronym that also is a little town's name ("TSU")."""
    return name.isupper() and len(name) < 5


@cache
def _small(language: str) -> re.Pattern[str]:
    return re.compile(rf"\s(?:{either(language, 'places', 'small')})\b")


def _source(candidate: _Candidate) -> list[Mention] | None:
    """Take who is named as the source of news: ", A reports", "the portal A writes"."""
    text, start, end = candidate.sentence.text, candidate.start, candidate.end
    says = either(candidate.language, "organizations", "source_says")
    nouns = either(candidate.language, "organizations", "source_nouns")
    said = re.compile(rf"\s(?:has\s)?(?:{says})\b(?!\sthat)").match(text, end)
    led = re.compile(rf"(?:,|”,|\",|\b(?:{nouns}))\s$").search(text, max(0, start - 24), start)
    if said is None or led is None or len(candidate.run) > 2 or _is_titled(candidate):
        return None
    if persons.strength(candidate.parts, candidate.language) >= 0.6:
        return None
    return [candidate.mention("organization", "Media", 0.8)]


def _no_organization(candidate: _Candidate) -> list[Mention] | None:
    """Leave out acronyms of other things (degrees, examinations, currencies)."""
    others = listed(candidate.language, "organizations", "not_organizations")
    return [] if candidate.parts[0] in others else None


def _acronym(candidate: _Candidate) -> list[Mention] | None:
    if len(candidate.run) > 2 or not is_acronym(candidate.parts[-1]):
        return None
    if len(candidate.run) > 1 and candidate.parts[-1].isupper() and _is_named(candidate):
        return None  # a family name in capitals
    if candidate.parts[0] in listed(candidate.language, "organizations", "first_stop"):
        candidate = _Candidate(candidate.sentence, candidate.run[-1:])  # "Eleven TRUM students"
    academic = _is_academic(candidate)
    type = "University" if academic else "Organization"
    acts = academic or _acts(candidate) or candidate.label == "organization"
    return [candidate.mention("organization", type, 0.7 if acts else 0.5, acronym=True)]


def _is_academic(candidate: _Candidate) -> bool:
    """Whether an acronym is a university's: "KazTU", "the rector of TRQ"."""
    word, language = candidate.parts[-1], candidate.language
    if re.search(r"[a-z][A-Z]+U$", word):
        return True
    heads = {post.head for post in candidate.sentence.posts if _is_beside(post, candidate)}
    if not heads.isdisjoint(listed(language, "organizations", "acronym_posts")):
        return True
    told = _acts(candidate) or bool(heads)
    return told and "U" in word and len(word) > 2 and _speaks_of_universities(candidate)


def _acts(candidate: _Candidate) -> bool:
    """Whether the words around an acronym say that an institution is meant."""
    text, start, end = candidate.sentence.text, candidate.start, candidate.end
    before, behind = _around_acronyms(candidate.language)
    if any(_is_beside(post, candidate) for post in candidate.sentence.posts):
        return True
    return bool(before.search(text, max(0, start - 60), start) or behind.match(text, end))


def _is_beside(post: Post, candidate: _Candidate) -> bool:
    """Whether a post is that of an acronym: "R of A", "A R", "A's R"."""
    text = candidate.sentence.text
    if post.end <= candidate.start:
        return (
            re.fullmatch(r"\s(?:of|at)\s(?:the\s)?", text[post.end : candidate.start]) is not None
        )
    return re.fullmatch(r"(?:['’]s)?\s", text[candidate.end : post.start]) is not None


def _speaks_of_universities(candidate: _Candidate) -> bool:
    """Whether the text says "university" or the like near an acronym."""
    nearby = candidate.sentence.text[max(0, candidate.start - 1_500) : candidate.end + 1_500]
    return re.search(r"universit|rector|student|professor", nearby, re.IGNORECASE) is not None


@cache
def _around_acronyms(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    members = either(language, "organizations", "acronym_members")
    verbs = either(language, "organizations", "acronym_verbs")
    deeds = either(language, "organizations", "acronym_deeds")
    return (
        re.compile(rf"\b(?i:(?:{members})\s(?:of|from|at)|{verbs})\s(?:the\s)?$"),
        re.compile(rf"(?:['’]s)?\s(?:{members})\b|\s(?:officially\s|jointly\s)?(?:{deeds})\b"),
    )


def _branded(candidate: _Candidate) -> list[Mention] | None:
    """Take a country behind the name of a company or an acronym ("Siemens Kazakhstan")."""
    brand, *rest = candidate.parts
    known = brand in organizations.known(candidate.language) or is_acronym(brand)
    company = organizations.known(candidate.language).get(brand) == "Company"
    if not (known and rest and (company or lookup(" ".join(rest)) is not None)):
        return None
    type = organizations.classify(brand, None, candidate.language)
    return [candidate.mention("organization", type, 0.7)]


def _split(candidate: _Candidate) -> list[Mention] | None:
    """Part a place or acronym and the person behind it in one run ("PRC Li Na")."""
    first, *rest = candidate.run
    owner = _of_post(candidate) and persons.is_initial(candidate.parts[1])
    named = owner or lookup(first.text) or adjective(first.text) or is_acronym(first.text)
    if len(rest) < 2 or not named or persons.strength([first.text], candidate.language) > 0.5:
        return None
    if rest[0].text in listed(candidate.language, "places", "heads"):  # "Alder Region Li Na"
        return [
            *decide(candidate.sentence, candidate.run[:2]),
            *decide(candidate.sentence, rest[1:]),
        ]
    behind = _Candidate(candidate.sentence, rest)
    people = _split(behind) or _person(behind) or _labelled_place(behind) or []
    whole = decide(candidate.sentence, [first])
    if owner and any(mention.kind == "person" for mention in whole):
        whole = [_Candidate(candidate.sentence, [first]).mention("place", "Place", 0.6)]
    return [*whole, *people] or None


def _of_post(candidate: _Candidate) -> bool:
    """Whether "R of" stands before words: the first of them says of what ("… of Gaya V. Amin")."""
    gaps = (candidate.sentence.text[p.end : candidate.start] for p in candidate.sentence.posts
            if p.end <= candidate.start)  # fmt: skip
    return len(candidate.run) > 2 and any(gap.split() == ["of"] for gap in gaps)


def _person(candidate: _Candidate) -> list[Mention] | None:
    parts = candidate.parts
    loud = [part.isupper() and len(part) > 3 and "." not in part for part in parts]
    shouted = any(loud) and not (_is_named(candidate) and len(parts) > 1 and sum(loud) == 1)
    evidence = _evidence(candidate)
    numbered = any(part[0].isdigit() for part in parts)
    if evidence < 0.5 or len(parts) > 5 or shouted or numbered or _is_field(candidate):
        return None
    return [candidate.mention("person", "Person", min(1.0, evidence))]


def _is_named(candidate: _Candidate) -> bool:
    """Whether anything but the letters says that words name a person."""
    looks = persons.strength(candidate.parts, candidate.language)
    return looks >= 0.8 or candidate.label == "person" or _is_titled(candidate)


def _is_field(candidate: _Candidate) -> bool:
    """Whether words end in what institutions or degrees are about ("Technical Sciences")."""
    last, looks = candidate.parts[-1], persons.strength(candidate.parts, candidate.language)
    fields = listed(candidate.language, "organizations", "subjects")
    fields |= listed(candidate.language, "organizations", "venues")
    heads = organizations.heads(candidate.language)
    return looks < 0.8 and (last in fields or last in heads or last.removesuffix("s") in heads)


def _evidence(candidate: _Candidate) -> float:
    """Return how much speaks for a person: the words, the recogniser, a post or honorific."""
    looks = persons.strength(candidate.parts, candidate.language)
    label = candidate.label
    titled = _is_titled(candidate)
    evidence = looks + (0.45 if label == "person" else 0.0) + (0.55 if titled else 0.0)
    doubted = label in ("organization", "place") and looks < 0.6 and not _is_full_name(candidate)
    evidence -= 0.3 if doubted else 0.0
    if len(candidate.run) == 1:
        evidence -= 0.15
        evidence -= 0.5 if not titled and looks < 0.6 else 0.0
    return evidence


def _is_full_name(candidate: _Candidate) -> bool:
    """Whether two words or more have a post right before or behind: "R P", "R of X P", "P, R"."""
    return len(candidate.run) > 1 and any(
        _holds_before(post, candidate)
        or re.match(r",\s(?:the\s|an?\s)?$", candidate.sentence.text[candidate.end : post.start])
        for post in candidate.sentence.posts
    )


def _labelled_place(candidate: _Candidate) -> list[Mention] | None:
    """Take what only the entity recogniser knows for a place."""
    parts = candidate.parts
    if candidate.label != "place" or len(parts) > 3 or lookup(parts[-1]) is not None:
        return None
    if all(lookup(half) is not None for half in candidate.name.split("-")):
        return None  # "Peru-Chile relations"
    if parts[-1] in organizations.heads(candidate.language):
        return None
    looks = persons.strength(parts, candidate.language)
    return [candidate.mention("place", "Place", 0.5)] if looks < 0.6 else None


_RULES = (
    _generic,
    _namesake,
    _land,
    _well_known,
    _adjective,
    _source,
    _place,
    _no_organization,
    _acronym,
    _branded,
    _split,
    _person,
    _labelled_place,
)


def honorifics(language: str) -> str:
    """Return a regular expression for an honorific."""
    return rf"\b(?:{either(language, 'roles', 'honorifics')})(?!\w)\.?(?!\s+(?:of|in)\b)"


@cache
def _ends_in_honorific(language: str) -> re.Pattern[str]:
    return re.compile(rf"{honorifics(language)}\s*$")


def _is_titled(candidate: _Candidate) -> bool:
    """Whether an honorific or a post stands right before the name, or a post right behind it."""
    text, start = candidate.sentence.text, candidate.start
    if _ends_in_honorific(candidate.language).search(text, max(0, start - 40), start):
        return True
    return any(
        _holds_before(post, candidate) or _holds_behind(post, candidate)
        for post in candidate.sentence.posts
    )


def _holds_before(post: Post, candidate: _Candidate) -> bool:
    """Whether a post stands before a name: "R P", "R, P", "R of X P"."""
    if post.end > candidate.start:
        return False
    gap = candidate.sentence.text[post.end : candidate.start]
    if len(gap) <= 3 and gap.strip() in ("", ",") and not post.plural:
        return True
    if gap.endswith(", ") and len(candidate.run) > 1 and not post.plural:
        gap = f"{gap[:-2]} "  # "the R of X, P"
    body = _BODY_BETWEEN.fullmatch(gap)
    return body is not None and organizations.ends_in_name(gap, candidate.language)


def _holds_behind(post: Post, candidate: _Candidate) -> bool:
    """Whether a post stands behind a name: "P, R", "P, the university's R"."""
    gap = candidate.sentence.text[candidate.end : post.start]
    if candidate.end > post.start or len(gap) > 24:
        return False
    return _BEFORE_POST.fullmatch(gap) is not None
