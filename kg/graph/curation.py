"""The decisions of people, as quads in the graph of curation.

A decision is never deleted: an undo is a decision about it. What is in force is applied by
every rebuild (`kg.graph.settling`): decisions about identity by the resolver, rejections by
`kg.graph.withholding`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Triple

from kg.errors import UsageError
from kg.graph.literals import string
from kg.graph.vocabulary import COOP, CURATION, PROV, RDF, XSD, graph, node
from kg.graph.writing import triples_of
from kg.resolution.decisions import Decision, Side

if TYPE_CHECKING:
    from kg.graph.store import Graph

IDENTITY_VERDICTS = ("merge", "split")
_LOG = """
SELECT ?decision ?verdict ?keeps ?concerns ?by ?because ?at ?sides {
  ?decision a coop:Decision ; coop:verdict ?verdict ; coop:decidedBy ?by ; coop:because ?because ;
    prov:endedAtTime ?at ; coop:concerns ?concerns .
  OPTIONAL { ?decision coop:keeps ?keeps }
  OPTIONAL { ?decision coop:sides ?sides }
}"""


@dataclass(frozen=True, slots=True)
class Ruling:
    """One decision of a person.

    Parameters
    ----------
    verdict : str
        ``merge``, ``split``, ``reject``, ``confirm`` or ``undo``.
    concerns : str
        IRI of the entity that goes, of the fact, or of the decision that is undone.
    by, because : str
        Who decided, and why.
    at : str
        When, as ISO 8601 in UTC.
    keeps : str, optional
        IRI of the entity whose identifier stays.
    sides : tuple of Side
        The two sides of a decision about identity.
    undone : bool
        Whether a later decision took it back.
    """

    verdict: str
    concerns: str
    by: str
    because: str
    at: str
    keeps: str | None = None
    sides: tuple[Side, ...] = ()
    undone: bool = False

    @property
    def key(self) -> str:
        """The local name of its node, made of all that it says."""
        parts = [self.verdict, self.keeps, self.concerns, self.by, self.because, self.at]
        return f"decision-{hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:8]}"

    @property
    def decision(self) -> Decision:
        """What the resolver is told."""
        one, other = self.sides
        reason = f"{self.by} decided so: {self.because}"
        return Decision(self.verdict == "merge", one, other, reason)


def now() -> str:
    """Return the time for a new decision; its microseconds keep two in order."""
    return datetime.now(UTC).isoformat()


def log(graph: Graph) -> list[Ruling]:
    """Return all decisions, the oldest first."""
    found = sorted(
        (str(at), _ruling(row, str(at))) for row in graph.rows(_LOG) for at in [_time(row[6])]
    )
    rulings = [ruling for _, ruling in found]
    undone: set[str] = set()
    for ruling in reversed(rulings):  # an undo may itself have been undone
        if ruling.verdict == "undo" and node(ruling.key, graph.base).value not in undone:
            undone.add(ruling.concerns)
    return [replace(one, undone=node(one.key, graph.base).value in undone) for one in rulings]


def in_force(graph: Graph) -> list[Ruling]:
    """Return the decisions that hold, the oldest first."""
    return [ruling for ruling in log(graph) if not ruling.undone]


def decisions(graph: Graph) -> list[Decision]:
    """Return the decisions about identity that hold, the oldest first."""
    return [one.decision for one in in_force(graph) if one.verdict in IDENTITY_VERDICTS]


def verdicts(graph: Graph, *verdicts: str) -> set[str]:
    """Return the IRIs of the facts on which the last word is one of these verdicts."""
    last = {
        one.concerns: one.verdict for one in in_force(graph) if one.verdict in ("reject", "confirm")
    }
    return {fact for fact, verdict in last.items() if verdict in verdicts}


def add(graph_: Graph, ruling: Ruling) -> NamedNode:
    """Store a decision; return its node.

    Raises
    ------
    UsageError
        If it does not say who decided and why.
    """
    for option, text in (("--by", ruling.by), ("--because", ruling.because)):
        if not text.strip():
            raise UsageError("a decision needs a name and a reason", where=option)
    name = graph(CURATION, graph_.base)
    graph_.put(name, {*triples_of(graph_.store, name), *_triples(ruling, graph_.base)})
    return node(ruling.key, graph_.base)


def fingerprint(graph_: Graph) -> str:
    """Return digits that change with every decision; empty without any."""
    triples = triples_of(graph_.store, graph(CURATION, graph_.base))
    text = "\n".join(sorted(map(str, triples)))
    return hashlib.sha256(text.encode()).hexdigest()[:16] if triples else ""


def _triples(ruling: Ruling, base: str) -> Iterator[Triple]:
    one = node(ruling.key, base)
    yield Triple(one, RDF.type, COOP.Decision)
    yield Triple(one, COOP.verdict, string(ruling.verdict))
    yield Triple(one, COOP.concerns, NamedNode(ruling.concerns))
    yield Triple(one, COOP.decidedBy, string(ruling.by))
    yield Triple(one, COOP.because, string(ruling.because))
    yield Triple(one, PROV.endedAtTime, Literal(ruling.at, datatype=XSD.dateTime))
    if ruling.keeps is not None:
        yield Triple(one, COOP.keeps, NamedNode(ruling.keeps))
    if ruling.sides:
        told = [[side.key, [list(mention) for mention in side.mentions]] for side in ruling.sides]
        yield Triple(one, COOP.sides, Literal(json.dumps(told), datatype=RDF.JSON))


def _ruling(row: tuple[object, ...], at: str) -> Ruling:
    _, verdict, keeps, concerns, by, because, _, sides = row
    return Ruling(
        str(verdict), str(concerns), str(by), str(because), at,
        None if keeps is None else str(keeps), tuple(_sides(sides)),
    )  # fmt: skip


def _sides(text: object) -> Iterator[Side]:
    given: Iterable[tuple[str, list[tuple[str, str]]]] = json.loads(str(text)) if text else ()
    for key, mentions in given:
        yield Side(key, tuple((document, name) for document, name in mentions))


def _time(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
