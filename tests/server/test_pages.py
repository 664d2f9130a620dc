"""The pages as a browser without scripts gets them."""

from __future__ import annotations

import csv
import io
import re
from html import unescape
from urllib.parse import urlsplit

import openpyxl
import pytest
from httpx import Client, Response
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.queries import catalogue as questions
from kg.server.texts import VALUED, catalogue, catalogues

HTML = {"accept": "text/html", "accept-language": "en"}
FILLED = {
    "text": "rectors",
    "person": "Jiang Wei",
    "organization": "Satbayev University",
    "place": "Almaty",
}


def page(client: Client, path: str, **parameters: str) -> Response:
    response = client.get(path, params=parameters or None, headers=HTML)
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    return response


def links(response: Response, start: str) -> list[str]:
    found = re.findall(r'href="([^"]+)"', response.text)
    return [unescape(link) for link in found if link.startswith(start)]


def needed(question: str) -> dict[str, str]:
    blanks = questions.get(question).parameters.values()
    fitting = {"entity": "Satbayev University", "document": "en-0001"}
    return {
        blank.name: FILLED.get(blank.kind) or fitting[blank.kind]
        for blank in blanks
        if blank.required
    }


@pytest.mark.parametrize("name", [question.name for question in questions.questions()])
def test_every_question_can_be_asked_and_taken_along(client: Client, name: str) -> None:
    shown = page(client, f"/ask/{name}", **needed(name))
    assert "<table" in shown.text or "The reports say nothing" in shown.text
    saved = client.get(f"/ask/{name}/answer.json", params=needed(name))
    rows = saved.json()
    assert shown.text.count("<tr>") - 1 == min(len(rows), 500) or not rows


def test_a_row_leads_to_its_sentence_highlighted(client: Client) -> None:
    answer = page(client, "/ask/positions", country="China")
    link = links(answer, "/sentence?")[0]
    led = client.get(link, headers=HTML)
    assert led.status_code == 303
    report = page(client, led.headers["location"].split("#")[0])
    marked = re.search(r'<mark id="here"[^>]*>(.*?)</mark>', report.text, re.S)
    quote = re.search(r"<q>(.*?)</q>", answer.text, re.S)
    assert marked is not None
    assert quote is not None
    assert unescape(marked[1]) == unescape(quote[1])


def test_files_hold_what_the_page_shows(client: Client) -> None:
    parameters = {"organization": "Satbayev University"}
    rows = client.get("/ask/positions/answer.json", params=parameters).json()
    text = client.get("/ask/positions/answer.csv", params=parameters).content.decode("utf-8-sig")
    assert len(list(csv.DictReader(io.StringIO(text)))) == len(rows) > 0
    book = client.get("/ask/positions/answer.xlsx", params=parameters)
    assert 'filename="positions.xlsx"' in book.headers["content-disposition"]
    sheet = openpyxl.load_workbook(io.BytesIO(book.content)).active
    assert [cell.value for cell in sheet[1]] == list(rows[0])
    assert sheet.max_row == len(rows) + 1


def test_a_name_that_is_not_known_is_told_with_the_nearest(client: Client) -> None:
    response = client.get("/ask/partners?organization=Satbaev+Universty", headers=HTML)
    assert response.status_code == 400
    assert "Satbayev University" in response.text


def test_a_question_that_is_not_there(client: Client) -> None:
    for path in ("/ask/nothing", "/ask/nothing/answer.csv", "/ask/events/answer.pdf"):
        assert client.get(path, headers=HTML).status_code == 404
    assert client.get("/ask/events?unknown=1", headers=HTML).status_code == 400


