"""An index of names and texts in one SQLite file (FTS5): made from a graph, read by many.

A name is looked for in three steps, and each is taken only if those before found too little:
as the beginning of words; for typing errors, letter by letter against all names that are
about as long (Levenshtein's distance, with rapidfuzz: some tenths of a microsecond a name);
and for the beginning of a name with typing errors, by its rarest groups of three letters.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA, Levenshtein

from kg.errors import GraphError
from kg.search.folding import folded, squeezed

_LONGEST = 120  # characters of a question to the index that are looked at
_CANDIDATES = 200  # names compared letter by letter
_NEAR = 0.75  # whole names at least so like are looked at
_SURE = 0.8  # names so like are what was meant: nothing more is looked for
_RAREST = 6  # groups of three letters that a name with typing errors is looked for by
_ALIKE = 0.6  # below, two names are not taken for one with typing errors

_SCHEMA = """
CREATE TABLE thing (id INTEGER PRIMARY KEY, key TEXT UNIQUE, label TEXT, kind TEXT, weight INTEGER);
CREATE TABLE name (id INTEGER PRIMARY KEY, thing INTEGER, text TEXT, folded TEXT);
CREATE VIRTUAL TABLE words USING fts5(folded, squeezed, content='', prefix='2 3',
  tokenize="unicode61 remove_diacritics 0");
CREATE VIRTUAL TABLE threes USING fts5(squeezed, content='', detail=none, tokenize='trigram');
CREATE VIRTUAL TABLE three USING fts5vocab(threes, row);
CREATE VIRTUAL TABLE report USING fts5(key UNINDEXED, title, text, folded,
  tokenize="unicode61 remove_diacritics 2");
"""
_FOUND = """
SELECT name.id, thing.key, thing.label, thing.kind, name.text, name.folded, thing.weight
FROM name JOIN thing ON thing.id = name.thing WHERE name.id IN (%s)
"""
_REPORTS = """
SELECT key, title, snippet(report, 2, char(2), char(3), '…', 24) FROM report
WHERE report MATCH ? ORDER BY bm25(report, 0, 4, 1, 1) LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class Name:
    """A name of a thing of the graph.

    Parameters
    ----------
    key : str
        The thing's key, the last part of its address: ``org-x-3fa2c1d0``.
    label : str
        What the thing is shown as.
    kind : str
        The first part of the key: person, org, facility, place, event, agreement.
    text : str
        The name.
    weight : int
        How often reports speak of the thing; decides between names that fit equally.
    """

    key: str
    label: str
    kind: str
    text: str
    weight: int = 0


