"""Case by case what the W3C's documents say of changing a graph, over HTTP, with the key.

Numbers are those of the sections of https://www.w3.org/TR/sparql11-protocol/ and
https://www.w3.org/TR/sparql11-http-rdf-update/.
"""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator

import httpx
import pytest
from httpx import BasicAuth, Client
from serving import serving

from kg.graph.store import Graph

KEY = "a key that nobody guesses"
AUTH = BasicAuth("a program", KEY)
UPDATE = {"content-type": "application/sparql-update"}
FORM = {"content-type": "application/x-www-form-urlencoded"}
TURTLE = {"content-type": "text/turtle"}
E = "http://e/"
INSERT = "INSERT DATA { GRAPH <http://e/g> { <http://e/a> <http://e/p> 1 } }"
ONE, TWO = "<http://e/a> <http://e/p> 1 .", "<http://e/b> <http://e/p> 2 ."


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """A server that begins its graph."""
    folder = tmp_path_factory.mktemp("edited") / "graph"
    options = ("--rate", "0", "--workers", "1", "--allow-edits")
    bounds = ("--update-seconds", "4", "--memory", "300")
    with serving(folder, *options, *bounds, KG_EDIT_KEY=KEY) as client:
        client.folder = folder
        yield client


@pytest.fixture
def client(server: Client) -> Client:
    """The server, its graph empty."""
    assert update(server, "CLEAR ALL").status_code == 204
    return server


def update(client: Client, text: str, **options: object) -> httpx.Response:
    return client.post("/sparql", content=text, headers=UPDATE, auth=AUTH, **options)


def graph(client: Client, name: str | None) -> set[str] | None:
    """The lines of a graph; None where there is none."""
    parameters = {"default": ""} if name is None else {"graph": name}
    headers = {"accept": "application/n-triples"}
    found = client.get("/graph-store", params=parameters, headers=headers)
    return None if found.status_code == 404 else set(found.text.splitlines())


def count(client: Client, name: str | None) -> int | None:
    found = graph(client, name)
    return None if found is None else len(found)


