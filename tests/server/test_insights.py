"""The pages of answers over the corpus, and what they do with what cannot be asked."""

from __future__ import annotations

import re
from html import unescape
from xml.etree import ElementTree

import pytest
from httpx import Client

HTML = {"accept": "text/html"}


def key(client: Client, name: str) -> str:
    query = (
        f'SELECT ?it {{ ?it rdfs:label ?name ; a coop:University FILTER(STR(?name) = "{name}") }}'
    )
    rows = client.post("/sparql", data={"query": query}).json()["results"]["bindings"]
    return str(rows[0]["it"]["value"].rsplit("/", 1)[1])


def test_a_card_has_names_identifiers_and_leads_to_sentences(client: Client) -> None:
    page = client.get(f"/card/{key(client, 'Satbayev University')}", headers=HTML)
    assert page.status_code == 200
    assert 'lang="zh">' in page.text
    assert "https://ror.org/020cpsb96" in page.text
    assert "Meiram Begentayev" in page.text
    led = client.get(unescape(re.findall(r'href="(/sentence[^"]*)"', page.text)[0]), headers=HTML)
    assert led.status_code == 303


def test_every_statement_leads_to_why_it_is_stated(client: Client) -> None:
    page = client.get(f"/id/{key(client, 'Satbayev University')}", headers=HTML)
    whys = set(re.findall(r'href="(/why/[^"]+)"', page.text))
    assert len(whys) > 3
    for why in sorted(whys):
        told = client.get(why, headers=HTML)
        assert told.status_code == 200
        assert "1 - " in told.text
        assert "[" in told.text


def test_the_radar_and_its_feed_tell_the_same(client: Client) -> None:
    page = client.get("/radar?since=2023", headers=HTML)
    feed = client.get("/radar.xml?since=2023")
    assert feed.headers["content-type"].startswith("application/atom+xml")
    entries = ElementTree.fromstring(feed.text).findall("{http://www.w3.org/2005/Atom}entry")
    assert page.text.count('<li class="fact">') == len(entries) > 3
    assert 'type="application/atom+xml"' in page.text


def test_an_introduction_is_a_chain_with_quotes(client: Client) -> None:
    names = {"one": "Satbayev University", "other": "Huai Jinpeng"}
    page = client.get("/introduce", params=names, headers=HTML)
    assert page.status_code == 200
    assert page.text.count("<blockquote>") >= 2
    forum = {"one": "Turan University", "other": "Sichuan Normal University"}
    assert "Nothing joins" in client.get("/introduce", params=forum, headers=HTML).text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/card/org-none", 404),
        ("/card/person-%3Cscript%3E", 404),
        ("/why/none%20%3E%20x", 404),
        ("/radar?since=yesterday", 400),
        ("/radar.xml?since=yesterday", 400),
        ("/introduce?one=Nobody+Here&other=Turan+University", 400),
        ("/introduce?one=Turan+University&other=Turan+University", 400),
        ("/introduce?one=Turan+University&other=Huai+Jinpeng&small=99", 400),
        ("/prospects?institution=%3Cimg+src%3Dx%3E", 400),
        (f"/prospects?institution={'x' * 600}", 400),
    ],
)
def test_what_cannot_be_asked_is_told(client: Client, path: str, status: int) -> None:
    response = client.get(path, headers=HTML)
    assert response.status_code == status
    assert "<img src=x" not in response.text
    assert "<script>" not in response.text


def test_no_page_of_answers_has_scripts_or_styles_inline(client: Client) -> None:
    for path in ("/radar", "/introduce", "/prospects", f"/card/{key(client, 'Turan University')}"):
        text = client.get(path, headers=HTML).text
        assert not re.search(r"<script(?![^>]*\bsrc=)|\son\w+=|\sstyle=|<style", text), path
