"""Reading on many machines with Ray: a file is a task, and becomes a file of records.

A task reads one file from its beginning and writes its records whole or not at all, so that Ray
may run it again wherever a machine is lost, and a run that was cut off reads only the files that
have no records yet. Each worker process keeps its pipeline for the next task. Ray's core is
used and not Ray Data: nothing passes from one machine to another but names of files.
"""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from kg.documents.sources import Options, Reader, filesystems, listing_of
from kg.documents.sources.content import Content
from kg.errors import DocumentError, ExtractionError, KgError
from kg.extraction import files
from kg.extraction.engines import Engine, sound

_RETRIES = 9


@dataclass(frozen=True, slots=True)
class Task:
    """A file to read.

    Parameters
    ----------
    source : str
        An absolute path, or an address that fsspec opens (``s3://…``).
    output : str
        The folder of the records, which every machine must reach: a path, or an address.
    extractor, model : str, str or None
        What reads, as for `Engine`.
    options : Options
        How sources are read.
    """

    source: str
    output: str
    extractor: str
    model: str | None
    options: Options

    @property
    def name(self) -> str:
        """Name of the file of records: the source's, and a hash of the whole of its address."""
        digest = hashlib.sha256(self.source.encode("utf-8", "surrogateescape")).hexdigest()
        inner = self.source.partition("::")[0]
        stem = inner.rstrip("/").rpartition("/")[2].partition(".")[0]
        return f"{stem}-{digest[:12]}{files.PARQUET}"


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a task; ``written`` is False if it needed no doing, or could not be done."""

    written: bool
    records: int
    failures: tuple[str, ...] = ()


def inputs(sources: Iterable[str]) -> list[str]:
    """Return the files to read: absolute paths, and addresses; folders and patterns opened.

    Raises
    ------
    DocumentError
        If a path does not exist, or a pattern or a folder elsewhere gives nothing to read.
    """
    found: list[str] = []
    for source in sources:
        if filesystems.is_elsewhere(source):
            found += filesystems.expanded(source)
            continue
        path = Path(source)
        if not path.exists():
            raise DocumentError("no such file or folder", where=source)
        each = listing_of(path).files if path.is_dir() else [path]
        found += [str(one.resolve()) for one in each]
    return list(dict.fromkeys(found))


def extract(tasks: Sequence[Task], address: str | None = None) -> Iterator[Result]:
    """Do tasks on a Ray cluster; yield their results as they come.

    Parameters
    ----------
    tasks : sequence of Task
        What to do. A file that has records already is not read again.
    address : str, optional
        The cluster's head (``host:port``); without it Ray is started on this machine.

    Raises
    ------
    ExtractionError
        If Ray is not installed, or the cluster cannot be reached.
    DocumentError
        If the folder of records cannot be looked into.
    """
    there = {output: filesystems.names(output) for output in {task.output for task in tasks}}
    due = [task for task in tasks if task.name not in there[task.output]]
    yield from [Result(False, 0)] * (len(tasks) - len(due))
    if not due:
        return
    ray = _ray(address)
    try:
        # What ends a task is the loss of its machine; a file at which every process dies ends it
        # at last. Other errors are its result.
        options = {"max_retries": _RETRIES, "num_cpus": 1, "scheduling_strategy": "SPREAD"}
        remote = ray.remote(**options)(perform)
        waiting = {remote.remote(task): task for task in due}
        while waiting:
            (done, *_), _ = ray.wait(list(waiting))
            yield _result(ray, done, waiting.pop(done))
    finally:
        ray.shutdown()


def _result(ray: Any, done: Any, task: Task) -> Result:
    """Return what a task gave, or what ended it."""
    try:
        result: Result = ray.get(done)
    except ray.exceptions.RayError as error:
        reason = str(error).strip().splitlines()[0]
        return Result(False, 0, (f"{task.source}: the process that reads it ends ({reason})",))
    return result


def perform(task: Task) -> Result:
    """Read a file and write its records; what fails is told in the result."""
    failures: list[KgError] = []
    try:
        with _content(task.source) as content, Reader(task.options) as reader:
            engine = _engine(task.extractor, task.model)
            found = sound(engine, reader.documents(content), failures)
            with filesystems.writing(task.output, task.name) as stream:
                count = files.write_parquet(stream, found)
    except (KgError, OSError, ImportError, ValueError) as error:
        told = error if isinstance(error, KgError) else f"{task.source}: {error}"
        return Result(False, 0, (str(told), *map(str, failures)))
    return Result(True, count, tuple(map(str, failures)))


@lru_cache(maxsize=1)
def _engine(extractor: str, model: str | None) -> Engine:
    """Return the pipeline that this worker process keeps."""
    return Engine(extractor, model)


def _content(source: str) -> AbstractContextManager[Content]:
    """Open a source: a path, or an address whose bytes are copied here first."""
    if filesystems.is_elsewhere(source):
        return filesystems.opened(source)
    return nullcontext(Content.of_file(Path(source)))


def _ray(address: str | None) -> Any:
    """Return Ray, connected."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing is sent anywhere
    os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")  # and a warning less
    try:
        import ray  # noqa: PLC0415 - an extra, and loads slowly
    except ImportError:
        raise ExtractionError(
            "Ray is not installed", remedy="pip install 'silkgraph[ray]'"
        ) from None
    try:
        ray.init(address=address, log_to_driver=False, logging_level=logging.ERROR)
    except (ConnectionError, RuntimeError, ValueError) as error:
        reason = str(error).splitlines()[0]
        raise ExtractionError(
            f"the Ray cluster cannot be used ({reason})",
            where=address,
            remedy="start it with `ray start --head`, and check --address",
        ) from None
    return ray
