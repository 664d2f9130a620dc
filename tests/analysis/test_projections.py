"""Projections against the derived ties, Newman's weights and Davis's Southern Women."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import networkx as nx
import pytest
from made import NODES, fact, facts_of
from networkx.algorithms import bipartite

from kg.analysis.facts import Facts
from kg.analysis.projections import COUNTS, NEWMAN, PROJECTIONS, incidence, layers, project
from kg.errors import UsageError
from kg.graph.store import Graph


@pytest.fixture(scope="module")
def corpus(corpus_graph: Path) -> tuple[Facts, nx.Graph]:
    with Graph.open(corpus_graph) as graph:
        return Facts.of(graph), graph.network("organizations")


def pairs(network: nx.Graph) -> set[tuple[str, ...]]:
    return {tuple(sorted(edge)) for edge in network.edges}


def test_by_default_it_gives_the_derived_ties_of_the_graph(corpus) -> None:
    facts, derived = corpus
    found = project(facts)
    assert pairs(found) == pairs(derived)
    assert len(found.edges) > 50
    for one, other, data in derived.edges(data=True):
        edge = found.edges[one, other]
        assert edge["weight"] == pytest.approx(data["weight"], abs=1e-4)  # the graph keeps 4 digits
        assert edge["reports"] == data["reports"]
        assert edge["evidence"]
        assert all(iri.startswith("https://") for iri in edge["evidence"] + edge["facts"])


def southern_women() -> tuple[nx.Graph, Facts]:
    women = nx.davis_southern_women_graph()
    events = women.graph["bottom"]
    facts = [fact(event, "event", *women[event]) for event in events]
    return women, facts_of(*facts, people=women.graph["top"])


def test_newmans_weights_of_the_southern_women_are_those_of_networkx() -> None:
    women, facts = southern_women()
    expected = bipartite.collaboration_weighted_projected_graph(women, women.graph["top"])
    found = project(facts, "people", weighting=NEWMAN)
    assert pairs(found) == pairs(expected)
    for one, other, data in expected.edges(data=True):
        assert found.edges[one, other]["weight"] == pytest.approx(data["weight"])


def test_shared_events_of_the_southern_women_are_those_that_davis_counted() -> None:
    women, facts = southern_women()
    found = project(facts, "people", weighting=COUNTS)
    # Davis, Gardner & Gardner, Deep South (1941), fig. 3: 18 women, 14 events, 89 attendances.
    two_mode = incidence(facts, "people")
    assert (len(two_mode), two_mode.number_of_edges()) == (18 + 14, 89)
    assert found.edges["Evelyn Jefferson", "Theresa Anderson"]["weight"] == 7
    expected = bipartite.weighted_projected_graph(women, women.graph["top"])
    assert nx.utils.graphs_equal(
        nx.Graph((u, v, {"weight": w}) for u, v, w in expected.edges(data="weight")),
        nx.Graph((u, v, {"weight": int(w)}) for u, v, w in found.edges(data="weight")),
    )


def test_a_forum_of_sixty_ties_little_and_one_of_sixty_one_nobody() -> None:
    guests = [f"o{number:02}" for number in range(61)]
    forum = project(facts_of(fact("f", "event", *guests[:60])), weighting=NEWMAN)
    assert forum.edges["o00", "o01"]["weight"] == pytest.approx(1 / 59)
    assert len(project(facts_of(fact("f", "event", *guests)))) == 0


def test_age_belief_and_kind_weigh_as_told() -> None:
    old = fact("f", "agreement", "a", "b", on=date(2020, 1, 1), sure=0.5)
    facts = facts_of(old, newest=date(2023, 1, 1))
    found = project(facts)
    half = 0.5 ** ((date(2023, 1, 1) - date(2020, 1, 1)).days / 365.25 / 3)
    assert found.edges["a", "b"]["weight"] == pytest.approx(
        1 - 2.718281828459045 ** -(3 * 0.5 * half / 5)
    )
    assert project(facts, weighting=NEWMAN).edges["a", "b"]["weight"] == 1


def test_filters_of_facts_and_edges() -> None:
    facts = facts_of(
        fact("f1", "event", "a", "b", on=date(2020, 5, 1)),
        fact("f2", "agreement", "a", "k", on=date(2022, 5, 1), sure=0.4),
        fact("f3", "facility", "b", "k"),
    )
    assert pairs(project(facts.where(since="2021"))) == {("a", "k")}
    assert pairs(project(facts.where(until="2020"))) == {("a", "b")}
    assert pairs(project(facts.where(kinds=["event", "facility"]))) == {("a", "b"), ("b", "k")}
    assert pairs(project(facts.where(confidence=0.5))) == {("a", "b"), ("b", "k")}
    assert pairs(project(facts, between=("cn", "KZ"))) == {("a", "k"), ("b", "k")}
    assert pairs(project(facts, countries=["CN"])) == {("a", "b")}
    assert pairs(project(facts, ties="agreements")) == {("a", "k")}
    assert set(project(facts, ties="agreements", isolated=True)) == {"a", "b", "k", "m"}
    assert pairs(project(facts, minimum=0.5)) == {("b", "k")}


def test_regions_and_countries_sum_over_their_organizations() -> None:
    facts = facts_of(
        fact("f1", "agreement", "a", "k"), fact("f2", "agreement", "b", "k"),
        fact("f3", "event", "a", "b"),
    )  # fmt: skip
    countries = project(facts, "countries", weighting=COUNTS)
    assert countries.edges["CN", "KZ"]["weight"] == 2
    assert countries.nodes["CN"]["within"] == 1
    assert countries.nodes["CN"]["organizations"] >= 2
    regions = project(facts, "regions", weighting=COUNTS)
    assert regions.edges["r-east", "r-steppe"]["weight"] == 1  # b has no region
    assert regions.nodes["r-steppe"]["label"] == "Steppe"


def test_layers_hold_each_kind_of_tie_by_itself() -> None:
    facts = facts_of(fact("f1", "agreement", "a", "k"), fact("f2", "visit", "a", "k"))
    found = layers(facts)
    assert set(found["a"]["k"]) == {"agreements", "events"}
    assert found["a"]["k"]["events"]["kinds"] == ["visit"]


@pytest.mark.parametrize("projection", PROJECTIONS)
def test_of_nothing_comes_a_network_without_nodes(projection: str) -> None:
    assert len(project(Facts(), projection)) == 0
    assert len(project(Facts(nodes=NODES), projection, weighting=NEWMAN)) == 0


def test_a_whole_and_its_part_are_not_tied_by_what_they_share() -> None:
    facts = facts_of(fact("f", "event", "a", "b"), parts=[("a", "b")])
    assert len(project(facts).edges) == 0


def test_what_is_not_there_is_named() -> None:
    with pytest.raises(UsageError, match=r"no projection 'cities'.*organizations"):
        project(Facts(), "cities")
    with pytest.raises(UsageError, match="no kind of ties 'wars'"):
        project(Facts(), ties="wars")
    with pytest.raises(UsageError, match="'soon' is not a date"):
        Facts().where(since="soon")
    with pytest.raises(UsageError, match="no facts of the kind 'war'"):
        Facts().where(kinds=["war"])
