"""Case by case what the SPARQL 1.1 Protocol and Graph Store Protocol say of reading.

Numbers are those of the sections of https://www.w3.org/TR/sparql11-protocol/ and
https://www.w3.org/TR/sparql11-http-rdf-update/.
"""

from __future__ import annotations

import csv
import io
import json
from xml.etree import ElementTree

import pyoxigraph
import pytest
from httpx import Client
from pyoxigraph import RdfFormat

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
FORM = {"content-type": "application/x-www-form-urlencoded"}
QUERY = {"content-type": "application/sparql-query"}
GRAPH = "https://kg.example.org/graph/gazetteer"
ABSENT = "https://kg.example.org/graph/absent"


def count(response) -> int:
    assert response.status_code == 200, response.text
    return int(response.json()["results"]["bindings"][0]["n"]["value"])


class TestQuery:
    def test_by_get(self, client: Client) -> None:  # 2.1.1
        response = client.get("/sparql", params={"query": "ASK {}"})
        assert response.json() == {"head": {}, "boolean": True}
        assert response.headers["content-type"] == "application/sparql-results+json"

    def test_by_post_with_a_form(self, client: Client) -> None:  # 2.1.2
        response = client.post("/sparql", data={"query": "ASK {}"})
        assert response.json()["boolean"] is True

    def test_by_post_directly(self, client: Client) -> None:  # 2.1.3
        response = client.post("/sparql", content="ASK {}", headers=QUERY)
        assert response.json()["boolean"] is True

    def test_by_post_directly_with_a_charset(self, client: Client) -> None:
        headers = {"content-type": 'application/sparql-query; charset="UTF-8"'}
        query = 'SELECT ("四川" AS ?n) {}'
        response = client.post("/sparql", content=query.encode(), headers=headers)
        assert response.json()["results"]["bindings"][0]["n"]["value"] == "四川"

    def test_head_has_no_body(self, client: Client) -> None:
        response = client.head("/sparql", params={"query": "ASK {}"})
        assert (response.status_code, response.content) == (200, b"")

    def test_prefixes_are_declared(self, client: Client) -> None:
        found = client.get("/sparql", params={"query": "ASK { ?x a coop:University }"})
        assert found.json()["boolean"] is True


class TestRefusal:
    @pytest.mark.parametrize("query", ["SELEKT *", "", "SELECT * {", "SELECT ?x", "\x00"])
    def test_what_is_not_sparql_is_400(self, client: Client, query: str) -> None:  # 2.1.6
        assert client.get("/sparql", params={"query": query}).status_code == 400
        assert client.post("/sparql", content=query, headers=QUERY).status_code == 400

    def test_two_queries_are_400(self, client: Client) -> None:
        assert client.get("/sparql?query=ASK{}&query=ASK{}").status_code == 400
        body = "query=ASK{}&query=ASK{}"
        assert client.post("/sparql", content=body, headers=FORM).status_code == 400

    def test_a_form_without_a_query_is_400(self, client: Client) -> None:
        assert client.post("/sparql", content="x=1", headers=FORM).status_code == 400
        assert client.get("/sparql", params={"default-graph-uri": GRAPH}).status_code == 400

    def test_a_query_in_the_address_of_a_post_is_400(self, client: Client) -> None:
        response = client.post("/sparql?query=ASK{}", content="ASK {}", headers=QUERY)
        assert response.status_code == 400

    @pytest.mark.parametrize("media", ["text/plain", "application/json", "multipart/form-data", ""])
    def test_another_content_type_is_415(self, client: Client, media: str) -> None:
        headers = {"content-type": media}
        assert client.post("/sparql", content="ASK {}", headers=headers).status_code == 415

    def test_another_charset_is_415(self, client: Client) -> None:
        headers = {"content-type": "application/sparql-query; charset=utf-16"}
        body = "ASK {}".encode("utf-16")
        assert client.post("/sparql", content=body, headers=headers).status_code == 415

    def test_bytes_that_are_no_utf8_are_400(self, client: Client) -> None:
        assert client.post("/sparql", content=b"ASK {\xff}", headers=QUERY).status_code == 400
        assert client.get("/sparql?query=%FF").status_code == 400

    @pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
    def test_another_method_is_405(self, client: Client, method: str) -> None:
        response = client.request(method, "/sparql")
        assert response.status_code == 405
        assert set(response.headers["allow"].split(", ")) == {"GET", "HEAD", "POST"}

    def test_nothing_acceptable_is_406(self, client: Client) -> None:
        headers = {"accept": "image/png"}
        response = client.get("/sparql", params={"query": "ASK {}"}, headers=headers)
        assert response.status_code == 406

    @pytest.mark.parametrize("update", ["CLEAR ALL", "LOAD <file:///etc/passwd>"])
    def test_an_update_is_refused(self, client: Client, update: str) -> None:  # 2.2
        before = count(client.get("/sparql", params={"query": COUNT}))
        headers = {"content-type": "application/sparql-update"}
        assert client.post("/sparql", content=update, headers=headers).status_code == 403
        assert client.post("/sparql", data={"update": update}).status_code == 403
        assert client.get("/sparql", params={"update": update}).status_code == 400
        assert client.get("/sparql", params={"query": update}).status_code == 400
        assert count(client.get("/sparql", params={"query": COUNT})) == before

    def test_the_answer_says_where_and_what_to_do(self, client: Client) -> None:
        response = client.get("/sparql", params={"query": "SELECT * { ?s unknown:p ?o }"})
        assert "the prefix unknown: is not declared" in response.text
        assert response.headers["content-type"].startswith("text/plain")


