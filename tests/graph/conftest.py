from __future__ import annotations

import pytest
from graph_samples import corpus_quads
from pyoxigraph import Quad


@pytest.fixture(scope="session")
def corpus() -> list[Quad]:
    """The quads of the whole corpus, made of its gold annotations."""
    return corpus_quads()
