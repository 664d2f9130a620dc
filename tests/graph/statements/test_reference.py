from __future__ import annotations

from dataclasses import replace

import pytest
from graph_samples import line, report, resolve, rows
from pyoxigraph import Quad

from kg.extraction.record import Entity, Record
from kg.graph.quads import reference_quads
from kg.graph.vocabulary import COOP, INFERRED, SCHEMA, graph, node
from kg.resolution.entities import Resolution


def test_places_stand_in_the_gazetteer_with_what_contains_them() -> None:
    document, record = report()
    found = list(reference_quads(resolve({document.key: record})))
    assert {quad.graph_name.value.rsplit("/", 1)[1] for quad in found} == {"gazetteer"}
    query = """SELECT ?class ?country ?latitude ?match WHERE { ?p rdfs:label "Almaty"@en ;
        a ?class ; schema:containedInPlace+/rdfs:label ?country ; schema:latitude ?latitude ;
        skos:exactMatch ?match }"""
    ((kind, country, latitude, match),) = rows(found, query)
    assert (kind, country) == (SCHEMA.City.value, "Kazakhstan")
    assert 43 < float(latitude) < 44
    assert match == "https://sws.geonames.org/1526384/"


def with_country(resolution: Resolution, key: str, *, stated: bool) -> Resolution:
    entity = replace(resolution.entities[key], country="CN", country_stated=stated)
    return replace(resolution, entities={**resolution.entities, key: entity})


def test_a_country_that_a_name_points_to_is_a_marked_claim() -> None:
    document, record = report()
    resolution = resolve({document.key: record})
    key = resolution.keys[document.key, "rivers"]
    found = list(reference_quads(with_country(resolution, key, stated=False)))
    assert Quad(node(key), COOP.basedIn, node("place-cn"), graph(INFERRED)) in found
    query = """SELECT ?s ?o WHERE { ?c a coop:Claim ; coop:inferred true ; rdf:subject ?s ;
        rdf:predicate coop:basedIn ; rdf:object ?o }"""
    assert rows(found, query) == [(node(key).value, node("place-cn").value)]


def test_a_country_that_a_text_states_is_not_inferred() -> None:
    document, record = report()
    resolution = resolve({document.key: record})
    key = resolution.keys[document.key, "rivers"]
    found = reference_quads(with_country(resolution, key, stated=True))
    assert not any(quad.predicate == COOP.inferred for quad in found)


@pytest.mark.parametrize(
    ("name", "sending", "receiving"),
    [
        ("Embassy of China in Kazakhstan", "China", "Kazakhstan"),
        ("Kazakh Embassy in China", "Kazakhstan", "China"),
        ("Consulate General of the People's Republic of China in Almaty", "China", "Kazakhstan"),
        ("Chinese Embassy", "China", ""),
        ("Consulate General", "", ""),
    ],
)
def test_the_states_of_a_mission_are_read_in_its_name(
    name: str, sending: str, receiving: str
) -> None:
    document, record = report()
    mission = Entity("m", "DiplomaticMission", name, (), (line("Almaty"),), 0.9)
    record = Record("report", entities=(mission,))
    found = reference_quads(resolve({document.key: record}))
    query = """SELECT ?sending ?receiving WHERE { { ?m coop:sendingState|coop:receivingState ?x }
        OPTIONAL { ?m coop:sendingState/rdfs:label ?sending }
        OPTIONAL { ?m coop:receivingState/rdfs:label ?receiving } }"""
    expected = [(sending, receiving)] if sending or receiving else []
    assert rows(found, query) == expected
