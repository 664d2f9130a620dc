"""What the terms of the ontology mean, for people: labels, definition, place, an example."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Triple

from kg.errors import UsageError
from kg.graph.vocabulary import COOP, ORG, OWL, RDF, RDFS, SKOS, ontology_file, prefixes

if TYPE_CHECKING:
    from kg.graph.store import Graph

_FILES = ("cooperation.ttl", "vocabularies.ttl", "alignments.ttl")
_UP = {
    RDFS.subClassOf: "is a kind of",
    RDFS["subPropertyOf"]: "is a case of",
    SKOS.broader: "under",
}
_DOWN = {RDFS.subClassOf: "kinds", RDFS["subPropertyOf"]: "cases", SKOS.broader: "narrower"}
_JOINS = {RDFS["domain"]: "from", RDFS["range"]: "to", OWL["inverseOf"]: "inverse of"}
_KINDS: dict[object, str] = {
    OWL["Class"]: "class",
    OWL["ObjectProperty"]: "property",
    OWL["DatatypeProperty"]: "property of values",
    OWL["AnnotationProperty"]: "annotation",
    SKOS["Concept"]: "concept",
    ORG["Role"]: "role",
    OWL["FunctionalProperty"]: "of one value",
    OWL["SymmetricProperty"]: "symmetric",
}


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the ontology.

    Parameters
    ----------
    iri : NamedNode
        The term.
    name : str
        Its prefixed name: ``coop:Tenure``.
    kinds : tuple of str
        ``class``, ``property``, ``concept`` and the like.
    labels : tuple of (language, label)
        In English, Russian, Kazakh and Chinese.
    definitions : tuple of (language, text)
        What it means; empty for a concept, which its labels tell.
    reserved : str
        Why it is declared although nothing writes it; empty for others.
    relations : tuple of (relation, names)
        Its place: what it is a kind of, what is a kind of it, what it joins, what it matches.
    words : tuple of (language, word)
        Other words for it, by which texts are read.
    """

    iri: NamedNode
    name: str
    kinds: tuple[str, ...]
    labels: tuple[tuple[str, str], ...]
    definitions: tuple[tuple[str, str], ...]
    reserved: str
    relations: tuple[tuple[str, tuple[str, ...]], ...]
    words: tuple[tuple[str, str], ...] = ()

    @property
    def definition(self) -> str:
        """What it means, in English."""
        return next((text for language, text in self.definitions if language == "en"), "")

    @property
    def text(self) -> str:
        """The description as lines of text."""
        lines = [f"{self.name} ({', '.join(self.kinds)})", f"  {self.iri.value}"]
        lines += [f"  {label} ({language})" for language, label in self.labels]
        said = [text for text in (self.definition, self.reserved) if text]
        lines += ["", f"  {' '.join(said)}"] if said else []
        lines += ["", *(f"  {what}: {', '.join(names)}" for what, names in self.relations)]
        return "\n".join(lines).rstrip() + "\n"


def terms() -> tuple[Term, ...]:
    """Return all classes, properties and concepts of the ontology, in the order of their names."""
    kept = {
        triple.subject
        for triple in _triples()
        if triple.predicate == RDF.type
        and triple.object in _KINDS
        and isinstance(triple.subject, NamedNode)
    }
    return tuple(sorted(map(_term, kept), key=lambda term: term.name))


def describe(name: str) -> Term:
    """Return the term of a name: ``Tenure``, ``coop:Tenure``, ``role:dean`` or an IRI.

    Raises
    ------
    UsageError
        If there is none; its remedy gives the nearest.
    """
    known = {term.name: term for term in terms()}
    wanted = name.strip().strip("<>")
    for key in (wanted, short(wanted), f"coop:{wanted}"):
        if key in known:
            return known[key]
    local = {key.split(":", 1)[1].lower(): key for key in known}
    near = get_close_matches(wanted.split(":")[-1].lower(), local, n=3, cutoff=0.5)
    raise UsageError(
        f"the ontology has no term {name!r}",
        remedy=f"did you mean {' or '.join(local[each] for each in near)}?"
        if near
        else "take a class, property or concept of the ontology, such as Tenure",
    )


