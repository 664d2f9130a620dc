"""A graph of some invented reports that people have worked on: decided, rejected, withdrawn."""

from __future__ import annotations

from pathlib import Path

from kg import review
from kg.build import build
from kg.graph.store import Graph
from kg.withdrawing import withdraw

_VISIT = (
    "Daniyar Akhmetov, Dean of Northern University, met Anna Berg, Rector of Harbour "
    "University, in Oslo on May 13, 2024."
)
_REPORTS = {
    "visit": ("2024-05-14", _VISIT),
    "reprint": ("2024-05-15", _VISIT),
    "letter": (
        "2024-06-02",
        "D. Akhmetov, Vice-Rector of Southern University, met Anna Berg, Rector of Harbour "
        "University, in Oslo on June 1, 2024.",
    ),
    "successor": (
        "2025-02-03",
        "Erik Holm, Rector of Harbour University, opened the Forum of Rectors in Oslo on "
        "February 2, 2025.",
    ),
    "paper": (
        "2024-06-20",
        "Northern University and Harbour University signed a five-year cooperation agreement on "
        "May 13, 2024. The agreement entered into force on June 1, 2024.",
    ),
    "mistaken": ("2025-03-03", "Anna Berg, Rector of Harbour University, spoke in Oslo."),
}
_SAID = {"by": "A. Reader", "because": "the university's own page says so"}


def reviewed(folder: Path) -> Path:
    """Build the graph in a folder: one merge, one rejection, one withdrawal; return its path."""
    (folder / "reports").mkdir()
    for name, (published, text) in _REPORTS.items():
        source = f"https://news.example.org/{name}"
        head = f"---\ntitle: {name}\nsource: {source}\npublished: {published}\n---\n\n"
        (folder / "reports" / f"{name}.txt").write_text(f"{head}{text}\n", encoding="utf-8")
    path = folder / "graph"
    build(folder / "reports", path)
    keeps, goes = _asked(
        path, "?one a foaf:Person ; rdfs:label ?name FILTER(CONTAINS(?name, 'Akhmetov'))"
    )
    review.merge(path, keeps, goes, **_SAID)
    (tenure,) = _asked(path, "?one coop:verbatim 'Vice-Rector' ; a coop:Tenure")
    review.reject(path, tenure, **_SAID)
    withdraw(path, "mistaken", because="the paper took it back")
    return path


def _asked(path: Path, pattern: str) -> list[str]:
    with Graph.open(path) as graph:
        query = f"SELECT DISTINCT ?one {{ {pattern} }} ORDER BY ?one"
        return [str(row[0]) for row in graph.rows(query)]
