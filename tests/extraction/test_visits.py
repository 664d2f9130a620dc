"""Who came on a visit and whom it was paid to."""

from collections.abc import Callable

import pytest

from extraction.reports import Told

Tell = Callable[..., Told]
K, B = "Karkaraly University", "Baihe Normal University"


def test_our_university_is_whose_news_it_is(tell: Tell) -> None:
    told = tell(
        f"{K} goes on widening its ties. On 3 May 2024 a delegation from {B} led by Dean Tan Zeyu "
        "visited our university."
    )
    assert told.participants("Visit") == {K, B, "Tan Zeyu"}


def test_the_university_is_the_one_told_before(tell: Tell) -> None:
    told = tell(f"{K} is a hundred years old. Dean Tan Zeyu of {B} visited the university in May.")
    assert K in told.participants("Visit")


@pytest.mark.parametrize("verb", ["visited", "toured"])
def test_a_named_host_is_on_the_visit(tell: Tell, verb: str) -> None:
    assert tell(f"Dean Tan Zeyu {verb} {K}.").participants("Visit") == {"Tan Zeyu", K}


@pytest.mark.parametrize(
    "text",
    [
        f"In May Rector Tan Zeyu led a delegation of {B} to {K}.",
        f"In May Rector Tan Zeyu of {B} was invited to visit {K}.",
        f"In May Rector Tan Zeyu of {B} paid official visits to {K} and others.",
    ],
)
def test_ways_of_visiting(tell: Tell, text: str) -> None:
    assert {"Tan Zeyu", K} <= tell(text).participants("Visit")


def test_a_stop_afterwards_is_of_the_same_visit(tell: Tell) -> None:
    told = tell(
        f"On 3 May 2024 Dean Tan Zeyu visited {K}. He praised its teaching. He spoke of the "
        "weather. He spoke of glaciers. After the meeting, Tan Zeyu visited the Museum of Glaciers."
    )
    assert told.events == ["Visit"]


def test_a_visit_that_somebody_is_thanked_for_is_the_one_told(tell: Tell) -> None:
    told = tell(
        f"On 3 May 2024 Dean Tan Zeyu visited {K}. Rector Olga Remizova welcomed Tan Zeyu's visit."
    )
    assert told.events == ["Visit"]


def test_members_of_a_delegation_are_at_what_it_attended(tell: Tell) -> None:
    told = tell(
        f"On 3 May 2024 a delegation of {B} visited {K}. The delegation also attended the Birch "
        "Fair. The delegation included Dean Tan Zeyu and Erik Solheim."
    )
    assert {"Tan Zeyu", "Erik Solheim"} <= told.participants("Exhibition")


def test_guests_are_welcomed_at_an_institution(tell: Tell) -> None:
    told = tell(f"The guests were welcomed on 3 May 2024 at {K}, where Rector Tan Zeyu spoke.")
    assert told.event("Meeting").date == "2024-05-03"
    assert "Tan Zeyu" in told.participants("Meeting")


@pytest.mark.parametrize("verb", ["are visiting", "is visiting"])
def test_a_visit_that_goes_on(tell: Tell, verb: str) -> None:
    assert "Tan Zeyu" in tell(f"Dean Tan Zeyu {verb} {K} in May.").participants("Visit")
