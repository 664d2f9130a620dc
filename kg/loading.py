"""From files of records to a graph, without reading a text again.

Records that many machines have written (`kg.extraction.files`) become the graph that `kg.build`
would make of their documents: they pass the same gate, are resolved together and written in bulk.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path

from kg.build import BuildReport, Progress, Run, nothing_read, silent, written
from kg.errors import KgError
from kg.extraction import files
from kg.extraction.files import Reading
from kg.graph.holdings import Holdings

_UNKNOWN = "unknown"


def load(
    sources: str | Path | Iterable[str | Path],
    graph_path: str | Path = "graph",
    *,
    base: str | None = None,
    progress: Progress | None = None,
) -> BuildReport:
    """Load files of records into the graph in a folder, which is made where there is none.

    A load that is cut off is taken up by the next, as builds are; a record that the graph holds
    already costs little.

    Parameters
    ----------
    sources : str, Path or iterable of these
        Files of records, JSON Lines or Parquet, or folders of them; paths, or addresses that
        fsspec opens.
    graph_path : str or Path
        The graph's folder.
    base : str, optional
        Address under which a new graph's nodes stand.
    progress : callable, optional
        Told of each step.

    Raises
    ------
    DocumentError
        If a source does not exist, or no record can be read.
    GraphError
        If the folder is no graph, or another build writes to it.
    """
    begun = time.monotonic()
    chosen = [sources] if isinstance(sources, str | Path) else list(sources)
    paths = files.files(chosen)
    run = Run(progress or silent, sum(map(files.count, paths)))
    readings = _told_apart(run, chain.from_iterable(map(files.read, paths)))
    first = list(islice(readings, 1))  # before a folder is made for nothing
    if run.failed and not first:
        raise nothing_read(run.failed)
    return written(
        run, graph_path, base, begun, lambda held: _take(run, chain(first, readings), held)
    )


def _told_apart(run: Run, found: Iterable[Reading | KgError]) -> Iterator[Reading]:
    """Yield the readings that are whole and no doubles; note the others."""
    for one in found:
        if isinstance(one, KgError):
            run.miss(one)
        elif (document := run.told_apart(one[0])) is not None:
            yield document, one[1]


def _take(run: Run, readings: Iterable[Reading], held: Holdings) -> None:
    for document, record in readings:
        named = replace(record, extractor=record.extractor.strip() or _UNKNOWN)
        if not run.passes_over(document, named.extractor, held):
            run.hold(document, named, held)
