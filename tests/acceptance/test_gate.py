"""What an extractor claims and its quotes do not hold stays out of the graph, and is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.build import build
from kg.documents.document import Document
from kg.extraction.record import Entity, Position, Record
from kg.graph.store import Graph


def test_what_a_quote_does_not_say_is_turned_away_and_told(tmp_path: Path) -> None:
    text = "Anna Berg is Rector of Northern University. It rained all day.\n"
    (tmp_path / "a.txt").write_text(text)
    entities = (
        Entity("e1", "Person", "Anna Berg", (), ((0, 9),)),
        Entity("e2", "University", "Northern University", (), ((23, 42),)),
    )
    claims = (
        Position("e1", "Rector", "e2", (0, 43)),
        Position("e1", "Dean", "e2", (44, 62)),
    )

    class Inventive:
        version = "inventive 1"

        def pipe(self, documents: Iterable[Document]) -> Iterator[Record]:
            for document in documents:
                yield Record(document.id, entities=entities, positions=claims)

    report = build(tmp_path / "a.txt", tmp_path / "graph", extractor=Inventive())
    ((address, reason),) = report.refused
    assert address.endswith("a.txt") or address == "a"
    assert "“Dean” is not in the quote" in reason
    assert report.to_dict()["refused"] == [{"address": address, "reason": reason}]
    with Graph.open(tmp_path / "graph") as graph:
        posts = graph.query("SELECT ?post { ?tenure a coop:Tenure ; coop:verbatim ?post }")
    assert posts["post"].tolist() == ["Rector"]
