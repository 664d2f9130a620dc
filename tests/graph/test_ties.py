from __future__ import annotations

import re
import tracemalloc
from collections.abc import Sequence
from dataclasses import replace
from inspect import get_annotations
from itertools import combinations
from pathlib import Path

import pytest
from graph_samples import report, resolve
from pyoxigraph import Store, Triple

from kg.documents.document import Document
from kg.extraction.record import Agreement, Entity, Event, Facility, Link, Position, Record
from kg.graph import ties as ties_module
from kg.graph.quads import document_quads, reference_quads
from kg.graph.schema import schema_triples
from kg.graph.store import Graph
from kg.graph.ties import derived_triples
from kg.graph.vocabulary import COOP, DERIVED, ONTOLOGY, graph

TEXT = (
    "Alpha University, Beta University and Cosmo University met.\n"
    "They signed. They opened it. Ann Ash, Rector of Delta University, came.\n"
)
WORDS = (0, 59)
NAMES = {
    "a": "Alpha University",
    "b": "Beta University",
    "c": "Cosmo University",
    "d": "Delta University",
}


def told(
    *,
    key: str = "one",
    published: str | None = "2024-01-01",
    text: str = TEXT,
    **statements: object,
) -> tuple[Document, Record]:
    """Return a report of the universities a, b, c and d, with what it states."""
    entities = [Entity(id, "University", name, (), (WORDS,)) for id, name in NAMES.items()]
    entities += [
        Entity("ann", "Person", "Ann Ash", (), (WORDS,)),
        Entity("lab", "JointFacility", "Joint Laboratory", (), (WORDS,)),
        Entity("faculty", "OrganizationalUnit", "Faculty of Law", (), (WORDS,)),
        Entity("norway", "Place", "Norway", (), (WORDS,)),
    ]
    document = Document(key, text, "en", f"urn:{key}", None, key, published)
    record = Record(key, title=key, published=published, extractor="test 1", entities=(*entities,))
    return document, replace(record, **statements)  # type: ignore[arg-type]


def derived(*pairs: tuple[Document, Record]) -> Graph:
    """Return a graph of these reports with what follows from them."""
    resolution = resolve({document.key: record for document, record in pairs})
    found = Graph(Store(), read_only=False)
    found.put(graph(ONTOLOGY), schema_triples())
    for document, record in pairs:
        found.replace(document.key, list(document_quads(document, record, resolution)))
    places = [quad.triple for quad in reference_quads(resolution)]
    found.put(graph("gazetteer"), places)
    found.put(graph(DERIVED), derived_triples(found))
    return found


TIES = """
SELECT ?a ?b ?kind ?strength ?reports ?first ?last {
  ?tie a coop:CooperationTie ; coop:tieEnd ?x, ?y ; coop:tieKind ?kind ;
    coop:strength ?strength ; coop:reports ?reports .
  FILTER(STR(?x) < STR(?y)) ?x rdfs:label ?a . ?y rdfs:label ?b
  OPTIONAL { ?tie coop:firstSeen ?first } OPTIONAL { ?tie coop:lastSeen ?last }
} ORDER BY ?kind
"""


def ties(found: Graph) -> dict[tuple[str, str], dict[str, object]]:
    """Return the ties by the first letters of their ends: ``AB``."""
    made: dict[tuple[str, str], dict[str, object]] = {}
    for row in found.query(TIES).to_dict("records"):
        ends = "".join(sorted((row["a"][0], row["b"][0])))
        kinds = [*made.get(ends, {}).get("kinds", []), row["kind"]]  # type: ignore[call-overload]
        made[ends] = {**row, "kinds": kinds}
    return made


def meeting(*participants: str, **changes: object) -> Event:
    event = Event("v", "Meeting", "Talks", participants=participants, evidence=WORDS)
    return replace(event, **changes)  # type: ignore[arg-type]


def paper(*parties: str, **changes: object) -> Agreement:
    agreement = Agreement("m", "Memorandum", parties, "2024-01-01", evidence=WORDS, confidence=0.92)
    return replace(agreement, **changes)  # type: ignore[arg-type]


