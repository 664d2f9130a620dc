from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, Store

from kg.errors import QueryError
from kg.queries.question import Question

TEXT = """\
#+ title: Who is it?
#+ description: People by name.
#+ asked by: analyst, leadership
#+ parameter: person (person, required): the person: by any name
#+ parameter: since (date, default 2020): the first day
#+ parameter: words (text): words of the name
SELECT ?given_person {
  VALUES ?given_person { UNDEF }
  VALUES ?given_since { UNDEF }
  VALUES ?given_words { UNDEF }
  ?given_person <http://e.org/p> ?name
  FILTER(!BOUND(?given_words) || CONTAINS(?name, ?given_words))
}
"""


@pytest.fixture
def question() -> Question:
    return Question.parse("who", TEXT)


def test_a_header_is_read(question: Question) -> None:
    assert (question.title, question.description) == ("Who is it?", "People by name.")
    assert question.asked_by == ("analyst", "leadership")
    assert list(question.parameters) == ["person", "since", "words"]
    person, since, words = question.parameters.values()
    assert (person.kind, person.required, person.default) == ("person", True, None)
    assert person.help == "the person: by any name"
    assert (since.kind, since.required, since.default) == ("date", False, "2020")
    assert (words.kind, words.required, words.default) == ("text", False, None)


def test_a_blank_takes_values_and_goes_without_them(question: Question) -> None:
    people = [NamedNode("http://e.org/a"), NamedNode("http://e.org/b")]
    filled = question.filled({"person": people})
    assert "VALUES ?given_person { <http://e.org/a> <http://e.org/b> }" in filled
    assert "given_since {" not in filled
    assert question.filled({}).count("VALUES") == 0


@pytest.mark.parametrize(
    "words", ['" } DROP ALL #', "\\", 'a"b\n\\u0022', "} UNION { ?s ?p ?o", "'''", "?given_since"]
)
def test_no_value_breaks_out_of_its_blank(question: Question, words: str) -> None:
    store = Store()
    store.update("INSERT DATA { <http://e.org/a> <http://e.org/p> 'a name' }")
    assert list(store.query(question.filled({"words": [Literal(words)]}))) == []
    assert len(list(store.query(question.filled({"words": [Literal("nam")]})))) == 1


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("#+ title: Who is it?\n", "", "title"),
        ("#+ asked by: analyst, leadership\n", "", "asked by"),
        ("(date, default 2020)", "(moment)", "not a parameter line"),
        ("#+ parameter: words", "#+ parameter: letters", "differ in their parameters"),
        ("  VALUES ?given_since { UNDEF }\n", "", "differ in their parameters"),
    ],
)
def test_a_header_that_does_not_hold(old: str, new: str, said: str) -> None:
    with pytest.raises(QueryError, match=said) as caught:
        Question.parse("who", TEXT.replace(old, new))
    assert caught.value.where == "who.rq"
