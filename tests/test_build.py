"""Builds with an extractor that knows the gold annotations: quick, and known to the letter."""

from __future__ import annotations

import json
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from gold_extractor import GoldExtractor

from kg.build import BuildReport, build
from kg.documents.document import Document
from kg.errors import DocumentError, ExtractionError, GraphError
from kg.extraction.record import Record
from kg.graph import holdings
from kg.graph.store import Graph

ROOT = Path(__file__).parents[1]
NAMES = ("en-0001", "en-0003", "en-0007", "en-0012", "en-0018", "en-0025")


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """A folder with six reports of the corpus."""
    folder = tmp_path / "reports"
    folder.mkdir()
    for name in NAMES:
        shutil.copy(ROOT / "corpus" / f"{name}.txt", folder)
    return folder


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """What the graph of the six reports says after one build that nothing disturbed."""
    folder = tmp_path_factory.mktemp("undisturbed")
    sources = [ROOT / "corpus" / f"{name}.txt" for name in NAMES]
    assert build(sources, folder / "graph", extractor=GoldExtractor()).read == 6
    return said(folder / "graph")


def said(path: Path) -> set[str]:
    """Return the quads of a graph, without their history, and check their union.

    History is when they were read, and which nodes there were before.
    """
    with Graph.open(path) as graph:
        quads = {
            text
            for text in map(str, graph.store)
            if "endedAtTime" not in text and "#mergedInto>" not in text
        }
        named = {str(quad.triple) for quad in graph.store if str(quad.graph_name) != "DEFAULT"}
        union = {str(quad.triple) for quad in graph.store if str(quad.graph_name) == "DEFAULT"}
    assert named == union
    return quads


def run(reports: Path, **options: object) -> tuple[BuildReport, GoldExtractor]:
    extractor = GoldExtractor(str(options.pop("version", "gold 1")))
    graph = reports.parent / "graph"
    return build(reports, graph, extractor=extractor, **options), extractor  # type: ignore[arg-type]


class TestOnce:
    def test_the_report_tells_what_was_done(self, reports: Path) -> None:
        report, extractor = run(reports)
        assert (report.read, report.unchanged, report.replaced) == (6, 0, 0)
        assert (report.failed, report.duplicates) == ((), ())
        assert report.entities > 50
        assert report.statements > 50
        assert report.ties > 5
        assert report.seconds > 0
        assert sorted(extractor.read) == list(NAMES)

    def test_the_graph_conforms(self, reports: Path) -> None:
        run(reports)
        with Graph.open(reports.parent / "graph") as graph:
            assert [each for each in graph.validate() if each.severity == "Violation"] == []
            assert sorted(graph.documents()["id"]) == list(NAMES)

    def test_progress_is_told_from_beginning_to_end(self, reports: Path) -> None:
        steps: list[tuple[str, int, int]] = []
        run(reports, progress=lambda *step: steps.append(step))
        assert steps[:6] == [("reading", done, 6) for done in range(1, 7)]
        assert steps[-1] == ("writing", 6, 6)


