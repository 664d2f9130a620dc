"""Reasoners find no contradiction in the ontology, and the planted ones."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import Quad, RdfFormat, parse, serialize
from rdflib import RDF, URIRef

from kg.graph.validation import validate, violations
from kg.graph.vocabulary import COOP, ontology_file

HERE = Path(__file__).parent
CORE = ontology_file("cooperation.ttl")
CONCEPTS = ontology_file("vocabularies.ttl")
STUBS = HERE / "data" / "stubs.ttl"
PREFIXES = """
@prefix coop: <https://w3id.org/coop-kg/ns#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix x: <https://e.org/> .
"""
CONTRADICTIONS = {
    "a person who is a university": "x:a a foaf:Person , coop:University .",
    "a tenure that is an event's agreement": "x:a a coop:Tenure , coop:Agreement .",
    "evidence in two sentences that differ": """x:a coop:inSentence x:s , x:t .
        x:s owl:differentFrom x:t .""",
    "a participant that is a role": "x:p coop:participant x:r . x:r a org:Role , coop:School .",
}
ERROR = URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")
"""How owlrl says what contradicts."""
NEEDS_STUBS = {"a participant that is a role"}


def run(script: str, *files: Path) -> str:
    command = [sys.executable, str(HERE / script), *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def reasoned(*files: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads(run("reasoning.py", *files))
    return found


class TestHermit:
    @pytest.mark.parametrize("others", [(), (STUBS,)], ids=["alone", "with ORG, PROV and OA"])
    def test_the_core_is_consistent_and_every_class_can_have_members(
        self, others: tuple[Path, ...]
    ) -> None:
        found = reasoned(CORE, CONCEPTS, *others)
        assert found == {"consistent": True, "unsatisfiable": []}

    @pytest.mark.parametrize("name", CONTRADICTIONS)
    def test_a_contradiction_is_found(self, name: str, tmp_path: Path) -> None:
        planted = tmp_path / "planted.ttl"
        planted.write_text(PREFIXES + CONTRADICTIONS[name])
        assert not reasoned(CORE, *([STUBS] if name in NEEDS_STUBS else []), planted)["consistent"]

    def test_a_class_without_possible_members_is_found(self, tmp_path: Path) -> None:
        planted = tmp_path / "planted.ttl"
        both = "x:B a owl:Class ; rdfs:subClassOf coop:Visit , coop:Signing ."
        planted.write_text(PREFIXES + both)
        assert reasoned(CORE, planted)["unsatisfiable"] == ["https://e.org/B"]


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An example of the ontology, its named graphs taken together."""
    quads = parse(path=str(CORE.parent / "examples" / "agreement.trig"))
    triples = serialize({quad.triple for quad in quads}, format=RdfFormat.N_TRIPLES)
    path = tmp_path_factory.mktemp("closure") / "example.nt"
    path.write_bytes(triples)
    return path


def test_the_closure_adds_nothing_that_a_shape_forbids(example: Path) -> None:
    closed = rdflib.Graph().parse(data=run("closure.py", CORE, example), format="nt")
    assert not list(closed.objects(None, ERROR))
    given = rdflib.Graph().parse(example)
    assert len(closed) > len(given)
    event, part = URIRef(COOP.hasParticipation.value), URIRef(COOP.participant.value)
    for one, _, other in given.triples((None, event, None)):
        for who in given.objects(other, part):
            assert (one, URIRef(COOP.attendedBy.value), who) in closed  # by the chain
    lines = closed.serialize(format="nt")
    triples = (Quad(*found) for found in parse(lines, format=RdfFormat.N_TRIPLES))
    assert violations(validate(triples)) == []


def test_the_closure_finds_what_is_disjoint(example: Path, tmp_path: Path) -> None:
    planted = tmp_path / "planted.ttl"
    planted.write_text(PREFIXES + "x:a a coop:University , coop:GovernmentBody .")
    closed = rdflib.Graph().parse(data=run("closure.py", CORE, planted), format="nt")
    assert list(closed.objects(None, ERROR))
    assert (URIRef("https://e.org/a"), RDF.type, URIRef(COOP.University.value)) in closed
