"""One entry for each thing that a text names, with every form of its name."""

from collections.abc import Callable

import pytest

from extraction.reports import Told
from kg.extraction.entities import entities, group
from kg.extraction.mentions import read
from kg.extraction.pipeline import Extractor

Tell = Callable[..., Told]

SAME = [
    ("Northern Lakes University (NLU) has a museum. NLU also has a library.",
     "Northern Lakes University", "NLU"),
    ("They saw NLU. Northern Lakes University (NLU) is old.", "Northern Lakes University", "NLU"),
    ("The Eurasian Association of Libraries (hereinafter – EAL) met. EAL is old.",
     "Eurasian Association of Libraries", "EAL"),
    ("Fjordheim University, known as FU, is old.", "Fjordheim University", "FU"),
    ("The Steppe Alliance of Libraries met. The Alliance has ten members.",
     "Steppe Alliance of Libraries", "Alliance"),
    ("The Department of Health of Sichuan Province wrote. "
     "The Sichuan Provincial Department of Health will help.",
     "Department of Health of Sichuan Province", "Sichuan Provincial Department of Health"),
    ("Karkaraly State University is big. Karkaraly University is old.",
     "Karkaraly State University", "Karkaraly University"),
    ("Al-Biruni University is old. Al Biruni University is big.",
     "Al-Biruni University", "Al Biruni University"),
    ("Kazakhstan wrote to the Republic of Kazakhstan.", "Republic of Kazakhstan", "Kazakhstan"),
    ("China is big. The PRC is old.", "China", "PRC"),
    ("Sichuan Province is big. Sichuan is old.", "Sichuan Province", "Sichuan"),
    ("Dean Aset Duisenov spoke. Duisenov then left.", "Aset Duisenov", "Duisenov"),
    ("Dean Aset Duisenov spoke. Then Mr. Duisenov left.", "Aset Duisenov", "Duisenov"),
    ("Dean Qiao Minglei spoke. Qiao then left.", "Qiao Minglei", "Qiao"),
    ("Dean Bauyrzhan Seitkaliyev spoke. Baurzhan Seitkaliev then left.",
     "Bauyrzhan Seitkaliyev", "Baurzhan Seitkaliev"),
    ("Dean Kemelov Marat Aidaruly spoke. Marat Kemelov then left.",
     "Kemelov Marat Aidaruly", "Marat Kemelov"),
    ("Dean Aset Duisenov spoke. A. Duisenov then left.", "Aset Duisenov", "A. Duisenov"),
    ("Fjordheim Museum of Decorative Arts is old. The Fjordheim Museum is big.",
     "Fjordheim Museum of Decorative Arts", "Fjordheim Museum"),
    ("The rector of AMNU spoke. Amber Normal University is old.",
     "Amber Normal University", "AMNU"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name", "alias"), SAME)
def test_forms_of_one_name_are_one_entity(tell: Tell, text: str, name: str, alias: str) -> None:
    told = tell(text)
    entity = told.entity(name)
    assert alias in told.forms(name)
    assert {told.text[start:end] for start, end in entity.mentions} >= {name, alias}
    assert len([e for e in told.record.entities if e.type == entity.type]) == 1


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Dean Aset Duisenov and Dean Marat Duisenov spoke.", {"Aset Duisenov", "Marat Duisenov"}),
        ("Dean Qiao Minglei and Dean Qiao Wenbo spoke.", {"Qiao Minglei", "Qiao Wenbo"}),
        ("Dean Aset Duisenov and Dean Dana Duisenova spoke.", {"Aset Duisenov", "Dana Duisenova"}),
        ("Dean A. Duisenov and Dean M. Duisenov spoke.", {"A. Duisenov", "M. Duisenov"}),
    ],
)
def test_two_people_of_one_family_name_stay_two(tell: Tell, text: str, names: set[str]) -> None:
    assert tell(text).of_type("Person") == names


@pytest.mark.parametrize(
    ("text", "type", "names"),
    [
        ("The Department of Health of Hunan Province and the Department of Health of Sichuan "
         "Province met.", "GovernmentBody",
         {"Department of Health of Hunan Province", "Department of Health of Sichuan Province"}),
        ("The Ministry of Health of China and the Ministry of Health of Mongolia met.",
         "GovernmentBody", {"Ministry of Health of China", "Ministry of Health of Mongolia"}),
        ("The Chinese Ministry of Health and Mongolia's Ministry of Health met.",
         "GovernmentBody", {"Chinese Ministry of Health", "Ministry of Health"}),
        ("Almaty and Almaty Region are two.", "Place", {"Almaty", "Almaty Region"}),
        ("Karkaraly Technical University and Karkaraly Medical University met.", "University",
         {"Karkaraly Technical University", "Karkaraly Medical University"}),
        ("The Faculty of Law of Fjordheim University and the Faculty of Law of Karkaraly "
         "University met.", "OrganizationalUnit",
         {"Faculty of Law of Fjordheim University", "Faculty of Law of Karkaraly University"}),
        ("Aid for Karkaraly University of Glass\n\n(FLU) – Fjordheim Lakes University (FLU) met "
         "them.", "University", {"Karkaraly University of Glass", "Fjordheim Lakes University"}),
    ],
)  # fmt: skip
def test_different_bodies_stay_apart(tell: Tell, text: str, type: str, names: set[str]) -> None:
    assert tell(text).of_type(type) == names


