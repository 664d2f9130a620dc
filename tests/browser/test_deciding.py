"""A reviewer's session in a real browser, with the keyboard alone."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from serving import serving
from unsure_extractor import UnsureExtractor

from kg.build import build

AXE = (Path(__file__).parent / "data" / "axe.min.js").read_text(encoding="utf-8")
KEY = "a key that nobody guesses"
REPORTS = {
    "one": "Daniyar Akhmetov, Dean of Northern University, met Anna Berg, Rector of Harbour "
    "University, in Oslo on May 13, 2024. Carl Holm, Dean of Harbour University, attended.\n",
    "two": "D. Akhmetov, Vice-Rector of Southern University, met Anna Berg, Rector of Harbour "
    "University, in Oslo on June 1, 2024. C. Holm, Provost of Eastern University, attended.\n",
}

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("review")
    for name, text in REPORTS.items():
        (folder / f"{name}.txt").write_text(text)
    build(
        [folder / f"{name}.txt" for name in REPORTS], folder / "graph", extractor=UnsureExtractor()
    )
    options = ("--rate", "0", "--workers", "1", "--allow-edits")
    with serving(folder / "graph", *options, KG_EDIT_KEY=KEY) as client:
        yield str(client.base_url).rstrip("/")
    shutil.rmtree(folder)


@pytest.fixture
def page(browser, site):
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-US")
    page = context.new_page()
    page.complaints = []
    page.on("console", lambda message: page.complaints.append(message.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.goto(f"{site}/review")
    page.focus("#name")
    page.keyboard.type("A. Reader")
    page.keyboard.press("Tab")
    page.keyboard.type(KEY)
    page.keyboard.press("Enter")
    page.wait_for_url("**/review")
    yield page
    assert page.complaints == []
    context.close()


def decided(page, *keys: str, why: str = "") -> str:
    """Decide with keys alone; return what the page says it did."""
    before = page.url
    for key in keys:
        page.keyboard.press(key)
    if why:
        page.keyboard.type(why)
        page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url != before and "done=" in url)
    page.wait_for_selector(".done")
    return page.inner_text(".done p")


def log(page, site) -> list[str]:
    page.goto(f"{site}/review/decisions")
    return page.locator(".item strong").all_inner_texts()


def test_a_session_with_the_keyboard_alone(page, site):
    total = page.locator(".item").count()
    assert total >= 1
    assert "one thing" in decided(page, "j", "1", why="the same man")
    assert page.locator(".item").count() < total
    page.keyboard.press("Tab")
    page.goto(f"{site}/review/decisions")
    assert "taken back" in decided(page, "j", "u", why="another one")
    page.goto(f"{site}/review/pairs")
    assert page.locator(".item").count() == total
    assert "two things" in decided(page, "j", "s", why="two of them")
    page.goto(f"{site}/review/facts")
    assert page.locator(".item").count() >= 2
    assert "right" in decided(page, "j", "c", why="seen")
    assert "wrong" in decided(page, "r")  # the next has the focus, and the reason is kept
    assert log(page, site) == ["wrong", "right", "two things", "taken back", "one thing"]
    assert page.locator("text=A. Reader ·").count() == 5
    assert "taken back" in decided(page, "j", "u", why="it was right")


def test_a_key_does_nothing_while_one_writes_or_nothing_has_the_focus(page, site):
    page.goto(f"{site}/review/facts")
    page.keyboard.press("r")
    page.focus("#because-1")
    page.keyboard.type("rcj")
    assert page.input_value("#because-1") == "rcj"
    assert page.url.endswith("/review/facts")


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_fit_and_are_accessible(page, site, width, scheme):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    part = page.evaluate("fetch('/api/names?q=anna').then((r) => r.json())")[0]["address"]
    for path in ("/pairs", "/facts", "/decisions", "/sign-in", part.replace("/id/", "/part/")):
        page.goto(f"{site}/review{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.evaluate(AXE)
        found = page.evaluate("axe.run()")["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
