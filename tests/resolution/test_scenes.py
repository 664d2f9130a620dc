from __future__ import annotations

import pickle

from kg.extraction.record import Entity, Event, Position, Record
from kg.resolution import scenes as module
from kg.resolution.scenes import Scene, Scenes, Slimming


def record(id: str) -> Record:
    """Return a record of a person with a post at a university, and of an event."""
    entities = (
        Entity("e1", "Person", "Ann Ash", ("A. Ash",), ((0, 7),)),
        Entity("e2", "University", "Delta University", (), ((9, 25),)),
    )
    posts = (Position("e1", "Rector", "e2", (0, 25), 0.9),)
    return Record(id, entities=entities, positions=posts, events=(Event("v1", "Forum"),))


def test_records_share_what_they_have_in_common() -> None:
    slimming = Slimming()
    one, other = slimming.slim(record("one")), slimming.slim(record("other"))
    assert all(a is b for a, b in zip(one.entities, other.entities, strict=True))
    assert one.positions is other.positions
    assert one.entities[0].mentions == ()
    assert pickle.loads(pickle.dumps(one)) == one


def test_scenes_come_in_order_and_are_those_of_their_records() -> None:
    records = {key: record(key) for key in ("b", "a")}
    scenes = Scenes(records)
    assert list(scenes) == ["a", "b"]
    assert ("a" in scenes, "c" in scenes, len(scenes), scenes.get("c")) == (True, False, 2, None)
    assert scenes["b"] == Scene.of("b", records["b"])


def test_a_handle_is_one_object_however_often_its_scene_is_made() -> None:
    scenes = Scenes({"a": record("a")})
    before = [scenes["a"].handle(id) for id in ("e1", "e2", "v1")]
    scenes._made.cache_clear()
    assert all(scenes["a"].handle(one[1]) is one for one in before)
    assert scenes["a"].handle("e9") == ("a", "e9")


def test_few_scenes_are_kept() -> None:
    scenes = Scenes({str(number): record(str(number)) for number in range(9)})
    assert scenes._made.cache_info().maxsize == module._AT_HAND
