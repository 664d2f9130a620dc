"""From sources to a graph: read what is new, resolve everything, write what differs.

The graph itself says what was read and by which extractor; nothing else keeps account. Each
step can be cut off anywhere and is taken up by the next build:

1. A document that is new or has changed is read, and its text and what of its record passes
   the gate go into its named graph in one transaction.
2. The records of all documents are resolved together, so that the order in which documents
   arrived makes no difference. Each document has an assignment, a hash of its record and of
   the identities of what it names; a graph with another assignment is written anew.
3. Places, inferred countries and ties are made anew and marked with a hash of all assignments.
   Where that mark is missing or differs, steps 2 and 3 are due.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from itertools import chain, islice
from pathlib import Path
from types import ModuleType
from typing import Any, Protocol

from kg.documents.document import Document
from kg.documents.sources import Options, Reader, is_address, listing_of, read
from kg.errors import DocumentError, KgError
from kg.extraction.gate import admitted
from kg.extraction.record import Record
from kg.extraction.version import extractor_version
from kg.graph.folder import MARKER, PAGES, Folder
from kg.graph.holdings import Holdings
from kg.graph.literals import legal
from kg.graph.overview import totals
from kg.graph.reservation import PATIENCE, WAITING
from kg.graph.shelf import Shelf
from kg.graph.store import Graph
from kg.graph.withdrawals import Withdrawals
from kg.resolution.forgetting import without_people

Progress = Callable[[str, int, int], None]
"""Called with the step (``reading``, ``writing``), how much is done, and of how much.

