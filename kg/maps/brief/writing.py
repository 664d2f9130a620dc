"""Writes a briefing as HTML, and as PDF where something can print it."""

from __future__ import annotations

import datetime
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import networkx as nx

from kg.errors import UsageError
from kg.graph.dates import spoken
from kg.maps import contents, readable
from kg.maps.brief.findings import Finding, Note, findings
from kg.maps.brief.still import TEMPLATES, countries, essential, still

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge")
_PRINTING = 120  # seconds


def write(
    network: nx.Graph, path: str | os.PathLike[str], *, made: datetime.date | None = None
) -> Path:
    """Write a briefing of two pages about a network.

    Parameters
    ----------
    network : networkx.Graph
        Institutions as `kg.maps.dossiers.described` gives them, or a part of them.
    path : str or path-like
        An ``.html`` file, or a ``.pdf``: that needs WeasyPrint or a Chromium.
    made : datetime.date, optional
        Date of the briefing; today by default.

    Returns
    -------
    pathlib.Path
        The file that was written.

    Raises
    ------
    UsageError
        If the file cannot be written there, or nothing is installed that prints PDF.
    """
    target = Path(path)
    page = render(network, made or datetime.date.today())
    draft = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        if target.suffix.lower() == ".pdf":
            draft.write_bytes(printed(page))
        else:
            draft.write_bytes(page.encode("utf-8", "replace"))
        draft.replace(target)
    except OSError as error:
        raise UsageError(
            f"the briefing cannot be written ({error.strerror or error})",
            where=str(target),
            remedy="name a file in a folder that exists and may be written to",
        ) from error
    finally:
        draft.unlink(missing_ok=True)
    return target


def render(network: nx.Graph, made: datetime.date) -> str:
    """Return the briefing as one HTML page without scripts."""
    held = contents.gather(network)
    names = held.about["names"]
    title = f"Briefing: {names[0]}" if names else "Briefing: institutional cooperation"
    reports = f"{held.reports} report" + ("" if held.reports == 1 else "s")
    made_on = f"made {spoken(made.isoformat())}"
    dates = readable.span(held.first, held.last)
    numbered, notes = _numbered(findings(network))
    return TEMPLATES.get_template("brief.html").render(
        title=title,
        facts=[part for part in (reports, dates, made_on) if part],
        style=(Path(__file__).parent / "brief.css").read_text(encoding="utf-8"),
        picture=still(network),
        countries=countries(network),
        shown=essential(network, 22).number_of_edges(),
        total=network.number_of_edges(),
        findings=numbered,
        notes=notes,
    )


def _numbered(found: list[Finding]) -> tuple[list[dict[str, Any]], list[Note]]:
    """Give each note its number; what several sentences rest on is one note."""
    numbers: dict[Note, int] = {}
    shown = [
        {
            "title": finding.title,
            "sentences": [
                (
                    sentence.text,
                    sorted({numbers.setdefault(note, len(numbers) + 1) for note in sentence.notes}),
                )
                for sentence in finding.sentences
            ],
        }
        for finding in found
    ]
    return shown, list(numbers)


def printed(page: str) -> bytes:
    """Print an HTML page as PDF, with WeasyPrint or else with a Chromium.

    Raises
    ------
    UsageError
        If neither is installed, or the browser prints nothing.
    """
    try:
        from weasyprint import HTML  # type: ignore[import-not-found,unused-ignore]  # noqa: PLC0415
    except (ImportError, OSError):  # OSError: the package without its libraries
        return _by_browser(page)
    document: bytes = HTML(string=page).write_pdf()
    return document


def _by_browser(page: str) -> bytes:
    named = os.environ.get("KG_CHROMIUM")
    found = next(filter(None, map(shutil.which, [named] if named else _BROWSERS)), None)
    if found is None:
        raise UsageError(
            "nothing is installed that prints PDF",
            remedy="pip install 'silkgraph[pdf]', or install Chromium, or write .html and print it",
        )
    with tempfile.TemporaryDirectory() as folder:
        source, result = Path(folder, "brief.html"), Path(folder, "brief.pdf")
        source.write_text(page, encoding="utf-8", errors="replace")
        command = [
            found, "--headless", *_as_root(), "--disable-gpu", "--no-first-run",
            "--disable-background-networking", "--disable-component-update",
            f"--user-data-dir={folder}/profile", "--no-pdf-header-footer",
            f"--print-to-pdf={result}", source.as_uri(),
        ]  # fmt: skip
        try:
            subprocess.run(command, capture_output=True, timeout=_PRINTING, check=False)
            return result.read_bytes()
        except (subprocess.TimeoutExpired, FileNotFoundError) as error:
            raise UsageError(
                "the browser printed no PDF", where=found, remedy="write .html and print it"
            ) from error


def _as_root() -> list[str]:
    """Let the browser run without its sandbox where it refuses to start with one."""
    return ["--no-sandbox"] if getattr(os, "geteuid", lambda: 1)() == 0 else []
