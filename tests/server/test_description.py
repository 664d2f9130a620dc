"""The description of the addresses, against the routes; `test_allowed.py` tries it."""

from __future__ import annotations

import re
from pathlib import Path

import httpx
from starlette.routing import Route

from kg.server.app import create
from kg.server.description import described
from kg.server.settings import Settings

KEY = "a key that nobody guesses"


def test_each_route_is_described_and_each_description_is_a_route(tmp_path: Path) -> None:
    for key in (KEY, ""):
        routes = {
            (route.path, method.lower())
            for route in create(Settings(tmp_path, key=key)).routes
            if isinstance(route, Route)
            for method in (route.methods or {"GET"}) - {"HEAD"}
        }
        paths = described(deciding=bool(key))["paths"]
        assert routes == {(path, method) for path, what in paths.items() for method in what}
        for path, what in paths.items():
            for one in what.values():
                named = {p["name"] for p in one.get("parameters", ()) if p["in"] == "path"}
                assert named == set(re.findall(r"{(\w+)}", path)), path


def test_without_a_key_the_review_is_not_described(client: httpx.Client) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    assert paths == described(deciding=False)["paths"]
    assert "/radar" in paths
    assert not [path for path in paths if path.startswith("/review")]
