"""Around every request: its size and rate, the headers of its answer, a line in the log.

The log is one JSON object a line on standard error, with the route, the status and the time,
and without addresses, names or queries: who asked for what is nobody's business.
"""

from __future__ import annotations

import json
import logging
import re
import time
import traceback
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from ipaddress import ip_address, ip_network

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.server.protocol import UPDATE
from kg.server.settings import Settings

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
"""Content security policy: scripts and styles from files of the server, and nothing inline."""
EDITOR_POLICY = POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'").replace(
    "font-src 'self'", "font-src 'self' data:"
)
"""The policy of the SPARQL page, whose editor sets styles, but no scripts, inline."""
_HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "content-security-policy": POLICY,
}
_UNCOUNTED = ("/static/", "/health")
_HOST = re.compile(rb"[A-Za-z0-9.-]+(:\d{1,5})?|\[[0-9A-Fa-f:.]+\](:\d{1,5})?")
_CLIENTS = 10_000  # whose rates are remembered
_log = logging.getLogger("kg.server")


class Metrics:
    """What Prometheus reads at ``/metrics``."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "kg_requests", "Requests answered", ("route", "status"), registry=self.registry
        )
        self.seconds = Histogram(
            "kg_request_seconds", "Time of a request", ("route",), registry=self.registry
        )
        self.active = Gauge("kg_requests_active", "Requests under way", registry=self.registry)
        self.ended = Gauge(
            "kg_workers_ended", "Workers ended in the middle of a job", registry=self.registry
        )


class Rates:
    """Token buckets, one an address; an IPv6 network of 64 bits is one address.

    Parameters
    ----------
    rate : float
        Requests a second in the long run; 0 for any number.
    burst : int
        Requests at once.
    """

    def __init__(self, rate: float, burst: int, clock: Callable[[], float] = time.monotonic):
        self._rate, self._burst, self._clock = rate, burst, clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, address: str) -> float:
        """Take a token; return the seconds to wait for one if there is none, else 0."""
        if not self._rate:
            return 0.0
        now, key = self._clock(), _network(address)
        tokens = self._tokens(key, now)
        self._buckets.pop(key, None)
        granted = tokens >= 1
        self._buckets[key] = (tokens - granted, now)
        while len(self._buckets) > _CLIENTS:
            self._buckets.popitem(last=False)
        return 0.0 if granted else (1 - tokens) / self._rate

    def short(self, address: str) -> bool:
        """Whether there is no token now; none is taken."""
        return self._tokens(_network(address), self._clock()) < 1

    def _tokens(self, key: str, now: float) -> float:
        tokens, then = self._buckets.get(key, (float(self._burst), now))
        return min(self._burst, tokens + (now - then) * self._rate)


def _network(address: str) -> str:
    with suppress(ValueError):
        if ip_address(address).version == 6:
            return str(ip_network(f"{address}/64", strict=False))
    return address


class BodyTooLargeError(Exception):
    """A body that goes on past what a request may send."""


class Guard:
    """ASGI middleware that holds requests to the bounds of the settings."""

    def __init__(self, app: ASGIApp, *, settings: Settings, metrics: Metrics):
        self._app, self._settings, self._metrics = app, settings, metrics
        self._rates = Rates(settings.rate, settings.burst)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun, status = time.perf_counter(), [500]

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                status[0] = message["status"]
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        with self._metrics.active.track_inprogress():
            await self._within(scope, receive, sending)
        self._tell(scope, status[0], time.perf_counter() - begun)

    async def _within(self, scope: Scope, receive: Receive, send: Send) -> None:
        refusal = self._refusal(scope)
        if refusal is not None:
            await refusal(scope, receive, send)
            return
        taken = 0

        async def receiving() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > self._most(scope):
                raise BodyTooLargeError
            return message

        try:
            await self._app(scope, receiving, send)
        except BodyTooLargeError:
            await _too_large()(scope, receive, send)
        except Exception as error:  # what it was about stays out of the log
            _log.error(json.dumps({"fault": type(error).__name__, "at": _where(error)}))
            await PlainTextResponse("something went wrong here\n", 500)(scope, receive, send)

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        client = scope.get("client") or ("", 0)
        if not scope["path"].startswith(_UNCOUNTED):
            wait = self._rates.wait(client[0])
            if wait:
                after = {"retry-after": str(int(wait) + 1)}
                return PlainTextResponse("too many requests: slow down\n", 429, after)
        headers = dict(scope["headers"])
        if not _HOST.fullmatch(headers.get(b"host", b"localhost")):
            return PlainTextResponse("the host is no name of a host\n", 400)
        length = headers.get(b"content-length", b"0")
        if not length.isdigit():
            return PlainTextResponse("the content length is no number\n", 400)
        return _too_large() if int(length) > self._most(scope) else None

    def _most(self, scope: Scope) -> int:
        """Return how many bytes a body may have: more where a program may change the graph.

        Such a body is read only when the key was right (`kg.server.editing`).
        """
        kind = dict(scope["headers"]).get(b"content-type", b"").split(b";")[0].strip().lower()
        graphs = scope["path"].startswith(("/graph-store", "/graph/"))
        changing = graphs or (scope["path"] == "/sparql" and kind == UPDATE.encode())
        return self._settings.written if self._settings.key and changing else self._settings.body

    def _tell(self, scope: Scope, status: int, seconds: float) -> None:
        route = getattr(scope.get("route"), "path", "") or "other"
        self._metrics.requests.labels(route, str(status)).inc()
        self._metrics.seconds.labels(route).observe(seconds)
        said = {
            "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
            "method": scope["method"] if scope["method"].isalpha() else "?",
            "route": route,
            "status": status,
            "milliseconds": round(1000 * seconds, 1),
        }
        _log.info(json.dumps(said))


def _where(error: BaseException) -> str:
    """Return the file and line at which an error was raised."""
    *_, last = traceback.extract_tb(error.__traceback__)
    return f"{last.filename.rpartition('/')[2]}:{last.lineno}"


def _too_large() -> PlainTextResponse:
    return PlainTextResponse("the request is larger than requests may be\n", 413)
