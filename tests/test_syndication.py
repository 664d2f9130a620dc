"""Ten copies of one release are one witness, wherever witnesses are counted.

Two graphs are made by hand: in one a release stands once, in the other ten sites print it; the
same two further reports stand in both. Every table, measure and picture has to be the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import networkx as nx
import pandas as pd
import pytest

from kg import maps
from kg.analysis.catalogue import analyze, catalogue
from kg.analysis.facts import Facts
from kg.analysis.identity import card
from kg.analysis.introductions import introductions
from kg.analysis.openings import areas, openings, twins
from kg.analysis.projections import PROJECTIONS, project
from kg.analysis.radar import radar
from kg.build import build
from kg.documents.document import Document
from kg.extraction.record import Agreement, Entity, Event, Facility, Link, Position, Record
from kg.graph.explaining import explain
from kg.graph.sightings import sightings
from kg.graph.store import Graph
from kg.maps.brief.findings import findings
from kg.queries.catalogue import ask, questions

NAMES = {
    "steppe": ("University", "Steppe University"),
    "lake": ("University", "Lakeside University"),
    "rivers": ("University", "Rivers College"),
    "sands": ("University", "Sands Academy"),
    "kz": ("Place", "Kazakhstan"),
    "cn": ("Place", "China"),
    "lin": ("Person", "Lin Yue"),
    "hall": ("JointFacility", "Laboratory of Winds"),
    "bridges": ("OrganizationalUnit", "Faculty of Bridges"),
}
TEXT = f"Told of are {', '.join(name for _, name in NAMES.values())}, Rector."
ALL = (0, len(TEXT))
RELEASE = " ".join(f"The release says in its sentence {n} a thing of its own." for n in range(12))
OTHERS = {
    "met": "On another day another paper wrote of quite other things, and of a visit.",
    "kept": "A third one, which nobody prints again, looks back on the year that was.",
}


SLOW = {"rich-club"}
"""It shuffles networks for seconds, of which `test_projections` shows that they are the same."""


class ByHand:
    """Tells of each report what its name says."""

    version = "by hand 1"

    def pipe(self, documents: Iterable[Document]) -> Iterator[Record]:
        for document in documents:
            spans = {id: TEXT.index(name) for id, (_, name) in NAMES.items()}
            entities = tuple(
                Entity(id, kind, name, (), ((spans[id], spans[id] + len(name)),))
                for id, (kind, name) in NAMES.items()
            )
            seats = (Link("steppe", "kz", ALL, 0.8), Link("rivers", "kz", ALL, 0.8),
                     Link("lake", "cn", ALL, 0.8), Link("sands", "cn", ALL, 0.8))  # fmt: skip
            record = Record(document.id, published=document.published, entities=entities)
            kind = document.id.split("-")[0]
            yield _said(record, kind, seats)


def _said(record: Record, kind: str, seats: tuple[Link, ...]) -> Record:
    if kind == "met":
        visit = Event("w", "Visit", "Visit of Sands", "2024-03-05", (), (), ("rivers", "sands"),
                      None, ALL, 0.7)  # fmt: skip
        return replace(record, events=(visit,), located_in=seats)
    if kind == "kept":
        paper = Agreement("b", "Agreement", ("rivers", "lake"), "2021-02-01", evidence=ALL)
        return replace(record, agreements=(paper,))
    return replace(
        record,
        positions=(Position("lin", "Rector", "lake", ALL, 0.6),),
        events=(
            Event("v", "Meeting", "Meeting of Two", "2024-05-01", (), ("steppe",),
                  ("lake", "lin"), None, ALL, 0.6),
            Event("u", "Seminar", "Seminar on Water", None, (), (), ("steppe", "sands"),
                  None, ALL, 0.6),
            Event("t", "Meeting", None, None, (), (), ("steppe", "rivers"), None, ALL, 0.6),
        ),
        agreements=(
            Agreement("a", "Memorandum", ("steppe", "lake"), "2024-05-01", "signed",
                      "language teaching", ALL, 0.6),
            Agreement("c", "Agreement", ("bridges", "lake"), None, "planned", None, ALL, 0.6),
        ),
        facilities=(Facility("hall", ("steppe", "lake"), None, ALL, 0.6),),
        part_of=(Link("bridges", "steppe", ALL, 0.6),),
        located_in=seats,
    )  # fmt: skip


def made(folder: Path, copies: int) -> Graph:
    texts = {f"copy-{number}": RELEASE for number in range(copies)} | OTHERS
    for name, text in texts.items():
        source = f"https://{name}.example.org/"
        head = f"---\npublished: 2024-05-02\ntitle: {name}\nsource: {source}\n---\n\n"
        (folder / f"{name}.txt").write_text(f"{head}{TEXT} {text}\n")
    report = build(folder, folder / "graph", extractor=ByHand())
    assert (report.read, report.refused) == (len(texts), ())
    return Graph.open(folder / "graph")


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Graph, Graph]:
    return tuple(made(tmp_path_factory.mktemp(f"of{n}"), n) for n in (1, 10))  # type: ignore[return-value]


@cache
def _facts(graph: Graph) -> Facts:
    return Facts.of(graph)


def plain(table: pd.DataFrame) -> list[tuple[Any, ...]]:
    """Return rows without what names one of several copies: what nothing dates is named by one."""
    cells = table.drop(columns=["quote", "report", "source", "link", "fact"], errors="ignore")
    rows = {
        tuple(f"{cell:.6f}" if isinstance(cell, float) else str(cell) for cell in row)
        for row in cells.itertuples(index=False, name=None)
    }
    return sorted(rows, key=str)


def weighed(network: nx.Graph) -> dict[frozenset[str], tuple[object, ...]]:
    return {
        frozenset(network.nodes[end]["label"] for end in (one, other)): (
            round(data["weight"], 6),
            data["reports"],
            tuple(data["kinds"]),
        )
        for one, other, data in network.edges(data=True)
    }


def test_the_copies_are_known_as_one_release(both: tuple[Graph, Graph]) -> None:
    sizes = [
        len(graph.query("SELECT ?one { ?r a coop:Reprints ; prov:hadMember ?one }"))
        for graph in both
    ]
    assert sizes == [0, 10]


@pytest.mark.parametrize("projection", PROJECTIONS)
def test_projections(both: tuple[Graph, Graph], projection: str) -> None:
    once, ten = (weighed(project(_facts(graph), projection)) for graph in both)
    assert once == ten
    assert once or projection in ("people", "regions")


@pytest.mark.parametrize("kind", ["organizations", "people", "affiliations"])
def test_networks_and_maps(both: tuple[Graph, Graph], kind: str) -> None:
    once, ten = (maps.described(graph.network(kind), graph) for graph in both)
    assert weighed(once) == weighed(ten)
    seen = [maps.contents.gather(network) for network in (once, ten)]
    assert seen[0].reports == seen[1].reports
    assert [e["reports"] for e in seen[0].edges] == [e["reports"] for e in seen[1].edges]


def test_the_map_of_events(both: tuple[Graph, Graph]) -> None:
    once, ten = (maps.gatherings(graph) for graph in both)
    assert weighed(once) == weighed(ten)
    assert maps.contents.gather(once).reports == maps.contents.gather(ten).reports


def test_the_briefing(both: tuple[Graph, Graph]) -> None:
    once, ten = (
        [
            (one.title, [sentence.text for sentence in one.sentences])
            for one in findings(maps.described(graph.network(), graph))
        ]
        for graph in both
    )
    assert once == ten


def test_the_radar(both: tuple[Graph, Graph]) -> None:
    once, ten = (plain(radar(_facts(graph), sightings(graph), date(2024, 1, 1))) for graph in both)
    assert once == ten != []


def test_introductions(both: tuple[Graph, Graph]) -> None:
    once, ten = (plain(_introduced(graph)) for graph in both)
    assert once == ten != []


def _introduced(graph: Graph) -> pd.DataFrame:
    return introductions(_facts(graph), _iri(graph, "Steppe"), _iri(graph, "Rivers"))


def _iri(graph: Graph, begin: str) -> str:
    query = f"SELECT ?o {{ ?o a coop:University ; rdfs:label ?n FILTER(STRSTARTS(?n, '{begin}')) }}"
    return str(next(graph.rows(query))[0])


def test_prospects(both: tuple[Graph, Graph]) -> None:
    once, ten = (
        plain(openings(_facts(graph), _iri(graph, "Steppe"), areas(graph), joined=twins(graph)))
        for graph in both
    )
    assert once == ten


def test_cards(both: tuple[Graph, Graph]) -> None:
    once, ten = (plain(card(graph, "Steppe University").facts) for graph in both)
    assert once == ten != []


@pytest.mark.parametrize("name", sorted(set(catalogue()["measure"]) - SLOW))
def test_analyses(both: tuple[Graph, Graph], name: str) -> None:
    once, ten = (plain(analyze(_facts(graph), name)) for graph in both)
    assert once == ten


def test_beliefs(both: tuple[Graph, Graph]) -> None:
    query = "SELECT ?fact { ?fact a coop:Agreement ; coop:theme ?t }"
    once, ten = (explain(graph, str(next(graph.rows(query))[0])).belief for graph in both)
    assert once == pytest.approx(ten) == pytest.approx(0.6)


GIVEN = {
    "organization": "Steppe University", "person": "Lin Yue", "name": "Steppe University",
    "report": "met", "place": "Kazakhstan", "country": "Kazakhstan", "series": "seminar",
    "area": "language",
}  # fmt: skip


@pytest.mark.parametrize("question", questions(), ids=lambda question: question.name)
def test_questions(both: tuple[Graph, Graph], question: Any) -> None:
    given = {name: GIVEN[name] for name, one in question.parameters.items() if one.required}
    once, ten = (plain(ask(graph, question.name, **given)) for graph in both)
    assert once == ten
