"""The notebooks run from a clean kernel on the corpus, and their pages open in a browser."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

FOLDER = Path(__file__).parents[2] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
EXECUTE = ["--execute", "--ExecutePreprocessor.timeout=120", "--to", "html"]
OFFLINE = [
    f"--HTMLExporter.{name}_url=" for name in ("mathjax", "require_js", "jquery", "mermaid_js")
]


def test_there_are_six_notebooks() -> None:
    assert [path.name[:2] for path in NOTEBOOKS] == ["1-", "2-", "3-", "4-", "5-", "6-"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_is_committed_without_outputs_and_ends_with_its_limits(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert code
    assert all(cell.outputs == [] and cell.execution_count is None for cell in code)
    assert "## What this does not show" in notebook.cells[-1].source


@pytest.fixture(scope="session")
def page_of(tmp_path_factory: pytest.TempPathFactory, corpus_graph: Path):
    """Run a notebook and give its page; each is run once."""
    folder, made = tmp_path_factory.mktemp("pages"), {}

    def page_of(path: Path) -> Path:
        if path not in made:
            command = [sys.executable, "-m", "nbconvert", *EXECUTE, *OFFLINE]
            done = subprocess.run(
                [*command, "--output-dir", str(folder), path.name],
                cwd=FOLDER,
                env={**os.environ, "KG_GRAPH": str(corpus_graph), "JUPYTER_PLATFORM_DIRS": "1"},
                capture_output=True,
                text=True,
                check=False,
            )
            assert done.returncode == 0, done.stderr[-3000:]
            made[path] = folder / f"{path.stem}.html"
        return made[path]

    return page_of


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_runs_from_a_clean_kernel(path: Path, page_of) -> None:
    page = page_of(path).read_text()
    assert "Traceback" not in page
    assert "jp-RenderedHTML" in page or "<img" in page


@pytest.mark.browser
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_its_page_opens_without_errors(path: Path, page_of, browser) -> None:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, offline=True)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda told: told.type == "error" and complaints.append(told.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(page_of(path).as_uri())
    assert page.locator("h1").count() == 1
    assert complaints == []
    context.close()
