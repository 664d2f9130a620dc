"""Titles that the graph made up are told in the reader's language, names are left alone."""

from __future__ import annotations

import pytest

from kg.server.texts import catalogues

MADE = {
    "Visit in Norway, 17 June 2023 – 2 July 2023": "Визит: Norway, 17 июня 2023 – 2 июля 2023",
    "Ceremony of A. Berg, B. Fjord and others, May 2024": (
        "Церемония: A. Berg, B. Fjord и другие, май 2024"
    ),
    "Memorandum between Northern University and Harbour University": (
        "Меморандум: Northern University и Harbour University"
    ),
    "Agreement between Institute of Arts and Crafts and Harbour University, 2019": (
        "Соглашение: Institute of Arts and Crafts and Harbour University, 2019"
    ),
    "Visit in Norway": "Визит: Norway",
    "Document, 3 May 2024": "Документ, 3 мая 2024",
    "president of Harbour University": "Президент: Harbour University",
    "Luban Workshop": "Мастерская Лу Баня",
}
NAMES = (
    "Northern University",
    "Forum of Rectors of Two Seas",
    "Visit Norway",
    "Institute of March",
    "chieftain of Harbour",
    "",
)


@pytest.mark.parametrize("text", MADE)
def test_what_was_made_up_is_translated(text: str) -> None:
    assert catalogues()["ru"].title(text) == MADE[text]
    assert catalogues()["en"].title(text) == text


@pytest.mark.parametrize("text", NAMES)
def test_names_are_left_alone(text: str) -> None:
    assert catalogues()["ru"].title(text) == text


def test_dates_have_their_months() -> None:
    russian = catalogues()["ru"]
    assert russian.date("22 September – 3 October 2025") == "22 сентября – 3 октября 2025"
    assert russian.date("October 2023") == "октябрь 2023"
    assert russian.date("2023") == "2023"
