"""Whether two names inside one text can name the same thing."""

import pytest

from kg.extraction.sameness import (
    abbreviates,
    is_acronym_of,
    same_organization,
    same_person,
    spells,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Aset Duisenov", "aset duisenov"),
        ("Duisenov", "Aset Duisenov"),
        ("Duisenov Aset", "Aset Duisenov"),
        ("A.M. Duisenov", "Aset Maratuly Duisenov"),
        ("Aset Duisenov", "Aset Maratuly Duisenov"),
        ("Bauyrzhan Seitkaliyev", "Bauyrzhan Seitkaliev"),
        ("Qiao", "Qiao Minglei"),
    ],
)
def test_same_person(one: str, other: str) -> None:
    assert same_person(one, other)
    assert same_person(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Aset Duisenov", "Marat Duisenov"),
        ("Qiao Minglei", "Qiao Wenbo"),
        ("M. Duisenov", "Aset Duisenov"),
        ("Duisenov", "Kemelov"),
        ("Aset Duisenov", "Aset Kemelov"),
        ("Lund", "Lind"),
        ("Minglei", "Qiao Minglei"),
    ],
)
def test_other_person(one: str, other: str) -> None:
    assert not same_person(one, other)
    assert not same_person(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Fjordheim University", "fjordheim University"),
        ("Department of Health of Hunan Province", "Hunan Provincial Department of Health"),
        ("Department of Health of Hunan Province", "Hunan Department of Health"),
        ("Karkaraly State University", "State University of Karkaraly"),
        ("Ministry of Health of Mongolia", "Ministry of Health"),
        ("Abai Karkaraly University", "Karkaraly University"),
        ("Mongolian Academy of Glass", "Academy of Glass of Mongolia"),
        ("Glass Union of Kazakhstan", "Glass Union of the Republic of Kazakhstan"),
    ],
)
def test_same_organization(one: str, other: str) -> None:
    assert same_organization(one, other)
    assert same_organization(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Department of Health of Hunan Province", "Department of Health of Sichuan Province"),
        ("Ministry of Health of Mongolia", "Ministry of Health of China"),
        ("Mongolian Academy of Glass", "Chinese Academy of Glass"),
        ("Karkaraly Technical University", "Karkaraly Medical University"),
        ("Fjordheim University", "University"),
        ("Library of Fjordheim University", "Fjordheim University"),
        ("Northern Lakes University", "NLC"),
        ("Amber Bank", "Amber Museum"),
    ],
)
def test_other_organization(one: str, other: str) -> None:
    assert not same_organization(one, other)
    assert not same_organization(other, one)


def test_an_acronym_joins_the_name_that_it_is_of() -> None:
    assert same_organization("Northern Lakes University", "NLU")
    assert same_organization("NLU", "Northern Lakes University", acronym=True)
    assert not same_organization("NLU", "Amber Lakes University", acronym=True)


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Northern Lakes University", "NLU"),
        ("Northern Lakes University of Water and Trade", "NLUWT"),
        ("Northern Lakes University of Water and Trade", "NLUOWAT"),
        ("Eurasian Association of the Libraries", "EAL"),
        ("Al-Biruni University", "ABU"),
    ],
)
def test_the_letters_of_an_acronym(name: str, short: str) -> None:
    assert is_acronym_of(name, short)


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Northern Lakes University", "NUL"),
        ("Northern Lakes University", "N"),
        ("Northern Lakes University", "Nlu"),
        ("Northern Lakes University", ""),
        ("Northern", "N"),
        ("", "NLU"),
    ],
)
def test_no_acronym(name: str, short: str) -> None:
    assert not is_acronym_of(name, short)


@pytest.mark.parametrize(
    ("shorter", "longer"),
    [
        ("Karkaraly University", "Karkaraly University named after Aset Duisenov"),
        ("Amber Steel Group", "Amber Steel Group Co., Ltd."),
        ("Fjordheim Museum", "Fjordheim Museum of Decorative Arts"),
        ("Duisenov Centre", "A.M. Duisenov Research and Production Centre for Grain Farming"),
        ("Hunan University", "Hunan National Research University"),
    ],
)
def test_what_is_left_of_a_name(shorter: str, longer: str) -> None:
    assert abbreviates(shorter, longer)
    assert not abbreviates(longer, shorter)


@pytest.mark.parametrize(
    ("shorter", "longer"),
    [
        ("Hunan University", "Hunan Normal University"),
        ("Fjordheim University", "Library of Fjordheim University"),
        ("Fjordheim University", "Fjordheim Museum of Decorative Arts"),
        ("National University", "Fjordheim National University"),
        ("Fjordheim", "Fjordheim named after Aset Duisenov"),
        ("Fjordheim University", "Fjordheim University"),
    ],
)
def test_what_is_no_part_of_a_name(shorter: str, longer: str) -> None:
    assert not abbreviates(shorter, longer)


def test_an_acronym_with_letters_inside_the_words() -> None:
    assert spells("AMNU", "Amber Normal University")
    assert spells("ANU", "Amber Normal University")
    assert not spells("AMTU", "Amber Normal University")
    assert not spells("AU", "Amber Normal University")
    assert not spells("HMNU", "Amber Normal University")
