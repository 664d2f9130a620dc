"""Who and what the nodes of a network are: names, kind, country, region, place.

Every node carries ``label``, ``kind`` (local name of its class), ``country`` (ISO 3166
alpha-2 or empty), ``aliases`` and, where known, ``latitude`` and ``longitude``.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

import pandas as pd

from kg.graph.vocabulary import COOP, FACT, FOAF, SCHEMA

Row = Mapping[str, str]


class Queryable(Protocol):
    """What a network needs of a graph: `kg.graph.store.Graph` has it."""

    def query(self, sparql: str, /) -> pd.DataFrame:
        """Answer a SELECT query, all named graphs taken together."""


CITED = f"""
  ?evidence coop:inSentence ?sentence .
  FILTER NOT EXISTS {{
    ?evidence coop:factuality ?unreal .
    FILTER(?unreal IN ({FACT.planned}, {FACT.denied}, {FACT.cancelled}))
  }}
  ?sentence oa:hasSource ?document ; oa:hasSelector/oa:exact ?quote .
  OPTIONAL {{ ?evidence coop:confidence ?confidence }}
  OPTIONAL {{ ?document dcterms:title ?title }}
  OPTIONAL {{ ?document dcterms:source ?stated }}
  OPTIONAL {{ ?document coop:address ?address }}
  OPTIONAL {{ ?document dcterms:issued ?issued }}
  OPTIONAL {{ ?document dcterms:date ?roughly }}
  OPTIONAL {{ ?release a coop:Reprints ; prov:hadMember ?document }}
"""

TENURES = f"""
SELECT DISTINCT * WHERE {{
  ?tenure org:member ?person ; org:organization ?organization .
  ?evidence coop:supports ?tenure .
  OPTIONAL {{ ?tenure coop:verbatim ?role }}
  {CITED}
}}"""

# Who serves where, by each sentence that says so: what `TENURES` adds takes fifty times as long.
_HELD = f"""
SELECT DISTINCT ?person ?organization ?tenure ?evidence WHERE {{
  ?tenure org:member ?person ; org:organization ?organization .
  ?evidence coop:supports ?tenure .
  FILTER NOT EXISTS {{
    ?evidence coop:factuality ?unreal .
    FILTER(?unreal IN ({FACT.planned}, {FACT.denied}, {FACT.cancelled}))
  }}
}}"""

_NAMES = f"""
SELECT DISTINCT ?node ?class ?label ?alias WHERE {{
  ?node a ?class ; rdfs:label ?label .
  FILTER(?class = {FOAF.Person} || STRSTARTS(STR(?class), "{COOP.iri}")
         || ?class IN (org:Organization, org:OrganizationalUnit))
  OPTIONAL {{ ?node skos:altLabel ?alias }}
  {{ ?node a {FOAF.Person} }}
  UNION {{ ?_1 coop:tieEnd ?node }}
  UNION {{ ?_2 org:organization ?node }}
  UNION {{ ?node coop:basedIn ?_3 }}
  UNION {{ ?_4 coop:participant ?node }}
  UNION {{ ?_5 coop:party ?node }}
}}"""

# The state that sends a mission; else the country of the seat, of the host, of the whole.
_COUNTRIES = f"""
SELECT DISTINCT ?node ?rank ?country ?graph WHERE {{
  {{ GRAPH ?graph {{ ?node coop:sendingState ?place }} BIND(0 AS ?rank) }}
  UNION {{ GRAPH ?graph {{ ?node coop:basedIn ?place }} BIND(1 AS ?rank) }}
  UNION {{ GRAPH ?graph {{ ?node coop:hostInstitution ?host }}
          ?host coop:basedIn ?place BIND(2 AS ?rank) }}
  UNION {{ GRAPH ?graph {{ ?node (org:unitOf|org:subOrganizationOf) ?whole }}
          ?whole coop:basedIn ?place BIND(3 AS ?rank) }}
  ?place schema:containedInPlace* ?country . ?country a {SCHEMA.Country} .
}}"""

_SEATS = """
SELECT DISTINCT ?node ?latitude ?longitude WHERE {
  ?node coop:basedIn ?place . ?place a schema:City ;
    schema:latitude ?latitude ; schema:longitude ?longitude .
}"""


_REGIONS = """
SELECT DISTINCT ?node ?region ?label ?country ?latitude ?longitude WHERE {
  ?node coop:basedIn/schema:containedInPlace* ?region .
  ?region a schema:AdministrativeArea ; rdfs:label ?label .
  OPTIONAL { ?region schema:containedInPlace+ ?country . ?country a schema:Country }
  OPTIONAL { ?region schema:latitude ?latitude ; schema:longitude ?longitude }
}"""


def regions(graph: Queryable) -> dict[str, Row]:
    """Province or oblast of each organization's seat, where the gazetteer knows it."""
    found: dict[str, Row] = {}
    for row in sorted(answers(graph, _REGIONS), key=lambda row: (row["node"], row["label"])):
        found.setdefault(row["node"], row)
    return found


