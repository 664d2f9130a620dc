"""The words of the pages, in catalogues that anyone may edit: one TOML file a language."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import pyoxigraph
from pyoxigraph import Literal

from kg.graph.vocabulary import RDFS, SKOS, ontology_file
from kg.queries.question import Question
from kg.server.titles import dated, title

DEFAULT = "en"
VALUED = frozenset(
    (
        *("type", "kind", "capacity", "status", "state", "area", "problem", "relation"),
        *("on_that_day", "basis"),
    )
)
"""Columns of answers whose cells are values, and neither names nor words of a report."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The words of one language; what it lacks is taken from English.

    Parameters
    ----------
    code : str
        The language: ``en``, ``ru``.
    words : mapping
        The catalogue's content: groups of words by their keys.
    """

    code: str
    words: Mapping[str, Any]

    def __call__(self, key: str, /, **values: object) -> str:
        """Return the words of a key such as ``page.search``; an unknown last part says itself."""
        group, _, name = key.partition(".")
        for catalogue in (self, catalogues()[DEFAULT]):
            text = catalogue.words.get(group, {}).get(name)
            if isinstance(text, str):
                return text.format(**values) if values else text
        return name.replace("-", " ").replace("_", " ")

    def said(self, word: str) -> str:
        """Return a role or relation in words; the words of a report stay as they are."""
        for group in ("status", "relation"):
            if word in catalogues()[DEFAULT].words.get(group, {}):
                return self(f"{group}.{word}")
        return word

    def value(self, column: str, cell: str) -> str:
        """Return a cell of an answer: a value in words of this language, all else as it is.

        Words come from the catalogue, or from the ontology's labels in the language.
        """
        if column not in VALUED:
            return cell
        for group in ("status", "value"):
            if cell in self.words.get(group, {}):
                return str(self.words[group][cell])
        return labels(self.code).get(cell, cell)

    def word(self, text: str) -> str:
        """Return a kind or a role in this language; whatever is neither, as it is."""
        own = {**self.words.get("value", {}), **self.words.get("role", {})}
        for word in (text, text.lower()):
            if word in own:
                return str(own[word])
            if word in (said := labels(self.code)):
                return said[word]
        return text

    def title(self, text: str) -> str:
        """Return a title that the graph made up in this language (`kg.server.titles`)."""
        return title(self, text)

    def date(self, text: str) -> str:
        """Return a date as one says it, with its months in this language."""
        return dated(self, text)

    def question(self, question: Question) -> Mapping[str, str]:
        """Return the title and the description of a question, and the help of its blanks."""
        own = self.words.get("questions", {}).get(question.name, {})
        said = {"title": question.title, "description": question.description}
        blanks = {name: blank.help for name, blank in question.parameters.items()}
        return {**said, **blanks, **own}


@cache
def labels(language: str) -> Mapping[str, str]:
    """Return what the ontology calls its classes and concepts in a language.

    They are found by their English labels, and by the last parts of their IRIs.
    """
    said: dict[str, dict[str, str]] = defaultdict(dict)
    for file in ("cooperation.ttl", "vocabularies.ttl"):
        for triple in pyoxigraph.parse(path=str(ontology_file(file))):
            label = triple.object
            if triple.predicate in (RDFS.label, SKOS.prefLabel) and isinstance(label, Literal):
                said[str(triple.subject)][label.language or ""] = label.value
    both = {iri: one for iri, one in said.items() if DEFAULT in one and language in one}
    by_iri = {iri.strip("<>").rpartition("/")[2]: one[language] for iri, one in both.items()}
    return by_iri | {one[DEFAULT]: one[language] for one in both.values()}


@cache
def catalogues() -> Mapping[str, Catalogue]:
    """Return all catalogues by language."""
    folder = files("kg.server") / "catalogues"
    found = sorted(path.name for path in folder.iterdir() if path.name.endswith(".toml"))
    return {
        name.removesuffix(".toml"): Catalogue(
            name.removesuffix(".toml"), tomllib.loads((folder / name).read_text(encoding="utf-8"))
        )
        for name in found
    }


def catalogue(wanted: str | None, accepted: str | None) -> Catalogue:
    """Return the catalogue of a wanted language, or of the one that a browser likes best."""
    known = catalogues()
    if wanted is not None and wanted in known:
        return known[wanted]
    for part in (accepted or "").lower().split(","):  # browsers send the best first
        code = part.split(";")[0].strip().split("-")[0]
        if code in known:
            return known[code]
    return known[DEFAULT]