class TestWhoIsTied:
    def test_parties_to_an_agreement(self) -> None:
        found = ties(derived(told(agreements=(paper("a", "b", "c"),))))
        assert set(found) == {"AB", "AC", "BC"}
        assert found["AB"]["kinds"] == ["agreement"]
        assert str(found["AB"]["first"]) == str(found["AB"]["last"]) == "2024-01-01"

    def test_founders_and_host_of_a_facility(self) -> None:
        found = ties(derived(told(facilities=(Facility("lab", ("a", "b"), "c", WORDS),))))
        assert {ends: tie["kinds"] for ends, tie in found.items()} == {
            "AB": ["facility"],
            "AC": ["facility"],
            "BC": ["facility"],
        }

    def test_organizers_and_participants_of_an_event(self) -> None:
        found = ties(derived(told(events=(meeting("b", "c", organizers=("a",)),))))
        assert set(found) == {"AB", "AC", "BC"}
        assert found["BC"]["kinds"] == ["event"]

    def test_a_person_does_not_bring_the_employer(self) -> None:
        post = Position("ann", "Rector", "d", WORDS)
        found = derived(told(positions=(post,), events=(meeting("a", "ann"),)))
        assert ties(found) == {}
        assert found.query("ASK { ?event coop:attendedBy/rdfs:label 'Ann Ash'@en }")

    def test_a_place_is_no_end_of_a_tie(self) -> None:
        found = derived(told(agreements=(paper("a", "norway"),), events=(meeting("b", "norway"),)))
        assert ties(found) == {}

    def test_a_part_does_not_cooperate_with_its_whole(self) -> None:
        part = (Link("faculty", "a", WORDS),)
        found = ties(derived(told(part_of=part, events=(meeting("a", "faculty", "b"),))))
        assert set(found) == {"AB", "BF"}

    @pytest.mark.parametrize("factuality", ["planned", "denied", "cancelled"])
    def test_what_did_not_happen_ties_nobody(self, factuality: str) -> None:
        found = derived(
            told(
                events=(meeting("a", "b", factuality=factuality),),
                agreements=(paper("a", "c", status="planned"),),
                facilities=(Facility("lab", ("a", "d"), None, WORDS, 0.9, factuality),),  # type: ignore[arg-type]
            )
        )
        assert ties(found) == {}
        assert not found.query("ASK { ?event coop:attendedBy ?anyone }")

    def test_a_facility_that_one_report_plans_and_another_only_names(self) -> None:
        plan = (Facility("lab", ("a", "b"), None, WORDS, 0.9, "planned"),)
        assert ties(derived(told(facilities=plan), told(key="two"))) == {}

    def test_one_report_plans_what_another_sees(self) -> None:
        plan = told(agreements=(paper("a", "b", status="planned"),))
        fact = told(key="two", agreements=(paper("a", "b"),))
        assert ties(derived(plan, fact))["AB"]["reports"] == 1


class TestPartners:
    def test_a_paper_or_a_facility_makes_partners_both_ways(self) -> None:
        found = derived(told(agreements=(paper("a", "b"),)))
        pairs = found.query("SELECT ?x ?y { ?x coop:cooperatesWith ?y }")
        assert len(pairs) == 2
        assert set(pairs["x"]) == set(pairs["y"])

    def test_to_meet_makes_nobody_a_partner(self) -> None:
        found = derived(told(events=(meeting("a", "b"),)))
        assert set(ties(found)) == {"AB"}
        assert not found.query("ASK { ?x coop:cooperatesWith ?y }")