def node_attributes(graph: Queryable, kind: str) -> dict[str, dict[str, Any]]:
    """Everything that can be a node of this kind of network, with its attributes."""
    countries = _countries(graph)
    seats = {row["node"]: row for row in answers(graph, _SEATS)}
    found: dict[str, dict[str, Any]] = {}
    for name, rows in _by_node(answers(graph, _NAMES)).items():
        person = any(row["class"] == FOAF.Person.value for row in rows)
        if kind == "affiliations" or person == (kind == "people"):
            found[name] = _node(rows, countries.get(name, ""), seats.get(name, {}))
    if kind != "organizations":
        _settle(found, answers(graph, _HELD), countries)
    return found


def _node(rows: Sequence[Row], country: str, seat: Row) -> dict[str, Any]:
    classes = sorted({row["class"] for row in rows}, key=lambda c: (COOP.iri not in c, c))
    label = min(row["label"] for row in rows)
    aliases = sorted({row["alias"] for row in rows if row.get("alias")} - {label})
    kind = classes[0].rpartition("#")[2] if "#" in classes[0] else classes[0].rpartition("/")[2]
    where = {key: float(seat[key]) for key in ("latitude", "longitude") if key in seat}
    return {"label": label, "kind": kind, "country": country, "aliases": aliases, **where}


def _settle(
    nodes: Mapping[str, dict[str, Any]], tenures: Iterable[Row], countries: Mapping[str, str]
) -> None:
    """Give people the country of the organizations in which they hold posts."""
    held: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in tenures:
        if code := countries.get(row["organization"]):
            held[row["person"]][code] += 1
    for person, codes in held.items():
        if person in nodes:
            nodes[person]["country"] = min(codes, key=lambda code: (-codes[code], code))


def _countries(graph: Queryable) -> dict[str, str]:
    """Alpha-2 code of each organization: stated before inferred, then what most graphs say."""
    votes: Counter[tuple[str, int, bool, str]] = Counter()
    for row in answers(graph, _COUNTRIES):
        inferred = row["graph"].endswith("/inferred")
        code = row["country"].rpartition("place-")[2].upper()
        votes[row["node"], int(row["rank"]), inferred, code] += 1
    chosen: dict[str, str] = {}
    for node, _, _, code in sorted(votes, key=lambda vote: (*vote[:3], -votes[vote], vote[3])):
        chosen.setdefault(node, code)
    return chosen


def _by_node(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row["node"], []).append(row)
    return found


def answers(graph: Queryable, query: str) -> list[Row]:
    """Answer a query as rows of text, without the cells that are not bound."""
    table = graph.query(query)
    return [
        {str(name): str(value) for name, value in row.items() if not pd.isna(value)}
        for row in table.to_dict(orient="records")
    ]
