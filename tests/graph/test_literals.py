from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

from kg.errors import RecordError
from kg.graph.literals import address, legal, name_literal, probability, text_literal, tongue

SURROGATES = st.characters(categories=["Cs"])
ANY_TEXT = st.text(st.one_of(st.characters(), SURROGATES))


@given(ANY_TEXT)
def test_any_text_becomes_legal_at_its_length(text: str) -> None:
    made = legal(text)
    assert len(made) == len(text)  # offsets hold
    assert Literal(made).value == made
    assert made.encode().decode() == made


def test_text_without_trouble_stays_as_it_is() -> None:
    text = 'Tab\tnew\nline "quotes" <b>&amp; Қазақ 大学 🌍'
    assert legal(text) == text
    assert legal("a\0b\x1bc\ud800d\ufffe") == "a\ufffdb\ufffdc\ufffdd\ufffd"


@given(ANY_TEXT)
def test_any_name_becomes_a_label_on_one_line(name: str) -> None:
    label = name_literal(name)
    assert label.value == " ".join(label.value.split()) != ""
    assert label.language


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("Lakeside University", "en"),
        ("Университет", "ru"),
        ("Қазақ ұлттық университеті", "kk"),
        ("四川大学", "zh"),
        ("京都大学まで", "ja"),
        ("서울대학교", "ko"),
        ("42", "und"),
    ],
)
def test_a_name_is_tagged_by_its_letters(name: str, language: str) -> None:
    assert tongue(name) == language


def test_text_in_a_language_that_is_none_keeps_its_words() -> None:
    assert text_literal("words", "en").language == "en"
    assert text_literal("words", "no such tag").language == "und"
    assert text_literal("words", "no such tag").value == "words"


@pytest.mark.parametrize(
    ("value", "text"), [(0, "0"), (1, "1"), (0.9, "0.9"), (0.12345, "0.1235"), (1e-9, "0")]
)
def test_a_confidence_is_a_plain_decimal(value: float, text: str) -> None:
    assert probability(value).value == text
    assert probability(value).datatype.value.endswith("#decimal")


@pytest.mark.parametrize("value", [-0.1, 1.1, float("nan"), float("inf")])
def test_a_confidence_out_of_range_is_refused(value: float) -> None:
    with pytest.raises(RecordError, match=r"report: the confidence .* is not between 0 and 1"):
        probability(value, where="report")


def test_a_web_address_is_an_iri_and_all_else_a_string() -> None:
    assert address("https://a.example/x?y=1") == NamedNode("https://a.example/x?y=1")
    for text in ("javascript:alert(1)", "https://a b", "news", "https://a/<x>"):
        assert address(text) == Literal(text)
