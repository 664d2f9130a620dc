"""The word lists and patterns of a language, read from ``data/<language>/``.

A list is named by its file and its key in it: ``listed("en", "events", "cues.planned")``.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Generic, TypeVar

from kg.errors import ExtractionError

DATA = files("kg.extraction") / "data"
_Value = TypeVar("_Value")


class Phrases(dict[str, _Value], Generic[_Value]):
    """Values by phrase; what a pattern of `alternatives` matches of a phrase finds its value.

    It may be in other letters ("LLP", "Aprİl", which Unicode takes for the same), with other
    spaces or hyphens.
    """

    def __missing__(self, text: str) -> _Value:
        """Return the value of the phrase that a text only writes differently."""
        meant = plain(text)
        for phrase, value in self.items():
            if plain(phrase) == meant:
                return value
        raise KeyError(text)


@lru_cache(maxsize=4_096)
def plain(phrase: str) -> str:
    """Return a phrase without what `alternatives` overlooks: case, kinds of spaces and hyphens."""
    folded = phrase.casefold().replace("’", "'").replace("\u0307", "").replace("ı", "i")
    return " ".join(re.split(r"[\s‐-–-]+", folded)).strip()


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of ``data/<name>.csv``; lines that begin with ``#`` are comments."""
    text = (DATA / f"{name}.csv").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    return tuple(csv.DictReader(lines))


@cache
def words(language: str, name: str) -> dict[str, Any]:
    """Return the table ``data/<language>/<name>.toml``.

    Raises
    ------
    ExtractionError
        If the language has no such file.
    """
    resource = DATA / language / f"{name}.toml"
    if not resource.is_file():
        raise ExtractionError(
            f"no word list {name!r} for the language {language!r}",
            remedy="give the document a supported `language:`, such as en",
        )
    return tomllib.loads(resource.read_text(encoding="utf-8"))


@cache
def listed(language: str, name: str, key: str) -> frozenset[str]:
    """Return the phrases of a list."""
    found: Any = words(language, name)
    for part in key.split("."):
        found = found[part]
    return frozenset(found)


@cache
def typed(language: str, name: str, key: str) -> Phrases[str]:
    """Return the phrases of a table of lists, each with the name of the list that it is in."""
    lists = words(language, name)[key]
    return Phrases({phrase: type for type, phrases in lists.items() for phrase in phrases})


@cache
def either(language: str, name: str, key: str) -> str:
    """Return a regular expression for any phrase of a list; see `alternatives`."""
    return alternatives(listed(language, name, key))


@cache
def cue(language: str, name: str, key: str) -> re.Pattern[str]:
    """Return a pattern that finds a phrase of a list as whole words, in capitals or not."""
    return re.compile(rf"\b(?:{either(language, name, key)})\b", re.IGNORECASE)


def alternatives(phrases: Iterable[str]) -> str:
    """Return a regular expression for any of the phrases, longest first.

    A space in a phrase stands for any white space, a hyphen for a space, a hyphen or a dash.
    """
    ordered = sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
    return "|".join(_flexible(phrase) for phrase in ordered)


def _flexible(phrase: str) -> str:
    pattern = re.escape(phrase).replace(r"\ ", r"\s+").replace("\\-", r"[\s‐-–-]+")
    return pattern.replace("'", "['’]")


def singular(noun: str) -> str:
    """Return the singular of a regular English noun."""
    return f"{noun[:-3]}y" if noun.endswith("ies") else noun.removesuffix("s")


@lru_cache(maxsize=2)
def starts(pattern: re.Pattern[str], text: str) -> tuple[int, ...]:
    """Return where a pattern begins in a text; many rules ask in turn for the same one."""
    return tuple(match.start() for match in pattern.finditer(text))
