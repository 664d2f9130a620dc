import pytest

from resolution.samples import report, resolved, same

SAME = [
    ("L.N. Serikov Amber National University", "Amber University"),
    ("Saken Serikov Kazakh Agro Technical University",
     "S. Serikov Kazakh Agrotechnical Research University"),
    ("Amber National University", "Amber University"),
    ("Serikov University", "Askar Serikov Amber University"),
    ("National University of Mongolia", "National University of Mongolia named after Bat Dorj"),
    ("Mongolian National University", "Bat Dorj National University of Mongolia"),
    ("Kh. Serikov Amber Regional University", "Amber State University named after Khalel Serikov"),
]  # fmt: skip
APART = [
    ("National University of Mongolia", "Askar Serikov National University of Kazakhstan"),
    ("National University of Mongolia", "Bat Dorj National Medical University of Mongolia"),
    ("Amber University", "Amber Technical University"),
    ("Lanzhou University", "Lanzhou Jiaotong University"),
    ("Amber State University", "Amber National University"),
    ("Askar Serikov Amber University", "Bolat Omarov Amber University"),
    ("Yangtze University", "Southern Yangtze University"),
    ("Amber University", "Amber Institute"),
    ("Kunming University", "Kunming Medical University"),
]


@pytest.mark.parametrize("names", SAME)
def test_explained_differences_join(names: tuple[str, str]) -> None:
    assert same(*(report(f"uni {name}") for name in names), names=names)


@pytest.mark.parametrize("names", APART)
def test_other_differences_do_not(names: tuple[str, str]) -> None:
    assert not same(*(report(f"uni {name}") for name in names), names=names)


def test_one_document_that_names_both_keeps_them_apart() -> None:
    both = report("uni Amber National University", "uni Amber University")
    assert len(resolved(both).entities) == 2


def test_two_dedications_leave_a_bare_name_alone() -> None:
    dedicated = ("Askar Serikov Amber University", "Bolat Omarov Amber University")
    found = resolved(*(report(f"uni {name}") for name in (*dedicated, "Amber University")))
    assert len(found.entities) == 3


def test_institute_and_university_are_one_if_a_person_leads_both() -> None:
    def school(name: str, head: str) -> object:
        return report(f"uni {name}", f"person {head}", posts=[(head, "president", name)])

    names = ("Amber Vocational Institute", "Amber Vocational University")
    assert same(school(names[0], "Bolat Omarov"), school(names[1], "Bolat Omarov"), names=names)
    assert not same(school(names[0], "Bolat Omarov"), school(names[1], "Askar Omarov"), names=names)


@pytest.mark.parametrize(
    ("whole", "cut", "expected"),
    [
        ("Center for Music Education and Theatre", "Center for Music Education", True),
        ("Center for Silk Music and Theatre", "Center for Silk Music", False),  # says too little
    ],
)
def test_a_name_cut_short_is_known_by_its_parent(whole: str, cut: str, expected: bool) -> None:
    parent = "Kazakh Ministry of Culture"
    one = report(f"organization {whole}", "gov Ministry of Culture of Kazakhstan")
    other = report(f"unit {cut}", f"gov {parent}", part_of=[(cut, parent)])
    assert same(one, other, names=(whole, cut)) is expected


def test_two_wordings_of_a_long_name_need_a_partner_in_common() -> None:
    names = (
        "Amber Silk Alliance for Talent Growth in Railway Infrastructure",
        "Amber–Silk Talent Training Alliance in Railway Infrastructure",
    )
    one, other = (report(f"association {name}", "uni Tulip University") for name in names)
    assert same(one, other, names=names)
    assert not same(one, report(f"association {names[1]}"), names=names)


def test_every_join_has_a_reason() -> None:
    found = resolved(*(report(f"uni {name}") for name in SAME[0]))
    (entity,) = found.entities.values()
    assert entity.reasons
    assert all(reason == reason.strip() for reason in entity.reasons)
