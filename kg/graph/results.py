"""SPARQL questions to a store, and their answers as Python values."""

from __future__ import annotations

import re
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QuerySolutions,
    Store,
    Triple,
    Variable,
)

from kg.errors import QueryError, UsageError
from kg.graph.vocabulary import XSD

if TYPE_CHECKING:
    import pandas as pd

Term = NamedNode | BlankNode | Literal | Triple
Prefixes = Mapping[str, str]

_TOKENS = re.compile(
    r"""(?P<comment>\#[^\n]*)
      | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
      | (?P<string>\"\"\"(?:[^\\]|\\.)*?\"\"\"|'''(?:[^\\]|\\.)*?'''
          |"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
      | (?P<variable>[?$]\w+)
      | (?P<name>[^\W\d_][\w.-]*)?:(?:[\w.%-]|\\.)*
      | (?P<word>[A-Za-z]+)""",
    re.VERBOSE | re.DOTALL,
)
_UPDATES = frozenset(
    ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH")
)
_BLANK = r"(?:[\s]|\#[^\r\n]*[\r\n])*"
_SERVICE = re.compile(
    rf"""SERVICE{_BLANK}(?:SILENT{_BLANK})?
    (?:<[^<>\s]*>|[?$]\w+|[^\s{{}}<>()"'\#:]*:(?:\\.|[^\s{{\#\\])*){_BLANK}\{{""",
    re.VERBOSE | re.IGNORECASE,
)
"""What any SERVICE clause looks like, wherever it stands: the grammar lets ``SERVICE:x`` follow
a bracket, and ``?a<?b#>`` is a comparison or an IRI, so that tokens alone do not find it."""
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U00([0-9A-Fa-f]{6})")
_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a query may take.

    Parameters
    ----------
    seconds : float or None
        Time after which the query is given up.
    rows : int or None
        Rows after which an answer is refused.
    """

    seconds: float | None = None
    rows: int | None = None


UNLIMITED = Limits()


def run(
    store: Store,
    sparql: str,
    prefixes: Prefixes,
    *,
    limits: Limits = UNLIMITED,
    bindings: Mapping[str, Any] | None = None,
) -> Any:
    """Answer a SPARQL query.

    Returns
    -------
    pandas.DataFrame, bool or list of Triple
        For SELECT, for ASK, and for CONSTRUCT and DESCRIBE.

    Raises
    ------
    QueryError
        If the query cannot be parsed, would change the graph or reach out of it, or exceeds
        its limits.
    """
    refuse(sparql)
    values = {Variable(name): term(value) for name, value in (bindings or {}).items()}

    def answer() -> Any:
        try:
            found = store.query(sparql, prefixes=dict(prefixes), substitutions=values or None)
            return _materialised(found, limits)
        except SyntaxError as error:
            raise rejected(sparql, prefixes, str(error)) from None
        except (RuntimeError, ValueError) as error:
            raise QueryError(
                f"the query cannot be run ({error})", remedy="check the names of its variables"
            ) from None

    return answer() if limits.seconds is None else _within(limits.seconds, answer)


def rows(store: Store, sparql: str, prefixes: Prefixes) -> Iterator[tuple[Any, ...]]:
    """Answer a SELECT query of our own as tuples of Python values."""
    found = store.query(sparql, prefixes=dict(prefixes))
    assert isinstance(found, QuerySolutions)
    names = [variable.value for variable in found.variables]
    for row in found:
        yield tuple(value(row[name]) for name in names)


def refuse(sparql: str) -> None:
    """Raise `QueryError` if a query would change the graph or ask another server."""
    words = _words(sparql)
    verb = next((word for word in words if word not in ("PREFIX", "BASE")), "")
    if verb in _UPDATES:
        raise QueryError(
            f"{verb} would change the graph, and a query only reads it",
            remedy="use SELECT, ASK, CONSTRUCT or DESCRIBE; graphs are changed by `kg build`",
        )
    stay(sparql)


def stay(sparql: str) -> None:
    """Raise `QueryError` if a query or an update would ask another server."""
    found = _SERVICE.search(sparql) or _SERVICE.search(_unescaped(sparql))
    if found or "SERVICE" in _words(sparql):
        raise QueryError(
            "SERVICE would send the query to another server",
            remedy="ask that server itself, and join the answers in a notebook",
        )


def _unescaped(sparql: str) -> str:
    """Return a query with its escaped characters as themselves, as some engines read it."""
    return _ESCAPE.sub(lambda match: _character(int(match[1] or match[2], 16)), sparql)


def _character(code: int) -> str:
    return chr(code) if code <= sys.maxunicode else ""


def term(value: object) -> Term:
    """Return the RDF term of a Python value.

    A string that begins with ``http://`` or ``https://`` is taken for an IRI, any other for
    plain text.

    Raises
    ------
    UsageError
        If there is no term for it.
    """
    if isinstance(value, NamedNode | BlankNode | Literal | Triple):
        return value
    if isinstance(value, str) and value.startswith(("http://", "https://")):
        try:
            return NamedNode(value)
        except ValueError:
            pass
    if isinstance(value, str | bool | int | float):
        return Literal(str(value) if isinstance(value, str) else value)
    if isinstance(value, datetime):
        return Literal(value.isoformat(), datatype=XSD.dateTime)
    if isinstance(value, date):
        return Literal(value.isoformat(), datatype=XSD.date)
    raise UsageError(
        f"a query cannot hold a {type(value).__name__}",
        remedy="give a text, a number, a date or an IRI",
    )


_NUMBERS: dict[str, Callable[[str], Any]] = {
    **dict.fromkeys(("integer", "int", "long", "short", "byte", "nonNegativeInteger"), int),
    **dict.fromkeys(("decimal", "double", "float"), float),
    "boolean": lambda text: text in ("true", "1"),
    "date": date.fromisoformat,
    "dateTime": datetime.fromisoformat,
}


def value(of: Term | None) -> Any:
    """Return a term as a Python value: IRIs and texts as `str`, numbers and dates as such."""
    if of is None or isinstance(of, NamedNode):
        return of and of.value
    if not isinstance(of, Literal):
        return str(of)
    kind = of.datatype.value
    if not kind.startswith(XSD.iri):
        return of.value
    try:
        return _NUMBERS.get(kind.removeprefix(XSD.iri), str)(of.value)
    except ValueError:  # a year past 9999, a literal of no value
        return of.value


def frame(columns: Iterable[str], rows: Iterable[Iterable[Any]]) -> pd.DataFrame:
    """Return rows of Python values as a DataFrame; what is missing is None."""
    import pandas as pd  # noqa: PLC0415 - half a second that a query's caller pays, not `import kg`

    table = pd.DataFrame(list(rows), columns=list(columns), dtype=object)
    for name in table.columns:
        kinds = {type(item) for item in table[name]}
        if len(kinds) == 1 and kinds <= {int, float, bool}:
            table[name] = table[name].astype(kinds.pop())
    return table


def _materialised(found: Any, limits: Limits) -> Any:
    if isinstance(found, QueryBoolean):
        return bool(found)
    few = bounded(found, limits.rows)
    if isinstance(found, QuerySolutions):
        names = [variable.value for variable in found.variables]
        return frame(names, ([value(row[name]) for name in names] for row in few))
    return list(few)


def bounded(found: Iterable[Any], rows: int | None) -> Iterator[Any]:
    """Yield what was found, or raise `QueryError` if it is more than so many rows."""
    if rows is None:
        yield from found
        return
    every = iter(found)
    yield from islice(every, rows)
    if next(every, None) is not None:
        raise QueryError(
            f"the answer has more than {rows:,} rows", remedy="add a LIMIT or narrow the query"
        )


def _within(seconds: float, answer: Callable[[], Any]) -> Any:
    """Return an answer, or raise if it takes too long.

    Oxigraph cannot be told to stop: the query is left to itself in a thread that ends with the
    process, and whoever asked goes on.
    """
    outcome: list[Any] = []
    failure: list[BaseException] = []

    def work() -> None:
        try:
            outcome.append(answer())
        except BaseException as error:  # raised again, where the caller can see it
            failure.append(error)

    thread = threading.Thread(target=work, name="query", daemon=True)
    thread.start()
    thread.join(seconds)
    if failure:
        raise failure[0]
    if not outcome:
        raise QueryError(
            f"the query took longer than {seconds:g} seconds",
            remedy="bind more of its variables, or add a LIMIT",
        )
    return outcome[0]


def _words(sparql: str) -> list[str]:
    """Return the bare words of a query in capitals, without names, texts and comments."""
    return [match["word"].upper() for match in _TOKENS.finditer(sparql) if match["word"]]


def rejected(sparql: str, prefixes: Prefixes, problem: str) -> QueryError:
    """Return the error for a query that Oxigraph does not understand."""
    missing = _undeclared(sparql, prefixes)
    match = _PLACE.match(problem)
    where = _place(sparql, int(match[1]), int(match[2])) if match else None
    if missing is not None:
        return QueryError(
            f"the prefix {missing}: is not declared",
            where=where,
            remedy=f"write PREFIX {missing}: <…>; declared are {', '.join(sorted(prefixes))}",
        )
    unbound = "unbound" in problem
    return QueryError(
        "SELECT names a variable that its groups do not give" if unbound else "not SPARQL",
        where=where,
        remedy="group by it, or take COUNT, MIN or SAMPLE" if unbound else "mend the query there",
    )


def _place(sparql: str, line: int, column: int) -> str:
    """Return a place in a query in words, with what stands around it."""
    lines = sparql.splitlines()
    whole = lines[line - 1] if line <= len(lines) else ""
    near = whole[max(column - 24, 0) : column + 16].strip()
    return f"line {line}, column {column}" + (f", near {near!r}" if near else "")


def _undeclared(sparql: str, prefixes: Prefixes) -> str | None:
    """Return the first prefix of a query that nothing declares."""
    declared, expecting = set(prefixes), False
    for match in _TOKENS.finditer(sparql):
        if match["word"]:
            expecting = match["word"].upper() == "PREFIX"
        elif ":" in match[0] and not (match["comment"] or match["iri"] or match["string"]):
            name = match["name"] or ""
            if sparql[: match.start()].endswith("_"):  # a blank node
                continue
            if expecting:
                declared.add(name)
            elif name not in declared:
                return name
            expecting = False
    return None
