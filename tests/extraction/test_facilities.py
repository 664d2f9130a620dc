"""Who set up a joint facility and where it stands."""

from collections.abc import Callable

import pytest

from extraction.reports import Told

Tell = Callable[..., Told]
K, B, F = "Karkaraly University", "Baihe Normal University", "Fjordheim University"


@pytest.mark.parametrize(
    ("text", "name", "founders", "host"),
    [
        (f"{B} and {K} set up a Luban Workshop in Oslo.", "Luban Workshop", {B, K}, "Oslo"),
        (f"{K} and {B} established the Joint Laboratory of Water.", "Joint Laboratory of Water",
         {B, K}, None),
        (f"The Luban Workshop at {K} was established by {B}.", "Luban Workshop", {B}, K),
        (f"A branch of {B} opened in Oslo.", f"branch of {B}", {B}, "Oslo"),
        (f"The Confucius Institute was founded by {B} and {K}.", "Confucius Institute", {B, K},
         None),
        (f"In 2009 {B} opened a Confucius Institute at {K}.", f"Confucius Institute at {K}",
         {B, K}, K),
        (f"The Confucius Institute at {K}, jointly established by {B} and {K}, is large.",
         f"Confucius Institute at {K}", {B, K}, K),
        (f"{B} set up the first Luban Workshop in {K}.", "Luban Workshop", {B}, K),
        (f"The Luban Workshop, which {B} runs at {K}, has two halls.", "Luban Workshop", {B}, K),
        (f"{B} and {K} opened Mongolia's second Luban Workshop.", "Luban Workshop", {B, K},
         "Mongolia"),
        (f"The Sino-Norwegian Center was opened by {B} and {K}.", "Sino-Norwegian Center", {B, K},
         None),
        (f"A Luban Workshop was set up by {B} and Norway's {F}.", "Luban Workshop", {B, F}, None),
        (f"{B} and {K} opened the first Luban Workshop in Central Asia, located in Oslo.",
         "Luban Workshop", {B, K}, "Oslo"),
        (f"The Amber Language Center, jointly established by our school and {K}, opened.",
         "Amber Language Center", {K}, None),
        (f"{B} and {K} signed an agreement on establishing a Luban Workshop.", "Luban Workshop",
         {B, K}, None),
    ],
)  # fmt: skip
def test_founders_and_host(
    tell: Tell, text: str, name: str, founders: set[str], host: str | None
) -> None:
    told = tell(text)
    facility = told.facility
    assert told.name(facility.facility) == name
    assert told.types[name] == "JointFacility"
    assert told.names(facility.founders) == founders
    assert told.name(facility.host) == host
    assert facility.factuality == "actual"


@pytest.mark.parametrize(
    "aside",
    [
        f"was inaugurated by {B} and {K}, followed by a reception at the Amber Museum",
        f"was opened by {B} and {K}, reports the Ministry of Health of Mongolia",
        f"was opened by {B} and {K}, and guests from {F} toured it",
    ],
)
def test_who_only_stands_beside_is_no_founder(tell: Tell, aside: str) -> None:
    assert (told := tell(f"The Luban Workshop {aside}.")).names(told.facility.founders) == {B, K}


@pytest.mark.parametrize(
    "text",
    [
        f"The Luban Workshop was shown to guests. They met partners from {B}.",
        f"A Luban Workshop is being opened at {K}.",
        f"Guests of {F} offered congratulations on the opening of the Luban Workshop, which {B} "
        "supports.",
        f"Tan Zeyu, President of {B}, opened the exhibition at the Luban Workshop.",
    ],
)
def test_a_guess_at_makers_is_none(tell: Tell, text: str) -> None:
    assert tell(text).record.facilities == ()


def test_people_sign_for_the_makers(tell: Tell) -> None:
    told = tell(
        f"Aset Duisenov, Rector of {K}, met Tan Zeyu, President of {B}. "
        "Duisenov and Tan signed an agreement on establishing a Luban Workshop."
    )
    assert told.names(told.facility.founders) == {K, B}


def test_headquarters_are_no_facility(tell: Tell) -> None:
    told = tell(
        f"The Confucius Institute was founded by the Confucius Institute Headquarters and {K}."
    )
    assert told.types["Confucius Institute Headquarters"] == "Organization"
    assert told.names(told.facility.founders) == {"Confucius Institute Headquarters", K}


@pytest.mark.parametrize(
    "text",
    [
        f"{K} and {B} plan to set up the Joint Laboratory of Water.",
        f"The Joint Laboratory of Water will be established by {K} and {B}.",
    ],
)
def test_planned(tell: Tell, text: str) -> None:
    told = tell(text)
    assert told.names(told.facility.founders) == {K, B}
    assert told.facility.factuality == "planned"


def test_what_two_set_up_together_is_a_joint_facility(tell: Tell) -> None:
    told = tell(f"{K} and {B} jointly established the Amber Water Center.")
    assert told.types["Amber Water Center"] == "JointFacility"
    assert told.names(told.facility.founders) == {K, B}


def test_without_makers_it_is_an_entity_only(tell: Tell) -> None:
    told = tell(f"The Confucius Institute at {K} is one of five in the country.")
    assert told.types[f"Confucius Institute at {K}"] == "JointFacility"
    assert told.record.facilities == ()
    assert told.part_of == set()


