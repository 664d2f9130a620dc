from __future__ import annotations

import time
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store

from kg.errors import QueryError, UsageError
from kg.graph.results import Limits, frame, refuse, run, term, value
from kg.graph.vocabulary import XSD

PREFIXES = {"e": "http://e.org/", "xsd": XSD.iri}


def e(name: str) -> NamedNode:
    return NamedNode(f"http://e.org/{name}")


@pytest.fixture
def store() -> Store:
    store = Store()
    store.update(
        'INSERT DATA { <http://e.org/a> <http://e.org/p> 1, "x"@en . '
        "<http://e.org/b> <http://e.org/p> 2 }"
    )
    return store


class TestAnswers:
    def test_select_gives_columns_in_the_order_of_the_query(self, store: Store) -> None:
        table = run(store, "SELECT ?o ?s { ?s e:p ?o } ORDER BY STR(?o)", PREFIXES)
        assert list(table.columns) == ["o", "s"]
        assert list(table["o"]) == [1, 2, "x"]
        assert list(table["s"]) == ["http://e.org/a", "http://e.org/b", "http://e.org/a"]

    def test_numbers_are_numbers_and_what_is_missing_is_none(self, store: Store) -> None:
        query = "SELECT (1 AS ?n) (0.5 AS ?x) ?none { OPTIONAL { <http://e.org/z> e:p ?none } }"
        table = run(store, query, PREFIXES)
        assert table["n"].dtype == "int64"
        assert table["x"].dtype == "float64"
        assert table["none"][0] is None

    def test_an_empty_answer_has_its_columns(self, store: Store) -> None:
        table = run(store, "SELECT ?a ?b { ?a e:nothing ?b }", PREFIXES)
        assert (list(table.columns), len(table)) == (["a", "b"], 0)

    def test_ask_and_construct(self, store: Store) -> None:
        assert run(store, "ASK { e:a e:p 1 }", PREFIXES) is True
        assert run(store, "ASK { e:a e:p 7 }", PREFIXES) is False
        (triple,) = run(store, "CONSTRUCT { ?s e:q 1 } { ?s e:p 2 }", PREFIXES)
        assert (triple.subject, triple.predicate) == (e("b"), e("q"))

    def test_bindings_are_terms_and_never_text_of_the_query(self, store: Store) -> None:
        table = run(store, "SELECT ?s ?o { ?s e:p ?o }", PREFIXES, bindings={"s": "http://e.org/b"})
        assert list(table["o"]) == [2]
        bindings = {"o": '" } INSERT DATA { <a:a> <a:a> <a:a> } #'}
        assert len(run(store, "SELECT ?s ?o { ?s e:p ?o }", PREFIXES, bindings=bindings)) == 0

    def test_a_binding_that_the_query_does_not_select(self, store: Store) -> None:
        with pytest.raises(QueryError, match=r"\?z"):
            run(store, "SELECT ?s { ?s e:p ?o }", PREFIXES, bindings={"z": 1})


