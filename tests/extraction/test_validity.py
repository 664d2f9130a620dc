"""The life of a paper: in force, for how long, renewed, expired, terminated, talked about."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.documents.document import Document
from kg.extraction.gate import admitted
from kg.extraction.pipeline import Extractor
from kg.extraction.record import Agreement, Record, Stage
from kg.extraction.validity import names_paper, stages

K, B = "Karkaraly University", "Baihe Normal University"
SIGNED = f"{K} and {B} signed a cooperation agreement on 3 May 2021."
Said = tuple[str, str | None, str | None, str | None, str]


def said(text: str, status: str = "signed") -> list[Said]:
    """Read a text that tells of one paper in its first sentence."""
    ends = [at + 1 for at, sign in enumerate(text) if sign == "." and text[at + 1 :][:1] in " "]
    spans = list(zip([0, *(end + 1 for end in ends[:-1])], ends, strict=True))
    paper = Agreement("a1", "Agreement", ("e1", "e2"), None, status, evidence=spans[0])  # type: ignore[arg-type]
    found = stages(text, spans, [paper], "en", "2021-06-10")
    return [(one.type, one.date, one.until, one.term, one.factuality) for one in found]


def in_force(
    date: str | None = None, until: str | None = None, term: str | None = None, how: str = "actual"
) -> Said:
    return ("in force", date, until, term, how)


def renewed(
    date: str | None = None, until: str | None = None, term: str | None = None, how: str = "actual"
) -> Said:
    return ("renewed", date, until, term, how)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("The agreement is valid for five years.", in_force(term="P5Y")),
        ("It is valid until 2030.", in_force(until="2030")),
        (
            "The document will remain in force until 31 December 2026.",
            in_force(until="2026-12-31"),
        ),
        ("The term of the agreement is ten years.", in_force(term="P10Y")),
        ("The agreement runs for 18 months.", in_force(term="P18M")),
        ("The agreement expires in 2026.", in_force(until="2026")),
        ("The agreement will expire on 3 May 2026.", in_force(until="2026-05-03")),
        ("The agreement entered into force on 1 June 2021.", in_force("2021-06-01")),
        ("The agreement has been in force since 2019.", in_force("2019")),
        (
            "The agreement will enter into force on 1 September 2021.",
            in_force("2021-09-01", how="planned"),
        ),
        ("The agreement was extended for another three years.", renewed(term="P3Y")),
        ("In 2024 the agreement was extended until 2029.", renewed("2024", "2029")),
        ("Both sides extended the agreement until 2029.", renewed(until="2029")),
        ("They signed the extension of the agreement until 2029.", renewed(until="2029")),
        ("The agreement, last extended in 2012, covers trials too.", renewed("2012")),
        ("The agreement will be extended in 2026.", renewed("2026", how="planned")),
        ("The agreement expired in 2024.", ("expired", "2024", None, None, "actual")),
        (
            "The agreement was terminated on 4 April 2023.",
            ("terminated", "2023-04-04", None, None, "actual"),
        ),
        (
            "In 2023 the ministry denounced the agreement.",
            ("terminated", "2023", None, None, "actual"),
        ),
    ],
)
def test_a_later_sentence_tells_what_became_of_the_paper(words: str, expected: Said) -> None:
    assert said(f"{SIGNED} {words}") == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{K} and {B} signed a five-year cooperation agreement.", in_force(term="P5Y")),
        (f"{K} and {B} signed an agreement for three years.", in_force(term="P3Y")),
        (f"{K} and {B} had signed it on May 12 for a period of five years.", in_force(term="P5Y")),
        (f"{K} and {B} signed a roadmap for 2024–2026.", in_force("2024", "2026")),
        (f"{K} and {B} signed a roadmap for 2024-26.", in_force("2024", "2026")),
        (f"The memorandum of {K} and {B}, valid until 2027, was signed.", in_force(until="2027")),
        (f"{K} and {B} renewed their memorandum on 16 May.", renewed("2021-05-16")),
    ],
)
def test_the_sentence_of_the_signing_tells_it_too(text: str, expected: Said) -> None:
    assert said(text) == [expected]


@pytest.mark.parametrize(
    "words",
    [
        "The agreement was not renewed.",
        "The agreement may be extended for five years.",
        "The agreement has not been terminated.",
        "If the agreement is extended, the course goes on.",
        "They hope that the agreement would be extended until 2030.",
        "The rector extended an invitation to the guests.",
        "The campus was extended in 2022.",
        "The rector has led the university for five years.",
        "The licence expired in 2024.",
        "By the agreement students will live in China for a period of two years.",
        "The agreement names a centre, which was extended until 2028.",
    ],
)
def test_what_is_wished_denied_or_of_something_else_is_no_stage(words: str) -> None:
    assert said(f"{SIGNED} {words}") == []


def test_a_paper_that_is_talked_about_is_discussed_unless_the_will_is_said() -> None:
    text = f"{K} and {B} discussed the signing of a memorandum."
    assert said(text, "planned") == [("discussed", None, None, None, "actual")]
    agreed = f"{K} and {B} discussed their plans and agreed to sign a memorandum."
    assert said(agreed, "planned") == []
    assert said(text) == []  # one that is signed was more than talked about


def test_the_quote_begins_with_the_signing_and_is_short(extractor: Extractor) -> None:
    far = " ".join(f"The guests saw hall {number} of the museum." for number in range(6))
    for between, begin in (("", K), (f" {far}", "The agreement")):
        text = f"{SIGNED}{between} The agreement is valid for five years."
        record = extractor.read(Document("report", text))
        (stage,) = record.stages
        assert text[slice(*stage.evidence)].startswith(begin)
        assert text[slice(*stage.evidence)].endswith("valid for five years.")
        assert admitted(text, record)[0].stages == record.stages


def test_the_gate_turns_away_what_does_not_name_the_paper() -> None:
    text = "Steppe University signed an agreement. The weather was fine."
    paper = Agreement("a1", "Agreement", (), None, "signed", evidence=(0, 38))
    record = Record("r", agreements=(paper,))
    for span, kept in (((0, 38), 1), ((39, len(text)), 0)):
        one = replace(record, stages=(Stage("a1", "expired", evidence=span),))
        held, refused = admitted(text, one)
        assert (len(held.stages), len(refused)) == (kept, 1 - kept)


def test_words_of_an_unknown_language_are_not_judged() -> None:
    assert names_paper("Il documento è valido.", "it")
    assert not names_paper("The weather was fine.", "en")


def test_a_list_without_end_is_no_sentence_and_costs_nothing() -> None:
    assert said(f"{SIGNED} {'The agreement is valid for five years, ' * 60}and more.") == []
    assert said(f"{'Guests came. ' * 2000}{SIGNED} {'It rained. ' * 2000}It was fine.") == []


def test_of_several_papers_the_last_one_near_is_meant() -> None:
    text = f"{SIGNED} {K} signed a memorandum. The document is valid until 2030."
    ends = [at + 1 for at, sign in enumerate(text) if sign == "."]
    spans = list(zip([0, *(end + 1 for end in ends[:-1])], ends, strict=True))
    papers = [Agreement(f"a{n}", "Agreement", ("e1",), evidence=spans[n]) for n in (1, 0)]
    (stage,) = stages(text, spans, papers, "en")
    assert (stage.agreement, stage.until) == ("a1", "2030")
    assert text[slice(*stage.evidence)].startswith(f"{K} signed a memorandum.")
