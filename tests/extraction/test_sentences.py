import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extraction.sentences import sentences, words

WRAPPED = """The delegation of the university arrived in the city on the fifth
of May and was met by Dr. Lin at the gate of the main building,
where the rector showed the guests the library and the archive.
The guests then saw the museum. They also visited the new sports
hall and the dormitory of the students before they went away to
their hotel.
"""


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It rained. They met.", ["It rained.", "They met."]),
        ("Is it so? Yes! Well… Fine.", ["Is it so?", "Yes!", "Well…", "Fine."]),
        ("It ended at 5 p.m. Guests left.", ["It ended at 5 p.m.", "Guests left."]),
        ("It costs 3.5 million. It is big.", ["It costs 3.5 million.", "It is big."]),
        ("He said: “We agree.” They left.", ["He said: “We agree.”", "They left."]),
        ("It rained. “We agree,” he said.", ["It rained.", "“We agree,” he said."]),
        ("«Договор подписан.» Стороны рады.", ["«Договор подписан.»", "Стороны рады."]),
    ],
)
def test_a_full_stop_ends_a_sentence(text: str, expected: list[str]) -> None:
    assert split(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Prof. D. K. Amanov met Mr. J. Lund.",
        "Zh.T. Tuleev and Sh. Omarova spoke.",
        "H.E. Ambassador Lund came with Mrs. Lund.",
        "The U.S. Embassy sent Dr. Lund to St. Petersburg.",
        "They met in room No. 5 of Amber Co. Ltd.",
        "It grew by approx. 3 per cent.",
    ],
)
def test_an_initial_or_abbreviation_does_not(text: str) -> None:
    assert split(text) == [text]


def test_a_new_line_ends_a_sentence() -> None:
    assert split("A headline without a stop\nThe text.\n\nMore") == [
        "A headline without a stop",
        "The text.",
        "More",
    ]


def test_a_new_line_in_a_wrapped_text_is_a_space() -> None:
    found = split(WRAPPED)
    assert [sentence.split()[0] for sentence in found] == ["The", "The", "They"]
    assert found[0].startswith("The delegation")
    assert found[0].endswith("the archive.")
    assert found[2].endswith("their hotel.")


def test_an_empty_line_ends_a_sentence_in_a_wrapped_text_too() -> None:
    assert split(WRAPPED + "\nIn the evening they dined")[-1] == "In the evening they dined"


@pytest.mark.parametrize("text", ["", " ", "\n\n \t\n"])
def test_nothing_has_no_sentence(text: str) -> None:
    assert split(text) == []


def test_a_table_without_stops_is_cut_between_words() -> None:
    text = "alpha beta, " * 400
    found = split(text)
    assert len(found) > 1
    assert max(map(len, found)) <= 2_000
    assert " ".join(" ".join(found).split()) == text.strip()


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from("Aaя .!?\n“”()No5A.B中"), max_size=120))
def test_spans_are_ordered_disjoint_trimmed_and_leave_out_only_space(text: str) -> None:
    spans = list(sentences(text))
    edges = [edge for span in spans for edge in span]
    assert edges == sorted(edges)
    assert all(start < end for start, end in spans)
    assert all(text[start:end] == text[start:end].strip() for start, end in spans)
    gaps = zip([0, *edges[1::2]], [*edges[::2], len(text)], strict=True)
    assert not "".join(text[start:end] for start, end in gaps).strip()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Amber Bank", ["Amber", "Bank"]),
        ("A.B. Lund", ["A.B.", "Lund"]),
        ("Zh. Lund", ["Zh.", "Lund"]),
        ("a plan. Lund", ["a", "plan", "Lund"]),
        ("Al-Biruni don't", ["Al-Biruni", "don't"]),
        ("Ph.D., U.S.", ["Ph.D.", "U.S."]),
        ("北京 Пекин", ["北京", "Пекин"]),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert [word.text for word in words(text, 0, len(text))] == expected


@pytest.mark.parametrize("text", ["Amber's", "Amber’s", "Students'", "Students’"])
def test_a_possessive_ending_is_no_part_of_the_word(text: str) -> None:
    text += " library"
    word, library = words(text, 0, len(text))
    assert word.text == text[word.start : word.end]
    assert word.possessive
    assert word.text in ("Amber", "Students")
    assert word.stop == library.start - 1
    assert not library.possessive


def test_words_begin_with_a_capital_or_are_numbered() -> None:
    text = "Amber amber 20th 2020 Öst"
    assert [word.capital for word in words(text, 0, len(text))] == [True, False, True, False, True]


def test_words_keep_to_their_span() -> None:
    text = "one two three"
    (word,) = words(text, 4, 7)
    assert (word.start, word.end, word.text) == (4, 7, "two")
