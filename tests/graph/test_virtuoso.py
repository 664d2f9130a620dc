"""A graph in a real Virtuoso, where one is installed (Debian's virtuoso-opensource)."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

import kg
from kg.analysis.facts import Facts
from kg.build import build
from kg.errors import GraphError
from kg.graph.mirror import mirror
from kg.graph.remote import RemoteGraph
from kg.graph.store import Graph

INI = Path(__file__).parents[1] / "data" / "virtuoso.ini"
LOAD = (
    "DB.DBA.TTLP_MT(file_to_string_output('graph.nq'), '', 'urn:none', 512); "
    'GRANT SPARQL_UPDATE TO "SPARQL"; checkpoint;'
)
BASE = "https://mirrored.example.org/"
MET = (
    "Daniyar Akhmetov, Dean of Northern University, met Anna Berg, Rector of Harbour University, "
    "in {} on {}, 2024.\n"
)
QUESTIONS = {
    "positions": {},
    "agreements": {},
    "facilities": {},
    "events": {},
    "partners": {"organization": "Satbayev University"},
    "names": {"name": "Satbayev University"},
    "regions": {},
}


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@pytest.fixture(scope="module")
def virtuoso(corpus_graph: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RemoteGraph]:
    if shutil.which("virtuoso-t") is None or shutil.which("isql-vt") is None:
        pytest.skip("no Virtuoso is installed")
    folder = tmp_path_factory.mktemp("virtuoso")
    sql, http = free_port(), free_port()
    (folder / "virtuoso.ini").write_text(INI.read_text().format(sql=sql, http=http))
    with kg.open(corpus_graph) as graph:
        graph.export("nquads", folder / "graph.nq")
    command = ["virtuoso-t", "-f", "-c", "virtuoso.ini"]
    with (folder / "out").open("w") as out:
        server = subprocess.Popen(command, cwd=folder, stdout=out, stderr=out)
    try:
        address = f"http://127.0.0.1:{http}/sparql"
        _wait(address)
        loading = ["isql-vt", f"127.0.0.1:{sql}", "dba", "dba", f"exec={LOAD}"]
        subprocess.run(loading, cwd=folder, check=True, capture_output=True, timeout=60)
        yield RemoteGraph(address)
    finally:
        server.terminate()
        server.wait(timeout=30)


def _wait(address: str) -> None:
    for _ in range(240):
        try:
            if httpx.get(address, params={"query": "ASK {}"}).status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.25)
    pytest.fail("Virtuoso does not answer")


@pytest.mark.parametrize("question", QUESTIONS)
def test_questions_have_the_same_answers(
    virtuoso: RemoteGraph, corpus_graph: Path, question: str
) -> None:
    with kg.open(corpus_graph) as local:
        expected = local.ask(question, **QUESTIONS[question])
    found = virtuoso.ask(question, **QUESTIONS[question])
    assert sorted(map(str, found.values.tolist())) == sorted(map(str, expected.values.tolist()))


def test_the_network_is_the_same(virtuoso: RemoteGraph, corpus_graph: Path) -> None:
    with kg.open(corpus_graph) as local:
        expected = local.network("organizations")
    found = virtuoso.network("organizations")
    assert set(found.nodes) == set(expected.nodes)
    assert set(map(frozenset, found.edges)) == set(map(frozenset, expected.edges))


def test_what_pages_read_is_the_same(virtuoso: RemoteGraph, corpus_graph: Path) -> None:
    assert virtuoso.query("ASK { <http://e/a> a ?b }") is False
    assert virtuoso.query("ASK { ?a a coop:University }") is True
    with kg.open(corpus_graph) as local:
        name = f"<{local.base}graph/gazetteer>"
        gazetteer = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {name} {{ ?s ?p ?o }} }}"
        assert set(virtuoso.triples(gazetteer)) == set(local.triples(gazetteer)) != set()
        assert virtuoso.stats().values.tolist() == local.stats().values.tolist()
        assert Facts.of(virtuoso).parts == Facts.of(local).parts


@pytest.fixture(scope="module")
def builds(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two builds under a base of their own; in the second one report is another and one is gone."""
    folder = tmp_path_factory.mktemp("mirrored")
    first, second = folder / "one.txt", folder / "two.txt"
    first.write_text(MET.format("Oslo", "May 13"))
    second.write_text(MET.format("Bergen", "June 1"))
    build([first, second], folder / "before", base=BASE)
    first.write_text(MET.format("Oslo", "May 14"))
    build([first], folder / "after", base=BASE)
    return folder / "before", folder / "after"


