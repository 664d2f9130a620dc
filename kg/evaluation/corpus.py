"""Texts with gold annotations beside them, and an extractor measured on them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from kg.documents.document import Document
from kg.documents.sources import read
from kg.errors import DocumentError, RecordError
from kg.evaluation.judging import Pairing, judge
from kg.evaluation.report import Report
from kg.evaluation.statements import KINDS, Alignment, found_statements, gold_statements
from kg.extraction.record import Record


class Extractor(Protocol):
    """What evaluation needs of an extractor."""

    def pipe(self, documents: Iterable[Document]) -> Iterator[Record]:
        """Yield a record for each document, in order."""
        ...


@dataclass(frozen=True, slots=True)
class Sample:
    """A text with its gold annotation and what was extracted from it."""

    document: Document
    gold: Record
    found: Record


def evaluate(corpus: str | Path | Iterable[str | Path], extractor: Extractor) -> Report:
    """Extract every text of a folder that has a gold file beside it, and compare.

    Parameters
    ----------
    corpus : str, Path or iterable of these
        One or several folders or texts.
    extractor : Extractor
        What `kg.extraction.pipeline.load` gives, or anything like it.

    Raises
    ------
    DocumentError
        If a folder has no text with a gold file (``NAME.txt`` with ``NAME.gold.json``).
    RecordError
        If a gold file does not hold.
    """
    return measure(samples(corpus, extractor))


def measure(samples: Iterable[Sample]) -> Report:
    """Compare what was extracted from some texts with their gold annotations."""
    report = Report()
    for sample in samples:
        compare(sample.document.id, sample.gold, sample.found, report)
    return report


def samples(corpus: str | Path | Iterable[str | Path], extractor: Extractor) -> list[Sample]:
    """Return every text of some folders with its gold annotation and what is extracted from it."""
    folders = [corpus] if isinstance(corpus, str | Path) else list(corpus)
    pairs = [pair for folder in folders for pair in annotated(Path(folder))]
    records = extractor.pipe(document for document, _ in pairs)
    return [Sample(*pair, record) for pair, record in zip(pairs, records, strict=True)]


def annotated(corpus: Path) -> list[tuple[Document, Record]]:
    """Return the texts of a folder that have a gold annotation, in the order of their ids."""
    pairs = sorted(_pairs(corpus), key=lambda pair: pair[0].id)
    if not pairs:
        raise DocumentError(
            "no text with a gold annotation here",
            where=str(corpus),
            remedy="put NAME.gold.json beside NAME.txt",
        )
    return pairs


def _pairs(corpus: Path) -> Iterator[tuple[Document, Record]]:
    for document in read(corpus):
        if isinstance(document, DocumentError):
            raise document
        folder = corpus if corpus.is_dir() else corpus.parent
        for path in folder.rglob(f"{document.id}.gold.json"):
            yield document, gold_record(path)
            break


def gold_record(path: Path) -> Record:
    """Read a gold annotation; raises `RecordError` naming the file."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise RecordError(f"not JSON ({error})", where=str(path)) from None
    return Record.from_dict(data, where=str(path))


def compare(document: str, gold: Record, found: Record, report: Report) -> None:
    """Add the comparison of one record with its gold to a report."""
    alignment = Alignment.of(gold, found)
    pairing = Pairing(gold, found, alignment)
    theirs, mine = gold_statements(gold), found_statements(gold, found, alignment)
    for kind in KINDS:
        judgements = judge(document, kind, theirs[kind], mine[kind], pairing)
        report.add(kind, theirs[kind], mine[kind], judgements)
