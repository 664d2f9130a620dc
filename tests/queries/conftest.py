from __future__ import annotations

from pathlib import Path

import pytest

from kg.build import build

CORPUS = Path(__file__).parents[2] / "corpus"


@pytest.fixture(scope="session")
def extracted_graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a graph of the whole corpus, as this version extracts it."""
    folder = tmp_path_factory.mktemp("extracted") / "graph"
    build(CORPUS, folder)
    return folder
