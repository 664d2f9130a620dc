from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pandas as pd
import pytest
import rdflib
from graph_samples import quads, report
from pyoxigraph import Literal, Quad, Store, Triple

from kg.errors import GraphError, QueryError, UsageError
from kg.graph.store import Graph
from kg.graph.vocabulary import COOP, DEFAULT_BASE, RDF, RDFS, document_graph, node

DOCUMENT, RECORD = report()
NAMES = "SELECT ?name { ?p a foaf:Person ; rdfs:label ?name } ORDER BY ?name"


def stated(key: str, name: str = "x") -> list[Quad]:
    return [Quad(node(name), RDFS.label, Literal(name), document_graph(key))]


@pytest.fixture
def graph() -> Graph:
    graph = Graph(Store(), read_only=False)
    own = [quad for quad in quads(DOCUMENT, RECORD) if quad.graph_name == DOCUMENT_GRAPH]
    graph.replace(DOCUMENT.key, own)
    return graph


DOCUMENT_GRAPH = document_graph(DOCUMENT.key)


class TestReading:
    def test_select_gives_a_frame(self, graph: Graph) -> None:
        table = graph.query(NAMES)
        assert isinstance(table, pd.DataFrame)
        assert list(table["name"]) == ["B. Bolatov", "Lin Yue", "Zhou Qing"]

    def test_ask_gives_a_truth_and_construct_an_rdflib_graph(self, graph: Graph) -> None:
        assert graph.query("ASK { ?p a foaf:Person }") is True
        made = graph.query("CONSTRUCT { ?p a foaf:Agent } WHERE { ?p a foaf:Person }")
        assert isinstance(made, rdflib.Graph)
        assert len(made) == 3
        assert made.namespace_manager.store.namespace("id") is not None

    def test_bindings(self, graph: Graph) -> None:
        person = graph.query("SELECT ?p { ?p a foaf:Person }")["p"][0]
        query = "SELECT ?p ?name { ?p rdfs:label ?name }"
        assert len(graph.query(query, p=person)) == 1
        assert len(graph.query(query, name=Literal("Lin Yue", language="en"))) == 1

    def test_a_thing_named_in_two_documents_is_there_once(self, graph: Graph) -> None:
        name = node("org-x-1")
        for key in ("a", "b"):
            label = Quad(name, RDFS.label, Literal("U"), document_graph(key))
            graph.replace(key, [label])
        count = 'SELECT (COUNT(?x) AS ?n) { ?x rdfs:label "U" }'
        assert graph.query(count)["n"][0] == 1
        assert len(graph.query('SELECT ?g { GRAPH ?g { ?x rdfs:label "U" } }')) == 2

    def test_documents(self, graph: Graph) -> None:
        (row,) = graph.documents().to_dict("records")
        assert (row["key"], row["id"], row["title"]) == (DOCUMENT.key, "report", "Rectors meet")
        assert row["hash"] == DOCUMENT.text_hash
        assert str(row["published"]) == "2025-09-25"
        assert row["extractor"] == RECORD.extractor
        # 3 positions, 1 event and 1 signing, 4 participations, 1 agreement, 1 facility, and
        # the claims of 1 part, 2 places and the bodies of 2 territorial posts.
        assert row["statements"] == 3 + 2 + 4 + 1 + 1 + 5

    def test_figures(self, graph: Graph) -> None:
        held = graph.stats().set_index(["group", "kind"])["figure"]
        assert held["documents", ""] == 1
        assert held["entities", "Person"] == 3
        assert held["statements", "positions"] == 3
        assert held["ties", ""] == 0
        assert str(held["dates", "first"]) == "2023-03-02"

    def test_a_notebook_shows_figures_and_runs_nothing(self, graph: Graph) -> None:
        shown = graph._repr_html_()
        assert "<td>3</td>" in shown
        assert "<script" not in shown
        assert repr(graph) == "<Graph in memory>"

    def test_validation(self, graph: Graph) -> None:
        graph.put(document_graph("broken"), [Triple(node("p"), RDF.type, COOP.Tenure)])
        messages = {result.message for result in graph.validate()}
        assert "a fact without evidence" in messages

    def test_a_query_cannot_change_the_graph(self, graph: Graph) -> None:
        with pytest.raises(QueryError):
            graph.query("DROP ALL")
        assert len(graph.query(NAMES)) == 3

    def test_a_question_and_a_network(self, graph: Graph) -> None:
        assert list(graph.ask("person", person="lin")["post"]) == ["Rector"]
        assert graph.network("people", isolated=True).number_of_nodes() == 3
        with pytest.raises(UsageError):
            graph.ask("nothing of the kind")


