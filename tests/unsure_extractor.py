"""The rules, less sure of who holds which post than they are, whatever they are calibrated to."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from kg.documents.document import Document
from kg.extraction import pipeline
from kg.extraction.record import Record


class UnsureExtractor:
    version = "unsure 1"

    def pipe(self, documents: Iterable[Document]) -> Iterator[Record]:
        for record in pipeline.load().pipe(documents):
            told = json.loads(record.to_json())
            for position in told["positions"]:
                position["confidence"] = 0.5
            yield Record.from_json(json.dumps(told))
