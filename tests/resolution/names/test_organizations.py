import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.resolution.names.organizations import organization_name

ONE_NAME = [
    ("Department of Education of Sichuan Province", "Sichuan Provincial Department of Education"),
    ("Sichuan Provincial Department of Education", "Sichuan Province Department of Education"),
    ("Akimat of Almaty", "Almaty City Akimat"),
    ("Akimat of Almaty Region", "Almaty Regional Akimat"),
    ("People's Government of Xi'an", "Xi'an Municipal People's Government"),
    ("Shaanxi Provincial Party Committee", "CPC Shaanxi Provincial Committee"),
    (
        "Shaanxi Provincial Committee of the Communist Party of China",
        "CPC Shaanxi Provincial Committee",
    ),
    ("University Alliance of the Silk Road", "Silk Road University Alliance"),
    (
        "Kazakh National University named after al-Farabi",
        "Al-Farabi Kazakh National University (KazNU)",
    ),
    ("Agro Lab LLP", "“Agro Lab”"),
    ("Semey Medical University Non-Commercial Joint-Stock Company", "Semey Medical University"),
    ("Qaraghandy Technical University", "Karaganda Technical University"),
    ("Department of Tourism and Sports of Gansu", "Gansu Department of Sport & Tourism"),
]

DIFFERENT = [
    ("Jinan University", "University of Jinan"),
    ("Anhui Science and Technology University", "Anhui University of Science and Technology"),
    ("University of Hong Kong", "City University of Hong Kong"),
    ("University of Hong Kong", "Chinese University of Hong Kong"),
    ("Hunan University", "Hunan City University"),
    ("Akimat of Almaty", "Akimat of Almaty Region"),
    ("China University of Petroleum (Beijing)", "China University of Petroleum (East China)"),
    ("Department of Russian Language", "Department of Chinese Language"),
    ("Chinese Academy of Medical Sciences", "China Academy of Chinese Medical Sciences"),
    ("Lanzhou University", "Lanzhou Jiaotong University"),
]


@pytest.mark.parametrize(("one", "other"), ONE_NAME)
def test_ways_to_write_one_name_have_one_key(one: str, other: str) -> None:
    assert organization_name(one).key == organization_name(other).key


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_names_have_different_keys(one: str, other: str) -> None:
    first, second = organization_name(one), organization_name(other)
    assert (first.key, first.country) != (second.key, second.country)


@pytest.mark.parametrize(
    "name",
    [
        "Ministry of Education of China",
        "Chinese Ministry of Education",
        "China's Ministry of Education",
        "Ministry of Education of the People's Republic of China",
        "Ministry of Education (China)",
        "Ministry of Education, PRC",
    ],
)
def test_a_country_is_read_from_the_name(name: str) -> None:
    found = organization_name(name)
    assert (found.key, found.country) == (organization_name("Ministry of Education").key, "CN")
    assert found.generic


def test_two_countries_are_part_of_the_name() -> None:
    found = organization_name("Kazakh-British Technical University")
    assert found.country is None
    assert not found.generic


@pytest.mark.parametrize(
    "name",
    ["Party Committee", "Academic Council", "International Office", "Faculty of Law", "Senate",
     "Department of International Cooperation and Exchange", "National Academy of Sciences"],
)  # fmt: skip
def test_names_that_many_bear_are_generic(name: str) -> None:
    assert organization_name(name).generic


@pytest.mark.parametrize(
    "name",
    ["Turan University", "Silk Road Alliance", "Department of Education of Gansu", "Nokia",
     "International Society for Chinese Language Teaching and Learning Research"],
)  # fmt: skip
def test_names_of_one_thing_are_not(name: str) -> None:
    assert not organization_name(name).generic


@given(st.text())
def test_no_text_fails(text: str) -> None:
    found = organization_name(text)
    assert sorted(found.core) == list(found.core)


@given(
    st.lists(
        st.sampled_from(["Amber", "Silk", "National", "University", "Law", "Kazakh", "Academy"])
    )
)
def test_case_articles_and_spaces_do_not_count(parts: list[str]) -> None:
    plain, dressed = " ".join(parts), "The  " + "  ".join(parts).upper()
    assert organization_name(plain) == organization_name(dressed)
