"""The sentence behind a statement: quote, place in the text, run, confidence."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode

from kg.extraction.record import Span
from kg.graph.literals import TRUE, probability, string
from kg.graph.schemes import noted
from kg.graph.statements.reading import Reading, Triple, digest
from kg.graph.vocabulary import COOP, FACT, OA, RDF


def evidence(
    reading: Reading,
    supported: NamedNode,
    span: Span,
    confidence: float,
    factuality: str = "actual",
) -> Iterator[Triple]:
    """Yield that the words of a span support a node.

    Parameters
    ----------
    reading : Reading
        The document.
    supported : NamedNode
        The fact, claim or entity.
    span : tuple of int
        ``[start, end)`` in code points of the document's text.
    confidence : float
        Probability that the words support it.
    factuality : str
        How the words present it: ``actual``, ``planned``, ``denied`` or ``cancelled``.
    """
    weight = probability(confidence, where=reading.document.id)
    parts = (supported.value, str(span), weight.value, factuality)
    one = reading.own("evidence", digest(*parts))
    yield one, RDF.type, COOP.Evidence
    yield one, COOP.supports, supported
    yield one, COOP.inSentence, sentence_node(reading, span)
    yield one, COOP.confidence, weight
    yield one, COOP.factuality, noted(FACT, factuality, where=reading.document.id)
    yield one, COOP.extractedBy, reading.own("run")
    yield from _sentence(reading, span)


def claim(
    reading: Reading, stated: Triple, span: Span, confidence: float, *, inferred: bool = False
) -> Iterator[Triple]:
    """Yield a binary statement together with the claim that names it and its evidence."""
    subject, predicate, object = stated
    named = reading.fact("claim", subject.value, predicate.value, object.value)
    yield stated
    yield from claim_of(named, stated, inferred=inferred)
    yield from evidence(reading, named, span, confidence)


def claim_of(named: NamedNode, stated: Triple, *, inferred: bool) -> Iterator[Triple]:
    """Yield the claim node of a binary statement, marked if no text states it."""
    subject, predicate, object = stated
    yield named, RDF.type, COOP.Claim
    yield named, RDF.subject, subject
    yield named, RDF.predicate, predicate
    yield named, RDF.object, object
    if inferred:
        yield named, COOP.inferred, TRUE


def sentence_node(reading: Reading, span: Span) -> NamedNode:
    """Return the node of the words of a span."""
    return reading.own("sentence", *span)


def _sentence(reading: Reading, span: Span) -> Iterator[Triple]:
    one = sentence_node(reading, span)
    position, quote = (reading.own("sentence", *span, part) for part in ("position", "quote"))
    yield one, RDF.type, COOP.Sentence
    yield one, OA.hasSource, reading.own("doc")
    yield one, OA.hasSelector, position
    yield position, RDF.type, OA.TextPositionSelector
    yield position, OA.start, Literal(span[0])
    yield position, OA.end, Literal(span[1])
    yield one, OA.hasSelector, quote
    yield quote, RDF.type, OA.TextQuoteSelector
    yield quote, OA.exact, string(reading.quote(span))
