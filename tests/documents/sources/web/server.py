"""A web server of the tests' own, with the habits of bad ones."""

from __future__ import annotations

import gzip
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

Headers = dict[str, str]


@dataclass
class Site:
    """What the server answers: a body by path, or a function that writes the answer itself."""

    pages: dict[str, tuple[int, Headers, bytes]] = field(default_factory=dict)
    special: dict[str, Callable[[BaseHTTPRequestHandler], None]] = field(default_factory=dict)
    asked: list[tuple[str, Headers]] = field(default_factory=list)
    url: str = ""
    host: str = ""

    def put(
        self, path: str, body: str | bytes, kind: str = "text/html", status: int = 200, **more: str
    ) -> str:
        headers = {"Content-Type": kind, **{k.replace("_", "-"): v for k, v in more.items()}}
        self.pages[path] = (status, headers, body.encode() if isinstance(body, str) else body)
        return self.url + path

    def counts(self) -> Counter[str]:
        return Counter(path for path, _ in self.asked if path != "/robots.txt")


@contextmanager
def serving() -> Iterator[Site]:
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def send_response(self, code: int, message: str | None = None) -> None:
            super().send_response(code, message)
            self.send_header("Connection", "close")

        def do_GET(self) -> None:
            site.asked.append((self.path, dict(self.headers)))
            with suppress(BrokenPipeError, ConnectionResetError):
                if self.path in site.special:
                    site.special[self.path](self)
                else:
                    self.answer()

        def answer(self) -> None:
            missing = (404, {"Content-Type": "text/plain"}, b"Not here.")
            status, headers, body = site.pages.get(self.path, missing)
            etag = headers.get("ETag")
            if etag is not None and self.headers.get("If-None-Match") == etag:
                status, body = 304, b""
            body = body.replace(b"SITE", site.url.encode())
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value.replace("SITE", site.url))
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site.host = f"127.0.0.1:{server.server_port}"
    site.url = f"http://{site.host}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def endless(handler: BaseHTTPRequestHandler) -> None:
    """A page that never ends."""
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    for _ in range(10_000):
        handler.wfile.write(b"<p>And so on and so on.</p>" * 1000)


def drip(handler: BaseHTTPRequestHandler) -> None:
    """A page that comes a byte at a time."""
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    for _ in range(200):
        handler.wfile.write(b"x")
        handler.wfile.flush()
        time.sleep(0.02)


def silent(handler: BaseHTTPRequestHandler) -> None:
    """No answer for a long time."""
    time.sleep(1.5)


def cut(handler: BaseHTTPRequestHandler) -> None:
    """A server that goes away in the middle."""
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    handler.wfile.write(b"<html><body><p>The beginning")


def bomb(handler: BaseHTTPRequestHandler) -> None:
    """A small answer that unpacks to a large one."""
    body = gzip.compress(b"a" * 20_000_000)
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.send_header("Content-Encoding", "gzip")
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)
