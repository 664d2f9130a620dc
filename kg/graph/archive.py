"""A graph in one file, taken while others read and build, and brought back whole.

The file is N-Quads, compressed with gzip, so that any RDF tool reads it. Its first line is a
comment that says what it is, its last one what it must hold: the number of quads and their
SHA-256. A backup without its last line was cut off, and is refused.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import IO, Any, cast

from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from kg.errors import GraphError
from kg.graph.export import sorted_quads
from kg.graph.store import Graph
from kg.graph.vocabulary import DCTERMS, DERIVED, graph

FORMAT = 1
_MARK = "# silkgraph backup "
_END = "# end "


@dataclass(frozen=True, slots=True)
class Archive:
    """A backup: its file, the graph's base and state, and what it holds."""

    path: Path
    base: str
    state: str
    graphs: int
    quads: int


def backup(folder: str | Path, output: str | Path) -> Archive:
    """Write a graph, as the last finished build left it, to a file, and read it back.

    Parameters
    ----------
    folder : str or Path
        The graph's folder; builds and readers may go on.
    output : str or Path
        The file, which is replaced as a whole or not at all.

    Raises
    ------
    GraphError
        If there is no graph, the file cannot be written, or it does not read back the same.
    """
    target = Path(output)
    draft = target.with_name(f".{target.name}-{os.getpid()}")
    try:
        with Graph.open(folder) as opened:
            _write(opened, draft)
        archive = verify(draft)
        draft.replace(target)
    except OSError as error:
        raise GraphError(
            f"the backup cannot be written ({error.strerror or error})",
            where=str(output),
            remedy="name a file in a folder that you may write to, with room on its disk",
        ) from None
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
    return Archive(target, archive.base, archive.state, archive.graphs, archive.quads)


def restore(source: str | Path, folder: str | Path) -> Archive:
    """Make a graph from a backup, in a folder that does not hold anything yet.

    The folder is there once the whole graph is, and not before.

    Raises
    ------
    GraphError
        If the file is no backup or a damaged one, or the folder holds something.
    """
    archive, target = verify(Path(source)), Path(folder)
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise GraphError(
            "a graph cannot be restored over something else",
            where=str(target),
            remedy="name a new folder with --graph, and put it in the old one's place afterwards",
        )
    draft = target.with_name(f".{target.name}-restoring-{os.getpid()}")
    try:
        _fill(archive, draft)
        with Graph.open(draft) as restored:
            _compare(archive, restored)
        if target.is_dir():
            target.rmdir()
        draft.rename(target)
    except OSError as error:
        raise GraphError(
            f"the graph cannot be written ({error.strerror or error})",
            where=str(target),
            remedy="name a folder that you may write to, with room on its disk",
        ) from None
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return archive


def verify(path: Path) -> Archive:
    """Return what a backup holds, after reading all of it.

    Raises
    ------
    GraphError
        If it is no backup, or not the whole of one.
    """
    said: dict[str, Any] = {}
    ended: dict[str, Any] = {}
    digest, quads, graphs, last = hashlib.sha256(), 0, 0, b""
    try:
        for line in _lines(path):
            if not said:
                said = _read(line, _MARK)
            elif line.startswith(_END.encode()):
                ended = _read(line, _END)
            else:
                digest.update(line)
                quads += 1
                name = line.rsplit(b" ", 2)[1]
                graphs, last = graphs + (name != last), name
        whole = ended == {"quads": quads, "sha256": digest.hexdigest()}
        archive = Archive(path, str(said["base"]), str(said["state"]), graphs, quads)
    except (OSError, EOFError, ValueError, KeyError, IndexError, TypeError) as error:
        raise _damaged(path, error) from None
    if not whole or said.get("format") != FORMAT:
        raise _damaged(path, "it is not whole")
    return archive


def _write(opened: Graph, path: Path) -> None:
    """Write the quads of all named graphs between the two comments."""
    digest, quads = hashlib.sha256(), 0
    with gzip.open(path, "wb", compresslevel=6) as stream:
        head = {"format": FORMAT, "base": opened.base, "state": opened.state}
        stream.write(f"{_MARK}{json.dumps(head)}\n".encode())
        for quad in sorted_quads(opened.store):
            line = f"{quad} .\n".encode()
            stream.write(line)
            digest.update(line)
            quads += 1
        end = {"quads": quads, "sha256": digest.hexdigest()}
        stream.write(f"{_END}{json.dumps(end)}\n".encode())


def _fill(archive: Archive, folder: Path) -> None:
    """Put every graph of a backup into a new folder, what was derived last."""
    derived = graph(DERIVED, archive.base)
    with Graph.open(folder, create=True, base=archive.base) as made:
        kept = []
        for name, quads in groupby(_quads(archive.path), key=lambda quad: quad.graph_name):
            assert isinstance(name, NamedNode)
            if name == derived:
                kept = [quad.triple for quad in quads]
            else:
                made.put(name, [quad.triple for quad in quads])
        marks = (derived, DCTERMS.identifier)
        made.settle(archive.state, [one for one in kept if (one.subject, one.predicate) != marks])


def _compare(archive: Archive, restored: Graph) -> None:
    digest = hashlib.sha256()
    for quad in sorted_quads(restored.store):
        digest.update(f"{quad} .\n".encode())
    *_, last = _lines(archive.path)
    if digest.hexdigest() != _read(last, _END)["sha256"]:
        raise GraphError(
            "the restored graph is not the one that was backed up",
            where=str(archive.path),
            remedy="check the disk, and restore again",
        )


def _quads(path: Path) -> Iterator[Quad]:
    with gzip.open(path, "rb") as stream:
        yield from parse(cast(IO[bytes], stream), format=RdfFormat.N_QUADS)


def _lines(path: Path) -> Iterator[bytes]:
    with gzip.open(path, "rb") as stream:
        yield from stream


def _read(line: bytes, mark: str) -> dict[str, Any]:
    text = line.decode()
    if not text.startswith(mark):
        raise ValueError("it is no backup of a graph")
    said: dict[str, Any] = json.loads(text.removeprefix(mark))
    return said


def _damaged(path: Path, problem: object) -> GraphError:
    return GraphError(
        f"the backup cannot be used ({problem})",
        where=str(path),
        remedy="name a file that `kg backup` wrote, or take an older one",
    )
