"""The command as a user meets it: a process with its output, its errors and its status."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import kg
from kg import cli
from kg.errors import DocumentError, KgError

ROOT = Path(__file__).parents[2]
COMMANDS = [command.name for command in cli.app.registered_commands]


def run(
    *arguments: str, given: str | bytes = b"", **environment: str
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "kg.cli", *arguments],
        cwd=ROOT,
        input=given.encode() if isinstance(given, str) else given,
        env=os.environ | environment,
        capture_output=True,
        check=False,
    )


def test_the_version_is_that_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert run("--version").stdout.decode() == f"kg {project['version']}\n"
    assert kg.__version__ == project["version"]


def test_without_a_command_the_commands_are_listed() -> None:
    done = run()
    assert done.returncode == 0
    for command in COMMANDS:
        assert f"  {command} " in done.stdout.decode()


@pytest.mark.parametrize("command", COMMANDS)
def test_help_says_what_a_command_does_and_gives_an_example(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run([command, "--help"]) == 0
    said = capsys.readouterr().out
    assert f"Usage: kg {command}" in said
    assert "Example" in said
    assert f"  kg {command}" in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["biuld"], "kg: No such command 'biuld'"),
        (["build"], "kg: Missing argument 'SOURCE…'"),
        (["build", "--frob"], "kg: No such option: --frob"),
        (["query", "ASK {}", "--format", "pdf"], "kg: Invalid value for '--format'"),
        (["export"], "kg: Missing option '--format'"),
        (["ask", "x", "--param", "name"], "kg: --param name has no value — write --param NAME="),
    ],
)
def test_a_wrong_command_line_is_one_line_and_status_2(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(arguments) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith(said)
    assert printed.err.count("\n") == 1


def raising(error: BaseException, monkeypatch: pytest.MonkeyPatch) -> None:
    def app(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(cli, "app", app)


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (KgError("it broke", where="here", remedy="mend it"), 1, "kg: here: it broke — mend it\n"),
        (DocumentError("two\nlines"), 3, "kg: two lines\n"),
        (KeyboardInterrupt(), 130, "kg: interrupted\n"),
        (ValueError("a\nb"), 70, "kg: unexpected ValueError: a b — KG_DEBUG=1 shows where\n"),
    ],
)
def test_an_error_is_one_line_and_a_status(
    error: BaseException,
    status: int,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    raising(error, monkeypatch)
    assert cli.run(["stats"]) == status
    assert capsys.readouterr() == ("", said)


def test_debugging_raises_the_error_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    raising(KgError("it broke"), monkeypatch)
    monkeypatch.setenv("KG_DEBUG", "1")
    with pytest.raises(KgError, match="it broke"):
        cli.run(["stats"])


def test_pipes_get_utf_8_whatever_the_locale() -> None:
    done = run("questions", "--help", LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == 0
    done = run("build", "нет.txt", LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert "нет.txt" in done.stderr.decode()
    assert done.returncode == DocumentError.status


def test_a_reader_that_stops_early_is_no_error() -> None:
    script = f"set -o pipefail; {sys.executable} -m kg.cli --help | true"
    done = subprocess.run(["bash", "-c", script], cwd=ROOT, capture_output=True, check=False)
    assert done.stderr == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
@pytest.mark.parametrize("target", ["> /dev/full", ">&-"])
def test_output_that_cannot_be_written_is_one_line(target: str) -> None:
    script = f"{sys.executable} -m kg.cli questions {target}"
    done = subprocess.run(["bash", "-c", script], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 1
    assert done.stderr.decode().startswith("kg: output: ")
    assert done.stderr.count(b"\n") == 1
