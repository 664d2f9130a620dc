"""The competency questions, and asking them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, NamedNode

from kg.errors import UsageError
from kg.graph.dates import bounds
from kg.graph.vocabulary import XSD
from kg.queries.naming import find
from kg.queries.question import Parameter, Question

if TYPE_CHECKING:
    import pandas as pd

    from kg.graph.store import Graph


@cache
def questions() -> tuple[Question, ...]:
    """Return all questions, in the order of their names."""
    found = [path for path in files("kg.queries").iterdir() if path.name.endswith(".rq")]
    return tuple(
        Question.parse(path.name.removesuffix(".rq"), path.read_text(encoding="utf-8"))
        for path in sorted(found, key=lambda path: path.name)
    )


def get(name: str) -> Question:
    """Return the question of a name.

    Raises
    ------
    UsageError
        If there is none; its remedy gives the nearest name.
    """
    known = {question.name: question for question in questions()}
    if name not in known:
        raise UsageError(f"there is no question {name!r}", remedy=_nearest(name, known))
    return known[name]


def ask(graph: Graph, question: str, /, **parameters: object) -> pd.DataFrame:
    """Answer a question.

    Parameters
    ----------
    graph : Graph
        The graph to ask.
    question : str
        The question's name.
    **parameters
        What goes into its blanks. Names match whatever their case, and in part.

    Returns
    -------
    pandas.DataFrame
        A row for each fact and sentence that states it, or for each group counted.

    Raises
    ------
    UsageError
        If there is no such question or parameter, a value is no date, or the graph knows
        nothing of that name; the remedy gives the nearest.

    Examples
    --------
    >>> import kg
    >>> graph = kg.open("graph")                                        # doctest: +SKIP
    >>> ask(graph, "partners", organization="Turan University")         # doctest: +SKIP
    """
    return graph.query(prepare(graph, question, parameters))


def prepare(graph: Graph, question: str, parameters: Mapping[str, object]) -> str:
    """Return the query that answers a question, with its blanks filled; see `ask`."""
    asked = get(question)
    given = {key: str(value).strip() for key, value in parameters.items() if value is not None}
    for key in given:
        if key not in asked.parameters:
            raise UsageError(
                f"the question {question!r} has no parameter {key!r}",
                remedy=_nearest(key, asked.parameters),
            )
    for key, blank in asked.parameters.items():
        if blank.required and not given.get(key):
            raise UsageError(
                f"the question {question!r} needs a {key}",
                remedy=f"add --param {key}=… ({blank.help})",
            )
    values = {
        key: _terms(graph, blank, given.get(key) or blank.default)
        for key, blank in asked.parameters.items()
    }
    return asked.filled(values)


def _terms(graph: Graph, parameter: Parameter, text: str | None) -> tuple[NamedNode | Literal, ...]:
    """Return the terms that a text stands for; none for none."""
    if not text:
        return ()
    if parameter.kind == "text":
        return (Literal(text),)
    if parameter.kind == "date":
        return (_day(parameter, text),)
    if parameter.kind == "number":
        return (_number(parameter, text),)
    return tuple(find(graph, text, parameter.kind))


def _day(parameter: Parameter, text: str) -> Literal:
    """Return the first day of a date, or the last of what is a limit ("until")."""
    found = bounds(text)
    day = found.latest if parameter.name == "until" else found.earliest
    if day is None:
        raise UsageError(
            f"{text!r} is not a date",
            where=f"parameter {parameter.name}",
            remedy="write 2024, 2024-07 or 2024-07-03",
        )
    return Literal(day, datatype=XSD.date)


def _number(parameter: Parameter, text: str) -> Literal:
    if not re.fullmatch(r"[0-9]{1,9}", text):
        raise UsageError(
            f"{text!r} is not a whole number",
            where=f"parameter {parameter.name}",
            remedy="write digits, such as 3",
        )
    return Literal(int(text))


def _nearest(name: str, known: Iterable[Any]) -> str:
    names = list(known)
    near = get_close_matches(name, names, n=3, cutoff=0.5)
    if near:
        return f"did you mean {' or '.join(near)}?"
    return f"choose one of: {', '.join(names)}" if names else "leave it out"
