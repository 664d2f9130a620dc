"""The card of a university made by hand; the right answers were worked out beforehand.

Lakeside University has a Faculty of Bridges, and the faculty an Office of Piers. Piers signed a
memorandum with the College of Rivers (rolls up by two steps), the faculty plans another (does
not), and Lakeside signed an agreement itself. The Hall of Sands is no part of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kg.analysis.identity import IdentityCard, card
from kg.build import build
from kg.documents.document import Document
from kg.errors import UsageError
from kg.extraction.record import Agreement, Entity, Event, Link, Position, Record
from kg.graph.store import Graph

NAMES = {
    "lake": ("University", "Lakeside University"),
    "bridges": ("OrganizationalUnit", "Faculty of Bridges"),
    "piers": ("OrganizationalUnit", "Office of Piers"),
    "rivers": ("University", "College of Rivers"),
    "sands": ("University", "Sands Academy"),
    "lin": ("Person", "Lin Yue"),
}
TEXT = f"{', '.join(name for _, name in NAMES.values())}, Rector <b>of</b> all, signed and met."
ALL = (0, len(TEXT))


def record(published: str | None) -> Record:
    entities = tuple(
        Entity(id, kind, name, (), ((TEXT.index(name), TEXT.index(name) + len(name)),))
        for id, (kind, name) in NAMES.items()
    )
    return Record(
        "one",
        published=published,
        entities=entities,
        positions=(Position("lin", "Rector", "lake", ALL, 0.9),),
        events=(Event("v", "Forum", "Forum of All", None, (), (), ("lake", "sands"), None, ALL),),
        agreements=(
            Agreement("a", "Memorandum", ("piers", "rivers"), None, "signed", evidence=ALL),
            Agreement("b", "Agreement", ("lake", "rivers"), None, "signed", evidence=ALL),
            Agreement("c", "Agreement", ("bridges", "rivers"), None, "planned", evidence=ALL),
        ),
        part_of=(Link("bridges", "lake", ALL, 0.9), Link("piers", "bridges", ALL, 0.9)),
    )


class ByHand:
    version = "by hand 1"

    def pipe(self, documents: Iterable[Document]) -> Iterator[Record]:
        for document in documents:
            yield replace(record(document.published), id=document.id)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> IdentityCard:
    folder = tmp_path_factory.mktemp("card")
    (folder / "one.txt").write_text(f"---\npublished: 2024-05-02\n---\n\n{TEXT}\n")
    report = build(folder, folder / "graph", extractor=ByHand())
    assert report.refused == ()
    return card(Graph.open(folder / "graph"), "Lakeside University")


def test_what_parts_did_counts_for_the_whole_and_is_marked(found: IdentityCard) -> None:
    papers = [(row["what"], row["through"]) for row in found.of("agreement")]
    assert papers == [
        ("Agreement between Lakeside University and College of Rivers", ""),
        ("Memorandum between Office of Piers and College of Rivers", "Office of Piers"),
    ]
    assert all(row["quote"] for row in found.facts.to_dict("records"))


def test_the_head_is_told_with_the_day_of_the_sighting(found: IdentityCard) -> None:
    ((post, who, day),) = [(r["what"], r["detail"], r["date"]) for r in found.of("head")]
    assert (post, who, day) == ("Rector", "Lin Yue", "2024-05-02")


def test_a_hall_makes_no_partner(found: IdentityCard) -> None:
    assert [row["what"] for row in found.of("event")] == ["Forum of All"]
    assert "Sands" not in "".join(row["what"] + row["detail"] for row in found.of("agreement"))
    assert "no partner" in found.markdown()


def test_kin_and_what_is_uncertain(found: IdentityCard) -> None:
    assert [row["what"] for row in found.of("parts")] == ["Faculty of Bridges"]
    assert "The authority file does not know it." in found.uncertain


def test_words_of_the_news_stay_words(found: IdentityCard) -> None:
    assert "<b>" not in found._repr_html_()
    assert "<b>" not in found.markdown()
    assert json.loads(json.dumps(found.to_dict()))["label"] == "Lakeside University"


def test_the_corpus_gives_names_in_four_languages(corpus_graph: Path) -> None:
    graph = Graph.open(corpus_graph)
    one = card(graph, "Satbayev University")
    assert {"kk", "ru", "zh", "en"} <= set(one.names)
    assert one.former == ("Kazakh National Technical University",)
    assert "https://ror.org/020cpsb96" in one.identifiers
    assert one.of("head")[0]["detail"] == "Meiram Begentayev"
    with pytest.raises(UsageError, match="institutions are called so"):
        card(graph, "university")
