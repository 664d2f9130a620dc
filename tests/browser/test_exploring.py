"""Each way to explore a map: arrangements, filters, years, paths, undo, links, files, languages."""

import datetime
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import networkx as nx
import pytest

import kg.maps
from kg.cli import run
from kg.maps import groups

pytestmark = pytest.mark.browser

SAMAL, TULPAR = "Samal Technical University", "Tulpar State University"
DETAILS = "#details"


def shown(page):
    return page.evaluate("silkgraph.shown()")


def where(page, label):
    return page.evaluate("label => silkgraph.where(label)", label)


def find(page, name, box="#search"):
    page.fill(box, name)
    page.press(box, "Enter")


@pytest.fixture
def small():
    """Four institutions in a row, with years, people, papers, areas and confidences."""
    network = nx.Graph()
    entry = {"quote": "A quote.", "title": "Report", "source": "https://news.example.org/1"}
    facts = {"name": "", "post": "", "status": "", "day": "", "evidence": [entry]}
    for at, name in enumerate(("Ada", "Bek", "Chen", "Dana")):
        network.add_node(
            name, label=f"{name} University", kind="University" if at % 2 else "GovernmentBody",
            country="KZ" if at % 2 else "CN", latitude=40 + at, longitude=70 + 9 * at, place=name,
            people=[{**facts, "name": f"Rector of {name}", "post": "Rector"}],
            agreements=[{**facts, "name": f"Memorandum of {name}", "status": "planned"}],
            events=[{**facts, "name": f"Forum of {name}", "day": "2024-05-02"}],
        )  # fmt: skip
    for one, other, year, sure, kind in (
        ("Ada", "Bek", 2019, 0.9, "agreement"), ("Bek", "Chen", 2021, 0.6, "event"),
        ("Chen", "Dana", 2024, 0.8, "event"),
    ):  # fmt: skip
        network.add_edge(
            one, other, weight=sure / 2, kinds=[kind], years=[year], confidence=sure,
            areas=["language"] if kind == "agreement" else [], evidence=[entry],
        )  # fmt: skip
    return network


def test_each_arrangement_moves_everyone_and_undo_brings_them_back(show, invented):
    page = show(invented)
    before = where(page, SAMAL)
    places = [before]
    for key in ("communities", "geography", "time"):
        button = page.locator(f"[data-layout={key}]")
        if button.count():
            button.click()
            page.wait_for_timeout(400)
            assert button.get_attribute("aria-pressed") == "true"
            assert where(page, SAMAL) not in places
            places.append(where(page, SAMAL))
    assert len(places) >= 3
    for _ in places[1:]:
        page.locator("#undo").click()
    page.wait_for_timeout(400)
    assert where(page, SAMAL)["x"] == pytest.approx(before["x"], abs=1)
    assert page.locator("#undo").is_disabled()


def test_communities_are_marked_and_explained(show, invented):
    page = show(invented)
    assert shown(page)["hulls"] == 0
    page.keyboard.press("c")
    assert shown(page)["hulls"] >= 2
    assert page.locator("#hull-key").is_visible()


def test_filters_by_kind_tie_area_and_confidence(show, small):
    page = show(small)
    page.keyboard.press("f")
    page.locator("[data-filter=hiddenTieKinds][value=event]").uncheck()
    assert len(shown(page)["ties"]) == 1
    page.locator("[data-filter=hiddenTieKinds][value=event]").check()
    page.locator("[data-filter=hiddenKinds][value=University]").uncheck()
    assert shown(page)["ties"] == []
    page.get_by_role("button", name="Start over").click()
    assert len(shown(page)["ties"]) == 3
    page.locator("[data-filter=confidence]").fill("0.7")
    assert len(shown(page)["ties"]) == 2
    page.locator("select[data-filter=area]").select_option("language")
    assert len(shown(page)["ties"]) == 1


