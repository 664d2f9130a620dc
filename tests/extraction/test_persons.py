import pytest

from kg.extraction.persons import is_chinese, strength, surname_parts


@pytest.mark.parametrize(
    "name",
    ["Tan Zeyu", "Zeyu Tan", "Ouyang Feng", "Zhang Da Ming", "Tan Yu-ze", "Fang Xi'an", "LI Wei"],
)
def test_chinese_names(name: str) -> None:
    assert is_chinese(name.split())


@pytest.mark.parametrize(
    "name", ["Hong Kong", "John Lund", "Tan", "Olga Remizova", "Tan ZEYUAN", "Aset Duisenov", ""]
)
def test_other_names(name: str) -> None:
    assert not is_chinese(name.split())


@pytest.mark.parametrize(
    "name",
    ["Tan Zeyu", "A.B. Duisenov", "Aset Duisenov", "Olga Remizova", "Marat Aidaruly Kemelov",
     "Zh. Lund", "Dana Lund"],
)  # fmt: skip
def test_names_that_tell_themselves(name: str) -> None:
    assert strength(name.split()) >= 0.8


@pytest.mark.parametrize("name", ["Water Bridge", "Amber Road", "", "A B", "a b c d e f"])
def test_words_that_do_not_look_like_a_name(name: str) -> None:
    assert strength(name.split()) <= 0.1


@pytest.mark.parametrize("name", ["Tan", "Duisenov", "Aigul", "Lund"])
def test_one_word_alone_never_is_sure(name: str) -> None:
    assert strength([name]) <= 0.65


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Tan Zeyu", "Tan"),
        ("Ouyang Feng", "Ouyang"),
        ("Aset Duisenov", "Duisenov"),
        ("A.B. Duisenov", "Duisenov"),
        ("Duisenov Aset Marat", "Duisenov"),
        ("Duisenov Aset Maratuly", "Duisenov"),
        ("Aset Maratuly Duisenov", "Duisenov"),
        ("Ingrid Halvorsen", "Halvorsen"),
    ],
)
def test_the_family_name_comes_first(name: str, first: str) -> None:
    assert surname_parts(name)[0] == first


def test_patronymics_and_initials_call_nobody() -> None:
    assert "Maratuly" not in surname_parts("Aset Maratuly Duisenov")
    assert surname_parts("A.B. Duisenov") == ("Duisenov",)
    assert surname_parts("A. B.") == ()
    assert surname_parts("") == ()


def test_a_given_name_of_a_chinese_name_calls_nobody() -> None:
    assert surname_parts("Tan Zeyu") == ("Tan",)
