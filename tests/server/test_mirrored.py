"""`kg build --store` into our own endpoint, from nothing to a second build, end to end."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from pyoxigraph import DefaultGraph, NamedNode
from serving import serving

import kg
from kg.cli import run

KEY = "a key that nobody guesses"
MET = (
    "Daniyar Akhmetov, Dean of Northern University, met Anna Berg, Rector of Harbour University, "
    "in {} on {}, 2024.\n"
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A server whose graph nobody has built yet."""
    folder = tmp_path_factory.mktemp("mirrored") / "served"
    with serving(folder, "--rate", "0", "--workers", "1", "--allow-edits", KG_EDIT_KEY=KEY) as one:
        one.folder = folder
        yield one


def quads(folder: Path) -> tuple[set, set]:
    """What a folder's named graphs hold, without the digests; and their union."""
    with kg.open(folder) as graph:
        mirror = f"{graph.base}graph/mirror"
        named = {q for q in graph.store if isinstance(q.graph_name, NamedNode)}
        union = {q.triple for q in graph.store if q.graph_name == DefaultGraph()}
    assert union == {q.triple for q in named}
    return {q for q in named if q.graph_name.value != mirror}, union


def test_a_build_goes_into_our_own_endpoint(
    server: httpx.Client,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    store = f"{server.base_url}/sparql".replace("//sparql", "/sparql")
    first, second = tmp_path / "one.txt", tmp_path / "two.txt"
    first.write_text(MET.format("Oslo", "May 13"))
    second.write_text(MET.format("Bergen", "June 1"))
    command = ["build", "--graph", str(tmp_path / "graph"), "--store", store]

    assert run([*command, str(first)]) == 6
    assert "KG_STORE_PASSWORD" in capsys.readouterr().err
    monkeypatch.setenv("KG_STORE_USER", "builder")
    monkeypatch.setenv("KG_STORE_PASSWORD", KEY)

    for sources in ([first], [first, second], [first, second]):
        assert run([*command, *map(str, sources)]) == 0
        assert quads(server.folder)[0] == quads(tmp_path / "graph")[0]
    assert "graphs: 0 sent" in capsys.readouterr().err

    _is_served(server)
    assert run(["query", "ASK { ?x a coop:University }", "--store", store]) == 0
    assert capsys.readouterr().out == "true\n"
    # a build in the served folder takes it up where the other one stopped
    assert run(["build", "--graph", str(server.folder), str(first), str(second)]) == 0
    assert "documents unchanged" in capsys.readouterr().out
    assert quads(server.folder)[0] == quads(tmp_path / "graph")[0]


def _is_served(server: httpx.Client) -> None:
    """The pages and the search know what was sent."""
    for _ in range(60):
        found = server.get("/api/names?q=Harbour").json()
        if found:
            page = server.get(found[0]["address"], headers={"accept": "text/html"})
            assert "Anna Berg" in page.text
            return
        time.sleep(0.5)
    pytest.fail("the search does not know what was sent")
