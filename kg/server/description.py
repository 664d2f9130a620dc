"""What the addresses of the server are, for programs: an OpenAPI description.

It stands in ``openapi.json`` as the `OpenAPI specification <https://spec.openapis.org/oas/v3.1.0>`_
wants it; tests hold it against the routes, and let schemathesis try all it allows.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

_DECIDING = "/review"


def described(*, deciding: bool) -> Mapping[str, Any]:
    """Return the description.

    Parameters
    ----------
    deciding : bool
        Whether the graph may be changed: the pages of the review exist then, and what needs
        the key.
    """
    text = (files("kg.server") / "openapi.json").read_text(encoding="utf-8")
    said: dict[str, Any] = json.loads(text)
    paths = said["paths"].items()
    if deciding:
        return said
    kept = {
        path: {method: one for method, one in what.items() if "security" not in one}
        for path, what in paths
        if not path.startswith(_DECIDING)
    }
    return {**said, "paths": kept}


async def openapi(request: Request) -> Response:
    """Describe the addresses that this server has."""
    return JSONResponse(described(deciding=bool(request.app.state.settings.key)))


DESCRIPTION = [Route("/openapi.json", openapi, methods=["GET"])]
