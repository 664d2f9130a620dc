"""What a page tells, without a server."""

from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest
from pyoxigraph import NamedNode

import kg
from kg.server.neighbourhood import HEIGHT, WIDTH, spots
from kg.server.portrait import (
    Link,
    Neighbour,
    Portrait,
    Statement,
    local,
    period,
    portrait,
    quotes_of,
)
from kg.server.report import Piece, paragraphs


def test_a_date_is_as_precise_as_it_is_known() -> None:
    assert period("2019-01-01", "2019-12-31") == "2019"
    assert period("2020-02-01", "2020-02-29") == "2020-02"
    assert period("2021-02-01", "2021-02-27") == "2021-02-01 – 2021-02-27"
    assert period("2024-07-03", "2024-07-03") == "2024-07-03"


@pytest.fixture(scope="module")
def satbayev(corpus_graph: Path) -> Portrait:
    with kg.open(corpus_graph) as graph:
        query = 'SELECT ?x { ?x rdfs:label "Satbayev University"@en }'
        found = portrait(graph, local(graph.query(query)["x"][0]))
    assert found is not None
    return found


def test_every_statement_but_what_is_inferred_has_its_sentence(satbayev: Portrait) -> None:
    assert len(satbayev.statements) > 5
    for statement in satbayev.statements:
        assert statement.quotes or statement.inferred, statement
        assert statement.inferred or 0 < statement.confidence <= 1


def test_the_sentences_of_many_facts_are_looked_up_from_the_facts(corpus_graph: Path) -> None:
    with kg.open(corpus_graph) as graph:
        query = "SELECT DISTINCT ?fact { ?evidence coop:supports ?fact } ORDER BY ?fact LIMIT 100"
        facts = [NamedNode(fact) for (fact,) in graph.rows(query)]
        quotes_of(graph, facts[:1])
        begun = process_time()
        found = quotes_of(graph, facts)
        assert process_time() - begun < 1  # from all evidence it is some 40 ms for each fact
    assert set(found) == {fact.value for fact in facts}


def test_the_quotes_stand_where_they_say(satbayev: Portrait, corpus_graph: Path) -> None:
    with kg.open(corpus_graph) as graph:
        texts = dict(graph.rows("SELECT ?d ?text { ?d schema:text ?text }"))
    by_key = {local(document): text for document, text in texts.items()}
    for statement in satbayev.statements:
        for quote in statement.quotes:
            assert by_key[quote.report][quote.start : quote.end] == quote.text


def test_the_timeline_runs_backwards_and_has_each_event_once(satbayev: Portrait) -> None:
    days = [statement.first for statement in satbayev.timeline]
    assert days == sorted(days, reverse=True) != []
    whose = [statement.words[0] for statement in satbayev.timeline]
    assert len(whose) == len(set(whose))


def test_classes_are_named_in_both_languages(satbayev: Portrait) -> None:
    assert satbayev.classes["en"] == ("university",)
    assert satbayev.classes["ru"] != satbayev.classes["en"]


def test_what_is_not_there_has_no_portrait(corpus_graph: Path) -> None:
    with kg.open(corpus_graph) as graph:
        assert portrait(graph, "org-x-nothing") is None
        assert portrait(graph, '> } DROP ALL #"') is None


def test_the_small_map_keeps_its_spots_apart_and_inside() -> None:
    many = [Neighbour(f"org-{at}", "A very long name " * 6, "cn", 0.5, "event") for at in range(40)]
    placed = spots(many)
    assert len(placed) == 12
    assert all(0 < spot.x < WIDTH and 0 < spot.y < HEIGHT for spot in placed)
    assert len({(spot.x, spot.y) for spot in placed}) == 12
    assert all(len(spot.lines) <= 2 for spot in placed)
    assert len(spots(many[:1])) == 1
    assert spots([]) == []


def test_a_text_is_cut_where_sentences_begin_and_end() -> None:
    text = "One. Two.\n\nThree four."
    link = (Link("x", "org-x"),)
    cut = list(paragraphs(text, {(5, 9): link, (6, 8): link, (11, 16): link}))
    assert cut == [
        (Piece("One. ", 0, 5), Piece("Two.", 5, 9, link)),
        (Piece("Three", 11, 16, link), Piece(" four.", 16, 22)),
    ]
    assert "".join(piece.text for piece in next(paragraphs(text, {}))) == "One. Two."


def test_a_statement_is_unsure_if_no_sentence_says_it_is_so() -> None:
    assert not Statement("links", ()).unsure
    assert Statement("links", ()).status == "actual"
