"""Sitting in one hall is no partnership: in no table, measure, map or export.

The graph is made by hand: one forum of five universities of two countries, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest

from kg import maps
from kg.analysis.facts import Facts
from kg.analysis.identity import card
from kg.analysis.introductions import halls, introductions
from kg.analysis.projections import PROJECTIONS, project
from kg.build import build
from kg.documents.document import Document
from kg.extraction.record import Entity, Event, Link, Record
from kg.graph.store import Graph
from kg.maps.brief.findings import findings
from kg.queries.catalogue import ask

NAMES = (
    "Steppe University",
    "Lakeside University",
    "Rivers College",
    "Sands Academy",
    "Kazakhstan",
    "China",
)
TEXT = f"The Forum of All brought together {', '.join(NAMES)}."
ALL = (0, len(TEXT))
_CALLED = 'SELECT ?o { ?o rdfs:label ?n FILTER(STR(?n) = "%s") }'


class ByHand:
    version = "by hand 1"

    def pipe(self, documents: Iterable[Document]) -> Iterator[Record]:
        for document in documents:
            entities = tuple(
                Entity(
                    f"e{at}",
                    "Place" if name in ("Kazakhstan", "China") else "University",
                    name,
                    (),
                    ((TEXT.index(name), TEXT.index(name) + len(name)),),
                )
                for at, name in enumerate(NAMES)
            )
            who = ("e0", "e1", "e2", "e3")
            forum = Event("v", "Forum", "Forum of All", "2024-05-01", (), (), who, None, ALL)
            seat = (Link("e0", "e4", ALL), Link("e1", "e5", ALL))
            yield Record(
                document.id, published=document.published, entities=entities, events=(forum,),
                located_in=seat,
            )  # fmt: skip


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    folder = tmp_path_factory.mktemp("crowd")
    (folder / "one.txt").write_text(f"---\npublished: 2024-05-02\n---\n\n{TEXT}\n")
    assert build(folder, folder / "graph", extractor=ByHand()).refused == ()
    return Graph.open(folder / "graph")


def test_the_graph_calls_nobody_a_partner(graph: Graph) -> None:
    assert graph.query("SELECT * { ?one coop:cooperatesWith ?other }").empty
    kinds = graph.query("SELECT DISTINCT ?kind { ?tie coop:tieKind ?kind }")["kind"]
    assert set(kinds) == {"event"}


@pytest.mark.parametrize("projection", PROJECTIONS)
def test_every_projection_tells_a_crowd_by_its_kind(graph: Graph, projection: str) -> None:
    for *_, data in project(Facts.of(graph), projection).edges(data=True):
        assert data["kinds"] == ["event"]
    for ties in ("agreements", "facilities"):
        assert project(Facts.of(graph), projection, ties=ties).number_of_edges() == 0


@pytest.mark.parametrize("network", ["organizations", "people", "affiliations"])
def test_a_map_draws_no_crowd_as_a_lasting_tie(graph: Graph, network: str) -> None:
    drawn = maps.described(graph.network(network), graph)
    assert {tuple(data["kinds"]) for *_, data in drawn.edges(data=True)} <= {("event",)}
    assert not any(edge["lasting"] for edge in maps.contents.gather(drawn).edges)


def test_answers_name_the_event(graph: Graph) -> None:
    table = ask(graph, "partners", organization="Steppe University")
    assert set(table["kind"]) == {"event"}
    assert ask(graph, "agreements").empty
    assert ask(graph, "facilities").empty


def test_a_briefing_finds_no_partner_in_a_crowd(graph: Graph) -> None:
    told = findings(maps.described(graph.network(), graph))
    for one in told:
        if one.title in ("Strongest partners", "Who bridges the two countries"):
            assert not any("Steppe" in sentence.text for sentence in one.sentences), one


def test_a_crowd_introduces_nobody(graph: Graph) -> None:
    ends = [next(graph.rows(_CALLED % name))[0] for name in NAMES[:2]]
    assert introductions(Facts.of(graph), *ends, crowds=halls(graph)).empty


def test_a_card_tells_a_crowd_as_attendance(graph: Graph) -> None:
    found = card(graph, "Steppe University")
    assert set(found.facts["section"]) == {"event"}
