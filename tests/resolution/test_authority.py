"""The authority file: what it joins, what it keeps apart, and registries that can be read."""

import json
from pathlib import Path

import pytest

from kg.errors import UsageError
from kg.resolution import resolve
from kg.resolution.authority import Authority, Institution, read_table, shipped, write_table
from kg.resolution.registries import read_registry
from resolution.samples import report, thing

AMBER = Institution(
    "Amber University", {"ru": ("Янтарный университет",), "zh": ("琥珀大学",)}, ("AMBU",),
    ("Old Amber Institute",), "University", "KZ", ror="02v51f717", wikidata="Q16952",
)  # fmt: skip
BIRCH = Institution("Birch University", acronyms=("BU",), kind="University", country="CN")


def same(*names: str, known: tuple[Institution, ...] = (AMBER, BIRCH)) -> bool:
    records = {f"d{at}": report(f"uni {name}") for at, name in enumerate(names)}
    return len(set(resolve(records, (), known).keys.values())) == 1


def test_the_packages_own_file_is_whole_and_says_each_thing_once() -> None:
    found = shipped()
    assert len(found) >= 200
    assert len({one.id for one in found}) == len(found)
    assert len({one.name for one in found}) == len(found)
    assert {one.country for one in found} >= {"KZ", "CN"}
    identifiers = [one.ror for one in found if one.ror]
    assert len(set(identifiers)) == len(identifiers) > 100


def test_names_in_all_languages_and_of_the_past_are_one_institution() -> None:
    assert same("Amber University", "Янтарный университет", "琥珀大学", "Old Amber Institute")
    assert not same("Amber University", "Янтарный университет", known=())


def test_without_any_entry_the_rest_is_resolved_as_ever() -> None:
    assert same("Cedar University", "The University of Cedar", known=()) == same(
        "Cedar University", "The University of Cedar"
    )


def test_two_known_institutions_are_never_joined() -> None:
    two = (Institution("Amber University"), Institution("Amber National University"))
    assert same("Amber University", "Amber National University", known=())
    assert not same("Amber University", "Amber National University", known=two)


def test_an_acronym_and_a_name_that_many_bear_need_the_country() -> None:
    authority = Authority.of(
        (AMBER, BIRCH, Institution("Ministry of Education", kind="GovernmentBody", country="KZ"))
    )
    assert authority.find("BU", None) is None
    assert authority.find("BU", "CN") == BIRCH
    assert authority.find("Ministry of Education", None) is None
    assert authority.find("Ministry of Education", "CN") is None
    assert authority.find("Amber University", "US") is None


@pytest.mark.parametrize("name", ["Baltic Normal University", "Birch Normal Univ"])
def test_an_acronym_that_two_share_by_chance_does_not_make_them_one(name: str) -> None:
    known = Institution("Birch Normal University", acronyms=("BNU",), country="CN")
    told = report(f"uni {name} | BNU", "place Beijing", located_in=[(name, "Beijing")])
    found = resolve({"d0": told}, (), (known,))
    assert (thing(found, name).institution == known) == name.startswith("Birch")


def test_the_entity_tells_what_is_known_of_it_and_why_it_is_one() -> None:
    records = {"d0": report("uni Amber University"), "d1": report("uni 琥珀大学")}
    (entity,) = resolve(records, (), (AMBER,)).entities.values()
    assert entity.institution == AMBER
    assert any("authority file" in reason for reason in entity.reasons)
    assert (entity.country, entity.country_stated) == ("KZ", False)


def test_what_a_report_says_of_the_country_goes_before_what_is_known() -> None:
    moved = report("uni Birch Institute", "place Oslo", located_in=[("Birch Institute", "Oslo")])
    known = Institution("Birch Institute", kind="University", country="CN")
    found = resolve({"d0": moved}, (), (known,)).entities.values()
    assert [one.country for one in found if one.type == "University"] == ["NO"]


def test_a_table_is_read_as_it_was_written() -> None:
    assert list(read_table(write_table([AMBER, BIRCH]), where="")) == [AMBER, BIRCH]


ROR = {
    "id": "https://ror.org/02v51f717",
    "status": "active",
    "types": ["education"],
    "names": [
        {"value": "Amber University", "types": ["ror_display", "label"], "lang": "en"},
        {"value": "琥珀大学", "types": ["label"], "lang": "zh"},
        {"value": "AMBU", "types": ["acronym"], "lang": None},
    ],
    "locations": [{"geonames_details": {"country_code": "KZ", "name": "Almaty"}}],
    "external_ids": [{"type": "wikidata", "preferred": None, "all": ["Q16952"]}],
    "relationships": [],
}
WIKIDATA = {
    "id": "Q16952",
    "labels": {"en": {"value": "Amber University"}, "zh": {"value": "琥珀大学"}},
    "aliases": {"en": [{"value": "University of Amber"}]},
    "claims": {
        "P31": [{"mainsnak": {"datavalue": {"value": {"id": "Q3918"}}}}],
        "P17": [{"mainsnak": {"datavalue": {"value": {"id": "Q232"}}}}],
        "P6782": [{"mainsnak": {"datavalue": {"value": "02v51f717"}}}],
    },
}


@pytest.mark.parametrize(
    "text",
    [
        json.dumps([ROR]),
        json.dumps({"entities": {"Q16952": WIKIDATA}}),
        f"[\n{json.dumps(WIKIDATA)},\n]\n",
        json.dumps(ROR),
    ],
)
def test_registries_of_others_are_read(tmp_path: Path, text: str) -> None:
    path = tmp_path / "registry.json"
    path.write_text(text)
    (found,) = read_registry(path)
    assert (found.name, found.kind, found.country) == ("Amber University", "University", "KZ")
    assert (found.ror, found.wikidata) == ("02v51f717", "Q16952")
    assert found.names["zh"] == ("琥珀大学",)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.json", ""), ("a.json", "[]"), ("a.json", '[{"x": 1}]'), ("a.json", "[3]"),
        ("a.csv", "a,b\n1,2\n"), ("a.csv", "name,kind\nX,Pub\n"), ("a.csv", "name,ror\nX,<x>\n"),
        ("a.csv", "name,country\nX,Kazakhstan\n"), ("a.csv", "name\n"),
    ],
)  # fmt: skip
def test_what_is_no_registry_is_told(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(UsageError):
        read_registry(tmp_path / name)
    with pytest.raises(UsageError, match="cannot be read"):
        read_registry(tmp_path / "missing.csv")
