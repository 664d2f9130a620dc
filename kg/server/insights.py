"""Pages of answers: an institution's card, why a fact is stated, what changed, who knows whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.analysis.identity import LANGUAGES, SECTIONS
from kg.errors import UsageError
from kg.server.pages import Site

_LONGEST = 500  # characters of a parameter
_MOST = 60  # members of a gathering


async def card(request: Request) -> Response:
    """Show the identity card of an institution."""
    site = _site(request)
    found = await site.readers.run("card", key=request.path_params["key"])
    sections = [name for name in SECTIONS if found.of(name)]
    return site.page(request, "card", card=found, sections=sections, languages=LANGUAGES)


async def explain(request: Request) -> Response:
    """Show why the graph states a fact."""
    site = _site(request)
    found = await site.readers.run("explain", key=request.path_params["key"])
    return site.page(request, "explain", told=found)


async def radar(request: Request) -> Response:
    """Show what changed since a date."""
    site, given = _site(request), _given(request, "since")
    found, problem = await _tried(site, "radar", **given, **_asked(request))
    rows = found.rows if found else []
    values = {"rows": rows, "keys": _keys(site, rows, ("who", "other")), "problem": problem}
    since = found.since if found else given["since"]
    status = 400 if problem else 200
    return site.page(request, "radar", status, since=since, **values)


async def feed(request: Request) -> Response:
    """Give what changed since a date as an Atom feed."""
    since = _given(request, "since")["since"]
    found = await _site(request).readers.run("radar", since=since, **_asked(request))
    return Response(found.feed, media_type="application/atom+xml")


def _asked(request: Request) -> dict[str, Any]:
    return {"address": str(request.url_for("radar")), "reading": _site(request).reading}


async def introduce(request: Request) -> Response:
    """Show who can introduce one to another."""
    site, given = _site(request), _given(request, "one", "other", "small")
    small = given["small"] or "8"
    rows, problem = None, ""
    if given["one"] and given["other"]:
        if not (small.isdecimal() and len(small) < 3 and 2 <= int(small) <= _MOST):
            problem = f"a gathering has from 2 to {_MOST} members"
        else:
            ends = {name: given[name] for name in ("one", "other")}
            rows, problem = await _tried(
                site, "introduce", **ends, small=int(small), reading=site.reading
            )
    keys = _keys(site, rows or [], ("who", "knows"))
    values = {"given": {**given, "small": small}, "rows": rows, "keys": keys, "problem": problem}
    return site.page(request, "introduce", 400 if problem else 200, **values)


async def prospects(request: Request) -> Response:
    """Show which institutions abroad fit one that has no tie with them yet."""
    site, given = _site(request), _given(request, "institution")
    found, problem = None, ""
    if given["institution"]:
        found, problem = await _tried(site, "prospects", **given, reading=site.reading)
    keys = _keys(site, found[0] if found else [], ("institution",))
    values = {"given": given, "found": found, "keys": keys, "problem": problem}
    return site.page(request, "prospects", 400 if problem else 200, **values)


def _site(request: Request) -> Site:
    site: Site = request.app.state.site
    return site


def _given(request: Request, *names: str) -> dict[str, str]:
    """Return parameters of a request; what is too long is refused."""
    given = {name: request.query_params.get(name, "").strip() for name in names}
    for name, text in given.items():
        if len(text) > _LONGEST:
            raise UsageError(f"{name} is longer than {_LONGEST} characters")
    return given


async def _tried(site: Site, job: str, **arguments: Any) -> tuple[Any, str]:
    """Return what a job gives, or what the reader can mend."""
    try:
        return await site.readers.run(job, **arguments), ""
    except UsageError as error:
        return None, str(error)


def _keys(
    site: Site, rows: Iterable[Mapping[str, Any]], columns: Iterable[str]
) -> Mapping[str, str]:
    """Return the keys of things by their labels, for links."""
    if not site.ready:
        return {}
    names = list(columns)
    return site.index.keys(str(row[name]) for row in rows for name in names)


INSIGHTS = [
    Route("/card/{key}", card, name="card"),
    Route("/why/{key}", explain, name="explain"),
    Route("/radar", radar, name="radar"),
    Route("/radar.xml", feed, name="feed"),
    Route("/introduce", introduce, name="introduce"),
    Route("/prospects", prospects, name="prospects"),
]
