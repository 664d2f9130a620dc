"""Names of joint facilities that the words around them make names."""

from collections.abc import Callable

import pytest

from extraction.reports import Told

Tell = Callable[..., Told]
K, B = "Karkaraly University", "Baihe Normal University"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (f"Guests came to the Confucius Institute at {K}.", f"Confucius Institute at {K}"),
        (f"Students of the joint campus of {B} and {K} came.", f"joint campus of {B} and {K}"),
        (f"They toured the Oslo branch of {B}.", f"Oslo branch of {B}"),
        ("They toured the Norway-Mongolia joint college.", "Norway-Mongolia joint college"),
        (f"Together with {B} a laboratory called Green Roots works.", "Green Roots"),
    ],
)
def test_names(tell: Tell, text: str, name: str) -> None:
    assert tell(text).of_type("JointFacility") == {name}


@pytest.mark.parametrize(
    "text",
    [
        "A laboratory called Green Roots was opened.",
        f"{B} will set up a joint laboratory.",
        f"{K} and {B} discussed a joint laboratory.",
        "They toured the Norway-Steppe joint college.",
    ],
)
def test_no_joint_facility(tell: Tell, text: str) -> None:
    assert tell(text).of_type("JointFacility") == set()


def test_two_confucius_institutes_are_two(tell: Tell) -> None:
    told = tell(f"The Confucius Institute at {K} met the Confucius Institute at {B}.")
    assert told.of_type("JointFacility") == {
        f"Confucius Institute at {K}",
        f"Confucius Institute at {B}",
    }
