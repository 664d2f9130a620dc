"""Where names of the world's institutions and people begin and end."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extraction.reports import Told

Tell = Callable[..., Told]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Ministry of Trade, Science, and Innovation of Peru agreed.",
         "Ministry of Trade, Science, and Innovation of Peru"),
        ("The Ministry of Health & Education agreed.", "Ministry of Health & Education"),
        ("The Agency for Strategic Planning and Reforms agreed.",
         "Agency for Strategic Planning and Reforms"),
        ("The Khokimiyat of Andijan region agreed.", "Khokimiyat of Andijan region"),
        ("The Governor's Office of Ohio agreed.", "Governor's Office of Ohio"),
        ("The Mayor's Office agreed.", "Mayor's Office"),
        ("The Cabinet of Ministers agreed.", "Cabinet of Ministers"),
        ("The Supreme Council of Peru agreed.", "Supreme Council of Peru"),
        ("The Prosecutor General's Office agreed.", "Prosecutor General's Office"),
        ("The Assembly of People of Peru agreed.", "Assembly of People of Peru"),
        ("The US Department of State agreed.", "US Department of State"),
    ],
)  # fmt: skip
def test_government_bodies(tell: Tell, text: str, name: str) -> None:
    assert tell(text).of_type("GovernmentBody") == {name}


@pytest.mark.parametrize(
    "name",
    ["Universiti Teknologi Bayu", "Universidad de Valmera", "Università di Montalto",
     "Technische Universität Waldstadt", "Politechnika Górska", "Anadolu Gölü Üniversitesi",
     "Hochschule Nordheim"],
)  # fmt: skip
def test_universities_in_other_languages(tell: Tell, name: str) -> None:
    assert tell(f"Guests of {name} came on Monday.").of_type("University") == {name}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Rector Hanif bin Ismail spoke.", "Hanif bin Ismail"),
        ("Rector Prof. Ir. Dato' Sri Dr. Hanif Ismail spoke.", "Hanif Ismail"),
        ("Rector Elchin Aydin oglu spoke.", "Elchin Aydin oglu"),
        ("Dr. Mehmet YILDIZ, Rector of Turan University, spoke.", "Mehmet YILDIZ"),
        ("Somchai Rattanakul, President of Turan University, spoke.", "Somchai Rattanakul"),
        ("The Minister of Education of the Republic of Peru Anvar Bekzoda spoke.",
         "Anvar Bekzoda"),
    ],
)  # fmt: skip
def test_people(tell: Tell, text: str, name: str) -> None:
    assert tell(text).of_type("Person") == {name}


def test_fields_of_degrees_are_nobody(tell: Tell) -> None:
    told = tell("The Vice-Rector, Candidate of Agrarian Sciences, spoke to the guests.")
    assert told.of_type("Person") == set()


def test_a_country_is_no_association(tell: Tell) -> None:
    told = tell("The ambassador of the Russian Federation came.")
    assert told.types == {"Russian Federation": "Place"}


def test_a_rank_tells_universities_of_one_city_apart(tell: Tell) -> None:
    told = tell("Guests of Datong University and Datong Normal University came.")
    assert told.of_type("University") == {"Datong University", "Datong Normal University"}


def test_the_country_behind_a_ministry_is_left_out_whole(tell: Tell) -> None:
    told = tell("The Ministry of Health of the Republic of Peru agreed.")
    assert told.forms("Ministry of Health") == {
        "Ministry of Health",
        "Ministry of Health of the Republic of Peru",
    }


@pytest.mark.parametrize(
    ("text", "name", "type"),
    [
        ('JSC "Steppe Steel" signed it.', "Steppe Steel", "Company"),
        ("The contract with LLP «Blue Sky Feed» was signed.", "Blue Sky Feed", "Company"),
        ('The "Bridge" international foundation helped.', "Bridge", "Organization"),
        ('NJSC "Turan University named after K. Belov" signed it.',
         "Turan University named after K. Belov", "University"),
        ("Turan state technical university signed it.", "Turan state technical university",
         "University"),
        ("Rector of TRQ Marat Alimov came.", "TRQ", "University"),
        ("Students of QTUR and their teachers came to the university.", "QTUR", "University"),
        ("The Rector met students of Tarrow State University (TSU).",
         "Tarrow State University", "University"),
    ],
)  # fmt: skip
def test_names_that_their_neighbours_make(tell: Tell, text: str, name: str, type: str) -> None:
    told = tell(text)
    assert {n: t for n, t in told.types.items() if t not in ("Person", "Place")} == {name: type}


@pytest.mark.parametrize(
    "text",
    ['He spoke at the "Silk Road" forum.', '"Welcome to our centre", he said.',
     "A state university and a national technical university came.",
     "Students of STEM courses came."],
)  # fmt: skip
def test_what_its_neighbours_make_no_name(tell: Tell, text: str) -> None:
    assert not tell(text).types


@pytest.mark.parametrize(
    ("text", "body", "person"),
    [
        ("The dean of the Faculty of Maps K.Imanov spoke.", "Faculty of Maps", "K.Imanov"),
        ("The director of the Institute of Arts Li Bolodka spoke.", "Institute of Arts",
         "Li Bolodka"),
        ("The head of the Department of Jet Engines Sergey Falkeev spoke.",
         "Department of Jet Engines", "Sergey Falkeev"),
    ],
)  # fmt: skip
def test_a_person_right_behind_a_body(tell: Tell, text: str, body: str, person: str) -> None:
    told = tell(text)
    assert told.of_type("Person") == {person}
    assert {of for _, _, of in told.posts} == {body}


def test_an_acronym_tells_where_a_name_ends(tell: Tell) -> None:
    told = tell("The Institute of Bridges and Steel Towers (IBST) agreed.")
    assert told.forms("IBST") == {"Institute of Bridges and Steel Towers", "IBST"}


def test_firms_words_inside_a_name(tell: Tell) -> None:
    told = tell("The Central Institute of Transport Motors agreed.")
    assert told.types == {"Central Institute of Transport Motors": "University"}


def test_whom_something_is_named_after_is_not_in_the_text(tell: Tell) -> None:
    told = tell("The prize named after Olga Remizova was given.")
    assert not told.types


@pytest.mark.parametrize(
    ("name", "acronym"),
    [("Weizhou University", "WZU"), ("Haitong Normal University", "HTNU"),
     ("Turan State University named after K. Belov", "TSU")],
)  # fmt: skip
def test_acronyms_with_syllables_and_without_namesakes(tell: Tell, name: str, acronym: str) -> None:
    told = tell(f"Guests of {name} came. The students of {acronym} are young.")
    assert told.of_type("University") == {name}


def test_a_gathering_of_an_alliance_is_no_alliance(tell: Tell) -> None:
    told = tell("The University Alliance of the Amber Road Forum opened in Oslo.")
    assert told.of_type("Association") == set()


@pytest.mark.parametrize(
    ("text", "name", "type"),
    [
        ("The forum opened in May, Steppewire reports.", "Steppewire", "Media"),
        ("The forum opened in May, the portal city.example reports.", "city.example", "Media"),
        ("The Chinese embassy in Peru helped.", "Chinese embassy in Peru", "DiplomaticMission"),
        ("The St. Anna State University of Film and Television helped.",
         "St. Anna State University of Film and Television", "University"),
        ("Guests of Turan University of Peru came.", "Turan University", "University"),
    ],
)  # fmt: skip
def test_sources_missions_and_universities(tell: Tell, text: str, name: str, type: str) -> None:
    told = tell(text)
    assert {n: t for n, t in told.types.items() if t != "Place"} == {name: type}


@pytest.mark.parametrize("text", ["They met in the Amir Khan Auditorium.", "Source: none"])
def test_venues_and_layout_are_nobody(tell: Tell, text: str) -> None:
    assert not tell(text).of_type("Person", "Organization")


def test_two_parts_of_the_world_in_one_name(tell: Tell) -> None:
    told = tell("The Division of Asian and African Houses agreed.")
    assert told.types == {"Division of Asian and African Houses": "OrganizationalUnit"}


def test_a_unit_in_lower_case_that_somebody_heads(tell: Tell) -> None:
    told = tell("Turan University sent Dana Lund, head of its international trade department.")
    assert told.part_of == {("international trade department", "Turan University")}


@pytest.mark.parametrize(
    "text",
    ["Peru-Chile relations are good.", "The 5thJune was hot."],
)
def test_what_is_neither_a_place_nor_a_person(tell: Tell, text: str) -> None:
    assert not tell(text).types


def test_an_embassy_with_and_without_its_host(tell: Tell) -> None:
    told = tell("The Embassy of Peru in Mongolia opened. The Embassy of Peru thanked all.")
    assert told.of_type("DiplomaticMission") == {"Embassy of Peru in Mongolia"}


def test_an_arabic_family_name(tell: Tell) -> None:
    told = tell("Guests of Turan University named after Musa al-Fahmi came.")
    assert told.of_type("University") == {"Turan University named after Musa al-Fahmi"}