class TestWriting:
    def test_replace_is_all_that_a_document_says(self, graph: Graph) -> None:
        assert graph.replace(DOCUMENT.key, stated(DOCUMENT.key))
        assert not graph.replace(DOCUMENT.key, stated(DOCUMENT.key))
        assert len(graph.query(NAMES)) == 0
        assert len(graph.query("SELECT ?x { ?x ?y ?z }")) == 1

    def test_drop_withdraws_it_and_no_other(self, graph: Graph) -> None:
        graph.replace("b", stated("b"))
        assert graph.drop(DOCUMENT.key)
        assert not graph.drop(DOCUMENT.key)
        assert list(graph.query("SELECT ?x ?z { ?x ?y ?z }")["z"]) == ["x"]

    def test_a_change_makes_what_was_derived_stale(self, graph: Graph) -> None:
        graph.settle("abc123", [])
        assert graph.state == "abc123"
        graph.replace("b", stated("b"))
        assert graph.state == ""

    def test_a_reader_changes_nothing(self) -> None:
        graph = Graph(Store())
        for change in (lambda: graph.drop("a"), lambda: graph.replace("a", stated("a"))):
            with pytest.raises(GraphError, match="open for reading"):
                change()


class TestOnDisk:
    def test_written_closed_and_read(self, tmp_path: Path) -> None:
        with Graph.open(tmp_path / "g", create=True, base="https://kg.test") as graph:
            graph.replace("a", stated("a"))
        with Graph.open(tmp_path / "g") as graph:
            assert graph.base == "https://kg.test/"
            assert graph.read_only
            assert len(graph.query("SELECT ?x { ?x ?y ?z }")) == 1
        with pytest.raises(GraphError, match="closed"):
            graph.query("ASK { ?x ?y ?z }")

    def test_readers_and_a_writer_side_by_side(self, tmp_path: Path) -> None:
        with Graph.open(tmp_path, create=True) as graph:
            graph.replace("a", stated("a"))
        count = "SELECT ?x { ?x ?y ?z }"
        early = Graph.open(tmp_path)
        with Graph.open(tmp_path, read_only=False) as writer:
            writer.replace("b", stated("b", "y"))
            assert len(writer.query(count)) == 2
            assert len(Graph.open(tmp_path).query(count)) == 1
            with pytest.raises(GraphError, match="another process"):
                Graph.open(tmp_path, read_only=False)
        assert len(Graph.open(tmp_path).query(count)) == 2
        assert len(early.query(count)) == 1

    def test_what_fails_half_way_is_not_shown_to_readers_and_not_lost(self, tmp_path: Path) -> None:
        with Graph.open(tmp_path, create=True) as graph:
            graph.replace("a", stated("a"))
        with suppress(KeyboardInterrupt), Graph.open(tmp_path, read_only=False) as graph:
            graph.replace("b", stated("b", "y"))
            raise KeyboardInterrupt
        assert len(Graph.open(tmp_path).query("SELECT ?x { ?x ?y ?z }")) == 1
        with Graph.open(tmp_path, read_only=False) as graph:
            assert len(graph.query("SELECT ?x { ?x ?y ?z }")) == 2
        assert len(Graph.open(tmp_path).query("SELECT ?x { ?x ?y ?z }")) == 2

    def test_a_writer_that_changed_nothing_publishes_nothing(self, tmp_path: Path) -> None:
        with Graph.open(tmp_path, create=True) as graph:
            graph.settle("abc123", [])
        before = sorted(path.name for path in tmp_path.iterdir())
        with Graph.open(tmp_path, read_only=False):
            pass
        assert sorted(path.name for path in tmp_path.iterdir()) == before

    def test_readers_look_into_fewer_files_than_were_filled_in(self, tmp_path: Path) -> None:
        with Graph.open(tmp_path, create=True) as graph:
            for part in range(3):
                name = document_graph(str(part))
                some = [Literal(number) for number in range(part, 12_000, 3)]
                graph.fill({name: [Quad(node("x"), RDFS.label, one, name) for one in some]})
                graph.flush()
            written = len(list(tmp_path.glob("store/*.sst")))
        assert len(Graph.open(tmp_path).store) == 24_000
        assert len(list(tmp_path.glob("read-*/*.sst"))) < written

    def test_a_base_that_is_none(self, tmp_path: Path) -> None:
        with pytest.raises(UsageError, match="base"):
            Graph.open(tmp_path / "g", create=True, base="not an address")
        assert not (tmp_path / "g").exists()
        assert Graph(Store()).prefixes["id"] == f"{DEFAULT_BASE}id/"
