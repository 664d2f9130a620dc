from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest
import rdflib
from graph_samples import line, quads, report, resolve
from pyoxigraph import Literal, NamedNode, Quad, Store
from rdflib.namespace import RDF as RDFLIB_RDF
from rdflib.namespace import SH

from kg.extraction.record import Stage
from kg.graph.quads import document_quads
from kg.graph.validation import Violation, validate, violations
from kg.graph.vocabulary import (
    COOP,
    DCTERMS,
    FOAF,
    OA,
    ORG,
    PROV,
    RDF,
    RDFS,
    ROLE,
    SCHEMA,
    XSD,
    node,
    ontology_file,
)

X = node("org-x-planted")
Y = node("org-x-other")
TIE = node("tie-planted")
Plant = Callable[[list[Quad]], list[Quad]]


@cache
def _sound() -> tuple[Quad, ...]:
    five = Stage("memo", "in force", None, None, "P5Y", line("a memorandum"), 0.9)
    return tuple(quads(*report(stages=(five,))))


def sound() -> list[Quad]:
    return list(_sound())


def first(kind: NamedNode) -> NamedNode:
    """Return the first node of a class in the sound data."""
    return min(
        (quad.subject for quad in sound() if quad.predicate == RDF.type and quad.object == kind),
        key=str,
    )


def add(*triples: tuple[NamedNode, NamedNode, NamedNode | Literal]) -> Plant:
    return lambda found: [*found, *(Quad(*triple) for triple in triples)]


def lose(subject: NamedNode, predicate: NamedNode) -> Plant:
    return lambda found: [
        quad for quad in found if (quad.subject, quad.predicate) != (subject, predicate)
    ]


def change(subject: NamedNode, predicate: NamedNode, value: NamedNode | Literal) -> Plant:
    return lambda found: [*lose(subject, predicate)(found), Quad(subject, predicate, value)]


def date(text: str) -> Literal:
    return Literal(text, datatype=XSD.date)


def in_another_document(found: list[Quad]) -> list[Quad]:
    """Move one sentence to a document that its run did not read."""
    document, record = report()
    other = replace(document, address="https://news.example.org/other")
    both = resolve({document.key: record, other.key: record})
    found = [*document_quads(document, record, both), *document_quads(other, record, both)]
    return change(first(COOP.Sentence), OA.hasSource, node(f"doc-{other.key}"))(found)


