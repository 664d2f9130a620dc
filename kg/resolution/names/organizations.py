"""Names of organizations: the words that count, and whether they single one out."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from kg.extraction import places
from kg.resolution.names.acronyms import is_acronym
from kg.resolution.names.spelling import fold, skeleton
from kg.resolution.names.translation import in_english
from kg.resolution.words import words

_NAMED_AFTER = re.compile(
    r"^(?P<name>.+?),?\s+(?:named\.?\s+(?:after|for|of|in\s+honou?r\s+of)\.?|bearing\s+the\s+name\s+of)\s+"
    r"(?:the\s+)?(?P<after>.+)$",
    re.IGNORECASE | re.DOTALL,
)
_BRACKETS = re.compile(r"\s*[(\[](?P<inside>[^()\[\]]*)[)\]]\s*")
_OWNER = re.compile(r"^(?P<owner>[^'’]{3,40})['’]s\s+(?P<name>.+)$", re.DOTALL)
_ADJUNCT = re.compile(r"^(?P<name>.+?)(?:\s+of|,)\s+(?:the\s+)?(?P<place>[^,]+)$", re.DOTALL)
_LONGEST_PLACE = 4
# Countries whose cities are written in several ways today. Elsewhere another name of a city is
# one from history, which may live on in the name of another institution.
_RESPELLED = frozenset({"KZ", "UZ", "KG", "TJ", "TM"})
_FEW_SUBJECTS = 2
_LONGEST_NAME = 300


@dataclass(frozen=True, slots=True)
class OrganizationName:
    """What counts in the name of an organization.

    Parameters
    ----------
    tokens : tuple of str
        Folded words in order, each in one spelling; countries as ``@kz``, regions as
        ``@cn-sc``. A country that only says where the organization is stands in `country`.
    core : tuple of str
        The tokens sorted, each as its sounds: equal for every way to write one name.
    country : str or None
        Alpha-2 code of the one country that the name gives as its own.
    generic : bool
        Whether many organizations bear the name, so that it says which one is meant only
        together with a country, a place or a larger organization.
    key : str
        The text under which equal names meet. The order of words counts in names of schools
        only: a "Technical University of Amber" need not be the "Amber Technical University".
    """

    tokens: tuple[str, ...]
    core: tuple[str, ...]
    country: str | None = None
    generic: bool = False
    key: str = ""

    @property
    def joined(self) -> str:
        """The tokens without spaces: "Agro Technical" and "Agrotechnical" agree in it."""
        return "".join(self.tokens)

    @property
    def distinctive(self) -> tuple[str, ...]:
        """The tokens that are neither general words nor the name of a country."""
        return tuple(token for token in self.tokens if _singles_out(token))

    @property
    def subjects(self) -> tuple[str, ...]:
        """The tokens that say what the organization does."""
        return tuple(token for token in self.tokens if _is_subject(token))

    @property
    def ruling(self) -> bool:
        """Whether a word of the name says that it governs a territory or an organization."""
        return any(token in words().ruling for token in self.tokens)


@lru_cache(maxsize=100_000)
def organization_name(text: str) -> OrganizationName:
    """Take the name of an organization apart.

    Examples
    --------
    >>> one = organization_name("Department of Tourism of Hunan Province")
    >>> one.key == organization_name("Hunan Provincial Department of Tourism").key
    True
    >>> organization_name("Chinese Ministry of Education").country
    'CN'
    """
    plain = in_english(unicodedata.normalize("NFKC", text)[:_LONGEST_NAME])
    plain = _without_acronym(plain)
    named = _NAMED_AFTER.match(plain)
    if named:
        plain = f"{named['after']} {named['name']}"
    bare, country = _owned(plain)
    tokens = _tokens(bare)
    if not tokens and country:  # nothing but a country: the country is the name
        tokens, country = _tokens(plain), None
    return _assembled(tokens, country)


def _assembled(tokens: list[str], country: str | None) -> OrganizationName:
    """Decide what the country of a name and its genericness are."""
    named = {token for token in tokens if _country(token)}
    if country and named - {f"@{country.lower()}"}:  # two countries: both are part of the name
        tokens, country = [*tokens, f"@{country.lower()}"], None
    elif len(named) == 1 and _is_generic([token for token in tokens if token not in named]):
        country = named.pop()[1:].upper() if not _is_studied(tokens) else country
    generic = _is_generic(tokens, country)
    if generic and country:
        own = f"@{country.lower()}"
        rest = [token for at, token in enumerate(tokens) if token != own or own in tokens[:at]]
        tokens = rest or tokens
    core = tuple(sorted(skeleton(token) for token in tokens))
    kinds = words().kinds & set(tokens)
    ordered = bool(kinds) and kinds <= words().schools
    key = " ".join(map(skeleton, tokens) if ordered else core)
    return OrganizationName(tuple(tokens), core, country, generic, key)


def _is_generic(tokens: list[str], country: str | None = None) -> bool:
    """Return whether many organizations can be meant by these tokens."""
    own = f"@{country.lower()}" if country else None
    rest = [token for token in tokens if token != own]
    if any(_singles_out(token) for token in rest) or sum(map(_country, rest)) > 1:
        return False
    if any(token in words().ruling for token in rest):
        return True
    return sum(map(_is_subject, rest)) <= _FEW_SUBJECTS


def _is_subject(token: str) -> bool:
    return token in words().subjects and token not in words().kinds


def _is_studied(tokens: list[str]) -> bool:
    """Return whether the country in the name is what it studies: "Russian Language"."""
    return any(
        _country(token) and following in words().tongues for token, following in pairwise(tokens)
    )


def _singles_out(token: str) -> bool:
    return token not in words().general and not _country(token)


def _country(token: str) -> bool:
    return len(token) == 3 and token[0] == "@"


def _without_acronym(text: str) -> str:
    """Return the name without an acronym in brackets, unless that is a country's."""
    match = _BRACKETS.search(text)
    if match is None or not is_acronym(match["inside"].strip()):
        return text
    if _country_code(match["inside"]):
        return text
    return f"{text[: match.start()]} {text[match.end() :]}".strip() or text


