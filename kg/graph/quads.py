"""Statements with their evidence, as quads: pure, and the same for the same arguments.

All that one document says stands in one named graph, with copies of the names and classes of
what it mentions, so that it can be replaced or withdrawn as a whole. Facts of several parts
(a tenure, a participation, an agreement) are nodes whose IRI is made of their parts: two
documents that state the same fact meet in one node, each with its own evidence.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from hashlib import sha256
from itertools import chain

from pyoxigraph import NamedNode, Quad

from kg.documents.document import Document
from kg.extraction.record import Record
from kg.graph.authorities import authority_triples
from kg.graph.literals import string
from kg.graph.statements.agreements import agreement_triples, facility_triples
from kg.graph.statements.bodies import body_of
from kg.graph.statements.entities import entity_triples
from kg.graph.statements.events import event_triples
from kg.graph.statements.links import link_triples
from kg.graph.statements.reading import Reading, Triple
from kg.graph.statements.reference import inferred_triples, place_triples
from kg.graph.statements.source import record_json, run_triples, source_triples
from kg.graph.statements.stages import stage_triples
from kg.graph.statements.tenures import tenure_triples
from kg.graph.vocabulary import (
    AUTHORITY,
    COOP,
    DEFAULT_BASE,
    GAZETTEER,
    INFERRED,
    checked_base,
    document_graph,
    graph,
)
from kg.graph.withholding import withhold
from kg.resolution.entities import Resolution


def document_quads(  # noqa: PLR0913 - all that a document's graph is made from
    document: Document,
    record: Record,
    resolution: Resolution,
    *,
    base: str = DEFAULT_BASE,
    read_at: datetime | None = None,
    rejected: Collection[str] = (),
    former: Mapping[str, tuple[str, ...]] | None = None,
) -> Iterator[Quad]:
    """Yield all that one document says, in its own named graph.

    Parameters
    ----------
    document : Document
        The document.
    record : Record
        What the extractor says of it.
    resolution : Resolution
        Which real thing each entity and event of the record is.
    base : str
        Address under which the nodes and graphs of this deployment stand.
    read_at : datetime, optional
        When the document was read.
    rejected : collection of str
        IRIs of facts that people have rejected and that are left out.
    former : mapping of str to tuple of str, optional
        Keys of entities with those that were merged into them.

    Raises
    ------
    RecordError
        If a statement does not rest on words of the document, or a value is out of range.
    """
    base = checked_base(base)
    record.check(document.text, where=document.id)
    reading = Reading(document, record, resolution, base, former or {})
    triples: Iterator[Triple] = chain(
        source_triples(reading),
        [(reading.own("doc"), COOP.assignment, string(_fingerprint(reading)))],
        run_triples(reading, read_at),
        entity_triples(reading),
        link_triples(reading),
        tenure_triples(reading),
        event_triples(reading),
        agreement_triples(reading),
        facility_triples(reading),
        stage_triples(reading),
    )
    if rejected:
        triples = iter(list(triples))  # now the facts are known by their former addresses too
        rejected = {reading.renamed.get(fact, NamedNode(fact)).value for fact in rejected}
    kept = withhold(triples, rejected, reading.own("doc"))
    return _quads(kept, document_graph(document.key, base))


def reference_quads(resolution: Resolution, *, base: str = DEFAULT_BASE) -> Iterator[Quad]:
    """Yield the places behind a resolution, and the countries that names point to.

    Places stand in the graph ``gazetteer``, with what contains them; what no text states
    stands in the graph ``inferred``, each statement with a claim that marks it so; names and
    identifiers of known institutions stand in the graph ``authority``.
    """
    base = checked_base(base)
    yield from _quads(place_triples(resolution, base), graph(GAZETTEER, base))
    yield from _quads(inferred_triples(resolution, base), graph(INFERRED, base))
    yield from _quads(authority_triples(resolution, base), graph(AUTHORITY, base))


def assignment(
    document: Document, record: Record, resolution: Resolution, *, base: str = DEFAULT_BASE
) -> str:
    """Return 64 hexadecimal digits that change whenever the document's quads would.

    They are made of the document, the record and the identities of what it names, without
    making the quads; `document_quads` writes them to the document's node.
    """
    return _fingerprint(Reading(document, record, resolution, checked_base(base)))


def _fingerprint(reading: Reading) -> str:
    document, record = reading.document, reading.record
    about = [document.id, document.key, document.address, document.text_hash, document.language,
             document.source, document.title, document.published]  # fmt: skip
    names = [reading.resolved(entity.id) for entity in record.entities]
    events = [reading.resolution.events[reading.key(event.id)] for event in record.events]
    bodies = [body_of(reading, position) for position in record.positions]
    parts = [
        reading.base,
        about,
        record_json(record),
        [[entity.key, entity.type, entity.name] for entity in names],
        [[event.key, event.type, event.name] for event in events],
        [[body.key, body.label] if body else None for body in bodies],
    ]
    return sha256(json.dumps(parts).encode()).hexdigest()


def _quads(triples: Iterable[Triple], name: NamedNode) -> Iterator[Quad]:
    """Yield each triple once, in the named graph."""
    for triple in dict.fromkeys(triples):
        yield Quad(*triple, name)
