"""Deciding over HTTP: as a form would, as another site would, as one without the key would."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from serving import serving
from unsure_extractor import UnsureExtractor

from kg.build import build
from kg.cli import run
from kg.graph import curation
from kg.graph.store import Graph

KEY = "a key that nobody guesses"
HTML = {"accept": "text/html"}
FIRST = (
    "Daniyar Akhmetov, Dean of Northern University, met Anna Berg, Rector of Harbour University, "
    "in Oslo on May 13, 2024.\n"
)
SECOND = (
    "D. Akhmetov, Vice-Rector of Southern University, met Anna Berg, Rector of Harbour University, "
    "in Oslo on June 1, 2024.\n"
)


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reviewing")
    (folder / "one.txt").write_text(FIRST)
    (folder / "two.txt").write_text(SECOND)
    build([folder / "one.txt", folder / "two.txt"], folder / "graph", extractor=UnsureExtractor())
    return folder / "graph"


@pytest.fixture(scope="module")
def server(graph: Path) -> Iterator[httpx.Client]:
    options = ("--rate", "0", "--workers", "1", "--allow-edits")
    with serving(graph, *options, KG_EDIT_KEY=KEY) as client:
        yield client


@pytest.fixture
def reviewer(server: httpx.Client) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.base_url, timeout=60, headers=HTML) as client:
        given = {"name": "A. <b>Reader", "key": KEY, "next": "/review/pairs"}
        answer = client.post("/review/sign-in", data=given)
        assert (answer.status_code, answer.headers["location"]) == (303, "/review/pairs")
        cookie = answer.headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=strict" in cookie
        yield client


def fields(page: str) -> dict[str, str]:
    """The hidden fields of the first form of a page that decides."""
    form = re.search(r'<form method="post" action="/review/decide".*?</form>', page, re.S)
    assert form, page
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form[0]))


def decide(client: httpx.Client, where: str, action: str, **given: str) -> httpx.Response:
    known = fields(client.get(where).text)
    return client.post("/review/decide", data={**known, "action": action, **given})


def people(server: httpx.Client) -> int:
    query = (
        "SELECT DISTINCT ?p { ?p a foaf:Person ; rdfs:label|skos:altLabel ?n "
        "FILTER(CONTAINS(?n, 'Akhm')) }"
    )
    found = server.post("/sparql", data={"query": query}).json()["results"]["bindings"]
    return len(found)


def test_a_pair_is_merged_undone_and_kept_apart(
    server: httpx.Client, reviewer: httpx.Client, graph: Path
) -> None:
    page = reviewer.get("/review/pairs").text
    assert "abbreviates" in page
    assert "A. &lt;b&gt;Reader" in page
    assert people(server) == 2
    answer = decide(reviewer, "/review/pairs", "merge-other", because="one man")
    assert answer.status_code == 303
    assert people(server) == 1
    with Graph.open(graph) as held:
        (ruling,) = curation.log(held)
    assert (ruling.by, ruling.because, ruling.verdict) == ("A. <b>Reader", "one man", "merge")
    assert decide(reviewer, "/review/decisions", "undo", because="no").status_code == 303
    assert people(server) == 2
    assert decide(reviewer, "/review/pairs", "split", because="two men").status_code == 303
    assert "abbreviates" not in reviewer.get("/review/pairs").text


def test_a_statement_is_confirmed_and_another_rejected(
    server: httpx.Client, reviewer: httpx.Client
) -> None:
    def waiting() -> int:
        page = reviewer.get("/review/facts").text
        return int(re.search(r'class="note">In all: (\d+)|(\d+) in all', page)[2])  # type: ignore[index]

    before = waiting()
    assert before >= 2
    rejected = fields(reviewer.get("/review/facts").text)["one"]
    assert decide(reviewer, "/review/facts", "reject", because="no").status_code == 303
    assert waiting() < before
    query = f"ASK {{ id:{rejected} a ?class }}"
    assert server.post("/sparql", data={"query": query}).json()["boolean"] is False
    left = waiting()
    if left:
        assert decide(reviewer, "/review/facts", "confirm", because="yes").status_code == 303
        assert waiting() == left - 1


def test_what_reports_mean_by_one_name_is_taken_apart(
    server: httpx.Client, reviewer: httpx.Client
) -> None:
    key = next(
        one["address"]
        for one in server.get("/api/names?q=anna+berg").json()
        if "Berg" in one["name"]
    ).rsplit("/", 1)[1]
    page = reviewer.get(f"/review/part/{key}").text
    documents = re.findall(r'name="document" value="([^"]+)"', page)
    assert len(documents) == 2
    given = {"csrf": re.search(r'name="csrf" value="([^"]+)"', page)[1], "one": key}  # type: ignore[index]
    asked = {**given, "action": "part", "because": "two"}
    assert reviewer.post("/review/decide", data=asked).status_code == 400
    answer = reviewer.post("/review/decide", data={**asked, "document": documents[0]})
    assert answer.status_code == 303
    query = "SELECT DISTINCT ?p { ?p a foaf:Person ; rdfs:label ?n FILTER(STR(?n) = 'Anna Berg') }"
    found = server.post("/sparql", data={"query": query}).json()["results"]["bindings"]
    assert len(found) == 2


def test_what_was_decided_is_told_by_the_session_and_by_no_address(
    server: httpx.Client, reviewer: httpx.Client
) -> None:
    where = "/review/decisions"
    for forged in ("done=merge", "done=reject&decision=x&because=Zzyzx", "done=decision-x"):
        page = reviewer.get(f"{where}?{forged}").text
        assert 'class="done"' not in page
        assert "Zzyzx" not in page.partition("<main")[2]
    answer = decide(reviewer, where, "undo", because="a slip of the hand")
    link = answer.headers["location"]
    assert "slip" not in link  # reasons stay out of addresses, which proxies keep
    page = reviewer.get(link).text
    assert 'class="done"' in page
    assert 'value="a slip of the hand"' in page
    with httpx.Client(base_url=server.base_url, headers=HTML) as other:
        other.post("/review/sign-in", data={"name": "B. Reader", "key": KEY})
        assert 'class="done"' not in other.get(link).text


@pytest.mark.parametrize(
    ("path", "status"),
    [("/review", 303), ("/review/facts", 303), ("/review/part/x", 303), ("/review/none", 404)],
)
def test_pages_ask_for_the_key(server: httpx.Client, path: str, status: int) -> None:
    answer = server.get(path, headers=HTML)
    assert answer.status_code == status
    if status == 303:
        assert answer.headers["location"].startswith("/review/sign-in?")


def test_nobody_decides_without_a_session_or_its_token(
    server: httpx.Client, reviewer: httpx.Client, graph: Path
) -> None:
    known = fields(reviewer.get("/review/decisions").text)
    asked = {**known, "action": "undo", "because": "x"}
    with Graph.open(graph) as held:
        before = len(curation.log(held))
    assert server.post("/review/decide", data=asked).status_code == 401
    assert server.post("/review/sign-out", data=asked).status_code == 401
    for changed, status in (
        ({"csrf": "x"}, 403),
        ({"csrf": ""}, 403),
        ({"action": "drop"}, 400),
        ({"because": " "}, 400),
        ({"because": "x" * 501}, 400),
        ({"one": "decision-none"}, 400),
        ({"one": "../../x"}, 400),
    ):
        answer = reviewer.post("/review/decide", data={**asked, **changed})
        assert answer.status_code == status, changed
    for headers in ({"sec-fetch-site": "cross-site"}, {"origin": "http://evil.example"}):
        answer = reviewer.post("/review/decide", data=asked, headers=headers)
        assert answer.status_code == 403
    assert reviewer.post("/review/decide", json=asked).status_code == 415
    elsewhere = {**asked, "next": "//evil.example/"}
    answer = reviewer.post("/review/decide", data=elsewhere)
    assert answer.headers["location"].startswith("/review?")
    with Graph.open(graph) as held:
        assert len(curation.log(held)) == before + 1
    csrf = {"csrf": known["csrf"]}
    assert reviewer.post("/review/sign-out", data=csrf).status_code == 303
    assert reviewer.get("/review/pairs").status_code == 303


def test_a_build_that_writes_is_waited_for(reviewer: httpx.Client, graph: Path) -> None:
    with Graph.open(graph, read_only=False):
        answer = decide(reviewer, "/review/decisions", "undo", because="x")
        assert answer.status_code == 503
        assert "another process" in answer.text
        assert reviewer.get("/").status_code == 200


def test_guessing_is_braked_and_the_log_holds_no_key(server: httpx.Client) -> None:
    wrong = "another key entirely"
    given = {"name": "Zzyzx", "key": wrong}
    said = [server.post("/review/sign-in", data=given).status_code for _ in range(7)]
    assert said[:3] == [401] * 3
    assert said[-1] == 429
    time.sleep(0.3)
    server.log.seek(0)
    log = server.log.read()
    assert '"route": "/review/sign-in"' in log
    assert not [secret for secret in (KEY, wrong, "Zzyzx", "review=") if secret in log]


def test_without_edits_there_is_no_such_page(client: httpx.Client) -> None:
    for path in ("/review", "/review/pairs", "/review/sign-in", "/review/decide"):
        assert client.get(path).status_code == 404
        assert client.post(path, data={"key": KEY}).status_code == 404
    assert "/review" not in client.get("/", headers=HTML).text


def test_a_server_that_allows_edits_needs_a_key(
    graph: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KG_EDIT_KEY", "short")
    place = ["serve", "--graph", str(graph)]
    assert run([*place, "--allow-edits"]) == 2
    assert "16 characters" in capsys.readouterr().err
    assert run([*place, "--edit-key-file", "x"]) == 2
    assert run([*place, "--allow-edits", "--edit-key-file", str(tmp_path / "none")]) == 2
    assert "cannot be read" in capsys.readouterr().err
