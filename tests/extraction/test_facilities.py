"""Who set up a joint facility and where it stands."""

from collections.abc import Callable

import pytest

from extraction.reports import Told

Tell = Callable[..., Told]
K, B = "Karkaraly University", "Baihe Normal University"


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
        (f"In 2009 {B} opened a Confucius Institute at {K}.", "Confucius Institute", {B}, K),
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
    assert told.types["Confucius Institute"] == "JointFacility"
    assert told.record.facilities == ()
    assert told.part_of == set()


def test_a_facility_with_founders_is_no_part_of_them(tell: Tell) -> None:
    told = tell(f"The Luban Workshop at {K} was established by {B}.")
    assert told.part_of == set()


def test_the_evidence_is_the_sentence(tell: Tell) -> None:
    told = tell(f"It rained. {K} and {B} set up a Luban Workshop. It rained.")
    quote = told.text[slice(*told.facility.evidence)]
    assert quote == f"{K} and {B} set up a Luban Workshop."