While the graph cannot be had yet, the step is ``waiting`` (`kg.graph.reservation`), in seconds.
"""

_AND_SO = " — "  # between what happened and what to do about it
_BATCH = 16  # documents that an interruption may cost


class Extractor(Protocol):
    """What a build needs of an extractor; `kg.extraction.pipeline.load` gives one."""

    @property
    def version(self) -> str:
        """Name and version, which every record carries."""

    def pipe(self, documents: Iterable[Document]) -> Iterator[Record]:
        """Yield the record of each document, in order."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did, and what the graph holds at its end.

    Parameters
    ----------
    read : int
        Documents that were extracted for the first time.
    unchanged : int
        Documents that the graph already held.
    replaced : int
        Documents that were extracted anew, for their text, what is said of them, or the
        extractor has changed.
    duplicates : tuple of (address, reason)
        Documents that another one of the same sources repeats word for word.
    failed : tuple of (address, reason)
        Documents that could not be read.
    entities, statements, ties, partnerships : int
        What the graph holds; partnerships are the ties that rest on a paper or a joint facility.
    seconds : float
        How long it took.
    withdrawn : int
        Documents that were passed over, for they were withdrawn.
    refused : tuple of (address, reason)
        Statements that were turned away at the gate (`kg.extraction.gate`), for their quote does
        not hold them.
    """

    read: int = 0
    unchanged: int = 0
    replaced: int = 0
    duplicates: tuple[tuple[str, str], ...] = ()
    failed: tuple[tuple[str, str], ...] = ()
    entities: int = 0
    statements: int = 0
    ties: int = 0
    partnerships: int = 0
    seconds: float = 0.0
    withdrawn: int = 0
    refused: tuple[tuple[str, str], ...] = ()

    @property
    def seen(self) -> int:
        """How many documents the sources gave, read or not."""
        told = len(self.duplicates) + len(self.failed) + self.withdrawn
        return self.read + self.unchanged + self.replaced + told

    @property
    def failures(self) -> float:
        """Share of the documents that could not be read, from 0 to 1."""
        return len(self.failed) / self.seen if self.seen else 0.0

    def to_dict(self) -> dict[str, Any]:
        """Return the report as JSON-ready values."""
        reasons = {
            name: [
                {"address": address, "reason": reason} for address, reason in getattr(self, name)
            ]
            for name in ("duplicates", "failed", "refused")
        }
        rate = self.seen / self.seconds if self.seconds else 0.0
        return asdict(self) | reasons | {"documents_a_second": round(rate, 2)}


def build(  # noqa: PLR0913 - what a build can be told
    sources: str | Path | Iterable[str | Path],
    graph_path: str | Path = "graph",
    *,
    model: str | None = None,
    extractor: Extractor | None = None,
    base: str | None = None,
    options: Options | None = None,
    progress: Progress | None = None,
) -> BuildReport:
    """Read sources into the graph in a folder, which is made where there is none.

    Parameters
    ----------
    sources : str, Path or iterable of these
        Files, folders, addresses, or ``-`` for standard input; none at all bring an
        interrupted graph to its end.
    graph_path : str or Path
        The graph's folder.
    model : str, optional
        An installed spaCy pipeline to read with, instead of the default one.
    extractor : Extractor, optional
        Another extractor altogether.
    base : str, optional
        Address under which a new graph's nodes stand.
    options : Options, optional
        How sources are read: columns of tables, manners towards servers. What is fetched is
        kept in the graph's folder unless they name another place.
    progress : callable, optional
        Told of each step.

    Returns
    -------
    BuildReport
        What was done. A document that cannot be read is told there and stops nothing.

    Raises
    ------
    DocumentError
        If a source does not exist, or nothing in the sources can be read.
    GraphError
        If the folder is no graph, another build writes to it, or another process changes it for
        longer than a build waits.
    ExtractionError
        If the language pipeline is missing.
    """
    begun = time.monotonic()
    chosen = [sources] if isinstance(sources, str | Path) else list(sources)
    run = Run(progress or silent, _count(chosen))
    with Reader(_kept_in(Path(graph_path), base, chosen, options)) as sources_reader:
        found = chain.from_iterable([read(source, sources_reader) for source in chosen])
        documents = run.readable(found)
        first = list(islice(documents, 1))  # before a folder is made for nothing
        if run.failed and not first:
            raise nothing_read(run.failed)
        reader = _Reader(model, extractor)

        def take(held: Holdings) -> None:
            sources_reader.keep(Path(graph_path) / PAGES)  # now that the folder is a graph's
            run.read(chain(first, documents), held, reader)

        return written(run, graph_path, base, begun, take)


def written(
    run: Run,
    graph_path: str | Path,
    base: str | None,
    begun: float,
    take: Callable[[Holdings], None],
) -> BuildReport:
    """Open the graph, let a run take its documents in, and write what follows from them.

    Parameters
    ----------
    run : Run
        The run, which `take` adds to.
    graph_path, base : str or Path, str
        The graph's folder, and the address under which a new graph's nodes stand.
    begun : float
        When the run began, on the monotonic clock.
    take : callable
        Takes in what comes, given what the graph holds.
    """
    with Graph.open(graph_path, create=True, base=base, waiting=run.waits) as graph:
        held = Holdings(graph)
        run.withdrawals = Withdrawals(graph)
        run.finish_withdrawing(held)
        take(held)
        if run.changed or not held.settled:
            from kg.graph.settling import settle  # noqa: PLC0415 - loads what a rebuild in vain need not

            run.failed += settle(held, run.progress)
        held_now = totals(graph)
    return BuildReport(
        run.new,
        run.unchanged,
        run.replaced,
        tuple(run.duplicates),
        tuple(run.failed),
        *held_now,
        time.monotonic() - begun,
        run.withdrawn,
        tuple(run.refused),
    )


class _Reader:
    """An extractor that is loaded when the first document needs it."""

    def __init__(self, model: str | None, extractor: Extractor | None):
        self._model = model
        self._extractor = extractor
        self.version = extractor.version if extractor else extractor_version(model)

    def records(self, batch: list[Document]) -> Iterator[tuple[Document, Record | str]]:
        """Yield each document with its record, or with the reason why it has none."""
        if self._extractor is None:
            from kg.extraction import pipeline  # noqa: PLC0415 - spaCy loads for seconds

            self._extractor = pipeline.load(self._model)
        try:
            found = list(self._extractor.pipe(batch))
            pairs = list(zip(batch, map(self._checked, batch, found), strict=True))
        except Exception as error:
            if len(batch) == 1:
                yield batch[0], _reason(error)
            else:  # one of them: which?
                for document in batch:
                    yield from self.records([document])
        else:
            yield from pairs

    def _checked(self, document: Document, record: Record) -> Record:
        record.check(document.text, where=document.id)
        return replace(record, extractor=self.version)


@dataclass(slots=True)
class Run:
    """One build: what has come, and what became of it."""

    progress: Progress
    total: int
    done: int = 0
    new: int = 0
    unchanged: int = 0
    replaced: int = 0
    withdrawn: int = 0
    withdrawals: Withdrawals | None = None
    failed: list[tuple[str, str]] = field(default_factory=list)
    duplicates: list[tuple[str, str]] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    hashes: Shelf[str] = field(default_factory=Shelf)

    @property
    def changed(self) -> bool:
        """Whether the graph's documents are others than before."""
        return bool(self.new or self.replaced)

    def waits(self, seconds: float) -> None:
        """Tell for how long the graph could not be had."""
        self.progress(WAITING, int(seconds), int(PATIENCE))

    def readable(self, found: Iterable[Document | DocumentError]) -> Iterator[Document]:
        """Yield the documents that could be read and are no duplicates; note the others."""
        for one in found:
            if isinstance(one, DocumentError):
                self.miss(one)
            elif (document := self.told_apart(one)) is not None:
                yield document

    def miss(self, error: KgError) -> None:
        """Note what could not be read."""
        remedy = f"{_AND_SO}{error.remedy}" if error.remedy else ""
        self._fail(error.where or "", f"{error.message}{remedy}")

    def read(self, documents: Iterable[Document], held: Holdings, reader: _Reader) -> None:
        """Extract what is new or has changed."""
        batch: list[Document] = []
        for document in documents:
            if self.passes_over(document, reader.version, held):
                continue
            batch.append(document)
            if len(batch) == _BATCH:
                self._extract(batch, held, reader)
                batch = []
        if batch:
            self._extract(batch, held, reader)

    def passes_over(self, document: Document, version: str, held: Holdings) -> bool:
        """Whether a document needs no reading: it was withdrawn, or is held as it is."""
        if self.withdrawals is not None and self.withdrawals.withdrawn(document):
            self.withdrawn += 1
        elif held.holds(document, version):
            self.unchanged += 1
        else:
            return False
        self._step()
        return True

    def hold(self, document: Document, record: Record, held: Holdings) -> None:
        """Put what may be kept of a document and its record into the graph."""
        if held.put(*self._passed(*self._kept(document, record)), datetime.now(UTC)):
            self.replaced += 1
        else:
            self.new += 1
        self._step()

    def finish_withdrawing(self, held: Holdings) -> None:
        """Drop what a withdrawal that was cut off has left."""
        if not self.withdrawals:
            return
        for key in list(held.held):
            if self.withdrawals.withdrawn(held.held[key].document):
                held.graph.drop(key)
                del held.held[key]

    def _extract(self, batch: list[Document], held: Holdings, reader: _Reader) -> None:
        for document, record in reader.records(batch):
            if isinstance(record, str):
                self._fail(document.address, record)
            else:
                self.hold(document, record, held)

    def _kept(self, document: Document, record: Record) -> tuple[Document, Record]:
        """Return what may be kept: without people who are to be forgotten."""
        if not self.withdrawals:
            return document, record
        return without_people(document, record, self.withdrawals.forgotten)

    def _passed(self, document: Document, record: Record) -> tuple[Document, Record]:
        """Return what passes the gate, and note what does not."""
        kept, refused = admitted(document.text, record)
        self.refused += [(document.address, str(one)) for one in refused]
        return document, kept

    def told_apart(self, found: Document) -> Document | None:
        """Return a document with an address of its own; None if it is another's double."""
        document = _legal(found)
        address, number = document.address, 1
        while (known := self.hashes.get(address)) is not None:
            if known == document.text_hash:
                self.duplicates.append((document.address, f"{document.id} repeats another report"))
                self._step()
                return None
            suffix = f"-{number}" if number > 1 else ""
            address = f"{document.address}#{document.id}{suffix}"
            number += 1
        self.hashes[address] = document.text_hash
        return replace(document, address=address)

    def _fail(self, address: str, reason: str) -> None:
        self.failed.append((address, reason))
        self._step()

    def _step(self) -> None:
        self.done += 1
        self.progress("reading", self.done, max(self.total, self.done))


