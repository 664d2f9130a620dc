from __future__ import annotations

from dataclasses import replace

import pytest
from graph_samples import mentioned, paragraph, quads, resolve, rows
from hypothesis import given
from hypothesis import strategies as st

from kg.documents.document import Document
from kg.extraction.record import Entity, Position, Record
from kg.graph.statements.bodies import signature

BODY = """SELECT ?label ?class ?inferred WHERE { ?t a coop:Tenure ; org:organization ?o .
    ?o rdfs:label ?label ; a ?class OPTIONAL { ?o coop:inferred ?inferred } }"""


def post(text: str, role: str, of: str, *others: Entity) -> tuple[Document, Record]:
    """Return a text that gives a person a post of a place."""
    known = (Entity("p", "Person", "Ada Sample"), Entity("of", "Place", of), *others)
    entities = tuple(mentioned(entity, text) for entity in known)
    position = Position("p", role, "of", paragraph(text, ["Ada Sample"]), 0.9)
    return Document("post", text), Record("post", entities=entities, positions=(position,))


@pytest.mark.parametrize(
    ("role", "of", "label", "kind"),
    [
        ("Akim", "Almaty", "Akimat of Almaty", "GovernmentBody"),
        ("First Deputy Akim", "Almaty Region", "Akimat of Almaty Region", "GovernmentBody"),
        ("Vice Governor", "Sichuan Province", "Government of Sichuan", "GovernmentBody"),
        ("Acting Mayor", "Xi'an", "Government of Xi'an", "GovernmentBody"),
        ("President", "Republic of Kazakhstan", "Government of Kazakhstan", "GovernmentBody"),
        ("advisor to the President", "Kazakhstan", "Government of Kazakhstan", "GovernmentBody"),
        ("Vice Minister of Tides", "China", "Ministry of Tides of China", "GovernmentBody"),
        ("Prime Minister", "Kazakhstan", "Government of Kazakhstan", "GovernmentBody"),
        ("Consul General", "China", "Consulate General of China", "DiplomaticMission"),
        ("Ambassador", "China", "Embassy of China", "DiplomaticMission"),
    ],
)
def test_a_post_of_a_territory_is_in_the_body_that_governs_it(
    role: str, of: str, label: str, kind: str
) -> None:
    found = quads(*post(f"{role} of {of} Ada Sample came.", role, of))
    assert rows(found, BODY) == [(label, f"https://w3id.org/coop-kg/ns#{kind}", "true")]


def test_the_territory_that_the_words_give_is_kept() -> None:
    found = quads(*post("Akim of Almaty Ada Sample came.", "Akim", "Almaty"))
    query = "SELECT ?place WHERE { ?t a coop:Tenure ; coop:territory/rdfs:label ?place }"
    assert rows(found, query) == [("Almaty",)]


def test_the_body_of_a_tenure_is_a_claim_marked_as_inferred() -> None:
    found = quads(*post("Akim of Almaty Ada Sample came.", "Akim", "Almaty"))
    query = """SELECT ?quote WHERE { ?c a coop:Claim ; coop:inferred true ; rdf:subject ?t ;
        rdf:predicate org:organization ; rdf:object ?o . ?t org:organization ?o .
        ?e coop:supports ?c ; coop:inSentence/oa:hasSelector/oa:exact ?quote }"""
    assert rows(found, query) == [("Akim of Almaty Ada Sample came.",)]


@pytest.mark.parametrize(
    "words",
    [
        "the Consul General of China in Almaty, Ada Sample, came.",
        "Ada Sample, Consul General of China in the Almaty, came.",
    ],
)
def test_a_mission_stands_where_the_words_say(words: str) -> None:
    seat = Entity("seat", "Place", "Almaty")
    found = quads(*post(words, "Consul General", "China", seat))
    query = """SELECT ?label ?sending ?receiving ?seat WHERE { ?m a coop:DiplomaticMission ;
        rdfs:label ?label ; coop:sendingState ?s ; coop:receivingState ?r ; coop:basedIn ?b .
        ?s rdfs:label ?sending . ?b rdfs:label ?seat
        BIND(STRAFTER(STR(?r), "place-") AS ?receiving) }"""
    assert rows(found, query) == [("Consulate General of China in Almaty", "China", "kz", "Almaty")]


