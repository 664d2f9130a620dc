import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.resolution.names.organizations import organization_name
from kg.resolution.names.translation import in_english

ONE = [
    ("Казахский национальный университет имени аль-Фараби", "Al-Farabi Kazakh National University"),
    ("Әл-Фараби атындағы Қазақ ұлттық университеті", "Al-Farabi Kazakh National University"),
    ("Министерство образования Китая", "Ministry of Education of China"),
    ("中国教育部", "Ministry of Education of China"),
    ("四川省教育厅", "Sichuan Provincial Department of Education"),
    ("Департамент образования провинции Сычуань", "Department of Education of Sichuan Province"),
    ("Сианьский университет Цзяотун", "Xi'an Jiaotong University"),
    ("西安交通大学", "Xi'an Jiaotong University"),
    ("Университет Туран", "Turan University"),
    ("Алматы қаласының әкімдігі", "Akimat of Almaty"),
    ("Карагандинский технический университет", "Karaganda Technical University"),
    ("西北大学", "Northwestern University"),
    ("Технический университет имени Д. Серикбаева", "D. Serikbayev Technical University"),
    (
        "Қазақстан Республикасы Ғылым және жоғары білім министрлігі",
        "Ministry of Science and Higher Education of the Republic of Kazakhstan",
    ),
]
TWO = [
    ("西北大学", "Northwestern Polytechnical University"),
    ("陕西师范大学", "Shanxi Normal University"),
    ("Министерство образования Китая", "Ministry of Education of Kazakhstan"),
    ("湖南大学", "Henan University"),
]


@pytest.mark.parametrize(("other", "english"), ONE)
def test_a_name_in_another_language_is_compared_in_english(other: str, english: str) -> None:
    one, two = organization_name(other), organization_name(english)
    country = (one.country or "", two.country or "")
    assert one.core == two.core or set(one.core) ^ set(two.core) <= {"@kz", "@cn"}, country


@pytest.mark.parametrize(("other", "english"), TWO)
def test_names_of_two_stay_two(other: str, english: str) -> None:
    one, two = organization_name(other), organization_name(english)
    assert (one.core, one.country) != (two.core, two.country)


@given(st.text())
def test_no_text_fails_and_english_is_left_alone(text: str) -> None:
    translated = in_english(text)
    assert in_english(translated) is not None
    if text.isascii():
        assert translated == text[:300]
