# ruff: noqa: PLC0415 - what is slow to import is imported when it is asked for
"""From a folder of news to a cited, queryable map of who works with whom.

Examples
--------
>>> import kg
>>> kg.build("corpus", "graph")                                       # doctest: +SKIP
>>> graph = kg.open("graph")                                          # doctest: +SKIP
>>> graph.query("SELECT ?name { ?p a foaf:Person ; rdfs:label ?name }")  # doctest: +SKIP
>>> kg.ask(graph, "partners", organization="Turan University")        # doctest: +SKIP
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from kg.build import BuildReport, build
    from kg.documents.document import Document
    from kg.errors import KgError
    from kg.extraction.record import Record
    from kg.graph.results import Limits
    from kg.graph.store import Graph
    from kg.queries.catalogue import questions

__version__ = "0.5.0"

__all__ = [
    "BuildReport",
    "Document",
    "Graph",
    "KgError",
    "Limits",
    "Record",
    "ask",
    "build",
    "open",
    "questions",
    "read",
]

_HOMES = {
    "BuildReport": "kg.build",
    "Document": "kg.documents.document",
    "Graph": "kg.graph.store",
    "KgError": "kg.errors",
    "Limits": "kg.graph.results",
    "Record": "kg.extraction.record",
    "build": "kg.build",
    "questions": "kg.queries.catalogue",
}


def open(path: str | Path = "graph") -> Graph:
    """Open a graph for reading: a folder, as the last finished build left it, or an endpoint.

    Parameters
    ----------
    path : str or Path
        The folder, or the ``http://…`` address of a SPARQL endpoint that holds a graph.

    Raises
    ------
    GraphError
        If there is no graph, or the folder holds something else.
    """
    if isinstance(path, str) and path.startswith(("http://", "https://")):
        from kg.graph.remote import RemoteGraph

        return RemoteGraph(path)
    from kg.graph.store import Graph

    return Graph.open(path)


def read(source: str | Path, *, model: str | None = None) -> Record:
    """Extract what one text says.

    Parameters
    ----------
    source : str or Path
        The text itself, or the name of a text or Markdown file.
    model : str, optional
        An installed spaCy pipeline to read with, instead of the default one.

    Returns
    -------
    Record
        Entities, positions, events, agreements and facilities, each with its place in the
        text.

    Raises
    ------
    DocumentError
        If the file cannot be read, or the text is empty.
    ExtractionError
        If the language pipeline is missing.
    """
    from kg.documents.given import document_of
    from kg.extraction.pipeline import load

    return load(model).read(document_of(source))


def ask(graph: Graph | str | Path, question: str, /, **parameters: object) -> pd.DataFrame:
    """Answer a competency question; `questions` lists them.

    Parameters
    ----------
    graph : Graph, str or Path
        An open graph, or the folder of one.
    question : str
        The question's name.
    **parameters
        What goes into its blanks.

    Raises
    ------
    UsageError
        If there is no such question or parameter, or the graph knows nothing of a name.
    """
    from kg.queries import catalogue

    if not isinstance(graph, str | Path):
        return catalogue.ask(graph, question, **parameters)
    with open(graph) as opened:
        return catalogue.ask(opened, question, **parameters)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
