from __future__ import annotations

import csv
import io
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from graph_samples import quads, report
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse

from kg.errors import GraphError, UsageError
from kg.graph import importing
from kg.graph.export import sorted_quads
from kg.graph.gephi import _harmless
from kg.graph.store import Graph
from kg.graph.vocabulary import COOP, CURATION, PROV, RDF, XSD, graph, node

MONEY = tomllib.loads(
    (Path(__file__).parents[1] / "data/ontology/followthemoney.toml").read_text("utf-8")
)
"""The schemata of FollowTheMoney, after the files of the release that the file names."""


@pytest.fixture(scope="module")
def held(corpus_graph: Path) -> Graph:
    return Graph.open(corpus_graph)


def test_rdf_12_reifies_every_claim(held: Graph) -> None:
    text = held.export("rdf12")
    assert text is not None
    triples = list(parse(text, format=RdfFormat.TURTLE))
    reified = {quad.subject: quad.object for quad in triples if "reifies" in quad.predicate.value}
    claims = set(held.query("SELECT DISTINCT ?c { ?c a coop:Claim }")["c"])
    assert {claim.value for claim in reified} == claims
    stated = {quad.triple for quad in triples}
    assert all(isinstance(triple, Triple) for triple in reified.values())
    assert set(reified.values()) <= stated, "what is claimed is asserted too"
    assert not any(quad.predicate == RDF.subject for quad in triples)


def above(schema: str) -> set[str]:
    """Return a schema with all that it inherits from."""
    return {schema}.union(*(above(name) for name in MONEY[schema]["extends"]))


def faults(entities: dict[str, dict[str, Any]]) -> Iterator[str]:
    """Yield what the schemata of FollowTheMoney forbid."""
    for entity in entities.values():
        schema, said = entity["schema"], entity["properties"]
        known = {k: v for name in above(schema) for k, v in MONEY[name]["properties"].items()}
        if MONEY[schema].get("abstract"):
            yield f"{schema} is abstract"
        yield from (
            f"{schema} needs {name}" for name in MONEY[schema]["required"] if not said.get(name)
        )
        for name, values in said.items():
            kind, _, range_ = known.get(name, "").partition(" ")
            if not kind:
                yield f"{schema} has no {name}"
            for value in values if kind == "entity" else ():
                if value not in entities:
                    yield f"{schema}.{name} leads nowhere"
                elif range_ not in above(entities[value]["schema"]):
                    yield f"{schema}.{name} is no {range_}"
            for value in values if kind == "date" else ():
                if not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", value):
                    yield f"{schema}.{name} is no date"


def test_money_lines_keep_to_the_schemata_of_followthemoney(held: Graph) -> None:
    lines = (held.export("ftm") or "").splitlines()
    entities = {entity["id"]: entity for entity in map(json.loads, lines)}
    assert len(entities) == len(lines)
    assert {entity["schema"] for entity in entities.values()} >= {"Person", "Event", "Membership"}
    assert list(faults(entities)) == []
    for entity in entities.values():
        if entity["schema"] == "UnknownLink":
            ends = (*entity["properties"]["subject"], *entity["properties"]["object"])
            assert len(set(ends)) == 2


@pytest.mark.parametrize(
    ("schema", "properties", "fault"),
    [
        ("Event", {"name": ["Forum"], "venue": ["Hall"]}, "Event has no venue"),
        ("Event", {"name": []}, "Event needs name"),
        ("Event", {"name": ["Forum"], "startDate": ["--09-22"]}, "Event.startDate is no date"),
        ("Event", {"name": ["Forum"], "organizer": ["x"]}, "Event.organizer leads nowhere"),
        ("Event", {"name": ["Forum"], "organizer": ["one"]}, "Event.organizer is no LegalEntity"),
    ],
)
def test_what_the_schemata_forbid_is_found(
    schema: str, properties: dict[str, list[str]], fault: str
) -> None:
    assert list(faults({"one": {"schema": schema, "properties": properties}})) == [fault]


def test_tables_for_gephi_agree(held: Graph) -> None:
    nodes = list(csv.DictReader(io.StringIO(held.export("gephi-nodes"))))
    edges = list(csv.DictReader(io.StringIO(held.export("gephi-edges"))))
    known = {row["Id"] for row in nodes}
    assert len(known) == len(nodes) > 10
    assert {row[end] for row in edges for end in ("Source", "Target")} <= known
    assert all(0 < float(row["Weight"]) <= 1 for row in edges)


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\tx"])
def test_no_name_becomes_a_formula(cell: str) -> None:
    assert _harmless(cell) == f"'{cell}"
    assert _harmless("Name") == "Name"


