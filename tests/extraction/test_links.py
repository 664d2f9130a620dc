"""What is part of what, and what stands where."""

from collections.abc import Callable

import pytest

from extraction.reports import Told

Tell = Callable[..., Told]
K, F = "Karkaraly University", "Fjordheim University"


@pytest.mark.parametrize(
    ("text", "part", "whole"),
    [
        (f"The Faculty of Law of {K} met.", f"Faculty of Law of {K}", K),
        (f"The Department of Chemistry at {K} met.", "Department of Chemistry", K),
        (f"{K}'s Faculty of Law met.", "Faculty of Law", K),
        (f"{K} opened its Faculty of Law.", "Faculty of Law", K),
        (f"{K} is big. The university's Faculty of Law met.", "Faculty of Law", K),
        (f"The Affiliated Middle School of {K} met.", f"Affiliated Middle School of {K}", K),
        ("The Department of Water of the Ministry of Health met.",
         "Department of Water of the Ministry of Health", "Ministry of Health"),
    ],
)  # fmt: skip
def test_a_unit_is_part_of_its_whole(tell: Tell, text: str, part: str, whole: str) -> None:
    assert (part, whole) in tell(text).part_of


def test_a_chain_of_units(tell: Tell) -> None:
    school = f"Affiliated Middle School of {K}"
    told = tell(f"The Party Committee of the {school} met.")
    assert told.part_of == {(f"Party Committee of the {school}", school), (school, K)}


def test_the_department_of_a_ministry_is_a_unit_that_of_a_province_a_body(tell: Tell) -> None:
    unit, ministry = "Department of Water", "Ministry of Health of Mongolia"
    body = "Department of Trade of Sichuan Province"
    told = tell(f"The {unit} of the {ministry} wrote to the {body}.")
    assert told.types[f"{unit} of the {ministry}"] == "OrganizationalUnit"
    assert told.types[body] == "GovernmentBody"
    assert told.part_of == {(f"{unit} of the {ministry}", ministry)}


@pytest.mark.parametrize(
    "text",
    [
        f"{K} and {F} met.",
        f"The Confucius Institute at {K} was founded by {F}.",
        f"A branch of {K} opened in Oslo.",
        "The Association of Amber Schools met.",
    ],
)
def test_partners_facilities_and_branches_are_no_parts(tell: Tell, text: str) -> None:
    assert tell(text).part_of == set()


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        (f"{F} in Oslo sent greetings.", (F, "Oslo")),
        (f"{F} (Norway) sent greetings.", (F, "Norway")),
        (f"{F}, Oslo, sent greetings.", (F, "Oslo")),
        (f"Norway's {F} sent greetings.", (F, "Norway")),
        ("Kazakhstan's Ministry of Health sent greetings.", ("Ministry of Health", "Kazakhstan")),
        ("They like Chengdu, Sichuan.", ("Chengdu", "Sichuan")),
        ("They like Astana, the capital of Kazakhstan.", ("Astana", "Kazakhstan")),
        ("The Embassy of Norway in Kazakhstan wrote.",
         ("Embassy of Norway in Kazakhstan", "Kazakhstan")),
        ("The Luban Workshop in Almaty is new.", ("Luban Workshop", "Almaty")),
    ],
)  # fmt: skip
def test_located_in(tell: Tell, text: str, pair: tuple[str, str]) -> None:
    assert tell(text).located_in == {pair}


def test_two_places_in_brackets(tell: Tell) -> None:
    told = tell("The Department of Health of Sichuan Province (China) sent greetings.")
    assert ("Department of Health of Sichuan Province", "China") in told.located_in
    assert ("Sichuan Province", "China") in told.located_in


def test_a_list_of_partners_from_a_country(tell: Tell) -> None:
    told = tell(f"Two partners from Norway: {F} and the Amber Museum.")
    assert told.located_in == {(F, "Norway"), ("Amber Museum", "Norway")}


@pytest.mark.parametrize(
    "text",
    [
        "The Chinese Academy of Amber sent greetings.",
        "Almaty Technological University sent greetings.",
        "Dean Olga Remizova spoke in Almaty.",
        f"Guests of {K} flew to Oslo.",
    ],
)
def test_a_place_in_a_name_or_of_an_event_locates_nothing(tell: Tell, text: str) -> None:
    assert tell(text).located_in == set()


@pytest.mark.parametrize(
    "text",
    ["They like Norway (Oslo).", "They like Oslo (Almaty).", "They like UNESCO in Oslo."],
)
def test_no_country_is_in_a_city_and_no_union_of_states_in_a_place(tell: Tell, text: str) -> None:
    assert tell(text).located_in == set()


