"""What holds of any text, however strange."""

import re
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.documents.document import Document
from kg.extraction.lexicon import DATA, words
from kg.extraction.pipeline import Extractor, load
from kg.extraction.record import Record
from kg.extraction.sentences import sentences

# Pieces of which news could be made, with what breaks offsets: two-unit letters, combining
# marks, no-break spaces, directions, quotation marks, and the signs used for placeholders.
PIECES = [
    "Olga Remizova", "Tan Zeyu", "A.B. Duisenov", "Karkaraly University", "Faculty of Law",
    "Xi’an", "Oslo", "Kazakhstan", "Confucius Institute", "the Ministry of Health", "NLU", "(NLU)",
    "Rector", "rectors", "Chairman of the Board", "of", "and", "in", "at", ",", ";", ".", "–", "'s",
    "’s", "(", ")", "“", "”", "«", "»", "met", "visited", "signed", "a memorandum", "the forum",
    "was held", "organized by", "on 5 May 2024", "September 22", "yesterday", "its", "the two",
    "between", "with", "\n", "\n\n", "\u00a0", "\u200f", "\u0301", "😀", "𝔘niversity", "北京大学",
    "Қазақстан", "\ue000P0\ue001", "\ue000", "⟦O1⟧", "\t", "\u2028", "Ⅻ", "ﬁ", "İ", "ß", "0", "--",
]  # fmt: skip
news = st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join)
texts = st.text(max_size=120) | news
quick = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def read(text: str) -> Record:
    return load().read(Document("any", text, published="2025-09-25"))


@quick
@given(texts)
def test_offsets_hold_and_the_record_comes_back_from_json(text: str) -> None:
    record = read(text)
    record.check(text)
    assert Record.from_json(record.to_json()) == record


@quick
@given(news)
def test_a_mention_is_a_form_of_the_name(text: str) -> None:
    for entity in read(text).entities:
        forms = {flat(form) for form in (entity.name, *entity.aliases)}
        for start, end in entity.mentions:
            assert any(flat(text[start:end]) in form for form in forms), (entity, text)


def flat(name: str) -> str:
    """Return a name without what differs between a text and a record: spaces, quotation marks."""
    return "".join(name.replace("’", "'").split()).strip("\"“”«»'")


@quick
@given(news)
def test_the_same_text_gives_the_same_record(text: str) -> None:
    assert read(text) == read(text)


@quick
@given(texts)
def test_confidence_is_a_probability_and_references_are_known(text: str) -> None:
    record = read(text)
    statements = (
        *record.entities, *record.positions, *record.events, *record.agreements,
        *record.facilities, *record.part_of, *record.located_in,
    )  # fmt: skip
    assert all(0 < statement.confidence <= 1 for statement in statements)
    assert all(link.child != link.parent for link in (*record.part_of, *record.located_in))
    ids = [entity.id for entity in record.entities]
    assert ids == [f"e{number}" for number in range(1, len(ids) + 1)]


@quick
@given(texts)
def test_sentences_are_ordered_disjoint_and_inside_the_text(text: str) -> None:
    edges = [edge for span in sentences(text) for edge in span]
    assert edges == sorted(edges)
    assert all(0 <= edge <= len(text) for edge in edges)


FIRST = (
    "Olga Remizova, Rector of Karkaraly University, and Tan Zeyu, Dean of the Faculty of Law of "
    "Baihe Normal University, met in Oslo on 5 May 2024."
)


@pytest.mark.parametrize(
    "more",
    [
        "It rained all day, and the harvest was poor.",
        "Fjordheim University in Bergen opened a library on 3 June 2023.",
        "Marat Kemelov, Director of the Amber Museum, spoke at the seminar in Almaty.",
        "Price list:\n\n- bread – 3\n- water – 4\n",
        "天气很好。 Погода хорошая. 😀",
    ],
)
def test_an_unrelated_paragraph_changes_no_position(extractor: Extractor, more: str) -> None:
    alone = extractor.read(Document("a", FIRST))
    both = extractor.read(Document("a", f"{FIRST}\n\n{more}"))
    assert set(positions(alone)) <= set(positions(both))
    assert len(positions(alone)) == 2
    first = [p for p in both.positions if p.evidence[1] <= len(FIRST)]
    assert len(first) == 2


def positions(record: Record) -> list[tuple[str, str, str | None, tuple[int, int]]]:
    names = {entity.id: entity.name for entity in record.entities}
    return [(names[p.person], p.role, names.get(p.of or ""), p.evidence) for p in record.positions]


@pytest.mark.parametrize("size", [1, 2_000])
def test_a_long_line_without_stops_is_read(extractor: Extractor, size: int) -> None:
    text = "Karkaraly University, " * size
    record = extractor.read(Document("a", text))
    assert [entity.name for entity in record.entities] == ["Karkaraly University"]


def phrases(lists: object) -> Iterator[str]:
    """Yield every phrase of a word list, however deep, short of the patterns."""
    if isinstance(lists, str) and not re.search(r"[\\|\[(?*]", lists):
        yield from [lists] if len(lists) < 60 else lists.split()[:40]
    elif isinstance(lists, dict):
        yield from (key for key in lists if " " in key)
        for inner in lists.values():
            yield from phrases(inner)
    elif isinstance(lists, list):
        for inner in lists:
            yield from phrases(inner)


LISTS = sorted(path.name.removesuffix(".toml") for path in (DATA / "en").iterdir()
               if path.name.endswith(".toml"))  # fmt: skip
PHRASES = sorted({phrase for name in LISTS for phrase in phrases(words("en", name))})
CASES = [
    str, str.upper, str.title, str.lower, str.swapcase, lambda phrase: phrase.replace("i", "İ"),
    lambda phrase: phrase.replace("s", "ſ"), lambda phrase: phrase.replace(" ", "\n"),
    lambda phrase: phrase.replace("-", " "), lambda phrase: phrase.replace(" ", "\u00a0 "),
]  # fmt: skip
FRAMES = [
    "{}", "{}", "{}", "the {}", "The {},", "“Amber Fields” {}", "{} “Amber Fields”", "a {} of",
    "on 5 {} 2024", "on {},", "{} and {}", "Tan Zeyu, {}", "{} Tan Zeyu", "{}'s", "NLU {}", "({})",
    "12 {}", "{} 12", "of Oslo {}.", "signed a {} with", "{}\n\n",
]  # fmt: skip


@st.composite
def listed_news(draw: st.DrawFn) -> str:
    """Sentences of the phrases that the rules look up, in any case, spacing and order."""
    cased = st.builds(lambda case, phrase: case(phrase), *map(st.sampled_from, (CASES, PHRASES)))
    pairs = st.tuples(st.sampled_from(FRAMES), cased, cased)
    return " ".join(frame.format(a, b) for frame, a, b in draw(st.lists(pairs, max_size=40)))


@settings(quick, max_examples=60)
@given(listed_news())
def test_what_the_word_lists_say_is_read_however_it_is_written(text: str) -> None:
    read(text).check(text)


@pytest.mark.parametrize(
    "text",
    [
        "“Amber Fields” LLP met students.",
        "They met on 5 APRİL 2024 and on TUEſDAY.",
        "The rectors of the two\ncountries, Tan Zeyu and Olga Remizova, met. The two  countries …",
        "A ROUND\u00a0TABLE and a MEETİNG took place. They signed a DECLARATİON OF  INTENT.",
    ],
)
def test_a_phrase_of_a_list_is_known_in_other_letters_and_spaces(text: str) -> None:
    read(text).check(text)