PLANTED: list[tuple[str, str, Plant]] = [
    ("Person", "a person without a name", lose(first(FOAF.Person), RDFS.label)),
    ("Organization", "an organization without a name", add((X, RDF.type, COOP.University))),
    (
        "Organization",
        "an organization with two display names in one language",
        add((first(COOP.University), RDFS.label, Literal("Other", language="en"))),
    ),
    (
        "Organization",
        "an organization is based in something that is not a place",
        add((first(COOP.University), COOP.basedIn, first(FOAF.Person))),
    ),
    (
        "Whole",
        "an organization is a part of itself",
        add((X, ORG.subOrganizationOf, Y), (Y, ORG.unitOf, X)),
    ),
    ("Place", "a place without a name", add((X, RDF.type, SCHEMA.City))),
    (
        "Mission",
        "a diplomatic mission in its own state",
        change(first(COOP.DiplomaticMission), COOP.receivingState, node("place-cn")),
    ),
    (
        "Post",
        "a post belongs to exactly one organization",
        lose(first(ORG.Post), ORG.postIn),
    ),
    ("Tenure", "a tenure is one person's", lose(first(COOP.Tenure), ORG.member)),
    (
        "Tenure",
        "the post of a tenure belongs to another organization",
        add((first(ORG.Post), ORG.postIn, first(COOP.University))),
    ),
    (
        "AgreementStage",
        "a stage is of one agreement",
        lose(first(COOP.AgreementStage), COOP.stageOf),
    ),
    (
        "AgreementStage",
        "the term of an agreement is one duration",
        change(first(COOP.AgreementStage), COOP.term, Literal("five years")),
    ),
    ("Role", "a role has one rank", add((ROLE["rector"], COOP.rank, Literal(4)))),
    ("Event", "an event without a name", lose(first(COOP.Event), RDFS.label)),
    (
        "Event",
        "an event takes place in something that is not a place",
        add((first(COOP.Event), COOP.takesPlaceIn, first(FOAF.Person))),
    ),
    (
        "Participation",
        "a participation is one agent's",
        lose(first(COOP.Participation), COOP.participant),
    ),
    (
        "Participation",
        "someone takes part in the capacity of another person's tenure",
        lambda found: [
            *found,
            *(
                Quad(part, COOP.inCapacityOf, tenure)
                for part in {q.subject for q in found if q.predicate == COOP.inCapacityOf}
                for tenure in {q.subject for q in found if q.object == COOP.Tenure}
            ),
        ],
    ),
    (
        "Agreement",
        "a party to an agreement is an organization, a state or a territory",
        add((first(COOP.Agreement), COOP.party, first(FOAF.Person))),
    ),
    (
        "JointFacility",
        "a facility has a type of the facility type scheme",
        lose(first(COOP.JointFacility), ORG.classification),
    ),
    (
        "Supported",
        "a fact without evidence",
        lambda found: [quad for quad in found if quad.object != first(COOP.Tenure)],
    ),
    (
        "Evidence",
        "evidence has one confidence between 0 and 1",
        change(first(COOP.Evidence), COOP.confidence, Literal("1.2", datatype=XSD.decimal)),
    ),
    (
        "Sentence",
        "a sentence has a start before its end",
        lambda found: change(
            min((q.subject for q in found if q.predicate == OA.start), key=str), OA.end, Literal(0)
        )(found),
    ),
    ("Claim", "a claim has one object", lose(first(COOP.Claim), RDF.object)),
    (
        "Document",
        "a document has the SHA-256 of its text",
        change(first(COOP.SourceDocument), COOP.textHash, Literal("abc")),
    ),
    (
        "Extraction",
        "an extraction run names the version of its software",
        lose(first(COOP.Extraction), PROV.wasAssociatedWith),
    ),
    (
        "Extraction",
        "evidence of a run stands in a sentence of another document",
        in_another_document,
    ),
    (
        "DateMention",
        "a date mention ends before it begins",
        change(first(COOP.DateMention), COOP.latest, date("1999-01-01")),
    ),
    (
        "DateMention",
        "the stated day of a date mention is one month and day",
        add((first(COOP.DateMention), COOP.monthDay, Literal("--09-22", datatype=XSD.string))),
    ),
    (
        "ResolvedDate",
        "a resolved date contradicts the stated month and day",
        add(
            (X, RDF.type, COOP.DateMention),
            (X, COOP.monthDay, Literal("--09-22", datatype=XSD.gMonthDay)),
            (X, COOP.earliest, date("2025-09-23")),
        ),
    ),
    (
        "Tie",
        "a tie has two ends",
        add(
            (TIE, RDF.type, COOP.CooperationTie),
            (TIE, COOP.tieEnd, X),
            (TIE, COOP.strength, Literal("0.5", datatype=XSD.decimal)),
            (TIE, PROV.wasDerivedFrom, X),
        ),
    ),
]
WARNED: list[tuple[str, str, Plant]] = [
    (
        "Mission",
        "a diplomatic mission whose sending state is not known",
        lose(first(COOP.DiplomaticMission), COOP.sendingState),
    ),
    (
        "Tenure",
        "a tenure whose organization is not known",
        lambda found: [
            quad for quad in found if quad.predicate not in (ORG.organization, COOP.viaPost)
        ],
    ),
    (
        "Signing",
        "a signing without an agreement",
        lambda found: [quad for quad in found if quad.predicate != COOP.signedAt],
    ),
    (
        "Agreement",
        "an agreement with fewer than two known parties",
        lose(first(COOP.Agreement), COOP.party),
    ),
    (
        "JointFacility",
        "a joint facility with fewer than two known partners",
        lose(first(COOP.JointFacility), COOP.partner),
    ),
    (
        "BoundedDate",
        "a date mention without bounds",
        lambda found: [
            quad
            for quad in found
            if quad.predicate not in (COOP.earliest, COOP.latest, COOP.monthDay)
        ],
    ),
    (
        "Event",
        "an event in more than six places",
        lambda found: [
            *found,
            *(
                quad
                for i in range(7)
                for quad in (
                    Quad(first(COOP.Event), COOP.takesPlaceIn, node(f"place-x-{i}")),
                    Quad(node(f"place-x-{i}"), RDF.type, SCHEMA.Place),
                    Quad(node(f"place-x-{i}"), RDFS.label, Literal(f"P{i}", language="en")),
                )
            ),
        ],
    ),
]


