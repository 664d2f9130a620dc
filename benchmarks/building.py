"""How quickly and in how much memory graphs are built, and how quickly they answer.

    python benchmarks/building.py [--short] [--write]

Each figure is a ratio of two things measured in the same run, beside its goal. ``--write`` puts
the table into benchmarks/RESULTS.md.
"""

from __future__ import annotations

import argparse
import platform
import re
import resource
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Sequence
from datetime import date
from importlib.metadata import version
from operator import itemgetter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from generator import Knowing, report, write
from pyoxigraph import NamedNode, Quad, Store

from kg import __version__
from kg.build import build
from kg.graph.quads import document_quads
from kg.graph.store import Graph
from kg.graph.vocabulary import DEFAULT_BASE, document_graph
from kg.queries.catalogue import prepare, questions
from kg.resolution import resolve
from kg.resolution.scenes import Slimming

_ROUNDS = 5
_TIMES = (itemgetter(0), itemgetter(1))  # by the clock, of the processor
RESULTS = Path(__file__).with_name("RESULTS.md")
Row = tuple[str, str, str, str]


def loading(reports: int) -> Row:
    """Quads of documents into a graph, beside pyoxigraph's bulk load of the same quads."""
    made = [report(number, reports) for number in range(reports)]
    resolution = resolve({document.key: record for document, record in made})
    graphs: dict[NamedNode, list[Quad]] = {
        document_graph(document.key): list(
            document_quads(document, record, resolution, base=DEFAULT_BASE, read_at=None)
        )
        for document, record in made
    }
    quads = [quad for each in graphs.values() for quad in each]
    bare, ours = [], []
    for _ in range(_ROUNDS):  # in turns, and the best of each: other work disturbs single timings
        with tempfile.TemporaryDirectory() as folder:
            bare.append(_both(lambda: Store(f"{folder}/bare").bulk_extend(quads)))
            with Graph.open(f"{folder}/graph", create=True) as graph:
                ours.append(_both(lambda: graph.fill(graphs)))
    clock, processor = (min(map(one, bare)) / min(map(one, ours)) for one in _TIMES)
    shown = f"{clock:.2f} × by the clock, {processor:.2f} × by processor time"
    return (
        "loading documents' quads, beside pyoxigraph's bulk load",
        "≥ 0.5 ×",
        f"{shown} ({len(quads):,} quads, best of {_ROUNDS})",
        _met(min(clock, processor) >= 0.5),
    )


