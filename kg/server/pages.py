"""Requests for pages → jobs of a worker → templates."""

from __future__ import annotations

import asyncio
import logging
import shutil
import tempfile
import time
from collections.abc import Mapping, Sequence
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import (
    HTMLResponse,
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
)
from starlette.routing import Route

from kg.errors import GraphError, KgError, UsageError
from kg.queries import catalogue as questions
from kg.queries.question import Question
from kg.search.index import Index
from kg.server import negotiation, neighbourhood
from kg.server.guard import EDITOR_POLICY
from kg.server.settings import MEBIBYTE, Settings
from kg.server.status import AbsentError
from kg.server.texts import VALUED, Catalogue, catalogue, catalogues
from kg.server.workers import Workers

SHOWN = 500
"""Rows of an answer that a page shows; the files have all of them."""
SUGGESTIONS = 10
_WATCHED = 2.0  # seconds between looks at whether the graph was built anew
_PATIENCE = 15  # looks at a graph that changes all the time
_INDEXING = 600.0  # seconds that reading a build ahead may take
_LONGEST = 500  # characters of a parameter
_KINDS: Mapping[str, tuple[str, ...]] = {
    "person": ("person",),
    "organization": ("org", "facility"),
    "place": ("place",),
    "country": ("place",),
    "entity": (),
}
"""What completes a blank of each kind: the kinds of names in the index."""
_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_CITED = ("quote", "report", "source", "confidence")
_YEAR = 31_536_000
_log = logging.getLogger("kg.server")


