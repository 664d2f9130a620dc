"""The door: keys, sessions, and who knocks too often."""

from __future__ import annotations

import pytest
from starlette.requests import Request

from kg.errors import UsageError
from kg.server.keys import (
    Door,
    GuessingError,
    Session,
    UnauthorizedError,
    checked,
    genuine,
    same_site,
)
from kg.server.protocol import ForbiddenError, RequestError
from kg.server.settings import Settings

KEY = "a key that nobody guesses"


def request(**headers: str) -> Request:
    raw = [(name.replace("_", "-").encode(), text.encode()) for name, text in headers.items()]
    return Request({"type": "http", "headers": [(b"host", b"here:1"), *raw], "client": ("a", 1)})


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_the_key_opens_a_session_that_ends() -> None:
    clock = Clock()
    door = Door(KEY, clock)
    session = door.enter(KEY, "  A.\u202e  Reader ", "a")
    assert session.name == "A. Reader"
    assert door.session(request(cookie=f"review={session.token}")) is session
    assert door.session(request(cookie="review=other")) is None
    assert door.session(request()) is None
    clock.now = 13 * 3600
    assert door.session(request(cookie=f"review={session.token}")) is None
    again = door.enter(KEY, "B", "a")
    door.leave(again.token)
    assert door.session(request(cookie=f"review={again.token}")) is None


def test_wrong_keys_are_braked_by_address_and_the_right_key_is_not() -> None:
    clock = Clock()
    door = Door(KEY, clock)
    for _ in range(20):
        door.enter(KEY, "A", "a")
    for _ in range(5):
        with pytest.raises(UnauthorizedError):
            door.enter("wrong", "A", "a")
    with pytest.raises(GuessingError):
        door.enter(KEY, "A", "a")
    door.enter(KEY, "A", "elsewhere")
    clock.now = 61
    door.enter(KEY, "A", "a")


@pytest.mark.parametrize("name", ["", "  ", "\u200b\n", "x" * 81])
def test_a_reviewer_has_a_name(name: str) -> None:
    with pytest.raises(RequestError):
        Door(KEY).enter(KEY, name, "a")


@pytest.mark.parametrize("key", ["", "short", "x" * 40])
def test_a_key_cannot_be_guessed(key: str) -> None:
    with pytest.raises(UsageError):
        checked(key)


def test_other_sites_are_told_by_what_browsers_say() -> None:
    same_site(request())
    same_site(request(origin="http://here:1", sec_fetch_site="same-origin"))
    for headers in (
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
        {"origin": "http://evil"},
        {"origin": "null"},
    ):
        with pytest.raises(ForbiddenError):
            same_site(request(**headers))
    with pytest.raises(ForbiddenError):
        genuine(Session("A"), "é")


def test_nothing_shows_the_key() -> None:
    assert KEY not in repr(Settings(graph="g", key=KEY))
    session = Session("A")
    assert session.token not in repr(session)
