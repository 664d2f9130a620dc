"""SPARQL 1.1 Update on a graph in its folder: what it changes, refuses, and leaves as it was.

Numbers are those of the sections of https://www.w3.org/TR/sparql11-update/.
"""

from __future__ import annotations

import subprocess
import sys
from itertools import count
from pathlib import Path
from threading import Event, Thread

import pytest
from gold_extractor import GoldExtractor
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, NamedNode, Quad, Store, Triple

from kg.build import build
from kg.errors import GraphError, QueryError
from kg.graph import updates
from kg.graph.archive import backup, restore
from kg.graph.folder import Folder
from kg.graph.operations import DefaultGraphError, Pattern, Using, operations
from kg.graph.store import Graph

E = "http://e/"
FIRST = """INSERT DATA {
  GRAPH <http://e/one> { <http://e/a> <http://e/p> 1, "SERVICE <x> { ; } LOAD" }
  GRAPH <http://e/two> { <http://e/a> <http://e/p> 1 . <http://e/b> <http://e/p> 2 } }"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with Graph.open(tmp_path / "graph", create=True):
        pass
    updates.update(tmp_path / "graph", FIRST)
    return tmp_path / "graph"


def named(path: Path) -> dict[str, set[Triple]]:
    """What the named graphs hold for readers; their union is checked besides."""
    with Graph.open(path) as graph:
        return consistent(graph.store)


def consistent(store: Store) -> dict[str, set[Triple]]:
    found: dict[str, set[Triple]] = {name.value: set() for name in store.named_graphs()}
    union = set()
    for quad in store:
        if quad.graph_name == DefaultGraph():
            union.add(quad.triple)
        else:
            found[quad.graph_name.value].add(quad.triple)
    assert union == set().union(*found.values())
    return found


def triple(subject: str, value: str) -> Triple:
    integer = "http://www.w3.org/2001/XMLSchema#integer"
    made = Store()
    made.update(f'INSERT DATA {{ <{E}{subject}> <{E}p> "{value}"^^<{integer}> }}')
    return next(iter(made)).triple


A1, B2 = triple("a", "1"), triple("b", "2")


def test_data_is_inserted_and_readers_see_it(path: Path) -> None:  # 3.1.1
    found = named(path)
    assert found[f"{E}two"] == {A1, B2}
    assert len(found[f"{E}one"]) == 2


def test_data_is_deleted_and_stays_where_another_graph_says_so(path: Path) -> None:  # 3.1.2
    updates.update(path, "PREFIX e: <http://e/> DELETE DATA { GRAPH e:two { e:a e:p 1 } }")
    found = named(path)
    assert found[f"{E}two"] == {B2}
    assert A1 in found[f"{E}one"]


@pytest.mark.parametrize(
    ("update", "one", "two"),
    [
        ("WITH e:two DELETE { ?s e:p ?o } INSERT { ?o e:p ?s } WHERE { ?s e:p ?o }", 2, 0),  # 3.1.3
        ("DELETE { GRAPH e:two { ?s ?p ?o } } WHERE { ?s ?p ?o FILTER(?o = 1) }", 2, 1),
        ("INSERT { GRAPH e:one { ?s ?p 7 } } WHERE { GRAPH e:two { ?s ?p ?o } }", 4, 2),
        ("INSERT { GRAPH e:one { ?s ?p 7 } } USING e:one WHERE { ?s ?p ?o }", 3, 2),
        ("DELETE { GRAPH ?g { ?s ?p ?o } } WHERE { GRAPH ?g { ?s ?p ?o } FILTER(?o = 1) }", 1, 1),
        ("DELETE WHERE { GRAPH e:two { e:b ?p ?o } }", 2, 1),  # 3.1.3.3
        ("CLEAR GRAPH e:one", 0, 2),  # 3.1.5
        ("CLEAR NAMED", 0, 0),
        ("CLEAR ALL", None, None),  # as Oxigraph does it
        ("DROP GRAPH e:one", None, 2),  # 3.2.2
        ("DROP SILENT GRAPH e:absent", 2, 2),
        ("CREATE GRAPH e:new", 2, 2),  # 3.2.1
        ("COPY e:one TO e:two", 2, 2),  # 3.2.3
        ("COPY DEFAULT TO e:two", 2, 3),
        ("MOVE e:one TO e:two", None, 2),  # 3.2.4
        ("ADD e:one TO e:two", 2, 3),  # 3.2.5
        ("ADD GRAPH e:two TO GRAPH e:one ; CLEAR GRAPH e:two ;", 3, 0),
        ("", 2, 2),
        ("PREFIX x: <http://x/>", 2, 2),
    ],
)
def test_each_operation(path: Path, update: str, one: int | None, two: int | None) -> None:
    updates.update(path, f"PREFIX e: <http://e/>\n{update}")
    found = named(path)
    if "?o e:p ?s" in update:  # a number is the subject of nothing
        assert found[f"{E}two"] == set()
    given_one, given_two = found.get(f"{E}one"), found.get(f"{E}two")
    assert (None if given_one is None else len(given_one)) == one
    assert (None if given_two is None else len(given_two)) == two


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { <http://e/a> <http://e/p> 3 }",
        "DELETE DATA { <http://e/a> <http://e/p> 1 }",
        "DELETE WHERE { ?s ?p ?o }",
        "DELETE { ?s ?p ?o } WHERE { GRAPH <http://e/one> { ?s ?p ?o } }",
        "INSERT { ?s ?p 3 } WHERE { ?s ?p ?o }",
        "CLEAR DEFAULT",
        "DROP DEFAULT",
        "COPY <http://e/one> TO DEFAULT",
        "MOVE DEFAULT TO <http://e/one>",
    ],
)
def test_the_union_is_changed_by_the_named_graphs_alone(path: Path, update: str) -> None:
    before = named(path)
    with pytest.raises(DefaultGraphError, match="union of the named graphs"):
        updates.update(path, update)
    assert named(path) == before


@pytest.mark.parametrize(
    ("update", "told"),
    [
        ("LOAD <file:///etc/passwd>", "LOAD"),
        ("LOAD SILENT <http://127.0.0.1:1/> INTO GRAPH <http://e/g>", "LOAD"),
        ("DELETE {} INSERT { GRAPH <http://e/one> { ?a ?b ?c } } "
         "WHERE { SERVICE <http://127.0.0.1:1/> { ?a ?b ?c } }", "another server"),
        ("SELECT * { ?s ?p ?o }", "not SPARQL"),
        ("INSERT DATA { GRAPH <http://e/g> { <http://e/a> <http://e/p> ?o } }", "not SPARQL"),
        ("INSERT DATA { GRAPH <http://e/g> { <http://e/a> <http://e/p> <a b> } }", "not SPARQL"),
        ("INSERT DATA { GRAPH <http://e/g> { ", "not SPARQL"),
        ("CLEAR GRAPH <relative>", "absolute"),
        ("CLEAR GRAPH no:prefix", "prefix no:"),
        ("CLEAR GRAPH <http://e/one> } ; { DROP ALL", "not SPARQL"),
        ("DELETE DATA { GRAPH <http://e/one> { _:b <http://e/p> 1 } }", "not SPARQL"),
        ("CLEAR GRAPH <http://e/absent>", "cannot be done"),
        ("DELETE WHERE " + "{" * 2000 + "}" * 2000, "nested|not SPARQL"),
        (f"DELETE WHERE {{ GRAPH <http://e/g> {{ ?s ?p '{'x' * 60_000}' }} }}", "50,000"),
    ],
)  # fmt: skip
def test_what_is_refused_changes_nothing(path: Path, update: str, told: str) -> None:
    before = named(path)
    with pytest.raises(QueryError, match=told):
        updates.update(path, update)
    assert named(path) == before


@pytest.mark.parametrize(
    "template",
    [
        r'GRAPH e:one { ?s ?p "a\u0022," . } GRAPH e:hid { ?s ?p ",\u0022b" . }',
        "GRAPH e:one { ?s ?p 7 } #\r GRAPH e:hid { ?s ?p 8 }\n",
        "GRAPH e:one { ?s ?p 7 } #\r ?s ?p 9\n",
    ],
)
def test_what_two_parsers_read_differently_leaves_the_union_right(
    path: Path, template: str
) -> None:
    updates.update(path, f"PREFIX e: <{E}> INSERT {{ {template} }} WHERE {{ ?s ?p ?o }}")
    found = named(path)
    assert len(found[f"{E}one"]) == 4
    assert len(found.get(f"{E}hid", [1, 2])) == 2


@pytest.mark.parametrize("state", ["/../../out", "x/y", "no digits"])
def test_a_state_that_is_none_names_no_folder(path: Path, state: str) -> None:
    name = f"{Folder.find(path).base}graph/derived"
    mark = f'<{name}> <http://purl.org/dc/terms/identifier> "{state}"'
    updates.update(path, f"INSERT DATA {{ GRAPH <{name}> {{ {mark} }} }}")
    assert len(named(path)[name]) == 1


def test_a_request_has_only_so_many_operations(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.graph.operations.MOST", 3)
    with pytest.raises(QueryError, match="more than 3 operations"):
        updates.update(path, "CLEAR GRAPH <http://e/one> ;" * 4)
    assert len(named(path)[f"{E}one"]) == 2


def test_a_request_is_done_whole_or_not_at_all(path: Path) -> None:
    before = named(path)
    for last in ("CLEAR GRAPH <http://e/absent>", "CLEAR DEFAULT"):
        with pytest.raises(QueryError):
            updates.update(path, f"CLEAR GRAPH <http://e/one> ; DROP GRAPH <http://e/two> ; {last}")
        assert named(path) == before
    with Graph.open(path, read_only=False) as graph:  # nor does the next writer find any of it
        assert consistent(graph.store) == before


def test_an_update_that_was_killed_is_undone_by_the_next_writer(path: Path) -> None:
    before = named(path)
    script = (
        "import os; from kg.graph import updates, writing\n"
        "writing.follow = lambda *given: os._exit(9)\n"
        f"updates.update({str(path)!r}, 'CLEAR GRAPH <http://e/one>')"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 9
    assert named(path) == before
    with Graph.open(path, read_only=False) as graph:
        assert consistent(graph.store) == before
    updates.update(path, "CLEAR GRAPH <http://e/one>")
    assert named(path)[f"{E}one"] == set()


def test_no_update_goes_into_a_build_that_is_running(path: Path) -> None:
    with (
        Graph.open(path, create=True),
        pytest.raises(GraphError, match="another process that writes"),
    ):
        updates.update(path, "CLEAR ALL")
    assert len(named(path)) == 2


def test_builds_get_their_turn_among_steady_updates(path: Path) -> None:
    ended, outcomes = Event(), []

    def steadily() -> None:
        for number in count():
            insert = f"INSERT DATA {{ GRAPH <{E}three> {{ <{E}a> <{E}p> {number} }} }}"
            try:
                updates.update(path, insert)
                outcomes.append(None)
            except GraphError as error:
                outcomes.append(str(error))
            if ended.is_set():
                return

    thread = Thread(target=steadily)
    thread.start()
    try:
        for number in range(3):
            while len(outcomes) < 2 * number:
                ended.wait(0.01)
            with Graph.open(path, create=True) as graph:
                graph.put(NamedNode(f"{E}build"), [triple("a", str(number))])
    finally:
        ended.set()
        thread.join()
    assert None in outcomes
    refused = [outcome for outcome in outcomes if outcome]
    assert all("another process that writes" in outcome for outcome in refused)
    done = len(outcomes) - len(refused)
    assert len(named(path)[f"{E}three"]) == done
    with Graph.open(path, read_only=False) as graph:
        consistent(graph.store)


def test_a_reader_goes_on_with_what_it_opened(path: Path) -> None:
    with Graph.open(path) as reader:
        for number in range(4):
            updates.update(path, f"INSERT DATA {{ GRAPH <{E}three> {{ <{E}a> <{E}p> {number} }} }}")
        assert int(reader.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")["n"][0]) == 3
    assert len(named(path)[f"{E}three"]) == 4


def test_blank_nodes_become_addresses(path: Path) -> None:
    base = Folder.find(path).base
    for update in (
        f"INSERT DATA {{ GRAPH <{E}new> {{ _:b <{E}p> [] . [] <{E}p> _:b }} }}",
        f"INSERT {{ GRAPH <{E}new> {{ ?b <{E}p> ?b }} }} WHERE {{ BIND(BNODE() AS ?b) }}",
        f"INSERT {{ GRAPH ?g {{ [] <{E}p> ?b }} }} WHERE {{ BIND(BNODE() AS ?b) "
        f"VALUES ?g {{ <{E}new> <{E}newer> }} }}",
    ):
        updates.update(path, update)
    found = named(path)
    assert (len(found[f"{E}new"]), len(found[f"{E}newer"])) == (4, 1)
    for one in found[f"{E}new"] | found[f"{E}newer"]:
        for term in (one.subject, one.object):
            assert term.value.startswith(f"{base}.well-known/genid/")


def test_a_request_names_the_dataset_of_its_patterns(path: Path) -> None:  # Protocol, 2.2.3
    only = Using(default=(f"{E}two",))
    updates.update(path, f"INSERT {{ GRAPH <{E}seen> {{ ?s ?p ?o }} }} WHERE {{ ?s ?p ?o }}", only)
    assert named(path)[f"{E}seen"] == {A1, B2}
    hidden = Using(named=(f"{E}one",))
    updates.update(path, f"DELETE WHERE {{ GRAPH <{E}two> {{ ?s ?p ?o }} }}", hidden)
    assert named(path)[f"{E}two"] == {A1, B2}
    with pytest.raises(QueryError, match="both the request and the update"):
        updates.update(path, f"WITH <{E}one> DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }}", only)


def test_graphs_are_put_added_to_and_dropped_as_a_whole(path: Path) -> None:
    new = NamedNode(f"{E}new")
    assert updates.put(path, new, [A1]) is True
    assert updates.put(path, new, [B2]) is False
    assert named(path)[f"{E}new"] == {B2}
    assert updates.add(path, new, [A1]) is False
    assert named(path)[f"{E}new"] == {A1, B2}
    assert updates.put(path, new, []) is False
    assert named(path)[f"{E}new"] == set()
    assert updates.drop(path, new) is True
    assert updates.drop(path, new) is False
    assert f"{E}new" not in named(path)


def test_builds_and_backups_leave_a_graph_of_ones_own(tmp_path: Path) -> None:
    folder, corpus = tmp_path / "graph", Path(__file__).parents[2] / "corpus"
    build(corpus / "en-0001.txt", folder, extractor=GoldExtractor())
    with Graph.open(folder) as graph:
        own, state = f"{graph.base}graph/notes", graph.state
    updates.put(folder, NamedNode(own), [A1, B2])
    with Graph.open(folder) as graph:
        assert graph.state == state  # what was derived is not stale for that
    build([corpus / "en-0001.txt", corpus / "en-0002.txt"], folder, extractor=GoldExtractor())
    assert named(folder)[own] == {A1, B2}
    backup(folder, tmp_path / "graph.nq.gz")
    restore(tmp_path / "graph.nq.gz", tmp_path / "restored")
    assert named(tmp_path / "restored") == named(folder)


def test_which_graphs_an_operation_may_change() -> None:
    def names(update: str) -> list[frozenset[str] | None]:
        return [
            one.names and frozenset(name.value.removeprefix(E) for name in one.names)
            for one in operations(f"PREFIX e: <{E}> {update}", {})
            if isinstance(one, Pattern)
        ]

    assert names("MOVE e:a TO e:b ; WITH e:c DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }") == [
        {"a", "b"},
        {"c"},
    ]
    assert names("CLEAR NAMED ; DELETE WHERE { GRAPH ?g { ?s ?p ?o } }") == [None, None]


GRAPHS = st.sampled_from(["one", "two", "three"])
THINGS = st.sampled_from(["a", "b"])


@st.composite
def requests(draw: st.DrawFn) -> str:
    """An operation on small graphs that share triples."""
    g, h, s, o = draw(GRAPHS), draw(GRAPHS), draw(THINGS), draw(THINGS)
    quad = f"GRAPH <{E}{g}> {{ <{E}{s}> <{E}p> <{E}{o}> }}"
    return draw(
        st.sampled_from(
            [
                f"INSERT DATA {{ {quad} }}",
                f"DELETE DATA {{ {quad} }}",
                f"DELETE WHERE {{ GRAPH <{E}{g}> {{ <{E}{s}> ?p ?o }} }}",
                f"DELETE {{ GRAPH ?g {{ <{E}{s}> ?p ?o }} }} WHERE {{ GRAPH ?g {{ ?s ?p ?o }} }}",
                f"INSERT {{ GRAPH <{E}{h}> {{ ?o ?p ?s }} }} WHERE {{ ?s ?p ?o }}",
                f"COPY SILENT <{E}{g}> TO <{E}{h}>",
                f"MOVE SILENT <{E}{g}> TO <{E}{h}>",
                f"DROP SILENT GRAPH <{E}{g}>",
            ]
        )
    )


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(requests(), min_size=1, max_size=6))
def test_the_union_follows_whatever_is_done(steps: list[str]) -> None:
    """The named graphs are what Oxigraph itself makes of them; the union is theirs."""
    ours, plain = Store(), Store()
    for step in operations(";".join(steps), {}):
        updates._do(ours, step, "http://base/")
    for step in steps:
        plain.update(step)
        _union(plain)
    found = consistent(ours)
    expected = consistent(plain)
    assert {k: v for k, v in found.items() if v} == {k: v for k, v in expected.items() if v}


def _union(store: Store) -> None:
    store.update("CLEAR DEFAULT")
    store.extend(Quad(*quad.triple) for quad in list(store))
