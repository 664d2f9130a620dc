"""A SPARQL 1.1 Update request → its operations, and which named graphs each of them changes.

Triples stand in named graphs, and the default graph is their union (`kg.graph.writing`): an
operation that would write to the default graph alone is refused, and so are LOAD and SERVICE.
INSERT DATA and DELETE DATA, which may be long, are told by their brackets; what they hold
Oxigraph reads. All others are read by rdflib, which tells what their templates change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pyoxigraph import DefaultGraph, NamedNode, Quad, Store

from kg.errors import QueryError
from kg.graph.results import Prefixes, rejected, stay

LONGEST = 50_000
"""Characters of an operation that is not plain data."""
MOST = 5_000
"""Operations of a request."""
_TOKEN = re.compile(
    r"""(?P<blank>\s+|\#[^\r\n]*)
      | (?P<iri><(?:[^<>"{}|^`\\\x00-\x20]++|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*+>)
      | (?P<text>\"\"\"(?:[^"\\]++|\\.|"(?!""))*+\"\"\"|'''(?:[^'\\]++|\\.|'(?!''))*+'''
          |"(?:[^"\\\r\n]++|\\.)*+"|'(?:[^'\\\r\n]++|\\.)*+')
      | (?P<name>(?:[^\W\d_][\w.-]*)?:(?:[\w.:%-]++|\\.)*+)
      | (?P<word>[A-Za-z]\w*)
      | (?P<mark>[{};])
      | (?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_UNREADABLE = frozenset("<\"'\\")  # begins what is no term of plain data
_DATA = (["INSERT", "DATA", "{", "}"], ["DELETE", "DATA", "{", "}"])
_READ_TWICE = re.compile(r"\\[uU]|\r(?!\n)")
"""What rdflib and Oxigraph read differently: rdflib puts escaped characters in place before it
looks for brackets, and lets no bare carriage return end a comment."""
_LOAD = re.compile(r"\bLOAD\b", re.IGNORECASE)
_NONE_GIVEN = frozenset(("CREATE", "CLEAR", "DROP", "ADD", "MOVE", "COPY"))  # have no WHERE


class DefaultGraphError(QueryError):
    """An update of the default graph, which holds what the named graphs hold."""


@dataclass(frozen=True, slots=True)
class Data:
    """Quads to insert, or to delete."""

    quads: tuple[Quad, ...]
    insert: bool


@dataclass(frozen=True, slots=True)
class Pattern:
    """An operation for the engine; `names` are the graphs it may change, None if it may all."""

    text: str
    names: frozenset[NamedNode] | None


@dataclass(frozen=True, slots=True)
class Using:
    """The dataset that a request gives to the patterns of its update.

    Parameters
    ----------
    default, named : tuple of str
        ``using-graph-uri`` and ``using-named-graph-uri`` (SPARQL 1.1 Protocol, 2.2.3).
    """

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.default or self.named)

    def clauses(self) -> str:
        """Return the same as clauses of SPARQL."""
        named = [f"USING {NamedNode(iri)} " for iri in self.default]
        return "".join((*named, *(f"USING NAMED {NamedNode(iri)} " for iri in self.named)))


Operation = Data | Pattern
ANY = Using()


def operations(sparql: str, prefixes: Prefixes, using: Using = ANY) -> list[Operation]:
    """Return the operations of an update.

    Parameters
    ----------
    sparql : str
        The update.
    prefixes : mapping of str to str
        Prefixes that it need not declare.
    using : Using
        The dataset of its patterns, if the request names one.

    Raises
    ------
    QueryError
        If it is no update, reaches out of the graph, is too long, or would write to the
        default graph alone (`DefaultGraphError`).
    """
    found: list[Operation] = []
    for part in _parts(sparql):
        if len(found) == MOST:
            raise QueryError(
                f"the update has more than {MOST:,} operations", remedy="send several updates"
            )
        found.append(
            _data(part, prefixes) if part.words in _DATA else _pattern(part, prefixes, using)
        )
    return found


@dataclass(frozen=True, slots=True)
class _Part:
    """One operation as it is written: what is declared before it, its text, its outer words."""

    prologue: str
    text: str
    heads: tuple[tuple[str, int], ...]

    @property
    def words(self) -> list[str]:
        return [word for word, _ in self.heads]


def _parts(sparql: str) -> Iterator[_Part]:
    """Yield the operations between semicolons that stand in no brackets."""
    prologue, begun, depth, declaring = "", 0, 0, False
    heads: list[tuple[str, int]] = []
    for token in _TOKEN.finditer(sparql):
        kind, text, at = token.lastgroup, token[0], token.start()
        if kind == "blank":
            continue
        if not heads and not depth and (declaring or text.upper() in ("PREFIX", "BASE")):
            declaring = kind != "iri"  # which ends a declaration
            prologue += f"{text} "
            begun = token.end()
        elif text == ";" and not depth:
            yield _Part(prologue, sparql[begun:at], tuple(heads))
            begun, heads = token.end(), []
        else:
            depth += (text == "{") - (text == "}")
            if depth == 0 or (depth == 1 and text == "{"):
                heads.append((text.upper() if kind == "word" else text, at - begun))
    if heads or depth:
        yield _Part(prologue, sparql[begun:], tuple(heads))


def _data(part: _Part, prefixes: Prefixes) -> Data:
    """Return the quads of INSERT DATA or DELETE DATA: what an empty store holds after it."""
    for token in _TOKEN.finditer(part.text):
        if token["other"] in _UNREADABLE:
            raise QueryError("not SPARQL", where=f"near {part.text[token.start() :][:40]!r}")
    (verb, at), insert = part.heads[0], part.words[0] == "INSERT"
    _run(Store(), f"{part.prologue}{part.text}", prefixes)  # what it is, it must be as it stands
    held = Store()
    _run(held, f"{part.prologue}INSERT{part.text[at + len(verb) :]}", prefixes)
    quads = tuple(held)
    if any(isinstance(quad.graph_name, DefaultGraph) for quad in quads):
        raise _unnamed()
    return Data(quads, insert)


def _run(store: Store, text: str, prefixes: Prefixes) -> None:
    try:
        store.update(text, prefixes=dict(prefixes))
    except SyntaxError as error:
        raise rejected(text, prefixes, str(error)) from None
    except (RuntimeError, ValueError, OSError) as error:
        raise QueryError(f"the update cannot be run ({error})") from None


def _pattern(part: _Part, prefixes: Prefixes, using: Using) -> Pattern:
    """Return an operation with what it may change."""
    text = f"{part.prologue}{part.text}"
    if len(text) > LONGEST:
        raise QueryError(
            f"an operation with patterns has more than {LONGEST:,} characters",
            remedy="send what is plain as INSERT DATA or DELETE DATA",
        )
    stay(text)
    if _LOAD.search(text):
        raise QueryError("LOAD would reach out of the graph", remedy="send the triples themselves")
    one = _parsed(text, prefixes)
    names = _changed(one)
    if _READ_TWICE.search(text):
        names = None  # what the engine does may be other than what was found
    if using and part.words[0] not in _NONE_GIVEN:
        text = f"{part.prologue}{_with(part, using)}"
    _checked(text, prefixes)
    return Pattern(text, names)


def _checked(text: str, prefixes: Prefixes) -> None:
    """Raise `QueryError` if the engine cannot read an operation."""
    try:
        Store().update(text, prefixes=dict(prefixes))
    except SyntaxError as error:
        raise rejected(text, prefixes, str(error)) from None
    except (RuntimeError, ValueError, OSError):  # such as a graph that an empty store has not
        return


def _with(part: _Part, using: Using) -> str:
    """Return an operation whose pattern looks at the dataset of the request."""
    words, text = part.words, part.text
    if {"USING", "WITH"} & set(words):
        raise QueryError(
            "both the request and the update name a dataset", remedy="leave one of them out"
        )
    places = dict(part.heads)
    if words == ["DELETE", "WHERE", "{", "}"]:
        pattern = text[places["{"] : places["}"] + 1]
        return f"DELETE {pattern} {using.clauses()} WHERE {pattern}"
    if "WHERE" not in places:
        raise QueryError("not SPARQL", remedy="write WHERE before the pattern")
    return f"{text[: places['WHERE']]} {using.clauses()} {text[places['WHERE'] :]}"


def _parsed(text: str, prefixes: Prefixes) -> Any:
    """Return the one operation that a text is, in rdflib's algebra."""
    from pyparsing import ParseException  # noqa: PLC0415 - with rdflib, for who updates
    from rdflib.plugins.sparql.algebra import translateUpdate  # noqa: PLC0415
    from rdflib.plugins.sparql.parser import parseUpdate  # noqa: PLC0415

    try:
        found = translateUpdate(parseUpdate(text), initNs=dict(prefixes)).algebra
    except ParseException as error:
        raise rejected(text, prefixes, f"error at {error.lineno}:{error.col}: ") from None
    except RecursionError:
        raise QueryError("the update is nested too deep") from None
    except Exception as error:  # rdflib's own: an undeclared prefix, a wrong variable
        raise rejected(text, prefixes, str(error)) from None
    if len(found) != 1:
        raise QueryError("not SPARQL", remedy="part operations by a semicolon")
    return found[0]


def _changed(one: Any) -> frozenset[NamedNode] | None:
    """Return the graphs that an operation may change; None if it may change all."""
    if one.name in ("Clear", "Drop", "Create"):
        return _named([one.graphiri]) if one.graphiri not in ("ALL", "NAMED") else None
    if one.name in ("Add", "Copy", "Move"):
        source, target = one.graph
        return _named([target] if one.name != "Move" else [source, target])
    if one.name not in ("Modify", "DeleteWhere"):
        raise QueryError(f"{one.name} is not done here")
    templates: Sequence[Any] = [one] if one.name == "DeleteWhere" else [one.delete, one.insert]
    names: list[Any] = []
    for template in filter(None, templates):
        names += template.quads or ()
        if template.triples:
            names.append(one.withClause or "DEFAULT")
    return _named(names)


def _named(names: Sequence[Any]) -> frozenset[NamedNode] | None:
    from rdflib import URIRef, Variable  # noqa: PLC0415 - loaded already, by the parser

    if any(not isinstance(name, URIRef | Variable) for name in names):
        raise _unnamed()
    if any(isinstance(name, Variable) for name in names):
        return None
    try:
        return frozenset(NamedNode(str(name)) for name in names)
    except ValueError:
        raise QueryError("a graph's name is no absolute IRI") from None


def _unnamed() -> DefaultGraphError:
    return DefaultGraphError(
        "the default graph is the union of the named graphs, and is changed by them alone",
        remedy="say which graph: GRAPH <…> { … }, or WITH <…>",
    )
