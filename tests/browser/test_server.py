"""Every page of the server in a real browser: looked at, typed into, by keyboard alone.

``data/axe.min.js`` is axe-core 4.14.1 by Deque Systems (MPL-2.0), as npm has it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from serving import serving

AXE = (Path(__file__).parent / "data" / "axe.min.js").read_text(encoding="utf-8")
PAGES = {
    "home": "/",
    "question": "/ask/partners",
    "answer": "/ask/positions?country=China",
    "agreements": "/ask/agreements",
    "search": "/search?q=Almaty",
    "editor": "/editor",
    "radar": "/radar?since=2023",
    "introduce": "/introduce?one=Satbayev+University&other=Huai+Jinpeng",
    "prospects": "/prospects?institution=National+Museum+of+Kazakhstan",
    "nothing": "/id/org-x-nothing",
}
KINDS = {
    "organization": "org:Organization",
    "person": "foaf:Person",
    "event": "coop:Event",
    "agreement": "coop:Agreement",
    "report": "coop:SourceDocument",
}
WIDTHS = (1440, 390)
_TENURE = "SELECT ?it { ?it a coop:Tenure } ORDER BY ?it LIMIT 1"

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site(corpus_graph: Path) -> Iterator[str]:
    with serving(corpus_graph, "--rate", "0", "--workers", "1", "--seconds", "30") as client:
        for name, kind in KINDS.items():
            query = f"""SELECT ?it (COUNT(*) AS ?n) {{ ?class rdfs:subClassOf* {kind} .
                ?it a ?class . ?other ?says ?it }} GROUP BY ?it ORDER BY DESC(?n) ?it LIMIT 1"""
            rows = client.post("/sparql", data={"query": query}).json()["results"]["bindings"]
            PAGES[name] = "/id/" + rows[0]["it"]["value"].rsplit("/", 1)[1]
        PAGES["card"] = PAGES["organization"].replace("/id/", "/card/")
        rows = client.post("/sparql", data={"query": _TENURE}).json()["results"]["bindings"]
        PAGES["why"] = "/why/" + rows[0]["it"]["value"].rsplit("/", 1)[1]
        yield str(client.base_url).rstrip("/")


@pytest.fixture
def visit(browser, site):
    """Open a page of the server; what it complains of is collected, as is what it asks for."""
    contexts = []

    def opened(path, width=1440, **context):
        contexts.append(browser.new_context(viewport={"width": width, "height": 900}, **context))
        page = contexts[-1].new_page()
        page.complaints, page.elsewhere = [], []
        page.on("console", lambda message: page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on(
            "request",
            lambda request: (
                None
                if request.url.startswith((site, "data:", "blob:"))
                else page.elsewhere.append(request.url)
            ),
        )
        page.goto(site + path, wait_until="networkidle")
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.mark.parametrize("path", ["/radar?since=", "/introduce?other=x&one=", "/search?q="])
def test_a_word_without_end_does_not_widen_a_phone(visit, path):
    page = visit(path + "W" * 400, 390, locale="ru-RU")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", [*PAGES, *KINDS, "card", "why"])
def test_a_page_fits_complains_of_nothing_and_is_accessible(visit, site, name, width):
    page = visit(PAGES[name], width)
    missing = "status of 404" if name == "nothing" else "\0"
    assert [text for text in page.complaints if missing not in text] == []
    assert page.elsewhere == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.evaluate(AXE)
    # what the editor itself is made of is YASGUI's
    around = {"exclude": [["#yasgui"]]} if name == "editor" else {}
    found = page.evaluate("around => axe.run({include: [['html']], ...around})", around)
    serious = [
        (one["id"], [node["html"][:120] for node in one["nodes"]][:3])
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
    ]
    assert serious == []


@pytest.mark.parametrize("name", ["home", "answer", "organization", "report"])
def test_the_dark_pages_are_accessible_too(visit, site, name):
    page = visit(PAGES[name], color_scheme="dark")
    page.evaluate(AXE)
    found = page.evaluate("axe.run(document, {runOnly: ['color-contrast']})")
    assert [one["nodes"][0]["html"] for one in found["violations"]] == []


def test_a_question_is_asked_with_the_keyboard_alone(visit):
    page = visit("/ask/positions")
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "organization":
            break
    page.keyboard.type("satbaev univ", delay=20)
    page.wait_for_selector("[role=option]")
    page.keyboard.press("ArrowDown")
    assert page.get_attribute("#blank-organization", "aria-activedescendant")
    page.keyboard.press("Enter")
    assert page.input_value("#blank-organization") == "Satbayev University"
    page.keyboard.press("Enter")
    page.wait_for_url("**organization=Satbayev**")
    assert page.locator("table.answer tbody tr").count() > 0
    assert "Satbayev University" in page.inner_text("table.answer tbody tr >> nth=0")


def test_the_first_tab_skips_to_the_content(visit):
    page = visit("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")


def test_a_table_is_sorted_by_its_heads(visit):
    page = visit("/ask/positions?country=China")
    people = page.locator("table.answer tbody tr td:first-child")
    page.keyboard.press("Tab")
    head = page.locator("table.answer thead button").first
    head.focus()
    page.keyboard.press("Enter")
    up = people.all_inner_texts()
    assert page.get_attribute("table.answer th >> nth=0", "aria-sort") == "ascending"
    page.keyboard.press("Enter")
    down = people.all_inner_texts()
    assert sorted(up) == sorted(down)
    assert (up[0], up[-1]) == (down[-1], down[0])
    assert up[0] <= up[-1]


def test_a_sentence_opens_highlighted_in_its_report(visit):
    page = visit("/ask/positions?country=China")
    quote = page.inner_text("td.said q >> nth=0")
    page.click("a.source >> nth=0")
    page.wait_for_selector("mark#here")
    assert page.inner_text("mark#here").strip() in quote
    assert page.locator("mark#here").is_visible()


def test_the_search_box_leads_to_a_page_as_one_types(visit):
    page = visit("/")
    page.fill("input[type=search]", "")
    page.type("input[type=search]", "almat", delay=20)
    page.wait_for_selector("[role=option]")
    page.click("[role=option] >> nth=0")
    page.wait_for_url("**/id/**")
    assert "almaty" in page.inner_text("h1").lower()


def test_the_editor_runs_a_query_and_its_links_lead_to_the_pages(visit):
    page = visit("/editor")
    page.click(".yasqe_queryButton")
    page.wait_for_selector(".yasr_results table a[href*='/id/']")
    assert page.complaints == []
    page.click(".yasr_results table a[href*='/id/'] >> nth=0")
    page.wait_for_url("**/id/org-**")
    assert page.inner_text("h1")


def test_without_scripts_a_question_is_asked_all_the_same(visit):
    page = visit("/ask/positions", java_script_enabled=False)
    page.fill("#blank-country", "China")
    page.click("form.blanks button")
    assert page.locator("table.answer tbody tr").count() > 10


def test_names_from_the_news_stay_text(visit):
    page = visit("/ask/partners?organization=" + "%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E")
    assert page.locator("main img").count() == 0
    assert "<img src=x" in page.inner_text("[role=alert]")
