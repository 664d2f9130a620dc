import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.resolution.names.missions import mission_name


@pytest.mark.parametrize(
    "name",
    [
        "Consulate General of the People's Republic of China in Almaty",
        "Chinese Consulate General in Almaty",
        "China's Consulate-General in Almaty",
        "Consulate General of the PRC in Almaty",
    ],
)
def test_a_consulate_is_one_under_all_its_names(name: str) -> None:
    assert mission_name(name) == ("consulate", "CN", "almaty")


def test_sender_and_receiver_are_not_confused() -> None:
    assert mission_name("Kazakh Embassy in China") == ("embassy", "KZ", "CN")
    assert mission_name("Chinese Embassy in the Republic of Kazakhstan") == ("embassy", "CN", "KZ")
    assert mission_name("Embassy") == ("embassy", None, None)


def test_other_names_are_no_missions() -> None:
    assert mission_name("Ministry of Foreign Affairs") is None


@given(st.text())
def test_no_text_fails(text: str) -> None:
    assert mission_name(text) is None or mission_name(text).rank
