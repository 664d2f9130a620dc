"""What "the university", "its", "the two sides" and "the delegation" mean."""

from collections.abc import Callable

import pytest

from extraction.reports import Told

Tell = Callable[..., Told]
K, B, F = "Karkaraly University", "Baihe Normal University", "Fjordheim University"


@pytest.mark.parametrize(
    ("text", "post"),
    [
        (f"{K} met. Tan Zeyu, rector of the university, spoke.", ("Tan Zeyu", "rector", K)),
        ("They toured Sichuan Province. Tan Zeyu, governor of the province, spoke.",
         ("Tan Zeyu", "governor", "Sichuan Province")),
        ("They came to Almaty. The mayor of the city, Aset Duisenov, spoke.",
         ("Aset Duisenov", "mayor", "Almaty")),
        ("The Amber Museum is new. Tan Zeyu, director of the museum, spoke.",
         ("Tan Zeyu", "director", "Amber Museum")),
        (f"{B} and the Amber Museum met. Tan Zeyu, rector of the university, spoke.",
         ("Tan Zeyu", "rector", B)),
        (f"{B} met. For {K}, Vice-Rector Tan Zeyu spoke.", ("Tan Zeyu", "vice-rector", K)),
    ],
)  # fmt: skip
def test_a_definite_phrase_means_what_was_named_before(
    tell: Tell, text: str, post: tuple[str, str, str]
) -> None:
    assert tell(text).posts == {post}


def test_behind_a_visit_the_text_goes_on_at_the_host(tell: Tell) -> None:
    told = tell(f"A delegation of {B} visited {K}. The university's Faculty of Law is new.")
    assert told.part_of == {("Faculty of Law", K)}


def test_its_means_what_the_sentence_is_about(tell: Tell) -> None:
    told = tell(f"{K} showed {B} its Faculty of Law.")
    assert told.part_of == {("Faculty of Law", K)}


@pytest.mark.parametrize(
    "text",
    [
        f"A delegation of {B} visited {K}. The delegation included Vice-President Tan Zeyu, Dean "
        "Lin Haoran and Qiao Minglei, Director of the International Office.",
        f"A group from {B} came to {K}. The group was made up of Tan Zeyu, Vice-President, Dean "
        "Lin Haoran, and Qiao Minglei, Director of the International Office.",
    ],
)
def test_members_and_units_of_a_delegation_are_of_its_sender(tell: Tell, text: str) -> None:
    told = tell(text)
    assert told.posts == {
        ("Tan Zeyu", "vice-president", B),
        ("Lin Haoran", "dean", B),
        ("Qiao Minglei", "director", "International Office"),
    }
    assert told.part_of == {("International Office", B)}
    assert told.participants("Visit") == {B, K, "Tan Zeyu", "Lin Haoran", "Qiao Minglei"}


def test_the_two_sides_are_those_for_whom_people_act(tell: Tell) -> None:
    told = tell(
        f"Aset Duisenov, Rector of {K}, met Tan Zeyu, President of {B}. "
        "The two sides signed a memorandum."
    )
    assert told.parties == [{K, B}]


def test_the_two_universities_are_those_told_of_before(tell: Tell) -> None:
    told = tell(f"{K} and {F} are friends. The two universities held a seminar in Oslo.")
    assert told.organizers("Seminar") == {K, F}


def test_nobody_is_meant_where_nobody_was_named(tell: Tell) -> None:
    told = tell(f"The two universities held a seminar in Oslo. {K} and {F} are friends.")
    assert told.organizers("Seminar") == set()


def test_the_parties_that_the_next_sentence_names(tell: Tell) -> None:
    told = tell(f"{K} signed a memorandum. Its parties are {B} and Amber Bank.")
    assert told.parties == [{K, B, "Amber Bank"}]


def test_they_means_the_people_of_the_sentence_before(tell: Tell) -> None:
    told = tell(
        "Dean Tan Zeyu and Dean Olga Remizova came to Oslo. They took part in the Amber Seminar."
    )
    assert told.participants("Seminar") == {"Tan Zeyu", "Olga Remizova"}


def test_the_workshop_means_the_luban_workshop(tell: Tell) -> None:
    told = tell(f"The Luban Workshop is in Oslo. The workshop was established by {B}.")
    assert told.names(told.facility.founders) == {B}
    assert "Seminar" not in told.events


def test_the_opening_ceremony_of_the_gathering_just_told(tell: Tell) -> None:
    told = tell(
        "The Steppe Forum was held in Oslo. The opening ceremony was attended by Dean Tan Zeyu."
    )
    assert "Tan Zeyu" in told.names(told.record.events[-1].participants)


def test_a_unit_named_by_the_acronym_of_its_whole(tell: Tell) -> None:
    told = tell("Northern Lakes University (NLU) is old. The NLU Council met.")
    assert told.part_of == {("NLU Council", "Northern Lakes University")}


def test_a_ministry_just_named_is_the_owner_of_its_minister(tell: Tell) -> None:
    told = tell("The Ministry of Health of Mongolia met. Aset Duisenov, minister, spoke.")
    assert told.posts == {("Aset Duisenov", "minister", "Ministry of Health of Mongolia")}
