"""Known institutions in a graph: which registries it uses, and what they say of its entities."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from kg.errors import GraphError
from kg.graph.literals import legal, name_literal
from kg.graph.vocabulary import SCHEMA, SKOS, node
from kg.resolution.authority import Institution, read_folder, shipped, write_table
from kg.resolution.entities import Resolution

if TYPE_CHECKING:
    from kg.graph.store import Graph

FOLDER = "authority"
"""Folder inside a graph's folder that holds a user's own registries."""
_Triple = tuple[NamedNode, NamedNode, NamedNode | Literal]


def institutions(graph: Graph) -> tuple[Institution, ...]:
    """Return the institutions that a graph knows: the package's, then those of its own."""
    return (*shipped(), *(read_folder(graph.path / FOLDER) if graph.path else ()))


def fingerprint(graph: Graph) -> str:
    """Return digits that change with a graph's own registries; empty without any."""
    paths = sorted((graph.path / FOLDER).glob("*.csv")) if graph.path else []
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in paths))
    return digest.hexdigest()[:16] if paths else ""


def store(graph: Graph, name: str, found: Iterable[Institution]) -> Path:
    """Keep a registry with a graph, under a name; one of that name is replaced.

    Raises
    ------
    GraphError
        If the folder cannot be written.
    """
    assert graph.path is not None  # a graph that is written to lives in a folder
    folder = graph.path / FOLDER
    path, scratch = folder / f"{name}.csv", folder / f".{name}.new"
    try:
        folder.mkdir(exist_ok=True)
        scratch.write_text(write_table(found), encoding="utf-8")
        scratch.replace(path)
    except OSError as error:
        raise GraphError(f"it cannot be kept ({error.strerror})", where=str(path)) from None
    return path


def authority_triples(resolution: Resolution, base: str) -> Iterator[_Triple]:
    """Yield other names of known institutions, and the addresses that registries give them."""
    for entity in resolution.entities.values():
        known = entity.institution
        if known is None:
            continue
        one = node(entity.key, base)
        yield one, SKOS.altLabel, name_literal(known.name)
        for tag, names in known.names.items():
            for name in names:
                yield one, SKOS.altLabel, Literal(" ".join(legal(name).split()), language=tag)
        for name in (*known.former, *known.acronyms):
            yield one, SKOS.altLabel, name_literal(name)
        for address in known.addresses():
            yield one, SCHEMA.sameAs, NamedNode(address)