def _owned(text: str) -> tuple[str, str | None]:
    """Return the name without a country that it belongs to or is in, and that country's code."""
    for brackets in _BRACKETS.finditer(text):
        if code := _country_code(brackets["inside"]):
            return f"{text[: brackets.start()]} {text[brackets.end() :]}", code
    owner = _OWNER.match(text)
    if owner and (code := _country_code(owner["owner"])):
        return owner["name"], code
    adjunct = _ADJUNCT.match(text)
    if adjunct is None:
        return text, None
    for match in re.finditer(r"\s(?:of|in)\s|,\s", text):
        if code := _country_code(text[match.end() :]):
            return text[: match.start()], code
    return text, None


@lru_cache(maxsize=20_000)
def _country_code(phrase: str) -> str | None:
    place = places.lookup(phrase.strip(" .,'’\"“”«»"))
    return place.country if place is not None and place.kind == "country" else None


def _tokens(text: str) -> list[str]:
    """Return the words that count, each in one spelling, countries and regions as keys."""
    known = words()
    folded = _legal_forms().sub(" ", fold(text)).split() or fold(text).split()
    governs = not known.schools & set(folded)  # a "Regional University" is not a region's
    plain = [known.governing.get(word, word) if governs else word for word in folded]
    plain = [known.synonyms.get(word, word) for word in plain]
    tokens = [token for word in _placed(plain) for token in _spelled(word)]
    kept = [token for token in tokens if token not in known.small]
    kept = [token for token in kept if token not in known.legal] or kept
    return _governed(kept)


@cache
def _legal_forms() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words().legal_phrases)})\b")


def _spelled(word: str) -> list[str]:
    """Return a word in the singular and in the spelling of the synonyms."""
    if word.startswith("@"):
        return [word]
    single = _singular(word)
    return words().synonyms.get(single, single).split()


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _governed(tokens: list[str]) -> list[str]:
    """Drop what goes without saying in names of bodies that govern a place or a party."""
    tokens = [token for token in tokens if token != "province"] or tokens
    present = set(tokens)
    if "committee" in present and {"cpc", "communist"} & present:
        tokens = ["party" if token == "cpc" else token for token in tokens]
        tokens = list(dict.fromkeys(token for token in tokens if token not in ("communist", "@cn")))
    if "city" in present and present & words().ruling and any(map(_singles_out, present)):
        tokens = [token for token in tokens if token != "city"]
    return tokens


def _placed(plain: list[str]) -> list[str]:
    """Replace names of countries, regions and areas by their keys, longest first."""
    tokens: list[str] = []
    position = 0
    while position < len(plain):
        for width in range(min(_LONGEST_PLACE, len(plain) - position), 0, -1):
            key = _place_key(" ".join(plain[position : position + width]))
            if key:
                tokens.append(key)
                position += width
                break
        else:
            tokens.append(plain[position])
            position += 1
    return tokens


@lru_cache(maxsize=100_000)
def _place_key(phrase: str) -> str | None:
    if phrase in words().general or phrase in words().small or len(phrase) < 3:
        return None
    place = places.adjective(phrase) or places.lookup(phrase)
    if place is None or (place.kind != "city" and phrase.endswith(" city")):
        return None
    if place.kind == "city" and place.country not in _RESPELLED:
        return None
    return f"@{place.key}"
