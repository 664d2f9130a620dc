from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import networkx as nx
import pytest

from kg.analysis.cards import FigureView, NetworkView, ReportView, entity, report
from kg.errors import UsageError
from kg.extraction.record import Entity, Position, Record
from kg.graph.store import Graph

HOSTILE = "<script>alert(1)</script>\"'>"


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.seen.append(tag)
        if tag not in ("line", "circle"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        self.seen.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in ("line", "circle"):
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def parsed(html: str) -> Tags:
    tags = Tags()
    tags.feed(html)
    assert tags.open == []
    assert "script" not in tags.seen
    return tags


def test_a_report_shows_its_whole_text_and_every_statement(corpus_graph: Path) -> None:
    with Graph.open(corpus_graph) as graph:
        shown = report(graph, "en-0001")
        tags = parsed(shown._repr_html_())
        assert shown.text in tags.text  # the marks take nothing away
        assert tags.seen.count("mark") > 10
        for _, what, quote, _ in shown.statements():
            assert what in tags.text
            assert quote in shown.text
        with pytest.raises(UsageError):
            report(graph, "no such report at all")


def test_a_card_shows_names_posts_and_events(corpus_graph: Path) -> None:
    with Graph.open(corpus_graph) as graph:
        name = graph.query("SELECT ?n { ?t org:member/rdfs:label ?n } ORDER BY ?n LIMIT 1")["n"][0]
        card = entity(graph, name)
        text = parsed(card._repr_html_()).text
        assert card.label in text
        for label in card.facts.loc[card.facts["what"].isin(["post", "event"]), "label"]:
            assert label in text


def test_names_cannot_run_as_scripts() -> None:
    text = f"{HOSTILE} met."
    record = Record(
        id=HOSTILE,
        language="en",
        entities=(Entity("e1", HOSTILE, HOSTILE, mentions=((0, len(HOSTILE)),)),),
        positions=(Position("e1", HOSTILE, "e1", (0, 5)),),
    )
    parsed(ReportView(text, record)._repr_html_())
    network = nx.Graph()
    network.add_node("a", label=HOSTILE, country=HOSTILE)
    network.add_node("b", label=HOSTILE, country="")
    network.add_edge("a", "b", weight=1.0)
    assert HOSTILE in parsed(NetworkView(network)._repr_html_()).text


def test_a_picture_of_nothing_and_of_the_strongest_ties() -> None:
    assert "0 of 0 ties" in parsed(NetworkView(nx.Graph())._repr_html_()).text
    network = nx.star_graph(30)
    nx.set_edge_attributes(network, {edge: edge[1] / 30 for edge in network.edges}, "weight")
    tags = parsed(NetworkView(network, ties=10)._repr_html_())
    assert tags.seen.count("line") == 10
    assert tags.seen.count("circle") == 11


def test_a_figure_has_words_and_is_shown_once() -> None:
    pyplot = pytest.importorskip("matplotlib.pyplot")
    figure, _ = pyplot.subplots(figsize=(4, 2))
    shown = FigureView(figure, 'Bars & "lines"')._repr_html_()
    assert shown.startswith('<img alt="Bars &amp; &quot;lines&quot;"')
    assert "max-width:100%" in shown
    width = int(shown.partition("width:")[2].partition("px")[0])
    assert 300 < width < 500
    assert not pyplot.fignum_exists(figure.number)