def test_names_of_one_row_of_short_forms_are_joined_without_loss(tell: Tell) -> None:
    told = tell("Amber Museum of Glass and Iron is old. The Amber National Museum of Glass is big. "
                "Guests saw the Amber Museum.")  # fmt: skip
    museums = [e for e in told.record.entities if "Museum" in e.name]
    assert sum(len(e.mentions) for e in museums) == 3


def test_an_acronym_that_reads_as_a_university_is_not_joined_to_itself(tell: Tell) -> None:
    assert "AmNU" in tell("The rector of AmNU spoke. Students of AmNU sang.").types


def test_the_name_is_the_fullest_form(tell: Tell) -> None:
    told = tell("NLU, that is Northern Lakes University (NLU), thanked Dean Lund and A.B. Lund.")
    assert told.entity("NLU").name == "Northern Lakes University"


def test_a_later_family_name_means_the_person_named_in_full(tell: Tell) -> None:
    told = tell("Dean Aset Duisenov and Dean Olga Remizova spoke. Remizova thanked Duisenov.")
    assert told.forms("Olga Remizova") == {"Olga Remizova", "Remizova"}
    assert told.forms("Aset Duisenov") == {"Aset Duisenov", "Duisenov"}


def test_apostrophes_make_no_difference(tell: Tell) -> None:
    told = tell("Xi’an Amber University and Xi'an Amber University are one.")
    (university,) = told.record.entities
    assert (university.name, university.aliases) == ("Xi'an Amber University", ())
    assert len(university.mentions) == 2


def test_ids_follow_the_order_of_the_text(tell: Tell) -> None:
    told = tell("In Oslo Dean Olga Remizova praised Fjordheim University and Oslo.")
    assert [(e.id, e.name) for e in told.record.entities] == [
        ("e1", "Oslo"),
        ("e2", "Olga Remizova"),
        ("e3", "Fjordheim University"),
    ]


def test_mentions_are_ordered_and_confidence_is_a_probability(tell: Tell) -> None:
    told = tell("In Oslo Dean Olga Remizova spoke. Remizova likes Oslo. ABC likes Remizova.")
    for entity in told.record.entities:
        assert list(entity.mentions) == sorted(set(entity.mentions))
        assert 0 < entity.confidence <= 1


def test_a_table_tells_whom_a_mention_names(extractor: Extractor) -> None:
    reading = read(extractor.nlp("Northern Lakes University (NLU) thanked Oslo."), "en")
    table = group(reading)
    university, oslo = table.drafts
    assert [table.of(m) for m in reading.mentions] == [university, university, oslo]
    assert [entity.name for entity in entities(table)] == ["Northern Lakes University", "Oslo"]
    assert entities(table, confidence=0.6)[0].confidence == 0.6


def test_a_short_form_of_two_names_is_neither(tell: Tell) -> None:
    told = tell(
        "Fjordheim Museum of Decorative Arts and Fjordheim Museum of Natural History are old. "
        "The Fjordheim Museum is big."
    )
    assert "Fjordheim Museum" in {entity.name for entity in told.record.entities}


def test_the_city_in_a_universitys_name_is_no_place(tell: Tell) -> None:
    told = tell("The University of Leeds met the Akimat of Almaty.")
    assert {e.name for e in told.record.entities if e.type == "Place"} == {"Almaty"}


def test_a_quotation_before_a_legal_form_is_a_company(tell: Tell) -> None:
    assert tell('They went to the "Amber Fields" LLP.').types["Amber Fields"] == "Company"


def test_a_region_before_a_persons_name_is_a_place(tell: Tell) -> None:
    told = tell("Deputy Akim of Pavlodar Region Aset Duisenov spoke.")
    assert told.types == {"Pavlodar Region": "Place", "Aset Duisenov": "Person"}


def test_the_confucius_institute_is_the_one_named_in_full(tell: Tell) -> None:
    told = tell("The Fjordheim Confucius Institute is old. Guests saw the Confucius Institute.")
    facilities = {e.name for e in told.record.entities if e.type == "JointFacility"}
    assert facilities == {"Fjordheim Confucius Institute"}