def decided(graph_: Graph, *rulings: tuple[str, str, str, str]) -> None:
    """Write decisions: key, verdict, what it concerns, when."""
    name = graph(CURATION, graph_.base)
    triples = []
    for key, verdict, about, at in rulings:
        one = node(key)
        triples += [
            Triple(one, COOP["verdict"], Literal(verdict)),
            Triple(one, COOP["concerns"], NamedNode(about)),
            Triple(one, COOP["decidedBy"], Literal("A. Berg")),
            Triple(one, PROV.endedAtTime, Literal(at, datatype=XSD.dateTime)),
        ]
    graph_.put(name, triples)


def test_confirmed_facts_are_nanopublications(tmp_path: Path) -> None:
    with Graph.open(tmp_path / "graph", create=True) as made:
        made.replace("x", quads(*report()))
        facts = [row[0] for row in made.rows("SELECT ?t { ?t a coop:Tenure } ORDER BY ?t LIMIT 2")]
        assert len(facts) == 2
        decided(made, ("decision-1", "confirm", facts[0], "2026-01-02T00:00:00Z"))
        text = made.export("nanopub")
        assert text is not None
        found = list(parse(text, format=RdfFormat.TRIG))
        assert len({quad.graph_name for quad in found}) == 4
        said = [q for q in found if str(q.graph_name.value).endswith("#assertion")]
        assert {quad.subject.value for quad in said} == {facts[0]}
        assert any(quad.predicate == PROV.wasDerivedFrom for quad in found)
        decided(
            made,
            ("decision-1", "confirm", facts[0], "2026-01-02T00:00:00Z"),
            ("decision-2", "undo", node("decision-1").value, "2026-01-03T00:00:00Z"),
            ("decision-3", "confirm", facts[1], "2026-01-03T00:00:00Z"),
            ("decision-4", "reject", facts[1], "2026-01-04T00:00:00Z"),
        )
        assert "assertion" not in (made.export("nanopub") or "")


_keys = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)
_texts = st.text(st.characters(exclude_categories=["Cs"]))
_objects = st.one_of(
    _keys.map(node),
    st.text(st.characters(exclude_categories=["Cs"])).map(Literal),
    st.text(st.characters(exclude_categories=["Cs"])).map(
        lambda text: Literal(text, language="kk")
    ),
    st.integers().map(Literal),
)
_triples = st.sets(st.builds(Triple, _keys.map(node), st.just(COOP.verbatim), _objects), min_size=1)


@pytest.mark.parametrize("form", ["trig", "nquads"])
@settings(max_examples=8, deadline=None)
@given(documents=st.dictionaries(_keys, _triples, min_size=1, max_size=3))
def test_export_then_import_is_the_identity(
    form: str, documents: dict[str, set[Triple]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("identity")
    with Graph.open(folder / "one", create=True) as one:
        for key, triples in documents.items():
            one.put(graph(f"doc-{key}"), triples)
        one.export(form, folder / f"all.{form}")
        before = list(sorted_quads(one.store))
    assert importing.read(folder / f"all.{form}", folder / "other") == len(before)
    with Graph.open(folder / "other") as other:
        assert list(sorted_quads(other.store)) == before


def test_the_whole_corpus_comes_back(held: Graph, tmp_path: Path) -> None:
    held.export("nquads", tmp_path / "all.nq")
    importing.read(tmp_path / "all.nq", tmp_path / "copy")
    with Graph.open(tmp_path / "copy") as copy:
        assert copy.export("nquads") == held.export("nquads")
        assert copy.state == held.state, "what was derived is known to be whole"


class TestRefusals:
    @pytest.mark.parametrize(
        ("name", "text", "why"),
        [
            ("a.ttl", "", "is not read"),
            ("a.nq", "", "empty"),
            ("a.nq", "not quads", "not N-Quads"),
            ("a.nq", "<a:a> <a:b> <a:c> .", "no named graph"),
            ("a.nq", "_:b <a:b> <a:c> <http://e.org/graph/x> .", "blank nodes"),
            (
                "a.nq",
                "<a:a> <a:b> <a:c> <http://e.org/graph/x> .\n"
                "<a:a> <a:b> <a:c> <http://f.org/graph/x> .",
                "several deployments",
            ),
        ],
    )
    def test_what_is_no_graph(self, tmp_path: Path, name: str, text: str, why: str) -> None:
        (tmp_path / name).write_text(text)
        with pytest.raises(UsageError, match=why) as caught:
            importing.read(tmp_path / name, tmp_path / "graph")
        assert caught.value.remedy
        assert not (tmp_path / "graph").exists()

    def test_a_missing_file(self, tmp_path: Path) -> None:
        with pytest.raises(UsageError, match="cannot be read"):
            importing.read(tmp_path / "a.nq", tmp_path / "graph")

    def test_a_folder_with_something_in_it(self, tmp_path: Path) -> None:
        source = tmp_path / "a.nq"
        source.write_text(f"{Quad(node('a'), COOP.verbatim, Literal('b'), graph('doc-x'))} .\n")
        with pytest.raises(GraphError, match="something already"):
            importing.read(source, tmp_path)