class TestRefusals:
    @pytest.mark.parametrize(
        ("query", "said"),
        [
            ("SELECT ?s { ?s e:p }", "line 1, column"),
            ("SELECT ?s {\n ?s z:p ?o }", "the prefix z: is not declared"),
            ("SELECT ?s {\n ?s :p ?o }", "the prefix : is not declared"),
            ("SELECT ?s ?o { ?s e:p ?o } GROUP BY ?s", "does not give|do not give"),
            ("", "not SPARQL"),
            ("hello", "not SPARQL"),
        ],
    )
    def test_a_query_that_cannot_be_parsed(self, store: Store, query: str, said: str) -> None:
        with pytest.raises(QueryError, match=said) as caught:
            run(store, query, PREFIXES)
        assert caught.value.remedy

    def test_the_place_is_that_of_the_mistake(self, store: Store) -> None:
        with pytest.raises(QueryError) as caught:
            run(store, "SELECT ?s {\n  ?s e:p ?o .\n  ?s e:p WHERE\n}", PREFIXES)
        assert caught.value.where is not None
        assert caught.value.where.startswith("line 3, column ")
        assert "WHERE" in caught.value.where

    @pytest.mark.parametrize(
        "query",
        [
            "INSERT DATA { <a:a> <a:a> <a:a> }",
            "PREFIX x: <a:b> # a note\nDELETE WHERE { ?s ?p ?o }",
            "drop all",
            "LOAD <http://e.org/>",
            "WITH <a:a> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        ],
    )
    def test_an_update(self, store: Store, query: str) -> None:
        before = len(store)
        with pytest.raises(QueryError, match="would change the graph"):
            run(store, query, PREFIXES)
        assert len(store) == before

    @pytest.mark.parametrize(
        "query",
        [
            "SELECT * { SERVICE <http://10.0.0.1/> { ?s ?p ?o } }",
            "SELECT * { service silent <http://10.0.0.1/> { ?s ?p ?o } }",
            "SELECT * { { ?a ?b ?c }\nSERVICE\n?x { ?s ?p ?o } }",
            'SELECT * { ?s ?p "a\\"b" SERVICE <http://10.0.0.1/> { ?s ?p ?o } }',
            "PREFIX : <http://10.0.0.1/> SELECT * { SERVICE:x { ?s ?p ?o } }",
            "PREFIX : <http://10.0.0.1/> SELECT * { ?s ?p 1.SERVICE:x{ ?s ?p ?o } }",
            "PREFIX : <http://10.0.0.1/> SELECT * { ?s ?p ?a FILTER(?a<?b).SERVICE:x#>\n{} }",
            'PREFIX : <http://10.0.0.1/> SELECT * { FILTER(?a<?b)#>"""\nSERVICE:x#\n{} #"""\n }',
            r"SELECT * { \u0053ERVICE <http://10.0.0.1/> { ?s ?p ?o } }",
        ],
    )
    def test_another_server(self, query: str) -> None:
        with pytest.raises(QueryError, match="another server"):
            refuse(query)

    @pytest.mark.parametrize(
        "query",
        [
            'SELECT ?s { ?s e:p "SERVICE <http://a> and DROP ALL" }',
            "SELECT ?s { ?s e:SERVICE ?o } # SERVICE, INSERT",
            "SELECT ?service { ?service <http://e.org/SERVICE> '''INSERT\nSERVICE''' }",
        ],
    )
    def test_words_in_names_texts_and_comments_do_no_harm(self, store: Store, query: str) -> None:
        assert len(run(store, query, PREFIXES)) == 0

    def test_too_many_rows(self, store: Store) -> None:
        query = "SELECT ?s { ?s e:p ?o }"
        assert len(run(store, query, PREFIXES, limits=Limits(rows=3))) == 3
        with pytest.raises(QueryError, match="more than 2 rows"):
            run(store, query, PREFIXES, limits=Limits(rows=2))

    def test_too_much_time(self) -> None:
        store = Store()
        store.extend(Quad(e(str(n)), e("p"), Literal(str(n))) for n in range(2500))
        query = "SELECT (COUNT(*) AS ?n) { ?a ?p ?b . ?c ?q ?d FILTER(STR(?b) != STR(?d)) }"
        begun = time.monotonic()
        with pytest.raises(QueryError, match=r"longer than 0\.1 seconds"):
            run(store, query, PREFIXES, limits=Limits(seconds=0.1))
        assert time.monotonic() - begun < 5

    def test_a_limit_of_time_changes_neither_answers_nor_errors(self, store: Store) -> None:
        assert run(store, "ASK { e:a e:p 1 }", PREFIXES, limits=Limits(seconds=30)) is True
        with pytest.raises(QueryError, match="not SPARQL"):
            run(store, "ASK", PREFIXES, limits=Limits(seconds=30))


class TestValues:
    @pytest.mark.parametrize(
        ("lexical", "kind", "expected"),
        [
            ("7", "integer", 7),
            ("0.25", "decimal", 0.25),
            ("1E3", "double", 1000.0),
            ("true", "boolean", True),
            ("2025-09-22", "date", date(2025, 9, 22)),
            ("2025-09-22T08:00:00Z", "dateTime", datetime(2025, 9, 22, 8, tzinfo=UTC)),
            ("--09-22", "gMonthDay", "--09-22"),
            ("12025-01-01", "date", "12025-01-01"),
            ("no number", "integer", "no number"),
        ],
    )
    def test_of_a_literal(self, lexical: str, kind: str, expected: object) -> None:
        assert value(Literal(lexical, datatype=XSD[kind])) == expected

    def test_of_other_terms(self) -> None:
        assert value(None) is None
        assert value(e("a")) == "http://e.org/a"
        assert value(BlankNode("b")) == "_:b"
        assert value(Literal("大学", language="zh")) == "大学"

    @given(st.text(), st.integers(min_value=-(2**60), max_value=2**60), st.booleans(), st.dates())
    def test_a_term_gives_its_value_back(self, text: str, n: int, yes: bool, day: date) -> None:
        text = text.encode("utf-8", "replace").decode()
        assert value(term(text)) == text
        assert value(term(n)) == n
        assert value(term(yes)) is yes
        assert value(term(day)) == day

    def test_an_address_becomes_an_iri_and_a_broken_one_a_text(self) -> None:
        assert term("https://e.org/a") == NamedNode("https://e.org/a")
        assert term("https://e.org/a b") == Literal("https://e.org/a b")

    def test_what_no_term_can_hold(self) -> None:
        with pytest.raises(UsageError, match="list"):
            term([1])

    def test_a_frame_keeps_mixed_columns_as_they_are(self) -> None:
        table = frame(("a", "b"), [(1, None), (2, 5)])
        assert table["a"].dtype == "int64"
        assert list(table["b"]) == [None, 5]
