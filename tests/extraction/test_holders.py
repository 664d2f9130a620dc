"""Posts that stand for the people who hold them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extraction.reports import Told

Tell = Callable[..., Told]
FIRST = "Tan Zeyu, Ambassador of China to Mongolia, came to Karkaraly University on 3 May 2024. "


@pytest.mark.parametrize(
    "line",
    [
        "The Ambassador met with Aset Duisenov, Rector of Karkaraly University.",
        "Aset Duisenov, Rector of Karkaraly University, held a meeting with the ambassador.",
    ],
)
def test_a_post_takes_part_for_its_holder(tell: Tell, line: str) -> None:
    told = tell(FIRST + line)
    assert told.names(told.event("Meeting").participants) == {"Tan Zeyu", "Aset Duisenov"}


def test_a_post_signs_for_its_holder(tell: Tell) -> None:
    told = tell(
        "Tan Zeyu, President of Baihe Normal University, spoke first. Aset Duisenov, Rector of "
        "Karkaraly University, answered. The president and the rector signed a memorandum."
    )
    assert told.parties == [{"Baihe Normal University", "Karkaraly University"}]


@pytest.mark.parametrize(
    "line",
    [
        "The Ambassador of Norway met with Aset Duisenov.",  # another one
        "The consul met with Aset Duisenov.",  # nobody is called so
    ],
)
def test_a_post_of_somebody_else(tell: Tell, line: str) -> None:
    told = tell(FIRST + line)
    for event in told.record.events:
        if event.type == "Meeting":
            assert "Tan Zeyu" not in told.names(event.participants)


def test_a_post_that_two_hold_is_nobodys(tell: Tell) -> None:
    told = tell(
        "Tan Zeyu, Rector of Baihe Normal University, and Aset Duisenov, Rector of Karkaraly "
        "University, spoke. The rector met with Dana Omarova, Deputy Akim of Almaty Region."
    )
    meetings = [e for e in told.record.events if e.type == "Meeting"]
    assert all(not told.names(e.participants) & {"Tan Zeyu"} for e in meetings)
