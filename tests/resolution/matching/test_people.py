import pytest

from kg.extraction.record import Record
from resolution.samples import report, resolved, same, thing


def holder(name: str, role: str | None = None, of: str | None = None, *more: str) -> Record:
    """Return a report of a person with a post at an organization, or in a place after "in"."""
    posts = [(name, role, of.removeprefix("in ") if of else None)] if role else []
    place = bool(of and of.startswith("in "))
    seat = [f"place {of.removeprefix('in ')}" if place else f"uni {of}"] if of else []
    return report(f"person {name}", *seat, *more, posts=posts)


WEI = "Zhang Wei"
SAME = [
    (holder("Askar Serikov", "Rector", "Turan University"),
     holder("Serikov Askar", "Deputy Minister", "in Kazakhstan")),
    (holder("Askar Serikov", "Rector", "Turan University"), holder("Askar Bolatuly Serikov")),
    (holder("Askar Serikov", "Rector", "Turan University"),
     holder("A. Serikov", "professor", "Turan University")),
    (holder("Zh. Serikov", "Deputy Akim", "in Almaty"),
     holder("Serikov", "Deputy Akim", "in Almaty")),
    (holder("Жансеит Туймебаев"), holder("Zhanseit Tuimebayev", "Rector", "Turan University")),
    (holder("Askar Serikov", "President", "in Kazakhstan"),
     holder("Serikov", "President", None, "place Kazakhstan")),
    (holder(WEI, "Rector", "Amber University"), holder(WEI, "President", "Amber University")),
    (holder(WEI, "Consul General", "in China"), holder(WEI, "Consul-General", "in China")),
    (holder(WEI, "Consul General", "in China"), holder(WEI, "Consul General")),
    (holder(WEI, "Rector", "Amber University"), holder(WEI, None, None, "uni Amber University")),
    (holder("Zhang Xiaoming"), holder("Zhang Xiao-ming", "Rector", "Amber University")),
    (holder("Li Ming", "president", "Amber University"),
     holder("Li", "president", "Amber University")),
]  # fmt: skip
APART = [
    (holder(WEI), holder(WEI)),
    (holder(WEI, "Consul General", "in China"), holder(WEI, "professor", "Amber University")),
    (holder(WEI, "professor", "in China"), holder(WEI, "professor", "in China")),
    (holder(WEI, "Rector", "Amber University"), holder(WEI)),
    (holder("Zhang Xiaoming", "dean", "Amber University"),
     holder("Zhang Xiaoming", "dean", "Silk University")),
    (holder("Askar Serikov", "Rector", "Turan University of Kazakhstan"),
     holder("Askar Serikov", "Ambassador", "in Uzbekistan")),
    (holder("Askar Bolatuly Serikov"), holder("Askar Nurlanuly Serikov")),
    (holder("Askar Serikov", "Rector", "Turan University"), holder("Serikov")),
    (holder("Askar Serikov", "Rector", "Turan University"),
     holder("Serikov", "Rector", "Amber University")),
    (holder("Serikov"), holder("Serikov")),
    (holder("Li Ming", "president", "Amber University"), holder("Li", "dean", "Amber University")),
    (holder("Askar Serikov", "Rector", "Turan University"),
     holder("B. Serikov", "dean", "Turan University")),
]  # fmt: skip


def one_person(*records: Record) -> bool:
    found = resolved(*records)
    return len([entity for entity in found.entities.values() if entity.type == "Person"]) == 1


@pytest.mark.parametrize("records", SAME)
def test_what_binds_two_bearers(records: tuple[Record, Record]) -> None:
    assert one_person(*records)
    assert one_person(*reversed(records))


@pytest.mark.parametrize("records", APART)
def test_what_does_not(records: tuple[Record, Record]) -> None:
    assert not one_person(*records)


def test_a_surname_that_two_could_bear_joins_neither() -> None:
    found = resolved(holder("Askar Serikov", "dean", "Turan University"),
                     holder("Bolat Serikov", "dean", "Turan University"),
                     holder("Serikov", "dean", "Turan University"))  # fmt: skip
    assert len([one for one in found.entities.values() if one.type == "Person"]) == 3


def test_a_name_without_posts_stays_apart_from_homonyms_in_two_countries() -> None:
    found = resolved(holder("Askar Serikov", "Minister", "in Kazakhstan"),
                     holder("Askar Serikov", "Minister", "in Uzbekistan"),
                     holder("Askar Serikov"))  # fmt: skip
    assert len([one for one in found.entities.values() if one.type == "Person"]) == 3


def test_a_mission_and_its_state_seat_one_consul() -> None:
    mission = "Chinese Consulate General in Almaty"
    posts = [(WEI, "Consul General", mission)]
    at_mission = report(f"person {WEI}", f"mission {mission}", posts=posts)
    assert same(at_mission, holder(WEI, "Consul General", "in China"), names=(WEI,))


def test_name_aliases_and_country_of_a_person() -> None:
    found = resolved(holder("Askar Bolatuly Serikov", "Akim", "in Almaty"),
                     holder("A.B. Serikov", "Akim", "in Almaty"))  # fmt: skip
    person = thing(found, "A.B. Serikov")
    assert person.name == "Askar Bolatuly Serikov"
    assert person.aliases == ("A.B. Serikov",)
    assert (person.country, person.country_stated) == ("KZ", False)
    assert person.key.startswith("person-p-")
