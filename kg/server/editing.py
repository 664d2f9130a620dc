"""Programs that change the graph: SPARQL Update, and the writing half of the Graph Store Protocol.

They give the key that reviewers give, as the password of HTTP's basic authentication (RFC
7617). A browser that keeps such a password would send it along with what another site makes
it send, so that requests of other sites are refused before the password is looked at.
"""

from __future__ import annotations

import base64
import binascii
from typing import Any, ClassVar

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from kg.server import keys, protocol
from kg.server.keys import Door, UnauthorizedError
from kg.server.protocol import Operation, UnsupportedError
from kg.server.settings import Settings
from kg.server.workers import Workers

FORMATS = ("text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml")
"""Media types in which a graph may be sent."""
WRITING = frozenset({"PUT", "POST", "DELETE"})
CHALLENGE = {"www-authenticate": 'Basic realm="changes of the graph", charset="UTF-8"'}
_READING = {"allow": "GET, HEAD"}


class ChallengedError(UnauthorizedError):
    """A request of a program that needs the key; the answer says how it is given."""

    headers: ClassVar[dict[str, str]] = CHALLENGE


def admit(request: Request) -> None:
    """Let pass who may change the graph.

    Raises
    ------
    ForbiddenError
        If nobody may, or another site sent the request.
    ChallengedError, GuessingError
        If the key is missing or wrong, or wrong ones came too often.
    """
    settings: Settings = request.app.state.settings
    if not settings.key:
        raise protocol.read_only()
    keys.same_site(request)
    given = _password(request.headers.get("authorization", ""))
    door: Door = request.app.state.door
    try:
        door.check(given, keys.address_of(request))
    except UnauthorizedError as error:
        raise ChallengedError(error.message, remedy=error.remedy) from None


def _password(header: str) -> str:
    """Return the password of an Authorization header."""
    scheme, _, coded = header.strip().partition(" ")
    try:
        if scheme.lower() == "basic":
            return base64.b64decode(coded, validate=True).decode().partition(":")[2]
    except (binascii.Error, UnicodeDecodeError):
        pass
    raise ChallengedError(
        "changes need the key", remedy="give it as the password of basic authentication"
    )


async def update(request: Request, asked: Operation) -> Response:
    """Do a SPARQL update."""
    await _edited(request, "update", sparql=asked.update, using=asked.using)
    return Response(status_code=204)


async def write(request: Request, iri: str | None) -> Response:
    """Replace, add to or drop a named graph; None stands for the default graph.

    Raises
    ------
    HTTPException
        If it is the default graph, which is the union of the others.
    """
    if iri is None:
        raise HTTPException(405, "the default graph is changed by the named graphs", _READING)
    admit(request)
    if request.method == "DELETE":
        await _edited(request, "drop_graph", iri=iri)
        return Response(status_code=204)
    job = "put_graph" if request.method == "PUT" else "add_to_graph"
    media = _format(request)
    new = await _edited(request, job, iri=iri, media=media, body=await request.body())
    return Response(status_code=201 if new else 204)


async def create(request: Request) -> Response:
    """Make a new named graph, and say where it is (Graph Store Protocol, 5.5)."""
    admit(request)
    media, body = _format(request), await request.body()
    name, iri = await _edited(request, "new_graph")
    await _edited(request, "put_graph", iri=iri, media=media, body=body)
    return Response(status_code=201, headers={"location": f"/graph/{name}"})


async def own_iri(request: Request) -> str:
    """Return the IRI of the graph whose own address is asked for."""
    admit(request)
    iri: str = await _edited(request, "own_iri", name=request.path_params["name"])
    return iri


def _format(request: Request) -> str:
    media, charset = protocol.media(request.headers.get("content-type", ""))
    if media not in FORMATS or charset not in protocol.CHARSETS:
        raise UnsupportedError(
            f"a graph cannot be {media or 'of no type'}", remedy=f"send {' or '.join(FORMATS)}"
        )
    return media


async def _edited(request: Request, job: str, **arguments: Any) -> Any:
    editors: Workers = request.app.state.editors
    seconds = request.app.state.settings.updating
    return await editors.run(job, seconds=seconds, **arguments)
