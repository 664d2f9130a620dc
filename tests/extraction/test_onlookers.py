"""People whom a text names without their being there."""

from collections.abc import Callable

import pytest

from extraction.reports import Told

Tell = Callable[..., Told]


@pytest.mark.parametrize(
    "behind",
    [
        "Ainur Sadykova told reporters that it was a success.",
        "Ainur Sadykova later told the press.",
    ],
)
def test_who_told_reporters_was_not_there_for_that(tell: Tell, behind: str) -> None:
    told = tell(f"On 3 May 2024 Dean Tan Zeyu met with Erik Solheim. {behind}")
    assert told.participants("Meeting") == {"Tan Zeyu", "Erik Solheim"}


def test_who_told_the_audience_was(tell: Tell) -> None:
    told = tell(
        "On 3 May 2024 Dean Tan Zeyu met with Erik Solheim. Ainur Sadykova told the guests of it."
    )
    assert "Ainur Sadykova" in told.participants("Meeting")
