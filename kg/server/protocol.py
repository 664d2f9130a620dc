"""SPARQL 1.1 Protocol and Graph Store HTTP Protocol: what a request asks for.

The rules are those of https://www.w3.org/TR/sparql11-protocol/ (section 2) and
https://www.w3.org/TR/sparql11-http-rdf-update/ (sections 4 and 5).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import parse_qsl

from kg.errors import QueryError, UsageError
from kg.graph.operations import ANY, Using

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
CHARSETS = ("utf-8", "utf8", "us-ascii")
_FIELDS = 500  # of a form; more are refused

Pairs = Sequence[tuple[str, str]]


class RequestError(UsageError):
    """A request that the protocol does not know; `http` is the status that says so."""

    http: ClassVar[int] = 400


class ForbiddenError(RequestError):
    """A request that would change the graph."""

    http = 403


class UnsupportedError(RequestError):
    """A body in a format that is not understood."""

    http = 415


class UnacceptableError(RequestError):
    """A client that accepts nothing that can be given."""

    http = 406


class TooLargeError(QueryError):
    """An answer that is larger than answers may be."""


@dataclass(frozen=True, slots=True)
class Dataset:
    """The graphs that a request names; None where it leaves the dataset to the query.

    Parameters
    ----------
    default, named : tuple of str or None
        ``default-graph-uri`` and ``named-graph-uri``.
    """

    default: tuple[str, ...] | None = None
    named: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Operation:
    """A query with its dataset, or an update; without either, the wish for a description."""

    query: str | None
    dataset: Dataset
    update: str | None = None
    using: Using = ANY


def operation(method: str, url_query: str, content_type: str, body: bytes) -> Operation:
    """Return what a request to the endpoint asks for (sections 2.1 and 2.2).

    Parameters
    ----------
    method : str
        GET, HEAD or POST.
    url_query : str
        What stands behind the question mark of the address.
    content_type : str
        The header of that name, or nothing.
    body : bytes
        The body of a POST.

    Raises
    ------
    RequestError
        If it is none of the ways to ask for a query or an update.
    """
    pairs = fields(url_query)
    if method != "POST":
        return _asked(pairs, needed=False)
    kind, charset = media(content_type)
    if kind == UPDATE:
        _none_of(pairs, "query", "update")
        return Operation(None, Dataset(), _text(body, charset), _using(pairs))
    if kind == QUERY:
        _none_of(pairs, "query", "update")
        return Operation(_text(body, charset), _dataset(pairs))
    if kind == FORM:
        _none_of(pairs, "query", "update")
        return _form([*pairs, *fields(_text(body, charset))])
    raise UnsupportedError(
        f"a query cannot be {kind or 'of no type'}", remedy=f"send {QUERY} or {FORM}"
    )


def graph_name(url_query: str) -> str | None:
    """Return the graph that a request to the graph store names; None for the default graph.

    Raises
    ------
    RequestError
        If it names none, or several.
    """
    pairs = fields(url_query)
    names = [value for name, value in pairs if name == "graph"]
    default = any(name == "default" for name, _ in pairs)
    if len(names) + default != 1:
        raise RequestError("the request names no graph", remedy="add ?graph=IRI or ?default")
    return None if default else names[0]


def _form(pairs: Pairs) -> Operation:
    """Return what a form asks for: a query, or an update (2.2.1)."""
    updates = [value for name, value in pairs if name == "update"]
    if not updates:
        return _asked(pairs, needed=True)
    if len(updates) > 1 or any(name == "query" for name, _ in pairs):
        raise RequestError("there is more than one update or query", remedy="send one")
    return Operation(None, Dataset(), updates[0], _using(pairs))


def _using(pairs: Pairs) -> Using:
    default = tuple(value for name, value in pairs if name == "using-graph-uri")
    named = tuple(value for name, value in pairs if name == "using-named-graph-uri")
    return Using(default, named)


def _asked(pairs: Pairs, *, needed: bool) -> Operation:
    if any(name == "update" for name, _ in pairs):
        raise RequestError("an update is sent by POST", remedy="put it into the body")
    queries = [value for name, value in pairs if name == "query"]
    if len(queries) > 1:
        raise RequestError("there is more than one query", remedy="send one")
    if not queries and (needed or _dataset(pairs) != Dataset()):
        raise RequestError("there is no query", remedy="add query=…")
    return Operation(queries[0] if queries else None, _dataset(pairs))


def _dataset(pairs: Pairs) -> Dataset:
    default = tuple(value for name, value in pairs if name == "default-graph-uri")
    named = tuple(value for name, value in pairs if name == "named-graph-uri")
    return Dataset(default, named) if default or named else Dataset()


def _none_of(pairs: Pairs, *names: str) -> None:
    if any(name in names for name, _ in pairs):
        raise RequestError(
            f"{' or '.join(names)} cannot stand in the address of a POST",
            remedy="put it into the body",
        )


def media(content_type: str) -> tuple[str, str]:
    """Return the media type and the charset of a Content-Type header, in small letters."""
    kind, *parameters = (part.strip() for part in content_type.split(";"))
    charset = "utf-8"
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            charset = value.strip().strip('"').lower()
    return kind.lower(), charset


def _text(body: bytes, charset: str) -> str:
    if charset not in CHARSETS:
        raise UnsupportedError(f"the charset {charset} is not understood", remedy="send UTF-8")
    try:
        return body.decode()
    except UnicodeDecodeError:
        raise RequestError("the body is not UTF-8", remedy="send UTF-8") from None


def fields(text: str) -> list[tuple[str, str]]:
    """Return the fields of an address's query, or of a form."""
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_FIELDS)
    except ValueError:
        raise RequestError(
            "the parameters cannot be read", remedy="encode them as UTF-8, percent by percent"
        ) from None


def read_only() -> ForbiddenError:
    """Return the error of an update where none are taken."""
    return ForbiddenError(
        "this endpoint only reads", remedy="graphs are changed by `kg build` and `kg review`"
    )
