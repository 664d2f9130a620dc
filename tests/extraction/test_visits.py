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
