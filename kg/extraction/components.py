"""The extraction stages as spaCy components, one concern each.

Each component reads what those before it left in ``Doc._`` and leaves its own result there;
mentions also stand in ``Doc.spans["mentions"]``. They run behind any pipeline with an entity
recogniser, and can be removed or replaced like any other component.
"""

from __future__ import annotations

import re

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import filter_spans

from kg.documents.document import Document
from kg.extraction.abstracts import abstracts
from kg.extraction.agreements import agreements, employed
from kg.extraction.context import Frame, headings, of_the_news
from kg.extraction.datelines import dateline, quotations, stamped
from kg.extraction.dates import find
from kg.extraction.discourse import Discourse
from kg.extraction.entities import group
from kg.extraction.events import events, happenings
from kg.extraction.facilities import facilities
from kg.extraction.holders import with_holders
from kg.extraction.links import located_in, part_of
from kg.extraction.mentions import read
from kg.extraction.participants import assign
from kg.extraction.positions import positions
from kg.extraction.record import Span
from kg.extraction.resolved import publisher, resolved
from kg.extraction.validity import stages

NAMES = (
    "kg_mentions",
    "kg_entities",
    "kg_dates",
    "kg_positions",
    "kg_facilities",
    "kg_links",
    "kg_events",
    "kg_agreements",
)
for _name in (
    "document",
    "reading",
    "entities",
    "abstracts",
    "discourse",
    "dates",
    "filed",
    "positions",
    "facilities",
    "part_of",
    "located_in",
    "told",
    "happenings",
    "events",
    "agreements",
    "stages",
):
    if not Doc.has_extension(f"kg_{_name}"):
        Doc.set_extension(f"kg_{_name}", default=None)


def _language(doc: Doc) -> str:
    """Return the language whose words apply: the document's without its region, or the model's."""
    document: Document | None = doc._.kg_document
    tag = document.language if document is not None else doc.lang_
    return re.split(r"[-_]", tag, maxsplit=1)[0].lower()


@Language.component("kg_mentions", requires=["doc.ents"], assigns=["doc._.kg_reading", "doc.spans"])
def mentions_component(doc: Doc) -> Doc:
    """Find the names and posts of a text and split it into sentences."""
    doc._.kg_reading = read(doc, _language(doc))
    found = [
        doc.char_span(mention.start, mention.end, label=mention.type, alignment_mode="expand")
        for mention in doc._.kg_reading.mentions
    ]
    doc.spans["mentions"] = filter_spans([span for span in found if span is not None])
    return doc


@Language.component(
    "kg_entities",
    requires=["doc._.kg_reading"],
    assigns=["doc._.kg_entities", "doc._.kg_abstracts", "doc._.kg_discourse"],
)
def entities_component(doc: Doc) -> Doc:
    """Join mentions into entities; prepare what the relations are read from."""
    reading = doc._.kg_reading
    doc._.kg_entities = group(reading)
    doc._.kg_abstracts = abstracts(reading, doc._.kg_entities)
    doc._.kg_discourse = Discourse(
        doc._.kg_entities, doc._.kg_abstracts, reading.text, reading.sentences, reading.language
    )
    return doc


@Language.component("kg_dates", assigns=["doc._.kg_dates", "doc._.kg_filed"])
def dates_component(doc: Doc) -> Doc:
    """Find dates; the document's date of publication resolves those without a year."""
    document: Document | None = doc._.kg_document
    text = doc.text  # put together from the tokens each time
    found = find(text, document.published if document else None, _language(doc))
    filed = dateline(text, _language(doc))  # when a report was filed is no event's date
    doc._.kg_filed = next((d for d in found if filed and _within(d.span, [filed])), None)
    said = quotations(text)
    doc._.kg_dates = [
        date
        for date in found
        if date is not doc._.kg_filed
        and not _within(date.span, said)
        and not stamped(text, date.span, _language(doc))
    ]
    return doc


def _within(span: Span, others: list[Span]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in others)


@Language.component(
    "kg_positions",
    requires=["doc._.kg_abstracts", "doc._.kg_discourse"],
    assigns=["doc._.kg_positions"],
)
def positions_component(doc: Doc) -> Doc:
    """Read who holds which post where."""
    doc._.kg_positions = positions(doc._.kg_abstracts, doc._.kg_discourse)
    return doc


@Language.component(
    "kg_facilities",
    requires=["doc._.kg_abstracts", "doc._.kg_entities", "doc._.kg_positions"],
    assigns=["doc._.kg_facilities"],
)
def facilities_component(doc: Doc) -> Doc:
    """Read who set up which joint facility, and where it stands."""
    doc._.kg_facilities = facilities(
        doc._.kg_abstracts,
        doc._.kg_entities,
        doc._.kg_discourse,
        _language(doc),
        employed(doc._.kg_positions, doc._.kg_discourse, ()),
    )
    return doc


@Language.component(
    "kg_links",
    requires=["doc._.kg_abstracts", "doc._.kg_facilities"],
    assigns=["doc._.kg_part_of", "doc._.kg_located_in"],
)
def links_component(doc: Doc) -> Doc:
    """Read what is part of what and what stands where; a unit's whole decides its type."""
    lines, table = doc._.kg_abstracts, doc._.kg_entities
    doc._.kg_part_of = part_of(lines, table, doc._.kg_discourse, doc._.kg_facilities)
    doc._.kg_located_in = located_in(lines, table)
    return doc


@Language.component(
    "kg_events",
    requires=["doc._.kg_abstracts", "doc._.kg_dates", "doc._.kg_positions"],
    assigns=["doc._.kg_told", "doc._.kg_happenings", "doc._.kg_events"],
)
def events_component(doc: Doc) -> Doc:
    """Read events, when and where they were, who organized them and who took part."""
    language = _language(doc)
    doc._.kg_told = with_holders(doc._.kg_abstracts, doc._.kg_entities, doc._.kg_positions)
    lines = of_the_news(doc._.kg_told, doc.text, language)
    owner = publisher(lines, doc._.kg_entities.drafts, language)
    lines = [resolved(line, doc._.kg_discourse, owner, sides=False) for line in lines]
    headed = headings(lines, doc._.kg_dates, language)
    document: Document | None = doc._.kg_document
    published = document.published if document is not None else None
    frame = Frame(doc._.kg_dates, doc._.kg_filed, headed, published)
    doc._.kg_happenings = happenings(lines, frame, language)
    assign(doc._.kg_happenings, lines, doc._.kg_discourse, language, frame)
    doc._.kg_events = events(doc._.kg_happenings, lines)
    return doc


@Language.component(
    "kg_agreements",
    requires=["doc._.kg_told", "doc._.kg_happenings", "doc._.kg_positions"],
    assigns=["doc._.kg_agreements", "doc._.kg_stages"],
)
def agreements_component(doc: Doc) -> Doc:
    """Read the documents that institutions signed or mean to sign, and what became of them."""
    doc._.kg_agreements = agreements(
        of_the_news(doc._.kg_told, doc.text, _language(doc)),
        doc._.kg_discourse,
        doc._.kg_happenings,
        employed(doc._.kg_positions, doc._.kg_discourse, doc._.kg_part_of),
        doc._.kg_dates,
    )
    document: Document | None = doc._.kg_document
    doc._.kg_stages = stages(
        doc.text,
        doc._.kg_reading.sentences,
        doc._.kg_agreements,
        _language(doc),
        document.published if document else None,
    )
    return doc
