"""The map as a reader meets it, in a real browser."""

import random
from itertools import combinations

import networkx as nx
import pytest

pytestmark = pytest.mark.browser

TULPAR, SAMAL, JINHE = "Tulpar State University", "Samal Technical University", "Jinhe Normal"
DETAILS = "#details"


def details(page):
    return page.inner_text(DETAILS)


def shown(page):
    return page.evaluate("silkgraph.shown()")


def click_at(page, point):
    box = page.locator("#map").bounding_box()
    page.mouse.click(box["x"] + point["x"], box["y"] + point["y"])


def click_institution(page, label):
    click_at(page, page.evaluate("label => silkgraph.where(label)", label))


def test_the_page_opens_in_silence_and_asks_nobody(show, invented):
    page = show(invented)
    page.mouse.move(500, 400)
    page.mouse.wheel(0, -300)
    click_institution(page, SAMAL)
    assert page.complaints == []
    assert len(page.requests) == 1
    assert page.requests[0].startswith("file://")
    assert page.title() == "Institutional cooperation"


def test_the_first_view_shows_what_there_is(show, invented):
    view = shown(show(invented))
    assert len(view["institutions"]) == 39
    assert len(view["ties"]) == 55
    assert len(view["labels"]) >= 36  # nearly every name can be read at once


def test_labels_do_not_overlap(show, invented):
    for width, height in ((1440, 900), (390, 844)):
        labels = shown(show(invented, width=width, height=height))["labels"]
        assert len(labels) >= 8
        for one, other in combinations(labels, 2):
            apart = (
                one["right"] <= other["left"]
                or other["right"] <= one["left"]
                or one["bottom"] <= other["top"]
                or other["bottom"] <= one["top"]
            )
            assert apart, (one["label"], other["label"])


def test_nothing_moves_by_itself(show, invented):
    page = show(invented)
    before = page.evaluate("label => silkgraph.where(label)", SAMAL)
    page.wait_for_timeout(400)
    assert page.evaluate("label => silkgraph.where(label)", SAMAL) == before


def test_china_lies_west_and_kazakhstan_east_or_above_and_below(show, invented):
    page = show(invented)
    where = {
        name: page.evaluate("label => silkgraph.where(label)", name)
        for name in ("Jinhe Normal University", TULPAR)
    }
    assert where["Jinhe Normal University"]["x"] < where[TULPAR]["x"]
    narrow = show(invented, width=390, height=844)
    where = {
        name: narrow.evaluate("label => silkgraph.where(label)", name)
        for name in ("Jinhe Normal University", TULPAR)
    }
    assert where["Jinhe Normal University"]["y"] < where[TULPAR]["y"]


def test_a_click_on_an_institution_lists_its_partners_by_strength(show, invented):
    page = show(invented)
    click_institution(page, SAMAL)
    assert page.locator(f"{DETAILS} h2").inner_text() == SAMAL
    assert "5 partners, 2 met at events only" in details(page)
    names = page.locator(f"{DETAILS} .row .names").all_inner_texts()
    assert names[:2] == [
        "Lanxi University of Technology",
        "Luban Workshop at Samal Technical University",
    ]
    page.keyboard.press("Escape")
    assert "Strongest ties" in details(page)


def test_a_click_on_a_line_shows_the_sentences_it_rests_on(show, invented):
    page = show(invented)
    tie = page.locator(f"{DETAILS} [data-tie]").first.get_attribute("data-tie")
    click_at(page, page.evaluate("id => silkgraph.whereTie(id)", tie))
    text = details(page)
    assert "strength 0.86 of 1" in text
    quotes = page.locator(f"{DETAILS} blockquote").all_inner_texts()
    assert len(quotes) == 5
    assert any("Jinhe Normal University" in quote for quote in quotes)
    for link in page.locator(f"{DETAILS} figcaption a").all():
        assert link.get_attribute("href").startswith("https://news.example.org/")
        assert link.get_attribute("rel") == "noopener noreferrer"


def test_both_ends_of_a_chosen_line_are_named(show, invented):
    page = show(invented)
    for tie in ("tie-0", "tie-7", "tie-30"):
        page.evaluate("document.querySelector('#details .more')?.click()")
        page.locator(f"{DETAILS} [data-tie={tie}]").click()
        ends = page.locator(f"{DETAILS} h2 .end").all_inner_texts()
        page.wait_for_timeout(50)
        assert sorted(label["label"] for label in shown(page)["labels"]) == sorted(ends)
        page.keyboard.press("Escape")


