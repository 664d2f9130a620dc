"""Whatever the description of the addresses allows to send, sent (schemathesis)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, settings
from serving import serving
from unsure_extractor import UnsureExtractor

from kg.build import build
from kg.server.description import described

schemathesis = pytest.importorskip("schemathesis", reason="it is of the dev group")
from schemathesis.checks import (  # noqa: E402 - it may be missing
    content_type_conformance,
    not_a_server_error,
    status_code_conformance,
)

for media in ("sparql-query", "sparql-update", "n-triples", "rdf+xml"):
    schemathesis.serializer.alias(f"application/{media}", "text/plain")
schemathesis.serializer.alias("text/turtle", "text/plain")
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance]
KEY = "a key that nobody guesses"
TEXT = (
    "Daniyar Akhmetov, Dean of Northern University, met Anna Berg, Rector of Harbour University, "
    "in Oslo on May 13, 2024.\n"
)


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("described")
    (folder / "one.txt").write_text(TEXT)
    build([folder / "one.txt"], folder / "graph", extractor=UnsureExtractor())
    return folder / "graph"


@pytest.fixture(scope="module")
def server(graph: Path) -> Iterator[httpx.Client]:
    options = ("--rate", "0", "--workers", "1", "--allow-edits")
    with serving(graph, *options, KG_EDIT_KEY=KEY) as client:
        yield client


@pytest.fixture(scope="module")
def session(server: httpx.Client) -> tuple[dict[str, str], str]:
    """The cookie of somebody who signed in, and the token of their forms."""
    with httpx.Client(base_url=server.base_url) as client:
        client.post("/review/sign-in", data={"name": "A. Reader", "key": KEY})
        page = client.get("/review/decisions").text
        token = re.search(r'name="csrf" value="([^"]+)"', page)
        assert token
        return dict(client.cookies), token[1]


@pytest.fixture(scope="module")
def keys(server: httpx.Client) -> list[str]:
    """Keys of all things and facts of the graph."""
    query = "SELECT DISTINCT ?s { ?s a ?c FILTER(CONTAINS(STR(?s), '/id/')) }"
    found = server.get("/sparql", params={"query": query}).json()["results"]["bindings"]
    return [row["s"]["value"].rpartition("/")[2] for row in found]


allowed = schemathesis.openapi.from_dict(described(deciding=True))


@allowed.parametrize()
@settings(
    max_examples=5,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
def test_whatever_is_allowed_is_answered_as_described(
    case: Any, server: httpx.Client, session: tuple[dict[str, str], str], keys: list[str]
) -> None:
    """No answer is a 500, and each has a status and a type that the description names."""
    cookies, token = session
    if "/review/sign-out" in case.path:
        cookies = {}  # the others go on to need the session
    elif isinstance(case.body, dict) and "csrf" in case.body:
        case.body["csrf"] = token
    drawn = case.path_parameters.get("key") if case.path_parameters else None
    if isinstance(drawn, str) and len(drawn) % 2:  # else what was drawn, which names nothing
        case.path_parameters["key"] = keys[len(drawn) % len(keys)]
    case.call_and_validate(
        str(server.base_url),
        cookies=cookies,
        checks=CHECKS,
        allow_redirects=False,
        auth=("a program", KEY),
    )
