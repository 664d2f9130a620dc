"""Which HTTP status tells which error."""

from __future__ import annotations

from kg.errors import GraphError, KgError, QueryError, UsageError
from kg.server.protocol import RequestError, TooLargeError
from kg.server.workers import BusyError, ExhaustedError


class AbsentError(UsageError):
    """Nothing is there under that address."""


STATUSES: tuple[tuple[type[KgError], int], ...] = (
    (AbsentError, 404),
    (BusyError, 503),
    (ExhaustedError, 503),
    (TooLargeError, 422),
    (QueryError, 400),
    (UsageError, 400),
    (GraphError, 503),
    (KgError, 500),
)
"""The first class that an error is of decides."""


def status_of(error: KgError) -> int:
    """Return the status of an error."""
    if isinstance(error, RequestError):
        return error.http
    return next(status for kind, status in STATUSES if isinstance(error, kind))