class TestUpdate:
    def test_by_post_directly(self, client: Client) -> None:  # 2.2.2
        assert update(client, INSERT).status_code == 204
        assert count(client, f"{E}g") == count(client, None) == 1

    def test_by_post_with_a_form(self, client: Client) -> None:  # 2.2.1
        response = client.post("/sparql", data={"update": INSERT}, auth=AUTH)
        assert response.status_code == 204
        assert count(client, f"{E}g") == 1

    def test_who_asks_next_sees_it(self, client: Client) -> None:
        for number in range(3):
            update(client, f"INSERT DATA {{ GRAPH <{E}g> {{ <{E}a> <{E}p> {number} }} }}")
            found = client.get("/sparql", params={"query": "SELECT * { ?s ?p ?o }"}).json()
            assert len(found["results"]["bindings"]) == number + 1

    def test_with_a_dataset(self, client: Client) -> None:  # 2.2.3
        update(client, INSERT)
        update(client, INSERT.replace("/g>", "/h>").replace("1", "2"))
        copy = f"INSERT {{ GRAPH <{E}copy> {{ ?s ?p ?o }} }} WHERE {{ ?s ?p ?o }}"
        assert update(client, copy, params={"using-graph-uri": f"{E}h"}).status_code == 204
        assert count(client, f"{E}copy") == 1
        form = {"update": copy, "using-graph-uri": [f"{E}g", f"{E}h"]}
        assert client.post("/sparql", data=form, auth=AUTH).status_code == 204
        assert count(client, f"{E}copy") == 2
        named = f"DELETE {{ GRAPH <{E}copy> {{ ?s ?p ?o }} }} WHERE {{ GRAPH ?g {{ ?s ?p ?o }} }}"
        parameters = {"using-named-graph-uri": f"{E}g"}
        assert update(client, named, params=parameters).status_code == 204
        assert count(client, f"{E}copy") == 1

    def test_two_datasets_are_400(self, client: Client) -> None:  # 2.2.3
        text = f"WITH <{E}g> DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }}"
        response = update(client, text, params={"using-graph-uri": f"{E}h"})
        assert response.status_code == 400

    @pytest.mark.parametrize(
        "text",
        ["CLEAR", "INSERT DATA { GRAPH <x> {", "SELECT * { ?s ?p ?o }", "CLEAR GRAPH no:such"],
    )
    def test_what_is_no_update_is_400(self, client: Client, text: str) -> None:  # 2.2.4
        assert update(client, text).status_code == 400

    def test_several_updates_or_a_query_beside_are_400(self, client: Client) -> None:
        for body in ("update=CLEAR+ALL&update=CLEAR+ALL", "update=CLEAR+ALL&query=ASK{}"):
            response = client.post("/sparql", content=body, headers=FORM, auth=AUTH)
            assert response.status_code == 400

    def test_an_update_in_an_address_is_400(self, client: Client) -> None:
        update(client, INSERT)
        assert client.get("/sparql?update=CLEAR+ALL", auth=AUTH).status_code == 400
        assert update(client, INSERT, params={"update": "CLEAR ALL"}).status_code == 400
        assert client.post("/sparql?update=CLEAR+ALL", headers=FORM, auth=AUTH).status_code == 400
        assert count(client, f"{E}g") == 1

    def test_another_charset_is_415_and_no_utf8_400(self, client: Client) -> None:
        headers = {"content-type": "application/sparql-update; charset=utf-16"}
        sent = client.post("/sparql", content=INSERT.encode("utf-16"), headers=headers, auth=AUTH)
        assert sent.status_code == 415
        assert client.post("/sparql", content=b"\xff", headers=UPDATE, auth=AUTH).status_code == 400

    def test_what_would_reach_out_or_write_to_the_union_is_400(self, client: Client) -> None:
        for text in (
            "LOAD <http://127.0.0.1:1/>",
            "INSERT { GRAPH <x:g> {?s ?p ?o} } WHERE { SERVICE <http://127.0.0.1:1/> {?s ?p ?o} }",
            "INSERT DATA { <http://e/a> <http://e/p> 1 }",
        ):
            assert update(client, text).status_code == 400
        assert count(client, None) == 0

    def test_of_a_request_that_fails_nothing_is_done(self, client: Client) -> None:
        update(client, INSERT)
        response = update(client, f"CLEAR GRAPH <{E}g> ; CLEAR GRAPH <{E}absent>")
        assert response.status_code == 400
        assert count(client, f"{E}g") == 1

    def test_the_service_says_that_it_takes_updates(self, client: Client) -> None:
        assert "SPARQL11Update" in client.get("/sparql").text


class TestPut:  # 5.3
    def test_a_new_graph_is_201_and_a_known_one_204(self, client: Client) -> None:
        parameters = {"graph": f"{E}put"}
        sent = client.put("/graph-store", params=parameters, content=ONE, headers=TURTLE, auth=AUTH)
        assert (sent.status_code, count(client, f"{E}put")) == (201, 1)
        sent = client.put("/graph-store", params=parameters, content=TWO, headers=TURTLE, auth=AUTH)
        assert sent.status_code == 204
        assert graph(client, f"{E}put") == graph(client, None) != set()

    def test_by_the_graph_s_own_address(self, client: Client) -> None:  # 4.1
        sent = client.put("/graph/notes", content=ONE, headers=TURTLE, auth=AUTH)
        assert sent.status_code == 201
        assert count(client, "https://kg.example.org/graph/notes") == 1

    def test_an_empty_body_makes_an_empty_graph(self, client: Client) -> None:
        client.put("/graph/notes", content=ONE, headers=TURTLE, auth=AUTH)
        assert client.put("/graph/notes", headers=TURTLE, auth=AUTH).status_code == 204
        assert count(client, "https://kg.example.org/graph/notes") == 0

    @pytest.mark.parametrize(
        ("media", "body"),
        [
            ("application/n-triples", ONE.replace("1", '"1"')),
            ("application/ld+json", '{"@id": "http://e/a", "http://e/p": 1}'),
            (
                "application/rdf+xml",
                '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
                'xmlns:e="http://e/"><rdf:Description rdf:about="http://e/a"><e:p>1</e:p>'
                "</rdf:Description></rdf:RDF>",
            ),
        ],
    )
    def test_every_format(self, client: Client, media: str, body: str) -> None:
        headers = {"content-type": media}
        sent = client.put("/graph/notes", content=body, headers=headers, auth=AUTH)
        assert sent.status_code == 201
        assert count(client, "https://kg.example.org/graph/notes") == 1

    def test_relative_addresses_are_those_of_the_graph(self, client: Client) -> None:  # 4.1
        client.put("/graph/notes", content="<> <#p> <a> .", headers=TURTLE, auth=AUTH)
        (line,) = graph(client, None) or ()
        assert line.startswith("<https://kg.example.org/graph/notes> <https://kg.example.org/g")

    def test_what_cannot_be_read_is_400_and_what_is_not_understood_415(
        self, client: Client
    ) -> None:
        for media, status in (("text/turtle", 400), ("text/csv", 415), ("", 415)):
            headers = {"content-type": media}
            sent = client.put("/graph/notes", content="no turtle", headers=headers, auth=AUTH)
            assert sent.status_code == status
        assert count(client, "https://kg.example.org/graph/notes") is None

    def test_a_name_that_is_none_is_400(self, client: Client) -> None:
        for query in ("graph=a", "graph=a&graph=b", "x=1"):
            sent = client.put(f"/graph-store?{query}", content=ONE, headers=TURTLE, auth=AUTH)
            assert sent.status_code == 400


