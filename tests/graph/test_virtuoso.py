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
from kg.graph.mirror import mirror
from kg.graph.remote import RemoteGraph

INI = Path(__file__).parents[1] / "data" / "virtuoso.ini"
LOAD = (
    "DB.DBA.TTLP_MT(file_to_string_output('graph.nq'), '', 'urn:none', 512); "
    'GRANT SPARQL_UPDATE TO "SPARQL"; checkpoint;'
)
QUESTIONS = {
    "positions": {},
    "agreements": {},
    "facilities": {},
    "events": {},
    "partners": {"organization": "Satbayev University"},
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


def test_a_build_is_sent_and_sent_again_and_a_killed_sending_goes_on(
    virtuoso: RemoteGraph, corpus_graph: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[str] = []
    update = RemoteGraph.update

    def cut_off(self: RemoteGraph, sparql: str) -> None:
        given.append(sparql)
        if len(given) == 3:
            raise KeyboardInterrupt
        update(self, sparql)

    with kg.open(corpus_graph) as local:
        names = len(list(local.store.named_graphs()))
        monkeypatch.setattr(RemoteGraph, "update", cut_off)
        with pytest.raises(KeyboardInterrupt):
            mirror(local, virtuoso, lambda step, done, total: None)
        monkeypatch.undo()
        went_on = mirror(local, virtuoso, lambda step, done, total: None)
        assert 0 < went_on.sent < names
        again = mirror(local, virtuoso, lambda step, done, total: None)
        assert (again.sent, again.unchanged, again.removed) == (0, names, 0)
