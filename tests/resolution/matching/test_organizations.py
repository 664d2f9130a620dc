import pytest

from resolution.samples import report, resolved, same, thing


def test_ministries_of_two_countries_stay_apart() -> None:
    kazakh = report("gov Ministry of Education", "place Kazakhstan",
                    located_in=[("Ministry of Education", "Kazakhstan")])  # fmt: skip
    chinese = report("gov Ministry of Education", "place China",
                     located_in=[("Ministry of Education", "China")])  # fmt: skip
    named = report("gov Chinese Ministry of Education")
    found = resolved(kazakh, chinese, named)
    keys = [found.keys[f"d{n}", id] for n, id in
            ((0, "Ministry of Education"), (1, "Ministry of Education"),
             (2, "Chinese Ministry of Education"))]  # fmt: skip
    assert keys[0] != keys[1] == keys[2]


def test_a_ministry_is_that_of_the_only_country_of_the_text() -> None:
    names = ("Ministry of Education", "Ministry of Education of the Republic of Kazakhstan")
    bare = report(f"gov {names[0]}", "place Kazakhstan", "place Astana")
    assert same(bare, report(f"gov {names[1]}"), names=names)
    assert thing(resolved(bare), "Ministry of Education").country == "KZ"


def test_a_ministry_among_several_countries_is_the_publishers() -> None:
    countries = ("place China", "place Kazakhstan")
    chinese = report("gov Ministry of Education", *countries, source="https://www.edu.cn/a")
    unknown = report("gov Ministry of Education", *countries, source="https://news.example.com/a")
    found = resolved(chinese, unknown)
    assert found.entities[found.keys["d0", "Ministry of Education"]].country == "CN"
    assert found.entities[found.keys["d1", "Ministry of Education"]].country is None
    assert len(found.entities) == 4


def test_committees_are_told_apart_by_what_they_are_part_of() -> None:
    def committee(school: str) -> object:
        return report("party Party Committee", f"uni {school}",
                      part_of=[("Party Committee", school)])  # fmt: skip

    amber, silk = committee("Amber University"), committee("Silk University")
    assert not same(amber, silk, names=("Party Committee",))
    assert same(amber, committee("Amber University"), names=("Party Committee",))


def test_units_of_units_follow_their_university_under_another_name() -> None:
    def chair(university: str) -> object:
        parts = [("Chair of Law", "Faculty of Law"), ("Faculty of Law", university)]
        return report(
            "unit Chair of Law", "unit Faculty of Law", f"uni {university}", part_of=parts
        )

    one = chair("Amber State University")
    other = chair("B.K. Serikov Amber University")
    assert same(one, other, names=("Chair of Law",))


def test_parts_in_a_circle_do_no_harm() -> None:
    circle = report("unit Faculty of Law", "unit Department of Law",
                    part_of=[("Faculty of Law", "Department of Law"),
                             ("Department of Law", "Faculty of Law")])  # fmt: skip
    assert len(resolved(circle).entities) == 2


def test_general_names_without_anything_beside_them_stay_apart() -> None:
    assert not same(report("unit International Office"), report("unit International Office"),
                    names=("International Office",))  # fmt: skip


def test_namesakes_in_two_countries_stay_apart() -> None:
    def university(country: str) -> object:
        return report("uni Northern University", f"place {country}",
                      located_in=[("Northern University", country)])  # fmt: skip

    assert not same(university("China"), university("Kazakhstan"), names=("Northern University",))
    assert same(university("China"), report("uni Northern University"),
                names=("Northern University",))  # fmt: skip


def test_one_misread_country_among_many_reports_does_not_split() -> None:
    right = report("uni Turan University", "place Kazakhstan",
                   located_in=[("Turan University", "Kazakhstan")])  # fmt: skip
    wrong = report("uni Turan University", "place China",
                   located_in=[("Turan University", "China")])  # fmt: skip
    found = resolved(*[right] * 9, wrong)
    assert thing(found, "Turan University").country == "KZ"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("uni University of Amber | UA", "organization University of Amber"),
        ("gov Department of Education of Gansu", "unit Gansu Department of Education"),
        ("joint Amber-Silk Joint Laboratory", "institute Amber-Silk Joint Laboratory"),
    ],
)
def test_a_type_misread_does_not_split(one: str, other: str) -> None:
    found = resolved(report(one), report(other))
    assert len(found.entities) == 1
    assert next(iter(found.entities.values())).type not in ("Organization", "OrganizationalUnit")


def test_a_person_and_an_organization_of_one_name_are_never_joined() -> None:
    found = resolved(report("person Al-Farabi"), report("uni Al-Farabi"), report("place Al-Farabi"))
    assert len(found.entities) == 3


def test_an_acronym_joins_the_name_that_another_report_explains() -> None:
    told = report("uni Amber Banking University | ABU")
    assert same(told, report("uni ABU"), names=("Amber Banking University", "ABU"))


def test_an_ambiguous_acronym_joins_nothing() -> None:
    names = ("Amber Banking University", "Altai Business University", "ABU")
    found = resolved(*(report(f"uni {name}") for name in names))
    assert len(found.entities) == 3


def test_names_without_letters_stay_apart() -> None:
    found = resolved(report("uni ..."), report("uni ..."), report("uni "), report("person "))
    assert len(found.entities) == 4


def test_a_department_located_in_a_province_is_the_provincial_one() -> None:
    names = ("Department of Education", "Sichuan Provincial Department of Education")
    bare = report(f"gov {names[0]}", "place Sichuan", located_in=[(names[0], "Sichuan")])
    assert same(bare, report(f"gov {names[1]}"), names=names)


def test_a_unit_named_with_its_organization_is_the_unit_inside_it() -> None:
    school, whole = "Amber University", "School of Law of Amber University"
    unit = report("unit School of Law", f"uni {school}", part_of=[("School of Law", school)])
    assert same(unit, report(f"unit {whole}"), names=("School of Law", whole))
    assert not same(unit, report("unit School of Law of Silk University"),
                    names=("School of Law", "School of Law of Silk University"))  # fmt: skip
