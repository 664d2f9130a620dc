import pytest

from kg.resolution.countries import Home, settled
from resolution.samples import report, resolved, thing


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("uni Kazakh National Agrarian University", "KZ"),
        ("uni Sichuan Normal University", "CN"),
        ("uni Kazakh-Chinese University of Amber", None),
        ("uni Amber University", None),
        ("union Shanghai Cooperation Organization", None),
        ("association Shanghai Cooperation Organization University", None),
        ("association Association of Universities of the Republic of Kazakhstan", "KZ"),
    ],
)
def test_a_country_is_inferred_from_the_name_or_not_at_all(name: str, country: str | None) -> None:
    (entity,) = resolved(report(name)).entities.values()
    assert (entity.country, entity.country_stated) == (country, False)


def test_a_chain_of_places_states_the_country() -> None:
    found = resolved(report("uni Turan University", "place Amberly", "place Kazakhstan",
                            located_in=[("Turan University", "Amberly"),
                                        ("Amberly", "Kazakhstan")]))  # fmt: skip
    turan = thing(found, "Turan University")
    assert (turan.country, turan.country_stated) == ("KZ", True)


def test_places_inside_each_other_end() -> None:
    circle = [("Amberly", "Silkton"), ("Silkton", "Amberly")]
    found = resolved(report("place Amberly", "place Silkton", located_in=circle))
    assert thing(found, "Amberly").country is None


def test_a_unit_is_in_the_country_of_what_it_is_part_of() -> None:
    found = resolved(report("unit Institute of Chinese Studies", "uni Kazakh Amber University",
                            part_of=[("Institute of Chinese Studies",
                                      "Kazakh Amber University")]))  # fmt: skip
    assert thing(found, "Institute of Chinese Studies").country == "KZ"


def test_a_person_has_the_country_of_the_post() -> None:
    record = report("person Askar Serikov", "uni Kazakh Amber University",
                    posts=[("Askar Serikov", "Rector", "Kazakh Amber University")])  # fmt: skip
    person = thing(resolved(record), "Askar Serikov")
    assert (person.country, person.country_stated) == ("KZ", False)


def test_what_is_stated_outweighs_what_is_inferred() -> None:
    handles = [("d1", "e"), ("d2", "e"), ("d3", "e")]
    homes = dict(zip(handles, [Home("CN"), Home("CN"), Home("KZ", True)], strict=True))
    assert settled(handles, homes) == Home("KZ", True)
    assert settled(handles[:1], homes) == Home("CN")
    tied = dict(zip(handles, [Home("CN", True), Home("KZ", True), Home(None)], strict=True))
    assert settled(handles, tied) == Home(None)
