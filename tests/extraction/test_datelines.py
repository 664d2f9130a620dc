import re
import time

import pytest

from kg.extraction.datelines import bylines, dateline, quotations, stamped


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("OSLO, May 3 (ABC) – The rector came.", "OSLO, May 3 (ABC) – "),
        ("OSLO – The rector came.", "OSLO – "),
        ("Oslo, 3 May -- The rector came.", "Oslo, 3 May -- "),
        ("BERGEN, Norway, May 3 /ABC/ - The rector came.", "BERGEN, Norway, May 3 /ABC/ - "),
        ("\nOslo (ABC) — The rector came.", "\nOslo (ABC) — "),
        ("OSLO. ABCNEWS – The rector came.", "OSLO. ABCNEWS – "),
        ("OSLO. ABCNEWS The rector came.", "OSLO. ABCNEWS "),
        ("OSLO, Jan 17 — The rector came.", "OSLO, Jan 17 — "),
        ("OSLO, January 17 (Abc News) -- The rector came.", "OSLO, January 17 (Abc News) -- "),
        ("Oslo. 24 February. ABC.NO/. The rector came.", "Oslo. 24 February. ABC.NO/. "),
        ("Oslo/ABC/. The rector came.", "Oslo/ABC/. "),
        ("ABC – OSLO – The rector came.", "ABC – OSLO – "),
        ("(ABC) – Oslo, 3 May – The rector came.", "(ABC) – Oslo, 3 May – "),
        ("Oslo: The rector came.", "Oslo: "),
        ("A visit\nOSLO, May 3 (ABC) – He came.", "A visit\nOSLO, May 3 (ABC) – "),
    ],
)
def test_a_dateline_ends_at_its_dash(text: str, expected: str) -> None:
    span = dateline(text)
    assert span is not None
    assert text[: span[1]] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Oslo – a city by the sea.",
        "The rector came on May 3 – late.",
        "",
        "Rector: we are glad.",
        "Two weeks\nOslo, May 3 – the rector came.",
        "DEAR ALL. PLEASE Come.",
    ],
)
def test_other_beginnings_are_no_datelines(text: str) -> None:
    assert dateline(text) is None


@pytest.mark.parametrize(
    "text",
    ["By Ann Lee, Oslo\nHe came.", "By Ann Lee, OSLO – He came.", "Text by Ann B. Lee in Oslo\nA"],
)
def test_the_city_behind_an_author_is_found(text: str) -> None:
    assert [text[slice(*span)].lower() for span in bylines(text)] == ["oslo"]


def test_what_was_done_by_somebody_is_no_byline() -> None:
    assert bylines("The text was read by Ann Lee, Oslo\nBy May, Oslo was cold.") == []


def test_quotations_are_what_somebody_says_not_names() -> None:
    text = 'At "The Open Sky" he said: "Today we are building bridges once again." All agreed.'
    assert [text[slice(*span)] for span in quotations(text)] == [
        '"Today we are building bridges once again."'
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Date: 2024-05-03\nThe rector came.", True),
        ("[Source] [Time]    2024-05-03 17:25:19", True),
        ("Published : Friday, 2024-05-03", True),
        ("2024-05-03, 17:27\nThe rector came.", True),
        ("2024-05-03, 17:27 – opening ceremony", False),
        ("On the date of 2024-05-03 they met.", False),
        ("Date: 2024-05-03\nVenue: the Great Hall", False),
    ],
)
def test_a_stamp_says_when_a_page_was_published(text: str, expected: bool) -> None:
    at = text.index("2024")
    assert stamped(text, (at, at + len("2024-05-03"))) is expected


def test_a_long_text_is_not_read_again_for_each_of_its_dates() -> None:
    text = "The river ran low in the week of 2024-05-03. " * 10_000
    begun = time.process_time()
    for at in range(0, 45 * 2_000, 45):
        assert not stamped(text, (at + 33, at + 43))
    asked, begun = time.process_time() - begun, time.process_time()
    for _ in range(20):
        assert re.search(r"\bvenue\s?:", text, re.IGNORECASE) is None
    assert asked < 5 * (time.process_time() - begun)