def contents(graph: Graph) -> dict[str, set[tuple[str, ...]]]:
    """The triples of each named graph under the builds' base; not the digests."""
    rows = graph.query("SELECT ?g ?s ?p ?o (LANG(?o) AS ?l) { GRAPH ?g { ?s ?p ?o } }")
    found: dict[str, set[tuple[str, ...]]] = {}
    for name, *triple in rows.itertuples(index=False):
        if name.startswith(BASE) and not name.endswith("/mirror"):
            found.setdefault(name, set()).add(tuple(map(str, triple)))
    return found


def quiet(step: str, done: int, total: int) -> None:
    """Show no progress."""


def test_a_build_is_sent_replaced_and_removed(
    virtuoso: RemoteGraph, builds: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.graph.mirror._LINES", 40)  # as a large build is: in many requests
    monkeypatch.setattr("kg.graph.mirror.BATCH", 20_000)
    begun = time.monotonic()
    for number, path in enumerate(builds):
        with kg.open(path) as local:
            told = contents(local)
            outcome = mirror(local, virtuoso, quiet)
            assert contents(virtuoso) == told
            assert outcome.sent > 0
            assert (outcome.removed > 0) == (number > 0)
            again = mirror(local, virtuoso, quiet)
            assert (again.sent, again.unchanged, again.removed) == (0, len(told), 0)
    assert time.monotonic() - begun < 40


def test_a_password_is_digested_where_virtuoso_asks_for_that(
    virtuoso: RemoteGraph, builds: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    address = virtuoso.address.replace("/sparql", "/sparql-auth")
    with pytest.raises(GraphError, match="KG_STORE_PASSWORD"):
        RemoteGraph(address)
    monkeypatch.setenv("KG_STORE_USER", "dba")
    monkeypatch.setenv("KG_STORE_PASSWORD", "not this one")
    with pytest.raises(GraphError, match="status 401"):
        RemoteGraph(address)
    monkeypatch.setenv("KG_STORE_PASSWORD", "dba")
    target = RemoteGraph(address)
    with kg.open(builds[0]) as local:
        mirror(local, virtuoso, quiet)
    with kg.open(builds[1]) as local:
        assert mirror(local, target, quiet).sent > 0
        assert contents(target) == contents(local)
        assert mirror(local, target, quiet).sent == 0


def test_a_sending_that_was_killed_anywhere_goes_on(
    virtuoso: RemoteGraph, builds: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.graph.mirror._LINES", 40)
    monkeypatch.setattr("kg.graph.mirror.BATCH", 20_000)
    given: list[str] = []
    update = RemoteGraph.update

    def cut_off(self: RemoteGraph, sparql: str) -> None:
        given.append(sparql)
        if len(given) == 3:
            raise KeyboardInterrupt
        update(self, sparql)

    with kg.open(builds[0]) as local:
        told = contents(local)
        with monkeypatch.context() as cut:
            cut.setattr(RemoteGraph, "update", cut_off)
            with pytest.raises(KeyboardInterrupt):
                mirror(local, virtuoso, quiet)
        assert contents(virtuoso) != told
        went_on = mirror(local, virtuoso, quiet)
        assert 0 < went_on.sent <= len(told)
        assert contents(virtuoso) == told
