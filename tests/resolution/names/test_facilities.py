import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.resolution.names.facilities import facility_name


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Confucius Institute at Amber University", "confucius"),
        ("Confucius Classrooms", "confucius"),
        ("Luban Workshop", "luban"),
        ("Kazakhstan Branch Campus of Amber University", "branch"),
        ("Amber-Silk Joint Laboratory", ""),
    ],
)
def test_the_kind_is_read_from_the_name(name: str, kind: str) -> None:
    assert facility_name(name).kind == kind


def test_host_and_ordinal() -> None:
    found = facility_name("second Luban Workshop of Kazakhstan at Amber University")
    assert (found.at, found.ordinal, found.own) == ("Amber University", "second", {"amber"})


@given(st.text())
def test_no_text_fails(text: str) -> None:
    assert facility_name(text).kind in ("", "confucius", "luban", "branch")
