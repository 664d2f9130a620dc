"""The questions are portable: Oxigraph, rdflib and Virtuoso give the same answers."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
import rdflib
import virtuoso
from gold_extractor import GoldExtractor
from goldens import ASKED, NAMES
from pyoxigraph import Literal, NamedNode, QuerySolutions

from kg.build import build
from kg.graph.export import sorted_quads
from kg.graph.store import Graph
from kg.graph.vocabulary import COOP, RDFS, SKOS
from kg.graph.vocabulary import graph as named
from kg.queries.catalogue import prepare

pytestmark = pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")

CORPUS = Path(__file__).parents[2] / "corpus"
FEW = ("en-0041", "en-0009")
"""Reports that rdflib, which tries all combinations, can hold in seconds."""
SLOW = {"conflicts", "events", "followups", "partners"}
"""Questions that rdflib does not answer in seconds even of these."""
_KEPT = {RDFS.subClassOf, RDFS.label, SKOS.prefLabel, SKOS.broader, COOP.rank}
Cells = Iterable[tuple[str | None, ...]]


def filled(graph: Graph, name: str, given: dict[str, str]) -> str:
    declared = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in graph.prefixes.items())
    return declared + prepare(graph, name, given)


def oxigraph(graph: Graph, sparql: str) -> Cells:
    found = graph.store.query(sparql)
    assert isinstance(found, QuerySolutions)
    for row in found:
        yield tuple(
            term.value if isinstance(term, NamedNode | Literal) else None
            for term in (row[variable.value] for variable in found.variables)
        )


def same(cells: Cells) -> set[tuple[str | float | None, ...]]:
    """Return rows as they can be compared: numbers by value, to nine digits, each row once."""
    return {tuple(map(comparable, row)) for row in cells}


def comparable(text: str | None) -> str | float | None:
    try:
        return round(float(text or ""), 9)
    except ValueError:
        return text or None  # Virtuoso writes an empty text for what is not there


@pytest.fixture(scope="module")
def whole(corpus_graph: Path) -> Graph:
    return Graph.open(corpus_graph)


@pytest.fixture(scope="module")
def endpoint(whole: Graph, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if not virtuoso.installed():
        if os.environ.get("KG_REQUIRE_VIRTUOSO"):
            pytest.fail("KG_REQUIRE_VIRTUOSO is set and there is no virtuoso-t")
        pytest.skip("there is no virtuoso-t here")
    quads = whole.export("nquads")
    assert quads is not None
    with virtuoso.serving(tmp_path_factory.mktemp("virtuoso"), quads.encode()) as endpoint:
        yield endpoint


@pytest.mark.parametrize("name", NAMES)
def test_virtuoso_answers_as_oxigraph_does(whole: Graph, endpoint: str, name: str) -> None:
    sparql = filled(whole, name, dict(ASKED.get(name, {})))
    _, rows = virtuoso.select(endpoint, sparql)
    assert same(map(tuple, rows)) == same(oxigraph(whole, sparql))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    few = tmp_path_factory.mktemp("few")
    for name in FEW:
        shutil.copy(CORPUS / f"{name}.txt", few)
    build(few, few / "graph", extractor=GoldExtractor())
    return Graph.open(few / "graph")


@pytest.fixture(scope="module")
def dataset(small: Graph) -> rdflib.Dataset:
    """All named graphs; of the ontology what the questions follow."""
    ontology = named("ontology", small.base)
    lines = [
        f"{quad} .\n"
        for quad in sorted_quads(small.store)
        if quad.graph_name != ontology
        or (quad.predicate in _KEPT and getattr(quad.object, "language", None) in (None, "en"))
    ]
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(data="".join(lines), format="nquads")
    return dataset


@pytest.mark.parametrize("name", [name for name in NAMES if name not in SLOW])
def test_rdflib_answers_as_oxigraph_does(small: Graph, dataset: rdflib.Dataset, name: str) -> None:
    sparql = filled(small, name, SMALL.get(name, {}))
    found = dataset.query(sparql)
    rows = (tuple(None if term is None else str(term) for term in row) for row in found)
    assert same(rows) == same(oxigraph(small, sparql))


def test_the_few_reports_answer_most_questions(small: Graph) -> None:
    answered = [
        name for name in NAMES if same(oxigraph(small, filled(small, name, SMALL.get(name, {}))))
    ]
    assert len(answered) > len(NAMES) / 2


SMALL: dict[str, dict[str, str]] = {
    "editions": {"series": "a"},
    "evidence": {"name": "a"},
    "names": {"name": "a"},
    "participants": {"place": "Kazakhstan"},
    "partners": {"organization": "a"},
    "person": {"person": "a"},
    "prospects": {"organization": "a"},
    "representatives": {"organization": "a"},
    "units": {"organization": "a"},
    "withdrawal": {"report": "en-00"},
}
"""What is asked of the few reports."""
