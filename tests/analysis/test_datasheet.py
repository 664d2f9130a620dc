from __future__ import annotations

from pathlib import Path

import pytest
import rdflib
from pyoxigraph import Store
from rdflib.namespace import DCAT, DCTERMS, RDF, VOID

from kg import cli
from kg.analysis.datasheet import _host, datasheet
from kg.graph.store import Graph


def test_it_counts_what_is_in_the_graph(corpus_graph: Path) -> None:
    with Graph.open(corpus_graph) as graph:
        sheet = datasheet(graph, title="A *graph* <b>", licence="https://example.org/licence")
        assert sheet.reports["reports"].sum() == 41
        assert sheet.triples == len(list(graph.triples("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }")))
        gaps = sheet.gaps.set_index("gap")
        undated = graph.query("""SELECT ?e { ?e a coop:Event
            FILTER NOT EXISTS { ?e coop:occursAt ?t . ?t coop:earliest ?day } }""")
        assert gaps.loc["events without a day of a known year", "number"] == len(undated) > 0
        assert (gaps["number"] <= gaps["of"]).all()
        assert datasheet(graph).version == sheet.version
        told = sheet.markdown()
        assert "A \\*graph\\* \\<b\\>" in told
        assert "# Datasheet" in told
        assert sheet.citation().count(sheet.version[:16]) == 1
    assert "not checked against the shapes" in told
    assert all(line.endswith("|") for line in told.splitlines() if line.startswith("|"))


def test_the_catalogue_entry_is_dcat_and_void(corpus_graph: Path, capsys) -> None:
    assert cli.run(["datasheet", "--format", "dcat", "--graph", str(corpus_graph)]) == 0
    made = rdflib.Graph().parse(data=capsys.readouterr().out, format="turtle")
    (one,) = made.subjects(RDF.type, DCAT.Dataset)
    assert (one, RDF.type, VOID.Dataset) in made
    assert str(made.value(one, DCTERMS.identifier)).startswith("sha256:")
    period = made.value(one, DCTERMS.temporal)
    assert (
        made.value(period, DCAT.startDate).toPython() < made.value(period, DCAT.endDate).toPython()
    )
    assert made.value(one, DCTERMS.license) is None  # none was given


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://news.example.org./a", "news.example.org"),
        ("file:///reports/a.txt", "local files"),
        ("http://[broken", "local files"),
        ("https://a<script>.org/", "local files"),
        ("", "local files"),
    ],
)
def test_an_address_from_a_stranger_is_a_host_or_nothing(address: str, host: str) -> None:
    assert _host(address) == host


def test_another_graph_has_another_version_and_an_empty_one_a_sheet(corpus_graph: Path) -> None:
    empty = datasheet(Graph(Store(), read_only=False))
    assert empty.period == ""
    assert "No licence was given." in empty.markdown()
    assert rdflib.Graph().parse(data=empty.dcat(), format="turtle")
    with Graph.open(corpus_graph) as graph:
        assert datasheet(graph).version != empty.version
