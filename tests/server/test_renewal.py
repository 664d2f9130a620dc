"""A server that goes on: with a new build, at its rate, with strange requests."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from gold_extractor import GoldExtractor
from serving import serving

from kg.build import build

CORPUS = Path(__file__).parents[2] / "corpus"
COUNT = "SELECT (COUNT(?d) AS ?n) { ?d a coop:SourceDocument }"


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("renewed") / "graph"
    build(CORPUS / "en-0001.txt", folder, extractor=GoldExtractor())
    return folder


@pytest.fixture(scope="module")
def server(graph: Path) -> Iterator[httpx.Client]:
    with serving(graph, "--rate", "5", "--workers", "1", "--origins", "") as client:
        yield client


def documents(client: httpx.Client) -> int:
    rows = client.get("/sparql", params={"query": COUNT}).json()["results"]["bindings"]
    return int(rows[0]["n"]["value"])


def test_a_new_build_is_served_without_a_restart(server: httpx.Client, graph: Path) -> None:
    assert documents(server) == 1
    title = CORPUS.joinpath("en-0002.txt").read_text().split("title: ")[1].splitlines()[0]
    asked = {"params": {"q": title.strip('"')}, "headers": {"accept": "text/html"}}
    assert "/id/doc-" not in server.get("/search", **asked).text
    build([CORPUS / "en-0001.txt", CORPUS / "en-0002.txt"], graph, extractor=GoldExtractor())
    assert documents(server) == 2
    for _ in range(60):
        time.sleep(0.5)
        if "/id/doc-" in server.get("/search", **asked).text:
            return
    pytest.fail("the search does not know the new report")


def test_no_origin_may_read_where_none_is_named(server: httpx.Client) -> None:
    headers = {"origin": "https://elsewhere.example"}
    response = server.get("/sparql?query=ASK{}", headers=headers)
    assert "access-control-allow-origin" not in response.headers


@pytest.mark.parametrize("host", ["a<b", "a b", "x:port", "é", '"', "a/b", ""])
def test_a_strange_host_is_refused(server: httpx.Client, host: str) -> None:
    with socket.create_connection((server.base_url.host, server.base_url.port)) as raw:
        raw.sendall(f"GET /sparql HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
        assert raw.recv(100).startswith(b"HTTP/1.1 400")


def test_a_body_without_a_length_is_bounded_too(server: httpx.Client) -> None:
    chunks = (b"x" * 65_536 for _ in range(40))
    response = server.post("/sparql", content=chunks, headers={"content-type": "text/plain"})
    assert response.status_code == 413


def test_a_rate_is_held_and_told(server: httpx.Client) -> None:
    answers = [server.get("/robots.txt") for _ in range(150)]
    refused = [answer for answer in answers if answer.status_code == 429]
    assert {answer.status_code for answer in answers} == {200, 429}
    assert int(refused[0].headers["retry-after"]) >= 1
    assert "default-src 'none'" in refused[0].headers["content-security-policy"]
    assert server.get("/health").status_code == 200