class TestDataset:  # 2.1.4
    def test_a_default_graph(self, client: Client) -> None:
        whole = count(client.get("/sparql", params={"query": COUNT}))
        part = count(client.get("/sparql", params={"query": COUNT, "default-graph-uri": GRAPH}))
        assert 0 < part < whole

    def test_the_same_in_a_form_and_beside_a_direct_query(self, client: Client) -> None:
        part = count(client.get("/sparql", params={"query": COUNT, "default-graph-uri": GRAPH}))
        form = {"query": COUNT, "default-graph-uri": GRAPH}
        assert count(client.post("/sparql", data=form)) == part
        parameters = {"default-graph-uri": GRAPH}
        direct = client.post("/sparql", params=parameters, content=COUNT, headers=QUERY)
        assert count(direct) == part

    def test_two_default_graphs_are_merged(self, client: Client) -> None:
        other = GRAPH.replace("gazetteer", "inferred")
        one, two, both = (
            count(client.get("/sparql", params={"query": COUNT, "default-graph-uri": graphs}))
            for graphs in (GRAPH, other, [GRAPH, other])
        )
        assert max(one, two) < both <= one + two

    def test_named_graphs_leave_the_default_graph_empty(self, client: Client) -> None:
        named = "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
        parameters = {"named-graph-uri": [GRAPH, ABSENT]}
        assert count(client.get("/sparql", params={"query": named, **parameters})) == 1
        assert count(client.get("/sparql", params={"query": COUNT, **parameters})) == 0

    def test_the_request_goes_before_the_query(self, client: Client) -> None:
        query = COUNT.replace("{", f"FROM <{GRAPH}> {{")
        assert count(client.get("/sparql", params={"query": query})) > 0
        parameters = {"query": query, "default-graph-uri": ABSENT}
        assert count(client.get("/sparql", params=parameters)) == 0

    def test_a_relative_graph_is_400(self, client: Client) -> None:
        parameters = {"query": COUNT, "default-graph-uri": "no iri"}
        assert client.get("/sparql", params=parameters).status_code == 400