class Site:
    """What the pages share: their templates, the search index, and the workers that read.

    Parameters
    ----------
    readers : Workers
        Who reads the graph for the pages.
    settings : Settings
        Bounds of an answer.
    """

    def __init__(self, readers: Workers, settings: Settings):
        self.readers, self.settings = readers, settings
        self._folder = Path(tempfile.mkdtemp(prefix="kg-search-"))
        self._index: Index | None = None
        self._state: str | None = None
        self._seen, self._looks = "", 0
        self.reading = ""  # the file of what was read of the build for `kg.server.insights`
        self._templates = Environment(
            loader=PackageLoader("kg.server"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.globals |= {
            "address": address,
            "query": urlencode,
            "completed": _KINDS,
            "named": named,
            "valued": VALUED,
            "editable": bool(settings.key),
        }

    # ---------- the search index ----------

    @property
    def ready(self) -> bool:
        """Whether the search index is made."""
        return self._index is not None

    @property
    def index(self) -> Index:
        """The search index.

        Raises
        ------
        GraphError
            If it is not made yet, which takes some seconds after the start.
        """
        if self._index is None:
            raise GraphError("the search is being prepared", remedy="come again in a moment")
        return self._index

    async def watch(self) -> None:
        """Make the index, and make it anew whenever the graph was built."""
        while True:
            try:
                await self._renew()
            except (KgError, OSError, RuntimeError) as error:
                _log.warning("the build cannot be read ahead: %s", error)
            await asyncio.sleep(_WATCHED)

    async def _renew(self) -> None:
        state = await self.readers.run("state")
        if state == self._state or self._restless(state):
            return
        path = self._folder / f"{time.time_ns()}.sqlite"
        await self.readers.run("index", seconds=_INDEXING, path=str(path))
        self._index, self._state, self.reading = Index(path), state, ""
        for old in self._folder.iterdir():  # who was withdrawn stays in no old file
            if old != path:
                old.unlink()
        facts = path.with_suffix(".facts")
        await self.readers.run("read", seconds=_INDEXING, path=str(facts))
        self.reading = str(facts) if facts.exists() else ""

    def _restless(self, state: str) -> bool:
        """Whether the graph has just changed, and so may change again before it was read.

        A program that sends a build changes it several times a second; at some time it is read
        all the same.
        """
        if self._state is None or state == self._seen or self._looks == _PATIENCE:
            self._looks = 0
            return False
        self._seen, self._looks = state, self._looks + 1
        return True

    def close(self) -> None:
        """Remove the index."""
        shutil.rmtree(self._folder, ignore_errors=True)

    # ---------- pages ----------

    def page(
        self, request: Request, template: str, /, status: int = 200, **values: Any
    ) -> HTMLResponse:
        """Return a page in the reader's language."""
        words = language(request)
        body = self._templates.get_template(f"{template}.html").render(
            t=words, here=request.url.path, now=str(request.url.query), request=request, **values
        )
        headers = {"vary": "Accept, Accept-Language, Cookie", "content-language": words.code}
        return HTMLResponse(body, status, headers)

    async def failure(
        self, request: Request, status: int, message: str, headers: Mapping[str, str]
    ) -> Response:
        """Tell what went wrong: as a page to who reads pages, else in a line of text."""
        pages = not request.url.path.startswith(("/sparql", "/graph", "/api", "/.well-known"))
        if (
            pages
            and negotiation.chosen(request.headers.get("accept"), ["text/plain", negotiation.HTML])
            == negotiation.HTML
        ):
            response = self.page(request, "failure", status, message=message, code=status)
            response.headers.update(headers)
            return response
        return PlainTextResponse(f"{message}\n", status, dict(headers))


def address(key: str, at: tuple[int, int] | None = None) -> str:
    """Return the address of a thing's page on this server, or of a place in a report."""
    path = f"/id/{quote(key, safe='-._~%')}"
    return path if at is None else f"{path}?at={at[0]}-{at[1]}#here"


def named(columns: Sequence[str], row: Sequence[Any]) -> dict[str, Any]:
    """Return a row by the names of its columns."""
    return dict(zip(columns, row, strict=True))


def language(request: Request) -> Catalogue:
    """Return the words in the language that the reader chose, or that the browser likes."""
    return catalogue(request.cookies.get("lang"), request.headers.get("accept-language"))


def _site(request: Request) -> Site:
    site: Site = request.app.state.site
    return site


async def home(request: Request) -> Response:
    """Show a search, the questions, and what the graph holds."""
    figures = await _site(request).readers.run("figures")
    known = {(group, kind): figure for group, kind, figure in figures}
    return _site(request).page(request, "home", questions=questions.questions(), figures=known)


async def ask(request: Request) -> Response:
    """Show a question as a form, and its answer beneath once it is asked."""
    site, question = _site(request), _question(request)
    given = _given(request, question)
    reply, problem, status = None, "", 200
    if request.query_params or not _needed(question):
        try:
            reply = await site.readers.run(
                "ask", question=question.name, parameters=given, rows=site.settings.rows
            )
        except UsageError as error:
            problem, status = str(error), 400 if request.query_params else 200
    values = {"question": question, "given": given, "problem": problem, "shown": SHOWN}
    return site.page(
        request,
        "ask",
        status,
        reply=reply,
        keys=_keys(site, reply),
        facts=_facts(reply),
        cited=reply is not None and "quote" in reply.columns,
        **values,
    )


def _needed(question: Question) -> bool:
    return any(blank.required for blank in question.parameters.values())


def _facts(reply: Any) -> list[int]:
    """Return the numbers of the columns that state the facts; sentences stand by themselves."""
    if reply is None:
        return []
    return [
        at
        for at, name in enumerate(reply.columns)
        if name not in _CITED and any(row[at] not in (None, "") for row in reply.rows)
    ]


def _keys(site: Site, reply: Any) -> Mapping[str, str]:
    """Return the keys of the things whose labels stand in an answer."""
    if reply is None or not site.ready:
        return {}
    return site.index.keys(
        cell for row in reply.rows[:SHOWN] for cell in row if isinstance(cell, str)
    )


async def download(request: Request) -> Response:
    """Give the answer to a question as a file."""
    site, question, form = _site(request), _question(request), request.path_params["form"]
    if form not in _TYPES:
        raise AbsentError(f"answers are not given as {form}", remedy="take csv, json or xlsx")
    body = await site.readers.run(
        "table",
        question=question.name,
        parameters=_given(request, question),
        form=form,
        rows=site.settings.rows,
    )
    name = f'attachment; filename="{question.name}.{form}"'
    return Response(body, headers={"content-type": _TYPES[form], "content-disposition": name})


def _question(request: Request) -> Question:
    name = request.path_params["question"]
    try:
        return questions.get(name)
    except UsageError as error:
        raise AbsentError(error.message, remedy=error.remedy) from None


def _given(request: Request, question: Question) -> dict[str, str]:
    """Return the parameters that a request fills in; a name of no parameter is refused."""
    given = {name: text.strip() for name, text in request.query_params.items() if text.strip()}
    for name, text in given.items():
        if name not in question.parameters:
            raise UsageError(f"the question has no parameter {name[:40]!r}")
        if len(text) > _LONGEST:
            raise UsageError(f"{name} is longer than {_LONGEST} characters")
    return given


async def thing(request: Request) -> Response:
    """Show a thing of the graph: its page to people, its description to programs."""
    site, key = _site(request), request.path_params["key"]
    accept = request.query_params.get("as") or request.headers.get("accept")
    offered = [*negotiation.GRAPHS, negotiation.HTML]
    if negotiation.chosen(accept, offered) != negotiation.HTML:
        bounds = {"rows": site.settings.rows, "size": site.settings.answer * MEBIBYTE}
        media, body = await site.readers.run("description", key=key, accept=accept, **bounds)
        return Response(body, media_type=media, headers={"vary": "Accept"})
    if key.startswith("doc-"):
        found = await site.readers.run("report", key=key)
        return site.page(request, "report", report=found, at=_at(request))
    portrait = await site.readers.run("portrait", key=key)
    spots = neighbourhood.spots(portrait.neighbours)
    size = (neighbourhood.WIDTH, neighbourhood.HEIGHT)
    return site.page(request, "thing", thing=portrait, spots=spots, size=size)


def _at(request: Request) -> tuple[int, int] | None:
    """Return the place in a report that the address points to: ``?at=412-437``."""
    start, _, end = request.query_params.get("at", "").partition("-")
    if start.isdecimal() and end.isdecimal() and len(start + end) < 20:
        return int(start), int(end)
    return None


async def sentence(request: Request) -> Response:
    """Lead from a row of an answer to the sentence in its report."""
    parameters = request.query_params
    key, start, end = await _site(request).readers.run(
        "sentence", source=parameters.get("source", ""), quote=parameters.get("quote", "")
    )
    return RedirectResponse(address(key, (start, end)), 303)


async def search(request: Request) -> Response:
    """Show the things and reports that fit what was typed."""
    site, text = _site(request), request.query_params.get("q", "")[:_LONGEST]
    index = site.index
    names = await asyncio.to_thread(partial(index.names, text, limit=30)) if text else []
    passages = await asyncio.to_thread(partial(index.passages, text, limit=20)) if text else []
    return site.page(request, "search", text=text, names=names, passages=passages)


async def names(request: Request) -> Response:
    """Give the names that fit what was typed so far, for the boxes that complete."""
    site, parameters = _site(request), request.query_params
    kind, text = parameters.get("kind", "entity"), parameters.get("q", "")[:_LONGEST]
    if kind not in _KINDS:
        return JSONResponse([])
    found = await asyncio.to_thread(
        partial(site.index.names, text, kinds=_KINDS[kind], limit=SUGGESTIONS)
    )
    words = language(request)
    return JSONResponse(
        [
            {
                "label": one.label,
                "name": one.text,
                "kind": words(f"kind.{one.kind}"),
                "address": address(one.key),
            }
            for one in found
        ]
    )


async def editor(request: Request) -> Response:
    """Show the page for SPARQL."""
    site = _site(request)
    response = site.page(request, "editor", questions=questions.questions())
    response.headers["content-security-policy"] = EDITOR_POLICY
    return response


async def prefixes(request: Request) -> Response:
    """Give the prefixes that queries may use."""
    declared = await _site(request).readers.run("prefixes")
    return JSONResponse(declared)


async def choose_language(request: Request) -> Response:
    """Remember the reader's language and lead back."""
    code, back = request.path_params["code"], request.query_params.get("next", "/")
    if code not in catalogues():
        raise AbsentError("there is no such language")
    local = back.startswith("/") and not back.startswith(("//", "/\\"))
    response = RedirectResponse(back if local else "/", 303)
    response.set_cookie("lang", code, max_age=_YEAR, httponly=True, samesite="lax")
    return response


async def robots(request: Request) -> Response:
    """Ask robots to leave the answers alone."""
    return PlainTextResponse("User-agent: *\nDisallow: /sparql\nDisallow: /ask\n")


async def favicon(request: Request) -> Response:
    """Give the picture of the site in a browser's tab."""
    body = (files("kg.server") / "static" / "icon.svg").read_bytes()
    return Response(body, media_type="image/svg+xml")


PAGES = [
    Route("/", home, name="home"),
    Route("/ask/{question}", ask, name="ask"),
    Route("/ask/{question}/answer.{form}", download, name="download"),
    Route("/id/{key}", thing, name="thing"),
    Route("/sentence", sentence, name="sentence"),
    Route("/search", search, name="search"),
    Route("/api/names", names, name="names"),
    Route("/api/prefixes", prefixes, name="prefixes"),
    Route("/editor", editor, name="editor"),
    Route("/language/{code}", choose_language, name="language"),
    Route("/robots.txt", robots),
    Route("/favicon.ico", favicon),
]
