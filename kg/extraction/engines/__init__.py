"""Extractors by name: what reads documents into records, in one process or several.

An extractor is found by the entry point group ``kg.extractors``: a function that takes the name of
a model, or None for its default, and returns an object with ``version`` and ``pipe`` (see
`Extractor`). ``rules`` is the default one, of `kg.extraction.pipeline`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from importlib.metadata import entry_points
from itertools import islice
from typing import Protocol

from kg.documents.document import Document
from kg.errors import DocumentError, ExtractionError, KgError, UsageError
from kg.extraction.record import Record
from kg.extraction.version import extractor_version

DEFAULT = "rules"
_GROUP = "kg.extractors"
Reading = tuple[Document, Record | KgError]
"""A document with its record, or with the reason why it has none."""

_BATCH = 32  # documents that are read together


class Extractor(Protocol):
    """What reads documents."""

    @property
    def version(self) -> str:
        """Name and version, which every record carries."""

    def pipe(self, documents: Iterable[Document]) -> Iterator[Record]:
        """Yield the record of each document, in order."""


def names() -> list[str]:
    """Return the names of the extractors that are installed."""
    return sorted({DEFAULT, *(point.name for point in entry_points(group=_GROUP))})


def load(name: str = DEFAULT, model: str | None = None) -> Extractor:
    """Return an extractor by name.

    Raises
    ------
    UsageError
        If no installed package brings an extractor of that name.
    ExtractionError
        If its model is not there, or the extractor cannot be imported.
    """
    if name == DEFAULT:
        from kg.extraction import pipeline  # noqa: PLC0415 - spaCy loads for seconds

        return pipeline.load(model)
    for point in entry_points(group=_GROUP, name=name):
        try:
            make = point.load()
        except ImportError as error:
            raise ExtractionError(
                f"the extractor {name!r} cannot be imported ({error})",
                remedy="install what it needs; for endpoint: pip install 'silkgraph[llm]'",
            ) from None
        extractor: Extractor = make(model)
        return extractor
    raise UsageError(f"no extractor is called {name!r}", remedy=f"one of: {', '.join(names())}")


class Engine:
    """An extractor that is loaded when the first document needs it.

    Parameters
    ----------
    name : str
        One of `names()`.
    model : str, optional
        The model that it reads with, instead of its default.
    processes : int, default 1
        How many processes read at once; the records are the same.

    Raises
    ------
    UsageError
        If there is no such extractor.
    """

    def __init__(self, name: str = DEFAULT, model: str | None = None, processes: int = 1):
        if name not in names():
            load(name)
        self._name = name
        self._model = model
        self._processes = processes
        self._extractor: Extractor | None = None

    @property
    def version(self) -> str:
        """Name and version, which every record carries."""
        if self._name == DEFAULT:
            return extractor_version(self._model)
        return self._loaded().version

    def pipe(self, documents: Iterable[Document]) -> Iterator[Record]:
        """Yield the record of each document, in order."""
        yield from self._loaded().pipe(documents)

    def readings(
        self, documents: Iterable[Document]
    ) -> Iterator[tuple[Document, Record | KgError]]:
        """Yield each document with its record, or with the reason why it has none."""
        found = iter(documents)
        while batch := list(islice(found, _BATCH * self._processes)):
            yield from self._batch(batch)

    def _batch(self, batch: list[Document]) -> Iterator[Reading]:
        try:
            records = list(self.pipe(batch))
        except KgError as error:
            if len(batch) == 1:
                yield batch[0], error
            else:  # one of them: which?
                for document in batch:
                    yield from self._batch([document])
        else:
            yield from zip(batch, records, strict=True)

    def _loaded(self) -> Extractor:
        if self._extractor is None:
            if self._processes > 1:
                from kg.extraction.engines.processes import Processes  # noqa: PLC0415 - as needed

                self._extractor = Processes(self._name, self._model, self._processes)
            else:
                self._extractor = load(self._name, self._model)
        return self._extractor


def sound(
    engine: Engine, found: Iterable[Document | DocumentError], failures: list[KgError]
) -> Iterator[tuple[Document, Record]]:
    """Yield each document with its record, and put aside why others have none."""

    def readable() -> Iterator[Document]:
        for one in found:
            if isinstance(one, DocumentError):
                failures.append(one)
            else:
                yield one

    for document, record in engine.readings(readable()):
        if isinstance(record, KgError):
            where = record.where or document.id
            failures.append(type(record)(record.message, where=where, remedy=record.remedy))
        else:
            yield document, replace(record, extractor=engine.version)
