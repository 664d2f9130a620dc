from __future__ import annotations

import random
from pathlib import Path
from typing import IO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.documents.document import Document
from kg.documents.sources import read
from kg.errors import GraphError
from kg.resolution.reprints import reprints, shingles

CORPUS = Path(__file__).parents[2] / "corpus"
RELEASE = (
    "On Monday the rector of Northern University and the rector of Harbour University signed a "
    "memorandum of understanding in Oslo. It provides for the exchange of students and teachers, "
    "for joint laboratories and for a summer school on the coast, which opens in July."
)


def groups(**texts: str) -> list[list[str]]:
    return [sorted(group) for group in reprints(texts.items())]


def test_a_release_with_other_heads_and_tails_is_one() -> None:
    found = groups(
        a=RELEASE,
        b=f"OSLO (NNA) – {RELEASE} Photo: Northern University.",
        c=RELEASE.replace("On Monday", "Yesterday").upper(),
        d="The rector of Harbour University opened a laboratory in Bergen with the minister, who "
        "praised the exchange of students and teachers between the universities of the coast.",
    )
    assert found == [["a", "b", "c"]]


def test_reports_of_one_event_in_different_words_are_not() -> None:
    documents = [one for one in read(CORPUS) if isinstance(one, Document)]
    assert len(documents) == 41
    assert reprints((one.key, one.text) for one in documents) == []


def test_short_texts_are_not_compared() -> None:
    assert groups(a="The rector came to Oslo.", b="The rector came to Oslo.") == []


def test_chinese_is_compared_by_characters() -> None:
    text = "北方大学校长周一在奥斯陆与港口大学校长签署了学生和教师交流谅解备忘录"
    assert groups(a=text, b=f"本报讯 {text}") == [["a", "b"]]


@settings(max_examples=25, deadline=None)
@given(order=st.permutations(range(6)), seed=st.integers(0, 5))
def test_the_order_makes_no_difference(order: list[int], seed: int) -> None:
    words = RELEASE.split()
    chance = random.Random(seed)
    texts = [" ".join(chance.sample(words, len(words))) for _ in range(3)]
    texts += [f"{text} And so it was." for text in texts]
    found = reprints((str(number), texts[number]) for number in order)
    assert [sorted(group) for group in found] == [["0", "3"], ["1", "4"], ["2", "5"]]


def test_shingles_are_runs_of_three_words() -> None:
    assert shingles("One, two – three FOUR.") == {"one two three", "two three four"}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no disk that is always full")
def test_a_full_disk_is_told_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(buffering: int) -> IO[bytes]:
        return Path("/dev/full").open("r+b", buffering=buffering)

    monkeypatch.setattr("kg.resolution.reprints.TemporaryFile", full)
    with pytest.raises(GraphError, match="No space left") as caught:
        reprints([("a", RELEASE), ("b", RELEASE)])
    assert "TMPDIR" in str(caught.value)


def test_no_folder_for_temporary_files_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "none"))
    with pytest.raises(GraphError, match="TMPDIR"):
        reprints([("a", RELEASE)])
