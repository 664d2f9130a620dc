# ruff: noqa: PLC0415 - what is slow to import is imported by the command that needs it
"""Questions to a graph: `kg questions`, `kg ask`, `kg query`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli import tables, terminal
from kg.cli.options import DEFAULT_GRAPH, Form, GraphFolder, Output, Store, place
from kg.cli.tables import TableFormat
from kg.errors import QueryError, UsageError

if TYPE_CHECKING:
    from kg.queries.question import Parameter, Question

_QUERY_SUFFIXES = frozenset({".rq", ".sparql"})


def query(
    sparql: Annotated[
        str,
        typer.Argument(
            metavar='"SPARQL"|FILE.rq', help="The query, a file that holds it, or - for input."
        ),
    ],
    form: Form = TableFormat.table,
    output: Output = None,
    graph: GraphFolder = DEFAULT_GRAPH,
    store: Store = None,
) -> None:
    """Answer a SPARQL query.

    The prefixes of the ontology are declared. SELECT gives a table, ASK true or false,
    CONSTRUCT and DESCRIBE give Turtle.
    """
    import kg

    text = _query_text(sparql)
    with kg.open(place(graph, store)) as held:
        answer = held.query(text)
    if isinstance(answer, bool):
        terminal.write_text(f"{str(answer).lower()}\n", output)
    elif hasattr(answer, "serialize"):
        _show_triples(answer, form, output)
    else:
        tables.show(answer, form, output)


def _query_text(given: str) -> str:
    if given == "-":
        return sys.stdin.read()
    if Path(given).suffix not in _QUERY_SUFFIXES or "{" in given:
        return given
    try:
        return Path(given).read_text("utf-8-sig")
    except (OSError, ValueError) as error:
        raise QueryError(
            f"the query's file cannot be read: {getattr(error, 'strerror', None) or error}",
            where=given,
            remedy="name a file with one SPARQL query, in UTF-8",
        ) from None


def _show_triples(triples: Any, form: TableFormat, output: Path | None) -> None:
    """Write what CONSTRUCT or DESCRIBE gives: as Turtle, or in three columns."""
    if form is TableFormat.table:
        terminal.write_text(triples.serialize(format="turtle"), output)
        return
    import pandas as pd

    rows = sorted(tuple(str(term) for term in triple) for triple in triples)
    tables.show(pd.DataFrame(rows, columns=["subject", "predicate", "object"]), form, output)


def questions(
    question: Annotated[
        str | None, typer.Argument(metavar="[QUESTION]", help="Tell all about this one.")
    ] = None,
    form: Form = TableFormat.table,
    output: Output = None,
) -> None:
    """List the questions that ask answers.

    With the name of one: what it answers, its parameters, and its SPARQL.
    """
    import pandas as pd

    from kg.queries import catalogue

    if question is not None:
        terminal.write_text(_described(catalogue.get(question)), output)
        return
    rows = [
        (asked.name, asked.title, ", ".join(map(_named, asked.parameters.values())))
        for asked in catalogue.questions()
    ]
    tables.show(pd.DataFrame(rows, columns=["question", "asks", "parameters"]), form, output)


def _named(parameter: Parameter) -> str:
    return f"{parameter.name} (needed)" if parameter.required else parameter.name


def _described(question: Question) -> str:
    lines = [question.title, question.description, f"Asked by: {', '.join(question.asked_by)}"]
    for parameter in question.parameters.values():
        default = f" [{parameter.default}]" if parameter.default else ""
        lines.append(f"--param {_named(parameter)}: {parameter.help}{default}")
    return "\n".join([*lines, "", question.sparql.strip(), ""])


def ask(  # noqa: PLR0913, PLR0917 - each is an option of the command
    question: Annotated[
        str, typer.Argument(metavar="QUESTION", help="Its name, as kg questions lists it.")
    ],
    param: Annotated[
        list[str] | None,
        typer.Option("--param", "-p", metavar="NAME=VALUE", help="A parameter; may be repeated."),
    ] = None,
    form: Form = TableFormat.table,
    output: Output = None,
    graph: GraphFolder = DEFAULT_GRAPH,
    store: Store = None,
) -> None:
    """Answer a prepared question, with its evidence.

    Each row comes with the sentence and the report that it rests on.
    """
    import kg
    from kg.queries import catalogue

    parameters = _parameters(param or [])
    if "limits" not in catalogue.get(question).parameters and "limits" in parameters:
        raise UsageError("there is no parameter 'limits'", remedy="look at kg questions")
    with kg.open(place(graph, store)) as held:
        tables.show(catalogue.ask(held, question, **parameters), form, output)


def _parameters(given: list[str]) -> dict[str, Any]:
    pairs = {}
    for pair in given:
        name, equals, value = pair.partition("=")
        if not equals or not name.strip():
            raise UsageError(f"--param {pair} has no value", remedy="write --param NAME=VALUE")
        pairs[name.strip()] = value
    return pairs
