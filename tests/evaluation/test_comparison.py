"""How records are compared with gold: the matching rules, on records written by hand."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.documents.document import Document
from kg.errors import DocumentError, RecordError, UsageError
from kg.evaluation import (
    KINDS,
    Report,
    Score,
    align_entities,
    align_events,
    compare,
    evaluate,
    gold_record,
    normal,
    same_date,
    same_name,
)
from kg.extraction.record import (
    Agreement,
    Entity,
    Event,
    Facility,
    Link,
    Position,
    Record,
)

CORPUS = Path(__file__).parents[2] / "corpus"
NAMES = {
    "remizova": ("Person", "Olga Remizova"),
    "tan": ("Person", "Tan Zeyu"),
    "fjord": ("University", "Fjordheim University"),
    "lakes": ("University", "Northern Lakes University"),
    "ministry": ("GovernmentBody", "Ministry of Water"),
    "institute": ("JointFacility", "Confucius Institute"),
    "oslo": ("Place", "Oslo"),
    "norway": ("Place", "Norway"),
}
GOLD = Record(
    "a",
    entities=tuple(Entity(id, type, name) for id, (type, name) in NAMES.items()),
    positions=(Position("remizova", "Rector", "fjord"), Position("tan", "Professor")),
    events=(
        Event("v1", "Forum", "Water Forum", "--05-03", ("oslo",), ("fjord",), ("tan", "remizova")),
        Event("v2", "Visit", None, "2024-05-04", (), (), ("tan", "lakes")),
    ),
    agreements=(Agreement("a1", "Memorandum", ("fjord", "lakes"), "2024-05-04"),),
    facilities=(Facility("institute", ("fjord", "lakes"), "lakes"),),
    part_of=(Link("institute", "lakes"),),
    located_in=(Link("fjord", "oslo"), Link("oslo", "norway")),
)


def counts(kind: str, found: Record, gold: Record = GOLD) -> tuple[int, int, int]:
    """Return how many statements of a kind the gold has, were found, and are both."""
    report = Report()
    compare("a", gold, found, report)
    score = report.scores[kind]
    return score.gold, score.found, score.hits


def renamed(**names: str) -> Record:
    """Return the gold with other names for some entities."""
    return replace(
        GOLD, entities=tuple(replace(e, name=names.get(e.id, e.name)) for e in GOLD.entities)
    )


def renumbered(record: Record) -> Record:
    """Return a record with ids of its own, as an extractor would give them."""
    data = record.to_json()
    for number, id in enumerate(NAMES):
        data = data.replace(f'"{id}"', f'"e{number}"')
    return Record.from_json(data)


# Against itself, against nothing


def test_gold_against_itself_is_perfect() -> None:
    report = Report()
    compare("a", GOLD, renumbered(GOLD), report)
    for kind in KINDS:
        score = report.scores[kind]
        assert score.gold == score.found == score.hits > 0, kind
        assert (score.precision, score.recall, score.f1) == (1, 1, 1)
    assert report.all_errors == []


@pytest.mark.parametrize("path", sorted(CORPUS.glob("en-*.gold.json")), ids=lambda p: p.name[:7])
def test_every_gold_file_against_itself_is_perfect(path: Path) -> None:
    gold = gold_record(path)
    report = Report()
    compare(gold.id, gold, gold, report)
    assert report.all_errors == []


def test_an_empty_record_misses_all_and_makes_nothing_up() -> None:
    report = Report()
    compare("a", GOLD, Record("a"), report)
    for kind in KINDS:
        assert report.scores[kind].recall == report.scores[kind].f1 == 0
        assert report.scores[kind].precision == 1
        assert set(report.errors(kind)["error"]) == {"missed"}


def test_statements_against_an_empty_gold_are_all_made_up() -> None:
    report = Report()
    compare("a", Record("a"), GOLD, report)
    for kind in KINDS:
        assert (report.scores[kind].precision, report.scores[kind].recall) == (0, 1)
        assert set(report.errors(kind)["error"]) == {"spurious"}


def test_nothing_against_nothing_is_perfect() -> None:
    report = Report()
    compare("a", Record("a"), Record("a"), report)
    assert all(report.scores[kind].f1 == 1 for kind in KINDS)


# Scores


@pytest.mark.parametrize(
    ("score", "precision", "recall", "f1"),
    [
        (Score(4, 2, 1), 0.5, 0.25, 1 / 3),
        (Score(0, 0, 0), 1, 1, 1),
        (Score(3, 0, 0), 1, 0, 0),
        (Score(0, 3, 0), 0, 1, 0),
        (Score(5, 5, 5), 1, 1, 1),
    ],
)
def test_precision_recall_and_f1(score: Score, precision: float, recall: float, f1: float) -> None:
    assert score.precision == pytest.approx(precision)
    assert score.recall == pytest.approx(recall)
    assert score.f1 == pytest.approx(f1)


def test_figures_are_summed_over_documents() -> None:
    report = Report()
    compare("a", GOLD, GOLD, report)
    compare("b", GOLD, Record("b"), report)
    score = report.scores["Person"]
    assert (score.gold, score.found, score.hits) == (4, 2, 2)
    table = report.table().set_index("kind")
    assert tuple(table.index) == KINDS
    assert table.loc["Person", "f1"] == 0.667
    assert set(report.errors("Person")["document"]) == {"b"}


def test_an_unknown_kind_is_told_with_those_that_are() -> None:
    with pytest.raises(UsageError, match="unknown kind 'Robot'") as caught:
        Report().errors("Robot")
    assert all(kind in str(caught.value.remedy) for kind in KINDS)


# Entities


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Fjordheim University", "the Fjordheim university"),
        ("Fjordheim University", "Fjordheim Universitý"),
        ("Oslo’s Museum", "Oslo Museum"),
        ("Dr. Olga Remizova", "Olga Remizova"),
        ("Professor Tan Zeyu", "Tan Zeyu"),
        ("Al-Biruni University", "Al Biruni University"),
        ("Zhetysu  University", "Zhetysu University"),
    ],
)
def test_case_articles_honorifics_and_possessives_make_no_difference(one: str, other: str) -> None:
    assert normal(one) == normal(other)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Bauyrzhan Seitkaliyev", "Baurzhan Seitkaliev", True),
        ("Fjordheim University", "Fjordhem University", True),
        ("Fjordheim University", "Fjordheim Technical University", False),
        ("Oslo", "Osla", False),  # too short to be nearly the same
        ("Olga Remizova", "Oleg Kemelov", False),
    ],
)
def test_nearly_the_same_name(one: str, other: str, expected: bool) -> None:
    assert same_name(one, other) is same_name(other, one) is expected


def test_another_spelling_is_a_hit() -> None:
    assert counts("Person", renamed(remizova="Olga Remisova")) == (2, 2, 2)
    assert counts("position of", renamed(remizova="Olga Remisova")) == (2, 2, 2)


def test_another_name_is_a_miss_and_a_made_up_one() -> None:
    assert counts("Person", renamed(remizova="Marat Kemelov")) == (2, 2, 1)


@pytest.mark.parametrize("side", ["gold", "found"])
def test_an_alias_is_as_good_as_the_name(side: str) -> None:
    entities = (replace(GOLD.entities[3], name="NLU", aliases=("Northern Lakes University",)),)
    other = replace(GOLD, entities=(*GOLD.entities[:3], *entities, *GOLD.entities[4:]))
    found, gold = (other, GOLD) if side == "found" else (GOLD, other)
    assert counts("entities", found, gold) == (8, 8, 8)
    assert counts("agreement party", found, gold) == (2, 2, 2)


def test_the_wrong_type_is_an_error_but_the_relations_hold() -> None:
    wrong = tuple(replace(e, type="School") if e.id == "lakes" else e for e in GOLD.entities)
    found = replace(GOLD, entities=wrong)
    assert counts("entities", found) == (8, 8, 7)
    assert counts("University", found) == (2, 1, 1)
    assert counts("agreement party", found) == (2, 2, 2)


def test_ministries_and_missions_count_as_government() -> None:
    mission = tuple(
        replace(e, type="DiplomaticMission") if e.id == "ministry" else e for e in GOLD.entities
    )
    found = replace(GOLD, entities=mission)
    assert counts("government", found) == (1, 1, 1)
    assert counts("entities", found) == (8, 8, 7)


def test_a_person_is_no_place_of_the_same_name() -> None:
    gold = Record("a", entities=(Entity("e1", "Person", "Abai"),))
    found = Record("a", entities=(Entity("e1", "Place", "Abai"),))
    assert align_entities(gold, found) == {}


def test_entities_are_aligned_one_to_one() -> None:
    gold = Record("a", entities=(Entity("g", "University", "Fjordheim University"),))
    twice = tuple(Entity(f"e{n}", "University", "Fjordheim University") for n in (1, 2))
    assert align_entities(gold, Record("a", entities=twice)) == {"e1": "g"}
    assert counts("University", Record("a", entities=twice), gold) == (1, 2, 1)


def test_one_entity_for_two_costs_one() -> None:
    merged = Entity("e1", "University", "Fjordheim University", ("Northern Lakes University",))
    assert counts("University", Record("a", entities=(merged,))) == (2, 1, 1)


def test_the_best_match_is_taken_first() -> None:
    names = {"short": "Aliya Kemelova", "long": "Aliya Kemelov"}
    gold = Record("a", entities=tuple(Entity(id, "Person", name) for id, name in names.items()))
    found = Record("a", entities=(Entity("e1", "Person", "Aliya Kemelov"),))
    assert align_entities(gold, found) == {"e1": "long"}


# Positions


@pytest.mark.parametrize(
    ("position", "pair", "triple"),
    [
        (Position("remizova", "rector", "fjord"), 1, 1),
        (Position("remizova", "Rector", "lakes"), 1, 0),
        (Position("remizova", "Rector", None), 1, 0),
        (Position("remizova", "Dean", "fjord"), 0, 0),
        (Position("tan", "Rector", "fjord"), 0, 0),
    ],
)
def test_a_position_needs_person_and_role_and_for_the_other_figure_the_body(
    position: Position, pair: int, triple: int
) -> None:
    gold = replace(GOLD, positions=GOLD.positions[:1])
    found = replace(GOLD, positions=(position,))
    assert counts("position", found, gold) == (1, 1, pair)
    assert counts("position of", found, gold) == (1, 1, triple)


def test_hyphens_in_a_role_make_no_difference() -> None:
    gold = replace(GOLD, positions=(Position("tan", "Vice-Rector", "fjord"),))
    found = replace(GOLD, positions=(Position("tan", "vice rector", "fjord"),))
    assert counts("position of", found, gold) == (1, 1, 1)


# Events


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("--09-22", "2025-09-22", True),
        ("2025-09-22", "--09-22", True),
        ("--09-22", "--09-22", True),
        ("--09-22", "2025-09-23", False),
        ("2024-09-22", "2025-09-22", False),
        ("2025-09", "2025-09-22", False),
        ("--09-22/--09-24", "2025-09-22/2025-09-24", True),
        ("--12-30/--01-02", "2024-12-30/2025-01-02", True),
        ("--09-22/--09-24", "2025-09-22", False),
        (None, None, True),
        (None, "2025", False),
    ],
)
def test_where_a_year_is_lacking_month_and_day_are_compared(
    one: str | None, other: str | None, expected: bool
) -> None:
    assert same_date(one, other) is same_date(other, one) is expected


def events(*found: Event) -> Record:
    return replace(GOLD, events=found)


FORUM, VISIT = GOLD.events
IDS = {id: id for id in NAMES}


def test_an_added_year_is_right() -> None:
    found = events(replace(FORUM, date="2024-05-03"), VISIT)
    assert counts("event date", found) == (2, 2, 2)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (FORUM, {"x": "v1"}),
        (replace(FORUM, type="Conference"), {"x": "v1"}),
        (replace(FORUM, type="Seminar", name=None), {"x": "v1"}),
        (replace(FORUM, type="Meeting"), {"x": "v1"}),  # the name says it
        (replace(FORUM, type="Meeting", name=None, date=None), {}),
        (replace(FORUM, date="2024-06-09"), {}),
        (replace(FORUM, date="--05"), {"x": "v1"}),
        (replace(VISIT, type="Meeting"), {"x": "v2"}),
        (replace(VISIT, date="2024-05"), {"x": "v2"}),
        (Event("x", "Ceremony", None, "2024-05-04", (), (), ("tan", "lakes")), {}),
    ],
)
def test_events_are_aligned_by_family_date_name_and_agents(
    found: Event, expected: dict[str, str]
) -> None:
    assert align_events(GOLD.events, [replace(found, id="x")], IDS) == expected


def test_two_events_found_for_one_leave_one_made_up() -> None:
    found = events(FORUM, replace(FORUM, id="v7"), VISIT)
    assert counts("event", found) == (2, 3, 2)
    assert counts("participation", found) == (5, 8, 5)


def test_the_event_with_more_in_common_is_taken() -> None:
    thin = replace(FORUM, id="x1", name=None, date=None, participants=(), organizers=())
    full = replace(FORUM, id="x2")
    assert align_events([FORUM], [thin, full], IDS) == {"x2": "v1"}


def test_a_participation_needs_event_capacity_and_agent() -> None:
    swapped = replace(FORUM, organizers=("tan",), participants=("fjord", "remizova"))
    assert counts("participation", events(swapped, VISIT)) == (5, 5, 3)


def test_a_missed_event_costs_all_that_it_says() -> None:
    assert counts("participation", events(FORUM)) == (5, 3, 3)
    assert counts("event date", events(FORUM)) == (2, 1, 1)
    assert counts("event place", events(VISIT)) == (1, 0, 0)


def test_a_wrong_place_is_an_error() -> None:
    assert counts("event place", events(replace(FORUM, places=("norway",)), VISIT)) == (1, 1, 0)


def test_a_wrong_date_is_an_error() -> None:
    assert counts("event date", events(FORUM, replace(VISIT, date="2024-05"))) == (2, 2, 1)


# Agreements, facilities, links


@pytest.mark.parametrize(
    ("agreement", "whole", "parties"),
    [
        (Agreement("x", "Memorandum", ("fjord", "lakes")), (1, 1, 1), (2, 2, 2)),
        (Agreement("x", "Contract", ("lakes", "fjord"), status="planned"), (1, 1, 1), (2, 2, 2)),
        (Agreement("x", "Memorandum", ("fjord",)), (1, 1, 1), (2, 1, 1)),
        (Agreement("x", "Memorandum", ("fjord", "ministry")), (1, 1, 1), (2, 2, 1)),
        (Agreement("x", "Memorandum", ("ministry",)), (1, 1, 0), (2, 1, 0)),
    ],
)
def test_agreements_are_aligned_by_their_parties(
    agreement: Agreement, whole: tuple[int, int, int], parties: tuple[int, int, int]
) -> None:
    found = replace(GOLD, agreements=(agreement,))
    assert counts("agreement", found) == whole
    assert counts("agreement party", found) == parties


def test_of_two_agreements_each_finds_its_own() -> None:
    more = Agreement("a2", "Contract", ("fjord", "ministry"))
    gold = replace(GOLD, agreements=(*GOLD.agreements, more))
    found = replace(GOLD, agreements=(more, *GOLD.agreements))
    assert counts("agreement party", found, gold) == (4, 4, 4)


@pytest.mark.parametrize(
    ("facility", "expected"),
    [
        (Facility("institute", ("lakes", "fjord"), "lakes"), (3, 3, 3)),
        (Facility("institute", ("fjord",), "oslo"), (3, 2, 1)),
        (Facility("institute", ("fjord", "lakes"), None), (3, 2, 2)),
        (Facility("fjord", ("fjord", "lakes"), "lakes"), (3, 3, 0)),
    ],
)
def test_each_founder_and_the_host_count(
    facility: Facility, expected: tuple[int, int, int]
) -> None:
    assert counts("facility", replace(GOLD, facilities=(facility,))) == expected


def test_links_need_both_ends_in_order() -> None:
    turned = (Link("oslo", "fjord"), Link("oslo", "norway"))
    assert counts("located_in", replace(GOLD, located_in=turned)) == (2, 2, 1)
    assert counts("part_of", replace(GOLD, part_of=(Link("lakes", "institute"),))) == (1, 1, 0)


@settings(max_examples=60, deadline=None)
@given(
    st.permutations(GOLD.entities), st.permutations(GOLD.events), st.permutations(GOLD.located_in)
)
def test_the_order_of_statements_does_not_matter(
    entities: list[Entity], told: list[Event], links: list[Link]
) -> None:
    found = replace(GOLD, entities=tuple(entities), events=tuple(told), located_in=tuple(links))
    for kind in KINDS:
        assert counts(kind, found) == counts(kind, GOLD)


# Folders


class Same:
    """An extractor that has one record for every text."""

    def __init__(self, record: Record):
        self.record = record

    def pipe(self, documents: Iterable[Document]) -> Iterator[Record]:
        for document in documents:
            yield replace(self.record, id=document.id)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("one", "two"):
        (tmp_path / f"{name}.txt").write_text("A text.")
        (tmp_path / f"{name}.gold.json").write_text(GOLD.to_json())
    (tmp_path / "three.txt").write_text("A text without gold.")
    return tmp_path


def test_texts_with_gold_are_evaluated_and_others_passed_over(folder: Path) -> None:
    report = evaluate(folder, Same(GOLD))
    assert report.scores["Person"] == Score(4, 4, 4)
    assert report.scores["event"] == Score(4, 4, 4)


def test_one_text_can_be_evaluated(folder: Path) -> None:
    assert evaluate(folder / "one.txt", Same(GOLD)).scores["Person"] == Score(2, 2, 2)


def test_a_folder_without_gold_is_told(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("A text.")
    with pytest.raises(DocumentError, match="no text with a gold annotation") as caught:
        evaluate(tmp_path, Same(GOLD))
    assert str(tmp_path) in str(caught.value)
    assert "NAME.gold.json" in str(caught.value.remedy)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "not JSON"),
        ("[]", "not an extraction record"),
        ('{"id": "one"}', "the key 'entities' is missing"),
        (json.dumps(GOLD.to_dict() | {"part_of": [["tan", "nobody"]]}), "unknown entity 'nobody'"),
    ],
)
def test_a_gold_file_that_does_not_hold_is_named(folder: Path, content: str, message: str) -> None:
    (folder / "two.gold.json").write_text(content)
    with pytest.raises(RecordError, match=message) as caught:
        evaluate(folder, Same(GOLD))
    assert "two.gold.json" in str(caught.value)
