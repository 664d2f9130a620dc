"""Sentences with placeholders, as the patterns of the relations see them."""

import re

import pytest

from kg.extraction.abstracts import ANY, BODY, ORGANIZATION, PERSON, PLACE, POST, Abstract
from kg.extraction.pipeline import Extractor


def abstracts(extractor: Extractor, text: str) -> list[Abstract]:
    return list(extractor.nlp(text)._.kg_abstracts)


def kinds(abstract: Abstract) -> str:
    """Return the text with the kind alone in place of each placeholder."""
    return re.sub("\ue000([A-Z])\\d+\ue001", r"<\1>", abstract.text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Olga Remizova, Rector of Oslo Academy, spoke.", "<P>, <R> of <O>, spoke."),
        ("Mr. A.B. Duisenov, Akim of Almaty, spoke.", "<P>, <R> of <L>, spoke."),
        ("The rectors met at the Steppe Forum.", "The <S> met at the <E>."),
        ("Oslo Academy’s “museum”\u00a0is   new.", "<O>'s “museum” is new."),
        ("Northern Lakes University (NLU) is old.", "<O> is old."),
        ("The Faculty of Law of Oslo Academy met.", "The <O> met."),
    ],
)
def test_names_and_posts_become_placeholders(
    extractor: Extractor, text: str, expected: str
) -> None:
    (abstract,) = abstracts(extractor, text)
    assert kinds(abstract) == expected


def test_each_sentence_has_its_abstract(extractor: Extractor) -> None:
    text = "Olga Remizova spoke. It rained in Oslo."
    one, two = abstracts(extractor, text)
    assert text[slice(*one.span)] == "Olga Remizova spoke."
    assert text[slice(*two.span)] == "It rained in Oslo."


def test_a_placeholder_gives_back_what_it_stands_for(extractor: Extractor) -> None:
    (abstract,) = abstracts(extractor, "Olga Remizova, Rector of Oslo Academy, spoke in Bergen.")
    (person,), (post,), (body, place) = (
        [match.group() for match in abstract.all(kind)] for kind in (PERSON, POST, BODY)
    )
    assert abstract.draft(person).name == "Olga Remizova"  # type: ignore[union-attr]
    assert abstract.draft(body).name == "Oslo Academy"  # type: ignore[union-attr]
    assert abstract.item(post).role == "Rector"  # type: ignore[union-attr]
    assert abstract.draft(post) is None
    assert [draft.name for draft in abstract.entities(PLACE)] == ["Bergen"]
    assert re.fullmatch(ORGANIZATION, body)
    assert re.fullmatch(PLACE, place)


def test_the_words_come_back(extractor: Extractor) -> None:
    (abstract,) = abstracts(extractor, "Olga Remizova, Rector of Oslo Academy, spoke.")
    assert abstract.verbatim(abstract.text) == "Olga Remizova, Rector of Oslo Academy, spoke."


def test_a_text_cannot_forge_a_placeholder(extractor: Extractor) -> None:
    (abstract,) = abstracts(extractor, "Look: \ue000P0\ue001, \ue000R1\ue001 of \ue000O2\ue001.")
    assert len(list(abstract.all("[\ue000\ue001]"))) == 2 * len(abstract.items)
    assert len(list(abstract.all(ANY))) == len(abstract.items)
