"""Who may change the graph: a key, the sessions that it opens, and a brake on guessing it.

The key is compared as its digest, in a time that does not tell how much of it was right
(`hmac.compare_digest`); neither the key nor a session's token is ever logged or put into a page.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
import unicodedata
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import ClassVar
from urllib.parse import urlsplit

from starlette.requests import Request

from kg.errors import UsageError
from kg.server.guard import Rates
from kg.server.protocol import ForbiddenError, RequestError

SHORTEST = 16
"""Characters that a key has at least."""
COOKIE = "review"
HOURS = 12
_SESSIONS = 1000  # that are remembered; the oldest are forgotten first
_TRIES, _AGAIN = 5, 1 / 60  # wrong keys at once from one address, and a second after that
_NAME = 80  # characters of a reviewer's name


class UnauthorizedError(RequestError):
    """A request that changes the graph, without the key."""

    http: ClassVar[int] = 401


class GuessingError(RequestError):
    """Too many wrong keys from one address."""

    http: ClassVar[int] = 429


@dataclass(frozen=True, slots=True)
class Made:
    """A decision that a session made: its key, what it was, and why."""

    key: str
    action: str
    because: str


@dataclass(frozen=True, slots=True)
class Session:
    """A reviewer who gave the key; `csrf` stands in every form of theirs.

    `last` is what they decided last: pages tell of it from here, not from an address, which
    anybody could have written.
    """

    name: str
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)
    csrf: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)
    begun: float = field(default_factory=time.monotonic)
    last: Made | None = None


class Door:
    """Lets in who has the key.

    Parameters
    ----------
    key : str
        The key.
    clock : callable
        Seconds, for tests.
    """

    def __init__(self, key: str, clock: Callable[[], float] = time.monotonic):
        self._digest = _digest(checked(key))
        self._clock = clock
        self._wrong = Rates(_AGAIN, _TRIES, clock)
        self._sessions: OrderedDict[str, Session] = OrderedDict()

    def enter(self, key: str, name: str, address: str) -> Session:
        """Return a new session of a person who gives the key.

        Raises
        ------
        GuessingError, UnauthorizedError, RequestError
            If wrong keys came too often from there, the key is wrong, or the name is none.
        """
        who = _named(name)
        self.check(key, address)
        session = Session(who, begun=self._clock())
        self._sessions[_digest(session.token).hex()] = session
        while len(self._sessions) > _SESSIONS:
            self._sessions.popitem(last=False)
        return session

    def leave(self, token: str) -> None:
        """End a session."""
        self._sessions.pop(_digest(token).hex(), None)

    def remember(self, session: Session, made: Made) -> None:
        """Keep what a session decided last, unless it ended meanwhile."""
        key = _digest(session.token).hex()
        if key in self._sessions:
            self._sessions[key] = replace(self._sessions[key], last=made)

    def session(self, request: Request) -> Session | None:
        """Return the session of a request; None if it has none, or it is over."""
        key = _digest(request.cookies.get(COOKIE, "")).hex()
        found = self._sessions.get(key)
        if found is not None and self._clock() - found.begun > 3600 * HOURS:
            del self._sessions[key]
            return None
        return found

    def check(self, key: str, address: str) -> None:
        """Raise if a key is wrong, or wrong ones came too often from an address."""
        if self._wrong.short(address):
            raise GuessingError("too many wrong keys", remedy="wait a minute")
        if not hmac.compare_digest(_digest(key), self._digest):
            self._wrong.wait(address)
            raise UnauthorizedError("this is not the key", remedy="ask who started the server")


def checked(key: str) -> str:
    """Return a key, or raise `UsageError` if it could be guessed."""
    if len(key) < SHORTEST or len(set(key)) < SHORTEST // 2:
        raise UsageError(
            f"a key needs {SHORTEST} characters or more, not all alike",
            remedy='make one with: python3 -c "import secrets; print(secrets.token_urlsafe(24))"',
        )
    return key


def same_site(request: Request) -> None:
    """Raise `ForbiddenError` if another site made a browser send this request.

    Browsers say so in ``Sec-Fetch-Site``, older ones at least in ``Origin``; programs send neither.
    """
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    foreign = site not in (None, "same-origin", "none")
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
        foreign = True
    if foreign:
        raise ForbiddenError("another site sent this request", remedy="use this server's own pages")


def genuine(session: Session, given: str) -> None:
    """Raise `ForbiddenError` if a form does not come from a page that this session was given."""
    if not hmac.compare_digest(session.csrf.encode(), given.encode()):
        raise ForbiddenError("the form is not of this session", remedy="load the page again")


def address_of(request: Request) -> str:
    """Return the address that a request comes from."""
    return request.client.host if request.client else ""


def _named(name: str) -> str:
    """Return a name that is shown beside decisions, without what would hide or turn text."""
    kept = "".join(one for one in name if unicodedata.category(one)[0] != "C")
    who = " ".join(kept.split())
    if not who or len(who) > _NAME:
        raise RequestError(f"a name has 1 to {_NAME} characters", remedy="say who decides")
    return who


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()