class TestFormats:
    QUERY = (
        "SELECT ?i ?b ?l ?t ?n ?u { VALUES ?u { UNDEF } BIND(<http://e/a&b> AS ?i) "
        'BIND(BNODE() AS ?b) BIND("a\\t\\"<\\n,"@en AS ?l) BIND("x" AS ?t) BIND(7 AS ?n) }'
    )

    @pytest.mark.parametrize(
        "media", ["application/sparql-results+json", "application/sparql-results+xml"]
    )
    def test_results_read_back(self, client: Client, media: str) -> None:
        response = client.get("/sparql", params={"query": self.QUERY}, headers={"accept": media})
        assert response.headers["content-type"] == media
        form = {
            "json": pyoxigraph.QueryResultsFormat.JSON,
            "xml": pyoxigraph.QueryResultsFormat.XML,
        }
        back = pyoxigraph.parse_query_results(response.content, format=form[media.split("+")[1]])
        assert isinstance(back, pyoxigraph.QuerySolutions)
        (row,) = list(back)
        assert row["i"] == pyoxigraph.NamedNode("http://e/a&b")
        assert row["l"] == pyoxigraph.Literal('a\t"<\n,', language="en")
        assert row["n"] == pyoxigraph.Literal(7)
        assert row["t"] == pyoxigraph.Literal("x")
        assert isinstance(row["b"], pyoxigraph.BlankNode)
        assert row["u"] is None

    def test_tsv_reads_back(self, client: Client) -> None:
        headers = {"accept": "text/tab-separated-values"}
        response = client.get("/sparql", params={"query": self.QUERY}, headers=headers)
        back = pyoxigraph.parse_query_results(
            response.content, format=pyoxigraph.QueryResultsFormat.TSV
        )
        assert isinstance(back, pyoxigraph.QuerySolutions)
        (row,) = list(back)
        assert row["l"] == pyoxigraph.Literal('a\t"<\n,', language="en")

    def test_csv_holds_plain_values(self, client: Client) -> None:
        response = client.get(
            "/sparql", params={"query": self.QUERY}, headers={"accept": "text/csv"}
        )
        header, row = list(csv.reader(io.StringIO(response.text, newline="")))
        assert header == ["i", "b", "l", "t", "n", "u"]
        assert [row[0], *row[2:]] == ["http://e/a&b", 'a\t"<\n,', "x", "7", ""]

    def test_ask_in_xml(self, client: Client) -> None:
        headers = {"accept": "application/sparql-results+xml"}
        response = client.get("/sparql", params={"query": "ASK {}"}, headers=headers)
        root = ElementTree.fromstring(response.text)
        assert root.findtext("{http://www.w3.org/2005/sparql-results#}boolean") == "true"

    @pytest.mark.parametrize(
        ("media", "form"),
        [
            ("text/turtle", RdfFormat.TURTLE),
            ("application/n-triples", RdfFormat.N_TRIPLES),
            ("application/ld+json", RdfFormat.JSON_LD),
            ("application/rdf+xml", RdfFormat.RDF_XML),
        ],
    )
    def test_graphs_read_back(self, client: Client, media: str, form: RdfFormat) -> None:
        query = "CONSTRUCT { ?s rdfs:label ?o } WHERE { ?s a coop:University ; rdfs:label ?o }"
        response = client.get("/sparql", params={"query": query}, headers={"accept": media})
        assert response.headers["content-type"].split(";")[0] == media
        triples = {quad.triple for quad in pyoxigraph.parse(response.content, format=form)}
        plain = client.get("/sparql", params={"query": query}, headers={"accept": "text/plain"})
        lines = pyoxigraph.parse(plain.content, format=RdfFormat.N_TRIPLES)
        assert triples == {quad.triple for quad in lines} != set()

    @pytest.mark.parametrize(
        ("accept", "media"),
        [
            ("*/*", "application/sparql-results+json"),
            ("text/csv;q=0.4, application/sparql-results+xml;q=0.9", "sparql-results+xml"),
            ("text/*", "text/csv"),
            ("application/json", "application/json"),
            ("text/csv;q=0, */*;q=0.1", "application/sparql-results+json"),
            ("text/turtle, text/csv;q=0.1", "text/csv"),
        ],
    )
    def test_what_is_liked_best_is_given(self, client: Client, accept: str, media: str) -> None:
        response = client.get("/sparql", params={"query": COUNT}, headers={"accept": accept})
        assert media in response.headers["content-type"]
        assert "Accept" in response.headers["vary"]


class TestDescription:
    def test_of_the_service(self, client: Client) -> None:
        triples = list(pyoxigraph.parse(client.get("/sparql").content, format=RdfFormat.TURTLE))
        predicates = {quad.predicate.value.rsplit("#")[-1] for quad in triples}
        assert {"endpoint", "resultFormat", "supportedLanguage", "defaultDataset"} <= predicates

    def test_of_the_data_set_counts_what_there_is(self, client: Client) -> None:
        response = client.get("/.well-known/void", headers={"accept": "application/n-triples"})
        found = pyoxigraph.parse(response.content, format=RdfFormat.N_TRIPLES)
        said = [
            int(quad.object.value)
            for quad in found
            if quad.predicate.value == "http://rdfs.org/ns/void#triples"
            and isinstance(quad.subject, pyoxigraph.NamedNode)
        ]
        assert said == [count(client.get("/sparql", params={"query": COUNT}))]

    def test_a_browser_is_led_to_the_editor(self, client: Client) -> None:
        response = client.get("/sparql", headers={"accept": "text/html"})
        assert (response.status_code, response.headers["location"][-7:]) == (303, "/editor")


