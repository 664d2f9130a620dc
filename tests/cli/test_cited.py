from __future__ import annotations

from io import StringIO

from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from kg.cli.cited import cited, fitted, is_cited

COLUMNS = ["person", "post", "note", "quote", "report", "source", "confidence"]


def printed(cells: list[list[str]], width: int = 60) -> list[str]:
    stream = StringIO()
    console = Console(file=stream, width=width)
    for line in cited(COLUMNS, cells, width):
        console.print(line, crop=False)
    return [line.rstrip() for line in stream.getvalue().splitlines()]


def test_each_fact_stands_above_the_sentences_it_rests_on() -> None:
    cells = [
        ["Anna Berg", "Rector", "", "Rector Anna Berg came.", "A visit", "https://e.org/1", "0.9"],
        ["Anna Berg", "Rector", "", "Berg, the rector, spoke.", "A talk", "https://e.org/2", "0.8"],
        ["Ivo Lind", "Dean", "", "Dean Lind left.", "en-0003", "", ""],
    ]
    assert printed(cells) == [
        "person     post",
        "",
        "Anna Berg  Rector",
        "    “Rector Anna Berg came.”",
        "    A visit · 0.9",
        "    https://e.org/1",
        "    “Berg, the rector, spoke.”",
        "    A talk · 0.8",
        "    https://e.org/2",
        "",
        "Ivo Lind   Dean",
        "    “Dean Lind left.”",
        "    en-0003",
    ]


def test_an_address_is_never_broken() -> None:
    address = "https://e.org/" + "a" * 200
    assert f"    {address}" in printed([["A", "B", "", "C.", "D", address, ""]], width=40)


def test_markup_in_a_text_is_text() -> None:
    lines = printed([["[red]A[/]", "B", "", "[link=x]C[/link]", "D", "", ""]])
    assert "[red]A[/]  B" in lines
    assert "    “[link=x]C[/link]”" in lines


def test_a_table_without_facts_or_without_quotes_is_not_cited() -> None:
    assert is_cited(COLUMNS)
    assert not is_cited(["quote", "source"])
    assert not is_cited(["person", "source"])


def test_words_are_kept_whole_as_long_as_there_is_room() -> None:
    lines = [["a", "b"], ["University of Telecommunications", "x " * 60]]
    assert fitted(lines, 60) == [28, 28]
    assert fitted([["a"], ["Telecommunications"]], 12) == [10]


@given(
    st.lists(st.lists(st.text(max_size=40), min_size=3, max_size=3), min_size=1, max_size=5),
    st.integers(40, 120),
)
def test_any_table_fits_any_screen(lines: list[list[str]], width: int) -> None:
    widths = fitted(lines, width)
    assert sum(widths) + 2 * len(widths) <= width