def _legal(document: Document) -> Document:
    """Return a document as every export can carry it, so that all hashes are of one text."""

    def clean(text: str | None) -> str | None:
        return None if text is None else legal(text)

    return replace(
        document,
        id=legal(document.id),
        text=legal(document.text),
        address=legal(document.address or document.source or document.id),
        source=clean(document.source),
        title=clean(document.title),
        published=clean(document.published),
    )


def _kept_in(
    path: Path, base: str | None, sources: list[str | Path], options: Options | None
) -> Options:
    """Return the options with a place for what is fetched: the graph's folder."""
    options = options or Options()
    if any(map(is_address, sources)):
        Folder.make(path, base)
    if options.cache is None and (path / MARKER).exists():
        return replace(options, cache=path / PAGES)
    return options


def _count(sources: Iterable[str | Path]) -> int:
    """Return how many documents sources will give, for the progress bar."""
    return sum(
        len(listing_of(Path(source)).files)
        if not is_address(source) and Path(source).is_dir()
        else 1
        for source in sources
    )


def nothing_read(failed: list[tuple[str, str]]) -> DocumentError:
    """Return the error of a run that could read nothing."""
    address, told = failed[0]
    reason, _, remedy = told.partition(_AND_SO)
    if len(failed) > 1:
        reason = f"none of the {len(failed)} documents can be read; of the first: {reason}"
    return DocumentError(reason, where=address, remedy=remedy or None)


def _reason(error: Exception) -> str:
    return str(error) if isinstance(error, KgError) else f"{type(error).__name__}: {error}"


def silent(step: str, done: int, total: int) -> None:
    """Tell nobody of a step."""


class _Callable(ModuleType):
    """``kg.build`` is this module and also, in the public face, what it does."""

    __call__ = staticmethod(build)


sys.modules[__name__].__class__ = _Callable
