"""The page of all terms in a real browser, on a desk and in a hand, by day and by night."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from kg.graph import glossary
from kg.graph.store import Graph

CONTRAST = """() => {
  const light = (colour) => {
    const parts = colour.match(/[\\d.]+/g).slice(0, 3).map((part) => {
      const share = part / 255;
      return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
  };
  const behind = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (colour !== "rgba(0, 0, 0, 0)") return colour;
    }
  };
  const seen = [...document.querySelectorAll("p, a, dt, dd, code, h1, h2, h3, label, cite")];
  return Math.min(...seen.filter((one) => one.checkVisibility()).map((one) => {
    const [a, b] = [light(getComputedStyle(one).color), light(behind(one))].sort((x, y) => y - x);
    return (a + 0.05) / (b + 0.05);
  }));
}"""
"""The least contrast of a text with what is behind it, after WCAG 2."""


@pytest.fixture(scope="module")
def path(corpus_graph: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("glossary") / "terms.html"
    with Graph.open(corpus_graph) as graph:
        path.write_text(glossary.render(graph), encoding="utf-8")
    return path


def opened(browser: Browser, path: Path, width: int, scheme: str) -> tuple[Page, list[str]]:
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: said.append(request.url))
    page.goto(path.as_uri())
    said.remove(path.as_uri())
    return page, said


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_it_fits_and_can_be_read(browser: Browser, path: Path, width: int, scheme: str) -> None:
    page, said = opened(browser, path, width, scheme)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(CONTRAST) >= 4.5
    assert page.locator(".jump").is_visible() == (width < 860)
    assert said == []
    page.close()


@pytest.mark.browser
def test_definitions_are_shown_in_one_language(browser: Browser, path: Path) -> None:
    page, _ = opened(browser, path, 390, "light")
    tenure = page.locator("#Tenure .definition")
    for language in ("ru", "kk", "zh", "en"):
        page.check(f"#in-{language}")
        shown = [one.get_attribute("lang") for one in tenure.all() if one.is_visible()]
        assert shown == [language]
    page.close()


@pytest.mark.browser
def test_a_term_is_reached_from_the_contents(browser: Browser, path: Path) -> None:
    page, _ = opened(browser, path, 390, "light")
    page.click(".jump")
    page.click("nav a[href='#Participation']")
    assert page.locator("#Participation h3").is_visible()
    assert page.url.endswith("#Participation")
    page.close()