def test_from_a_partner_to_the_sentences_and_back(show, invented):
    page = show(invented)
    click_institution(page, TULPAR)
    page.locator(f"{DETAILS} .row").first.click()
    assert page.locator(f"{DETAILS} blockquote").count() > 0
    page.locator(f"{DETAILS} .back").click()
    assert page.locator(f"{DETAILS} h2").inner_text() == TULPAR
    page.locator(f"{DETAILS} .back").click()
    assert "Strongest ties" in details(page)


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("тулпар", TULPAR),
        ("ТҰЛПАР мемл", TULPAR),
        ("TSU", TULPAR),
        ("青湖", "Qinghu University"),
        ("невскии", "Neva University of Water Transport"),
        ("univ lanxi", "Lanxi University of Technology"),
    ],
)
def test_the_search_finds_an_institution_under_any_name(show, invented, question, found):
    page = show(invented)
    page.fill("#search", question)
    assert page.locator("#matches [role=option]").first.inner_text().startswith(found)
    page.press("#search", "Enter")
    assert page.locator(f"{DETAILS} h2").inner_text() == found
    assert page.locator("#matches").is_hidden()


def test_the_search_says_when_there_is_nothing(show, invented):
    page = show(invented)
    page.fill("#search", "zzz")
    assert "nothing of this name" in page.inner_text("#matches")


def test_the_search_is_worked_by_keys_alone(show, invented):
    page = show(invented)
    page.keyboard.press("/")
    page.keyboard.type("university")
    first = page.get_attribute("#search", "aria-activedescendant")
    page.keyboard.press("ArrowDown")
    assert page.get_attribute("#search", "aria-activedescendant") != first
    chosen = page.locator("#matches [aria-selected=true] span").first.inner_text()
    page.keyboard.press("Enter")
    assert page.locator(f"{DETAILS} h2").inner_text() == chosen
    page.keyboard.press("Escape")
    assert "Strongest ties" in details(page)


def test_a_country_can_be_hidden_and_shown_again(show, invented):
    page = show(invented)
    button = page.get_by_role("button", name="Kazakhstan 18")
    button.click()
    assert button.get_attribute("aria-pressed") == "false"
    assert TULPAR not in shown(page)["institutions"]
    assert TULPAR not in details(page)
    assert page.inner_text("#shown") != "55 of 55"
    button.click()
    assert TULPAR in shown(page)["institutions"]
    assert page.inner_text("#shown") == "55 of 55"


def test_the_search_brings_a_hidden_country_back(show, invented):
    page = show(invented)
    page.get_by_role("button", name="Kazakhstan 18").click()
    page.fill("#search", TULPAR)
    page.press("#search", "Enter")
    assert TULPAR in shown(page)["institutions"]


def test_the_slider_goes_from_the_strongest_ties_to_all(show, invented):
    page = show(invented)
    page.locator("#limit").focus()
    page.keyboard.press("Home")
    view = shown(page)
    assert view["ties"] == [f"tie-{rank}" for rank in range(5)]
    assert len(view["institutions"]) <= 10
    page.keyboard.press("End")
    assert len(shown(page)["ties"]) == 55


def test_a_chosen_institution_shows_its_weak_ties_too(show, invented):
    page = show(invented)
    page.locator("#limit").fill("0")
    page.fill("#search", "Tengri")
    page.press("#search", "Enter")
    assert len(shown(page)["ties"]) > 5


def test_every_control_is_reached_by_tab_and_the_focus_is_seen(show, invented):
    page = show(invented)
    reached = set()
    for _ in range(45):
        page.keyboard.press("Tab")
        reached.add(
            page.evaluate(
                """() => { const e = document.activeElement;
                if (getComputedStyle(e).outlineStyle === "none") return "unseen " + e.outerHTML;
                return e.id || e.dataset.zoom || e.dataset.country || e.dataset.tie
                  || e.dataset.layout || e.className }"""
            )
        )
    assert {"search", "in", "out", "fit", "CN", "KZ", "limit", "tie-0"} <= reached
    assert not [each for each in reached if each.startswith("unseen")]


def test_the_map_is_moved_and_zoomed_by_keys(show, invented):
    page = show(invented)
    where = "label => silkgraph.where(label)"
    before = page.evaluate(where, SAMAL)
    page.locator("#map .vis-network").focus()
    page.keyboard.press("ArrowRight", delay=200)
    moved = page.evaluate(where, SAMAL)
    assert moved["x"] < before["x"]
    page.locator("[data-zoom=in]").click()
    page.wait_for_timeout(300)
    page.locator("[data-zoom=fit]").click()
    page.wait_for_timeout(500)
    after = page.evaluate(where, SAMAL)
    assert after["x"] == pytest.approx(before["x"], abs=1)
    assert after["y"] == pytest.approx(before["y"], abs=1)