@dataclass(frozen=True, slots=True)
class Text:
    """A report: its key, its title and its text."""

    key: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A place in a report that fits; `parts` are its pieces, every second one what was found."""

    key: str
    title: str
    parts: tuple[str, ...]


class Index:
    """An index that was made; any number of threads may read it.

    Parameters
    ----------
    path : Path
        Its file.

    Raises
    ------
    GraphError
        If there is none.
    """

    def __init__(self, path: Path):
        try:
            self._base = sqlite3.connect(
                f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
            )
        except sqlite3.Error as error:
            raise GraphError(
                f"the search index cannot be read ({error})", where=str(path)
            ) from None

    def close(self) -> None:
        """Let the file go."""
        self._base.close()

    def names(self, text: str, *, kinds: Sequence[str] = (), limit: int = 10) -> list[Name]:
        """Return the things whose names fit best, each once, the best first.

        Parameters
        ----------
        text : str
            What was typed, in any script, whole or in part, with or without typing errors.
        kinds : sequence of str
            Kinds of things to look for; all without any.
        limit : int
            How many to return.
        """
        asked = folded(text[:_LONGEST])
        if not asked:
            return []
        numbers: dict[int, None] = {}
        found: list[tuple[float, Name]] = []
        for step in (self._beginning, self._near, self._alike):
            numbers |= dict.fromkeys(step(asked))
            found = self._ranked(asked, list(numbers), kinds, limit)
            if len(found) >= limit or (found and found[0][0] >= _SURE):
                break
        return [name for _, name in found]

    def keys(self, labels: Iterable[str]) -> dict[str, str]:
        """Return the key of each label that just one thing is shown as."""
        wanted = sorted({label for label in labels if label})
        found: dict[str, list[str]] = {}
        for at in range(0, len(wanted), 500):
            some = wanted[at : at + 500]
            query = f"SELECT label, key FROM thing WHERE label IN ({_marks(some)})"
            for label, key in self._base.execute(query, some):
                found.setdefault(label, []).append(key)
        return {label: keys[0] for label, keys in found.items() if len(keys) == 1}

    def passages(self, text: str, *, limit: int = 10) -> list[Passage]:
        """Return the reports whose text holds all words, with the place that fits best."""
        words = [word.replace('"', "") for word in text[:_LONGEST].split()]
        query = " ".join(f'"{word}"*' for word in words if word)
        if not query:
            return []
        try:
            rows = self._base.execute(_REPORTS, (query, limit)).fetchall()
        except sqlite3.OperationalError:  # nothing in it that could be a word
            return []
        return [Passage(key, title, _parts(passage)) for key, title, passage in rows]

    def _beginning(self, asked: str) -> list[int]:
        """Return names whose words begin so, in any order, or that begin so in one piece."""
        words = " ".join(f'"{word}"*' for word in asked.split())
        query = f'(folded : ({words})) OR (squeezed : "{squeezed(asked)}"*)'
        return self._matching("words", query, "bm25(words)")

    def _near(self, asked: str) -> list[int]:
        """Return names that are as a whole nearly the same, letter by letter."""
        near = process.extract(
            squeezed(asked),
            self._whole,
            scorer=Levenshtein.normalized_similarity,
            score_cutoff=_NEAR,
            limit=_CANDIDATES,
        )
        return [at + 1 for _, _, at in near]

    @cached_property
    def _whole(self) -> list[str]:
        """All names in one piece, in the order of their numbers."""
        rows = self._base.execute("SELECT folded FROM name ORDER BY id")
        return [squeezed(name) for (name,) in rows]

    def _alike(self, asked: str) -> list[int]:
        """Return names that share the rarest groups of three letters."""
        text = squeezed(asked)
        threes = sorted({text[at : at + 3] for at in range(len(text) - 2)})
        query = f"SELECT term FROM three WHERE term IN ({_marks(threes)}) ORDER BY doc LIMIT ?"
        rare = [term for (term,) in self._base.execute(query, [*threes, _RAREST])]
        return self._matching("threes", " OR ".join(f'"{term}"' for term in rare)) if rare else []

    def _matching(self, table: str, query: str, order: str = "rank") -> list[int]:
        sql = f"SELECT rowid FROM {table} WHERE {table} MATCH ? ORDER BY {order} LIMIT ?"
        return [number for (number,) in self._base.execute(sql, (query, _CANDIDATES))]

    def _ranked(
        self, asked: str, numbers: Sequence[int], kinds: Sequence[str], limit: int
    ) -> list[tuple[float, Name]]:
        best: dict[str, tuple[float, int, Name]] = {}
        for _, key, label, kind, text, name, weight in self._base.execute(
            _FOUND % _marks(numbers), list(numbers)
        ):
            if kinds and kind not in kinds:
                continue
            likeness = _likeness(asked, name)
            if likeness < _ALIKE or (key in best and best[key][0] >= likeness):
                continue
            best[key] = (likeness, weight, Name(key, label, kind, text, weight))
        ranked = sorted(best.values(), key=lambda one: (-one[0], -one[1], one[2].label))
        return [(likeness, name) for likeness, _, name in ranked[:limit]]


def make(path: Path, names: Iterable[Name], texts: Iterable[Text]) -> None:
    """Write an index to a file that does not exist yet.

    Parameters
    ----------
    path : Path
        The file.
    names : iterable of Name
        All names of all things, the label among them.
    texts : iterable of Text
        The reports.
    """
    base = sqlite3.connect(path)
    try:
        base.executescript(f"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; {_SCHEMA}")
        with base:
            _fill_names(base, names)
            rows = ((one.key, one.title, one.text, _other_letters(one)) for one in texts)
            base.executemany("INSERT INTO report VALUES (?, ?, ?, ?)", rows)
            base.execute("CREATE INDEX label ON thing (label)")
            base.execute("INSERT INTO words (words) VALUES ('optimize')")
            base.execute("INSERT INTO threes (threes) VALUES ('optimize')")
    finally:
        base.close()


def _fill_names(base: sqlite3.Connection, names: Iterable[Name]) -> None:
    things: dict[str, int] = {}
    for number, name in enumerate(names, 1):
        if name.key not in things:
            things[name.key] = len(things) + 1
            row = (things[name.key], name.key, name.label, name.kind, name.weight)
            base.execute("INSERT INTO thing VALUES (?, ?, ?, ?, ?)", row)
        text = folded(name.text)
        small = squeezed(text)
        base.execute(
            "INSERT INTO name VALUES (?, ?, ?, ?)", (number, things[name.key], name.text, text)
        )
        base.execute(
            "INSERT INTO words (rowid, folded, squeezed) VALUES (?, ?, ?)", (number, text, small)
        )
        base.execute("INSERT INTO threes (rowid, squeezed) VALUES (?, ?)", (number, small))


def _other_letters(text: Text) -> str:
    """Return a text's words in Latin letters where it is written in others."""
    whole = f"{text.title} {text.text}"
    return "" if whole.isascii() else folded(whole)


def _likeness(asked: str, name: str) -> float:
    """Return how well a name fits what was typed, from 0 to 1.

    The best of: the whole against the whole, the typed against the beginning of the name, and
    the typed words, in any order, against words of the name.
    """
    if asked == name:
        return 1.0
    one, other = squeezed(asked), squeezed(name)
    whole = OSA.normalized_similarity(one, other)
    beginning = OSA.normalized_similarity(one, other[: len(one)])
    words = fuzz.token_set_ratio(asked, name) / 100 if " " in asked else 0.0
    inside = _words_like(asked.split(), name.split())
    return max(whole, 0.98 * beginning, 0.9 * words, 0.95 * inside)


def _words_like(asked: Sequence[str], name: Sequence[str]) -> float:
    """Return the mean, over the typed words, of their likeness to the beginning of some word."""
    likeness = [
        max((OSA.normalized_similarity(word, of[: len(word)]) for of in name), default=0.0)
        for word in asked
    ]
    return sum(likeness) / len(likeness)


def _parts(passage: str) -> tuple[str, ...]:
    return tuple(passage.replace("\x03", "\x02").split("\x02"))


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


def names_of(rows: Iterable[tuple[str, str, str, int]]) -> Iterator[Name]:
    """Yield the names of rows of key, label, name and weight."""
    for key, label, text, weight in rows:
        yield Name(key, label, key.partition("-")[0], text, weight)