class TestPost:  # 5.5
    def test_triples_are_added(self, client: Client) -> None:
        for body, status in ((ONE, 201), (TWO, 204), (TWO, 204)):
            sent = client.post("/graph/notes", content=body, headers=TURTLE, auth=AUTH)
            assert sent.status_code == status
        assert count(client, "https://kg.example.org/graph/notes") == 2

    def test_without_a_name_a_graph_is_made(self, client: Client) -> None:
        made = client.post("/graph-store", content=ONE, headers=TURTLE, auth=AUTH)
        assert made.status_code == 201
        where = client.get(made.headers["location"], headers={"accept": "application/n-triples"})
        assert len(where.text.splitlines()) == 1
        assert made.headers["location"] != client.post(
            "/graph-store", content=ONE, headers=TURTLE, auth=AUTH
        ).headers["location"]  # fmt: skip


class TestDelete:  # 5.4
    def test_a_graph_goes_and_an_absent_one_is_404(self, client: Client) -> None:
        client.put("/graph/notes", content=ONE, headers=TURTLE, auth=AUTH)
        assert client.delete("/graph/notes", auth=AUTH).status_code == 204
        assert count(client, "https://kg.example.org/graph/notes") is None
        assert count(client, None) == 0
        assert client.delete("/graph/notes", auth=AUTH).status_code == 404
        absent = client.delete("/graph-store", params={"graph": f"{E}absent"}, auth=AUTH)
        assert absent.status_code == 404


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
def test_the_default_graph_is_405(client: Client, method: str) -> None:
    sent = client.request(method, "/graph-store?default", content=ONE, headers=TURTLE, auth=AUTH)
    assert sent.status_code == 405
    assert sent.headers["allow"] == "GET, HEAD"


def test_patch_is_405(client: Client) -> None:  # 5.7, which is not obligatory
    sent = client.request("PATCH", "/graph/notes", content=ONE, headers=TURTLE, auth=AUTH)
    assert sent.status_code == 405
    assert {"PUT", "DELETE"} <= set(sent.headers["allow"].split(", "))


