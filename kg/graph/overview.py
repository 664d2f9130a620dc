"""What a graph holds, in figures and tables."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode

from kg.graph.basis import CO_ATTENDANCE, PARTNERS, PARTNERSHIP
from kg.graph.results import frame
from kg.graph.vocabulary import CLASSES, COOP, SCHEMA

if TYPE_CHECKING:
    import pandas as pd

    from kg.graph.store import Graph

_MORE_CLASSES = (COOP.AcademicUnit, SCHEMA.Country, SCHEMA.AdministrativeArea, SCHEMA.City)
STATEMENTS = {
    "positions": COOP.Tenure,
    "events": COOP.Event,
    "participations": COOP.Participation,
    "agreements": COOP.Agreement,
    "facilities": COOP.JointFacility,
    "links": COOP.Claim,
}
"""The class of the nodes that each kind of statement makes."""

_DOCUMENTS = """
SELECT ?key ?id ?title ?source ?published ?hash ?extractor (COUNT(?fact) AS ?statements) {
  { SELECT DISTINCT ?g ?key ?id ?title ?source ?published ?hash ?extractor {
      GRAPH ?g {
        ?document a coop:SourceDocument ; coop:textHash ?hash .
        OPTIONAL { ?document dcterms:identifier ?id }
        OPTIONAL { ?document coop:extractorVersion ?extractor }
        OPTIONAL { ?document dcterms:title ?title }
        OPTIONAL { ?document dcterms:source ?source }
        OPTIONAL { ?document dcterms:issued|dcterms:date ?published }
      }
      BIND(STRAFTER(STR(?g), "graph/doc-") AS ?key)
  } }
  OPTIONAL { GRAPH ?g { VALUES ?class { %s } ?fact a ?class } }
} GROUP BY ?key ?id ?title ?source ?published ?hash ?extractor ORDER BY ?id ?key
"""
_COUNTS = """
SELECT ?class (COUNT(DISTINCT ?thing) AS ?n) {
  VALUES ?class { %s } ?thing a ?class
} GROUP BY ?class ORDER BY DESC(?n) ?class
"""
_PARTNERSHIPS = """
SELECT (COUNT(DISTINCT ?tie) AS ?ties) {
  VALUES ?kind { %s } ?tie a coop:CooperationTie ; coop:tieKind ?kind
}
"""
_DATES = """
SELECT (MIN(?day) AS ?first) (MAX(?day) AS ?last) { ?when coop:earliest|coop:latest ?day }
"""


def document_table(graph: Graph) -> pd.DataFrame:
    """Return a row for each document: what it is, and how many statements it makes."""
    return graph.query(_DOCUMENTS % _listed(STATEMENTS.values()))


def figures(graph: Graph) -> pd.DataFrame:
    """Return rows of group, kind and figure: what there is, how much, from when to when."""
    facts = _count(graph, (*STATEMENTS.values(), COOP.SourceDocument, COOP.CooperationTie))
    rows: list[tuple[str, str, Any]] = [("documents", "", facts.get(COOP.SourceDocument, 0))]
    things = _count(graph, dict.fromkeys((*CLASSES.values(), *_MORE_CLASSES)))
    rows += [("entities", _local(one), number) for one, number in things.items()]
    rows += [("statements", kind, facts.get(one, 0)) for kind, one in STATEMENTS.items()]
    partnerships = _partnerships(graph)
    ties = facts.get(COOP.CooperationTie, 0)
    rows.append(("ties", "", ties))
    rows += [("ties", PARTNERSHIP, partnerships), ("ties", CO_ATTENDANCE, ties - partnerships)]
    rows.append(("triples", "", graph.size()))
    ((first, last),) = graph.rows(_DATES)
    rows += [("dates", end, day) for end, day in (("first", first), ("last", last)) if day]
    return frame(("group", "kind", "figure"), rows)


def totals(graph: Graph) -> tuple[int, int, int, int]:
    """Return the numbers of entities, statements, ties, and ties that are partnerships."""
    things = _count(graph, dict.fromkeys((*CLASSES.values(), *_MORE_CLASSES)))
    facts = _count(graph, STATEMENTS.values())
    ties = _count(graph, (COOP.CooperationTie,))
    return sum(things.values()), sum(facts.values()), sum(ties.values()), _partnerships(graph)


def _partnerships(graph: Graph) -> int:
    kinds = " ".join(f'"{kind}"' for kind in sorted(PARTNERS))
    ((number,),) = graph.rows(_PARTNERSHIPS % kinds)
    return int(number)


def overview(graph: Graph) -> str:
    """Return the figures as a small table for a notebook."""
    cells = "".join(
        f"<tr><th>{escape(f'{group} {kind}')}</th><td>{escape(str(figure))}</td></tr>"
        for group, kind, figure in figures(graph).itertuples(index=False)
    )
    where = escape(str(graph.path or "in memory"))
    return f"<table><caption>Graph {where}</caption><tbody>{cells}</tbody></table>"


def _count(graph: Graph, classes: Iterable[NamedNode]) -> dict[NamedNode, int]:
    return {NamedNode(one): n for one, n in graph.rows(_COUNTS % _listed(classes))}


def _listed(classes: Iterable[NamedNode]) -> str:
    return " ".join(str(one) for one in classes)


def _local(iri: NamedNode) -> str:
    return iri.value.replace("#", "/").rsplit("/", 1)[1]
