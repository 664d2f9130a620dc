from __future__ import annotations

import json
import random
from dataclasses import replace
from datetime import UTC, datetime

import pyoxigraph
import pytest
import rdflib
from graph_samples import TEXT, gold, line, quads, report, resolve, rows
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Quad

from kg.documents.document import Document
from kg.errors import RecordError, UsageError
from kg.extraction.record import Entity, Event, Position, Record
from kg.graph.quads import assignment, document_quads, reference_quads
from kg.graph.vocabulary import COOP, RDF, RDFS, SCHEMA, document_graph, node
from kg.resolution.entities import Resolution

NEEDS_EVIDENCE = (
    COOP.Participation,
    COOP.Tenure,
    COOP.Agreement,
    COOP.Event,
    COOP.JointFacility,
    COOP.Claim,
)
ANY_TEXT = st.text(st.one_of(st.characters(), st.characters(categories=["Cs"])), max_size=30)


def test_a_document_is_one_named_graph() -> None:
    document, record = report()
    resolution = resolve({document.key: record})
    found = list(document_quads(document, record, resolution))
    assert {quad.graph_name for quad in found} == {document_graph(document.key)}
    assert len(found) == len(set(found))
    assert not any(isinstance(quad.subject, pyoxigraph.BlankNode) for quad in found)


def test_the_document_tells_where_it_comes_from() -> None:
    document, record = report()
    found = quads(document, record)
    assert rows(
        found,
        """SELECT ?title ?source ?issued ?language ?hash ?text WHERE { ?doc a coop:SourceDocument ;
           dcterms:title ?title ; dcterms:source ?source ; dcterms:issued ?issued ;
           dcterms:language ?language ; coop:textHash ?hash ; schema:text ?text }""",
    ) == [("Rectors meet", document.source, "2025-09-25", "en", document.text_hash, TEXT)]


def test_a_date_of_publication_without_a_day_is_no_date_of_issue() -> None:
    document, record = report()
    found = quads(replace(document, published="2025-09"), record)
    query = """SELECT ?issued ?date WHERE { ?doc a coop:SourceDocument
        OPTIONAL { ?doc dcterms:issued ?issued } OPTIONAL { ?doc dcterms:date ?date } }"""
    assert rows(found, query) == [("", "2025-09")]


def test_the_record_is_kept_and_can_be_read_again() -> None:
    document, record = report()
    ((stored, version),) = rows(
        quads(document, record),
        "SELECT ?json ?version WHERE { ?doc coop:record ?json ; coop:extractorVersion ?version }",
    )
    assert Record.from_json(stored) == record
    assert version == record.extractor


def test_the_run_names_its_software_and_its_time() -> None:
    document, record = report()
    resolution = resolve({document.key: record})
    at = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
    query = """SELECT ?version ?time WHERE { ?run a coop:Extraction ;
        prov:wasAssociatedWith/schema:softwareVersion ?version
        OPTIONAL { ?run prov:endedAtTime ?time } }"""
    found = document_quads(document, record, resolution, read_at=at)
    assert rows(found, query) == [("kg 0.1.0 model 1.0", "2026-11-23T08:30:00Z")]
    assert rows(document_quads(document, record, resolution), query) == [("kg 0.1.0 model 1.0", "")]


def test_people_hold_posts() -> None:
    query = """SELECT ?person ?verbatim ?role ?organization WHERE { ?t a coop:Tenure ;
        org:member/rdfs:label ?person ; coop:verbatim ?verbatim ; org:role/^skos:broader* ?r ;
        org:role ?role ; org:organization/rdfs:label ?organization }"""
    role = "https://w3id.org/coop-kg/role/"
    assert rows(quads(*report()), query) == [
        ("B. Bolatov", "Deputy Akim", f"{role}deputy-akim", "Akimat of Almaty"),
        ("Lin Yue", "Rector", f"{role}rector", "Lakeside University"),
        (
            "Zhou Qing",
            "Consul General",
            f"{role}consul-general",
            "Consulate General of China in Almaty",
        ),
    ]


def test_people_and_organizations_take_part_in_their_capacity() -> None:
    query = """SELECT ?agent ?capacity ?post WHERE { ?p a coop:Participation ;
        coop:participationIn/rdfs:label "Forum of Rectors"@en ; coop:participant/rdfs:label ?agent ;
        coop:participationRole ?capacity
        OPTIONAL { ?p coop:inCapacityOf/coop:viaPost/rdfs:label ?post } }"""
    capacity = "https://w3id.org/coop-kg/participation-role/"
    assert rows(quads(*report()), query) == [
        ("B. Bolatov", f"{capacity}attendee", "Deputy Akim of Almaty"),
        ("Lin Yue", f"{capacity}attendee", "Rector of Lakeside University"),
        ("Steppe University", f"{capacity}organizer", ""),
        ("Zhou Qing", f"{capacity}attendee", "Consul General of China"),
    ]


