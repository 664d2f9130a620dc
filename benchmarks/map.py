"""How long a map takes until one can use it, beside stock PyVis on the same network.

    python benchmarks/map.py            2,000 institutions beside stock PyVis, then 20,000
    python benchmarks/map.py --short    400 institutions, for a quick look

Both pages are opened in the same Chromium. A page is usable once it has loaded and a click
that is sent to it is answered; of stock PyVis, whose page moves by itself, that is a lower
bound: its picture is still unstable then. Times are seconds, files are in bytes.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path

import networkx as nx
from playwright.sync_api import Browser, sync_playwright
from pyvis.network import Network

import kg.maps

GOAL = 0.1
TIMEOUT = 180_000  # milliseconds
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
CITIES = [
    ("Almaty", 43.25, 76.91), ("Astana", 51.18, 71.45), ("Karaganda", 49.8, 73.1),
    ("Shymkent", 42.3, 69.6), ("Beijing", 39.9, 116.4), ("Chengdu", 30.66, 104.07),
    ("Xi'an", 34.26, 108.93), ("Urumqi", 43.8, 87.6), ("Lanzhou", 36.06, 103.84),
]  # fmt: skip
CLICK = """() => new Promise((done) => {
  document.body.addEventListener("click", () => done(true), { once: true });
  document.body.click();
})"""


def invented(size: int, ties: int, seed: int = 5) -> nx.Graph:
    """Make a network of invented institutions: few hubs, many weak ties."""
    chance = random.Random(seed)
    network = nx.Graph()
    for number in range(size):
        city, latitude, longitude = CITIES[int(len(CITIES) * chance.random() ** 1.5)]
        network.add_node(
            number,
            label=f"Invented Institute of Steppe and River Studies {number}",
            kind=chance.choice(["University", "GovernmentBody", "Enterprise", "Association"]),
            country="KZ" if longitude < 80 else "CN",
            place=city,
            latitude=latitude,
            longitude=longitude,
        )
    pairs: set[tuple[int, int]] = set()
    while len(pairs) < ties:
        one, other = sorted(int(size * chance.random() ** 2) for _ in range(2))
        if one != other and (one, other) not in pairs:
            pairs.add((one, other))
            quote = f"Institute {one} and institute {other} signed a memorandum of cooperation."
            entry = {"quote": quote, "title": f"Report {one}", "kind": "agreement", "date": "2024"}
            year = str(chance.randint(2015, 2025))
            network.add_edge(
                one, other, weight=chance.random() ** 3,
                kinds=[chance.choice(["event", "agreement"])],
                first=year, last=year, reports=1, evidence=[entry],
            )  # fmt: skip
    return network


def stock(network: nx.Graph, path: Path) -> None:
    """Write a network as PyVis does by itself."""
    page = Network(cdn_resources="in_line")
    for node, data in network.nodes(data=True):
        page.add_node(node, label=data["label"], title=data["kind"])
    for one, other, data in network.edges(data=True):
        page.edges.append({"from": one, "to": other, "value": data["weight"]})
    path.write_text(page.generate_html(), encoding="utf-8")


def until_usable(browser: Browser, path: Path) -> float:
    """Open a page and send it a click; seconds until the click is answered."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.set_default_timeout(TIMEOUT)
    start = time.perf_counter()
    page.goto(path.as_uri(), wait_until="load", timeout=TIMEOUT)
    page.evaluate(CLICK)
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => done()))")
    taken = time.perf_counter() - start
    page.close()
    return taken


def row(name: str, written: float, usable: float, path: Path) -> None:
    """Print one line of the table."""
    print(f"{name:34} {written:9.2f} {usable:9.2f} {path.stat().st_size:12,}")


def main() -> int:
    """Run the comparison; status 1 if the goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--short", action="store_true", help="400 institutions and no more")
    size = 400 if parser.parse_args().short else 2000
    chromium = os.environ.get("KG_CHROMIUM") or shutil.which("chromium")
    print(f"{'page':34} {'written':>9} {'usable':>9} {'bytes':>12}")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        network = invented(size, 3 * size)
        ours, theirs = Path(folder, "ours.html"), Path(folder, "theirs.html")
        taken: dict[str, float] = {}
        for name, path, write in (
            ("Silkgraph", ours, lambda: kg.maps.write(network, ours)),
            ("stock PyVis", theirs, lambda: stock(network, theirs)),
        ):
            start = time.perf_counter()
            write()
            written = time.perf_counter() - start
            taken[name] = until_usable(browser, path)
            row(f"{name}, {size:,} institutions", written, taken[name], path)
        if size == 2000:
            large, page = invented(20_000, 60_000), Path(folder, "large.html")
            start = time.perf_counter()
            kg.maps.write(large, page)
            written = time.perf_counter() - start
            row("Silkgraph, 20,000 institutions", written, until_usable(browser, page), page)
        browser.close()
    ratio = taken["Silkgraph"] / taken["stock PyVis"]
    print(f"\nusable after {ratio:.3f} of stock PyVis's time (goal: at most {GOAL})")
    return int(ratio > GOAL and size == 2000)


if __name__ == "__main__":
    sys.exit(main())
