# ruff: noqa: PLC0415 - what is slow to import is imported by the command that needs it
"""People decide: `kg review list`, `merge`, `split`, `reject`, `confirm`, `undo`, `log`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import tables, terminal
from kg.cli.options import DEFAULT_GRAPH, Form, GraphFolder, Output
from kg.cli.tables import TableFormat
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.graph.curation import Ruling
    from kg.graph.store import Graph

app = typer.Typer(
    help="Decide what is one and what is two, what is right and what is wrong.",
    epilog="Start with: kg review list",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    rich_markup_mode=None,
)

By = Annotated[str, typer.Option("--by", metavar="NAME", envvar="KG_REVIEWER", help="Who decides.")]
Because = Annotated[str, typer.Option("--because", metavar="REASON", help="Why.")]
Entity = Annotated[str, typer.Argument(metavar="ENTITY", help="A name, or an address: id:org-x-…")]
Other = Annotated[str, typer.Argument(metavar="OTHER", help="Another one.")]
Fact = Annotated[str, typer.Argument(metavar="FACT", help="The address of a fact: id:tenure-…")]


def _example(*examples: str) -> str:
    return "\n\n".join(["Examples:", *(f"  {example}" for example in examples)])


@app.command("list", epilog=_example("kg review list", "kg review list --limit 100 -f csv"))
def list_(
    limit: Annotated[int, typer.Option(min=1, help="How many to show.")] = 20,
    form: Form = TableFormat.table,
    output: Output = None,
    graph: GraphFolder = DEFAULT_GRAPH,
) -> None:
    """Show which pairs may be one thing, the likeliest first, and what speaks for and against."""
    import pandas as pd

    from kg.graph.store import Graph
    from kg.review import doubtful

    with Graph.open(graph) as held:
        found = doubtful(held)
    rows = [
        {
            "likely": f"{doubt.comparison.probability:.2f}",
            "one": f"{doubt.one.name} id:{doubt.one.key}",
            "other": f"{doubt.other.name} id:{doubt.other.key}",
            "for": "; ".join(doubt.comparison.reasons_for),
            "against": "; ".join(doubt.comparison.reasons_against),
        }
        for doubt in found[:limit]
    ]
    tables.show(pd.DataFrame(rows), form, output)
    terminal.say(f"{len(found)} doubtful pairs, {len(rows)} shown")


@app.command("merge", epilog=_example(
    'kg review merge "KazNU" "Kazakh National University" --by "A. Reader" --because "its site"',
))  # fmt: skip
def merge(
    entity: Entity, other: Other, by: By, because: Because, graph: GraphFolder = DEFAULT_GRAPH
) -> None:
    """Make two entities one: ENTITY keeps its address, OTHER points to it."""
    from kg import review

    one, two = _found(graph, entity), _found(graph, other)
    _say(review.merge(graph, one, two, by=by, because=because))


@app.command("split", epilog=_example(
    'kg review split id:person-p-1a2b3c4d id:person-p-5e6f7a8b --by me --because "two people"',
    'kg review split "Zhang Wei" --document en-0007 --by me --because "another Zhang Wei"',
))  # fmt: skip
def split(  # noqa: PLR0913, PLR0917 - what can be told
    entity: Entity,
    by: By,
    because: Because,
    other: Annotated[
        str | None, typer.Argument(metavar="[OTHER]", help="An entity that it is not.")
    ] = None,
    document: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="A document that means another one; may be repeated."),
    ] = None,
    graph: GraphFolder = DEFAULT_GRAPH,
) -> None:
    """Keep two entities apart, or take apart what some documents mean by one."""
    from kg import review

    if (other is None) == (not document):
        raise UsageError("give another entity, or the documents that mean another one")
    one = _found(graph, entity)
    if other is not None:
        ruling = review.split(graph, one, _found(graph, other), by=by, because=because)
    else:
        documents = [_found(graph, text, "document") for text in document or ()]
        ruling = review.part(graph, one, documents, by=by, because=because)
    _say(ruling)


@app.command("reject", epilog=_example('kg review reject id:tenure-0a1b --by me --because "old"'))
def reject(fact: Fact, by: By, because: Because, graph: GraphFolder = DEFAULT_GRAPH) -> None:
    """Take a wrong fact out of the graph."""
    from kg import review

    _say(review.reject(graph, _address(graph, fact), by=by, because=because))


@app.command(
    "confirm", epilog=_example('kg review confirm id:tenure-0a1b --by me --because "seen"')
)
def confirm(fact: Fact, by: By, because: Because, graph: GraphFolder = DEFAULT_GRAPH) -> None:
    """Say that a fact is right, so that checks do not question it any more."""
    from kg import review

    _say(review.confirm(graph, _address(graph, fact), by=by, because=because))


@app.command("undo", epilog=_example('kg review undo id:decision-1a2b3c4d --by me --because "no"'))
def undo(
    decision: Annotated[
        str, typer.Argument(metavar="DECISION", help="The address that `kg review log` shows.")
    ],
    by: By,
    because: Because,
    graph: GraphFolder = DEFAULT_GRAPH,
) -> None:
    """Take a decision back."""
    from kg import review

    _say(review.undo(graph, _address(graph, decision), by=by, because=because))


@app.command("log", epilog=_example("kg review log", "kg review log --format csv"))
def log(
    form: Form = TableFormat.table, output: Output = None, graph: GraphFolder = DEFAULT_GRAPH
) -> None:
    """Show all decisions, the oldest first."""
    import pandas as pd

    from kg.graph import curation
    from kg.graph.store import Graph

    with Graph.open(graph) as held:
        rulings, short = curation.log(held), f"{held.base}id/"
    rows = [
        {
            "decision": f"id:{ruling.key}",
            "verdict": ruling.verdict,
            "keeps": (ruling.keeps or "").replace(short, "id:"),
            "concerns": ruling.concerns.replace(short, "id:"),
            "by": ruling.by,
            "because": ruling.because,
            "at": ruling.at[:19],
            "undone": "yes" if ruling.undone else "",
        }
        for ruling in rulings
    ]
    tables.show(pd.DataFrame(rows), form, output)


def check(
    form: Form = TableFormat.table, output: Output = None, graph: GraphFolder = DEFAULT_GRAPH
) -> None:
    """Show what does not fit together.

    Two holders of a post that one person holds, one person in two places on one day,
    institutions that seem to have been renamed. `kg review` decides; what it confirmed is not
    shown again.
    """
    import pandas as pd

    from kg.graph.checking import check as run
    from kg.graph.store import Graph

    with Graph.open(graph) as held:
        found, short = run(held), f"{held.base}id/"
    rows = [
        {
            "problem": one.problem,
            "what": one.what,
            "addresses": " ".join(address.replace(short, "id:") for address in one.addresses),
        }
        for one in found
    ]
    tables.show(pd.DataFrame(rows), form, output)
    terminal.say(f"{len(found)} findings")


def _found(path: Path, text: str, kind: str = "entity") -> str:
    """Return the address of the one thing that a text names."""
    from kg.graph.store import Graph
    from kg.queries.naming import find

    with Graph.open(path) as graph:
        found = find(graph, text, kind)
        if len(found) > 1:
            shown = ", ".join(one.value.replace(f"{graph.base}id/", "id:") for one in found[:5])
            remedy = f"give the address of one: {shown}"
            raise UsageError(f"{len(found)} things are called so", where=text, remedy=remedy)
        return found[0].value


def _address(path: Path, text: str) -> str:
    from kg.graph.store import Graph

    with Graph.open(path) as graph:
        return _full(graph, text)


def _full(graph: Graph, text: str) -> str:
    full = f"{graph.base}id/{text[3:]}" if text.startswith("id:") else text
    if not full.startswith(f"{graph.base}id/") or set(full) & set(' <>"{}|^`\\'):
        remedy = "addresses look like id:tenure-0a1b2c3d4e5f6a7b"
        raise UsageError("this is no address of the graph", where=text, remedy=remedy)
    return full


def _say(ruling: Ruling) -> None:
    terminal.say(f"id:{ruling.key}: {ruling.verdict} decided; kg review undo takes it back")
