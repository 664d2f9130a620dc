"""The folder that a graph lives in: a marker, the store that builds write, what readers see.

::

    graph/
      silkgraph.json              says that this is a graph, in which format, under which base
      store/                      Oxigraph as builds write it; RocksDB's own lock keeps out others
      store-undo/                 what it was before an update that has not ended (`undoable`)
      read-000007-5f0c…/          what the last build left, for any number of readers
      pages.sqlite                what was fetched; may be deleted

Readers never open what is being written (RocksDB calls that undefined, and fails at it): a
build ends with a checkpoint, made of hard links and so quick and small. A reader neither waits
for a build nor holds one up, and sees the graph as the last finished build left it.
"""

from __future__ import annotations

import json
import re
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Store

from kg.errors import GraphError
from kg.graph.reservation import PATIENCE, Reservation
from kg.graph.vocabulary import DEFAULT_BASE

MARKER = "silkgraph.json"
FORMAT = 1
PAGES = "pages.sqlite"
_NEW_MARKER = f".{MARKER}.new"
_LIVE = "store"
_DRAFT, _OLD = "store-new", "store-old"
_UNDO, _UNDO_DRAFT, _DONE = "store-undo", "store-undo-new", "store-done"
_PUBLISHED = re.compile(r"read-(?P<number>\d{6,})-(?P<state>[0-9a-f]*)")
_GLANCE = 0.05  # seconds from one look whether it is done to the next
KEPT = 2  # the newest, and the one before for readers that opened it a moment ago


