"""Fetching: one polite, bounded request after another.

An address is asked when robots.txt lets us, at most once a `Options.delay` on one host, with
what was kept of it so that the server can answer "unchanged". A page that a feed or sitemap
lists and that was fetched within a day is taken from what was kept, so that a build that is
cut off goes on where it was; of a sitemap also what was fetched since its first page was asked
for, however many days ago, until all its pages have been.
"""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from kg import __version__
from kg.documents.sources.content import Content, needs
from kg.documents.sources.formats import Found, by_media_type, by_name
from kg.documents.sources.web import addresses
from kg.documents.sources.web.cache import Cache, Page
from kg.documents.sources.web.robots import AGENT, Robots
from kg.errors import DocumentError

if TYPE_CHECKING:
    import httpx

    from kg.documents.sources.reader import Options, Reader

FRESH = 24 * 3600.0
MAX_BYTES = 10 * 1024 * 1024
MAX_SECONDS = 60.0
_MAX_HOPS = 5
_TRIES = 3
_LATER = frozenset({429, 500, 502, 503, 504})
_MAX_WAIT = 60.0
_ROBOTS_BYTES = 500 * 1024  # so much of a robots.txt must be read, says RFC 9309
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PLAIN = frozenset({"", "identity", "gzip", "deflate", "x-gzip"})


@dataclass(frozen=True, slots=True)
class _Answer:
    url: str
    status: int
    headers: Any
    charset: str | None
    body: bytes


