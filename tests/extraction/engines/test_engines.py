"""Extractors by name, and several processes that say what one says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from kg.documents.document import Document
from kg.documents.sources import read
from kg.errors import ExtractionError, KgError, UsageError
from kg.extraction import engines
from kg.extraction.engines import Engine
from kg.extraction.engines.processes import Processes
from kg.extraction.pipeline import load
from kg.extraction.record import Record
from kg.extraction.version import extractor_version

CORPUS = Path(__file__).parents[3] / "corpus"


class Picky:
    """An extractor that does not like some documents."""

    version = "picky 1"

    def __init__(self, model: str | None):
        self.model = model

    def pipe(self, documents: Iterable[Document]) -> Iterator[Record]:
        for document in documents:
            if document.text == "bad":
                raise ExtractionError("not this one", where=document.id)
            yield Record(document.id, extractor=f"{self.version} {self.model}")


@pytest.fixture
def picky(monkeypatch: pytest.MonkeyPatch) -> None:
    points = [
        EntryPoint("picky", f"{__name__}:Picky", "kg.extractors"),
        EntryPoint("gone", "no_such_package_xyz:load", "kg.extractors"),
    ]

    def installed(group: str, name: str | None = None) -> list[EntryPoint]:
        assert group == "kg.extractors"
        return [point for point in points if name in (None, point.name)]

    monkeypatch.setattr(engines, "entry_points", installed)


def test_the_default_is_the_rules() -> None:
    assert engines.load() is load()
    assert Engine().version == extractor_version()
    assert {"rules", "endpoint"} <= set(engines.names())


@pytest.mark.usefixtures("picky")
def test_another_is_found_by_its_entry_point() -> None:
    engine = Engine("picky", "large")
    assert engine.version == "picky 1"
    assert [record.extractor for record in engine.pipe([Document("a", "")])] == ["picky 1 large"]


@pytest.mark.usefixtures("picky")
def test_an_unknown_one_is_told_with_those_that_are() -> None:
    with pytest.raises(UsageError, match="no extractor is called 'magic' — one of: gone, picky"):
        Engine("magic")


@pytest.mark.usefixtures("picky")
def test_one_that_cannot_be_imported_is_told() -> None:
    with pytest.raises(ExtractionError, match="'gone' cannot be imported"):
        engines.load("gone")


@pytest.mark.usefixtures("picky")
def test_a_document_that_cannot_be_read_stops_no_other() -> None:
    texts = ["good", "bad", "good", "bad"] + ["good"] * 40
    documents = [Document(f"d{number}", text) for number, text in enumerate(texts)]
    found = list(Engine("picky").readings(documents))
    assert [document.id for document, _ in found] == [document.id for document in documents]
    errors = [document.id for document, one in found if isinstance(one, KgError)]
    assert errors == ["d1", "d3"]


def test_several_processes_say_what_one_says_in_the_same_order() -> None:
    documents = [one for one in read(CORPUS) if isinstance(one, Document)][:12]
    several = Processes("rules", None, 2)
    assert several.version == extractor_version()
    found = list(several.pipe(iter(documents)))
    assert found == list(load().pipe(documents))
    # An error of a process comes back as it is, and the processes go on.
    long = Document("long", "word " * 1_100_000)
    with pytest.raises(ExtractionError, match="split it into its reports") as caught:
        list(several.pipe([*documents[:2], long]))
    assert caught.value.where == "long"
    assert list(several.pipe(documents[:1])) == found[:1]
    several.close()


def test_batches_say_what_single_documents_say() -> None:
    documents = [one for one in read(CORPUS) if isinstance(one, Document)][:16]
    extractor = load()
    assert list(extractor.pipe(documents)) == [extractor.read(one) for one in documents]


def test_a_process_that_is_ended_is_told() -> None:
    several = Processes("rules", None, 1)
    pool = several._open()
    list(several.pipe([Document("a", "Oslo.")]))
    for process in list(pool._processes.values()):
        process.kill()
    with pytest.raises(ExtractionError, match="fewer --processes"):
        list(several.pipe([Document("a", "Oslo.")] * 3))
    assert [r.id for r in several.pipe([Document("b", "Oslo.")])] == ["b"]  # others take its place
    several.close()
