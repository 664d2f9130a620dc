from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.documents.sources import Options
from sources.web.server import Site, serving


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        yield running


@pytest.fixture
def options(site: Site, tmp_path: Path) -> Options:
    """Options that allow the tests' server, and hurry."""
    return Options(allowed_hosts=frozenset({site.host}), delay=0.0, cache=tmp_path / "pages.sqlite")