class TestGraphStore:
    def test_a_graph_by_its_name(self, client: Client) -> None:  # 4.2, 5.2
        response = client.get("/graph-store", params={"graph": GRAPH})
        triples = list(pyoxigraph.parse(response.content, format=RdfFormat.TURTLE))
        counted = client.get("/sparql", params={"query": COUNT, "default-graph-uri": GRAPH})
        assert len(triples) == count(counted)

    def test_a_graph_by_its_own_address(self, client: Client) -> None:  # 4.1
        one = client.get("/graph/gazetteer", headers={"accept": "application/n-triples"})
        other = client.get(
            "/graph-store", params={"graph": GRAPH}, headers={"accept": "application/n-triples"}
        )
        assert set(one.text.splitlines()) == set(other.text.splitlines())

    def test_the_default_graph(self, client: Client) -> None:
        response = client.get("/graph-store?default", headers={"accept": "application/n-triples"})
        whole = count(client.get("/sparql", params={"query": COUNT}))
        assert len(response.text.splitlines()) == whole

    def test_an_absent_graph_is_404(self, client: Client) -> None:
        assert client.get("/graph-store", params={"graph": ABSENT}).status_code == 404
        assert client.get("/graph/absent").status_code == 404

    @pytest.mark.parametrize("query", ["", "?graph=a&default", "?graph=a&graph=b", "?graph=%FF"])
    def test_no_graph_or_several_are_400(self, client: Client, query: str) -> None:
        assert client.get(f"/graph-store{query}").status_code == 400

    def test_a_relative_name_is_400(self, client: Client) -> None:
        assert client.get("/graph-store", params={"graph": "a b"}).status_code == 400

    def test_nothing_acceptable_is_406(self, client: Client) -> None:
        headers = {"accept": "image/png"}
        assert client.get("/graph/gazetteer", headers=headers).status_code == 406

    def test_head(self, client: Client) -> None:  # 5.6
        response = client.head("/graph-store", params={"graph": GRAPH})
        assert (response.status_code, response.content) == (200, b"")

    @pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH"])
    def test_writing_is_405(self, client: Client, method: str) -> None:  # 5.3 to 5.7
        response = client.request(method, "/graph-store", params={"graph": GRAPH})
        assert response.status_code == 405
        assert "GET" in response.headers["allow"]


class TestAcrossOrigins:
    def test_answers_may_be_read(self, client: Client) -> None:
        headers = {"origin": "https://elsewhere.example"}
        response = client.get("/sparql", params={"query": "ASK {}"}, headers=headers)
        assert response.headers["access-control-allow-origin"] == "*"
        assert "access-control-allow-credentials" not in response.headers

    def test_a_browser_may_ask_first(self, client: Client) -> None:
        headers = {
            "origin": "https://elsewhere.example",
            "access-control-request-method": "POST",
            "access-control-request-headers": "content-type",
        }
        response = client.options("/sparql", headers=headers)
        assert response.status_code == 200
        assert "POST" in response.headers["access-control-allow-methods"]


class TestResolving:
    def test_programs_get_data_and_people_a_page(self, client: Client) -> None:
        query = "SELECT ?n { ?n a coop:University } LIMIT 1"
        rows = client.get("/sparql", params={"query": query}).json()["results"]["bindings"]
        path = rows[0]["n"]["value"].removeprefix("https://kg.example.org")
        page = client.get(path, headers={"accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
        assert page.headers["content-type"].startswith("text/html")
        data = client.get(path, headers={"accept": "application/ld+json"})
        assert "https://kg.example.org" + path in json.dumps(data.json())
        assert "Accept" in data.headers["vary"]
        assert client.get(path).headers["content-type"].startswith("text/turtle")

    def test_what_is_not_there_is_404(self, client: Client) -> None:
        assert client.get("/id/org-x-nothing").status_code == 404
        page = client.get("/id/org-x-nothing", headers={"accept": "text/html"})
        assert page.status_code == 404
