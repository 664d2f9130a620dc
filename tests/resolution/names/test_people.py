import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.resolution.names.people import agree, person_name

AGREE = [
    ("Zhanseit Kanseituly Tuimebayev", "Tuimebayev Zhanseit"),
    ("Zhanseit Tuimebayev", "Tuimebayev Zh."),
    ("Zhanseit Tuimebayev", "Жансеит Туймебаев"),
    ("A.B. Kaldybekov", "Askar Kaldybekov"),
    ("A.B. Kaldybekov", "Kaldybekov"),
    ("A.B. Kaldybekov", "Askar Bolatuly Kaldybekov"),
    ("Xi Jin-ping", "Xi Jinping"),
    ("Jinping Xi", "XI Jinping"),
    ("Wang Guo Qiang", "Wang Guoqiang"),
    ("赵国华", "Zhao Guohua"),
    ("石晶", "Shi Jing"),
    ("Қасым-Жомарт Тоқаев", "Kassym-Jomart Tokayev"),
    ("Prof. Dr. Li Ming", "Li Ming"),
    ("Assel Gabdul-Gamidovna Nurkhanova", "Asel Nurhanova"),
    ("Ouyang Xiu", "欧阳修"),
    ("Ши Цзин", "Shi Jing"),
    ("Ши Цзин", "石晶"),
    ("Ли Сяомин", "Li Xiao-ming"),
    ("Оуян Сю", "Ouyang Xiu"),
    ("Люй Цзюнь", "Lü Jun"),
    ("吕军", "Lü Jun"),
    ("曾庆华", "Zeng Qinghua"),
    ("Жансейіт Түймебаев", "Жансеит Туймебаев"),
    ("Qasym-Jomart Toqaev", "Kassym-Jomart Tokayev"),
    ("Айдарбек Ғалымжанұлы Әміров", "Amirov Aidarbek G."),
    ("Серикова А.Б.", "A.B. Serikova"),
]
DIFFER = [
    ("A. Serikov", "Bolat Serikov"),
    ("Askar Serikov", "Bolat Serikov"),
    ("Askar Bolatuly Serikov", "Askar Nurlanuly Serikov"),
    ("A.B. Serikov", "Askar Nurlanuly Serikov"),
    ("Liu Dian", "Lyu Dian"),
    ("Zhang Xiao", "Zhang Xiaoming"),
    ("Li", "Wang Ming"),
    ("Ши Цзин", "Shi Qing"),
    ("Ши Цзин", "Si Jing"),
    ("Ван Вэй", "Wang Wen"),
    ("A.B. Serikov", "B.A. Serikov"),
]


@pytest.mark.parametrize(("one", "other"), AGREE)
def test_names_of_one_person_agree(one: str, other: str) -> None:
    assert agree(person_name(one), person_name(other))
    assert agree(person_name(other), person_name(one))


@pytest.mark.parametrize(("one", "other"), DIFFER)
def test_names_of_two_people_do_not(one: str, other: str) -> None:
    assert not agree(person_name(one), person_name(other))


def test_a_name_that_many_share_is_known_as_such() -> None:
    assert person_name("Zhang Wei").common
    assert not person_name("Zhang Xiaoming").common
    assert not person_name("Askar Serikov").common


def test_a_patronymic_is_kept_apart_only_beside_two_other_parts() -> None:
    assert person_name("Serikov Askar Bolatovich").patronymic == "bolatovich"
    assert person_name("Askar Bolatovich").patronymic is None


@given(st.text())
def test_no_text_fails(text: str) -> None:
    name = person_name(text)
    assert agree(name, name)


@given(st.text(), st.text())
def test_agreement_is_mutual(one: str, other: str) -> None:
    first, second = person_name(one), person_name(other)
    assert agree(first, second) == agree(second, first)