class Fetcher:
    """Asks servers for pages.

    Parameters
    ----------
    options : Options
        Which hosts may be asked, how often, and where answers are kept.
    """

    def __init__(self, options: Options):
        try:
            import httpx  # noqa: PLC0415 - one of the extra `sources`
        except ImportError:
            raise needs("httpx", "addresses") from None
        self._httpx = httpx
        self._options = options
        self._cache = Cache(options.cache)
        self._robots = Robots(self._robots_text)
        self._since: float | None = None
        self._walked: set[str] = set()
        self._asked: dict[str, float] = {}
        self._client = httpx.Client(
            timeout=httpx.Timeout(20.0, connect=10.0),
            headers={
                "User-Agent": f"{AGENT}/{__version__}",
                "Accept": "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.5",
                "Accept-Encoding": "gzip, deflate",
            },
        )

    def close(self) -> None:
        """Let connections and the file of what was kept go."""
        self._client.close()
        self._cache.close()

    def documents(
        self, address: str, reader: Reader, *, newer: float | None = None, listed: bool = False
    ) -> Found:
        """Yield the documents at an address; what fails is an error in their place.

        Parameters
        ----------
        address : str
            The address of a page, feed, sitemap or file.
        reader : Reader
            What gives the answer to its adapter.
        newer : float, optional
            When the page is said to have changed last, in seconds since 1970; a page that was
            fetched since then and within a day is not asked for again.
        listed : bool
            Whether a feed or a sitemap lists it; another of these there is an error.
        """
        try:
            content = replace(self.get(address, newer=newer), listed=listed)
        except DocumentError as error:
            yield error
            return
        yield from reader.documents(content)

    def get(self, address: str, *, newer: float | None = None) -> Content:
        """Return what is at an address.

        Raises
        ------
        DocumentError
            If it may not be asked for, the server does not give it, or it has no end.
        """
        address = address.partition("#")[0]
        kept = self._cache.get(address)
        fresh = min(time.time() - FRESH, self._since or float("inf"))
        if kept is None or newer is None or kept.fetched < max(newer, fresh):
            kept = self._asked_anew(address, kept)
            self._cache.put(kept)
        if kept.error is not None:
            raise _refused(address, kept.error)
        return _content(kept)

    @contextmanager
    def walk(self, address: str) -> Iterator[None]:
        """Go through all that a sitemap lists; what was cut off is one walk with what goes on."""
        if self._since is not None:  # part of a larger one
            yield
            return
        self._since, self._walked = self._cache.begun(address), {address}
        try:
            yield
            self._cache.ended(address)
        finally:
            self._since = None

    def walked(self, address: str) -> bool:
        """Whether a sitemap was met before on this walk; from now on it was."""
        before = address in self._walked
        self._walked.add(address)
        return before

    # ---------- one page ----------

    def _asked_anew(self, address: str, kept: Page | None) -> Page:
        headers = {}
        if kept is not None and kept.error is None:
            given = {"If-None-Match": kept.etag, "If-Modified-Since": kept.modified}
            headers = {name: value for name, value in given.items() if value}
        answer = self._followed(address, headers)
        if answer.status == 304 and kept is not None:
            return replace(kept, fetched=time.time())
        if answer.status >= 400 or answer.status < 200:
            reason = f"the server answers {answer.status} {_phrase(answer.status)}".rstrip()
            if answer.status in _LATER:
                raise _refused(address, reason)
            return Page(address, answer.url, fetched=time.time(), error=reason)
        return Page(
            address,
            answer.url,
            (answer.headers.get("content-type") or "").partition(";")[0].strip().lower() or None,
            answer.charset,
            answer.headers.get("etag"),
            answer.headers.get("last-modified"),
            time.time(),
            body=answer.body,
        )

    def _followed(self, address: str, headers: dict[str, str]) -> _Answer:
        """Follow redirects; each address on the way is checked like the first."""
        url = address
        for _ in range(_MAX_HOPS + 1):
            addresses.checked(url, self._options.allowed_hosts)  # before its robots.txt is asked
            self._robots.check(url)
            answer = self._patiently(url, headers)
            target = answer.headers.get("location")
            if answer.status not in _REDIRECTS or not target:
                return answer
            url = _joined(url, target)
        raise DocumentError(
            "it is redirected again and again",
            where=address,
            remedy="open it in a browser and give the address that it ends at",
        )

    def _patiently(self, url: str, headers: dict[str, str]) -> _Answer:
        """Ask again, after a while, a server that is busy or broke off."""
        for attempt in range(1, _TRIES + 1):
            self._wait(url, self._robots.delay(url))
            try:
                answer = self._once(url, headers, MAX_BYTES)
            except self._httpx.TransportError as error:
                if attempt == _TRIES:
                    raise _unreachable(url, error) from None
                wait = float(2 ** (attempt - 1))
            else:
                if answer.status not in _LATER or attempt == _TRIES:
                    return answer
                wait = _retry_after(answer.headers.get("retry-after"), 2.0 ** (attempt - 1))
            self._sleep(wait * min(self._options.delay, 1.0))
        raise AssertionError("the last attempt returns or raises")

    def _once(self, url: str, headers: dict[str, str], most: int) -> _Answer:
        with self._sent(url, headers) as response:
            body = b"" if response.status_code in _REDIRECTS else _bounded(response, url, most)
            charset = response.charset_encoding
            return _Answer(url, response.status_code, response.headers, charset, body)

    @contextmanager
    def _sent(self, url: str, headers: dict[str, str]) -> Iterator[httpx.Response]:
        """Ask the network address that was checked, under the host's name."""
        number = addresses.checked(url, self._options.allowed_hosts)
        try:
            named = self._httpx.URL(url)
            request = self._client.build_request(
                "GET",
                named.copy_with(host=number),
                headers={"Host": named.netloc.decode("ascii"), **headers},
                extensions={"sni_hostname": named.raw_host.decode("ascii")},
            )
        except (self._httpx.InvalidURL, UnicodeError):
            raise _no_address(url) from None
        try:
            response = self._client.send(request, stream=True)
        except (
            self._httpx.InvalidURL
        ):  # of a redirect, which httpx reads although it is not followed
            raise _no_address(url) from None
        try:
            yield response
        except self._httpx.DecodingError as error:
            raise _refused(url, f"the answer is not compressed as it says ({error})") from None
        finally:
            response.close()

    # ---------- politeness ----------

    def _robots_text(self, url: str) -> str:
        target = url
        for _ in range(_MAX_HOPS):
            self._wait(target, 0.0)
            try:
                answer = self._once(target, {}, _ROBOTS_BYTES)
            except self._httpx.TransportError as error:
                raise _unreachable(url, error) from None
            location = answer.headers.get("location")
            if answer.status not in _REDIRECTS or not location:
                break
            target = _joined(target, location)
        if answer.status >= 500:
            raise _refused(url, f"the server answers {answer.status}, so nothing may be read")
        return answer.body.decode("utf-8", "replace") if answer.status < 300 else ""

    def _wait(self, url: str, wanted: float) -> None:
        """Wait until the host may be asked again."""
        host, _ = addresses.split(url)
        delay = max(self._options.delay, wanted if self._options.delay else 0.0)
        since = time.monotonic() - self._asked.get(host, float("-inf"))
        if since < delay:
            self._sleep(delay - since)
        self._asked[host] = time.monotonic()

    def _sleep(self, seconds: float) -> None:
        time.sleep(min(seconds, _MAX_WAIT))


