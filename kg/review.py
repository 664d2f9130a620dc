"""What people decide about a graph: merge, split, reject, confirm, undo.

Each function stores a decision with who made it and why, and makes the graph anew from it;
`kg.graph.curation` keeps the decisions, and every later build applies them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode

from kg.errors import UsageError
from kg.graph import curation
from kg.graph.authorities import institutions
from kg.graph.curation import Ruling
from kg.graph.holdings import Holdings
from kg.graph.settling import settle
from kg.graph.store import Graph
from kg.graph.vocabulary import COOP, node
from kg.resolution import resolve
from kg.resolution.decisions import Mention, Side
from kg.resolution.entities import Resolution, ResolvedEntity
from kg.resolution.identity import digest
from kg.resolution.linkage.doubts import Doubt, doubts
from kg.resolution.scenes import family

Decide = Callable[[Graph], Ruling]

_ENTITIES = ("person-", "org-", "place-", "facility-")
"""How the local names of entities begin (`kg.resolution.identity`)."""


def merge(path: str | Path, keeps: str, goes: str, *, by: str, because: str) -> Ruling:
    """Decide that two entities are one.

    Parameters
    ----------
    path : str or Path
        The graph's folder.
    keeps, goes : str
        IRIs of the entity whose identifier stays, and of the one that points to it from now on.
    by, because : str
        Who decides, and why.

    Raises
    ------
    UsageError
        If one is no entity of the graph, or they cannot be one: a person and a place.
    """

    def decide(graph: Graph) -> Ruling:
        found = _resolution(graph)
        one, other = _entity(graph, found, keeps), _entity(graph, found, goes)
        if one.key == other.key:
            raise UsageError("these are one entity already", where=goes)
        if family(one.type) != family(other.type):
            message = f"a {one.type} and a {other.type} cannot be one"
            raise UsageError(message, where=f"{one.name}, {other.name}")
        sides = (_side(graph, one), _side(graph, other))
        return Ruling("merge", goes, by, because, curation.now(), keeps, sides)

    return _decided(path, decide)


def split(path: str | Path, one: str, other: str, *, by: str, because: str) -> Ruling:
    """Decide that two entities are two, whatever later reports suggest."""

    def decide(graph: Graph) -> Ruling:
        found = _resolution(graph)
        sides = tuple(_side(graph, _entity(graph, found, iri)) for iri in (one, other))
        if sides[0].key == sides[1].key:
            remedy = "name the documents that speak of the other: --document"
            raise UsageError("these are one entity", where=other, remedy=remedy)
        return Ruling("split", other, by, because, curation.now(), one, sides)

    return _decided(path, decide)


def part(
    path: str | Path, entity: str, documents: Collection[str], *, by: str, because: str
) -> Ruling:
    """Decide that what some documents call an entity is another one.

    Parameters
    ----------
    path : str or Path
        The graph's folder.
    entity : str
        IRI of the entity, which the other documents go on to mean.
    documents : collection of str
        IRIs of the documents.
    by, because : str
        Who decides, and why.

    Raises
    ------
    UsageError
        If none of the documents names the entity, or no other does.
    """

    def decide(graph: Graph) -> Ruling:
        held = _side(graph, _entity(graph, _resolution(graph), entity))
        chosen = {iri.removeprefix(node("doc-", graph.base).value) for iri in documents}
        apart = tuple(mention for mention in held.mentions if mention[0] in chosen)
        stays = tuple(mention for mention in held.mentions if mention[0] not in chosen)
        if not apart or not stays:
            message = "no such document names it" if stays else "no other document names it"
            raise UsageError(message, where=entity)
        at = curation.now()
        prefix = held.key.rpartition("-")[0]
        new = f"{prefix}-{digest(' '.join((held.key, at)))}"
        sides = (Side(held.key, stays), Side(new, apart))
        return Ruling("split", node(new, graph.base).value, by, because, at, entity, sides)

    return _decided(path, decide)


def reject(path: str | Path, fact: str, *, by: str, because: str) -> Ruling:
    """Decide that a fact is wrong: it is taken out of the graph, its sentence is not."""
    return _about_fact(path, "reject", fact, by, because)


def confirm(path: str | Path, fact: str, *, by: str, because: str) -> Ruling:
    """Decide that a fact is right: `kg check` does not question it any more."""
    return _about_fact(path, "confirm", fact, by, because)


def undo(path: str | Path, decision: str, *, by: str, because: str) -> Ruling:
    """Take a decision back; the decision and its undoing both stay on record."""

    def decide(graph: Graph) -> Ruling:
        known = {node(one.key, graph.base).value: one for one in curation.log(graph)}
        ruling = known.get(decision)
        if ruling is None:
            raise UsageError(
                "there is no such decision", where=decision, remedy="see kg review log"
            )
        if ruling.undone:
            raise UsageError("this decision is undone already", where=decision)
        return Ruling("undo", decision, by, because, curation.now())

    return _decided(path, decide)


def _about_fact(path: str | Path, verdict: str, fact: str, by: str, because: str) -> Ruling:
    def decide(graph: Graph) -> Ruling:
        if fact.removeprefix(node("", graph.base).value).startswith(_ENTITIES):
            remedy = "kg review split parts entities; reject what is said of them"
            raise UsageError("this is an entity, not a fact", where=fact, remedy=remedy)
        stated = graph.store.quads_for_pattern(None, COOP.supports, NamedNode(fact), DefaultGraph())
        held_back = graph.store.quads_for_pattern(None, COOP.withholds, NamedNode(fact), None)
        if next(stated, None) is None and next(held_back, None) is None:
            remedy = "give the address of a fact that has evidence, as queries show it"
            raise UsageError("the graph has no such fact", where=fact, remedy=remedy)
        return Ruling(verdict, fact, by, because, curation.now())

    return _decided(path, decide)


def _decided(path: str | Path, decide: Decide) -> Ruling:
    """Store a decision and make the graph anew."""
    with Graph.open(path, read_only=False) as graph:
        ruling = decide(graph)
        curation.add(graph, ruling)
        settle(Holdings(graph), lambda step, done, total: None)
    return ruling


def _resolution(graph: Graph) -> Resolution:
    """Return what the graph's records resolve to at the moment."""
    held = Holdings(graph)
    records = {key: held.record(key) for key in sorted(held.held)}
    return resolve(records, curation.decisions(graph), institutions(graph))


def _entity(graph: Graph, found: Resolution, iri: str) -> ResolvedEntity:
    entity = found.entities.get(iri.removeprefix(node("", graph.base).value))
    if entity is None:
        remedy = "give a name or the address of a person, an organization or a place"
        raise UsageError("the graph has no such entity", where=iri, remedy=remedy)
    return entity


def _side(graph: Graph, entity: ResolvedEntity) -> Side:
    """Return an entity with the documents and names that speak of it."""
    held = Holdings(graph)
    names = {
        (key, one.id): one.name
        for key in {key for key, _ in entity.members}
        for record in [held.record(key)]
        for one in record.entities
    }
    mentions: list[Mention] = [(key, names[key, local]) for key, local in entity.members]
    return Side(entity.key, tuple(dict.fromkeys(mentions)))


def doubtful(graph: Graph) -> list[Doubt]:
    """Return the pairs of entities that may be one, the likeliest first."""
    held = Holdings(graph)
    records = {key: held.record(key) for key in sorted(held.held)}
    return doubts(records, curation.decisions(graph), institutions(graph))
