"""What holds of every resolution, whatever the records."""

import re
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.extraction.record import (
    ENTITY_TYPES,
    EVENT_TYPES,
    Entity,
    Event,
    Facility,
    Link,
    Position,
    Record,
)
from kg.resolution import resolve
from kg.resolution.scenes import slim
from resolution.samples import corpus, report

KEY = re.compile(
    r"(?:person-p|org-x|facility-x|event-e)-[0-9a-f]{8}|place-x-[0-9a-f]{8}|place-[a-z0-9-]+"
)
NAMES = st.one_of(
    st.sampled_from(
        ["Amber University", "Amber National University", "Luban Workshop", "Party Committee",
         "Zhang Wei", "Askar Serikov", "A. Serikov", "Serikov", "Kazakhstan", "Almaty", "Amberly",
         "Chinese Embassy", "Ministry of Education", "ABU", "Amber Banking University",
         "Confucius Institute at Amber University"]
    ),
    st.text(max_size=12),
)  # fmt: skip
IDS = [f"e{number}" for number in range(5)]


@st.composite
def records(draw: st.DrawFn) -> Record:
    """Draw a record that checks, with anything in it that the types allow."""
    some_id = st.sampled_from(IDS)
    ids = st.lists(some_id, max_size=3).map(tuple)
    links = st.lists(st.builds(Link, some_id, some_id), max_size=3).map(tuple)
    dates = st.sampled_from([None, "--09-22", "2025-09-22", "2025", "2025-09-20/2025-09-25", "x"])
    record = Record(
        id="r",
        source=draw(st.sampled_from([None, "https://a.cn/b", "http://[", "x"])),
        published=draw(st.sampled_from([None, "2025-09-25"])),
        entities=tuple(
            Entity(id, draw(st.sampled_from(ENTITY_TYPES)), draw(NAMES),
                   tuple(draw(st.lists(NAMES, max_size=2))))
            for id in IDS
        ),
        positions=tuple(draw(st.lists(st.builds(
            Position, some_id, st.sampled_from(["Rector", "member", ""]),
            st.none() | some_id), max_size=4))),
        facilities=tuple(draw(st.lists(st.builds(
            Facility, some_id, ids, st.none() | some_id), max_size=2))),
        part_of=draw(links),
        located_in=draw(links),
        events=tuple(
            Event(f"v{number}", draw(st.sampled_from(EVENT_TYPES)), draw(st.none() | NAMES),
                  draw(dates), draw(ids), draw(ids), draw(ids))
            for number in range(draw(st.integers(0, 2)))
        ),
    )  # fmt: skip
    record.check()
    return record


COLLECTIONS = st.dictionaries(st.sampled_from([f"d{n}" for n in range(9)]), records(), max_size=5)
SLOW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@SLOW
@given(COLLECTIONS)
def test_every_entry_gets_a_key_that_leads_back_to_it(collection: dict[str, Record]) -> None:
    found = resolve(collection)
    handles = {
        (key, item.id)
        for key, record in collection.items()
        for item in (*record.entities, *record.events)
    }
    assert found.keys.keys() == handles
    for (key, id), name in found.keys.items():
        assert KEY.fullmatch(name), name
        thing = found.events[name] if id.startswith("v") else found.entities[name]
        assert (key, id) in thing.members
        assert thing.key == name


@SLOW
@given(COLLECTIONS, st.randoms())
def test_the_order_of_records_does_not_matter(
    collection: dict[str, Record], random: object
) -> None:
    names = list(collection)
    random.shuffle(names)
    shuffled = {name: collection[name] for name in names}
    assert resolve(shuffled) == resolve(collection)


@SLOW
@given(COLLECTIONS)
def test_types_are_joined_only_within_their_family(collection: dict[str, Record]) -> None:
    for entity in resolve(collection).entities.values():
        types = {collection[key].entity(id).type for key, id in entity.members}
        assert types == {entity.type} or not types & {"Person", "Place"}


def test_the_order_of_the_corpus_does_not_matter() -> None:
    records = corpus()
    assert resolve(dict(reversed(records.items()))) == resolve(records)


def test_unrelated_reports_change_no_key() -> None:
    records = corpus()
    before = resolve(records).keys
    school = "Ibadan Palm University"
    stranger = report(
        "person Olu Adebayo", f"uni {school}", "place Ibadan", "unit Party Committee",
        "joint Luban Workshop", posts=[("Olu Adebayo", "Provost", school)],
        part_of=[("Party Committee", school)],
        events=[Event("v1", "Forum", "Palm Forum", "2019-03-04", ("Ibadan",))],
    )  # fmt: skip
    after = resolve({**records, "new": stranger}).keys
    assert {handle: after[handle] for handle in before} == before


def test_keys_hardly_change_as_reports_arrive() -> None:
    records = corpus()
    last: dict[tuple[str, str], str] = {}
    changed = 0
    names = sorted(records)
    for count in range(1, len(names) + 1):
        found = resolve({name: records[name] for name in names[:count]}).keys
        changed += sum(last.get(handle, key) != key for handle, key in found.items())
        last = dict(found)
    assert changed <= 0.02 * len(last)


def test_ids_and_spans_of_a_reread_document_do_not_change_keys() -> None:
    records = corpus()
    renamed = {
        key: replace(record, extractor="another version", title="another title")
        for key, record in records.items()
    }
    assert resolve(renamed).keys == resolve(records).keys


def test_slim_records_are_resolved_alike() -> None:
    whole = resolve(corpus())
    assert resolve({key: slim(record) for key, record in corpus().items()}) == whole


@given(st.lists(records(), max_size=3))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_slim_records_are_resolved_alike(found: list[Record]) -> None:
    given_ = {f"d{number}": record for number, record in enumerate(found)}
    assert resolve({key: slim(one) for key, one in given_.items()}) == resolve(given_)