def test_years_narrow_the_map_and_play_lets_it_grow(show, small):
    page = show(small)
    page.locator("#until").fill("2021")
    assert len(shown(page)["ties"]) == 2
    assert page.inner_text("#period") == "2019–2021"
    page.locator("#since").fill("2021")
    assert len(shown(page)["ties"]) == 1
    page.locator("#since").fill("2019")
    page.clock.install()
    page.locator("#play").click()
    grown = [len(shown(page)["ties"])]
    for _ in range(2):
        page.clock.run_for(1200)
        grown.append(len(shown(page)["ties"]))
    assert grown == [1, 2, 3]
    assert page.locator("#play").get_attribute("aria-pressed") == "false"


def test_the_panel_shows_people_agreements_and_events_with_their_sentences(show, small):
    page = show(small)
    find(page, "Bek University")
    text = page.inner_text(DETAILS)
    for words in ("Rector of Bek", "Memorandum of Bek", "planned, not seen signed", "Forum of Bek"):
        assert words in text
    page.locator(f"{DETAILS} summary", has_text="Rector of Bek").click()
    assert page.locator(f"{DETAILS} details[open] blockquote").inner_text() == "A quote."


def test_a_path_is_found_shown_and_shared(show, small):
    page = show(small)
    find(page, "Ada University")
    find(page, "Dana", box="#path-to")
    assert "3 steps" in page.inner_text(DETAILS)
    names = page.locator(f"{DETAILS} .path .names").all_inner_texts()
    assert names == ["Bek University", "Chen University", "Dana University"]
    assert {label["label"] for label in shown(page)["labels"]} >= set(names)
    page.goto(page.url)
    page.reload()
    page.wait_for_selector("html[data-ready]")
    assert "3 steps" in page.inner_text(DETAILS)


def test_where_there_is_no_path_that_is_said(show, small):
    small.add_edge("far", "away", weight=0.5)
    page = show(small)
    find(page, "Ada University")
    find(page, "away", box="#path-to")
    assert "No chain of ties" in page.inner_text(DETAILS)


def test_a_link_carries_the_view(show, invented):
    page = show(invented)
    page.locator("[data-layout=communities]").click()
    page.get_by_role("button", name="Kazakhstan 18").click()
    find(page, "Jinhe Normal University")
    page.locator("#limit").fill("100")
    state = shown(page)
    other = show(invented)
    other.evaluate("hash => { location.hash = hash }", page.url.partition("#")[2])
    other.wait_for_timeout(400)
    assert shown(other)["institutions"] == state["institutions"]
    assert shown(other)["ties"] == state["ties"]
    assert other.locator(f"{DETAILS} h2").inner_text() == "Jinhe Normal University"


@pytest.mark.parametrize(
    "state", ["ties=x&years=9-z&tie=[1", "at=__proto__&open=5&c={}&view=nowhere", "%E0%A4%A", "<b>"]
)
def test_a_broken_link_does_no_harm(show, invented, state):
    page = show(invented)
    page.evaluate("hash => { location.hash = hash }", state)
    page.wait_for_timeout(50)
    assert len(shown(page)["ties"]) == 55
    assert page.complaints == []


def test_undo_by_key_goes_back_step_by_step(show, invented):
    page = show(invented)
    find(page, SAMAL)
    find(page, TULPAR)
    page.locator("#map .vis-network").focus()
    page.keyboard.press("Control+z")
    assert page.locator(f"{DETAILS} h2").inner_text() == SAMAL
    page.keyboard.press("Control+z")
    assert "Strongest ties" in page.inner_text(DETAILS)


def test_the_picture_is_saved_as_svg_and_png(show, invented):
    page = show(invented)
    with page.expect_download() as saved:
        page.locator("#save-svg").click()
    root = ET.fromstring(Path(saved.value.path()).read_text(encoding="utf-8"))
    words = " ".join(root.itertext())
    assert SAMAL.split(maxsplit=1)[0] in words
    assert "64 reports" in words
    assert "China" in words
    drawn = [each for each in root.iter() if each.tag.endswith("path")]
    assert len(drawn) == 39 + 55 + 2  # institutions, ties, and the two kinds of lines of the legend
    with page.expect_download() as saved:
        page.locator("#save-png").click()
    assert Path(saved.value.path()).read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    assert page.complaints == []