def test_pages_of_things_tell_with_quotes_and_lead_on(client: Client) -> None:
    seen: dict[str, Response] = {}
    waiting = ["/ask/agreements", "/ask/facilities", "/ask/participants?place=Almaty"]
    visited: set[str] = set()
    while waiting and len(visited) < 25:
        path = waiting.pop(0)
        if path in visited:
            continue
        visited.add(path)
        found = page(client, path)
        seen.setdefault(path.split("-")[0], found)
        leading = [link.split("?")[0].split("#")[0] for link in links(found, "/id/")]
        for kind in ("person", "org", "doc", "event"):
            waiting += [link for link in leading if link.startswith(f"/id/{kind}-")][:2]
    for kind in ("/id/person", "/id/org", "/id/doc"):
        assert kind in seen, sorted(seen)
    assert "<blockquote>" in seen["/id/person"].text
    assert "confidence" in seen["/id/org"].text


def test_names_are_completed_in_other_scripts_and_with_errors(client: Client) -> None:
    def first(text: str, kind: str = "entity") -> str:
        return client.get("/api/names", params={"q": text, "kind": kind}).json()[0]["label"]

    assert first("satbayev univ", "organization") == "Satbayev University"
    assert first("Satbaev Universiti", "organization") == "Satbayev University"
    assert first("Сатбаев", "organization") == "Satbayev University"
    assert first("алматы", "place") == "Almaty"
    assert client.get("/api/names", params={"q": "almaty", "kind": "none"}).json() == []


def test_the_search_finds_names_and_passages(client: Client) -> None:
    found = page(client, "/search", q="memorandum")
    assert "<mark>" in found.text
    assert links(found, "/id/doc-")
    assert "Nothing is called so" in page(client, "/search", q="qqqqxxxx").text


@pytest.mark.parametrize(
    "path",
    ["/", "/ask/positions", "/search?q=x", "/editor", "/sparql?query=ASK{}", "/nothing", "/health"],
)
def test_security_headers_stand_on_every_answer(client: Client, path: str) -> None:
    headers = client.get(path, headers=HTML).headers
    policy = headers["content-security-policy"]
    assert "script-src 'self';" in policy
    assert "'unsafe-inline'" not in policy or path == "/editor"
    assert "unsafe-eval" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "server" not in headers


def test_no_page_has_scripts_or_styles_inline(client: Client) -> None:
    for path in ("/", "/ask/positions?country=China", "/editor", "/search?q=almaty"):
        text = page(client, path).text
        assert not re.search(r"<script(?![^>]*\bsrc=)|\son\w+=|\sstyle=|<style", text), path


def test_the_reader_chooses_the_language(client: Client) -> None:
    russian = {"accept": "text/html", "accept-language": "ru-RU,ru;q=0.9,en;q=0.8"}
    response = client.get("/", headers=russian)
    assert 'lang="ru"' in response.text
    assert "Кто с кем сотрудничает" in response.text
    chosen = client.get("/language/ru?next=/ask/events", headers=HTML)
    assert chosen.headers["location"] == "/ask/events"
    assert "lang=ru" in chosen.headers["set-cookie"]
    client.cookies.clear()
    for bad in ("//evil.example", "https://evil.example", "/\\evil.example", "x"):
        led = client.get("/language/en", params={"next": bad})
        assert urlsplit(led.headers["location"]).netloc == ""
        assert led.headers["location"] == "/"
        client.cookies.clear()


def test_russian_lacks_no_word_and_no_question() -> None:
    english, russian = catalogues()["en"].words, catalogues()["ru"].words
    for group, words in english.items():
        assert set(words) <= set(russian[group]), group
    for question in questions.questions():
        said = russian["questions"][question.name]
        assert {"title", "description", *question.parameters} <= set(said), question.name


