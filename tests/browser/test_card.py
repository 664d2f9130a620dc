"""The identity card on the map, in a real browser."""

from __future__ import annotations

import copy
from typing import Any

import pytest

pytestmark = pytest.mark.browser

TULPAR, SAMAL = "Tulpar State University", "Samal Technical University"
CARD = "#details .card"


@pytest.fixture(scope="module")
def carded(invented):
    """The invented network, with a card for one university and a hostile one for another."""
    network = copy.deepcopy(invented)
    by_label = {data["label"]: name for name, data in network.nodes(data=True)}
    said = {"quote": "Their faculty signed.", "title": "Report", "source": "", "date": "2024-05-01"}
    rolled = {
        "name": "Memorandum of the faculty", "status": "signed", "day": "2024-05-01",
        "kind": "agreements", "through": "Faculty of Bridges", "evidence": [said],
    }  # fmt: skip
    head = {"name": "Aida Bek", "post": "Rector", "day": "2023-01-09", "until": "2024-05-01"}
    network.nodes[by_label[TULPAR]]["card"] = {
        "names": [
            {"tag": "kk", "names": ["Тұлпар мемлекеттік университеті"]},
            {"tag": "zh", "names": ["图尔帕尔国立大学"]},
            {"tag": "en", "names": [TULPAR, "TSU"]},
        ],
        "former": ["Tulpar Institute"],
        "identifiers": ["https://ror.org/012345678", "http://www.wikidata.org/entity/Q1"],
        "part_of": [{"iri": by_label[SAMAL], "name": SAMAL}],
        "parts": [{"iri": "https://e.org/bridges", "name": "Faculty of Bridges"}],
        "heads": [{**head, "evidence": [said]}],
        "rolled": [rolled],
    }
    evil = "<img src=x onerror=\"document.title='run'\">"
    network.nodes[by_label[SAMAL]]["card"] = {
        "names": [{"tag": evil, "names": [evil]}],
        "former": [evil],
        "identifiers": [f"https://e.org/{evil}", "javascript:document.title='run'"],
        "parts": [{"iri": evil, "name": evil}],
        "heads": [{"name": evil, "post": evil, "day": evil}],
        "rolled": [{"name": evil, "through": evil, "day": evil}],
    }
    return network


def chosen(show: Any, network: Any, name: str, **context: Any) -> Any:
    page = show(network, **context)
    page.fill("#search", name)
    page.press("#search", "Enter")
    return page


@pytest.mark.parametrize("width", [1440, 390])
def test_the_card_tells_who_it_is(show, carded, width):
    page = chosen(show, carded, TULPAR, width=width, height=844)
    titles = page.locator(f"{CARD} dt").all_inner_texts()
    assert titles == [
        "Kazakh", "Chinese", "English", "Formerly", "Part of", "Parts", "Headed by", "Identifiers",
    ]  # fmt: skip
    texts = page.locator(f"{CARD} dd").all_inner_texts()
    assert texts[:4] == [
        "Тұлпар мемлекеттік университеті",
        "图尔帕尔国立大学",
        "TSU",
        "Tulpar Institute",
    ]
    assert texts[5] == "Faculty of Bridges"
    assert texts[6].startswith("Aida Bek, Rector (reports of ")
    assert "January 2023 to May 2024" in texts[6]
    assert page.locator(f"{CARD} dd[lang=zh]").count() == 1
    links = page.locator(f"{CARD} a")
    assert links.all_inner_texts() == ["ROR 012345678", "Wikidata Q1"]
    assert links.first.get_attribute("rel") == "noopener noreferrer"
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.complaints == []


def test_what_parts_did_is_marked_and_opens_to_its_words(show, carded):
    page = chosen(show, carded, TULPAR)
    assert "What its parts did" in page.inner_text("#details")
    row = page.locator("#details .rolled")
    assert "Memorandum of the faculty" in row.inner_text()
    assert "through Faculty of Bridges · 1 May 2024" in row.inner_text()
    row.locator("summary").click()
    assert row.locator("blockquote").inner_text() == "Their faculty signed."


def test_a_whole_on_the_map_is_one_click_away(show, carded):
    page = chosen(show, carded, TULPAR)
    page.locator(f"{CARD} button.kin").click()
    assert page.locator("#details h2").inner_text() == SAMAL


def test_the_card_speaks_the_language_of_the_page(show, carded):
    page = chosen(show, carded, TULPAR)
    page.locator("#language").click()
    titles = page.locator(f"{CARD} dt").all_inner_texts()
    assert titles[:2] == ["Казахский", "Китайский"]
    assert "Что сделали подразделения" in page.inner_text("#details")


def test_a_hostile_card_runs_nothing(show, carded):
    page = chosen(show, carded, SAMAL)
    assert "<img src=x" in page.inner_text(CARD)
    assert page.locator("#details img").count() == 0
    assert page.locator(f"{CARD} a").count() == 1
    page.wait_for_timeout(50)
    assert page.title() != "run"
    assert page.complaints == []


def test_without_a_card_the_other_names_stay(show, carded):
    page = chosen(show, carded, "Neva University of Water Transport")
    assert page.locator(CARD).count() == 0
    assert "Also: " in page.inner_text("#details")