class TestKey:
    REQUESTS = (
        ("POST", "/sparql", UPDATE, "CLEAR ALL"),
        ("POST", "/sparql", FORM, "update=CLEAR+ALL"),
        ("PUT", "/graph/notes", TURTLE, ONE),
        ("POST", "/graph-store", TURTLE, ONE),
        ("DELETE", f"/graph-store?graph={E}g", {}, ""),
    )

    @pytest.mark.parametrize(("method", "path", "headers", "body"), REQUESTS)
    def test_without_it_nothing_is_changed(
        self, client: Client, method: str, path: str, headers: dict[str, str], body: str
    ) -> None:
        update(client, INSERT)
        for given in ({}, {"authorization": f"Bearer {KEY}"}, {"authorization": "Basic %"}):
            sent = client.request(method, path, headers={**headers, **given}, content=body)
            assert sent.status_code == 401
            assert sent.headers["www-authenticate"].startswith("Basic realm=")
        assert count(client, None) == 1

    @pytest.mark.parametrize("request_", REQUESTS)
    @pytest.mark.parametrize(
        "foreign",
        [{"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}, {"origin": "null"}],
    )
    def test_a_browser_that_another_site_uses_is_refused(
        self,
        client: Client,
        request_: tuple[str, str, dict[str, str], str],
        foreign: dict[str, str],
    ) -> None:
        update(client, INSERT)
        method, path, headers, body = request_
        sent = client.request(method, path, headers={**headers, **foreign}, content=body, auth=AUTH)
        assert sent.status_code == 403
        assert count(client, None) == 1

    @pytest.mark.parametrize("method", ["PUT", "DELETE"])
    def test_no_page_of_another_site_may_even_try(self, client: Client, method: str) -> None:
        headers = {"origin": "https://evil.example", "access-control-request-method": method}
        assert client.options("/graph/notes", headers=headers).status_code == 400
        headers = {
            "origin": "https://evil.example",
            "access-control-request-method": "POST",
            "access-control-request-headers": "authorization",
        }
        assert client.options("/sparql", headers=headers).status_code == 400

    def test_the_session_of_a_reviewer_is_not_enough(self, client: Client) -> None:
        update(client, INSERT)
        with Client(base_url=client.base_url) as reviewer:
            reviewer.post("/review/sign-in", data={"name": "A. Reader", "key": KEY})
            assert reviewer.cookies
            sent = reviewer.post("/sparql", content="CLEAR ALL", headers=UPDATE)
        assert sent.status_code == 401

    def test_queries_need_none(self, client: Client) -> None:
        wrong = BasicAuth("somebody", "else")
        assert client.get("/sparql?query=ASK{}", auth=wrong).status_code == 200


LAUGHS = "".join(
    f'<!ENTITY {one} "{f"&{other};" * 10}">'
    for one, other in zip("bcdefghijk", "abcdefghij", strict=True)
)
BOMB = (
    f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">{LAUGHS}]>'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e/">'
    '<rdf:Description rdf:about="http://e/a"><e:p>&k;</e:p></rdf:Description></rdf:RDF>'
)
INTO = f"INSERT {{ GRAPH <{E}g> {{ ?a ?b ?l }} }} WHERE {{ "
GROWING = "".join(f"BIND(CONCAT({f'?v{at},' * 8}'') AS ?v{at + 1}) " for at in range(12))
HOSTILE = (
    ("a cross product", f"{INTO} ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }}", {503}),
    (
        "a text that doubles",
        f"{INTO} ?a ?b ?c BIND('a' AS ?v0) {GROWING} BIND(?v12 AS ?l) }}",
        {503},
    ),
    ("brackets without end", f"{INTO} {'{' * 9000}", {400}),
    ("brackets that end", f"{INTO} {'{' * 900} ?a ?b ?l {'}' * 900} }}", {400, 503}),
    ("a file", f"LOAD <file:///etc/passwd> INTO GRAPH <{E}g>", {400}),
    ("a file, quietly", f"LOAD SILENT <file:///etc/passwd> INTO GRAPH <{E}g>", {400}),
    ("SERVICE behind a comparison", f"{INTO} ?a ?b ?c FILTER(?a<?b).SERVICE:x#>\n{{}} }}", {400}),
    ("LOAD behind a comment", f"CLEAR GRAPH <{E}g> #\n LOAD <{{0}}>", {400}),
    ("data that is none", f"INSERT DATA {{ GRAPH <{E}g> {{}} }} # }} ;\n}} ; LOAD <{{0}}>", {400}),
    ("the union", "DELETE WHERE { ?s ?p ?o }", {400}),
    (
        "escaped brackets",
        f"INSERT DATA {{ GRAPH <{E}g> {{ <a\\u003E> \\u007D ; LOAD <{{0}}>",
        {400},
    ),
)


@pytest.fixture(scope="module")
def listener() -> Iterator[tuple[str, socket.socket]]:
    """An address that nobody may be made to ask."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield f"http://127.0.0.1:{server.getsockname()[1]}/", server


class TestHostile:
    @pytest.fixture(autouse=True)
    def _held(self, client: Client, listener: tuple[str, socket.socket]) -> Iterator[None]:
        """Whatever is asked, the graph stays as it was, serves others, and asks nobody."""
        lines = "".join(f"<{E}{at}> <{E}p> {at % 7} ." for at in range(300))
        update(client, f"INSERT DATA {{ GRAPH <{E}g> {{ {lines} }} }}")
        yield
        assert count(client, f"{E}g") == count(client, None) == 300
        assert (
            update(client, f"DELETE DATA {{ GRAPH <{E}g> {{ <{E}1> <{E}p> 1 }} }}").status_code
            == 204
        )
        assert count(client, f"{E}g") == count(client, None) == 299
        with pytest.raises(BlockingIOError):
            listener[1].accept()

    @pytest.mark.parametrize(
        ("text", "proper"), [one[1:] for one in HOSTILE], ids=[one[0] for one in HOSTILE]
    )
    def test_an_update(
        self, client: Client, listener: tuple[str, socket.socket], text: str, proper: set[int]
    ) -> None:
        begun = time.monotonic()
        assert update(client, text.replace("{0}", listener[0])).status_code in proper
        assert time.monotonic() - begun < 20

    def test_a_context_elsewhere(self, client: Client, listener: tuple[str, socket.socket]) -> None:
        body = {"@context": listener[0], "@id": f"{E}a", f"{E}p": 1}
        headers = {"content-type": "application/ld+json"}
        sent = client.put("/graph/notes", content=json.dumps(body), headers=headers, auth=AUTH)
        assert sent.status_code == 400

    @pytest.mark.parametrize(
        "body", [BOMB, BOMB.replace('"aaaaaaaaaa"', 'SYSTEM "file:///etc/passwd"')]
    )
    def test_entities(self, client: Client, body: str) -> None:
        headers = {"content-type": "application/rdf+xml"}
        sent = client.put("/graph/notes", content=body, headers=headers, auth=AUTH)
        assert sent.status_code in {400, 503}


class TestBounds:
    def test_a_large_update_is_taken_and_too_large_a_one_is_413(self, client: Client) -> None:
        long = f'INSERT DATA {{ GRAPH <{E}g> {{ <{E}a> <{E}p> "{"й" * 1_000_000}" }} }}'
        assert update(client, long).status_code == 204
        text = f'INSERT DATA {{ GRAPH <{E}g> {{ <{E}a> <{E}p> "{"x" * 17_000_000}" }} }}'
        assert update(client, text).status_code == 413
        assert client.post("/sparql", data={"update": long}, auth=AUTH).status_code == 413

    def test_while_a_build_writes_it_is_503(self, client: Client) -> None:
        with Graph.open(client.folder, read_only=False):
            sent = update(client, INSERT)
        assert (sent.status_code, sent.headers["retry-after"]) == (503, "1")
        assert update(client, INSERT).status_code == 204

    def test_readers_go_on_while_a_program_writes(self, client: Client) -> None:
        update(client, INSERT)
        stop, found = threading.Event(), []

        def read() -> None:
            while not stop.is_set():
                found.append(client.get("/sparql?query=ASK{?s+?p+?o}"))

        reader = threading.Thread(target=read)
        reader.start()
        for number in range(10):
            text = f"INSERT DATA {{ GRAPH <{E}g> {{ <{E}b> <{E}p> {number} }} }}"
            assert update(client, text).status_code == 204
        stop.set()
        reader.join()
        assert {answer.status_code for answer in found} == {200}
        assert all(answer.json()["boolean"] for answer in found)

    def test_keys_are_not_guessed(self, client: Client) -> None:  # last: it waits a minute then
        wrong = BasicAuth("a program", "not the key at all")
        statuses = [
            client.post("/sparql", content="CLEAR ALL", headers=UPDATE, auth=wrong).status_code
            for _ in range(7)
        ]
        assert statuses[0] == 401
        assert statuses[-1] == 429
