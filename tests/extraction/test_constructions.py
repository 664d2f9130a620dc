"""How the world's universities tell of signing, setting up, hosting and belonging."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extraction.reports import Told

Tell = Callable[..., Told]
K, B = "Karkaraly University", "Baihe Normal University"


@pytest.mark.parametrize(
    "text",
    [
        f"{K} and {B} put pen to paper on a memorandum of understanding.",
        f"{K} and {B} formalized their cooperation by signing a framework agreement in Oslo.",
        f"An exchange of letters between {K} and {B} took place on 3 May 2024.",
        f"{K} has extended its agreement with {B} for five years.",
        f"A deed of cooperation was initialled by {K} and {B}.",
        f"{K} and {B} signed a pact.",
        f"An agreement was signed on behalf of {K} by Aset Duisenov and on behalf of {B} by "
        "Tan Zeyu.",
        f"A trilateral agreement brings together {K} and {B}.",
        f"Tan Zeyu, Provost of {B}, and Dana Omarova, Registrar of {K}, penned an MoU.",
    ],
)
def test_words_for_signing(tell: Tell, text: str) -> None:
    assert tell(text).parties == [{K, B}]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (f"{K} and {B} co-established the Sino-Kazakh Makerspace.", "Sino-Kazakh Makerspace"),
        (
            f"{K} and {B} inaugurated a joint research centre, the Snow Innovation Hub.",
            "Snow Innovation Hub",
        ),
        (
            f"The Tulip Demonstration Farm was jointly set up by {K} and {B}.",
            "Tulip Demonstration Farm",
        ),
        (
            f"A China–Kazakhstan Digital Medicine Studio was launched by {K} and {B}.",
            "China–Kazakhstan Digital Medicine Studio",
        ),
        (
            f"The Confucius Institute at {K}, a partnership with {B}, opened in 2010.",
            f"Confucius Institute at {K}",
        ),
    ],
)
def test_words_for_setting_up(tell: Tell, text: str, name: str) -> None:
    told = tell(text)
    (facility,) = told.record.facilities
    assert told.name(facility.facility) == name
    assert told.names(facility.founders) == {K, B}


def test_who_became_home_to_a_facility_is_its_host(tell: Tell) -> None:
    (facility,) = tell(f"{K} became home to a Luban Workshop built by {B}.").record.facilities
    assert facility.host is not None


@pytest.mark.parametrize(
    "text",
    [
        "Almaty hosted the Silk Road Rectors Conference on 3 May 2024.",
        "On 3 May 2024 Almaty became the venue for an international seminar.",
        "The symposium opened in the old capital, Almaty, on 3 May 2024.",
        f"{K}, Almaty, hosted a conference on 3 May 2024.",
        f"The forum was held on the campus of {K} in Almaty on 3 May 2024.",
        "The reception was held at the Palace of Independence in Almaty on 3 May 2024.",
    ],
)
def test_words_for_places_of_events(tell: Tell, text: str) -> None:
    told = tell(text)
    (event,) = told.record.events
    assert told.names(event.places) == {"Almaty"}


@pytest.mark.parametrize(
    ("text", "part"),
    [
        (f"The Institute of Hydrology, part of {K}, took part.", "Institute of Hydrology"),
        (f"The Snow Laboratory, which belongs to {K}, and {B} came.", "Snow Laboratory"),
        (f"{B} invited the Department of Physics, a unit of {K}.", "Department of Physics"),
    ],
)
def test_words_for_belonging(tell: Tell, text: str, part: str) -> None:
    told = tell(text)
    assert {(told.name(link.child), told.name(link.parent)) for link in told.record.part_of} == {
        (part, K)
    }


@pytest.mark.parametrize(
    ("text", "role", "of"),
    [
        (f"Tan Zeyu was appointed rector of {K}.", "rector", K),
        (f"Tan Zeyu, head of the international office at {K}, spoke.", "head", K),
        (
            "Tan Zeyu, Chargé d'Affaires a.i. of the Embassy of China in Mongolia, spoke.",
            "chargé d'affaires a.i.",
            "Embassy of China in Mongolia",
        ),
    ],
)
def test_words_for_posts(tell: Tell, text: str, role: str, of: str) -> None:
    assert tell(text).posts == {("Tan Zeyu", role, of)}


def test_what_one_sets_up_at_another_is_hosted_there(tell: Tell) -> None:
    told = tell(f"{B} opened the Lotus Language Centre at {K}.")
    (facility,) = told.record.facilities
    assert (told.names(facility.founders), told.name(facility.host)) == ({B, K}, K)
