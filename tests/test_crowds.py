"""Sitting in one hall is no partnership: in no table, measure, map or export.

The graph is made by hand: one forum of four institutions of two countries, and nothing else; in
`signed` two of them have signed a paper as well, so that the difference must show.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from kg import cli, maps
from kg.analysis import networks
from kg.analysis.cards import NetworkView
from kg.analysis.catalogue import STRUCTURES, Design, analyze, crowds
from kg.analysis.datasheet import datasheet
from kg.analysis.facts import Facts
from kg.analysis.identity import card
from kg.analysis.introductions import halls, introductions
from kg.analysis.measures import NODE_MEASURES
from kg.analysis.projections import PROJECTIONS, project
from kg.build import build
from kg.documents.document import Document
from kg.extraction.record import Agreement, Entity, Event, Link, Record
from kg.graph.basis import basis
from kg.graph.export import FORMATS
from kg.graph.gephi import NETWORK_FORMATS
from kg.graph.store import Graph
from kg.graph.vocabulary import COOP
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
            whole = (0, len(document.text))
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
            papers = (
                (Agreement("a", "Memorandum", ("e0", "e1"), "2024-05-01", evidence=whole),)
                if "signed" in document.text else ()
            )  # fmt: skip
            seat = (Link("e0", "e4", ALL), Link("e1", "e5", ALL))
            yield Record(
                document.id, published=document.published, entities=entities, events=(forum,),
                agreements=papers, located_in=seat,
            )  # fmt: skip


def _built(folder: Path, text: str) -> Graph:
    (folder / "one.txt").write_text(f"---\npublished: 2024-05-02\n---\n\n{text}\n")
    report = build(folder, folder / "graph", extractor=ByHand())
    assert (report.refused, report.failed) == ((), ())
    return Graph.open(folder / "graph")


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    return _built(tmp_path_factory.mktemp("crowd"), TEXT)


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    return _built(tmp_path_factory.mktemp("signed"), f"{TEXT} They signed.")


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


# ---------- the audit: every table of kg analyze, every export, every legend ----------

TOLD_BY = {
    "summary": "value",  # attendance-share is a row
    "nodes": "partners",
    "communities": "partners",  # within the community
    "community-fit": None,  # figures of the whole: the sentence beside the table tells
    "core": "partners",
    "rich-club": None,
    "bridges": "partners",
    "prospects": "partners",
    "backtest": "partnered",
    "growth": "partnerships",
}


@pytest.mark.parametrize("measure", sorted(STRUCTURES))
def test_every_table_of_a_structure_tells_partners_from_who_only_met(
    graph: Graph, signed: Graph, measure: str
) -> None:
    column = TOLD_BY[measure]  # a new table has to say how it tells
    for held, partnerships in ((graph, 0), (signed, 2)):
        table = analyze(Facts.of(held), measure)
        if measure == "summary":
            share = table.set_index("measure").loc["attendance-share", "value"]
            assert share == (1 if not partnerships else pytest.approx(5 / 6))
        elif measure == "growth":
            assert (table[column].sum(), table["ties"].sum()) == (partnerships / 2, 6)
        elif measure in ("prospects", "backtest"):  # all four are tied, within one year
            assert column in table
        elif column:
            assert table[column].sum() == partnerships
            whole = 2 if measure == "bridges" else None  # one tie crosses the border
            assert whole in (None, table["met"].sum() + partnerships)
            assert table["met"].sum() > 0 or measure == "bridges"
    alone = analyze(Facts.of(graph), measure, Design(options={"ties": "partnerships"}))
    assert alone.empty or measure in ("summary", "community-fit")


@pytest.mark.parametrize("way", [{}, {"bootstrap": 2}, {"null": 2}])
@pytest.mark.parametrize("measure", sorted(NODE_MEASURES))
def test_every_table_of_nodes_tells_partners_from_who_only_met(
    graph: Graph, signed: Graph, measure: str, way: dict[str, int]
) -> None:
    for held, partnerships in ((graph, 0), (signed, 2)):
        table = analyze(Facts.of(held), measure, Design(**way))
        assert (table["partners"].sum(), table["met"].sum()) == (partnerships, 12 - partnerships)


def test_a_sentence_beside_each_table_counts_the_crowd(graph: Graph, signed: Graph, capsys) -> None:
    assert crowds(Facts.of(graph)).startswith("6 of 6 ties are co-attendance")
    assert crowds(Facts.of(signed)).startswith("5 of 6 ties are co-attendance")
    assert crowds(Facts.of(signed), ties="partnerships") == ""
    assert cli.run(["analyze", "clustering", "--graph", str(signed.path)]) == 0
    assert "5 of 6 ties are co-attendance" in capsys.readouterr().err


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_every_export_tells_partners_from_who_only_met(
    graph: Graph, signed: Graph, form: str
) -> None:
    crowd, both = str(graph.export(form)), str(signed.export(form))
    if form in NETWORK_FORMATS and form != "gephi-nodes":  # nodes are no ties
        assert ("co-attendance" in crowd, "partnership" in crowd) == (True, False)
        assert ("co-attendance" in both, "partnership" in both) == (True, True)
    elif form == "ftm":
        roles = [
            json.loads(line)["properties"]["role"]
            for line in both.splitlines()
            if '"UnknownLink"' in line
        ]
        assert sorted(roles) == [["agreement", "event"], *[["event"]] * 5]
    else:  # RDF: the shortcut between partners alone
        more = both.count("cooperatesWith") - crowd.count("cooperatesWith")
        assert more == (0 if form in ("gephi-nodes", "nanopub") else 2)  # nothing was confirmed


def test_the_figures_and_the_datasheet_tell_the_crowd(graph: Graph, signed: Graph) -> None:
    for held, partnerships in ((graph, 0), (signed, 1)):
        figures = held.stats().set_index(["group", "kind"])["figure"]
        assert figures["ties", ""] == 6
        assert figures["ties", "partnership"] == partnerships
        assert figures["ties", "co-attendance"] == 6 - partnerships
        sheet = datasheet(held)
        told = f"{6 - partnerships} on co-attendance alone, which is no partnership"
        assert told in sheet.markdown()
        assert told in sheet.dcat()


def test_legends_tell_the_crowd(graph: Graph, signed: Graph, tmp_path: Path) -> None:
    for held, partners in ((graph, False), (signed, True)):
        network = maps.described(held.network(), held)
        page = maps.write(network, tmp_path / "map.html").read_text(encoding="utf-8")
        legend = page[page.index('aria-label="Legend"') :]
        legend = legend[: legend.index("</section>")]
        assert "met at events only, no partnership" in legend
        assert ("agreement or joint facility" in legend) == partners
        picture = NetworkView(network)._repr_html_()
        assert "met at events alone" in picture
        assert ("agreement or facility" in picture) == partners
        assert picture.count("stroke-dasharray") == (6 - partners) + 1  # and the legend's own


def test_a_ceremony_makes_no_party_of_its_guests(graph: Graph) -> None:
    kinds = ["signing", "visit", "event"]
    assert basis(kinds) == "co-attendance"
    rows = [{"class": COOP.Event.value, "fact": "f"}, {"class": COOP.Signing.value, "fact": "f"}]
    assert networks._kinds(rows) == {"f": "event"}
    drawn = maps.contents.gather(project(Facts.of(graph)))
    assert not any(edge["lasting"] for edge in drawn.edges)