def example(graph: Graph, term: Term) -> str:
    """Return the first thing of a graph that a term is said of, as lines; empty without one."""
    if "class" in term.kinds:
        found = list(graph.rows(f"SELECT ?s {{ ?s a {term.iri} }} ORDER BY ?s LIMIT 1"))
        if not found:
            return ""
        rows = graph.rows(
            f"SELECT DISTINCT ?p ?o {{ <{found[0][0]}> ?p ?o }} ORDER BY ?p ?o LIMIT 12"
        )
        return _lines(graph, [(found[0][0], *row) for row in rows])
    where = (
        f"?s {term.iri} ?o BIND({term.iri} AS ?p)"
        if any("property" in kind for kind in term.kinds)
        else f"?s ?p {term.iri} BIND({term.iri} AS ?o) FILTER(!STRSTARTS(STR(?s), STR(coop:)))"
    )
    return _lines(graph, graph.rows(f"SELECT ?s ?p ?o {{ {where} }} ORDER BY ?s ?o LIMIT 1"))


def _lines(graph: Graph, rows: Iterable[tuple[object, ...]]) -> str:
    names = {namespace: prefix for prefix, namespace in graph.prefixes.items()}
    lines = [
        f"    {'  '.join(short(str(cell), names)[:100] for cell in row)}".replace("\n", " ")
        for row in rows
    ]
    return "\n".join(["", "  for example", *lines, ""]) if lines else ""


@cache
def _triples() -> tuple[Triple, ...]:
    return tuple(
        Triple(each.subject, each.predicate, each.object)
        for name in _FILES
        for each in pyoxigraph.parse(path=str(ontology_file(name)))
    )


@cache
def _by_subject() -> dict[object, list[Triple]]:
    table: dict[object, list[Triple]] = {}
    for triple in _triples():
        table.setdefault(triple.subject, []).append(triple)
    return table


@cache
def _by_object() -> dict[object, list[Triple]]:
    table: dict[object, list[Triple]] = {}
    for triple in _triples():
        table.setdefault(triple.object, []).append(triple)
    return table


def _term(iri: NamedNode) -> Term:
    said = _by_subject()[iri]
    return Term(
        iri,
        short(iri.value),
        tuple(sorted({_KINDS[each.object] for each in said
                      if each.predicate == RDF.type and each.object in _KINDS})),
        _texts(said, RDFS.label, SKOS.prefLabel),
        _texts(said, SKOS["definition"]),
        " ".join(text for _, text in _texts(said, COOP["reserved"])),
        tuple((what, names) for what, names in _relations(iri, said) if names),
        _texts(said, SKOS.altLabel),
    )  # fmt: skip


def _texts(said: Iterable[Triple], *predicates: NamedNode) -> tuple[tuple[str, str], ...]:
    return tuple(
        sorted(
            (str(each.object.language), each.object.value)
            for each in said
            if each.predicate in predicates and isinstance(each.object, Literal)
        )
    )


def _relations(iri: NamedNode, said: list[Triple]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for predicate, what in {**_UP, **_JOINS}.items():
        found = (each.object for each in said if each.predicate == predicate)
        yield what, _names(one for whole in found for one in _parts(whole))
    below = _by_object().get(iri, [])
    for predicate, what in _DOWN.items():
        yield what, _names(each.subject for each in below if each.predicate == predicate)
    matches = (each.object for each in said if each.predicate.value.endswith("Match"))
    yield "compare", _names(matches)


def _parts(whole: object) -> Iterator[object]:
    """Yield a class, or the classes that it is the union of."""
    if isinstance(whole, NamedNode):
        yield whole
        return
    said = {each.predicate: each.object for each in _by_subject().get(whole, [])}
    if OWL["unionOf"] in said:
        yield from _parts(said[OWL["unionOf"]])
    elif RDF["first"] in said:
        yield said[RDF["first"]]
        yield from _parts(said[RDF["rest"]])


def _names(found: Iterable[object]) -> tuple[str, ...]:
    ends = {short(each.value) for each in found if isinstance(each, NamedNode)}
    return tuple(sorted(ends - {"rdf:nil"}))


def short(iri: str, names: dict[str, str] | None = None) -> str:
    """Return an IRI as a prefixed name, where a prefix is known.

    Parameters
    ----------
    iri : str
        Any text.
    names : dict, optional
        Namespace → prefix; those of the ontology by default.
    """
    for namespace, prefix in (names or _namespaces()).items():
        if iri.startswith(namespace) and len(iri) > len(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


@cache
def _namespaces() -> dict[str, str]:
    """Return namespace → prefix: those of the alignments and, before them, our own."""
    parser = pyoxigraph.parse(path=str(ontology_file("alignments.ttl")))
    list(parser)  # the prefixes are known once it has read them
    declared = {**parser.prefixes, **prefixes()}
    return {namespace: prefix for prefix, namespace in declared.items()}
