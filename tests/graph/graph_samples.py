"""Documents, records and resolutions for the tests of the graph.

The gold annotations tell no spans: each statement is given the paragraph in which one of its
names stands, or the paragraphs from one name to the other where one alone would not hold
them; who took part in an event is given a paragraph of its own. The resolution here takes equal
names for equal things, and nothing else.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import pyoxigraph
from pyoxigraph import Quad

from kg.documents.document import Document
from kg.documents.sources import read
from kg.extraction import places
from kg.extraction.gate import ground
from kg.extraction.record import (
    Agreement,
    Entity,
    Event,
    Facility,
    Link,
    Position,
    Record,
    Span,
)
from kg.graph.quads import document_quads, reference_quads
from kg.graph.vocabulary import prefixes
from kg.resolution.entities import Resolution, ResolvedEntity, ResolvedEvent

CORPUS = Path(__file__).parents[2] / "corpus"
TEXT = (
    "Almaty, September 25. The Forum of Rectors was held in Almaty on September 22.\n"
    "Steppe University organized it. Lin Yue, Rector of Lakeside University, and Deputy Akim of "
    "Almaty B. Bolatov took part, and so did the Consul General of China in Almaty, Zhou Qing.\n"
    "Lakeside University and the College of Rivers signed a memorandum on 2 March 2023. The "
    "Luban Workshop of both opened at the College of Rivers in Almaty, Kazakhstan.\n"
    "The Faculty of Bridges is a part of Lakeside University (China)."
)


def span(words: str, text: str = TEXT) -> Span:
    """Return where words stand in a text."""
    start = text.index(words)
    return start, start + len(words)


def line(words: str, text: str = TEXT) -> Span:
    """Return the line in which words stand."""
    return paragraph(text, [words])


def report(**changes: object) -> tuple[Document, Record]:
    """Return an invented report with a statement of each kind, changed as asked."""
    names = (
        ("almaty", "Place", "Almaty"),
        ("steppe", "University", "Steppe University"),
        ("lin", "Person", "Lin Yue"),
        ("lakeside", "University", "Lakeside University"),
        ("bolatov", "Person", "B. Bolatov"),
        ("china", "Place", "China"),
        ("zhou", "Person", "Zhou Qing"),
        ("rivers", "University", "College of Rivers"),
        ("workshop", "JointFacility", "Luban Workshop"),
        ("kazakhstan", "Place", "Kazakhstan"),
        ("bridges", "OrganizationalUnit", "Faculty of Bridges"),
    )
    record = Record(
        id="report",
        source="https://news.example.org/forum",
        title="Rectors meet",
        published="2025-09-25",
        extractor="kg 0.1.0 model 1.0",
        entities=tuple(Entity(id, type, name, (), (span(name),), 0.95) for id, type, name in names),
        positions=(
            Position("lin", "Rector", "lakeside", line("Lin Yue"), 0.97),
            Position("bolatov", "Deputy Akim", "almaty", line("B. Bolatov"), 0.9),
            Position("zhou", "Consul General", "china", line("Zhou Qing"), 0.9),
        ),
        events=(
            Event(
                "forum",
                "Forum",
                "Forum of Rectors",
                "2025-09-22",
                ("almaty",),
                ("steppe",),
                ("lin", "bolatov", "zhou"),
                "Rivers without borders",
                span("The Forum of Rectors was held in Almaty on September 22."),
                0.93,
                "--09-22",
                span("September 22"),
                {who: line("Lin Yue") for who in ("steppe", "lin", "bolatov", "zhou")},
            ),
        ),
        agreements=(
            Agreement(
                "memo",
                "Memorandum",
                ("lakeside", "rivers"),
                "2023-03-02",
                evidence=line("a memorandum"),
                confidence=0.9,
            ),
        ),
        facilities=(Facility("workshop", ("lakeside",), "rivers", line("Luban Workshop"), 0.8),),
        part_of=(Link("bridges", "lakeside", line("a part of"), 0.9),),
        located_in=(
            Link("lakeside", "china", line("(China)"), 0.9),
            Link("almaty", "kazakhstan", line("Almaty, Kazakhstan"), 0.9),
        ),
    )
    about = (record.source, record.title, record.published)
    document = Document("report", TEXT, "en", record.source or "", *about)
    return document, replace(record, **changes)  # type: ignore[arg-type]


def gold() -> list[tuple[Document, Record]]:
    """Return every document of the corpus with its gold record, resting on paragraphs."""
    pairs = []
    for path in sorted(CORPUS.glob("en-*.txt")):
        (document,) = read(path)
        assert isinstance(document, Document)
        data = json.loads(path.with_suffix(".gold.json").read_text(encoding="utf-8"))
        pairs.append((document, supported(Record.from_dict(data), document.text)))
    assert len(pairs) == 41
    return pairs


def supported(record: Record, text: str) -> Record:
    """Return the record with a span for every statement, and a mention for every entity."""
    names = {entity.id: (entity.name, *entity.aliases) for entity in record.entities}

    entities = {entity.id: mentioned(entity, text) for entity in record.entities}

    def where(*ids: str | None) -> Span:
        known = [id for id in ids if id]
        start, end = paragraph(text, [name for id in known for name in names[id]])
        for id in known:
            if ground(text, entities[id], (start, end)) is None:
                first, last = paragraph(text, names[id])
                start, end = min(start, first), max(end, last)
        return start, end

    def event(e: Event) -> Event:
        ends = (*e.participants, *e.organizers, *e.places)
        span = paragraph(text, [name for id in ends for name in names[id]])
        apart = {id for id in ends if ground(text, entities[id], span) is None}
        return replace(e, evidence=span, evidence_of={id: where(id) for id in sorted(apart)})

    return replace(
        record,
        entities=tuple(entities.values()),
        positions=tuple(replace(p, evidence=where(p.person, p.of)) for p in record.positions),
        events=tuple(map(event, record.events)),
        agreements=tuple(replace(a, evidence=where(*a.parties)) for a in record.agreements),
        facilities=tuple(
            replace(f, evidence=where(f.facility, *f.founders, f.host)) for f in record.facilities
        ),
        part_of=tuple(replace(x, evidence=where(x.child, x.parent)) for x in record.part_of),
        located_in=tuple(replace(x, evidence=where(x.child, x.parent)) for x in record.located_in),
    )


def mentioned(entity: Entity, text: str) -> Entity:
    starts = [(text.find(name), name) for name in (entity.name, *entity.aliases)]
    found = [(start, start + len(name)) for start, name in starts if start >= 0 and name]
    return replace(entity, mentions=tuple(found) or (paragraph(text, []),))


def paragraph(text: str, names: Iterable[str]) -> Span:
    at = next((text.find(name) for name in names if name and name in text), 0)
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    return start, end if end > start else len(text)


def resolve(records: Mapping[str, Record]) -> Resolution:
    """Return a resolution in which equal names of one type are one thing."""
    entities: dict[str, ResolvedEntity] = {}
    events: dict[str, ResolvedEvent] = {}
    keys: dict[tuple[str, str], str] = {}
    for document, record in sorted(records.items()):
        for entity in record.entities:
            key = keys[document, entity.id] = entity_key(entity)
            known = entities.get(key, ResolvedEntity(key, entity.type, entity.name))
            aliases = {*known.aliases, entity.name, *entity.aliases} - {known.name}
            entities[key] = replace(known, aliases=tuple(sorted(aliases)))
        for event in record.events:
            key = keys[document, event.id] = event_key(document, event)
            events.setdefault(key, ResolvedEvent(key, event.type, event.name, event.date))
    return Resolution(entities, events, keys)


def entity_key(entity: Entity) -> str:
    digest = hashlib.sha256(repr((entity.type, entity.name)).encode()).hexdigest()[:8]
    place = places.lookup(entity.name) if entity.type == "Place" else None
    if place is not None:
        return f"place-{place.key}"
    kind = {"Person": "person-p", "Place": "place-x", "JointFacility": "facility-x"}
    return f"{kind.get(entity.type, 'org-x')}-{digest}"


def event_key(document: str, event: Event) -> str:
    parts = (event.type, event.name or (document, event.id), event.date)
    return f"event-e-{hashlib.sha256(repr(parts).encode()).hexdigest()[:8]}"


def quads(document: Document, record: Record) -> list[Quad]:
    """Return the quads of one document that stands alone, with its places."""
    resolution = resolve({document.key: record})
    found = document_quads(document, record, resolution)
    return [*found, *reference_quads(resolution)]


def corpus_quads() -> list[Quad]:
    """Return the quads of the whole corpus, with its places."""
    pairs = gold()
    resolution = resolve({document.key: record for document, record in pairs})
    found = [quad for pair in pairs for quad in document_quads(*pair, resolution)]
    return found + list(reference_quads(resolution))


def rows(quads: Iterable[Quad], query: str) -> list[tuple[str, ...]]:
    """Return the results of a SELECT over quads, as strings, each once and sorted."""
    store = pyoxigraph.Store()
    store.extend(quads)
    found = store.query(query, use_default_graph_as_union=True, prefixes=prefixes())
    assert isinstance(found, pyoxigraph.QuerySolutions)
    names = [variable.value for variable in found.variables]
    return sorted({tuple(getattr(row[name], "value", "") for name in names) for row in found})
