"""A post told by three reports, two of which print one release: worked out beforehand.

The release says it with 0.9 and 0.8, the report of its own with 0.5, so the belief is
1 - (1 - 0.9)(1 - 0.5) = 0.95. The report of its own says "the university".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest

from kg.build import build
from kg.documents.document import Document
from kg.errors import UsageError
from kg.extraction.record import Entity, Position, Record
from kg.graph.explaining import explain, facts
from kg.graph.store import Graph

RELEASE = (
    "Anna Berg, Rector of Northern University, spoke on Monday of the exchange of students, of a "
    "shared library, of summer schools by the sea and of the ferries that join the two towns."
)
TEXTS = {
    "a": f"{RELEASE}\n",
    "b": f"{RELEASE} Photo: agency.\n",
    "c": "Northern University was founded in 1900. The university’s Rector Anna Berg came.\n",
}
SURE = {"a": 0.9, "b": 0.8, "c": 0.5}


class ByHand:
    version = "by hand 1"

    def pipe(self, documents: Iterable[Document]) -> Iterator[Record]:
        for document in documents:
            names = {"e1": ("Person", "Anna Berg"), "e2": ("University", "Northern University")}
            entities = tuple(
                Entity(id, type, name, (), ((at := document.text.index(name), at + len(name)),))
                for id, (type, name) in names.items()
            )
            start = document.text.find("The university")
            span = (max(start, 0), len(document.text.rstrip()))
            post = Position("e1", "Rector", "e2", span, SURE[document.id])
            yield Record(document.id, entities=entities, positions=(post,))


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    folder = tmp_path_factory.mktemp("explained")
    for name, text in TEXTS.items():
        (folder / f"{name}.txt").write_text(text)
    build(folder, folder / "graph", extractor=ByHand())
    return Graph.open(folder / "graph")


def test_the_belief_is_reckoned_from_independent_reports(graph: Graph) -> None:
    ((fact, what),) = facts(graph, "berg rector")
    told = explain(graph, fact)
    assert what == told.what == "Anna Berg, Rector of Northern University"
    assert told.belief == pytest.approx(0.95)
    assert told.reckoning == "1 - (1 - 0.5) · (1 - 0.9)"
    assert {one.report: one.counts for one in told.support} == {"a": True, "b": False, "c": True}
    assert {one.extractor for one in told.support} == {"by hand 1"}


def test_the_words_that_hold_the_fact_are_marked(graph: Graph) -> None:
    ((fact, _),) = facts(graph, "berg rector")
    support = {one.report: one for one in explain(graph, fact).support}
    assert support["a"].marked.startswith("[Anna Berg], [Rector] of [Northern University], spoke")
    assert support["a"].stands_for == ()
    assert support["c"].marked == "[The university]’s [Rector] [Anna Berg] came."
    assert support["c"].stands_for == (
        "“The university” stands for Northern University, named at 0 as “Northern University”",
    )


def test_what_no_sentence_supports_is_not_explained(graph: Graph) -> None:
    for address in (f"{graph.base}id/tenure-0", "http://e/> ?p ?o } #"):
        with pytest.raises(UsageError, match="no sentence supports such a fact"):
            explain(graph, address)
