"""One page of all terms of the ontology, with an example of each class from a graph.

pyLODE makes such pages too, but glues the labels of several languages together and knows of no
examples. The page runs no script; what a graph says goes through the template engine's escaping.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files

import pyoxigraph
from jinja2 import Environment, StrictUndefined
from pyoxigraph import NamedNode

from kg.graph.glossary.examples import Example, examples
from kg.graph.store import Graph
from kg.graph.terms import Term, short, terms
from kg.graph.vocabulary import DCTERMS, ONTOLOGY_IRI, OWL, RDFS, ontology_file

LANGUAGES = {"en": "English", "ru": "Русский", "kk": "Қазақша", "zh": "中文"}
_SCHEMES = {
    "role": "Roles in organizations",
    "prole": "Roles in events",
    "etype": "Types of events",
    "area": "Areas of cooperation",
    "ftype": "Types of joint facilities",
    "atype": "Types of agreements",
    "stage": "Stages of agreements",
    "fact": "Factuality",
}


@dataclass(frozen=True, slots=True)
class Branch:
    """A name in a hierarchy, with what is below it; ``term`` is None for a foreign one."""

    name: str
    term: Term | None = None
    below: tuple[Branch, ...] = field(default=())

    def walk(self, depth: int = 0) -> Iterator[tuple[int, Branch]]:
        """Yield this and all that is below, each with its depth."""
        yield depth, self
        for branch in self.below:
            yield from branch.walk(depth + 1)


def render(graph: Graph) -> str:
    """Return the page, as HTML in one file.

    Parameters
    ----------
    graph : Graph
        Where the examples come from; what it has none of is shown by the examples of the
        ontology, which are invented.

    Returns
    -------
    str
        The page.
    """
    known = {term.name: term for term in terms()}
    ours = [term for term in known.values() if term.name.startswith("coop:")]
    classes = [term for term in ours if "class" in term.kinds]
    tree = _tree(classes, known, "is a kind of", _foreign())
    page = files("kg.graph.glossary")
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["anchor"] = anchor
    return environment.from_string(page.joinpath("page.html").read_text("utf-8")).render(
        style=page.joinpath("page.css").read_text("utf-8"),
        about=_about(),
        languages=LANGUAGES,
        known=known,
        classes=tree,
        articles=dict.fromkeys(
            branch.term for root in tree for _, branch in root.walk() if branch.term
        ),
        groups=_groups(ours),
        properties={term.name: _used(term.name, ours) for term in classes},
        schemes={title: _concepts(known, prefix) for prefix, title in _SCHEMES.items()},
        examples=examples(graph, classes),
    )


def anchor(name: str) -> str:
    """Return the anchor of a prefixed name: the local name for the core, else with the prefix."""
    return name.removeprefix("coop:").replace(":", "-")


def _about() -> Mapping[str, str]:
    """Return what the ontology says of itself."""
    wanted = {
        DCTERMS.title: "title",
        DCTERMS["description"]: "description",
        DCTERMS["license"]: "license",
        DCTERMS["modified"]: "modified",
        OWL["versionInfo"]: "version",
    }
    return {
        wanted[triple.predicate]: getattr(triple.object, "value", "")
        for triple in pyoxigraph.parse(path=str(ontology_file("cooperation.ttl")))
        if getattr(triple.subject, "value", "") == ONTOLOGY_IRI and triple.predicate in wanted
    } | {"iri": ONTOLOGY_IRI}


def _groups(ours: Sequence[Term]) -> Mapping[str, tuple[Term, ...]]:
    """Return the properties by what they join."""
    kinds = {
        "Properties between things": "property",
        "Properties of values": "property of values",
        "Annotations": "annotation",
    }
    return {
        title: tuple(term for term in ours if kind in term.kinds) for title, kind in kinds.items()
    }


def _used(name: str, ours: Iterable[Term]) -> Mapping[str, tuple[str, ...]]:
    """Return the properties that a class is the domain and the range of."""
    ends = {"from": "Properties from here", "to": "Properties to here"}
    return {
        title: tuple(term.name for term in ours if name in dict(term.relations).get(end, ()))
        for end, title in ends.items()
    }


def _foreign() -> Mapping[str, tuple[str, ...]]:
    """Return what the reused vocabularies say of their own classes: name → what is above it."""
    above: dict[str, tuple[str, ...]] = {}
    for triple in pyoxigraph.parse(path=str(ontology_file("cooperation.ttl"))):
        ends = (triple.subject, triple.object)
        if triple.predicate == RDFS.subClassOf and all(isinstance(one, NamedNode) for one in ends):
            name, parent = (short(one.value) for one in ends)
            if not name.startswith("coop:"):
                above[name] = (*above.get(name, ()), parent)
    return above


def _tree(
    found: Iterable[Term],
    known: Mapping[str, Term],
    up: str,
    foreign: Mapping[str, tuple[str, ...]] | None = None,
) -> tuple[Branch, ...]:
    """Return terms under what is directly above each; names of others are the roots."""
    above = {term.name: dict(term.relations).get(up, ()) for term in found}
    wanted = [parent for parents in above.values() for parent in parents]
    for name in wanted:  # which grows on the way up
        if name not in above:
            above[name] = (foreign or {}).get(name, ())
            wanted.extend(above[name])
    below: dict[str, list[str]] = {}
    for name, parents in above.items():
        for parent in parents:
            below.setdefault(parent, []).append(name)
    roots = {name for name, parents in above.items() if not parents}

    def branch(name: str) -> Branch:
        return Branch(name, known.get(name), tuple(map(branch, sorted(below.get(name, ())))))

    return tuple(map(branch, sorted(roots)))


def _concepts(known: Mapping[str, Term], prefix: str) -> tuple[tuple[int, Branch], ...]:
    """Return the concepts of a scheme, the narrower ones after their broader one."""
    of = [term for term in known.values() if term.name.startswith(f"{prefix}:")]
    return tuple(step for root in _tree(of, known, "under") for step in root.walk())


__all__ = ["LANGUAGES", "Branch", "Example", "anchor", "render"]
