"""Quotes that begin where the ends of their statements are named."""

from __future__ import annotations

from collections.abc import Callable

from extraction.reports import Told
from kg.extraction.gate import admitted

TEXT = (
    "On Monday guests from Baihe Normal University arrived at Karkaraly University.\n"
    "Tea was served.\n"
    "Later Vice-Rector Erlan Baizakov spoke in the hall.\n"
)


def test_a_quote_begins_with_the_sentence_that_names_the_body(tell: Callable[..., Told]) -> None:
    told = tell(TEXT)
    (post,) = told.record.positions
    start, end = post.evidence
    assert told.name(post.of) == "Karkaraly University"
    assert TEXT[start:end].startswith("On Monday")
    assert TEXT[start:end].endswith("in the hall.")


def test_what_the_context_completes_passes_the_gate(tell: Callable[..., Told]) -> None:
    told = tell(TEXT)
    kept, refused = admitted(TEXT, told.record)
    assert kept.positions == told.record.positions
    assert not refused


def test_a_quote_that_names_all_stays_a_sentence(tell: Callable[..., Told]) -> None:
    text = "It rained. Erlan Baizakov, Rector of Karkaraly University, opened the hall."
    (post,) = tell(text).record.positions
    assert text[slice(*post.evidence)] == text[11:]


def test_what_is_named_far_before_is_quoted_from_words_for_it(tell: Callable[..., Told]) -> None:
    rain = "It rained. " * 6
    text = (
        f"Guests from Baihe Normal University arrived at Karkaraly University. {rain}"
        "The leaders of the two universities spoke. Then a memorandum was signed."
    )
    told = tell(text)
    kept, refused = admitted(text, told.record)
    assert not [one for one in refused if one.kind in ("agreement", "party")]
    (agreement,) = kept.agreements
    assert text[slice(*agreement.evidence)].startswith("The leaders")


def test_what_only_the_next_sentence_names_is_quoted_with_it(tell: Callable[..., Told]) -> None:
    text = (
        "An agreement was signed in the hall. "
        "The document was signed by Aset Duisenov, Rector of Karkaraly University, and Tan Zeyu, "
        "President of Baihe Normal University. It rained."
    )
    told = tell(text)
    kept, refused = admitted(text, told.record)
    assert not [one for one in refused if one.kind in ("agreement", "party")]
    (agreement,) = kept.agreements
    assert told.names(agreement.parties) == {"Karkaraly University", "Baihe Normal University"}
    quote = text[slice(*agreement.evidence)]
    assert quote.startswith("An agreement")
    assert quote.endswith("Baihe Normal University.")