@pytest.mark.parametrize("name", [question.name for question in questions.questions()])
def test_a_russian_answer_has_russian_headings_and_values(client: Client, name: str) -> None:
    russian = {**HTML, "accept-language": "ru"}
    shown = client.get(f"/ask/{name}", params=needed(name), headers=russian).text
    cells = re.findall(r'<td(?: class="\w+")? data-label="([^"]+)">\s*(.*?)\s*</td>', shown, re.S)
    assert cells or "<table" not in shown
    headings = {heading for heading, _ in cells}
    assert not [one for one in headings if not re.search("[а-я]", one)]
    valued = {catalogue("ru", None)(f"column.{column}") for column in VALUED}
    values = {re.sub("<[^>]*>", "", cell) for heading, cell in cells if heading in valued}
    assert not [one for one in values if re.search("[A-Za-z]", one)]


def test_the_first_page_tells_partnerships_from_meetings(client: Client) -> None:
    query = "SELECT (COUNT(DISTINCT ?t) AS ?n) {{ ?t a coop:CooperationTie FILTER{} EXISTS {} }}"
    papers = '{ VALUES ?p { "agreement" "facility" } ?t coop:tieKind ?p }'
    said = {"Partnerships": ("", papers), "Met at events alone": (" NOT", papers)}
    first = " ".join(page(client, "/").text.split())
    for word, which in said.items():
        rows = client.get("/sparql", params={"query": query.format(*which)}).json()["results"][
            "bindings"
        ]
        assert f"<dt>{word}</dt><dd>{rows[0]['n']['value']}</dd>" in first


def test_the_page_of_an_event_is_russian_but_for_names(client: Client) -> None:
    query = "SELECT ?e { ?e a coop:Event ; coop:eventType/skos:prefLabel 'forum'@en }"
    rows = client.get("/sparql", params={"query": query}).json()["results"]["bindings"]
    path = "/id/" + rows[0]["e"]["value"].rpartition("/")[2]
    assert "<span>форум</span>" in client.get(path, headers={**HTML, "accept-language": "ru"}).text
    assert "<span>forum</span>" in page(client, path).text


def test_values_are_words_of_the_ontology_and_names_stay() -> None:
    russian, english = catalogue("ru", None), catalogue("en", None)
    assert russian.value("type", "joint laboratory") == "совместная лаборатория"
    assert russian.value("capacity", "speaker") == "докладчик"
    assert russian.value("event", "forum") == "forum"  # the name of an event
    assert russian.value("type", "unheard of") == "unheard of"
    assert english.value("type", "joint laboratory") == "joint laboratory"
    assert english.value("type", "other") == "other"


def test_what_a_catalogue_lacks_says_itself() -> None:
    assert catalogue("ru", None)("column.unheard_of") == "unheard of"
    assert catalogue(None, "fr, ru;q=0.5").code == "ru"
    assert catalogue("xx", "").code == "en"


PATHS = (
    "/", "/ask/{}", "/ask/positions?organization={}", "/ask/events?since={}", "/id/{}",
    "/id/doc-{}?at=1-2", "/search?q={}", "/api/names?q={}", "/sentence?source={}&quote={}",
    "/graph/{}", "/graph-store?graph={}", "/sparql?query={}", "/language/{}", "/static/{}",
    "/ask/positions/answer.{}", "/{}",
)  # fmt: skip


@settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    path=st.sampled_from(PATHS),
    text=st.text(max_size=60) | st.binary(max_size=20),
    accept=st.sampled_from(["text/html", "*/*", "", "text/turtle", "application/ld+json;q=x,"]),
    method=st.sampled_from(["GET", "GET", "GET", "HEAD", "POST", "PUT", "OPTIONS"]),
)
def test_no_request_is_a_fault_of_ours(
    client: Client, path: str, text: str | bytes, accept: str, method: str
) -> None:
    """A fuzzer over all routes: whatever is sent, no answer is a 500."""
    from urllib.parse import quote  # noqa: PLC0415 - beside its one use

    part = quote(text if isinstance(text, bytes) else text.encode("utf-8", "replace"), safe="")
    response = client.request(method, path.replace("{}", part), headers={"accept": accept})
    assert response.status_code < 500, response.text
    client.cookies.clear()
