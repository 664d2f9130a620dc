"""SPARQL 1.1 Protocol and Graph Store HTTP Protocol: what a request asks for.

The rules are those of https://www.w3.org/TR/sparql11-protocol/ (section 2) and
https://www.w3.org/TR/sparql11-http-rdf-update/ (sections 4 and 5), for reading.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import parse_qsl

from kg.errors import KgError, QueryError, UsageError

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
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
    """A query with its dataset; without a query, the wish for a service description."""

    query: str | None
    dataset: Dataset


def operation(method: str, url_query: str, content_type: str, body: bytes) -> Operation:
    """Return what a request to the endpoint asks for (section 2.1).

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
        If it is none of the three ways to ask, or asks for an update.
    """
    pairs = fields(url_query)
    if method != "POST":
        return _asked(pairs, needed=False)
    media, charset = _media(content_type)
    if media == UPDATE:
        raise _read_only()
    if media == QUERY:
        _none_of(pairs, "query", "update")
        return Operation(_text(body, charset), _dataset(pairs))
    if media == FORM:
        _none_of(pairs, "query", "update")
        return _asked([*pairs, *fields(_text(body, charset))], needed=True)
    raise UnsupportedError(
        f"a query cannot be {media or 'of no type'}", remedy=f"send {QUERY} or {FORM}"
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


def _asked(pairs: Pairs, *, needed: bool) -> Operation:
    if any(name == "update" for name, _ in pairs):
        raise _read_only()
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


def _media(content_type: str) -> tuple[str, str]:
    media, *parameters = (part.strip() for part in content_type.split(";"))
    charset = "utf-8"
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            charset = value.strip().strip('"').lower()
    return media.lower(), charset


def _text(body: bytes, charset: str) -> str:
    if charset not in ("utf-8", "utf8", "us-ascii"):
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


def _read_only() -> KgError:
    return ForbiddenError(
        "this endpoint only reads", remedy="graphs are changed by `kg build` and `kg review`"
    )
