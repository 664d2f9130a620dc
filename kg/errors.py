"""Every error that a user can meet, in one tree.

::

    KgError                 anything a user can mend; exit status 1
    ├── UsageError          a wrong option, name or parameter; exit status 2
    ├── DocumentError       a source that cannot be read; exit status 3
    ├── ExtractionError     a missing or broken language pipeline; exit status 4
    ├── RecordError         an extraction record or gold file that does not hold; exit status 5
    ├── GraphError          a graph folder that is missing, foreign, locked or broken; exit status 6
    └── QueryError          a query that cannot be parsed or run; exit status 7

Each error says what happened, where, and what to do about it; the command line prints
exactly that on standard error and ends with the error's exit status.
"""

from __future__ import annotations

from typing import ClassVar


class KgError(Exception):
    """An error that names its place and its remedy.

    Parameters
    ----------
    message : str
        What happened, in one sentence without a full stop.
    where : str, optional
        The file, line, query or folder in which it happened.
    remedy : str, optional
        What the reader can do about it.
    """

    status: ClassVar[int] = 1

    def __init__(self, message: str, *, where: str | None = None, remedy: str | None = None):
        super().__init__(message)
        self.message = message
        self.where = where
        self.remedy = remedy

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        remedy = f" — {self.remedy}" if self.remedy else ""
        return " ".join(f"{place}{self.message}{remedy}".split())


class UsageError(KgError):
    """A wrong option, name or parameter."""

    status = 2


class DocumentError(KgError):
    """A source that cannot be read as a document."""

    status = 3


class ExtractionError(KgError):
    """A language pipeline that is missing or does not fit."""

    status = 4


class RecordError(KgError):
    """An extraction record or gold file that does not hold."""

    status = 5


class GraphError(KgError):
    """A graph folder that is missing, foreign, locked or broken."""

    status = 6


class QueryError(KgError):
    """A query that cannot be parsed or run."""

    status = 7
