"""The page of `kg evaluate --html` in a real browser, on a desk and in a hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from kg.documents.document import Document
from kg.evaluation import Sample
from kg.evaluation.page import render
from kg.extraction.record import Entity, Record

NAME = "<b onclick=alert(1)>" + "Long" * 40
TEXT = f"{NAME} met Oslo."


@pytest.mark.browser
@pytest.mark.parametrize("width", [1440, 390])
def test_it_fits_and_can_show_errors_only(browser: Browser, tmp_path: Path, width: int) -> None:
    oslo = Entity("e2", "Place", "Oslo", (), ((len(NAME) + 5, len(NAME) + 9),))
    gold = Record("a", entities=(oslo,))
    found = Record("a", entities=(Entity("e1", "Person", NAME, (), ((0, len(NAME)),)), oslo))
    path = tmp_path / "page.html"
    path.write_text(render([Sample(Document("a", TEXT), gold, found)]), encoding="utf-8")
    page = browser.new_page(viewport={"width": width, "height": 900})
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("dialog", lambda dialog: (said.append("dialog"), dialog.dismiss()))
    page.goto(path.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("tr.hit").is_visible()
    page.check("#wrong")
    assert not page.locator("tr.hit").is_visible()
    assert page.locator("tr.spurious").is_visible()
    assert said == []
    page.close()