class TestHowStrong:
    def test_an_agreement_and_a_facility_of_today(self) -> None:
        facility = Facility("lab", ("a", "b"), None, WORDS, 0.92)
        found = ties(derived(told(agreements=(paper("a", "b"),), facilities=(facility,))))
        assert found["AB"]["strength"] == pytest.approx(0.77, abs=0.005)
        assert found["AB"]["kinds"] == ["agreement", "facility"]

    def test_a_crowd_ties_less(self) -> None:
        pair = ties(derived(told(events=(meeting("a", "b"),))))["AB"]["strength"]
        crowd = ties(derived(told(events=(meeting("a", "b", "c", "d"),))))["AB"]["strength"]
        assert crowd == pytest.approx(pair / 3, rel=0.1)  # type: ignore[operator]

    def test_a_gathering_of_more_than_sixty_ties_nobody(self) -> None:
        document, record = told()
        many = tuple(
            Entity(f"u{n}", "University", f"University {n}", (), (WORDS,)) for n in range(61)
        )
        ids = tuple(entity.id for entity in many)
        for count, expected in ((60, 60 * 59 // 2), (61, 0)):
            event = meeting(*ids[:count])
            made = replace(record, entities=(*record.entities, *many), events=(event,))
            number = "SELECT (COUNT(?t) AS ?n) { ?t a coop:CooperationTie }"
            assert derived((document, made)).query(number)["n"][0] == expected

    def test_age_is_counted_from_the_newest_report_and_not_from_today(self) -> None:
        old = told(published="2018-01-01", agreements=(paper("a", "b", date="2018-01-01"),))
        new = told(key="two", published="2024-01-01")
        fresh = ties(derived(old))["AB"]["strength"]
        assert ties(derived(old, new))["AB"]["strength"] < fresh / 3  # type: ignore[operator]

    def test_a_second_report_makes_surer_and_its_copy_does_not(self) -> None:
        first = told(agreements=(paper("a", "b", confidence=0.5),))
        copy = told(key="two", agreements=(paper("a", "b", confidence=0.5),))
        other = "Alpha University, Beta University and more signed a paper today.\n"
        fresh = told(key="three", text=other, agreements=(paper("a", "b", confidence=0.5),))
        strengths = [
            ties(derived(*pairs))["AB"]["strength"]
            for pairs in ([first], [first, copy], [first, copy, fresh])
        ]
        assert strengths[0] == strengths[1]
        assert strengths[1] < strengths[2]  # type: ignore[operator]

    def test_every_tie_is_led_back_to_sentences(self) -> None:
        found = derived(told(agreements=(paper("a", "b"),), events=(meeting("b", "c"),)))
        quotes = found.query(
            "SELECT DISTINCT ?tie ?quote { ?tie a coop:CooperationTie ; prov:wasDerivedFrom ?fact ."
            " ?evidence coop:supports ?fact ; coop:inSentence/oa:hasSelector/oa:exact ?quote }"
        )
        assert quotes["tie"].nunique() == 2
        assert set(quotes["quote"]) == {TEXT[slice(*WORDS)]}


def test_the_country_of_an_organization() -> None:
    found = derived(report())
    pairs = found.query(
        "SELECT ?name ?country { ?o coop:country ?c ; rdfs:label ?name . ?c rdfs:label ?country }"
    )
    countries = dict(zip(pairs["name"], pairs["country"], strict=True))
    assert countries["Lakeside University"] == "China"
    assert countries["Faculty of Bridges"] == "China"
    assert countries["Consulate General of China in Almaty"] == "China"
    assert countries["Akimat of Almaty"] == "Kazakhstan"


def test_the_ties_of_the_corpus(corpus_graph: Path) -> None:
    found = Graph.open(corpus_graph)
    strengths = found.query("SELECT ?s { ?t a coop:CooperationTie ; coop:strength ?s }")["s"]
    assert len(strengths) > 100
    assert strengths.between(0, 1).all()
    ends = found.query("SELECT ?t (COUNT(DISTINCT ?e) AS ?n) { ?t coop:tieEnd ?e } GROUP BY ?t")
    assert set(ends["n"]) == {2}
    assert not [each for each in found.validate() if each.shape == "Tie"]


def order(pairs: Sequence[tuple[Document, Record]]) -> set[Triple]:
    return set(derived_triples(derived(*pairs)))


def test_the_order_of_reports_makes_no_difference() -> None:
    pairs = [
        told(key=str(n), agreements=(paper(*ends),))
        for n, ends in enumerate(combinations("abc", 2))
    ]
    assert order(pairs) == order(pairs[::-1])
    assert any(triple.predicate == COOP.cooperatesWith for triple in order(pairs))


def test_a_rule_uses_terms_of_the_ontology_and_says_what_it_does() -> None:
    rules = sorted((Path(ties_module.__file__).parent / "rules").glob("*.rq"))
    assert {path.stem for path in rules} == {*ties_module.RULES}
    for path in rules:
        text = path.read_text()
        assert text.startswith("#+ title: ")
        assert set(re.findall(r"coop:(\w+)", text)) <= set(get_annotations(COOP))


def test_memory_does_not_grow_with_what_is_derived(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ties_module, "_STEP", 10)
    few, many = (_deriving(papers) for papers in (20, 160))
    assert few > 0
    assert many < 1.5 * few


def _deriving(papers: int) -> int:
    """Return the peak of Python's memory while ties follow from so many papers of a pair each."""
    reports = []
    for number in range(papers):
        names = {id: f"{name.split()[0]}{number} University" for id, name in NAMES.items()}
        entities = [Entity(id, "University", name, (), (WORDS,)) for id, name in names.items()]
        paper = Agreement("x", "Memorandum", ("a", "b"), evidence=WORDS)
        document, record = told(key=f"r{number}", agreements=(paper,))
        reports.append((document, replace(record, entities=(*entities,))))
    graph = derived(*reports)
    tracemalloc.start()
    count = sum(1 for _ in derived_triples(graph))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count > 8 * papers
    return peak
