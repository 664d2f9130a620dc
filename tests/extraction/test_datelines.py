import pytest

from kg.extraction.datelines import dateline, quotations


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("OSLO, May 3 (ABC) – The rector came.", "OSLO, May 3 (ABC) – "),
        ("OSLO – The rector came.", "OSLO – "),
        ("Oslo, 3 May -- The rector came.", "Oslo, 3 May -- "),
        ("BERGEN, Norway, May 3 /ABC/ - The rector came.", "BERGEN, Norway, May 3 /ABC/ - "),
        ("\nOslo (ABC) — The rector came.", "\nOslo (ABC) — "),
    ],
)
def test_a_dateline_ends_at_its_dash(text: str, expected: str) -> None:
    span = dateline(text)
    assert span is not None
    assert text[: span[1]] == expected


@pytest.mark.parametrize(
    "text",
    ["Oslo – a city by the sea.", "The rector came on May 3 – late.", "", "Rector: we are glad."],
)
def test_other_beginnings_are_no_datelines(text: str) -> None:
    assert dateline(text) is None


def test_quotations_are_what_somebody_says_not_names() -> None:
    text = 'At "The Open Sky" he said: "Today we are building bridges once again." All agreed.'
    assert [text[slice(*span)] for span in quotations(text)] == [
        '"Today we are building bridges once again."'
    ]
