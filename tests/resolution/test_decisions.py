"""What people decide holds over the rules, over new reports, and until it is undone."""

import random

from kg.resolution import resolve
from kg.resolution.decisions import Decision, Side
from resolution.samples import report

ONE = report("person Askar Serikov", "uni Amber University",
             posts=[("Askar Serikov", "Rector", "Amber University")])  # fmt: skip
TWO = report("person Serik Askarov", "uni Birch University",
             posts=[("Serik Askarov", "Rector", "Birch University")])  # fmt: skip
RECORDS = {"d0": ONE, "d1": TWO}


def side(key: str, *mentions: tuple[str, str]) -> Side:
    return Side(key, mentions)


def keys(records: dict, *decisions: Decision) -> dict:
    return dict(resolve(records, decisions).keys)


PLAIN = keys(RECORDS)
A, B = PLAIN["d0", "Askar Serikov"], PLAIN["d1", "Serik Askarov"]
FIRST, SECOND = side(A, ("d0", "Askar Serikov")), side(B, ("d1", "Serik Askarov"))
MERGE = Decision(True, FIRST, SECOND, "because of a letter")
PART = Decision(False, FIRST, SECOND)


def test_a_merge_leaves_the_winners_key_and_says_why() -> None:
    found = resolve(RECORDS, [MERGE])
    assert found.keys["d0", "Askar Serikov"] == found.keys["d1", "Serik Askarov"] == A
    assert "because of a letter" in found.entities[A].reasons
    assert B not in found.entities


def test_the_loser_may_also_be_the_one_that_rules_would_have_named() -> None:
    back = Decision(True, SECOND, FIRST)
    assert keys(RECORDS, back)["d0", "Askar Serikov"] == B


def test_without_the_decision_both_have_their_old_keys() -> None:
    assert keys(RECORDS) == PLAIN


def test_the_latest_decision_wins() -> None:
    assert keys(RECORDS, MERGE, PART) == PLAIN
    assert keys(RECORDS, PART, MERGE)["d1", "Serik Askarov"] == A


def test_what_is_parted_stays_so_whatever_rules_say() -> None:
    records = {"d0": ONE, "d1": ONE}
    assert keys(records)["d1", "Askar Serikov"] == A
    apart = Decision(
        False, side(A, ("d0", "Askar Serikov")), side("person-p-new", ("d1", "Askar Serikov"))
    )
    found = keys(records, apart)
    assert found["d0", "Askar Serikov"] == A
    assert found["d1", "Askar Serikov"] == "person-p-new"


def test_a_merge_takes_later_reports_along_in_any_order() -> None:
    later = {**RECORDS, "d2": ONE, "d3": TWO, "d4": report("person Askar Serikov")}
    items = list(later.items())
    random.Random(1).shuffle(items)
    found = keys(dict(items), MERGE)
    assert {found["d2", "Askar Serikov"], found["d3", "Serik Askarov"]} == {A}


def test_people_and_institutions_are_never_one() -> None:
    strange = Decision(True, FIRST, side("x", ("d1", "Birch University")))
    found = keys(RECORDS, strange)
    assert found["d0", "Askar Serikov"] != found["d1", "Birch University"]


def test_a_decision_about_what_is_gone_changes_nothing() -> None:
    assert keys({"d0": ONE}, MERGE)["d0", "Askar Serikov"] == A