@dataclass(frozen=True, slots=True)
class Folder:
    """A graph's folder.

    Parameters
    ----------
    path : Path
        The folder.
    base : str
        Address under which the nodes and named graphs of this deployment stand.
    """

    path: Path
    base: str

    @classmethod
    def find(cls, path: Path) -> Folder:
        """Return the graph folder at a path.

        Raises
        ------
        GraphError
            If there is none, it holds something else, or a later version wrote it.
        """
        _refuse_file(path)
        marker = path / MARKER
        try:
            said = json.loads(marker.read_bytes())
            version, base = int(said["format"]), str(said["base"])
        except (FileNotFoundError, NotADirectoryError):
            raise _absent(path) from None
        except OSError as error:
            raise _unreachable(path, error) from None
        except (ValueError, KeyError, TypeError):
            raise GraphError(
                "the graph's marker is damaged",
                where=str(marker),
                remedy="build the graph again in a new folder",
            ) from None
        if version > FORMAT:
            raise GraphError(
                f"the graph has format {version}, and this version reads {FORMAT}",
                where=str(path),
                remedy="upgrade silkgraph",
            )
        return cls(path, base)

    @classmethod
    def make(cls, path: Path, base: str | None = None) -> Folder:
        """Return the graph folder at a path; make it, under a base, where there is nothing yet.

        Raises
        ------
        GraphError
            If the folder holds something else, or a graph under another base.
        """
        _refuse_file(path)
        try:
            path.mkdir(parents=True, exist_ok=True)
            if not (path / MARKER).exists():
                _refuse_foreign(path)
                said = json.dumps({"format": FORMAT, "base": base or DEFAULT_BASE})
                (path / _NEW_MARKER).write_text(f"{said}\n", encoding="utf-8")
                (path / _NEW_MARKER).replace(path / MARKER)
        except OSError as error:
            raise _unreachable(path, error) from None
        folder = cls.find(path)
        if base and folder.base != base:
            raise GraphError(
                f"the graph stands under {folder.base}, not under {base}",
                where=str(path),
                remedy="take the same base address as before, or a new folder",
            )
        return folder

    def writer(self) -> Store:
        """Open the store for writing; nobody else can until it is let go.

        Raises
        ------
        GraphError
            If another process has it open, a build waits for it, or it is broken.
        """
        with self._turn():
            try:
                Reservation(self.path).end()
            except BlockingIOError:
                raise _occupied(self.path) from None
            return self._open()

    def reserved_writer(
        self, waiting: Callable[[float], None] = lambda seconds: None
    ) -> tuple[Store, Reservation]:
        """Open the store for a build: wait for a change that is under way, and let no other begin.

        Parameters
        ----------
        waiting : callable
            Told again and again for how many seconds it has waited.

        Raises
        ------
        GraphError
            If another build has the graph, a change does not end in `PATIENCE` seconds, or the
            store is broken.
        """
        with self._turn():
            try:
                reservation = Reservation(self.path)
            except BlockingIOError:
                raise _occupied(self.path) from None
        begun = time.monotonic()
        while True:
            with self._turn():
                store = self._unlocked()
            if store is not None:
                return store, reservation
            seconds = time.monotonic() - begun
            if seconds >= PATIENCE:
                reservation.end()
                raise _occupied(self.path)
            waiting(seconds)
            time.sleep(_GLANCE)

    def reopened(self) -> Store:
        """Open the store again for whoever has just let it go."""
        with self._turn():
            return self._open()

    def _open(self) -> Store:
        """Open the store; raise if another process has it."""
        store = self._unlocked()
        if store is None:
            raise _occupied(self.path)
        return store

    def _unlocked(self) -> Store | None:
        """Return the store, open for writing; None while another process has it."""
        try:
            self._finish_taking()
            store = self._undone()
        except (OSError, RuntimeError) as error:
            if "lock" in str(error).lower():
                return None
            raise _broken(self.path, error) from None
        for left in (_DRAFT, _OLD, _UNDO_DRAFT, _DONE):  # the lock is ours
            shutil.rmtree(self.path / left, ignore_errors=True)
        self._clear(self.published()[-KEPT:])
        return store

    def rewritten(self, store: Store) -> Path:
        """Write the quads of a store to new files, which `take` puts in place of the old.

        Oxigraph keeps every text that it has ever stored; only new files are without those
        that no quad has any more.

        Raises
        ------
        GraphError
            If the disk does not take it; nothing is changed then.
        """
        draft = self.path / _DRAFT
        try:
            shutil.rmtree(draft, ignore_errors=True)
            fresh = Store(str(draft))
            fresh.bulk_extend(iter(store))
            fresh.flush()
            fresh.optimize()
        except (OSError, RuntimeError) as error:
            shutil.rmtree(draft, ignore_errors=True)
            raise _unreachable(self.path, error) from None
        return draft

    def take(self, draft: Path) -> Store:
        """Put rewritten files in place of the store, which nobody may have open, and open them."""
        live = self.path / _LIVE
        live.rename(self.path / _OLD)  # from here on the draft is the store, whatever happens
        draft.rename(live)
        return self.reopened()

    def _finish_taking(self) -> None:
        """Bring to its end what a process was killed at in the middle of `take`."""
        live, draft, old = self.path / _LIVE, self.path / _DRAFT, self.path / _OLD
        if old.exists() and not live.exists():
            (draft if draft.exists() else old).rename(live)

    def undoable(self, store: Store) -> None:
        """Keep what the store is now: unless `done` is called, the next writer opens that.

        Raises
        ------
        GraphError
            If the disk does not take it; nothing may be changed then.
        """
        draft = self.path / _UNDO_DRAFT
        try:
            shutil.rmtree(draft, ignore_errors=True)
            store.backup(str(draft))
            draft.rename(self.path / _UNDO)  # whole, or not there
        except (OSError, RuntimeError) as error:
            raise _unreachable(self.path, error) from None

    def done(self) -> None:
        """Let stay what was changed since `undoable`."""
        (self.path / _UNDO).rename(self.path / _DONE)
        shutil.rmtree(self.path / _DONE, ignore_errors=True)

    def _undone(self) -> Store:
        """Open the store, without what an update that did not end has changed."""
        live, undo = self.path / _LIVE, self.path / _UNDO
        store = Store(str(live))  # fails while somebody is in the middle of an update
        if not undo.exists():
            return store
        del store
        shutil.rmtree(self.path / _OLD, ignore_errors=True)
        live.rename(self.path / _OLD)
        undo.rename(live)
        return Store(str(live))

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Let no other process open the store for writing meanwhile."""
        try:
            import fcntl  # noqa: PLC0415 - not on Windows
        except ImportError:
            yield
            return
        try:
            marker = (self.path / MARKER).open("rb")
        except OSError as error:
            raise _broken(self.path, error) from None
        with marker:
            fcntl.flock(marker, fcntl.LOCK_EX)
            yield

    def reader(self) -> Store:
        """Open for reading what the last finished build left.

        Raises
        ------
        GraphError
            If no build has finished yet, or the store is broken.
        """
        for attempt in range(3):
            published = self.published()
            if not published:
                break
            try:
                return Store.read_only(str(published[-1]))
            except (OSError, RuntimeError) as error:
                if attempt == 2 or published[-1].exists():
                    raise _broken(self.path, error) from None
        raise GraphError(
            "no build of this graph has finished yet",
            where=str(self.path),
            remedy="wait for the build that is running, or run `kg build` again",
        )

    def published(self) -> list[Path]:
        """Return what readers may open, oldest first."""
        found = [path for path in self.path.glob("read-*") if _PUBLISHED.fullmatch(path.name)]
        return sorted(found, key=lambda path: int(path.name.split("-")[1]))

    def published_state(self) -> str | None:
        """Return the state that readers see; None if there is nothing for them to see."""
        published = self.published()
        return published[-1].name.split("-")[2] if published else None

    def publish(self, store: Store, state: str, *, kept: int = KEPT) -> None:
        """Give readers the graph as it is now, named by its state (hexadecimal digits).

        Of what was published so far, that included, the newest `kept` stay.

        Raises
        ------
        GraphError
            If the disk does not take it; readers then keep what they had.
        """
        published = self.published()
        number = int(published[-1].name.split("-")[1]) + 1 if published else 1
        draft = self.path / f"new-{number:06d}"
        try:
            shutil.rmtree(draft, ignore_errors=True)
            store.backup(str(draft))
            draft.rename(self.path / f"read-{number:06d}-{state}")
        except (OSError, RuntimeError) as error:
            raise _unreachable(self.path, error) from None
        self._clear(self.published()[-kept:])

    def _clear(self, kept: list[Path]) -> None:
        """Remove checkpoints that are no longer read, and drafts that a killed build left."""
        for path in (*self.path.glob("read-*"), *self.path.glob("new-*")):
            if path not in kept:
                shutil.rmtree(path, ignore_errors=True)


def _refuse_file(path: Path) -> None:
    if path.exists() and not path.is_dir():
        raise GraphError(
            "a graph is a folder, and this is a file",
            where=str(path),
            remedy="name another folder with --graph",
        )


def _refuse_foreign(path: Path) -> None:
    """Raise if a folder without a marker holds anything."""
    names = sorted(child.name for child in path.iterdir() if child.name != _NEW_MARKER)
    if names:
        shown = ", ".join(names[:3]) + (" …" if len(names) > 3 else "")
        raise GraphError(
            f"this folder holds something else ({shown})",
            where=str(path),
            remedy="name a new or empty folder with --graph; nothing here was touched",
        )


def _absent(path: Path) -> GraphError:
    if path.is_dir() and any(path.iterdir()):
        return GraphError(
            f"this folder is not a graph (it has no {MARKER})",
            where=str(path),
            remedy="name a graph's folder with --graph",
        )
    return GraphError(
        "there is no graph here",
        where=str(path),
        remedy=f"make one with `kg build SOURCE --graph {path}`",
    )


def _unreachable(path: Path, error: Exception) -> GraphError:
    reason = getattr(error, "strerror", None) or str(error)
    return GraphError(
        f"the graph's folder cannot be used ({reason})",
        where=str(path),
        remedy="check its permissions and the space on its disk",
    )


def _occupied(path: Path) -> GraphError:
    return GraphError(
        "the graph is open in another process that writes to it",
        where=str(path),
        remedy="wait until that build has ended, or stop it, and try again",
    )


def _broken(path: Path, error: Exception) -> GraphError:
    return GraphError(
        f"the graph cannot be opened ({error})",
        where=str(path),
        remedy="check the folder's permissions and disk, or build again in a new folder",
    )
