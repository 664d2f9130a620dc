"""How the cost of each measure grows with the network: python benchmarks/analysis.py.

Networks of 1,000 to 100,000 ties with a few strong hubs (Barabási & Albert 1999), half of the nodes
of one country. A measure is not tried where the growth so far puts it above the limit. The last
column is the exponent b of time ~ ties^b between the smallest and the largest network that it did.
"""

from __future__ import annotations

import argparse
import math
import random
import time
import warnings
from collections.abc import Callable
from datetime import date
from functools import partial

import networkx as nx

from kg.analysis import backtest, communities, cores, evolution, measures, mixing, prospects
from kg.analysis.facts import Fact, Facts, Statement
from kg.analysis.nulls import curveball, null_model
from kg.analysis.paths import PIVOTS, Approximation
from kg.analysis.projections import project
from kg.analysis.uncertainty import bootstrap

SIZES = (1_000, 10_000, 100_000)
SHORT = (1_000, 2_000)
ALL = 10**9


def network(ties: int, seed: int = 1) -> nx.Graph:
    """Make a network of about so many ties, five a node."""
    chance = random.Random(seed)
    made = nx.barabasi_albert_graph(ties // 5 + 5, 5, seed=seed)
    for name in made:
        made.nodes[name].update(
            label=str(name), kind="University", country=chance.choice(["CN", "KZ"])
        )
    for edge in made.edges:
        made.edges[edge]["weight"] = chance.random()
    return made


def facts(ties: int, seed: int = 1) -> Facts:
    """Make events of five members in five years that give about so many ties."""
    chance = random.Random(seed)
    names = [f"o{number:06}" for number in range(ties // 5 + 5)]
    node = {"label": "", "kind": "University", "region": "", "aliases": []}
    made = []
    for number in range(ties // 10):
        told = (Statement(f"r{number // 3}", f"words {number}", 0.9, None, f"e{number}"),)
        members = dict.fromkeys(chance.sample(names, 5), told)
        day = date(2019 + chance.randrange(5), 1, 1)
        made.append(Fact(f"f{number:06}", "event", "", members, day, day))
    nodes = {name: {**node, "country": chance.choice(["CN", "KZ"])} for name in names}
    return Facts(tuple(made), nodes, newest=date(2023, 12, 31))


WORK: dict[str, Callable[[nx.Graph], object]] = {
    **measures.NODE_MEASURES,
    "betweenness": partial(measures.betweenness, sample=ALL),
    "betweenness, 500 pivots": partial(measures.betweenness, sample=PIVOTS),
    "closeness": partial(measures.closeness, sample=ALL),
    "closeness, 500 pivots": partial(measures.closeness, sample=PIVOTS),
    "cross-betweenness": partial(mixing.cross_betweenness, sample=ALL),
    "cross-betweenness, 500": partial(mixing.cross_betweenness, sample=PIVOTS),
    **measures.NETWORK_MEASURES,
    "communities, one run": communities.partition,
    "communities": communities.communities,
    "rich club": cores.rich_club,
    "bridges": mixing.bridges,
    "core and periphery": cores.core,
    "prospects, first 100": partial(prospects.prospects, top=100),
}


def _back(given: Facts) -> object:
    return backtest.backtest(given, ["2021-12-31"])


ON_FACTS: dict[str, Callable[[Facts], object]] = {
    "projection": project,
    "curveball": lambda given: curveball(given, random.Random(1)),
    "bootstrap of strength, 10": partial(bootstrap, measure="strength", replicates=10),
    "null of clustering, 10": partial(null_model, measure="clustering", replicates=10),
    "back-test, one cut": _back,
    "growth, 5 years": evolution.growth,
}


def seconds(work: Callable[..., object], given: object) -> float:
    """Return how much processor time a measure takes."""
    begin = time.process_time()
    work(given)
    return max(time.process_time() - begin, 1e-6)


def main() -> None:
    """Measure everything and print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--short", action="store_true", help="small networks only")
    parser.add_argument("--limit", type=float, default=300.0, help="seconds a measure may take")
    parser.add_argument("--only", metavar="TEXT", default="", help="what has this in its name")
    given = parser.parse_args()
    sizes = SHORT if given.short else SIZES
    warnings.simplefilter("ignore", Approximation)
    made = {size: (network(size), facts(size)) for size in sizes}
    print(f"{'measure':30}" + "".join(f"{size:>12,}" for size in sizes) + f"{'growth':>9}")
    for name, work in [*WORK.items(), *ON_FACTS.items()]:
        if given.only not in name:
            continue
        took: dict[int, float] = {}
        print(f"{name:30}", end="", flush=True)
        for size in sizes:
            if len(took) < sizes.index(size) or (took and expected(took, size) > given.limit):
                print(f"{'–':>12}", end="")
                continue
            took[size] = seconds(work, made[size][name in ON_FACTS])
            print(f"{took[size]:>11.3f}s", end="", flush=True)
        print(f"{growth(took):>9}", flush=True)


def expected(took: dict[int, float], size: int) -> float:
    """Return how long a larger network will take: with the growth so far, at first ties^1.6."""
    sizes = sorted(took)
    power = 1.6
    if len(sizes) > 1:
        power = math.log(took[sizes[-1]] / took[sizes[0]]) / math.log(sizes[-1] / sizes[0])
    return took[sizes[-1]] * (size / sizes[-1]) ** power


def growth(took: dict[int, float]) -> str:
    """Return the exponent between the smallest and the largest network."""
    first, last = min(took), max(took)
    if first == last or not took[first]:
        return "–"
    return f"{math.log(took[last] / took[first]) / math.log(last / first):.2f}"


if __name__ == "__main__":
    main()