def test_a_link_rests_on_its_sentence(tell: Tell) -> None:
    told = tell(f"It rained. The Faculty of Law of {F} in Oslo met. It rained.")
    for link in (*told.record.part_of, *told.record.located_in):
        assert told.text[slice(*link.evidence)] == f"The Faculty of Law of {F} in Oslo met."
        assert 0 < link.confidence <= 1
    assert told.record.part_of
    assert told.record.located_in


@pytest.mark.parametrize(
    "text",
    [
        "The Oslo-based Turan Academy sent guests.",
        "Turan Academy in Oslo and Baihe University in Wuhan agreed.",
        "Guests of Turan Academy, Oslo (Norway), came.",
        "Guests of Turan Academy, Oslo to our college came.",
        "Turan Academy is located in the city of Oslo.",
        "Turan Academy, one of the oldest institutions of Oslo, agreed.",
        "Oslo's academies agreed: Turan Academy and Baihe Academy.",
    ],
)
def test_where_institutions_are(tell: Tell, text: str) -> None:
    assert ("Turan Academy", "Oslo") in tell(text).located_in


@pytest.mark.parametrize(
    "text",
    [
        "It will open an office of Turan Academy in Oslo.",
        "Guests came from Wuhan, Nankai, Oslo and other cities.",
    ],
)
def test_what_is_said_to_be_nowhere(tell: Tell, text: str) -> None:
    assert not tell(text).located_in


def test_a_list_of_units_has_one_whole(tell: Tell) -> None:
    told = tell("The Faculty of Law, the Centre for Maps and the Museum of Coins of Turan Academy.")
    assert {whole for _, whole in told.part_of} == {"Turan Academy"}
    assert len(told.part_of) == 3


def test_a_department_and_its_ministry_behind_a_comma(tell: Tell) -> None:
    told = tell("Dana Lund from the Department of Exchanges, Ministry of Health, spoke.")
    assert told.part_of == {("Department of Exchanges", "Ministry of Health")}


def test_units_of_a_university_that_is_never_named(tell: Tell) -> None:
    told = tell(
        "Guests of Turan University came to our university. The Faculty of Law received them."
    )
    assert told.part_of == set()


def test_a_ministry_with_its_country_s_adjective(tell: Tell) -> None:
    told = tell("Peru hosts many guests. The Peruvian Ministry of Health welcomed them.")
    assert told.located_in == {("Peruvian Ministry of Health", "Peru")}
    assert "Ministry of Health" in told.forms("Peruvian Ministry of Health")


def test_a_party_committee_of_a_university(tell: Tell) -> None:
    told = tell("Baihe University is big. The CPC Baihe University Committee met.")
    assert told.part_of == {("CPC Baihe University Committee", "Baihe University")}


@pytest.mark.parametrize(
    ("text", "part"),
    [
        (f"{K} is old. The International Department of the University met.",
         "International Department"),
        (f"{K} is old. The head of the Research department of the University left.",
         "Research department"),
        (f"{K} (KU) is old. KU School of Law met.", "KU School of Law"),
    ],
)  # fmt: skip
def test_a_unit_of_the_university(tell: Tell, text: str, part: str) -> None:
    told = tell(text)
    assert (part, K) in told.part_of
    assert told.types[part] == "OrganizationalUnit"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (f"They learn in Almaty, at {F}.", (F, "Almaty")),
        (f"{F} works in Almaty at {K}.", (K, "Almaty")),
    ],
)
def test_the_place_before_an_institution(tell: Tell, text: str, place: tuple[str, str]) -> None:
    assert place in tell(text).located_in


def test_a_country_that_leads_a_list_holds_no_members_of_it(tell: Tell) -> None:
    assert tell(f"China leads the list: {K} and {F} are behind.").located_in == set()
    assert tell(f"They have partners from China: {K} and {F}.").located_in == {
        (K, "China"),
        (F, "China"),
    }


def test_a_unit_of_a_list_is_of_the_body_of_the_unit_before_it(tell: Tell) -> None:
    told = tell(
        f"{K} was host. Guests were the Faculty of Law of {F}, the Department of Chemistry and "
        "the Office of Housing."
    )
    assert {("Department of Chemistry", F), ("Office of Housing", F)} <= told.part_of


def test_the_senate_of_a_parliament_is_part_of_it(tell: Tell) -> None:
    told = tell("The Senate of the Oliy Majlis met.")
    assert told.part_of == {("Senate of the Oliy Majlis", "Oliy Majlis")}
