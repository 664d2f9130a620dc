"""The pages on which people decide: what waits, the decisions, and the door to them.

They exist only where the server was started with a key (`--allow-edits`). Reading them and
deciding both happen in a process of their own, so that other readers do not wait.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from kg.errors import UsageError
from kg.server import keys
from kg.server.decisions import ACTIONS
from kg.server.keys import COOKIE, HOURS, Door, Made, Session, UnauthorizedError
from kg.server.pages import Site
from kg.server.protocol import FORM, RequestError, UnsupportedError, fields
from kg.server.status import AbsentError
from kg.server.workers import Workers

SHOWN = 20
"""Things that a page shows to be decided."""
QUEUES = ("pairs", "facts", "decisions")
_REASON = 500  # characters of a reason
_KEY = 1000  # characters of a key that are looked at
_OWN_FORMS = {"referrer-policy": "same-origin", "cache-control": "no-store"}
"""Browsers then say in ``Origin`` where a form comes from, and keep no copy of the page."""

Form = Mapping[str, Sequence[str]]


async def form(request: Request) -> Form:
    """Return the fields of a form that one of our pages sent.

    Raises
    ------
    ForbiddenError
        If another site sent it.
    """
    keys.same_site(request)
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != FORM:
        raise UnsupportedError("this is no form", remedy=f"send {FORM}")
    found: dict[str, list[str]] = {}
    for name, text in fields((await request.body()).decode("utf-8", "replace")):
        found.setdefault(name, []).append(text)
    return found


async def sign_in(request: Request) -> Response:
    """Show the form for name and key."""
    return _page(request, "sign-in", next=_local(request.query_params.get("next", "")), problem="")


async def signed_in(request: Request) -> Response:
    """Open a session for who gives the key."""
    given = await form(request)
    name, key = (_first(given, field)[:_KEY] for field in ("name", "key"))
    back = _local(_first(given, "next"))
    try:
        session = _door(request).enter(key, name, keys.address_of(request))
    except RequestError as error:
        return _page(request, "sign-in", error.http, next=back, problem=error.message)
    response = RedirectResponse(back, 303, _OWN_FORMS)
    secure = request.url.scheme == "https" or request.headers.get("x-forwarded-proto") == "https"
    response.set_cookie(
        COOKIE,
        session.token,
        max_age=3600 * HOURS,
        path="/review",
        secure=secure,
        httponly=True,
        samesite="strict",
    )
    return response


async def sign_out(request: Request) -> Response:
    """End the session."""
    given = await form(request)
    keys.genuine(_session(request), _first(given, "csrf"))
    _door(request).leave(request.cookies.get(COOKIE, ""))
    response = RedirectResponse("/", 303, _OWN_FORMS)
    response.delete_cookie(COOKIE, path="/review", httponly=True, samesite="strict")
    return response


async def queue(request: Request) -> Response:
    """Show what waits to be decided, or what was decided."""
    what = request.path_params.get("queue", QUEUES[0])
    if what not in QUEUES:
        raise AbsentError("there is no such page")
    session = _door(request).session(request)
    if session is None:
        return _to_sign_in(request)
    first = _number(request.query_params.get("first", ""))
    total, some = await _editors(request).run("queue", what=what, first=first, number=SHOWN)
    if first and not some:
        return RedirectResponse(f"/review/{what}", 303)
    told = session.last and session.last.key == request.query_params.get("done")
    values = {"what": what, "total": total, "some": some, "first": first, "shown": SHOWN}
    values["done"] = session.last if told else None
    return _page(request, "review", session=session, **values)


async def parting(request: Request) -> Response:
    """Show which reports name a thing, to say which of them mean another one."""
    session = _door(request).session(request)
    if session is None:
        return _to_sign_in(request)
    key = request.path_params["key"]
    name, reports = await _editors(request).run("namings", key=key)
    return _page(request, "part", session=session, key=key, name=name, reports=reports)


async def decide(request: Request) -> Response:
    """Make a decision, and lead back to what waits."""
    session, given = _session(request), await form(request)
    keys.genuine(session, _first(given, "csrf"))
    action, because = _first(given, "action"), _first(given, "because").strip()
    if action == "merge-other":
        action = "merge"
        given = {**given, "one": given.get("other", ()), "other": given.get("one", ())}
    if action not in ACTIONS:
        raise UsageError("the form does not say what was decided")
    if not because or len(because) > _REASON:
        raise UsageError(f"a reason has 1 to {_REASON} characters", remedy="say why")
    key = await _editors(request).run(
        "decide", action=action, given=dict(given), by=session.name, because=because
    )
    _door(request).remember(session, Made(key, action, because))
    back, _, here = _local(_first(given, "next")).partition("#")
    joint = "&" if "?" in back else "?"
    said = urlencode({"done": key})
    return RedirectResponse(f"{back}{joint}{said}#{here or 'main'}", 303, _OWN_FORMS)


def _page(
    request: Request,
    template: str,
    status: int = 200,
    *,
    session: Session | None = None,
    **values: Any,
) -> Response:
    site: Site = request.app.state.site
    response = site.page(request, template, status, session=session, **values)
    response.headers.update(_OWN_FORMS)
    return response


def _to_sign_in(request: Request) -> Response:
    back = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return RedirectResponse(f"/review/sign-in?{urlencode({'next': back})}", 303, _OWN_FORMS)


def _session(request: Request) -> Session:
    """Return the session of a request that changes something."""
    found = _door(request).session(request)
    if found is None:
        raise UnauthorizedError("nobody is signed in", remedy="sign in at /review")
    return found


def _door(request: Request) -> Door:
    door: Door = request.app.state.door
    return door


def _editors(request: Request) -> Workers:
    editors: Workers = request.app.state.editors
    return editors


def _first(given: Form, field: str) -> str:
    return next(iter(given.get(field, ())), "")


def _local(back: str) -> str:
    """Return where to lead back to: a page of the review, and none of another site."""
    return back if back.startswith("/review") and not set(back) & set("\\\r\n") else "/review"


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 8 else 0


REVIEW = [
    Route("/review", queue, name="review"),
    Route("/review/sign-in", sign_in, methods=["GET"]),
    Route("/review/sign-in", signed_in, methods=["POST"]),
    Route("/review/sign-out", sign_out, methods=["POST"]),
    Route("/review/decide", decide, methods=["POST"]),
    Route("/review/part/{key}", parting),
    Route("/review/{queue}", queue),
]