def names(plants: list[tuple[str, str, Plant]]) -> list[str]:
    return [f"{shape}: {message}" for shape, message, _ in plants]


def test_the_sample_is_sound() -> None:
    found = validate(sound())
    assert violations(found) == []
    assert [each.message for each in found] == ["an extraction run of unknown time"]


@pytest.mark.parametrize(("shape", "message", "plant"), PLANTED, ids=names(PLANTED))
def test_a_planted_error_is_found(shape: str, message: str, plant: Plant) -> None:
    found = violations(validate(plant(sound())))
    assert (shape, message) in {(each.shape, each.message) for each in found}


@pytest.mark.parametrize(("shape", "message", "plant"), WARNED, ids=names(WARNED))
def test_what_honest_data_may_lack_is_a_warning_only(
    shape: str, message: str, plant: Plant
) -> None:
    found = validate(plant(sound()))
    assert (shape, message) in {(each.shape, each.message) for each in found}
    assert violations(found) == []


def test_every_shape_is_tried() -> None:
    shapes = rdflib.Graph().parse(ontology_file("shapes.ttl"))
    known = {str(s).rsplit("#", 1)[1] for s in shapes.subjects(RDFLIB_RDF.type, SH.NodeShape)}
    assert {shape for shape, _, _ in (*PLANTED, *WARNED)} == known


def test_the_corpus_conforms(corpus: list[Quad]) -> None:
    found = validate(corpus)
    assert violations(found) == []
    assert {each.shape for each in found} <= {"Extraction", "Tenure", "Mission", "Agreement"}


def test_a_store_is_validated_as_its_quads_are(corpus: list[Quad]) -> None:
    store = Store()
    some = [quad for quad in corpus if "doc-" in quad.graph_name.value][:2000]
    store.extend(some)
    assert validate(store) == validate(some)


def test_validation_leaves_no_trace() -> None:
    planted = PLANTED[0][2](sound())
    assert validate(planted) == validate(planted)
    assert violations(validate(sound())) == []


def test_a_result_reads_as_a_sentence() -> None:
    broken = change(first(COOP.Agreement), DCTERMS.type, X)(sound())
    (found,) = violations(validate(broken))
    assert str(found) == (
        "Violation: Agreement Memorandum between Lakeside University and College of Rivers, "
        "2 March 2023: an agreement has a type of the agreement type scheme "
        f"({X.value})"
    )
    assert found.node == first(COOP.Agreement).value


def test_violations_come_before_warnings() -> None:
    broken = lose(first(COOP.Tenure), ORG.member)(sound())
    severities = [each.severity for each in validate(broken)]
    assert severities == sorted(severities)
    assert set(severities) == {"Violation", "Warning"}


def test_a_result_without_a_value_ends_with_its_message() -> None:
    assert str(Violation("Warning", "Tie", "n", "A – B", "a tie rests on a fact")) == (
        "Warning: Tie A – B: a tie rests on a fact"
    )