@pytest.mark.parametrize(
    ("text", "name", "founders", "host"),
    [
        (f"The joint campus of {B} and {K} will enrol students.", f"joint campus of {B} and {K}",
         {B, K}, None),
        (f"{B} and {K} will set up a joint observatory in Oslo.", "joint observatory", {B, K},
         "Oslo"),
        (f"{B} and {K} jointly opened a laboratory named Green Roots.", "Green Roots", {B, K},
         None),
        (f"An Oslo branch of {B} was opened at {K}.", f"Oslo branch of {B}", {B}, K),
        (f"The BNU-KU Confucius Institute is ten years old. {B} (BNU) and {K} (KU) ran it.",
         "BNU-KU Confucius Institute", {B, K}, None),
        (f"Both sides, {B} and {K}, met. Since then the Mongolia-Norway joint college and the "
         "Plasma Research Center were established.", "Mongolia-Norway joint college", {B, K}, None),
        (f"The Steppe Research Center was opened. The center is jointly sponsored by {B} and {K}.",
         "Steppe Research Center", {B, K}, None),
        (f"{B} will soon be setting up its Water Academy at {K}.", "Water Academy", {B, K}, K),
        (f"{B} and {K} signed agreements on the establishment of “Joint Soil and Plant "
         "Laboratory”.", "Joint Soil and Plant Laboratory", {B, K}, None),
        (f"An agreement on building a Luban Workshop was signed. Two put their names to it: for "
         f"{K}, its rector, Aset Duisenov, and for {B}, president Tan Zeyu.", "Luban Workshop",
         {B, K}, None),
        (f"Both sides, {B} and {K}, had talks on the joint establishment of a Confucius "
         "Institute.", "Confucius Institute", {B, K}, None),
    ],
)  # fmt: skip
def test_facilities_in_other_words(
    tell: Tell, text: str, name: str, founders: set[str], host: str | None
) -> None:
    told = tell(text)
    facility = next(f for f in told.record.facilities if told.name(f.facility) == name)
    assert told.names(facility.founders) == founders
    assert (facility.host and told.name(facility.host)) == host


def test_an_unnamed_facility_is_no_second_one(tell: Tell) -> None:
    told = tell(
        f"{B} and {K} agreed to set up a joint center. The Sino-Norwegian Center will open soon."
    )
    assert "joint center" not in told.types


def test_two_facilities_of_a_sentence_have_their_own_makers(tell: Tell) -> None:
    told = tell(
        f"It is planned to open an Oslo branch of {B} and establish an Amber Laboratory in "
        f"cooperation with {K}."
    )
    makers = {told.name(f.facility): told.names(f.founders) for f in told.record.facilities}
    assert makers == {f"Oslo branch of {B}": {B}, "Amber Laboratory": {K}}


def test_brackets_behind_a_facility_say_where_its_host_is(tell: Tell) -> None:
    told = tell(f"Guests of the Confucius Institute at {K} (Norway) came.")
    assert told.located_in == {(K, "Norway")}


def test_a_facility_with_founders_is_no_part_of_them(tell: Tell) -> None:
    told = tell(f"The Luban Workshop at {K} was established by {B}.")
    assert told.part_of == set()


def test_the_evidence_is_the_sentence(tell: Tell) -> None:
    told = tell(f"It rained. {K} and {B} set up a Luban Workshop. It rained.")
    quote = told.text[slice(*told.facility.evidence)]
    assert quote == f"{K} and {B} set up a Luban Workshop."


@pytest.mark.parametrize(
    ("text", "name", "founders", "host"),
    [
        (f"{K} and {B} will open the Amber Research Centre in Oslo.", "Amber Research Centre",
         {K, B}, "Oslo"),
        (f"{K} will establish the Amber Research Centre with {B}.", "Amber Research Centre",
         {K, B}, None),
        (f"The Amber Research Centre will be established under a memorandum between {K} and {B}.",
         "Amber Research Centre", {K, B}, None),
        (f"{K} and {B} signed an agreement establishing the Amber Research Centre.",
         "Amber Research Centre", {K, B}, None),
        (f"The Confucius Institute at {K} was co-founded by {B}.", f"Confucius Institute at {K}",
         {B, K}, K),
        (f"{B} and {K} started the construction of a Luban Workshop.", "Luban Workshop", {B, K},
         None),
        (f"{B} and {K} built a Luban Workshop. Located in the library of {K}, the workshop is new.",
         "Luban Workshop", {B, K}, K),
        (f"The Luban Workshop in Oslo is a collaborative effort between {K} and {B}.",
         "Luban Workshop", {K, B}, "Oslo"),
        (f"Norway plans to establish a branch of {B} in the country.", f"branch of {B}", {B},
         "Norway"),
    ],
)  # fmt: skip
def test_what_is_to_be_set_up(
    tell: Tell, text: str, name: str, founders: set[str], host: str | None
) -> None:
    told = tell(text)
    assert told.name(told.facility.facility) == name
    assert told.names(told.facility.founders) == founders
    assert told.name(told.facility.host) == host


@pytest.mark.parametrize(
    "text",
    [
        "A branch of Oslo Technical University in Bergen signed a contract.",
        "The Bergen branch of the Oslo Technical University was opened in May.",
        f"The Confucius Institute is big. Its opening was organized by {B} and {K}.",
    ],
)
def test_a_branch_at_home_or_an_organized_opening_has_no_makers(tell: Tell, text: str) -> None:
    assert tell(text).record.facilities == ()
