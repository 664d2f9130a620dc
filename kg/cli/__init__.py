"""The command ``kg``: each command a few lines over a function that a notebook can call.

Data go to standard output; progress, notices and errors to standard error. An error that the
user can mend is one line, and its class decides the exit status (see `kg.errors`).
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from io import TextIOWrapper
from typing import Annotated

import typer

from kg import __version__
from kg.cli import (
    analyzing,
    asking,
    authorities,
    building,
    carding,
    exchanging,
    explaining,
    exploring,
    introducing,
    keeping,
    loading,
    mapping,
    measuring,
    prospecting,
    radar,
    reviewing,
    serving,
    withdrawing,
    yardsticks,
)
from kg.cli.terminal import InterruptionError, say
from kg.errors import KgError

UNEXPECTED = 70
"""Exit status of a fault in kg itself (EX_SOFTWARE of sysexits.h)."""

_USAGE_ERROR = typer.BadParameter.__bases__[0]  # typer names this class through its heirs only

app = typer.Typer(
    name="kg",
    help="From a folder of news to a cited, queryable map of who works with whom.",
    epilog="Start with: kg build corpus, then kg questions",
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _add(command: str, function: object, *examples: str) -> None:
    epilog = "\n\n".join(["Examples:", *(f"  {example}" for example in examples)])
    app.command(command, epilog=epilog)(function)  # type: ignore[type-var]


_add("build", building.build, "kg build corpus", "kg build reports extra.txt --graph graph")
_add(
    "extract",
    building.extract,
    "kg extract corpus/en-0001.txt",
    "cat a.txt | kg extract -",
    "kg extract *.warc.gz --engine ray --address head:6379 --output records",
)
_add("load", loading.load, "kg load records --graph graph", "kg load a.parquet b.jsonl")
_add("questions", asking.questions, "kg questions", "kg questions agreements")
_add(
    "ask",
    asking.ask,
    "kg ask agreements",
    "kg ask positions --param country=China -f xlsx -o posts.xlsx",
)
_add("explain", explaining.explain, "kg explain id:tenure-0a1b", "kg explain 'Jiang Wei consul'")
_add(
    "query",
    asking.query,
    'kg query "SELECT ?s ?p ?o WHERE { ?s ?p ?o } LIMIT 5"',
    "kg query question.rq --format csv",
)
_add(
    "analyze",
    analyzing.analyze,
    "kg analyze",
    "kg analyze betweenness --bootstrap 200 --top 10",
    "kg analyze clustering --null 200 --ties events",
)
_add(
    "card",
    carding.card,
    'kg card "Satbayev University"',
    'kg card "Satbayev University" --format markdown',
)
_add("radar", radar.radar, "kg radar --since 2024", "kg radar --since 2024-03 --atom changes.xml")
_add(
    "introduce",
    introducing.introduce,
    'kg introduce "Turan University" "Sichuan University"',
)
_add("prospects", prospecting.prospects, 'kg prospects "Satbayev University"')
_add(
    "datasheet",
    analyzing.datasheet,
    "kg datasheet --output datasheet.md",
    "kg datasheet --format dcat",
)
_add(
    "map",
    mapping.draw,
    "kg map --output map.html",
    'kg map --focus "Turan University" --depth 2',
    "kg map --between Sichuan Almaty",
    "kg map --compare 2023 2025",
)
_add("brief", mapping.brief, "kg brief", 'kg brief --focus "Turan University" -o turan.html')
_add("export", exploring.export, "kg export --format graphml --output network.graphml")
_add("import", exchanging.read, "kg export -f trig -o all.trig", "kg import all.trig --graph copy")
_add("describe", exchanging.describe, "kg describe Tenure", "kg describe --html terms.html")
_add("validate", exploring.validate, "kg validate")
_add("stats", exploring.stats, "kg stats", "kg stats --format json")
_add("serve", serving.serve, "kg serve", "kg serve --graph graph --host 0.0.0.0 --port 80")
_add("backup", keeping.backup, "kg backup --output graph.nq.gz")
_add("restore", keeping.restore, "kg restore graph.nq.gz --graph restored")
_add(
    "evaluate",
    measuring.evaluate,
    "kg evaluate corpus",
    "kg evaluate corpus --errors position",
    "kg evaluate corpus --classes --html page.html",
    "kg evaluate corpus --resolution",
)
_add("yardstick", yardsticks.yardstick, "kg yardstick re3d re3d-master", "kg yardstick dwie data")
_add(
    "withdraw",
    withdrawing.withdraw,
    "kg withdraw en-0001 --because 'the press office asked' --dry-run",
    "kg withdraw https://example.org/news/1 --because 'request 17 of the press office'",
)
_add(
    "forget",
    withdrawing.forget,
    "kg forget 'Jiang Wei' --because 'request 18' --dry-run",
)
_add("check", reviewing.check, "kg check", "kg check --format csv")
app.add_typer(reviewing.app, name="review")
app.add_typer(authorities.app, name="authority")


def _version(asked: bool) -> None:
    if asked:
        print(f"kg {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def _kg(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version.")
    ] = False,
) -> None:
    if context.invoked_subcommand is None:
        print(context.get_help())


def main() -> None:
    """Run the command line and end the process with its status."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command; an error that the user can mend becomes a line and a status.

    With ``KG_DEBUG=1`` in the environment errors are raised as they are.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            encoding = None if stream.isatty() else "utf-8"  # of files and pipes, everywhere
            stream.reconfigure(encoding=encoding, errors="backslashreplace")
    try:
        status = app(arguments, prog_name="kg", standalone_mode=False)
        if sys.stdout is not None:
            sys.stdout.flush()
    except (Exception, KeyboardInterrupt) as error:
        if os.environ.get("KG_DEBUG") == "1":
            raise
        return _told(error)
    if status == InterruptionError.status:  # typer turns Ctrl-C into this
        return _told(InterruptionError("interrupted"))
    return status if isinstance(status, int) else 0


def _told(error: BaseException) -> int:
    """Say in one line what went wrong, and give the exit status for it."""
    if isinstance(error, KgError):
        say(f"kg: {error}")
        return error.status
    if isinstance(error, _USAGE_ERROR):
        context = error.ctx  # type: ignore[attr-defined]
        command = context.command_path if context else "kg"
        message = " ".join(str(error.format_message()).split())  # type: ignore[attr-defined]
        say(f"kg: {message} — see {command} --help")
        return 2
    if isinstance(error, (KeyboardInterrupt, typer.Abort)):
        return _told(InterruptionError("interrupted"))
    if isinstance(error, BrokenPipeError):
        return _let_output_go()
    if isinstance(error, OSError) or sys.stdout is None:
        _let_output_go()
        message = getattr(error, "strerror", None) or "standard output is closed"
        where = getattr(error, "filename", None) or "output"
        return _told(KgError(message, where=str(where), remedy="name another place for it"))
    message = " ".join(str(error).split())
    say(f"kg: unexpected {type(error).__name__}: {message} — KG_DEBUG=1 shows where")
    return UNEXPECTED


def _let_output_go() -> int:
    """Leave nothing that the end of the process would try to write; `head` stops so."""
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0
