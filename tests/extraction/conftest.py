from __future__ import annotations

from collections.abc import Callable

import pytest

from extraction.reports import Told
from kg.documents.document import Document
from kg.extraction.pipeline import Extractor, load


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    """The default extractor, loaded once."""
    return load()


@pytest.fixture(scope="session")
def tell(extractor: Extractor) -> Callable[..., Told]:
    """Read a text, with or without a date of publication."""

    def read(text: str, published: str | None = None) -> Told:
        return Told(text, extractor.read(Document("report", text, published=published)))

    return read
