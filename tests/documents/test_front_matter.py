from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from kg.documents import front_matter
from kg.documents.front_matter import FrontMatter
from kg.errors import DocumentError


def block(*lines: str) -> str:
    return "\n".join(["---", *lines, "---", "", "The text."])


def test_all_four_fields_are_read() -> None:
    text = block("title: A forum", "source: https://e.org/?p=1", "published: 2025-09-22")
    about, body = front_matter.split(text, "a.txt")
    assert about == FrontMatter("A forum", "https://e.org/?p=1", "2025-09-22", "en")
    assert body == "The text."


def test_unknown_keys_and_empty_values_are_ignored() -> None:
    about, _ = front_matter.split(block("author: [A, B]", "title:", "source: ~"), "a.txt")
    assert about == FrontMatter()


@pytest.mark.parametrize("text", ["", "One line", "A\n---\nB\n---\n", " -- \n", "--- a\nb: c\n---"])
def test_a_text_without_front_matter_comes_back_as_it_is(text: str) -> None:
    assert front_matter.split(text, "a.txt") == (FrontMatter(), text)


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("title: Yes", "title", "Yes"),
        ("title: 1984", "title", "1984"),
        ("title: 'He said: go'", "title", "He said: go"),
        ("language: no", "language", "no"),
        ("language: zh-Hans", "language", "zh-Hans"),
        ("published: 2025", "published", "2025"),
        ("published: 2025-09", "published", "2025-09"),
        ("published: 2024-02-29", "published", "2024-02-29"),
        ("published: 2024-02-29T10:15:00+06:00", "published", "2024-02-29"),
        ("published: 2024-02-29 10:15:00", "published", "2024-02-29"),
        ("published: '2024-02-29'", "published", "2024-02-29"),
    ],
)
def test_values_stay_the_words_that_stand_there(line: str, field: str, value: str) -> None:
    about, _ = front_matter.split(block(line), "a.txt")
    assert getattr(about, field) == value


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["published: 22 September 2025"], "line 2: 'published' is no date"),
        (["title: A", "published: 2025-13"], "line 3: 'published' is no date"),
        (["published: 2025-02-30"], "'published' is no date"),
        (["published: 0000"], "'published' is no date"),
        (["published: 2025-09-22T99:00"], "'published' is no date"),
        (["published: 20250922"], "'published' is no date"),
        (["published: ٢٠٢٥"], "'published' is no date"),
        (["language: English"], "line 2: 'language' is no language tag"),
        (["source: Daily News"], "line 2: 'source' is no address"),
        (["source: https://e.org/<b>"], "'source' is no address"),
        (["title: [a, b]"], "'title' in the front matter is a list or a block"),
        (["title: A: B"], "line 2: the front matter is malformed"),
        (["title: A", "x: [1"], "the front matter is malformed"),
        (["title: A", "", "\tx: 1"], "line 4: the front matter is malformed"),
        (["- a", "- b"], "the front matter is malformed: it has no 'key: value' lines"),
        (["just words"], "the front matter is malformed: it has no 'key: value' lines"),
        (["title: a\x07b"], "the front matter is malformed"),
        (["[" * 5000 + "]" * 5000], "the front matter is malformed: it is nested too deep"),
        (["title: " + "a" * 70_000], "the front matter is malformed: it is longer than 64 KiB"),
        (["? [a, b]", ": c"], "the front matter is malformed"),
    ],
)
def test_what_does_not_hold_is_named_with_its_line(lines: list[str], said: str) -> None:
    with pytest.raises(DocumentError) as caught:
        front_matter.split(block(*lines), "a.txt")
    assert said in str(caught.value)
    assert str(caught.value).startswith("a.txt")
    assert caught.value.remedy


def test_line_numbers_count_the_blank_lines_before() -> None:
    with pytest.raises(DocumentError, match="line 5"):
        front_matter.split("\n\n---\ntitle: A\npublished: soon\n---\nx", "a.txt")


def test_an_opening_line_without_a_closing_one_is_an_error() -> None:
    with pytest.raises(DocumentError, match="line 1: the front matter is not closed — end it"):
        front_matter.split("---\ntitle: A\n\nThe text.", "a.txt")


def test_aliases_are_refused_before_they_multiply() -> None:
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    lines += [
        f"{n}: &{n} [{', '.join([f'*{p}'] * 9)}]" for p, n in zip("abcdefg", "bcdefgh", strict=True)
    ]
    with pytest.raises(DocumentError, match=r"line 3: .*refers to another of its parts"):
        front_matter.split(block(*lines), "a.txt")


def test_no_tag_makes_an_object() -> None:
    about, _ = front_matter.split(block("title: !!python/name:os.system x"), "a.txt")
    assert about.title == "x"


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=200))
def test_any_block_is_read_or_refused_with_a_remedy(inner: str) -> None:
    refusals = []
    try:
        front_matter.split(f"---\n{inner}\n---\nThe text.", "a.txt")
    except DocumentError as error:
        refusals.append(error)
    assert all(refusal.where and refusal.remedy for refusal in refusals)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=60))
def test_any_title_survives(title: str) -> None:
    written = yaml.safe_dump({"title": title, "language": "en"}, allow_unicode=True)
    about, body = front_matter.split(f"---\n{written}---\n\nThe text.", "a.txt")
    expected = " ".join(title.split())
    assert about.title == (expected if expected not in {"", "~", "null", "Null", "NULL"} else None)
    assert body == "The text."
