"""Making a graph whole: all records resolved together, and what follows from that written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import chain

from pyoxigraph import Literal, NamedNode, Quad, Triple

from kg.documents.document import Document
from kg.errors import KgError
from kg.extraction.record import Record
from kg.graph import curation
from kg.graph.authorities import institutions
from kg.graph.holdings import Holdings
from kg.graph.quads import assignment, document_quads, reference_quads
from kg.graph.schema import schema_triples
from kg.graph.sightings import sighting_triples
from kg.graph.statements.reading import Reading
from kg.graph.statements.source import run_triples, source_triples
from kg.graph.store import Graph
from kg.graph.succession import former_keys, moved, successors
from kg.graph.ties import derived_triples
from kg.graph.vocabulary import (
    AUTHORITY,
    DERIVED,
    GAZETTEER,
    IDENTITY,
    INFERRED,
    ONTOLOGY,
    SCHEMA,
    document_graph,
    graph,
)
from kg.graph.withholding import due as due_again
from kg.resolution import resolve
from kg.resolution.entities import Resolution
from kg.resolution.reprints import group_key, reprints
from kg.resolution.scenes import Slimming

Failures = list[tuple[str, str]]
Progress = Callable[[str, int, int], None]

_FILL = 25_000  # quads written at once: enough for a bulk load, and 40 MB


def bare_triples(
    document: Document, record: Record, base: str, read_at: datetime
) -> Iterator[Triple]:
    """Yield what is known of a document before anything is resolved: its text and record."""
    reading = Reading(document, record, Resolution(), base)
    for each in (*source_triples(reading), *run_triples(reading, read_at)):
        yield Triple(*each)


def settle(holdings: Holdings, progress: Progress) -> Failures:
    """Resolve all records together, and write what follows from that and is not there yet.

    Parameters
    ----------
    holdings : Holdings
        The documents of the graph.
    progress : callable
        Told how many documents are done.

    Returns
    -------
    list of (address, reason)
        Documents whose record cannot be written.
    """
    whole = holdings.graph
    keys = sorted(holdings.held)
    slimming = Slimming()
    records = {key: slimming.slim(holdings.record(key)) for key in keys}
    del slimming
    groups = reprints((key, holdings.document(key).text) for key in keys)
    releases = {key: group_key(group) for group in groups for key in group}
    resolution = resolve(records, curation.decisions(whole), institutions(whole), releases)
    del records  # what is written is read anew, record by record
    merged = {
        one.concerns: one.keeps
        for one in curation.in_force(whole)
        if one.verdict == "merge" and one.keeps
    }
    failures, moves = _write(holdings, keys, resolution, progress, merged)
    _refer(whole, resolution)
    whole.put(graph(IDENTITY, whole.base), successors(whole, resolution, moves, merged))
    del resolution, moves
    name = graph(DERIVED, whole.base)
    version = Triple(name, SCHEMA.softwareVersion, Literal(holdings.writer))
    derived = chain([version], derived_triples(whole, groups), sighting_triples(whole))
    whole.settle("" if failures else holdings.state(), derived)
    return failures


def _write(
    holdings: Holdings,
    keys: Sequence[str],
    resolution: Resolution,
    progress: Progress,
    merged: Mapping[str, str],
) -> tuple[Failures, list[tuple[str, str]]]:
    """Write the graphs of the documents whose assignment differs; tell what changed its node."""
    failures: Failures = []
    moves: list[tuple[str, str]] = []
    rejected = curation.verdicts(holdings.graph, "reject")
    touched = due_again(holdings.graph, rejected)
    former = former_keys(holdings.graph, merged)
    due: dict[NamedNode, list[Quad]] = {}
    base, anew = holdings.graph.base, holdings.written_by() != holdings.writer
    for done, key in enumerate(keys, 1):
        held, document, record = holdings.held[key], holdings.document(key), holdings.record(key)
        mark = assignment(document, record, resolution, base=base)
        name = document_graph(key, base)
        if anew or mark != held.assignment or name.value in touched:
            moves += moved(holdings.graph, key, record, resolution)
            try:
                due[name] = list(
                    document_quads(
                        document, record, resolution, base=base, read_at=held.read_at,
                        rejected=rejected,
                        former=former,
                    )
                )  # fmt: skip
                holdings.held[key] = replace(held, assignment=mark)
            except KgError as error:
                failures.append((document.address, error.message))
        if done == len(keys) or sum(map(len, due.values())) >= _FILL:
            holdings.graph.fill(due)
            due = {}
            progress("writing", done, len(keys))
    return failures, moves


def _refer(whole: Graph, resolution: Resolution) -> None:
    """Write the ontology, the places, and what names point to."""
    found: defaultdict[NamedNode, list[Triple]] = defaultdict(list)
    for quad in reference_quads(resolution, base=whole.base):
        if isinstance(quad.graph_name, NamedNode):
            found[quad.graph_name].append(quad.triple)
    found[graph(ONTOLOGY, whole.base)] = list(schema_triples())
    for name in (AUTHORITY, GAZETTEER, INFERRED, ONTOLOGY):
        whole.put(graph(name, whole.base), found[graph(name, whole.base)])
