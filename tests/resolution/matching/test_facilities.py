from kg.extraction.record import Facility, Record
from resolution.samples import report, resolved, same, thing


def workshop(name: str, *founders: str, host: str | None = None) -> Record:
    partners = {*founders, *([host] if host else [])} - {"Kazakhstan"}
    rows = [Facility(name, founders, host)]
    schools = [f"uni {one}" for one in sorted(partners)]
    return report(f"joint {name}", "place Kazakhstan", *schools, facilities=rows)


def test_workshops_at_one_host_are_one() -> None:
    one = workshop("Luban Workshop", "Tianjin Amber Institute", "Astana Silk University",
                   host="Kazakhstan")  # fmt: skip
    other = workshop("Luban Workshop", "Tianjin Amber Institute", host="Astana Silk University")
    assert same(one, other, names=("Luban Workshop",))


def test_workshops_at_two_hosts_are_two() -> None:
    one = workshop("Luban Workshop", "Tianjin Amber Institute", host="Astana Silk University")
    other = workshop("Luban Workshop", "Tianjin Amber Institute", host="Almaty Tulip University")
    assert not same(one, other, names=("Luban Workshop",))
    bare = workshop("Luban Workshop")
    assert not same(bare, bare, names=("Luban Workshop",))


def test_the_first_and_the_second_of_one_host_are_two() -> None:
    names = ("first Luban Workshop", "second Luban Workshop")
    assert not same(*(workshop(name, host="Astana Silk University") for name in names), names=names)


def test_a_host_in_the_name_counts() -> None:
    named = report("joint Confucius Institute at Astana Silk University",
                   "uni Astana Silk University")  # fmt: skip
    part = report("joint Confucius Institute", "uni Astana Silk University",
                  part_of=[("Confucius Institute", "Astana Silk University")])  # fmt: skip
    names = ("Confucius Institute", "Confucius Institute at Astana Silk University")
    assert same(named, part, names=names)


def test_a_branch_is_known_by_founder_and_host_under_any_name() -> None:
    told = report("uni Tianjin Amber University | TAU")
    founders = ("Tianjin Amber University", "Astana Silk University")
    one = workshop("TAU Kazakhstan", *founders)
    other = workshop("branch of Tianjin Amber University", founders[0], host=founders[1])
    assert same(told, one, other, names=("TAU Kazakhstan", "branch of Tianjin Amber University"))


def test_laboratories_of_the_same_partners_stay_apart() -> None:
    founders = ("Tianjin Amber University", "Astana Silk University")
    names = ("Joint Laboratory on Tulips", "Joint Institute of Bees")
    assert not same(*(workshop(name, *founders) for name in names), names=names)


def test_a_facility_has_a_key_of_its_kind_and_the_country_of_its_host() -> None:
    found = resolved(workshop("Luban Workshop", host="Astana Silk University"))
    facility = thing(found, "Luban Workshop")
    assert facility.key.startswith("facility-x-")
    assert (facility.country, facility.country_stated) == ("KZ", False)
