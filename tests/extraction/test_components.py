"""The stages as spaCy components: declared, found by name, replaceable."""

from itertools import pairwise

import spacy
from spacy.language import Language

from kg.documents.document import Document
from kg.extraction import components
from kg.extraction.pipeline import Extractor

TEXT = (
    "On 3 May 2024 Olga Remizova, Dean of the Faculty of Law of Fjordheim University, visited "
    "Karkaraly University in Almaty. The two universities signed a memorandum."
)


def test_every_component_can_be_looked_up(extractor: Extractor) -> None:
    assert len(components.NAMES) == len(set(components.NAMES)) == 8
    for name in components.NAMES:
        assert Language.has_factory(name)
        assert extractor.nlp.get_pipe(name)


def test_the_components_run_behind_the_recogniser_in_order(extractor: Extractor) -> None:
    names = extractor.nlp.pipe_names
    assert tuple(name for name in names if name.startswith("kg_")) == components.NAMES
    assert names.index("ner") < names.index(components.NAMES[0])


def test_what_each_needs_is_assigned_before_it(extractor: Extractor) -> None:
    analysis = extractor.nlp.analyze_pipes()
    assert {name: found for name, found in analysis["problems"].items() if found} == {}
    for name in components.NAMES:
        assert analysis["summary"][name]["assigns"], name


def test_a_missing_component_is_noticed(extractor: Extractor) -> None:
    with extractor.nlp.select_pipes(disable=["kg_entities"]):
        problems = extractor.nlp.analyze_pipes()["problems"]
    assert "doc._.kg_abstracts" in problems["kg_positions"]


def test_a_document_read_by_the_pipeline_alone_carries_the_results(extractor: Extractor) -> None:
    doc = extractor.nlp(TEXT)
    assert {span.text for span in doc.spans["mentions"]} >= {"Olga Remizova", "Almaty"}
    assert {(span.text, span.label_) for span in doc.spans["mentions"]} >= {
        ("Olga Remizova", "Person"),
        ("Almaty", "Place"),
    }
    assert [position.role for position in doc._.kg_positions] == ["Dean"]
    assert [event.type for event in doc._.kg_events] == ["Visit"]
    assert [agreement.type for agreement in doc._.kg_agreements] == ["Memorandum"]
    assert [link.child for link in doc._.kg_part_of]
    assert [link.child for link in doc._.kg_located_in]
    assert doc._.kg_dates[0].value == "2024-05-03"
    assert doc._.kg_facilities == ()


def test_spans_of_mentions_do_not_overlap(extractor: Extractor) -> None:
    doc = extractor.nlp(TEXT)
    spans = sorted(doc.spans["mentions"], key=lambda span: span.start)
    assert all(one.end <= other.start for one, other in pairwise(spans))


def test_the_components_run_behind_another_recogniser() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "PERSON", "pattern": "Jens Lund"}])  # type: ignore[attr-defined]
    record = Extractor(nlp, "ruled").read(Document("a", "Jens Lund, Dean of Oslo Academy, spoke."))
    assert record.extractor == "ruled"
    assert [entity.name for entity in record.entities] == ["Jens Lund", "Oslo Academy"]
    assert [position.role for position in record.positions] == ["Dean"]
