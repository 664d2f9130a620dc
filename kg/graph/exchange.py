"""The graph for programs with models of their own: RDF 1.2, nanopublications, FtM, Gephi.

What a model has no place for is left out; ``docs/ontology.md`` says what each loses.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, Any

from pyoxigraph import (
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QuerySolutions,
    RdfFormat,
    Triple,
    serialize,
)

from kg.graph.vocabulary import COOP, DCTERMS, PROV, RDF

if TYPE_CHECKING:
    from kg.graph.store import Graph

_REIFIES = NamedNode(f"{RDF.iri}reifies")
_PARTS = (RDF.subject, RDF.predicate, RDF.object)
_NP = "http://www.nanopub.org/nschema#"
# Decisions of people, if there are any: the last word on each fact that was not taken back.
_CONFIRMED = f"""
SELECT ?decision ?fact ?by ?at {{
  ?decision {COOP["verdict"]} "confirm" ; {COOP["concerns"]} ?fact ; {COOP["decidedBy"]} ?by ;
    prov:endedAtTime ?at .
  FILTER NOT EXISTS {{ ?undo {COOP["verdict"]} "undo" ; {COOP["concerns"]} ?decision .
    FILTER NOT EXISTS {{ ?redo {COOP["verdict"]} "undo" ; {COOP["concerns"]} ?undo }} }}
  FILTER NOT EXISTS {{ ?later {COOP["verdict"]} "reject" ; {COOP["concerns"]} ?fact ;
    prov:endedAtTime ?after . FILTER(?after > ?at) }}
}} ORDER BY ?fact ?decision"""


def triple_terms(graph: Graph, output: IO[bytes]) -> None:
    """Write the whole graph as RDF 1.2 Turtle, in which each claim reifies its triple."""
    triples: set[Triple] = set()
    parts: defaultdict[Any, dict[NamedNode, Any]] = defaultdict(dict)
    for quad in graph.store.quads_for_pattern(None, None, None, DefaultGraph()):
        if quad.predicate in _PARTS:
            parts[quad.subject][quad.predicate] = quad.object
        else:
            triples.add(quad.triple)
    for claim, stated in parts.items():
        subject, predicate, object = (stated[part] for part in _PARTS)
        triples.add(Triple(claim, _REIFIES, Triple(subject, predicate, object)))
    serialize(
        sorted(triples, key=str), output, format=RdfFormat.TURTLE, prefixes=dict(graph.prefixes)
    )


def nanopublications(graph: Graph, output: IO[bytes]) -> None:
    """Write each fact that a person confirmed as a nanopublication, in TriG.

    After the guidelines of nanopub.net: a head, what is asserted, where it comes from (the
    evidence), and who published it when (the decision).
    """
    found = graph.store.query(_CONFIRMED, prefixes=dict(graph.prefixes))
    assert isinstance(found, QuerySolutions)
    quads = [
        quad
        for row in found
        for quad in _nanopublication(graph, row["decision"], row["fact"], row["by"], row["at"])
    ]
    serialize(quads, output, format=RdfFormat.TRIG, prefixes={**graph.prefixes, "np": _NP})


def _nanopublication(
    graph: Graph, decision: NamedNode, fact: NamedNode, by: Literal, at: Literal
) -> Iterator[Quad]:
    whole = NamedNode(f"{graph.base}np/{decision.value.rsplit('/', 1)[-1]}")
    head, said, source, info = (
        NamedNode(f"{whole.value}#{name}")
        for name in ("Head", "assertion", "provenance", "pubinfo")
    )
    yield Quad(whole, RDF.type, NamedNode(f"{_NP}Nanopublication"), head)
    for name, part in (("Assertion", said), ("Provenance", source), ("PublicationInfo", info)):
        yield Quad(whole, NamedNode(f"{_NP}has{name}"), part, head)
    for triple in sorted(_about(graph, fact), key=str):
        yield Quad(triple.subject, triple.predicate, triple.object, said)
    for evidence in _support(graph, fact):
        yield Quad(said, PROV.wasDerivedFrom, evidence, source)
        for triple in sorted(_about(graph, evidence), key=str):
            yield Quad(triple.subject, triple.predicate, triple.object, source)
    yield Quad(whole, DCTERMS["creator"], by, info)
    yield Quad(whole, DCTERMS["created"], at, info)


def _about(graph: Graph, node: NamedNode) -> Iterator[Triple]:
    for quad in graph.store.quads_for_pattern(node, None, None, DefaultGraph()):
        yield quad.triple


def _support(graph: Graph, fact: NamedNode) -> list[NamedNode]:
    found = graph.store.quads_for_pattern(None, COOP.supports, fact, DefaultGraph())
    return sorted((quad.subject for quad in found if isinstance(quad.subject, NamedNode)), key=str)


# ---------- FollowTheMoney ----------

_SCHEMATA = {
    "Person": "foaf:Person",
    "Company": "coop:Enterprise",
    "PublicBody": "coop:GovernmentBody",
    "Organization": "org:Organization",
    "Event": "coop:Event",
}
_THINGS = """SELECT DISTINCT ?thing ?name {
  ?thing a/rdfs:subClassOf* %s ; rdfs:label|skos:altLabel ?name } ORDER BY ?thing ?name"""
_FTM = {
    "Article": """SELECT ?id ("title" AS ?property) ?value { ?id a coop:SourceDocument ;
      dcterms:identifier ?name . OPTIONAL { ?id dcterms:title ?title }
      BIND(COALESCE(?title, ?name) AS ?value) }""",
    "Event": """SELECT ?id ?property ?value { ?id a coop:Event .
      { ?id coop:organizer ?value BIND("organizer" AS ?property) }
      UNION { ?id coop:attendedBy ?value BIND("involved" AS ?property) }
      UNION { ?id coop:takesPlaceIn/rdfs:label ?value BIND("location" AS ?property) }
      UNION { ?id coop:occursAt/coop:earliest ?value BIND("startDate" AS ?property) }
      UNION { ?id coop:occursAt/coop:latest ?value BIND("endDate" AS ?property) }
      UNION { ?e coop:supports ?id ; coop:inSentence/oa:hasSource ?value .
        BIND("proof" AS ?property) }
      FILTER NOT EXISTS { ?value a/rdfs:subClassOf* schema:Place } }""",
    "Membership": """SELECT ?id ?property ?value { ?id a coop:Tenure ; org:organization ?body .
      { ?id org:member ?value BIND("member" AS ?property) }
      UNION { ?id org:organization ?value BIND("organization" AS ?property) }
      UNION { ?id coop:verbatim ?value BIND("role" AS ?property) }
      UNION { ?e coop:supports ?id ; coop:inSentence/oa:hasSource ?value .
        BIND("proof" AS ?property) }
    }""",
    "UnknownLink": """SELECT ?id ?property ?value { ?id a coop:CooperationTie .
      { ?id coop:tieEnd ?value, ?other FILTER(STR(?value) < STR(?other))
        BIND("subject" AS ?property) }
      UNION { ?id coop:tieEnd ?value, ?other FILTER(STR(?value) > STR(?other))
        BIND("object" AS ?property) }
      UNION { ?id coop:tieKind ?value BIND("role" AS ?property) } }""",
}


def follow_the_money(graph: Graph, output: IO[bytes]) -> None:
    """Write people, bodies, events, posts, ties and reports as FollowTheMoney JSON lines."""
    kinds: dict[str, str] = {}
    properties: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for schema, above in _SCHEMATA.items():
        for thing, name in graph.rows(_THINGS % above):
            kinds.setdefault(thing, schema)
            properties[thing]["name"].add(str(name))
    for schema, query in _FTM.items():
        for thing, name, value in graph.rows(query):
            kinds.setdefault(thing, schema)
            properties[thing][name].add(str(value))
    for thing in sorted(kinds):
        entity = {
            "id": _local(thing, graph.base),
            "schema": kinds[thing],
            "properties": {
                name: sorted(_local(value, graph.base) for value in values)
                for name, values in sorted(properties[thing].items())
            },
        }
        output.write(json.dumps(entity, ensure_ascii=False).encode() + b"\n")


def _local(value: str, base: str) -> str:
    return value.removeprefix(f"{base}id/")
