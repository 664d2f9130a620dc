from collections.abc import Callable

import pytest

from extraction.reports import Told
from kg.extraction.organizations import classify

# Names are invented; the types are those of the annotation guide.
TYPES = {
    "University": [
        "Amber State University",
        "Steppe Academy of Music",
        "Amber Conservatory",
        "Amber Polytechnic Institute",
        "Amber Technical College",
    ],
    "School": [
        "Lyceum No. 5",
        "Gymnasium No. 1",
        "Kindergarten No. 2",
        "Affiliated Middle School",
        "Amber Secondary School",
    ],
    "ResearchInstitute": [
        "Academy of Sciences of Ruritania",
        "Institute of Nuclear Physics",
        "Research Institute of Grain",
    ],
    "GovernmentBody": [
        "Ministry of Education",
        "Department of Education of Sichuan Province",
        "Sichuan Provincial Department of Health",
        "Akimat of Almaty",
        "Parliament of Ruritania",
        "People's Government of Sichuan Province",
        "State Commission",
    ],
    "DiplomaticMission": [
        "Embassy of Norway",
        "Consulate General of Italy",
        "Permanent Mission of Kenya",
    ],
    "PartyOrganization": ["Amber Party", "Party Committee"],
    "Association": [
        "Association of Universities of Asia",
        "Steppe Alliance of Libraries",
        "League of Academies",
        "Council of Rectors",
    ],
    "Company": ["Amber Bank", "Amber Steel Corporation", "Amber Group", "Amber Co. Ltd."],
    "InternationalOrganization": ["UNESCO", "Shanghai Cooperation Organization", "United Nations"],
    "Media": ["Xinhua News Agency", "Amber Daily"],
    "OrganizationalUnit": ["Faculty of Law", "Department of Physics", "International Office"],
    "JointFacility": [
        "Confucius Institute",
        "Luban Workshop",
        "Amber Branch Campus",
        "Joint Laboratory of Optics",
    ],
    "Organization": ["Amber Foundation", "Amber Museum", "City Hospital", "Football Club"],
}


@pytest.mark.parametrize(
    ("name", "type"), [(name, type) for type, names in TYPES.items() for name in names]
)
def test_the_words_of_a_name_make_its_type(name: str, type: str) -> None:
    assert classify(name) == type


@pytest.mark.parametrize(
    ("name", "whole", "type"),
    [
        ("Library", "University", "OrganizationalUnit"),
        ("Institute of Optics", "University", "OrganizationalUnit"),
        ("Center for Robotics", "University", "OrganizationalUnit"),
        ("Department of Education", "GovernmentBody", "OrganizationalUnit"),
        ("Party Committee", "University", "PartyOrganization"),
        ("Affiliated Middle School", "University", "School"),
        ("Confucius Institute", "University", "JointFacility"),
    ],
)
def test_the_whole_decides_what_a_part_is(name: str, whole: str, type: str) -> None:
    assert classify(name, whole) == type


def test_a_name_that_says_nothing_is_an_organization() -> None:
    assert classify("Amber Road") == "Organization"


Tell = Callable[..., Told]


@pytest.mark.parametrize(
    "name",
    [
        "Department of Education of Sichuan Province",
        "Southwest University of Amber and Technology",
        "Almaty University of Power Engineering and Telecommunications",
        "Nanhai Language and Culture University",
        "Association of Libraries of the Republic of Kazakhstan",
        "Ministry of Science and Higher Education",
        "Institute of Oriental Studies named after Lund",
        "Center for Silk Road Studies",
        "People's Bank of Amber",
        "Amber Co. Ltd.",
        "Abai Amber University",
        "20th Amber Middle School",
        "Amber Branch of Karkaraly University",
        "Baihe University of Posts and Telecommunications",
        "Altay Academy of Sport and Tourism",
    ],
)
def test_a_name_is_found_whole(tell: Tell, name: str) -> None:
    told = tell(f"On Friday the {name} sent greetings to the readers.")
    assert name in told.types
    start = told.text.index(name)
    assert (start, start + len(name)) in told.entity(name).mentions


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "The guests of Karkaraly University, Fjordheim University and the Amber Museum came.",
            {"Karkaraly University", "Fjordheim University", "Amber Museum"},
        ),
        (
            "The Amber Bank and the Steppe Foundation thanked Baihe Normal University.",
            {"Amber Bank", "Steppe Foundation", "Baihe Normal University"},
        ),
        (
            "Yesterday Karkaraly University’s library and Fjordheim University's archive closed.",
            {"Karkaraly University", "Fjordheim University"},
        ),
        (
            "Rector of Karkaraly University Aset Duisenov and Dean Olga Remizova came.",
            {"Karkaraly University"},
        ),
        (
            "In May Karkaraly University, Altay Institute, Amber Lyceum met.",
            {"Karkaraly University", "Altay Institute", "Amber Lyceum"},
        ),
    ],
)
def test_names_beside_each_other_stay_apart(tell: Tell, text: str, names: set[str]) -> None:
    told = tell(text)
    assert set(told.types) - told.of_type("Person", "Place") == names


def test_a_unit_holds_the_name_of_its_whole(tell: Tell) -> None:
    told = tell(
        "The Party Committee of the Affiliated Middle School of Baihe Normal University met."
    )
    assert told.types == {
        "Party Committee of the Affiliated Middle School of Baihe Normal University": (
            "PartyOrganization"
        ),
        "Affiliated Middle School of Baihe Normal University": "School",
        "Baihe Normal University": "University",
    }


@pytest.mark.parametrize(
    "text",
    [
        "Leading universities, both sides and the delegation thanked the students.",
        "The Amber Scholarship Programme and the Law on Education were praised.",
        "The university, the ministry and the academy agreed.",
    ],
)
def test_generic_phrases_programmes_and_laws_are_no_entities(tell: Tell, text: str) -> None:
    assert tell(text).types == {}


def test_an_unknown_acronym_alone_is_no_organization(tell: Tell) -> None:
    assert tell("Their GPA was discussed.").types == {}


def test_a_ministry_is_found_with_its_country(tell: Tell) -> None:
    told = tell("The Ministry of Education of Mongolia and the Ministry of Health of China met.")
    assert told.of_type("GovernmentBody") == {
        "Ministry of Education of Mongolia",
        "Ministry of Health of China",
    }
    assert told.of_type("Place") == {"Mongolia", "China"}
