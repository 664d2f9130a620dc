import json
from pathlib import Path

import networkx as nx
import pytest


@pytest.fixture
def invented() -> nx.Graph:
    """A network of invented institutions, as `kg.analysis.networks.network` would give it."""
    text = (Path(__file__).parent / "data" / "invented.json").read_text(encoding="utf-8")
    return nx.node_link_graph(json.loads(text), edges="edges")