def test_taking_part_is_not_said_of_the_employer() -> None:
    query = """SELECT ?p WHERE { ?p coop:participant|coop:onBehalfOf ?o .
        ?o rdfs:label "Lakeside University"@en }"""
    assert rows(quads(*report()), query) == []


def test_a_participation_may_rest_on_another_sentence_than_its_event() -> None:
    query = """SELECT ?quote WHERE { ?p coop:participant/rdfs:label "Lin Yue"@en .
        ?e coop:supports ?p ; coop:inSentence/oa:hasSelector/oa:exact ?quote }"""
    assert rows(quads(*report()), query) == [(TEXT[slice(*line("Lin Yue"))],)]


def test_a_year_taken_from_the_publication_says_so() -> None:
    query = """SELECT ?words ?day ?from ?to ?source WHERE {
        ?event rdfs:label "Forum of Rectors"@en ; coop:occursAt ?t . ?t coop:verbatim ?words ;
        coop:monthDay ?day ; coop:earliest ?from ; coop:latest ?to ;
        prov:wasDerivedFrom ?source }"""
    document, record = report()
    assert rows(quads(document, record), query) == [
        ("September 22", "--09-22", "2025-09-22", "2025-09-22", node(f"doc-{document.key}").value)
    ]


def test_a_date_without_a_year_stays_without() -> None:
    document, record = report()
    event = replace(record.events[0], date="--09-22", date_stated=None)
    found = quads(document, replace(record, events=(event,)))
    query = """SELECT ?property WHERE { ?e rdfs:label "Forum of Rectors"@en ;
        coop:occursAt ?t . ?t ?property ?value }"""
    assert {iri for (iri,) in rows(found, query)} == {
        term.value for term in (RDF.type, COOP.verbatim, COOP.monthDay)
    }


def test_an_event_without_a_name_is_described() -> None:
    document, record = report()
    event = replace(record.events[0], name=None)
    described = [
        (event, "Forum in Almaty, 22 September 2025"),
        (replace(event, places=()), "Forum of Steppe University, Lin Yue and others, 22 Sep"),
        (replace(event, type="Other", date=None, date_stated=None), "Event in Almaty"),
    ]
    for changed, label in described:
        found = quads(document, replace(record, events=(changed,), agreements=()))
        ((name,),) = rows(found, "SELECT ?name WHERE { ?e a coop:Event ; rdfs:label ?name }")
        assert name.startswith(label)


def test_an_agreement_has_parties_and_a_signing() -> None:
    query = """SELECT ?label ?type ?party ?day WHERE { ?a a coop:Agreement ; rdfs:label ?label ;
        dcterms:type ?type ; coop:party/rdfs:label ?party ;
        coop:signedAt/coop:occursAt/coop:earliest ?day }"""
    label = "Memorandum between Lakeside University and College of Rivers, 2 March 2023"
    mou = "https://w3id.org/coop-kg/agreement-type/mou"
    assert rows(quads(*report()), query) == [
        (label, mou, party, "2023-03-02") for party in ("College of Rivers", "Lakeside University")
    ]


def test_a_planned_agreement_is_planned_in_its_evidence() -> None:
    document, record = report()
    planned = replace(record.agreements[0], status="planned", date=None)
    found = quads(document, replace(record, agreements=(planned,)))
    query = """SELECT ?f ?s WHERE { ?a a coop:Agreement . ?e coop:supports ?a ; coop:factuality ?f
        OPTIONAL { ?a coop:signedAt ?s } }"""
    assert rows(found, query) == [("https://w3id.org/coop-kg/factuality/planned", "")]


def test_a_paper_of_one_named_party_is_this_documents_own() -> None:
    document, record = report()
    lone = replace(record.agreements[0], parties=("lakeside",))
    record = replace(record, agreements=(lone,))
    other = replace(document, address="https://news.example.org/other")
    resolution = resolve({document.key: record, other.key: record})
    papers = {
        quad.subject
        for one in (document, other)
        for quad in document_quads(one, record, resolution)
        if quad.object == COOP.Agreement
    }
    assert len(papers) == 2


