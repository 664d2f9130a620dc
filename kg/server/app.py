"""The application: its routes, and what starts and stops with it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.resources import files
from typing import Any

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from kg.errors import KgError
from kg.server import editing, negotiation, protocol
from kg.server.description import DESCRIPTION
from kg.server.guard import Guard, Metrics
from kg.server.insights import INSIGHTS
from kg.server.keys import Door
from kg.server.pages import PAGES, Site
from kg.server.reviewing import REVIEW
from kg.server.settings import MEBIBYTE, Settings
from kg.server.status import status_of
from kg.server.workers import Workers

_EDITING = 600.0  # seconds that a decision may take
_ADVICE = {503: {"retry-after": "1"}, 429: {"retry-after": "60"}}
_NO_BODY = frozenset({"GET", "HEAD"})


def create(settings: Settings) -> Starlette:
    """Return the application that serves a graph.

    Parameters
    ----------
    settings : Settings
        The graph, and the bounds of requests.
    """
    metrics = Metrics()
    graphs = ["GET", *(sorted(editing.WRITING) if settings.key else ())]
    routes = [
        Route("/sparql", sparql, methods=["GET", "POST"]),
        Route("/graph-store", graph_store, methods=graphs),
        Route("/graph/{name}", named_graph, methods=graphs),
        Route("/.well-known/void", void, methods=["GET"]),
        Route("/health", health, methods=["GET"]),
        Route("/metrics", metric, methods=["GET"]),
        Mount("/static", StaticFiles(directory=str(files("kg.server") / "static"))),
        *PAGES,
        *(REVIEW if settings.key else ()),
        *INSIGHTS,
        *DESCRIPTION,
    ]
    origins = [settings.origins] if settings.origins else []
    cors = Middleware(
        CORSMiddleware,
        allow_origins=origins,
        allow_methods=["GET", "HEAD", "POST"],
        allow_headers=["Accept", "Content-Type"],
        expose_headers=["Content-Location"],
    )
    app = Starlette(
        routes=routes,
        middleware=[Middleware(Guard, settings=settings, metrics=metrics), cors],
        exception_handlers={KgError: _told, HTTPException: _refused},
        lifespan=_lifespan,
    )
    app.state.settings, app.state.metrics = settings, metrics
    app.state.queries = _workers(settings)
    app.state.readers = _workers(settings)
    app.state.site = Site(app.state.readers, settings)
    if settings.key:
        app.state.door, app.state.editors = Door(settings.key), _editors(settings)
    return app


def _editors(settings: Settings) -> Workers:
    """Return the one process that changes the graph: one decision after the other."""
    return Workers(
        str(settings.graph),
        number=1,
        seconds=_EDITING,
        memory=4 * settings.memory,
        waiting=settings.waiting,
    )


def _workers(settings: Settings) -> Workers:
    return Workers(
        str(settings.graph),
        number=settings.workers,
        seconds=settings.seconds,
        memory=settings.memory,
        waiting=settings.waiting,
    )


@asynccontextmanager
async def _lifespan(app: Starlette) -> AsyncIterator[None]:
    await app.state.queries.start()
    await app.state.readers.start()
    if app.state.settings.key:
        await app.state.editors.start()
    watching = asyncio.create_task(app.state.site.watch())
    try:
        yield
    finally:
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)
        await app.state.queries.stop()
        await app.state.readers.stop()
        if app.state.settings.key:
            await app.state.editors.stop()
        app.state.site.close()


# ---------- the protocol ----------


async def sparql(request: Request) -> Response:
    """Answer a query, do an update, or describe the service where there is neither."""
    kind = request.headers.get("content-type", "")
    if request.method == "POST" and protocol.media(kind)[0] == protocol.UPDATE:
        editing.admit(request)  # before a body that may be large is read
    body = b"" if request.method in _NO_BODY else await request.body()
    asked = protocol.operation(request.method, request.url.query, kind, body)
    accept = request.headers.get("accept")
    if asked.update is not None:
        editing.admit(request)
        return await editing.update(request, asked)
    if asked.query is None:
        if negotiation.chosen(accept, [*negotiation.GRAPHS, negotiation.HTML]) == negotiation.HTML:
            return RedirectResponse(request.url_for("editor"), 303)
        updates = bool(request.app.state.settings.key)
        return await _said(request, "service", address=_endpoint(request), updates=updates)
    return await _said(request, "sparql", query=asked.query, dataset=asked.dataset, bounded=True)


async def graph_store(request: Request) -> Response:
    """Answer the Graph Store Protocol, with the graph in the address's parameters."""
    if request.method == "POST" and not request.url.query:
        return await editing.create(request)
    name = protocol.graph_name(request.url.query)
    if request.method in editing.WRITING:
        return await editing.write(request, name)
    return await _said(request, "named_graph", iri=name, bounded=True)


async def named_graph(request: Request) -> Response:
    """Answer the Graph Store Protocol, with the graph being the address."""
    if request.method in editing.WRITING:
        return await editing.write(request, await editing.own_iri(request))
    return await _said(request, "own_graph", name=request.path_params["name"], bounded=True)


async def void(request: Request) -> Response:
    """Describe the data set."""
    return await _said(request, "void", address=_endpoint(request))


def _endpoint(request: Request) -> str:
    return str(request.url_for("sparql"))


async def _said(request: Request, job: str, *, bounded: bool = False, **arguments: Any) -> Response:
    """Let a worker do a job of the protocol and return what it gives."""
    settings: Settings = request.app.state.settings
    if bounded:
        arguments |= {"rows": settings.rows, "size": settings.answer * MEBIBYTE}
    accept = request.headers.get("accept")
    media, body = await request.app.state.queries.run(job, accept=accept, **arguments)
    return Response(body, media_type=media, headers={"vary": "Accept"})


# ---------- the one who runs it ----------


async def health(request: Request) -> Response:
    """Say whether the graph can be read."""
    await request.app.state.readers.run("alive")
    return PlainTextResponse("ok\n")


async def metric(request: Request) -> Response:
    """Give the figures for Prometheus."""
    state = request.app.state
    state.metrics.ended.set(state.queries.ended + state.readers.ended)
    return Response(generate_latest(state.metrics.registry), media_type=CONTENT_TYPE_LATEST)


# ---------- errors ----------


async def _told(request: Request, error: Exception) -> Response:
    assert isinstance(error, KgError)
    status = status_of(error)
    headers = {**_ADVICE.get(status, {}), **getattr(error, "headers", {})}
    site: Site = request.app.state.site
    return await site.failure(request, status, str(error), headers)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    headers = dict(error.headers or {})
    site: Site = request.app.state.site
    return await site.failure(request, error.status_code, error.detail, headers)
