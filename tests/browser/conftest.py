"""A real Chromium for the pages: KG_CHROMIUM names it, else it is looked for in PATH.

Without one the tests are skipped, unless KG_REQUIRE_BROWSER is set: then that is a failure.
"""

import datetime
import json
import os
import shutil
from pathlib import Path

import networkx as nx
import pytest

import kg.maps

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
INVENTED = Path(__file__).parents[1] / "maps" / "data" / "invented.json"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]


def chromium() -> str | None:
    named = os.environ.get("KG_CHROMIUM")
    return shutil.which(named) if named else next(filter(None, map(shutil.which, NAMES)), None)


@pytest.fixture(scope="session")
def browser():
    path = chromium()
    if path is None:
        reason = f"no Chromium found: install one of {', '.join(NAMES)} or set KG_CHROMIUM"
        if os.environ.get("KG_REQUIRE_BROWSER"):
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  only where one is there

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def show(browser, tmp_path):
    """Write a network as a map and open it; whatever the page complains of is collected."""
    contexts = []

    def opened(network, *, width=1440, height=900, title="Institutional cooperation", **context):
        path = tmp_path / f"map-{len(contexts)}.html"
        kg.maps.write(network, path, title=title, made=datetime.date(2025, 10, 1))
        contexts.append(browser.new_context(viewport={"width": width, "height": height}, **context))
        page = contexts[-1].new_page()
        page.complaints, page.requests = [], []
        page.on("console", lambda message: page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("dialog", lambda dialog: (page.complaints.append("dialog"), dialog.dismiss()))
        page.on("request", lambda request: page.requests.append(request.url))
        page.goto(path.as_uri())
        if network.number_of_nodes():
            page.wait_for_selector("html[data-ready]")
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def invented() -> nx.Graph:
    return nx.node_link_graph(json.loads(INVENTED.read_text(encoding="utf-8")), edges="edges")