def test_a_facility_has_partners_a_host_and_a_type() -> None:
    query = """SELECT ?name ?type ?host ?partner WHERE { ?f a coop:JointFacility ;
        rdfs:label ?name ; org:classification ?type ; coop:hostInstitution/rdfs:label ?host ;
        coop:partner/rdfs:label ?partner }"""
    luban = "https://w3id.org/coop-kg/facility-type/luban-workshop"
    assert rows(quads(*report()), query) == [
        ("Luban Workshop", luban, "College of Rivers", partner)
        for partner in ("College of Rivers", "Lakeside University")
    ]


def test_a_facility_in_a_place_is_based_there() -> None:
    document, record = report()
    facility = replace(record.facilities[0], host="kazakhstan")
    found = quads(document, replace(record, facilities=(facility,)))
    query = "SELECT ?place WHERE { ?f a coop:JointFacility ; coop:basedIn/rdfs:label ?place }"
    assert rows(found, query) == [("Kazakhstan",)]


def test_parts_and_locations_are_stated_and_claimed() -> None:
    query = """SELECT ?subject ?predicate ?object ?confidence WHERE { ?s ?predicate ?o .
        ?claim rdf:subject ?s ; rdf:predicate ?predicate ; rdf:object ?o .
        ?s rdfs:label ?subject . ?o rdfs:label ?object .
        ?e coop:supports ?claim ; coop:confidence ?confidence }"""
    assert rows(quads(*report()), query) == [
        ("Almaty", SCHEMA.containedInPlace.value, "Kazakhstan", "0.9"),
        ("Faculty of Bridges", "http://www.w3.org/ns/org#unitOf", "Lakeside University", "0.9"),
        ("Lakeside University", COOP.basedIn.value, "China", "0.9"),
    ]


def test_a_unit_of_a_university_is_an_academic_unit() -> None:
    query = 'SELECT ?c WHERE { ?x rdfs:label "Faculty of Bridges"@en ; a ?c }'
    assert rows(quads(*report()), query) == [(COOP.AcademicUnit.value,)]


def test_two_documents_that_state_one_fact_meet_in_one_node() -> None:
    document, record = report()
    other = replace(document, address="https://news.example.org/other", title="Again")
    resolution = resolve({document.key: record, other.key: record})
    subjects = [
        {quad.subject for quad in document_quads(one, record, resolution)
         if quad.predicate == RDF.type and quad.object in NEEDS_EVIDENCE}
        for one in (document, other)
    ]  # fmt: skip
    assert subjects[0] == subjects[1]
    evidence = [
        {quad.subject for quad in document_quads(one, record, resolution)
         if quad.object == COOP.Evidence}
        for one in (document, other)
    ]  # fmt: skip
    assert evidence[0].isdisjoint(evidence[1])


def test_every_fact_of_the_corpus_has_evidence_in_its_own_document() -> None:
    pairs = gold()
    resolution = resolve({document.key: record for document, record in pairs})
    for document, record in pairs:
        found = list(document_quads(document, record, resolution))
        facts = {quad.subject for quad in found if quad.object in NEEDS_EVIDENCE}
        supported = {quad.object for quad in found if quad.predicate == COOP.supports}
        assert facts <= supported, document.id
        assert len(facts) >= len(record.positions) + len(record.events)


def test_every_quote_of_the_corpus_stands_where_it_says() -> None:
    pairs = gold()
    resolution = resolve({document.key: record for document, record in pairs})
    query = """SELECT ?quote ?start ?end WHERE { ?s a coop:Sentence ; oa:hasSelector ?p, ?q .
        ?q oa:exact ?quote . ?p oa:start ?start ; oa:end ?end }"""
    for document, record in pairs:
        sentences = rows(document_quads(document, record, resolution), query)
        assert sentences
        for quote, start, end in sentences:
            assert document.text[int(start) : int(end)] == quote


def test_the_same_arguments_give_the_same_quads() -> None:
    pairs = gold()
    records = {document.key: record for document, record in pairs}
    document, record = pairs[0]
    first = list(document_quads(document, record, resolve(records)))
    assert first == list(document_quads(document, record, resolve(records)))
    shuffled = list(records.items())
    random.Random(1).shuffle(shuffled)
    again = resolve(dict(shuffled))
    assert first == list(document_quads(document, record, again))
    assert list(reference_quads(resolve(records))) == list(reference_quads(again))