def test_the_interface_speaks_russian(show, invented):
    page = show(invented, locale="ru-RU", title=None)
    assert page.title() == "Сотрудничество организаций"
    assert "64 сообщения" in page.inner_text(".facts")
    find(page, SAMAL)
    assert "5 партнёров, 2 только на общих событиях" in page.inner_text(DETAILS)
    page.locator("#language").click()
    assert "5 partners, 2 met at events only" in page.inner_text(DETAILS)
    assert page.locator("html").get_attribute("lang") == "en"


def test_the_keys_are_listed(show, invented):
    page = show(invented)
    page.keyboard.press("?")
    assert "undo" in page.inner_text("dialog")
    page.keyboard.press("Escape")
    assert page.locator("dialog").is_hidden()


def test_changes_between_two_years_have_three_colours(show, small):
    small.edges["Bek", "Chen"]["years"] = [2019, 2024]
    page = show(kg.maps.compare(small, 2019, 2024), title=None)
    assert page.title() == "Ties in 2019 and in 2024"
    svg = page.evaluate("silkgraph.svg()")
    colours = page.evaluate(
        """() => ["new", "kept", "lost"].map((name) =>
        getComputedStyle(document.documentElement).getPropertyValue(`--change-${name}`).trim())"""
    )
    assert len(set(colours)) == 3
    assert all(svg.count(f'stroke="{colour}"') == 1 for colour in colours)
    assert "seen in 2019, not in 2024" in page.inner_text(".legend")


def test_a_large_network_opens_place_by_place(show, small, monkeypatch):
    monkeypatch.setattr(groups, "MOST_SHOWN", 3)
    small.add_node("Eli", label="Eli University", country="KZ", place="Bek")
    small.add_edge("Eli", "Ada", weight=0.3, kinds=["event"])
    page = show(small)
    assert sorted(shown(page)["institutions"]) == ["Ada", "Bek", "Chen", "Dana"]
    place = where(page, "Bek")
    box = page.locator("#map").bounding_box()
    page.mouse.click(box["x"] + place["x"], box["y"] + place["y"])
    page.wait_for_timeout(400)
    names = set(shown(page)["institutions"])
    assert {"Bek University", "Eli University", "Ada University"} <= names
    page.keyboard.press("Escape")
    assert sorted(shown(page)["institutions"]) == ["Ada", "Bek", "Chen", "Dana"]
    find(page, "Eli University")
    assert page.locator(f"{DETAILS} h2").inner_text() == "Eli University"
    assert page.complaints == []


HOSTILE = """---
title: </script><img src=x onerror="document.title='run'">
source: https://news.example.org/1
published: 2024-05-02
---
Anna Berg, Rector of Northern University, and Li Wei, Rector of Jinhe University, signed a
memorandum of cooperation between Northern University and Jinhe University in Almaty on 2 May
2024, and </script><img src=x onerror="document.title='run'"> <script>document.title='run'</script>.
"""


def test_nothing_hostile_runs_from_the_text_to_the_pages(browser, tmp_path, monkeypatch):
    (tmp_path / "report.txt").write_text(HOSTILE, encoding="utf-8")
    people, events = "map --people -o people.html", "map --events -o events.html"
    monkeypatch.chdir(tmp_path)
    for command in ("build report.txt", "map", events, people, "brief --no-pdf"):
        assert run(command.split()) == 0
    for name in ("map.html", "events.html", "people.html", "brief.html"):
        page = browser.new_page()
        complaints = []
        page.on("console", lambda message, kept=complaints: kept.append(message.text))
        page.on("pageerror", lambda error, kept=complaints: kept.append(str(error)))
        page.goto((tmp_path / name).as_uri())
        page.wait_for_timeout(150)
        assert page.title() != "run"
        assert page.locator("img").count() == 0
        assert complaints == []
        if name in {"map.html", "brief.html"}:
            assert "Northern University" in page.inner_text("body")
            assert "onerror" in page.content()  # it came through, as words
        page.close()


def test_a_briefing_is_printed_on_two_pages(browser, invented, tmp_path, monkeypatch):
    from kg.maps.brief import write  # noqa: PLC0415

    monkeypatch.setitem(sys.modules, "weasyprint", None)
    path = write(invented, tmp_path / "brief.pdf", made=datetime.date(2025, 10, 1))
    assert path.read_bytes().count(b"/Type /Page\n") == 2