def test_a_name_on_the_map_can_be_clicked(show, invented):
    page = show(invented)
    [label] = [each for each in shown(page)["labels"] if each["label"] == "Akimat of Samal"]
    click_at(page, {"x": label["right"] - 8, "y": label["bottom"] - 6})
    assert page.locator(f"{DETAILS} h2").inner_text() == "Akimat of Samal"
    assert "Also: Samal City Administration · Акимат города Самал" in details(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_telephone_shows_everything_without_scrolling_sideways(show, invented, scheme):
    page = show(invented, width=390, height=844, has_touch=True, color_scheme=scheme)
    wide = "document.documentElement.scrollWidth"
    assert page.evaluate(wide) <= 390
    assert len(shown(page)["ties"]) == 20
    click_institution(page, SAMAL)
    sheet = page.locator("#panel").bounding_box()
    assert sheet["y"] > 200
    assert sheet["height"] > 300
    assert "5 partners, 2 met at events only" in details(page)
    page.locator(f"{DETAILS} .row").first.click()
    assert page.locator(f"{DETAILS} blockquote").first.is_visible()
    assert page.evaluate(wide) <= 390
    page.locator("#panel .handle").click()
    assert page.locator("#panel").bounding_box()["height"] < 60
    assert page.complaints == []


def test_colours_follow_the_surroundings(show, invented):
    colours = {
        scheme: show(invented, color_scheme=scheme).evaluate(
            "getComputedStyle(document.body).backgroundColor"
        )
        for scheme in ("light", "dark")
    }
    assert colours == {"light": "rgb(251, 250, 247)", "dark": "rgb(20, 24, 31)"}


def test_an_empty_network_is_told_kindly(show):
    page = show(nx.Graph())
    assert "Nothing to show yet" in page.inner_text("main")
    assert page.complaints == []


def test_institutions_without_ties_are_shown(show):
    network = nx.Graph()
    network.add_nodes_from(["a", "b"], country="KZ")
    page = show(network)
    assert sorted(shown(page)["institutions"]) == ["a", "b"]
    assert "No tie between these institutions" in details(page)
    assert page.complaints == []


HOSTILE = [
    "</script><img src=x onerror=\"document.title='run'\">",
    "\"><svg onload=document.title='run'>",
    "'); document.title='run'; ('",
    "<b>bold</b> &amp; <!--<script>",
    "Әл-Фараби атындағы Қазақ ұлттық университеті",
    "四川师范大学",
    "a\u2028b\u2029c",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_shown_as_they_are_and_nothing_runs(show, name):
    network = nx.Graph()
    network.add_node("n", label=name, aliases=[f"{name} again"], kind="University", country="CN")
    network.add_node("m", label="Tulpar", kind=name, country=name)
    entry = {"quote": name, "title": name, "source": name, "what": name, "date": name}
    script = {**entry, "source": "javascript:document.title='run'", "title": "Script"}
    network.add_edge("n", "m", weight=1, kinds=[name], evidence=[entry, script])
    page = show(network, title=name)
    assert page.title().split() == name.split()
    assert page.text_content("h1") == name
    click_institution(page, name)
    assert page.locator(f"{DETAILS} h2").text_content() == name
    assert f"{name} again" in page.text_content(DETAILS)
    page.fill("#search", "again")
    assert name in page.locator("#matches").text_content()
    page.keyboard.press("Enter")
    page.locator(f"{DETAILS} [data-tie]").click()
    assert page.locator(f"{DETAILS} blockquote").first.text_content() == name
    assert page.locator(f"{DETAILS} a").count() == 0
    page.wait_for_timeout(50)
    assert page.title().split() == name.split()
    assert page.locator("img, script[src], #details b, #details svg[onload]").count() == 0
    assert page.complaints == []


def test_half_a_character_does_no_harm(show):
    network = nx.Graph()
    network.add_edge("\ud800", "b", weight=0.5, evidence=[{"quote": "\udfff"}])
    page = show(network, title="\ud800")
    assert page.complaints == []
    assert len(shown(page)["institutions"]) == 2


def large(size, ties):
    chance = random.Random(5)
    network = nx.Graph()
    countries = ["CN"] * 9 + ["KZ"] * 9 + ["UZ", ""]
    for number in range(size):
        network.add_node(
            number,
            label=f"Invented Institute of River and Steppe Studies {number}",
            kind=chance.choice(["University", "GovernmentBody", "Enterprise"]),
            country=chance.choice(countries),
        )
    while network.number_of_edges() < ties:
        one, other = (int(size * chance.random() ** 2) for _ in range(2))
        if one != other:
            network.add_edge(one, other, weight=chance.random() ** 3, kinds=["event"])
    return network


def test_five_hundred_institutions_stay_readable(show):
    page = show(large(500, 1500))
    view = shown(page)
    assert len(view["ties"]) == 60
    assert len(view["labels"]) >= 25
    for one, other in combinations(view["labels"], 2):
        assert (
            one["right"] <= other["left"]
            or other["right"] <= one["left"]
            or one["bottom"] <= other["top"]
            or other["bottom"] <= one["top"]
        )
    page.locator("#limit").fill("100")
    assert len(shown(page)["ties"]) == 1500
    assert page.complaints == []
