"""A server over the corpus as its gold annotations tell it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from serving import serving


@pytest.fixture(scope="session")
def client(corpus_graph: Path) -> Iterator[httpx.Client]:
    """A client of a server that many tests share."""
    with serving(corpus_graph, "--rate", "0", "--seconds", "20", "--workers", "1") as opened:
        yield opened