@pytest.mark.parametrize(
    ("role", "of", "type", "name"),
    [
        ("Deputy Akim", "Almaty", "GovernmentBody", "Almaty City Akimat"),
        ("Vice Governor", "Sichuan", "GovernmentBody", "People's Government of Sichuan Province"),
        ("Vice Governor", "Sichuan", "GovernmentBody", "Sichuan Provincial Government"),
        ("Minister of Tides", "China", "GovernmentBody", "Chinese Ministry of Tides"),
        ("Ambassador", "China", "DiplomaticMission", "Chinese Embassy in Kazakhstan"),
    ],
)
def test_a_body_that_a_text_names_is_used(role: str, of: str, type: str, name: str) -> None:
    others = (Entity("b", type, name), Entity("seat", "Place", "Kazakhstan"))
    words = f"Ada Sample, {role} of {of} to Kazakhstan, came.\n{name} wrote."
    found = quads(*post(words, role, of, *others))
    assert rows(found, BODY) == [(name, f"https://w3id.org/coop-kg/ns#{type}", "")]


def test_an_embassy_in_the_other_country_is_another_embassy() -> None:
    others = (
        Entity("b", "DiplomaticMission", "Kazakh Embassy in China"),
        Entity("seat", "Place", "Kazakhstan"),
    )
    words = "Ada Sample, Ambassador of China to Kazakhstan, came.\nKazakh Embassy in China wrote."
    ((label, _, inferred),) = rows(quads(*post(words, "Ambassador", "China", *others)), BODY)
    assert (label, inferred) == ("Embassy of China in Kazakhstan", "true")


def test_the_region_of_a_citys_name_has_its_own_akimat() -> None:
    other = Entity("b", "GovernmentBody", "Akimat of Almaty")
    words = "Akim of Almaty Region Ada Sample came.\nAkimat of Almaty wrote."
    ((label, _, inferred),) = rows(quads(*post(words, "Akim", "Almaty Region", other)), BODY)
    assert (label, inferred) == ("Akimat of Almaty Region", "true")


def test_missions_whose_seat_is_not_said_are_not_taken_for_one() -> None:
    document, record = post("Consul General of China Ada Sample came.", "Consul General", "China")
    entities = (replace(record.entities[0], name="Eve Sample"), record.entities[1])
    other = replace(record, entities=entities)
    bodies = [
        rows(quads(document, one), "SELECT ?m WHERE { ?m a coop:DiplomaticMission }")
        for one in (record, other)
    ]
    assert bodies[0] != bodies[1]


def test_a_post_of_a_territory_that_tells_no_body_has_none() -> None:
    found = quads(*post("Leader of Almaty Ada Sample came.", "Leader", "Almaty"))
    assert rows(found, BODY) == []
    query = "SELECT ?t WHERE { ?t a coop:Tenure ; coop:territory ?place }"
    assert len(rows(found, query)) == 1


def test_two_reports_make_one_akimat() -> None:
    first = post("Akim of Almaty Ada Sample came.", "Akim", "Almaty")
    second = post("Deputy Akim of Alma-Ata Ada Sample went.", "Deputy Akim", "Alma-Ata")
    bodies = [
        rows(quads(*one), "SELECT ?o WHERE { ?t org:organization ?o }") for one in (first, second)
    ]
    assert bodies[0] == bodies[1]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "Embassy of the People's Republic of China in Kazakhstan",
            "Chinese Embassy in Kazakhstan",
        ),
        ("Government of Sichuan", "Sichuan Provincial Government"),
        ("Akimat of Almaty", "Almaty City Akimat"),
    ],
)
def test_names_of_one_body_have_one_signature(one: str, other: str) -> None:
    assert signature(one) == signature(other)


@given(st.text(), st.text())
def test_any_words_have_a_signature(one: str, other: str) -> None:
    assert len(signature(f"{one} in {other}")) == 2


def test_another_resolution_finds_its_own_bodies() -> None:
    """The table of named bodies is kept for the resolution that it was made of, and no other."""
    document, record = post("Akim of Almaty Ada Sample came.", "Akim", "Almaty")
    named = replace(
        record,
        entities=(
            *record.entities,
            Entity("b", "GovernmentBody", "Akimat of Almaty", (), ((0, 4),)),
        ),
    )
    for changed, inferred in ((record, "true"), (named, ""), (record, "true")):
        ((_, _, found),) = rows(quads(document, changed), BODY)
        assert found == inferred
    assert resolve({document.key: named}).entities