def test_the_assignment_is_written_and_tells_of_every_change() -> None:
    document, record = report()
    resolution = resolve({document.key: record})
    known = assignment(document, record, resolution)
    assert (known,) in rows(quads(document, record), "SELECT ?a WHERE { ?d coop:assignment ?a }")
    key = resolution.keys[document.key, "lin"]
    renamed = {**resolution.entities, key: replace(resolution.entities[key], name="Lin Yue-Qing")}
    changed = [
        (replace(document, title="Other"), record, resolution),
        (replace(document, text=TEXT + " "), record, resolution),
        (document, replace(record, part_of=()), resolution),
        (document, record, replace(resolution, entities=renamed)),
    ]
    assert len({known, *(assignment(*arguments) for arguments in changed)}) == 5
    assert known != assignment(document, record, resolution, base="https://other.example/")
    assert known == assignment(document, record, resolve({document.key: record}))


def test_another_base_moves_every_node() -> None:
    document, record = report()
    resolution = resolve({document.key: record})
    base = "https://kg.example.com/demo"
    for quad in (
        *document_quads(document, record, resolution, base=base),
        *reference_quads(resolution, base=base),
    ):
        assert quad.subject.value.startswith(f"{base}/id/")
        assert quad.graph_name.value.startswith(f"{base}/graph/")
    with pytest.raises(UsageError):
        document_quads(document, record, resolution, base="nonsense")


# ---------- what a document or a record may hold ----------


def test_a_statement_that_rests_on_no_words_is_refused() -> None:
    document, record = report(part_of=())
    bare = replace(record, positions=(Position("lin", "Rector", "lakeside"),))
    with pytest.raises(RecordError, match=r"report: the span \[0, 0\) is outside the text"):
        quads(document, bare)


def test_a_confidence_out_of_range_names_the_document() -> None:
    document, record = report()
    position = replace(record.positions[0], confidence=1.5)
    with pytest.raises(RecordError, match=r"report: the confidence 1\.5"):
        quads(document, replace(record, positions=(position,)))


def test_an_entity_that_was_not_resolved_is_named() -> None:
    document, record = report()
    with pytest.raises(RecordError, match="report: 'almaty' of the record has no identity"):
        list(document_quads(document, record, Resolution()))


def small(name: str, role: str, theme: str) -> tuple[Document, Record]:
    """Return a document with one person, post and event, called as given."""
    text = f"{name} \n {role} {theme} and more words"
    whole = (0, len(text))
    record = Record(
        id=name,
        title=theme,
        source=role,
        extractor=name,
        entities=(
            Entity("p", "Person", name, (role,), (whole,)),
            Entity("o", "University", theme, (name,), (whole,)),
            Entity("x", "Place", name, (), (whole,)),
        ),
        positions=(
            Position("p", role, "o", whole),
            Position("p", role, "x", whole),
            Position("p", role, None, whole),
        ),
        events=(Event("e", "Forum", name, role, ("x",), ("o",), ("p",), theme, whole),),
    )
    return Document(name, text, role, theme, role, theme, name), record


def reread(found: list[Quad]) -> set[Quad]:
    written = pyoxigraph.serialize(found, format=pyoxigraph.RdfFormat.N_QUADS)
    return set(pyoxigraph.parse(written, format=pyoxigraph.RdfFormat.N_QUADS))


@settings(max_examples=60, deadline=None)
@given(ANY_TEXT, ANY_TEXT, ANY_TEXT)
def test_any_names_give_legal_quads(name: str, role: str, theme: str) -> None:
    found = quads(*small(name, role, theme))
    assert reread(found) == set(found)
    for quad in found:
        if isinstance(quad.object, NamedNode):
            assert NamedNode(quad.object.value)


@pytest.mark.parametrize(
    "name",
    [
        'A "quoted" name',
        "two\nlines\ttab",
        "</script><script>alert(1)</script>",
        "back\\slash > . ; } GRAPH",
        "NUL \0 and escape \x1b[31m and \x7f",
        "half a pair \ud800 and \udfff",
        "\u202eright to left\u202c \ufeff \uffff",
        "",
        " ",
    ],
)
def test_hostile_names_give_quads_that_every_reader_reads(name: str) -> None:
    found = quads(*small(name, name, name))
    assert reread(found) == set(found)
    triples = {quad.triple for quad in found}
    for form in (pyoxigraph.RdfFormat.TURTLE, pyoxigraph.RdfFormat.RDF_XML):
        written = pyoxigraph.serialize(triples, format=form)
        assert len(rdflib.Graph().parse(data=written, format=form.media_type)) == len(triples)
    labels = [quad.object.value for quad in found if quad.predicate == RDFS.label]
    assert all(label.strip() for label in labels)


def test_a_record_with_half_a_surrogate_pair_can_be_read_again() -> None:
    document, record = small("half \ud800", "role", "theme")
    ((stored,),) = rows(quads(document, record), "SELECT ?j WHERE { ?d coop:record ?j }")
    assert json.loads(stored) == record.to_dict()
