"""The page with gold and extracted statements: complete, and safe whatever a text is called."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

from kg.documents.document import Document
from kg.evaluation import Sample
from kg.evaluation.page import render
from kg.extraction.record import Entity, Position, Record

TEXT = "Olga Remizova, Rector of Fjordheim University, met Tan Zeyu.\n\nThey had tea in Oslo."
EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


def entity(id: str, type: str, name: str) -> Entity:
    start = TEXT.index(name)
    return Entity(id, type, name, (), ((start, start + len(name)),), 0.91)


GOLD = Record(
    "a",
    entities=(
        entity("g1", "Person", "Olga Remizova"),
        entity("g2", "University", "Fjordheim University"),
        entity("g3", "Place", "Oslo"),
    ),
    positions=(Position("g1", "Rector", "g2"),),
)
FOUND = Record(
    "a",
    entities=(
        entity("e1", "Person", "Olga Remizova"),
        entity("e2", "School", "Fjordheim University"),
        entity("e3", "Person", "Tan Zeyu"),
    ),
    positions=(Position("e1", "Rector", "e2", (0, 45), 0.8),),
)


def page(gold: Record = GOLD, found: Record = FOUND, text: str = TEXT, title: str = "Tea") -> str:
    return render([Sample(Document("a", text, title=title), gold, found)])


class Tags(HTMLParser):
    """Notes the tags and the marked stretches of a page."""

    def __init__(self, page: str):
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.marked: dict[str, str] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        tag, attributes = self.tags[-1] if self.tags else ("", {})
        if tag == "mark" and data.strip():
            self.marked.setdefault(data, str(attributes["class"]))


def test_both_sides_of_every_statement_stand_there_with_their_class() -> None:
    seen = Tags(page())
    words = "".join(seen.words)
    for told in ("Person: Olga Remizova", "School: Fjordheim University", "University: Fjordheim"):
        assert told in words
    rows = [attributes["class"] for tag, attributes in seen.tags if tag == "tr" and attributes]
    assert rows == ["type", "missed", "spurious", "hit", "hit"]
    assert "They had tea in Oslo." in words
    assert "0.80" in words


def test_names_are_marked_in_the_text_as_hit_wrong_or_missed() -> None:
    marked = Tags(page()).marked
    assert marked["Olga Remizova"] == "hit"
    assert marked["Fjordheim University"] == marked["Tan Zeyu"] == "wrong"
    assert marked["Oslo"] == "missed"


def test_nothing_of_a_text_becomes_a_tag() -> None:
    text = f"{EVIL} met {EVIL}."
    person = Entity("e1", "Person", EVIL, (EVIL,), ((0, len(EVIL)),))
    found = Record("a", entities=(person,), positions=(Position("e1", EVIL, None, (0, 9), 0.5),))
    seen = Tags(page(replace(GOLD, entities=(), positions=()), found, text, title=EVIL))
    tags = {tag for tag, _ in seen.tags}
    assert not tags & {"script", "img", "iframe", "object"}
    assert all(not name.startswith("on") for _, attributes in seen.tags for name in attributes)
    assert any(EVIL[:25] in words for words in seen.words)


def test_the_page_asks_for_nothing_from_outside() -> None:
    seen = Tags(page())
    policy = next(a["content"] for t, a in seen.tags if a.get("http-equiv"))
    assert policy == "default-src 'none'; style-src 'unsafe-inline'"
    links = [a["href"] for t, a in seen.tags if t == "a"]
    assert links == ["#d1"]
    assert "http" not in page().replace("http-equiv", "")
