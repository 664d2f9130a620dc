"""What tests of several parts share: the corpus as a graph, made of its gold annotations."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parent / "graph"))  # samples that all parts may use

from gold_extractor import GoldExtractor

from kg.build import build

CORPUS = Path(__file__).parents[1] / "corpus"


@pytest.fixture(scope="session")
def corpus_graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a graph of the whole corpus, as its gold annotations tell it."""
    folder = tmp_path_factory.mktemp("corpus") / "graph"
    report = build(CORPUS, folder, extractor=GoldExtractor())
    assert (report.read, report.failed) == (41, ())
    return folder