class TestAgain:
    def test_nothing_is_read_twice_and_no_model_is_loaded(
        self, reports: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        run(reports)
        before = sorted(path.name for path in (reports.parent / "graph").iterdir())
        monkeypatch.setattr("kg.build.extractor_version", lambda model: "gold 1")
        monkeypatch.setattr("kg.extraction.pipeline.load", lambda model: pytest.fail("loaded"))
        report = build(reports, reports.parent / "graph")
        assert (report.read, report.unchanged, report.replaced) == (0, 6, 0)
        assert report.ties > 5
        assert sorted(path.name for path in (reports.parent / "graph").iterdir()) == before

    def test_a_changed_text_is_read_anew_and_no_other(
        self, reports: Path, undisturbed: set[str]
    ) -> None:
        changed = reports / "en-0003.txt"
        whole = changed.read_text()
        head, _, body = whole[4:].partition("---\n")
        paragraphs = body.strip().split("\n\n")
        short = f"---\n{head}---\n\n{paragraphs[0]}\n"
        changed.write_text(short)
        extractor = _Patient()
        build(reports, reports.parent / "graph", extractor=extractor)
        changed.write_text(whole)
        report, gold = run(reports)
        assert (report.unchanged, report.replaced) == (5, 1)
        assert gold.read == ["en-0003"]
        assert said(reports.parent / "graph") == undisturbed

    def test_changed_front_matter_counts_as_a_change(self, reports: Path) -> None:
        run(reports)
        path = reports / "en-0001.txt"
        path.write_text(path.read_text().replace("title: ", "title: News – ", 1))
        report, _ = run(reports)
        assert (report.unchanged, report.replaced) == (5, 1)
        with Graph.open(reports.parent / "graph") as graph:
            assert sum(graph.documents()["title"].str.startswith("News – ")) == 1

    def test_another_extractor_reads_everything_anew(self, reports: Path) -> None:
        run(reports)
        report, _ = run(reports, version="gold 2")
        assert (report.unchanged, report.replaced) == (0, 6)
        with Graph.open(reports.parent / "graph") as graph:
            assert set(graph.documents()["extractor"]) == {"gold 2"}

    def test_another_writer_writes_everything_anew(
        self, reports: Path, undisturbed: set[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with monkeypatch.context() as patch:
            patch.setattr(holdings, "version_of", lambda *parts: "0.0.9")
            run(reports)
        assert said(reports.parent / "graph") != undisturbed
        report, extractor = run(reports)
        assert (report.unchanged, extractor.read) == (6, [])
        assert said(reports.parent / "graph") == undisturbed

    def test_a_document_keeps_the_time_at_which_it_was_read(self, reports: Path) -> None:
        late = reports / "en-0001.txt"
        late.rename(reports.parent / "late.txt")
        run(reports)
        before = times(reports)
        time.sleep(1.1)
        (reports.parent / "late.txt").rename(late)
        run(reports)
        after = times(reports)
        assert len(after) == 6
        assert before.items() <= after.items()
        assert max(after.values()) > max(before.values())

    def test_the_order_of_arrival_makes_no_difference(
        self, reports: Path, undisturbed: set[str]
    ) -> None:
        files = sorted(reports.iterdir())
        random.Random(7).shuffle(files)
        for file in files:
            build(file, reports.parent / "graph", extractor=GoldExtractor())
        assert said(reports.parent / "graph") == undisturbed

    def test_documents_that_are_no_longer_in_the_sources_stay(self, reports: Path) -> None:
        run(reports)
        (reports / "en-0001.txt").unlink()
        report, _ = run(reports)
        assert report.unchanged == 5
        with Graph.open(reports.parent / "graph") as graph:
            assert len(graph.documents()) == 6

    def test_a_withdrawn_document_takes_its_ties_along(self, reports: Path) -> None:
        path = reports.parent / "graph"
        alone = reports.parent / "alone"
        build(sorted(reports.iterdir())[1:], alone, extractor=GoldExtractor())
        run(reports)
        with Graph.open(path, read_only=False) as graph:
            table = graph.documents()
            assert graph.drop(table["key"][list(table["id"]).index("en-0001")])
        report = build([], path, extractor=GoldExtractor())
        assert report.ties > 0
        assert said(path) == said(alone)


def times(reports: Path) -> dict[str, object]:
    with Graph.open(reports.parent / "graph") as graph:
        query = "SELECT ?id ?at { ?run prov:used/dcterms:identifier ?id ; prov:endedAtTime ?at }"
        table = graph.query(query)
    return dict(zip(table["id"], table["at"], strict=True))


class _Patient(GoldExtractor):
    """Knows the corpus, and finds nothing in any other text."""

    def pipe(self, documents: Iterable[Document]) -> Iterator[Record]:
        for document in documents:
            try:
                yield from super().pipe([document])
            except KeyError:
                yield Record(document.id, extractor=self.version)


class _Choking(_Patient):
    """Cannot read some documents."""

    def pipe(self, documents: Iterable[Document]) -> Iterator[Record]:
        for document in documents:
            if document.id in ("en-0003", "en-0012"):
                raise RecursionError("too deep")
            yield from super().pipe([document])


class _Lying(_Patient):
    """Gives spans that the text does not have."""

    def pipe(self, documents: Iterable[Document]) -> Iterator[Record]:
        for document in documents:
            for record in super().pipe([document]):
                data = record.to_dict()
                if document.id == "en-0007":
                    data["entities"][0]["mentions"] = [[0, 999_999]]
                yield Record.from_dict(data)


class TestTrouble:
    def test_one_unreadable_document_stops_nothing(self, reports: Path) -> None:
        (reports / "broken.txt").write_bytes(b"\xff\xfe\x00")
        report, _ = run(reports)
        assert report.read == 6
        ((address, reason),) = report.failed
        assert "broken.txt" in address
        assert "not a text" in reason

    def test_nothing_readable_at_all(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_bytes(b"")
        with pytest.raises(DocumentError, match="no text in it"):
            build(tmp_path / "a.txt", tmp_path / "graph", extractor=GoldExtractor())
        (tmp_path / "b.txt").write_bytes(b"\xff\xfe")
        with pytest.raises(DocumentError, match="none of the 2 documents"):
            build([tmp_path / "a.txt", tmp_path / "b.txt"], tmp_path / "graph")
        assert not (tmp_path / "graph").exists()

    def test_a_source_that_is_not_there_is_told_before_anything_is_done(
        self, reports: Path
    ) -> None:
        with pytest.raises(DocumentError, match="no such file"):
            build([reports, reports / "missing"], reports.parent / "graph")
        assert not (reports.parent / "graph").exists()

    @pytest.mark.parametrize(
        ("extractor", "lost", "said_of_it"),
        [
            (_Choking(), {"en-0003", "en-0012"}, "RecursionError: too deep"),
            (_Lying(), {"en-0007"}, "outside the text"),
        ],
        ids=["an exception", "a record that does not hold"],
    )
    def test_what_cannot_be_extracted_is_told_for_that_document_alone(
        self, reports: Path, extractor: GoldExtractor, lost: set[str], said_of_it: str
    ) -> None:
        report = build(reports, reports.parent / "graph", extractor=extractor)
        assert report.read == 6 - len(lost)
        assert len(report.failed) == len(lost)
        assert all(said_of_it in reason for _, reason in report.failed)
        with Graph.open(reports.parent / "graph") as graph:
            assert set(graph.documents()["id"]) == set(NAMES) - lost
        again, _ = run(reports)
        assert (again.read, again.unchanged) == (len(lost), 6 - len(lost))

    def test_a_model_that_is_not_installed(self, reports: Path) -> None:
        with pytest.raises(ExtractionError, match="xx_none"):
            build(reports, reports.parent / "graph", model="xx_none")

    def test_a_folder_that_is_something_else(self, reports: Path) -> None:
        with pytest.raises(GraphError, match="something else"):
            build(reports, reports, extractor=GoldExtractor())
        assert len(list(reports.iterdir())) == 6

    def test_control_characters(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_bytes(b"A\x07 text\x0b of \x1bbells.\n")
        extractor = _Patient()
        assert build(tmp_path / "a.txt", tmp_path / "graph", extractor=extractor).read == 1
        assert build(tmp_path / "a.txt", tmp_path / "graph", extractor=extractor).unchanged == 1


FULL = """
import resource, sys
sys.path[:0] = [{tests!r}]
from gold_extractor import GoldExtractor, annotations
from kg.build import build
annotations()
resource.setrlimit(resource.RLIMIT_FSIZE, ({room}, {room}))
build({reports!r}, {graph!r}, extractor=GoldExtractor())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="files have no limits there")
@pytest.mark.parametrize("room", [50_000, 100_000, 400_000])
def test_a_disk_that_is_full_is_told_and_loses_nothing(
    reports: Path, undisturbed: set[str], room: int
) -> None:
    graph = reports.parent / "graph"
    tests = str(Path(__file__).parent / "graph")
    script = FULL.format(tests=tests, room=room, reports=str(reports), graph=str(graph))
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert "GraphError" in done.stderr
    assert "disk" in done.stderr.splitlines()[-1]
    run(reports)
    assert said(graph) == undisturbed


class TestDoubles:
    def test_the_same_text_under_the_same_address_is_read_once(self, reports: Path) -> None:
        shutil.copy(reports / "en-0001.txt", reports / "en-0001-copy.txt")
        report, extractor = run(reports)
        assert (report.read, len(extractor.read)) == (6, 6)
        ((address, reason),) = report.duplicates
        assert address.startswith("https://")
        assert "repeats" in reason

    def test_two_texts_under_one_address_are_both_kept(self, tmp_path: Path) -> None:
        for name in "ab":
            text = f"---\nsource: https://e.org/1\n---\n\nText {name}.\n"
            (tmp_path / f"{name}.txt").write_text(text)
        for expected in ((2, 0), (0, 2)):
            report = build(
                [tmp_path / "a.txt", tmp_path / "b.txt"], tmp_path / "g", extractor=_Patient()
            )
            assert (report.read, report.unchanged) == expected
        with Graph.open(tmp_path / "g") as graph:
            found = graph.query("SELECT ?a { ?d coop:address ?a } ORDER BY ?a")
        assert list(found["a"]) == ["https://e.org/1", "https://e.org/1#b"]


TAIL = "\n\nPhoto: Press Service."


class _Forgiving(GoldExtractor):
    """Knows the corpus, also with the credit of a photograph after a text."""

    def pipe(self, documents: Iterable[Document]) -> Iterator[Record]:
        for document in documents:
            yield from super().pipe([replace(document, text=document.text.removesuffix(TAIL))])


class TestReprints:
    STRENGTHS = "SELECT ?tie ?strength { ?tie coop:strength ?strength } ORDER BY ?tie"
    GROUPS = """
    SELECT ?address { ?r a coop:Reprints ; prov:hadMember/coop:address ?address } ORDER BY ?address
    """

    def reprinted(self, folder: Path, name: str) -> Path:
        whole = (ROOT / "corpus" / f"{name}.txt").read_text()
        _, head, body = whole.split("---\n", 2)
        lines = [line for line in head.splitlines() if not line.startswith("source:")]
        path = folder / f"{name}-again.txt"
        path.write_text("\n".join(["---", *lines, "source: https://e.org/again", "---", ""]))
        path.write_text(path.read_text() + body.rstrip() + TAIL)
        return path

    def test_a_reprint_is_in_the_graph_and_adds_no_strength(
        self, reports: Path, tmp_path: Path
    ) -> None:
        build(reports, tmp_path / "one", extractor=_Forgiving())
        again = self.reprinted(tmp_path, "en-0003")
        assert build([reports, again], tmp_path / "two", extractor=_Forgiving()).read == 7
        with Graph.open(tmp_path / "one") as one, Graph.open(tmp_path / "two") as two:
            assert list(one.rows(self.GROUPS)) == []
            addresses = [address for (address,) in two.rows(self.GROUPS)]
            assert len(addresses) == 2
            assert "https://e.org/again" in addresses
            assert list(two.rows(self.STRENGTHS)) == list(one.rows(self.STRENGTHS))
            assert [v for v in two.validate() if v.severity == "Violation"] == []


# One process loads everything, without a store, whose threads no child would have; its children
# build and are killed.
PARENT = """
import json, os, random, shutil, signal, sys, time
sys.path[:0] = [{tests!r}]
from pathlib import Path
from gold_extractor import GoldExtractor
from kg import build as building
from kg.documents.sources import read
from kg.graph import folder, quads, schema, settling, writing
from kg.resolution.reprints import reprints
documents = list(read({reports!r}))
records = {{one.key: record for one, record in zip(documents, GoldExtractor().pipe(documents))}}
resolution = settling.resolve(records)
for one in documents:
    list(quads.document_quads(one, records[one.key], resolution))
list(quads.reference_quads(resolution)), list(schema.schema_triples())
reprints((one.key, one.text) for one in documents)

def child(graph, prepare=None, seconds=None):
    pid = os.fork()
    if not pid:
        if prepare:
            prepare()
        building.build({reports!r}, graph, extractor=GoldExtractor())
        os._exit(0)
    if seconds is not None:
        time.sleep(seconds)
        os.kill(pid, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
"""

STEPS = (
    PARENT
    + """
def killing(moment, after):
    left = [moment]
    def count(owner, name, after):
        whole = getattr(owner, name)
        def counted(*arguments, **options):
            left[0] -= 1
            if left[0] == 0 and not after:
                os.kill(os.getpid(), signal.SIGKILL)
            result = whole(*arguments, **options)
            if left[0] == 0 and after:
                os.kill(os.getpid(), signal.SIGKILL)
            return result
        setattr(owner, name, counted)
    def prepare():
        for owner, name in (
            (writing, "replace"), (writing, "_seal"), (writing, "_add"), (folder.Folder, "publish")
        ):
            count(owner, name, after)
        writing._BULK, writing._STEP = 0, 40
    return prepare
for graph, moment, after in json.loads({strikes!r}):
    print(child(graph, killing(moment, after)))
"""
)


FIFTY = (
    PARENT
    + """
writing._STEP = 20  # so that what is derived is written in many steps
killed, number, chance = 0, 0, random.Random({seed})
begun = time.monotonic()
child({graphs!r} + "/first")
whole = time.monotonic() - begun
while killed < 50:
    graph = Path({graphs!r}) / f"graph-{{number % 10}}"
    if any(graph.glob("read-*")):  # it came to its end before it was killed
        shutil.rmtree(graph)
    killed += child(graph, seconds=chance.uniform(0, whole)) == -signal.SIGKILL
    number += killed % 5 == 0
print(killed, "killed")
"""
)


def printed(script: str, reports: Path, **blanks: object) -> list[str]:
    """Return the words that a program prints whose children build these reports."""
    filled = script.format(
        tests=str(Path(__file__).parent / "graph"), reports=str(reports), **blanks
    )
    done = subprocess.run(
        [sys.executable, "-c", filled], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


# 6 documents, the seals of all, 4 reference graphs, what became of nodes, 12 steps of what is
# derived, the publication
STRIKES = [(moment, after) for moment in (1, 4, 7, 8, 10, 13, 18, 25) for after in (False, True)]


def struck(graphs: Path, moment: int, after: bool) -> Path:
    """Return where the graph is whose build is killed at its write of that number."""
    return graphs / f"{moment}-{'after' if after else 'before'}"


@pytest.fixture(scope="module")
def graphs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the graphs of builds that were killed, each at another step."""
    folder = tmp_path_factory.mktemp("killed")
    reports = folder / "reports"
    reports.mkdir()
    for name in NAMES:
        shutil.copy(ROOT / "corpus" / f"{name}.txt", reports)
    strikes = [(str(struck(folder, *one)), *one) for one in STRIKES]
    found = printed(STEPS, reports, strikes=json.dumps(strikes))
    assert found == [str(-signal.SIGKILL)] * len(STRIKES)
    return folder


class TestKilled:
    """``kill -9`` at any moment, and then a build that nobody kills."""

    @pytest.mark.parametrize(("moment", "after"), STRIKES)
    def test_at_each_step(
        self, graphs: Path, undisturbed: set[str], moment: int, after: bool
    ) -> None:
        graph = struck(graphs, moment, after)
        build(graphs / "reports", graph, extractor=GoldExtractor())
        assert said(graph) == undisturbed

    def test_at_fifty_moments_that_nobody_chose(
        self, reports: Path, tmp_path: Path, undisturbed: set[str]
    ) -> None:
        """Ten graphs, each built in spite of five kills; the moments spread over a whole build."""
        seed = random.randrange(10**6)
        assert printed(FIFTY, reports, graphs=str(tmp_path), seed=seed) == ["50", "killed"], seed
        for number in range(10):
            graph = tmp_path / f"graph-{number}"
            build(reports, graph, extractor=GoldExtractor())
            assert said(graph) == undisturbed, seed

    def test_readers_keep_the_graph_before_a_killed_build(self, reports: Path) -> None:
        run(reports)
        path = reports.parent / "graph"
        before = said(path)
        shutil.copy(ROOT / "corpus" / "en-0002.txt", reports)
        strikes = json.dumps([(str(path), 2, False)])
        assert printed(STEPS, reports, strikes=strikes) == [str(-signal.SIGKILL)]
        assert said(path) == before
        report, _ = run(reports)
        assert report.unchanged == 7
        assert len(said(path)) > len(before)
