"""Every question is asked of the corpus as its annotators read it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from inspect import get_annotations
from pathlib import Path

import pandas as pd
import pytest
from goldens import ASKED
from rdflib.plugins.sparql import prepareQuery

from kg.errors import UsageError
from kg.graph.store import Graph
from kg.graph.vocabulary import COOP, prefixes
from kg.queries import catalogue
from kg.queries.catalogue import ask, get, prepare, questions
from kg.queries.question import Question

ALMATY_FORUM = "Forum of Rectors of Chinese and Kazakhstani Universities"
REQUIRED: Mapping[str, Mapping[str, str]] = {
    name: {key: value for key, value in ASKED[name].items() if get(name).parameters[key].required}
    for name in ASKED
}
CITED = ["quote", "report", "source"]
NAMES = [question.name for question in questions()]


@pytest.fixture(scope="module")
def graph(corpus_graph: Path) -> Graph:
    return Graph.open(corpus_graph)


@pytest.mark.parametrize("name", NAMES)
class TestEach:
    def test_it_has_an_answer_that_stays_the_same(self, graph: Graph, name: str) -> None:
        answer = ask(graph, name, **REQUIRED.get(name, {}))
        assert len(answer) > 0
        assert not answer.duplicated().any()
        pd.testing.assert_frame_equal(answer, ask(graph, name, **REQUIRED.get(name, {})))

    def test_a_fact_comes_with_its_sentence_and_report(self, graph: Graph, name: str) -> None:
        answer = ask(graph, name, **REQUIRED.get(name, {}))
        if name == "withdrawal":  # posts and places of a report have no sentence of their own
            answer = answer.dropna(subset="quote")
        assert answer[CITED].notna().all(axis=None)
        texts = graph.query("SELECT ?source ?text { ?d coop:address ?source ; schema:text ?text }")
        text = dict(zip(texts["source"], texts["text"], strict=True))
        for quote, source in zip(answer["quote"], answer["source"], strict=True):
            assert quote in text[source]

    def test_its_file_is_standard_sparql_that_asks_of_everything(
        self, graph: Graph, name: str
    ) -> None:
        sparql = get(name).sparql
        prepareQuery(sparql, initNs=prefixes())
        if name != "encounters":  # pairs of all with all take their time
            assert list(graph.query(sparql).columns)

    def test_its_terms_are_in_the_ontology(self, name: str) -> None:
        used = set(re.findall(r"coop:(\w+)", get(name).sparql))
        assert used
        assert used <= set(get_annotations(COOP))

    def test_its_parameters_narrow_the_answer(self, graph: Graph, name: str) -> None:
        question = get(name)
        for key, value in options(question).items():
            given = {**REQUIRED.get(name, {}), key: value}
            narrow = ask(graph, name, **given)
            assert set(narrow.columns) == set(ask(graph, name, **REQUIRED.get(name, {})).columns)

    def test_its_header_speaks_to_people(self, name: str) -> None:
        question = get(name)
        assert question.title.endswith("?")
        assert question.description.endswith(".")
        assert set(question.asked_by) <= {"analyst", "researcher", "leadership"}


def options(question: Question) -> dict[str, str]:
    """Return a value for each parameter that may be left out."""
    values = {
        "country": "KZ",
        "date": "2024",
        "organization": "Satbayev University",
        "person": "Zhao Guohua",
        "place": "China",
        "entity": "Satbayev University",
        "text": "o",
        "number": "1",
    }
    return {
        key: values[blank.kind] for key, blank in question.parameters.items() if not blank.required
    }


class TestAnswers:
    """What the report of the forum of rectors in Almaty says, as its annotators read it."""

    def test_who_took_part_in_the_forum_and_in_which_post(self, graph: Graph) -> None:
        answer = ask(graph, "participants", place="Almaty", type="forum")
        forum = answer[answer["event"] == ALMATY_FORUM]
        people = forum.dropna(subset="post").set_index("participant")["post"]
        assert people["Pubu Dunzhu"] == "Vice Governor"
        assert people["Shi Jing"] == "Deputy Director"
        organizers = set(forum[forum["capacity"] == "organizer"]["participant"])
        assert "Turan University" in organizers
        assert len(organizers) == 4
        assert set(forum["date"]) == {"--09-22"}
        assert "Sichuan Normal University" not in set(forum["participant"])

    def test_of_chinese_bodies_only(self, graph: Graph) -> None:
        answer = ask(graph, "participants", place="Almaty", type="forum", country="China")
        people = set(answer[answer["event"] == ALMATY_FORUM]["participant"])
        assert {"Shi Jing", "Jiang Wei", "Pubu Dunzhu"} <= people
        assert "A.B. Kaldybekov" not in people

    def test_which_posts_a_person_holds(self, graph: Graph) -> None:
        answer = ask(graph, "person", person="zhao guohua")
        posts = dict(zip(answer["post"], answer["organization"], strict=True))
        assert posts == {"Rector": "Sichuan Normal University", "Professor": None}

    def test_who_heads_a_body(self, graph: Graph) -> None:
        answer = ask(graph, "positions", organization="Department of Education of Sichuan Province")
        assert list(answer["person"].unique()) == ["Shi Jing"]

    def test_a_rector_is_no_director_but_a_vice_rector_is_one_of_sorts(self, graph: Graph) -> None:
        posts = {post.lower() for post in ask(graph, "positions", role="rector")["post"]}
        assert any("vice-rector" in post for post in posts)
        assert not any("director" in post for post in posts)

    def test_partners_are_those_of_papers_facilities_and_events(self, graph: Graph) -> None:
        answer = ask(graph, "partners", organization="Satbayev University")
        assert answer["strength"].is_monotonic_decreasing
        kinds = answer.groupby("partner")["kind"].agg(set)
        assert kinds["City University of Hong Kong"] == {"agreement", "facility"}
        chinese = ask(graph, "partners", organization="Satbayev University", country="CN")
        assert 0 < len(chinese) < len(answer)

    def test_agreements_of_a_period(self, graph: Graph) -> None:
        answer = ask(graph, "agreements", since="2024-07", until="2024-07", status="signed")
        assert len(answer) >= 2
        assert all(date.startswith("2024-07") for date in answer["date"])
        planned = ask(graph, "agreements", status="planned")
        assert set(planned["status"]) == {"planned"}

    def test_events_of_a_country_include_those_of_its_cities(self, graph: Graph) -> None:
        places = set(ask(graph, "events", place="Kazakhstan")["place"])
        assert {"Almaty", "Astana"} <= places
        assert "Beijing" not in places

    def test_one_node_has_both_names(self, graph: Graph) -> None:
        names = set(ask(graph, "names", name="Department of Education of Sichuan")["name"])
        assert "Sichuan Provincial Department of Education" in names
        assert "Department of Education of Sichuan Province" in names

    def test_who_met_whom(self, graph: Graph) -> None:
        answer = ask(graph, "encounters", person="Zhao Guohua")
        pairs = set(zip(answer["person"], answer["met"], strict=True))
        assert ("A.B. Kaldybekov", "Zhao Guohua") in pairs

    def test_what_vanishes_with_a_report(self, graph: Graph) -> None:
        gone = ask(graph, "withdrawal", report="en-0001")
        assert "Turan University" in set(gone["thing"])
        assert "China" not in set(gone["thing"])

    def test_units_with_the_words_that_say_so(self, graph: Graph) -> None:
        units = set(ask(graph, "units", organization="Sichuan Normal University")["unit"])
        assert "Affiliated Middle School of Sichuan Normal University" in units

    def test_a_year_counts_the_organizations_of_its_own_facts(self, graph: Graph) -> None:
        found: dict[int, set[str]] = {}
        for day, one in graph.rows(DATED):
            kinds = found.setdefault(day.year, set())
            if re.search("/id/(org|facility)-", one):
                kinds.add(one)
        answer = ask(graph, "years")
        counted = dict(zip(answer["year"], answer["organizations"], strict=True))
        assert counted == {year: len(found.get(year, ())) for year in counted}
        assert len(set(counted.values())) > 2


DATED = """
SELECT DISTINCT ?day ?one {
  ?fact coop:occursAt|(coop:signedAt/coop:occursAt) ?time ; coop:attendedBy|coop:party ?one .
  ?time coop:earliest ?day .
  ?evidence coop:supports ?fact ; coop:factuality fact:actual .
}"""


class TestMistakes:
    def test_an_unknown_question(self, graph: Graph) -> None:
        with pytest.raises(UsageError, match="partner'") as caught:
            ask(graph, "partner")
        assert caught.value.remedy is not None
        assert "partners" in caught.value.remedy

    def test_an_unknown_parameter(self, graph: Graph) -> None:
        with pytest.raises(UsageError, match="has no parameter 'organisation'") as caught:
            ask(graph, "partners", organisation="x")
        assert caught.value.remedy == "did you mean organization?"
        with pytest.raises(UsageError) as caught:
            ask(graph, "conflicts", since="2024")
        assert caught.value.remedy == "leave it out"

    def test_a_parameter_that_is_missing(self, graph: Graph) -> None:
        for given in ({}, {"person": " "}, {"person": None}):
            with pytest.raises(UsageError, match="needs a person"):
                ask(graph, "person", **given)

    def test_a_date_that_is_none(self, graph: Graph) -> None:
        for date in ("soon", "2024-13", "09-22"):
            with pytest.raises(UsageError, match="is not a date"):
                ask(graph, "events", since=date)

    def test_no_value_can_change_the_question(self, graph: Graph) -> None:
        nasty = '" } INSERT DATA { <a:a> <a:a> <a:a> } #'
        assert len(ask(graph, "gaps", problem=nasty)) == 0
        assert nasty.replace('"', '\\"') in prepare(graph, "gaps", {"problem": nasty})

    def test_the_catalogue_is_sorted_and_named_by_its_files(self) -> None:
        assert sorted(NAMES) == NAMES
        assert len(NAMES) >= 14
        folder = Path(catalogue.__file__).parent
        assert {f"{name}.rq" for name in NAMES} == {path.name for path in folder.glob("*.rq")}
