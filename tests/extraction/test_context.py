"""What frames the sentences of a text: its title line, its credits, the headings of a chronicle."""

from collections.abc import Callable

import pytest

from extraction.reports import Told

Tell = Callable[..., Told]
K, B = "Karkaraly University", "Baihe Normal University"


def test_what_only_the_title_line_tells_is_no_event(tell: Tell) -> None:
    body = f"Dean Olga Remizova met with Dean Tan Zeyu of {B} on 3 May 2024."
    assert tell(f"Delegation from Baihe visits {K}\n\n{body}").events == ["Meeting"]
    assert tell(f"A delegation from Baihe visited {K}.\n\n{body}").events == ["Visit", "Meeting"]


def test_a_line_that_stands_alone_is_no_title(tell: Tell) -> None:
    assert tell(f"Dean Olga Remizova visited {B}").events == ["Visit"]


@pytest.mark.parametrize(
    "credit",
    ["Photo by Asan Usenov", "Photos were taken by Asan Usenov.", "(Translated by Asan Usenov)"],
)
def test_who_wrote_or_pictured_the_text_took_no_part(tell: Tell, credit: str) -> None:
    told = tell(f"Dean Olga Remizova opened a seminar in Oslo on 3 May 2024.\n{credit}")
    assert told.participants("Seminar") == {"Olga Remizova"}


def test_the_headings_of_a_chronicle_date_and_place_events(tell: Tell) -> None:
    told = tell(
        f"From 12 to 15 June a group from {B} travelled through Norway.\n\n"
        "Monday, Oslo. Dean Tan Zeyu gave a lecture on glaciers.\n\n"
        "Tuesday, Bergen. The group was received by Rector Olga Remizova.",
        "2023-06-22",
    )
    assert told.event("Seminar").date == "2023-06-12"
    assert told.places("Seminar") == {"Oslo"}
    assert told.event("Meeting").date == "2023-06-13"
    assert told.places("Meeting") == {"Bergen"}
    assert "Tan Zeyu" not in told.participants("Meeting")


def test_a_date_of_its_own_goes_before_the_heading(tell: Tell) -> None:
    told = tell(
        "April. Dean Olga Remizova held a seminar in Oslo. "
        "May. On 5 May Dean Tan Zeyu opened an exhibition in Bergen.",
        "2024-12-27",
    )
    assert told.event("Seminar").date == "2024-04"
    assert told.event("Exhibition").date == "2024-05-05"
