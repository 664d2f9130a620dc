"""A graph in another endpoint: our own, and Virtuoso where it is installed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs

import pytest
from httpx import Client
from pyoxigraph import NamedNode, QueryResultsFormat, Store
from serving import serving

import kg
from kg.cli import run
from kg.errors import GraphError, QueryError, UsageError
from kg.graph.remote import RemoteGraph


@pytest.fixture(scope="module")
def endpoint(corpus_graph: Path) -> Iterator[str]:
    with serving(corpus_graph, "--rate", "0", "--workers", "1", "--seconds", "60") as client:
        yield f"{client.base_url}/sparql".replace("//sparql", "/sparql")


@pytest.fixture(scope="module")
def remote(endpoint: str) -> RemoteGraph:
    return RemoteGraph(endpoint)


@pytest.mark.parametrize(
    ("question", "parameters"),
    [
        ("positions", {"country": "China"}),
        ("agreements", {}),
        ("facilities", {}),
        ("partners", {"organization": "Satbayev University"}),
        ("names", {"name": "Satbayev University"}),
        ("participants", {"place": "Almaty"}),
    ],
)
def test_questions_have_the_same_answers(
    corpus_graph: Path, remote: RemoteGraph, question: str, parameters: dict[str, str]
) -> None:
    with kg.open(corpus_graph) as local:
        expected = local.ask(question, **parameters)
    found = remote.ask(question, **parameters)
    order = list(expected.columns)
    assert list(found.columns) == order
    assert len(found) == len(expected) > 0
    assert sorted(map(str, found.values.tolist())) == sorted(map(str, expected.values.tolist()))


def test_the_network_is_the_same(corpus_graph: Path, remote: RemoteGraph) -> None:
    with kg.open(corpus_graph) as local:
        expected = local.network("organizations")
    found = remote.network("organizations")
    assert set(found.nodes) == set(expected.nodes)
    assert set(map(frozenset, found.edges)) == set(map(frozenset, expected.edges))


def test_each_kind_of_query(remote: RemoteGraph) -> None:
    assert remote.query("ASK { ?x a coop:University }") is True
    assert len(remote.query("CONSTRUCT WHERE { ?x a coop:University }")) > 10
    one = remote.query("SELECT ?x { ?x a coop:University } LIMIT 1")["x"][0]
    assert remote.query("SELECT ?x ?name { ?x rdfs:label ?name }", x=one)["x"].tolist() == [one]


def test_what_goes_wrong_is_told(remote: RemoteGraph) -> None:
    with pytest.raises(QueryError, match="refuses the query"):
        remote.query("SELECT * {")
    with pytest.raises(QueryError, match="another server"):
        remote.query("SELECT * { SERVICE <http://10.0.0.1/> {} }")
    with pytest.raises(GraphError, match="folder only"):
        remote.export("trig")
    with pytest.raises(UsageError, match="not the address"):
        RemoteGraph("ftp://example.org/")
    with pytest.raises(UsageError, match="environment"):
        RemoteGraph("http://user:secret@127.0.0.1/sparql")


def test_commands_take_an_endpoint(
    endpoint: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["ask", "facilities", "--store", endpoint, "--format", "csv"]) == 0
    assert len(capsys.readouterr().out.splitlines()) > 5
    assert run(["query", "ASK {}", "--store", endpoint]) == 0
    assert capsys.readouterr().out == "true\n"
    assert run(["map", "--store", endpoint, "--output", str(tmp_path / "map.html")]) == 0


def test_pages_over_an_endpoint(endpoint: str, corpus_graph: Path) -> None:
    with serving(corpus_graph, "--rate", "0", "--workers", "1", "--store", endpoint) as client:
        _pages(client)


def _pages(client: Client) -> None:
    html = {"accept": "text/html"}
    for page in ("/", "/radar", "/prospects?institution=Satbayev+University"):
        assert client.get(page, headers=html).status_code == 200
    answer = client.get("/ask/positions?country=China", headers=html)
    assert "<table" in answer.text
    names = client.get("/api/names?q=satbayev").json()
    assert "Satbayev University" in client.get(names[0]["address"], headers=html).text
    assert client.get(names[0]["address"], headers={"accept": "text/turtle"}).status_code == 200
    csv = client.get("/sparql?query=SELECT*{?x+a+coop:University}", headers={"accept": "text/csv"})
    assert len(csv.text.splitlines()) > 10
    assert client.get("/graph/gazetteer").status_code == 200
    assert client.get("/graph/absent").status_code == 404


class Flaky(BaseHTTPRequestHandler):
    """Is busy twice, then answers; remembers who asked."""

    asked: list[str | None] = []  # noqa: RUF012 - emptied by the test

    def do_POST(self) -> None:
        self.asked.append(self.headers["authorization"])
        self.rfile.read(int(self.headers["content-length"]))
        busy = len(self.asked) <= 2
        body = b"" if busy else b'{"head": {}, "boolean": true}'
        if len(self.asked) in {3, 4}:  # which password is wanted, and the base, are asked first
            body = b'{"head": {"vars": ["it"]}, "results": {"bindings": []}}'
        self.send_response(503 if busy else 200)
        self.send_header("content-type", "application/sparql-results+json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *given: object) -> None:
        """Say nothing."""


def test_what_fails_for_a_moment_is_asked_again_with_the_password(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("KG_STORE_USER", "reader")
    monkeypatch.setenv("KG_STORE_PASSWORD", "secret")
    Flaky.asked.clear()
    with HTTPServer(("127.0.0.1", 0), Flaky) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        graph = RemoteGraph(f"http://127.0.0.1:{server.server_port}/sparql")
        assert graph.query("ASK {}") is True
        graph.close()
        server.shutdown()
    assert Flaky.asked == [None] * 3 + ["Basic cmVhZGVyOnNlY3JldA=="] * 2


class Taking(BaseHTTPRequestHandler):
    """Holds what updates insert; is busy at the first two requests that would."""

    store = Store()
    busy = 2

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"])).decode()
        if self.headers["content-type"] != "application/sparql-update":
            found = self.store.query(parse_qs(body)["query"][0])
            self._say(200, found.serialize(format=QueryResultsFormat.JSON))
        elif Taking.busy:
            Taking.busy -= 1
            self._say(503, b"")
        else:
            self.store.update(body)
            self._say(204, b"")

    def _say(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("content-type", "application/sparql-results+json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *given: object) -> None:
        """Say nothing."""


def test_a_build_is_sent_to_an_endpoint_that_is_busy_twice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = tmp_path / "one.txt"
    with HTTPServer(("127.0.0.1", 0), Taking) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        place = ["--store", f"http://127.0.0.1:{server.server_port}/sparql"]
        command = ["build", str(report), "--graph", str(tmp_path / "graph"), *place]
        told = []
        for text in ("Anna Berg, Rector of Northern University, arrived in Oslo.\n",) * 2 + (
            "Anna Berg, Dean of Northern University, arrived in Oslo.\n",
        ):
            report.write_text(text)
            assert run(command) == 0
            told.append(re.search(r"graphs: (\d+) sent, (\d+) were", capsys.readouterr().err))
            with kg.open(tmp_path / "graph") as local:
                expected = {q for q in local.store if isinstance(q.graph_name, NamedNode)}
            found = {q for q in Taking.store if not q.graph_name.value.endswith("/mirror")}
            assert found == expected
        server.shutdown()
    first, second, third = [tuple(map(int, match.groups())) for match in told if match]
    assert Taking.busy == 0
    assert first[1] == second[0] == 0
    assert first[0] == second[1]
    assert 0 < third[0] < first[0]


def test_an_endpoint_that_is_not_there_is_told() -> None:
    with pytest.raises(GraphError, match="does not answer"):
        RemoteGraph("http://127.0.0.1:9/sparql", seconds=1)
