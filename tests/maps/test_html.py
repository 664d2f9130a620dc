import base64
import datetime
import hashlib
import json
import re
from html.parser import HTMLParser

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kg.maps
from kg.errors import UsageError

DAY = datetime.date(2025, 10, 1)


class Page(HTMLParser):
    """What a browser would make of a page: its elements, and the text of its scripts."""

    def __init__(self, html: str):
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[tuple[dict[str, str | None], str]] = []
        self.words = ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag == "script":
            self.scripts.append((dict(attrs), ""))

    def handle_data(self, data):
        if self.elements and self.elements[-1][0] == "script" and self.scripts[-1][1] == "":
            self.scripts[-1] = (self.scripts[-1][0], data)
        else:
            self.words += data

    def data(self, name):
        return json.loads(next(text for attrs, text in self.scripts if attrs.get("id") == name))


def written(network, tmp_path, **options):
    path = kg.maps.write(network, tmp_path / "map.html", made=DAY, **options)
    return path.read_text(encoding="utf-8")


def test_the_file_is_whole_and_asks_nobody(invented, tmp_path):
    page = Page(written(invented, tmp_path))
    for tag, attrs in page.elements:
        assert tag not in {"link", "iframe", "img", "object", "embed", "base"}
        assert not {"src", "srcset", "action", "formaction"} & attrs.keys()
        assert not any(name.startswith("on") for name in attrs)
        assert (attrs.get("href") or "#").startswith("#")
    style = (tmp_path / "map.html").read_text(encoding="utf-8").split("</style>")[0]
    assert "url(" not in style
    assert "@import" not in style


def test_the_policy_lets_run_the_scripts_of_the_page_and_nothing_else(invented, tmp_path):
    page = Page(written(invented, tmp_path))
    [policy] = [
        attrs["content"]
        for tag, attrs in page.elements
        if attrs.get("http-equiv") == "Content-Security-Policy"
    ]
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    for attrs, text in page.scripts:
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert attrs.get("type") == "application/json" or f"'sha256-{digest}'" in policy
    assert len([1 for attrs, _ in page.scripts if not attrs]) == 2  # vis-network and ours


def test_the_headline_says_what_the_map_rests_on(invented, tmp_path):
    page = Page(written(invented, tmp_path, title="Steppe & river"))
    words = " ".join(page.words.split())
    assert "Steppe & river 64 reports January 2019 to December 2025 made 1 October 2025" in words


def test_the_legend_names_what_is_there_and_nothing_else(invented, tmp_path):
    words = " ".join(Page(written(invented, tmp_path)).words.split())
    assert "China 16 Kazakhstan 18 Kyrgyzstan 1 Russia 1 Uzbekistan 1 Country not known 2" in words
    assert "University, School Government body Embassy or consulate" in words
    assert "Media" not in words
    small = invented.subgraph(list(invented)[:2])
    assert "Kazakhstan" not in Page(written(small, tmp_path)).words


def test_the_legend_explains_strength_in_the_words_of_the_network(invented, tmp_path):
    assert "wider: stronger tie</span>" in written(invented, tmp_path)
    invented.graph["strength"] = "agreements weigh most"
    assert "wider: stronger tie (agreements weigh most)</span>" in written(invented, tmp_path)


def test_people_are_not_called_institutions(tmp_path):
    network = nx.Graph()
    network.add_nodes_from(["Aidana", "Wen"], kind="Person")
    html = written(network, tmp_path)
    assert "<title>People who met</title>" in html
    assert 'placeholder="Find a person"' in html
    network.add_node("Tulpar", kind="University")
    assert "<title>People and their institutions</title>" in written(network, tmp_path)


def test_the_same_network_gives_the_same_bytes(invented, tmp_path):
    assert written(invented, tmp_path) == written(invented.copy(), tmp_path)


@pytest.mark.parametrize("network", [nx.Graph(), nx.DiGraph(), nx.MultiGraph()])
def test_an_empty_network_says_so(network, tmp_path):
    page = Page(written(network, tmp_path))
    assert "Nothing to show yet" in page.words
    assert not [1 for attrs, _ in page.scripts if not attrs]


def test_the_reader_may_ask_for_more_or_fewer_ties_at_first(invented, tmp_path):
    assert Page(written(invented, tmp_path)).data("settings-data")["firstShown"] == 55
    page = Page(written(invented, tmp_path, first_shown=10))
    assert page.data("settings-data")["firstShown"] == 10


HOSTILE = [
    "</script><img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "<!--<script>",
    "]]> &lt;b&gt; {{ 7 * 7 }} {% raw %}",
    "Әл-Фараби атындағы 四川师范大学",
    "a\u2028b\u2029c\x00d",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_names_are_data_and_never_markup(name, tmp_path):
    network = nx.Graph()
    network.add_node("n", label=name, aliases=[name + "!"], kind=name, country=name)
    entry = dict.fromkeys(("quote", "title", "source", "date", "kind", "what"), name)
    network.add_edge("n", "m", weight=1, kinds=[name], first=name, last=name, evidence=[entry])
    page = Page(written(network, tmp_path, title=name.replace("\x00", "")))
    assert {tag for tag, _ in page.elements}.isdisjoint({"img", "b"})
    assert not any(key.startswith("on") for _, attrs in page.elements for key in attrs)
    labels = {node["label"] for node in page.data("node-data")}
    assert labels == {name, "m"}
    assert page.data("edge-data")[0]["evidence"][0]["quote"] == name


@given(name=st.text(st.characters(), min_size=1))  # lone surrogates included
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_name_comes_back_as_it_was(name, tmp_path):
    network = nx.Graph()
    network.add_node("n", label=name)
    page = Page(written(network, tmp_path, title=name))
    assert page.data("node-data")[0]["label"] == name


def test_a_map_that_cannot_be_written_is_an_error_with_a_remedy(invented, tmp_path):
    with pytest.raises(UsageError, match=r"missing.map\.html: .*cannot be written.*folder"):
        kg.maps.write(invented, tmp_path / "missing" / "map.html")
    folder = tmp_path / "map.html"
    folder.mkdir()
    with pytest.raises(UsageError, match="cannot be written"):
        kg.maps.write(invented, folder)
    assert list(tmp_path.iterdir()) == [folder]  # no half-written file is left


def test_vis_network_stands_in_the_file_with_its_licence(invented, tmp_path):
    html = written(invented, tmp_path)
    assert re.search(r"@license\s+\* vis\.js is dual licensed", html)
    assert len(html) < 700_000
