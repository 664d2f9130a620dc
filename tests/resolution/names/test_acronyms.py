import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.resolution.names.acronyms import capitals, initials, is_acronym, spells

SPELLED = [
    ("KazNU", "Al-Farabi Kazakh National University"),
    ("ENU", "L.N. Gumilyov Eurasian National University"),
    ("XJTU", "Xi'an Jiaotong University"),
    ("LZU", "Lanzhou University"),
    ("BLCU", "Beijing Language and Culture University"),
    ("CityU", "City University of Hong Kong"),
    ("SCO", "Shanghai Cooperation Organisation"),
    ("KBTU", "Kazakh-British Technical University"),
    ("UASR", "University Alliance of the Silk Road"),
]


@pytest.mark.parametrize(("acronym", "name"), SPELLED)
def test_acronyms_are_read_off_their_names(acronym: str, name: str) -> None:
    assert is_acronym(acronym)
    assert spells(acronym, name)
    assert capitals(acronym) in initials(name)


@pytest.mark.parametrize(
    ("acronym", "name"),
    [
        ("KazNU", "Kazakh-British Technical University"),
        ("SCO", "Shanghai University"),
        ("TSI", "Genfleet Therapeutics Shanghai Inc"),  # only a school has a dedication
        ("BLCU", "BLCU"),
        ("X", "Xinjiang"),
    ],
)
def test_other_letters_are_not(acronym: str, name: str) -> None:
    assert not spells(acronym, name)


def test_words_are_no_acronyms() -> None:
    assert not any(map(is_acronym, ("Nokia", "el.kz", "Li", "", "Party Committee", "A" * 40)))


@given(st.text(max_size=20), st.text(max_size=60))
def test_no_text_fails(acronym: str, name: str) -> None:
    assert isinstance(spells(acronym, name), bool)
    assert isinstance(is_acronym(name), bool)
    assert all(len(letters) >= 2 for letters in initials(name))
