from kg.extraction.record import Event, Record
from kg.resolution.resolver import resolve
from resolution.samples import report, resolved


def telling(*events: Event, published: str | None = None) -> Record:
    return report("place Almaty", "uni Turan University", "uni Amber University",
                  "person Askar Serikov", events=events, published=published)  # fmt: skip


def event(date: str | None, *agents: str, name: str | None = None, type: str = "Forum",
          place: bool = True) -> Event:  # fmt: skip
    return Event("v1", type, name, date, ("Almaty",) if place else (), (), agents)


def count(*events: Event) -> int:
    return len(resolved(*map(telling, events)).events)


def test_the_same_name_and_date_is_one_event() -> None:
    named = event("2025-09-22", name="Forum of Rectors")
    assert count(named, event("--09-22", name="Rectors' Forum")) == 1
    assert count(named, event("2025-09", name="Forum of Rectors")) == 1
    assert count(named, event("2024-09-22", name="Forum of Rectors")) == 2
    assert count(named, event(None, name="Forum of Rectors")) == 2


def test_place_and_people_on_one_day_are_one_event() -> None:
    one = event("2025-09-22", "Turan University")
    assert count(one, event("2025-09-22", "Turan University", type="Conference")) == 1
    assert count(one, event("2025-09-22", "Amber University")) == 2
    assert count(one, event("2025-09-23", "Turan University")) == 2
    assert count(one, event("2025-09-22", "Turan University", type="Ceremony")) == 2
    assert count(one, event("2025-09-22", "Turan University", place=False)) == 2


def test_other_names_are_other_events() -> None:
    agents = ("Turan University", "Askar Serikov")
    assert count(event("2025-09-22", *agents, name="Book Fair"),
                 event("2025-09-22", *agents, name="Medal Ceremony")) == 2  # fmt: skip


def test_a_day_without_a_year_between_two_years_joins_neither() -> None:
    assert count(event("2024-09-22", name="Forum of Rectors"),
                 event("2025-09-22", name="Forum of Rectors"),
                 event("--09-22", name="Forum of Rectors")) == 3  # fmt: skip


def test_events_that_one_document_tells_apart_stay_apart() -> None:
    one, two = (Event(id, "Meeting", None, "2025-09-22", ("Almaty",), (), ("Turan University",))
                for id in ("v1", "v2"))  # fmt: skip
    found = resolved(telling(one, two), telling(one))
    assert len(found.events) == 2


def test_the_event_has_the_fullest_date_and_a_key() -> None:
    found = resolved(telling(event("--09-22", name="Forum of Rectors")),
                     telling(event("2025-09-22", name="Forum of Rectors")))  # fmt: skip
    (told,) = found.events.values()
    assert told.date == "2025-09-22"
    assert told.key.startswith("event-e-")
    assert len(told.members) == 2
    assert told.reasons


def test_a_year_found_later_does_not_change_the_key() -> None:
    bare = telling(event("--09-22", name="Forum of Rectors"))
    dated = telling(event("2025-09-22", name="Forum of Rectors"))
    assert resolved(bare).keys["d0", "v1"] == resolved(bare, dated).keys["d0", "v1"]


def test_copies_of_one_release_tell_of_one_event_though_nothing_dates_it() -> None:
    told = [telling(event(None, "Turan University")) for _ in range(3)]
    records = {f"d{number}": record for number, record in enumerate(told)}
    assert len(resolve(records).events) == 3
    releases = {"d0": "r", "d1": "r"}
    assert len(resolve(records, releases=releases).events) == 2
