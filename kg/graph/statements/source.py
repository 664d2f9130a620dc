"""The document itself and the run that read it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256

from pyoxigraph import Literal

from kg.extraction.record import Record
from kg.graph.dates import full_date
from kg.graph.literals import address, legal, string, text_literal
from kg.graph.statements.reading import Reading, Triple
from kg.graph.vocabulary import COOP, DCTERMS, PROV, RDF, RDFS, SCHEMA, XSD, node


def source_triples(reading: Reading) -> Iterator[Triple]:
    """Yield the document: its text, where it comes from, and the record that was read in it."""
    document, one = reading.document, reading.own("doc")
    yield one, RDF.type, COOP.SourceDocument
    yield one, DCTERMS.identifier, string(document.id)
    yield one, DCTERMS.language, string(document.language)
    yield one, COOP.address, string(document.address)
    yield one, COOP.textHash, string(document.text_hash)
    yield one, SCHEMA.text, text_literal(document.text, document.language)
    if document.title is not None:
        yield one, DCTERMS.title, text_literal(document.title, document.language)
    if document.source is not None:
        yield one, DCTERMS.source, address(document.source)
    if (day := full_date(document.published)) is not None:
        yield one, DCTERMS.issued, Literal(day, datatype=XSD.date)
    elif document.published is not None:
        yield one, DCTERMS.date, string(document.published)
    if document.author is not None:
        yield one, SCHEMA.creditText, string(document.author)
    yield one, COOP.record, Literal(record_json(reading.record), datatype=RDF.JSON)
    yield one, COOP.extractorVersion, string(extractor_version(reading.record))


def run_triples(reading: Reading, read_at: datetime | None) -> Iterator[Triple]:
    """Yield the run that read the document, with the version of its software."""
    version = extractor_version(reading.record)
    run = reading.own("run")
    agent = node(
        f"agent-{sha256(version.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}", reading.base
    )
    yield run, RDF.type, COOP.Extraction
    yield run, PROV.used, reading.own("doc")
    yield run, PROV.wasAssociatedWith, agent
    if read_at is not None:
        moment = read_at.isoformat(timespec="seconds").replace("+00:00", "Z")
        yield run, PROV.endedAtTime, Literal(moment, datatype=XSD.dateTime)
    yield agent, RDF.type, PROV.SoftwareAgent
    yield agent, RDFS.label, string(version)
    yield agent, SCHEMA.softwareVersion, string(version)


def extractor_version(record: Record) -> str:
    """Return the name and version of the extractor, or "unknown" for records from elsewhere."""
    return record.extractor.strip() or "unknown"


def record_json(record: Record) -> str:
    """Return a record as JSON that any store and any export can hold."""
    line = record.to_json()
    if line == legal(line):
        return line
    return json.dumps(record.to_dict(), ensure_ascii=True)  # escapes carry the characters
