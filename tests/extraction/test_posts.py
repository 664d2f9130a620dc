import pytest

from kg.extraction.posts import find, is_subject


def roles(text: str) -> list[str]:
    return [post.role for post in find(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rector Lund", ["Rector"]),
        ("the vice-rector", ["vice-rector"]),
        ("Vice Governor of a province", ["Vice Governor"]),
        ("First Deputy Akim of a region", ["First Deputy Akim"]),
        ("Deputy Director of the department", ["Deputy Director"]),
        ("Consul General in Bergen", ["Consul General"]),
        ("Chairman of the Board – Rector", ["Chairman of the Board", "Rector"]),
        ("Chair of the Board and professor", ["Chair of the Board", "professor"]),
        ("Associate Professor and Dean", ["Associate Professor", "Dean"]),
        ("Secretary of the Party Committee", ["Secretary"]),
        ("Acting Rector, former Prime Minister", ["Acting Rector", "Prime Minister"]),
        ("Director-General", ["Director-General"]),
    ],
)
def test_posts_as_written(text: str, expected: list[str]) -> None:
    assert roles(text) == expected


@pytest.mark.parametrize(
    "role",
    [
        "Vice-Rector for International Cooperation",
        "Minister of Science and Higher Education",
        "Minister of Education, Culture and Sports",
        "Vice President (International Affairs)",
    ],
)
def test_a_field_of_work_belongs_to_the_post(role: str) -> None:
    assert roles(f"{role} Lund spoke.") == [role]


@pytest.mark.parametrize(
    "text",
    [
        "the Office of the President",
        "the Rector's Office",
        "the Rectors Forum",
        "the Forum of Rectors",
        "heads of state met",
        "the head office",
        "the rector-elect",
        "She wants to head the team",
        "a direct route",
    ],
)
def test_a_word_inside_a_name_or_phrase_is_no_post(text: str) -> None:
    assert roles(text) == []


def test_several_people_share_a_plural() -> None:
    (post,) = find("The rectors of three universities", 0, 33)
    assert (post.role, post.head, post.plural) == ("rectors", "rector", True)


def test_the_words_that_are_posts_only_by_a_name_are_marked() -> None:
    text = "The head and the rector"
    assert [post.weak for post in find(text, 0, len(text))] == [True, False]


def test_posts_are_told_by_offsets_inside_a_span() -> None:
    text = "Rector Lund met Dean Moe."
    (post,) = find(text, 12, len(text))
    assert text[post.start : post.end] == post.role == "Dean"


def test_a_role_broken_over_two_lines_is_one_post() -> None:
    assert roles("First\nDeputy Akim") == ["First Deputy Akim"]


@pytest.mark.parametrize("word", ["Education", "International", "Physics", "Engineering"])
def test_fields_of_work(word: str) -> None:
    assert is_subject(word)


@pytest.mark.parametrize("word", ["Republic", "Lund", "Amber"])
def test_other_words_are_no_field(word: str) -> None:
    assert not is_subject(word)
