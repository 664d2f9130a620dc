"""Facilities and agreements whose makers and parties are told by phrases that point back."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extraction.reports import Told

VISIT = "A delegation of Baihe Normal University visited Karkaraly University on Monday. "
BOTH = {"Baihe Normal University", "Karkaraly University"}


@pytest.mark.parametrize(
    "line",
    [
        "The two universities signed a memorandum of understanding.",
        "Both universities have renewed an agreement on exchange.",
    ],
)
def test_the_two_universities_are_parties(tell: Callable[..., Told], line: str) -> None:
    told = tell(VISIT + line)
    (paper,) = told.record.agreements
    assert told.names(paper.parties) == BOTH


@pytest.mark.parametrize(
    "line",
    [
        "A joint Snow Laboratory was founded by both universities in 2020.",
        "The Snow Research Centre was jointly established by the two universities.",
    ],
)
def test_the_two_universities_are_founders(tell: Callable[..., Told], line: str) -> None:
    told = tell(VISIT + line)
    (facility,) = told.record.facilities
    assert told.names(facility.founders) == BOTH


def test_our_university_is_the_one_not_named_beside_it(tell: Callable[..., Told]) -> None:
    told = tell(
        "Karkaraly University invites students to a lecture. "
        "Our university and Baihe Normal University will sign an agreement in May."
    )
    (paper,) = told.record.agreements
    assert told.names(paper.parties) == BOTH


@pytest.mark.parametrize(
    ("text", "role"),
    [
        (
            "Vice-Chancellor Prof. Dr. Anna Berg of Karkaraly University spoke.",
            "Vice-Chancellor",
        ),
        (
            "Anna Berg, vice-chancellor, Karkaraly University, signed the book.",
            "vice-chancellor",
        ),
        ("Karkaraly University Vice President Professor Anna Berg spoke.", "Vice President"),
    ],
)
def test_posts_beside_titles_and_bodies(tell: Callable[..., Told], text: str, role: str) -> None:
    told = tell(text)
    found = {(told.name(p.person), p.role, told.name(p.of)) for p in told.record.positions}
    assert ("Anna Berg", role, "Karkaraly University") in found


@pytest.mark.parametrize("name", ["ZHANG Xingwei", "He Zhiming"])
def test_names_in_capitals_and_names_like_pronouns(tell: Callable[..., Told], name: str) -> None:
    told = tell(f"{name}, President of Baihe Normal University, spoke on Monday.")
    (post,) = told.record.positions
    assert told.name(post.person) == name


@pytest.mark.parametrize(
    ("name", "type"),
    [
        ("Baihe Institute of Tunnel Engineering", "University"),
        ("Baihe Railway Technical and Vocational College", "University"),
    ],
)
def test_types_of_long_names(tell: Callable[..., Told], name: str, type: str) -> None:
    assert tell(f"Guests came from {name} on Monday.").types[name] == type


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        # "universities" are those called so, not whatever else is of that type.
        (
            "Baihe Normal University came to Karkaraly University with Tan Zeyu, director of the "
            "Lotus Culture Institute. The two universities signed an agreement.",
            BOTH,
        ),
        # Guests sign with their hosts, whoever else has been named since.
        (
            "Representatives of Baihe Normal University arrived at Karkaraly University. The "
            "guests toured the Orchid Museum. Both institutions signed a roadmap.",
            BOTH,
        ),
        (
            "Tan Zeyu, President of Baihe Normal University, spoke. An agreement was signed. Its "
            "parties are Tan Zeyu's university and Karkaraly University.",
            BOTH,
        ),
        (
            "The Ministry of Health of Mongolia held talks. The outcome is a memorandum between "
            "the ministry and Karkaraly University.",
            {"Ministry of Health of Mongolia", "Karkaraly University"},
        ),
        (
            "Baihe Normal University and Karkaraly University, laid down their plan in a "
            "memorandum.",
            BOTH,
        ),
        (
            "An agreement was concluded in Oslo on 14 May 2022 by Baihe Normal University and "
            "Karkaraly University.",
            BOTH,
        ),
    ],
)
def test_parties_that_phrases_mean(tell: Callable[..., Told], text: str, parties: set[str]) -> None:
    assert tell(text).parties == [parties]


def test_who_looks_on_signs_nothing(tell: Callable[..., Told]) -> None:
    told = tell(
        "Tan Zeyu, President of Baihe Normal University, and Aset Duisenov, Rector of Karkaraly "
        "University, signed an agreement, with two witnesses at their side: Dana Omarova, Deputy "
        "Akim of Almaty Region, and Serik Akhmetov, Director of Amber Bank."
    )
    assert told.parties == [BOTH]
