"""What the README and the pages of docs/ say is so: commands run, outputs and figures are true.

``make readme`` puts the outputs and figures of today into them.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.cli import app

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
PAGES = [README, *sorted((ROOT / "docs").glob("*.md"))]
COPIED = ["README.md", "corpus", "kg/queries", "tests/data/yardsticks"]

BLOCK = re.compile(r"^```(?P<kind>console|sh|python)\n(?P<body>.*?)^```$", re.M | re.S)
# The F1 that each kind of statement is to reach.
GOALS = {
    "Person": 0.97,
    "University": 0.97,
    "government": 0.95,
    "entities": 0.92,
    "position": 0.95,
    "position of": 0.92,
    "event": 0.90,
    "participation": 0.88,
    "event date": 0.95,
    "event place": 0.90,
    "agreement": 0.90,
    "agreement party": 0.90,
    "facility": 0.85,
    "part_of": 0.85,
    "located_in": 0.85,
}
FIGURES = re.compile(r"(?<=<!-- figures -->\n).*?(?=<!-- /figures -->)", re.S)
SECONDS = re.compile(r"\b\d+\.\d[ ]*$", re.M)


def blocks(kind: str, page: Path) -> list[str]:
    return [match["body"] for match in BLOCK.finditer(page.read_text()) if match["kind"] == kind]


def shown_commands() -> Iterator[tuple[str, str]]:
    for page in PAGES:
        for block in blocks("console", page):
            yield from steps(block)


def steps(block: str) -> Iterator[tuple[str, str]]:
    """The commands of a console block, each with the output that is shown."""
    for step in re.split(r"^\$ ", block, flags=re.M)[1:]:
        command, _, output = step.partition("\n")
        yield command, output


def shell(command: str, folder: Path) -> str:
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "COLUMNS": "90",
    }
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{command}\n{done.stderr}"
    return done.stdout


def evened(output: str) -> str:
    """Output without what differs from run to run: how long it took, how wide that column is."""
    return re.sub(r"-{2,}", "-", re.sub(r"[ ]{2,}", " ", SECONDS.sub("…", output)))


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files that a reader of the README has at hand, with a graph of the corpus."""
    return prepare(tmp_path_factory.mktemp("checkout"))


def prepare(folder: Path) -> Path:
    for name in COPIED:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, folder / name)
    return folder


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_console_command_runs_and_prints_what_is_shown(page: Path, checkout: Path) -> None:
    commands = [step for block in blocks("console", page) for step in steps(block)]
    assert len(commands) >= 10 or page != README
    if page != README and not (checkout / "graph").exists():
        shell("kg build corpus", checkout)
    for command, shown in commands:
        printed = shell(command, checkout)
        if shown.strip():
            assert evened(printed) == evened(shown), f"{command}: run `make readme`"


def test_every_command_of_kg_is_shown() -> None:
    shown = " ".join(command for command, _ in shown_commands())
    missing = [one.name for one in app.registered_commands if f"kg {one.name}" not in shown]
    assert missing == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_python_runs(page: Path, checkout: Path) -> None:
    if not (checkout / "graph").exists():
        shell("kg build corpus", checkout)
    codes = blocks("python", page)
    assert codes or page != README
    for code in codes:
        shell(f"{sys.executable} - <<'PYTHON'\n{code}\nPYTHON", checkout)


def test_every_make_target_exists() -> None:
    named = {line for block in blocks("sh", README) for line in block.splitlines()}
    targets = {line.split()[1] for line in named if line.startswith("make ")}
    assert {"demo", "test"} <= targets
    for target in targets:
        shell(f"make --dry-run {target}", ROOT)


def short_by(score: dict[str, Any]) -> str:
    missing = GOALS[score["kind"]] - score["f1"]
    return f"{missing:.3f}" if missing > 0 else "–"


def table_of_figures(folder: Path) -> str:
    scores, practised, unseen = (
        json.loads(shell(f"kg evaluate {texts} --format json", folder))
        for texts in ("corpus", ROOT / "tests/data/practice", ROOT / "tests/data/reports")
    )
    lines = [
        "| statement | gold | found | precision | recall | F1 | goal | short by | practice "
        "| unseen |",
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    lines += [
        f"| {score['kind'].replace('_', ' ')} | {score['gold']} | {score['found']} "
        f"| {score['precision']:.3f} | {score['recall']:.3f} | {score['f1']:.3f} "
        f"| {GOALS[score['kind']]:.2f} | {short_by(score)} | {other['f1']:.3f} | {new['f1']:.3f} |"
        for score, other, new in zip(scores, practised, unseen, strict=True)
    ]
    return "\n".join(lines) + "\n"


def test_the_figures_are_those_of_the_corpus(checkout: Path) -> None:
    shown = FIGURES.search(README.read_text())
    assert shown is not None
    assert shown[0] == table_of_figures(checkout), "run `make readme`"


def test_the_changelog_begins_with_this_version() -> None:
    changes = (ROOT / "CHANGELOG.md").read_text()
    entry = re.search(r"^## \[(.+?)\] - \d{4}-\d\d-\d\d$", changes, re.M)
    project = re.search(r'^version = "(.+?)"$', (ROOT / "pyproject.toml").read_text(), re.M)
    assert entry is not None
    assert project is not None
    assert entry[1] == project[1]


def test_every_file_that_the_documents_name_exists() -> None:
    for page in [*PAGES, ROOT / "CONTRIBUTING.md"]:
        text = page.read_text()
        links = re.findall(r"\]\((?!https?:|#)([^)#]+)", text)
        paths = re.findall(r"`((?:kg|ontology|corpus|tests|notebooks)/[\w./-]*)`", text)
        made_up = {"kg/queries/laboratories.rq"}
        for path in {*links, *paths} - made_up:
            found = (page.parent / path).exists() or (ROOT / path).exists()
            assert found, f"{page.name} names {path}"


def renew(folder: Path, page: Path) -> None:
    """Put what the commands print today into a page."""
    text = page.read_text()

    def rerun(match: re.Match[str]) -> str:
        if match["kind"] != "console":
            return match[0]
        body = ""
        for command, shown in steps(match["body"]):
            printed = shell(command, folder)
            body += f"$ {command}\n" + (printed if shown.strip() else shown)
        return f"```console\n{body}```"

    text = BLOCK.sub(rerun, text)
    text = FIGURES.sub(lambda _: table_of_figures(folder), text)
    page.write_text(text)


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as made:
        here = prepare(Path(made))
        for one in PAGES:
            renew(here, one)
