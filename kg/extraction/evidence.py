"""Evidence wide enough to be checked: a quote that names what its statement is about.

A sentence may say "a vice-rector followed" or "both agreements were signed" of institutions that
the sentences before it name. Its statement then rests on all of them: the quote begins with the
sentence that names the missing end, so that a reader finds there what the words stand for. Where
that is too far, it begins with the nearest sentence whose words stand for the end ("the two
universities"). What only the next sentences name ("It was signed by …") makes it end there.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from kg.extraction.gate import ground
from kg.extraction.record import Entity, Record, Span

REACH = 4
"""How many sentences before its own a quote may begin with; what is further is left out."""

AHEAD = 2
"""How many sentences behind its own a quote may end with, for what is named only there."""


def widened(text: str, record: Record, sentences: Sequence[Span]) -> Record:
    """Return a record whose quotes name the ends of their statements, where that is possible.

    Parameters
    ----------
    text : str
        The document's text.
    record : Record
        What an extractor says of it, each statement with its own sentence as evidence.
    sentences : sequence of (start, end)
        The spans of the text's sentences, in order.
    """
    quotes = _Quotes(text, record, sentences)
    return replace(
        record,
        positions=tuple(
            replace(one, evidence=quotes.of(one.evidence, (one.person, one.of)))
            for one in record.positions
        ),
        agreements=tuple(
            replace(one, evidence=quotes.of(one.evidence, one.parties)) for one in record.agreements
        ),
        facilities=tuple(
            replace(one, evidence=quotes.of(one.evidence, (one.facility, *one.founders, one.host)))
            for one in record.facilities
        ),
        part_of=tuple(
            replace(one, evidence=quotes.of(one.evidence, (one.child, one.parent)))
            for one in record.part_of
        ),
    )


class _Quotes:
    """The quotes of one record."""

    def __init__(self, text: str, record: Record, sentences: Sequence[Span]):
        self._text = text
        self._language = record.language
        self._entities = {entity.id: entity for entity in record.entities}
        self._sentences = sentences

    def of(self, span: Span, ends: Iterable[str | None]) -> Span:
        """Return a quote that begins with the nearest sentence before that names all ends."""
        for end in ends:
            entity = self._entities[end] if end is not None else None
            if entity is not None and not self._holds(entity, span):
                span = self._from(entity, span)
        return span

    def _from(self, entity: Entity, span: Span) -> Span:
        """Return the quote from the sentence that names an end, or from nearer words for it."""
        before = [start for start, end in entity.mentions if end <= span[0]]
        if not before:
            return self._to(entity, span)
        named, own = self._line(max(before)), self._line(span[0])
        if own - named <= REACH:
            return self._sentences[named][0], span[1]
        longer = ((self._sentences[line][0], span[1]) for line in range(own - 1, own - REACH, -1))
        return next((one for one in longer if self._holds(entity, one)), span)

    def _to(self, entity: Entity, span: Span) -> Span:
        """Return the quote to the sentence that first names an end, where that is soon."""
        behind = [start for start, _ in entity.mentions if start >= span[1]]
        if not behind or self._line(min(behind)) - self._line(span[1] - 1) > AHEAD:
            return span
        return span[0], self._sentences[self._line(min(behind))][1]

    def _holds(self, entity: Entity, span: Span) -> bool:
        return ground(self._text, entity, span, self._language) is not None

    def _line(self, offset: int) -> int:
        """Return the number of the sentence that an offset lies in."""
        return max(0, bisect_right(self._sentences, offset, key=lambda span: span[0]) - 1)