def rebuilding(reports: int) -> Row:
    """Build when nothing has changed, beside the first time, with the English pipeline."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder / "reports", reports)
        first = _seconds(lambda: build(folder / "reports", folder / "graph"))
        again = min(_seconds(lambda: build(folder / "reports", folder / "graph")) for _ in range(3))
    shown = f"{again / first:.3f} × ({again:.2f} s and {first:.1f} s for {reports:,} reports)"
    return (
        "a rebuild when nothing changed, beside the first build",
        "≤ 0.02 ×",
        shown,
        _met(again <= 0.02 * first),
    )


def memory(few: int, many: int) -> Row:
    """Peak memory of a build of many reports, beside that of a tenth of them."""
    peaks = [_peak(few), _peak(many)]
    ratio = peaks[1] / peaks[0]
    sizes = f"{peaks[1]:,.0f} MB for {many:,} and {peaks[0]:,.0f} MB for {few:,} reports"
    shown = f"{ratio:.2f} × ({sizes})"
    return "memory while building ten times as many reports", "≤ 1.2 ×", shown, _met(ratio <= 1.2)


def growing(few: int, many: int) -> Row:
    """Weigh what resolution holds of one report more: the part of a build that has no bound.

    To stay within 1.2 × from 10,000 to 100,000 reports, a build may take 1 KB more for each.
    """
    _resolving(1)  # so that what is read once is there already
    peaks = [_resolving(few), _resolving(many)]
    grown = (peaks[1] - peaks[0]) / (many - few) / 1000
    ratio = f"{peaks[1] / peaks[0]:.1f} × for {many / few:.0f} × as many"
    shown = f"{grown:.1f} KB ({ratio}: {peaks[1] / 1e6:.1f} MB for {many:,} reports)"
    label = "what resolution holds at its peak for one report more"
    return label, "≤ 1 KB", shown, _met(grown <= 1)


def _resolving(count: int) -> int:
    """Return the peak of Python's memory, in bytes, while reports are resolved."""
    slimming = Slimming()
    tracemalloc.start(1)
    made = (report(number, count) for number in range(count))
    records = {document.key: slimming.slim(record) for document, record in made}
    del slimming
    resolve(records)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def answering(quads: int) -> list[Row]:
    """Each competency question, beside the same query given to pyoxigraph directly."""
    with tempfile.TemporaryDirectory() as name:
        size, path = _graph_of(quads, Path(name))
        with Graph.open(path) as graph:
            found = [_asked(graph, question.name) for question in questions()]
    times = sorted(found, key=lambda each: -each[1])
    slow = [f"{name} {ours * 1000:,.0f} ms" for name, ours, _ in times if ours > 0.3]
    ratios = sorted((ours / bare, name) for name, ours, bare in found)
    middle = ratios[len(ratios) // 2][0]
    shown = f"{middle:.2f} × in the median, {ratios[-1][0]:.1f} × at worst ({ratios[-1][1]})"
    row = "a competency question with its names, beside its query given to pyoxigraph"
    ratio = (row, "≤ 1.2 ×", shown, _met(ratios[-1][0] <= 1.2))
    quick = f"{len(found) - len(slow)} of {len(found)} in 300 ms"
    longest = f"{times[0][1] * 1000:,.0f} ms ({times[0][0]}; {quick})"
    label = f"the slowest competency question on {size:,} quads"
    return [ratio, (label, "≤ 300 ms", longest, _met(not slow))]


def _asked(graph: Graph, question: str) -> tuple[str, float, float]:
    """Return the best of three times for a question, and for its query alone."""
    kinds = {
        "organization": "org:Organization",
        "entity": "org:Organization",
        "person": "foaf:Person",
        "place": "schema:City",
    }
    given = {kind: _name(graph, name) for kind, name in kinds.items()}
    given |= {"document": "report-0000001", "text": "Forum"}
    asked = next(each for each in questions() if each.name == question)
    needed = {key: given[blank.kind] for key, blank in asked.parameters.items() if blank.required}
    ours = min(_seconds(lambda: graph.ask(question, **needed)) for _ in range(3))
    query = prepare(graph, question, needed)

    def bare() -> None:
        for _ in graph.store.query(query, prefixes=dict(graph.prefixes)):
            pass

    alone = min(_seconds(bare) for _ in range(3))
    return question, ours, alone


def _name(graph: Graph, kind: str) -> str:
    query = f"""SELECT ?name {{
      ?class rdfs:subClassOf* {kind} . ?one a ?class ; rdfs:label ?name }} LIMIT 1"""
    return str(next(iter(graph.rows(query)))[0])


def _graph_of(quads: int, folder: Path) -> tuple[int, Path]:
    """Build a graph of at least so many quads; a report has about 250 and more."""
    count = max(20, quads // 250)
    write(folder / "reports", count)
    build(folder / "reports", folder / "graph", extractor=Knowing(count))
    with Graph.open(folder / "graph") as graph:
        return len(graph.store), folder / "graph"


_PEAK = """
import sys
sys.path.insert(0, {here!r})
from building import build_in_memory
build_in_memory({count})
"""


def build_in_memory(count: int) -> None:
    """Build a graph of reports, and print the peak of this process's memory in MB."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder / "reports", count)
        build(folder / "reports", folder / "graph", extractor=Knowing(count))
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def _peak(count: int) -> float:
    script = _PEAK.format(here=str(Path(__file__).parent), count=count)
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    return float(done.stdout)


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _both(work: Callable[[], object]) -> tuple[float, float]:
    """Return the seconds that work takes by the clock, and of the processor's time."""
    begun = time.process_time()
    clock = _seconds(work)
    return clock, time.process_time() - begun


def _met(met: bool) -> str:
    return "yes" if met else "no"


def table(rows: Sequence[Row]) -> str:
    """Return figures as a table in Markdown, with the machine and the versions."""
    parts = ", ".join(f"{name} {version(name)}" for name in ("pyoxigraph", "spacy", "datasketch"))
    machine = f"{platform.machine()}, {platform.system()}, Python {platform.python_version()}"
    lines = ["| what | goal | measured | met |", "|---|---|---|---|"]
    lines += [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join(
        [f"silkgraph {__version__}, {parts}; {machine}; {date.today()}.", "", *lines, ""]
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and put the table into the results if that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--short", action="store_true", help="a minute, small inputs")
    parser.add_argument("--write", action="store_true", help="put it into RESULTS.md")
    given = parser.parse_args(arguments)
    loaded, rebuilt, few, quads = (
        (100, 30, 40, 10_000) if given.short else (5_000, 300, 1_000, 1_000_000)
    )
    grown = (200, 800) if given.short else (1_000, 4_000)
    rows = [loading(loaded), rebuilding(rebuilt), memory(few, few * 10)]
    rows += [growing(*grown), *answering(quads)]
    text = table(rows)
    print(text)
    if given.write:
        old = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else "# Results\n"
        section = f"<!-- building -->\n## Building and asking\n\n{text}<!-- /building -->\n"
        kept = re.sub(r"<!-- building -->.*<!-- /building -->\n", "", old, flags=re.S)
        RESULTS.write_text(f"{kept.rstrip()}\n\n{section}", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
