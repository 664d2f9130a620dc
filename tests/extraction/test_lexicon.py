import re

import pytest

from kg.errors import ExtractionError
from kg.extraction.lexicon import DATA, alternatives, cue, either, listed, table, typed, words


def test_rows_of_a_table_without_its_comments() -> None:
    rows = table("countries")
    assert {"code", "names", "adjectives"} <= rows[0].keys()
    assert all(re.fullmatch(r"[A-Z]{2}", row["code"]) for row in rows)


def test_words_of_a_language() -> None:
    assert "rector" in words("en", "roles")["heads"]


@pytest.mark.parametrize(("language", "name"), [("xx", "roles"), ("en", "nothing"), ("", "roles")])
def test_a_missing_word_list_is_told_with_its_remedy(language: str, name: str) -> None:
    with pytest.raises(ExtractionError) as caught:
        words(language, name)
    assert name in str(caught.value)
    assert repr(language) in str(caught.value)
    assert caught.value.remedy


def test_phrases_of_a_list_by_its_place() -> None:
    assert "rector" in listed("en", "roles", "heads")
    assert "organized" in listed("en", "events", "cues.organize")


def test_phrases_of_lists_with_the_name_of_their_list() -> None:
    found = typed("en", "agreements", "nouns")
    assert found["memorandum of understanding"] == "Memorandum"
    assert found["contract"] == "Contract"


def test_a_cue_is_found_as_whole_words_in_any_case() -> None:
    pattern = cue("en", "events", "cues.planned")
    assert pattern.search("They Plan\nto sing.")
    assert not pattern.search("They are unwilling.")
    assert re.fullmatch(either("en", "roles", "heads"), "rector")


def test_the_longest_phrase_is_tried_first() -> None:
    pattern = re.compile(alternatives(["rector", "rector of studies"]))
    match = pattern.match("rector of studies Lund")
    assert match is not None
    assert match.group() == "rector of studies"


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("vice-rector", "vice rector"),
        ("vice-rector", "vice-rector"),
        ("vice-rector", "vice–rector"),
        ("vice-rector", "vice\nrector"),
        ("deputy akim", "deputy\u00a0 akim"),
        ("People's Party", "People’s Party"),
        ("a.b (c)", "a.b (c)"),
    ],
)
def test_spaces_hyphens_and_apostrophes_are_flexible(phrase: str, text: str) -> None:
    assert re.fullmatch(alternatives([phrase]), text)


def test_signs_in_phrases_stand_for_themselves() -> None:
    assert not re.fullmatch(alternatives(["a.b"]), "axb")


LISTS = [path.name for path in (DATA / "en").iterdir() if path.name.endswith(".toml")]


@pytest.mark.parametrize("name", sorted(LISTS))
def test_every_list_of_the_language_can_be_read(name: str) -> None:
    assert words("en", name.removesuffix(".toml"))


@pytest.mark.parametrize("name", ["cities", "countries", "regions", "model_checksums"])
def test_every_table_has_a_header_and_full_rows(name: str) -> None:
    rows = table(name)
    assert rows
    assert all(None not in row and None not in row.values() for row in rows)
