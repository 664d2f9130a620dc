"""The concept schemes as tables: which concept a record's value or a post's words mean.

The words stand in ``ontology/vocabularies.ttl`` alone; nothing is repeated here.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

import pyoxigraph
from pyoxigraph import Literal, NamedNode

from kg.errors import RecordError
from kg.graph.vocabulary import (
    COOP,
    FTYPE,
    ORG,
    ROLE,
    SKOS,
    Vocabulary,
    ontology_file,
)

_DEPUTY = frozenset({"deputy", "vice", "assistant", "associate", "sub"})
_UNITS = frozenset({ORG.OrganizationalUnit, COOP.AcademicUnit})
_Term = NamedNode | Literal


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept, with what the writer of quads needs of it.

    Parameters
    ----------
    iri : NamedNode
        The concept.
    label : str
        Preferred English label.
    labels : tuple of str
        All English labels, plain (see `plain`).
    notation : str or None
        The value of the extraction record that it stands for.
    held_at : frozenset of NamedNode
        Classes of organizations in which its labels have its meaning; empty for all others.
    body_class : NamedNode or None
        Class of the body that serves a territory through this role.
    body_labels : tuple of str
        What that body is called, with ``{place}``, ``{field}``, ``{seat}``.
    """

    iri: NamedNode
    label: str
    labels: tuple[str, ...]
    notation: str | None = None
    held_at: frozenset[NamedNode] = frozenset()
    body_class: NamedNode | None = None
    body_labels: tuple[str, ...] = ()


def plain(words: str) -> str:
    """Return words in small letters without punctuation and articles, to be compared."""
    found = re.findall(r"[^\W_]+", words.casefold())
    return " ".join(word for word in found if word not in ("the", "a", "an"))


@cache
def concepts(scheme: type[Vocabulary]) -> tuple[Concept, ...]:
    """Return all concepts of a scheme, in the order of their IRIs."""
    of_scheme = [iri for iri in _statements() if iri.value.startswith(scheme.iri)]
    return tuple(_concept(iri) for iri in sorted(of_scheme, key=str))


def noted(scheme: type[Vocabulary], notation: str, *, where: str | None = None) -> NamedNode:
    """Return the concept that a value of the record stands for.

    Raises
    ------
    RecordError
        If the scheme has no such concept.
    """
    for concept in concepts(scheme):
        if concept.notation == notation:
            return concept.iri
    message = f"{notation!r} is not a value of the {scheme.__name__} scheme"
    raise RecordError(message, where=where)


def facility_type(name: str) -> NamedNode:
    """Return the facility type whose label, the longest there is, stands in a name."""
    words = f" {plain(name)} "
    found = [
        (len(label), concept.iri.value)
        for concept in concepts(FTYPE)
        for label in concept.labels
        if f" {label} " in words
    ]
    return NamedNode(max(found)[1]) if found else FTYPE.other


def role(words: str, held_at: NamedNode | None = None) -> Concept:
    """Return the role that the words of a post mean in an organization of a class.

    The whole of the words is tried first, then what stands before "of", "for" or "to", then
    its last words. "Deputy" before words of the scheme makes a deputy head.

    Parameters
    ----------
    words : str
        The post as written, without the organization.
    held_at : NamedNode, optional
        Class of the organization, or of the place, that the post belongs to.
    """
    if (exact := _chosen(plain(words), held_at)) is not None:
        return exact
    head, rest = _head(words)
    parts = head.split()
    for start in range(len(parts)):
        found = _chosen(" ".join(parts[start:]), held_at)
        if found is not None:
            deputy = not _DEPUTY.isdisjoint(parts[:start])
            return _below(found, deputy=deputy, part=bool(rest), held_at=held_at)
    return _role(ROLE["deputy-head"] if _DEPUTY & set(parts[:1]) else ROLE.other)


def _head(words: str) -> tuple[str, str]:
    """Return the words before "of", "for", "to", a comma or a bracket, and those after."""
    head, *rest = re.split(r"\s+(?:of|for|to|at|in|on)\s+|\s*[,;(]\s*", words.strip(), maxsplit=1)
    return plain(head), plain(rest[0]) if rest else ""


def _chosen(label: str, held_at: NamedNode | None) -> Concept | None:
    """Return the concept that a label has in a class of organizations, or None."""
    found = _roles_by_label().get(label, ())
    fitting = [concept for concept in found if held_at in concept.held_at]
    general = [concept for concept in found if not concept.held_at]
    if fitting or general:
        return (fitting or general)[0]
    return found[0] if len(found) == 1 else None


def _below(concept: Concept, *, deputy: bool, part: bool, held_at: NamedNode | None) -> Concept:
    """Return the role of a deputy, or of the head of a part, of what `concept` heads."""
    unit = held_at in _UNITS
    if deputy:
        return _role(ROLE["deputy-unit-head" if unit else "deputy-head"])
    if part and concept.iri == ROLE["head"]:
        return _role(ROLE["unit-head"])
    if part and concept.iri == ROLE["deputy-head"]:
        return _role(ROLE["deputy-unit-head"])
    return concept


def _role(iri: NamedNode) -> Concept:
    return next(concept for concept in concepts(ROLE) if concept.iri == iri)


@cache
def _roles_by_label() -> Mapping[str, tuple[Concept, ...]]:
    table: dict[str, list[Concept]] = defaultdict(list)
    for concept in concepts(ROLE):
        for label in concept.labels:
            table[label].append(concept)
    return {label: tuple(found) for label, found in table.items()}


@cache
def _statements() -> Mapping[NamedNode, Mapping[NamedNode, tuple[_Term, ...]]]:
    """Subject → predicate → objects of the vocabularies file."""
    table: dict[NamedNode, dict[NamedNode, tuple[_Term, ...]]] = defaultdict(dict)
    for triple in pyoxigraph.parse(path=str(ontology_file("vocabularies.ttl"))):
        subject, object = triple.subject, triple.object
        if isinstance(subject, NamedNode) and isinstance(object, (NamedNode, Literal)):
            known = table[subject]
            known[triple.predicate] = (*known.get(triple.predicate, ()), object)
    return table


def _concept(iri: NamedNode) -> Concept:
    known = _statements()[iri]
    preferred = _english(known.get(SKOS.prefLabel, ()))
    labels = (*preferred, *_english(known.get(SKOS.altLabel, ())))
    bodies = [term for term in known.get(COOP.bodyClass, ()) if isinstance(term, NamedNode)]
    held_at = [term for term in known.get(COOP.heldAt, ()) if isinstance(term, NamedNode)]
    return Concept(
        iri,
        preferred[0],
        tuple(plain(label) for label in labels),
        next((term.value for term in known.get(SKOS.notation, ())), None),
        frozenset(held_at),
        bodies[0] if bodies else None,
        _english(known.get(COOP.bodyLabel, ())),
    )


def _english(terms: Iterable[_Term]) -> tuple[str, ...]:
    return tuple(
        term.value for term in terms if isinstance(term, Literal) and term.language == "en"
    )