def _bounded(response: httpx.Response, url: str, most: int) -> bytes:
    """Read an answer that may have no end, or come a byte a minute."""
    encoding = response.headers.get("content-encoding", "").strip().lower()
    if encoding not in _PLAIN:
        raise _refused(url, f"the answer is compressed as {encoding[:20]}, which was not asked for")
    until, body = time.monotonic() + MAX_SECONDS, bytearray()
    for chunk in response.iter_bytes():
        body += chunk
        if len(body) > most:
            raise _refused(url, f"the answer is longer than {most / 1024 / 1024:.1f} MB")
        if time.monotonic() > until:
            raise _refused(url, f"the answer takes longer than {MAX_SECONDS:.0f} seconds")
    return bytes(body)


def _content(page: Page) -> Content:
    """Return what was fetched; a type that says nothing gives way to the name's end."""
    path = page.final.partition("?")[0]
    vague = page.media_type in (None, "application/octet-stream", "binary/octet-stream")
    media_type = None if vague else page.media_type
    if by_media_type(media_type) is None and by_name(path) is None and not vague:
        raise DocumentError(
            f"it is {media_type}, which is not read",
            where=page.address,
            remedy="give the address of a page, a feed, a sitemap or a document",
        )
    return Content(
        path if media_type is None else page.final,
        page.final,
        lambda: io.BytesIO(page.body),
        media_type=media_type if by_media_type(media_type) else None,
        charset=page.charset,
        fetched=True,
    )


def _joined(url: str, target: str) -> str:
    """Return where a redirect leads; what is no address leads to an error later."""
    try:
        return urljoin(url, target).partition("#")[0]
    except ValueError:
        return target


def _no_address(url: str) -> DocumentError:
    return DocumentError(
        "it, or where it leads, is no address of a page", where=url, remedy="check the address"
    )


def _refused(url: str, reason: str) -> DocumentError:
    return DocumentError(reason, where=url, remedy="try again later, or save the page yourself")


def _unreachable(url: str, error: Exception) -> DocumentError:
    reason = " ".join(str(error).split())[:120] or type(error).__name__
    return DocumentError(
        f"the server cannot be reached or breaks off ({reason})",
        where=url,
        remedy="check the address and the connection; what was read is kept, so run it again",
    )


def _retry_after(value: str | None, otherwise: float) -> float:
    return min(float(value), _MAX_WAIT) if value and value.isdigit() else otherwise


def _phrase(status: int) -> str:
    from http import HTTPStatus  # noqa: PLC0415 - only for a message

    return HTTPStatus(status).phrase if status in HTTPStatus._value2member_map_ else ""
