"""Twenty requests that would hang, read files, reach addresses or run script elsewhere.

Each is answered properly, and a well-behaved client goes on being served meanwhile.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from serving import serving

SECONDS = 2.0
PATIENCE = 20.0  # seconds in which even a busy machine answers: nothing hangs
CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
WRITTEN = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
PATHS = "SELECT (COUNT(*) AS ?n) { ?a (!rdf:type)* ?b . ?b (!rdf:type)* ?c . ?c (!rdf:type)* ?d }"
GROWING = "BIND(CONCAT(?{0},?{0},?{0},?{0},?{0},?{0},?{0},?{0}) AS ?{1}) "
BOMB = (
    'SELECT (STRLEN(?v11) AS ?n) { BIND("aaaaaaaa" AS ?v0) '
    + "".join(GROWING.format(f"v{at}", f"v{at + 1}") for at in range(11))
    + "}"
)


@pytest.fixture(scope="module")
def listener() -> Iterator[tuple[str, list[str]]]:
    """An address that nobody may be made to ask, and who asked."""
    asked: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        stop = threading.Event()

        def accept() -> None:
            while not stop.is_set():
                try:
                    server.accept()[0].close()
                    asked.append("somebody")
                except TimeoutError:
                    continue

        thread = threading.Thread(target=accept)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/", asked
        stop.set()
        thread.join()


@pytest.fixture(scope="module")
def server(corpus_graph: Path) -> Iterator[httpx.Client]:
    options = ("--seconds", str(SECONDS), "--memory", "300", "--workers", "2", "--rate", "0")
    with serving(corpus_graph, *options, "--rows", "5000") as client:
        yield client


def hostile(address: str) -> list[tuple[str, str, dict[str, object], set[int]]]:
    """Name, path, request and the statuses that answer it properly."""
    service = f"PREFIX : <{address}> SELECT * {{ "

    def query(text: str) -> dict[str, object]:
        return {"data": {"query": text}}

    return [
        ("a cross product that counts", "/sparql", query(CROSS), {503}),
        ("a cross product that is written out", "/sparql", query(WRITTEN), {422, 503}),
        ("paths of any length", "/sparql", query(PATHS), {503}),
        ("a text that doubles and doubles", "/sparql", query(BOMB), {400, 503}),
        ("brackets ten thousand deep", "/sparql", query("SELECT * " + "{" * 10_000), {400, 503}),
        ("a pattern against itself", "/sparql", query(REGEX), {200, 400, 503}),
        ("SERVICE", "/sparql", query(f"{service} SERVICE <{address}> {{ ?s ?p ?o }} }}"), {400}),
        (
            "SERVICE without a space",
            "/sparql",
            query(f"{service} SERVICE:x {{ ?s ?p ?o }} }}"),
            {400},
        ),
        (
            "SERVICE behind a comparison",
            "/sparql",
            query(f"{service} ?s ?p ?a FILTER(?a<?b).SERVICE:x#>\n{{ ?s ?p ?o }} }}"),
            {400},
        ),
        (
            "SERVICE of a variable",
            "/sparql",
            query(f"{service} BIND(<{address}> AS ?x) SERVICE ?x {{ ?s ?p ?o }} }}"),
            {400},
        ),
        ("FROM elsewhere", "/sparql", query(f"SELECT * FROM <{address}> {{ ?s ?p ?o }}"), {200}),
        ("a graph elsewhere", f"/graph-store?graph={quote(address)}", {}, {404}),
        ("LOAD of a file", "/sparql", {"data": {"update": "LOAD <file:///etc/passwd>"}}, {403}),
        ("a graph that is a file", "/graph-store?graph=file:///etc/passwd", {}, {404}),
        ("a path out of the static files", "/static/%2e%2e/%2e%2e/settings.py", {}, {404}),
        ("a key that climbs", "/id/..%2F..%2Fetc%2Fpasswd", {}, {404}),
        ("script in a search", "/search?q=<script>alert(1)</script>", {}, {200}),
        (
            "script in a blank",
            '/ask/partners?organization="><img src=x onerror=alert(1)>',
            {},
            {400},
        ),
        ("another site to go back to", "/language/ru?next=//evil.example/", {}, {303}),
        ("a body past all bounds", "/sparql", {"content": b"query=" + b"x" * 3_000_000}, {413}),
    ]


REGEX = (
    'SELECT * { BIND("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!" AS ?x) '
    'FILTER(REGEX(?x, "^(a+)+$")) }'
)


def test_all_are_answered_while_others_are_served(
    server: httpx.Client, listener: tuple[str, list[str]]
) -> None:
    address, asked = listener
    requests = hostile(address)
    assert len(requests) == 20
    taken: list[float] = []
    stop = threading.Event()

    def well_behaved() -> None:
        while not stop.is_set():
            begun = time.perf_counter()
            answer = server.get("/ask/facilities", headers={"accept": "text/html"})
            assert answer.status_code == 200
            taken.append(time.perf_counter() - begun)
            time.sleep(0.1)

    thread = threading.Thread(target=well_behaved)
    thread.start()
    failures = []
    for name, path, request, proper in requests:
        begun = time.perf_counter()
        method = "POST" if request else "GET"
        headers = {"accept": "text/html"} if path.startswith(("/search", "/ask")) else {}
        answer = server.request(method, path, headers=headers, **request)
        spent = time.perf_counter() - begun
        body = answer.text
        harmless = "<script>alert" not in body and "<img" not in body and "root:" not in body
        if answer.status_code not in proper or spent > PATIENCE or not harmless:
            failures.append((name, answer.status_code, spent, body[:200]))
        if answer.status_code == 303:
            assert answer.headers["location"] == "/"
    stop.set()
    thread.join()
    assert failures == []
    assert asked == []
    assert len(taken) > 10
    assert max(taken) < PATIENCE
    assert server.get("/sparql", params={"query": "ASK {}"}).json()["boolean"] is True


def test_the_server_says_how_many_workers_it_ended(server: httpx.Client) -> None:
    lines = server.get("/metrics").text.splitlines()
    (ended,) = [line for line in lines if line.startswith("kg_workers_ended ")]
    assert float(ended.split()[1]) >= 3


def test_the_log_holds_no_queries_names_or_addresses(server: httpx.Client) -> None:
    server.get("/search", params={"q": "Zzyzxpersonname"})
    time.sleep(0.3)
    server.log.seek(0)
    written = server.log.read()
    assert '"route": "/search"' in written
    assert "Zzyzx" not in written
    assert "passwd" not in written
    assert "127.0.0.1" not in written.split("\n", 1)[1]


def test_a_stop_ends_what_is_under_way_and_leaves_no_process(corpus_graph: Path) -> None:
    with serving(corpus_graph, "--rate", "0", "--workers", "1") as client:
        worker_ids = children(client.process.pid)
        client.process.terminate()
        assert client.process.wait(timeout=15) in (0, -15)
        assert len(worker_ids) == 2
        deadline = time.monotonic() + 5
        while any(Path(f"/proc/{one}").exists() for one in worker_ids):
            assert time.monotonic() < deadline
            time.sleep(0.05)


def children(parent: int) -> list[int]:
    if not Path("/proc/self/stat").exists():
        pytest.skip("processes are looked up in /proc")
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            if int(path.read_text().rsplit(")", 1)[1].split()[1]) == parent:
                found.append(int(path.parent.name))
        except (OSError, IndexError):
            continue
    return found
