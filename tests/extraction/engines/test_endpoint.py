"""The extractor that asks a language model, against a local server that plays one."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from kg.documents.document import Document
from kg.errors import ExtractionError
from kg.extraction.engines.endpoint import Endpoint, Settings
from kg.extraction.record import Record

TEXT = (
    "Olga Remizova, Rector of Fjordheim University (FU), opened the Water Forum in Oslo on 3 May "
    "2024.\nTan Zeyu of Northern Lakes University signed a memorandum with Fjordheim’s rector."
)
FIRST, SECOND = TEXT.split("\n")
GOOD: dict[str, Any] = {
    "entities": [
        {"id": "p1", "type": "Person", "name": "Olga Remizova", "aliases": ["Olga  Remizova"]},
        {"id": "u1", "type": "University", "name": "Fjordheim University", "aliases": ["FU"]},
        {"id": "u2", "type": "University", "name": "Northern Lakes University", "aliases": []},
        {"id": "o", "type": "Place", "name": "Oslo", "aliases": []},
    ],
    "positions": [{"person": "p1", "role": "rector", "of": "u1", "quote": FIRST}],
    "events": [
        {
            "type": "Forum", "name": "Water Forum", "date": "2024-05-03", "places": ["o"],
            "organizers": [], "participants": ["p1"], "theme": None, "factuality": "actual",
            "quote": FIRST,
        }
    ],
    "agreements": [
        {
            "type": "Memorandum", "parties": ["u1", "u2"], "date": None, "status": "signed",
            "subject": None, "quote": SECOND.replace("’", "'"),
        }
    ],
    "facilities": [],
    "part_of": [],
    "located_in": [{"child": "u1", "parent": "o", "quote": FIRST}],
}  # fmt: skip
Handler = BaseHTTPRequestHandler
Answer = Callable[[Handler], None]


def completion(content: object, reason: str = "stop") -> bytes:
    said = content if isinstance(content, str) or content is None else json.dumps(content)
    choice = {"message": {"role": "assistant", "content": said}, "finish_reason": reason}
    return json.dumps({"choices": [choice]}).encode()


def send(body: bytes, status: int = 200, **headers: str) -> Answer:
    def answer(handler: Handler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def late(handler: Handler) -> None:
    time.sleep(1.0)
    send(completion(GOOD))(handler)


def dripping(handler: Handler) -> None:
    """Answer a byte at a time, each soon enough, and never come to an end."""
    handler.send_response(200)
    handler.end_headers()
    for _ in range(60):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.05)


def hang_up(handler: Handler) -> None:
    handler.connection.close()


class Server:
    """A server that gives each request the next of its answers, the last one again and again."""

    def __init__(self) -> None:
        self.answers: list[Answer] = []
        self.requests: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        server = self

        class Fake(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers["Content-Length"])
                server.requests.append(json.loads(self.rfile.read(length)))
                server.headers.append(dict(self.headers))
                answers = server.answers
                with suppress(OSError):  # the one who asked has gone
                    (answers.pop(0) if len(answers) > 1 else answers[0])(self)

            def log_message(self, *_: object) -> None:
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Fake)
        self.http.daemon_threads = True
        self.thread = threading.Thread(target=self.http.serve_forever, args=(0.02,), daemon=True)
        self.thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.http.server_port}/v1"


@pytest.fixture
def server() -> Iterator[Server]:
    fake = Server()
    yield fake
    fake.http.shutdown()
    fake.http.server_close()


def ask(server: Server, *answers: Answer, **settings: Any) -> tuple[Record, Endpoint]:
    server.answers = list(answers)
    given = Settings(server.url, "tiny", "s3cret", timeout=0.5, pause=0.01)
    endpoint = Endpoint(replace(given, **settings))
    try:
        return next(endpoint.pipe([Document("a", TEXT, published="2024-05-04")])), endpoint
    finally:
        endpoint.close()


def names(record: Record) -> dict[str, str]:
    return {entity.id: entity.name for entity in record.entities}


def test_a_good_answer_becomes_a_record_with_its_places_in_the_text(server: Server) -> None:
    record, endpoint = ask(server, send(completion(GOOD)))
    record.check(TEXT)
    assert list(names(record).values()) == [
        "Olga Remizova",
        "Fjordheim University",
        "Northern Lakes University",
        "Oslo",
    ]
    assert record.entities[1].aliases == ("FU",)
    assert [TEXT[slice(*span)] for span in record.entities[1].mentions] == [
        "Fjordheim University",
        "FU",
    ]
    position, event = record.positions[0], record.events[0]
    assert (position.person, position.role, position.of) == ("e1", "rector", "e2")
    assert TEXT[slice(*position.evidence)] == FIRST
    assert (event.name, event.date, event.places) == ("Water Forum", "2024-05-03", ("e4",))
    assert TEXT[slice(*record.agreements[0].evidence)] == SECOND  # whatever its apostrophe
    assert record.published == "2024-05-04"
    assert "endpoint tiny" in record.extractor
    assert endpoint.dropped == 0


def test_the_text_is_asked_about_under_a_schema(server: Server) -> None:
    ask(server, send(completion(GOOD)))
    request, headers = server.requests[0], server.headers[0]
    assert request["model"] == "tiny"
    assert request["response_format"]["json_schema"]["strict"] is True
    assert set(request["response_format"]["json_schema"]["schema"]["required"]) == set(GOOD)
    assert TEXT in request["messages"][1]["content"]
    assert headers["Authorization"] == "Bearer s3cret"


def test_a_fence_around_the_answer_is_taken_off(server: Server) -> None:
    record, _ = ask(server, send(completion(f"```json\n{json.dumps(GOOD)}\n```")))
    assert len(record.positions) == 1


HOSTILE: list[tuple[str, dict[str, Any]]] = [
    ("positions", {"person": "p1", "role": "rector", "of": "u1", "quote": "Nobody said that."}),
    ("positions", {"person": "p1", "role": "President", "of": "u1", "quote": FIRST}),
    ("positions", {"person": "p9", "role": "rector", "of": None, "quote": FIRST}),
    ("positions", {"person": "u1", "role": "rector", "of": None, "quote": FIRST}),
    ("positions", {"person": ["p1"], "role": {}, "of": 3, "quote": None}),
    ("positions", {"person": "p1", "role": "rector", "of": "u1", "quote": ""}),
    ("events", {"type": "Coup", "quote": FIRST}),
    ("events", {"type": "Forum", "quote": "<script>alert(1)</script>"}),
    ("agreements", {"type": "Memorandum", "parties": [], "status": "signed", "quote": SECOND}),
    ("agreements", {"type": "Memorandum", "parties": "u1", "status": "x", "quote": SECOND}),
    ("facilities", {"facility": "u1", "founders": ["u1"], "host": None, "quote": FIRST}),
    ("located_in", {"child": "u1", "parent": "u1", "quote": FIRST}),
    ("located_in", {"child": "u1", "parent": "mars", "quote": FIRST}),
    ("entities", {"id": "x", "type": "Person", "name": "John Nobody", "aliases": []}),
    ("entities", {"id": "x", "type": "Robot", "name": "Oslo", "aliases": []}),
    ("entities", {"id": "p1", "type": "Place", "name": "Oslo", "aliases": []}),
    ("entities", {"id": "x", "type": "Person", "name": "", "aliases": []}),
    ("entities", {"id": "x", "type": "Person", "name": "Remizov", "aliases": []}),  # a part of one
]


@pytest.mark.parametrize(("kind", "entry"), HOSTILE)
def test_what_the_text_does_not_say_is_dropped(
    server: Server, kind: str, entry: dict[str, Any]
) -> None:
    good, _ = ask(server, send(completion(GOOD)))
    bad = {**GOOD, kind: [*GOOD[kind], entry]}
    record, endpoint = ask(server, send(completion(bad)))
    assert record == good
    assert endpoint.dropped >= 1


def test_words_of_an_event_that_the_text_does_not_have_are_left_open(server: Server) -> None:
    event = {**GOOD["events"][0], "name": "War Forum", "date": "2024-13-99", "theme": "Nothing"}
    record, _ = ask(server, send(completion({**GOOD, "events": [event]})))
    found = record.events[0]
    assert (found.name, found.date, found.theme) == (None, None, None)


def test_an_alias_that_the_text_does_not_have_is_dropped(server: Server) -> None:
    person = {**GOOD["entities"][0], "aliases": ["The Boss", "Remizova"]}
    record, _ = ask(server, send(completion({**GOOD, "entities": [person]})))
    assert record.entities[0].aliases == ("Remizova",)


RUBBISH = {
    "no JSON": send(b"<html>nginx</html>"),
    "another JSON": send(b'{"error": "no"}'),
    "no choices": send(b'{"choices": []}'),
    "deep": send(b"[" * 100_000),
    "words": send(completion("Dear user, I would rather not.")),
    "a list": send(completion([1, 2, 3])),
    "an empty object": send(completion({})),
    "deep words": send(completion("[" * 100_000)),
    "a refusal": send(completion(None)),
    "cut off": send(completion(GOOD, "length")),
    "bytes": send(bytes(range(256))),
    "busy": send(b"", 503),
    "too many": send(b"", 429, Retry_After="0.01"),
    "late": late,
    "dripping": dripping,
    "hung up": hang_up,
}


@pytest.mark.parametrize("answer", RUBBISH.values(), ids=RUBBISH)
def test_no_record_is_an_error_that_names_the_document(server: Server, answer: Answer) -> None:
    with pytest.raises(ExtractionError, match="gave no record") as caught:
        ask(server, answer, attempts=2)
    assert caught.value.where == "a"
    assert len(server.requests) == 2
    assert "s3cret" not in str(caught.value)


def test_an_answer_that_is_too_large_is_not_read_to_its_end(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.extraction.engines.endpoint._LARGEST", 1_000)
    with pytest.raises(ExtractionError, match="more than 1,000 bytes"):
        ask(server, send(b" " * 100_000), attempts=1)


def test_another_attempt_may_do(server: Server) -> None:
    record, _ = ask(server, send(b"", 503), send(b"rubbish"), send(completion(GOOD)))
    assert len(record.positions) == 1


@pytest.mark.parametrize(("status", "body"), [(401, b"wrong key"), (400, b"no schemas here")])
def test_a_refused_request_is_not_repeated(server: Server, status: int, body: bytes) -> None:
    with pytest.raises(ExtractionError, match=f"answers {status}: {body.decode()}") as caught:
        ask(server, send(body, status))
    assert len(server.requests) == 1
    assert "KG_LLM_KEY" in str(caught.value)


def test_the_key_does_not_follow_to_another_address(server: Server) -> None:
    with pytest.raises(ExtractionError, match="answers 302"):
        ask(server, send(b"", 302, Location=server.url))
    assert len(server.requests) == 1


def test_a_server_that_is_not_there(server: Server) -> None:
    with pytest.raises(ExtractionError, match="gave no record: Connect"):
        ask(server, late, url="http://127.0.0.1:9/v1", attempts=1)


def test_a_text_that_is_too_long_is_not_sent(server: Server) -> None:
    endpoint = Endpoint(Settings(server.url, "tiny"))
    with pytest.raises(ExtractionError, match="split it"):
        next(endpoint.pipe([Document("long", "word " * 20_000)]))
    assert server.requests == []
    endpoint.close()


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({}, "not given"),
        ({"KG_LLM_URL": "file:///etc/passwd", "KG_LLM_MODEL": "m"}, "no http address"),
        ({"KG_LLM_URL": "http://me:secret@host/v1", "KG_LLM_MODEL": "m"}, "no http address"),
        ({"KG_LLM_URL": "http://localhost/v1"}, "no language model is named"),
        (
            {"KG_LLM_URL": "http://h/v1", "KG_LLM_MODEL": "m", "KG_LLM_TIMEOUT": "soon"},
            "no number of seconds",
        ),
    ],
)
def test_settings_that_do_not_hold(environment: dict[str, str], said: str) -> None:
    with pytest.raises(ExtractionError, match=said) as caught:
        Settings.from_environment(None, environment)
    assert "KG_LLM" in str(caught.value)
    assert "secret" not in str(caught.value)


def test_settings_of_the_environment() -> None:
    environment = {"KG_LLM_URL": "https://h/v1/", "KG_LLM_MODEL": "m", "KG_LLM_TIMEOUT": "2.5"}
    assert Settings.from_environment("other", environment) == Settings(
        "https://h/v1", "other", None, 2.5
    )
