"""Weights, reasons, doubtful pairs, and that nothing depends on the order of arrival."""

from __future__ import annotations

import importlib.util
import sys
from importlib.resources import files
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extraction.record import Record
from kg.resolution import resolve
from kg.resolution.linkage.doubts import doubts
from kg.resolution.linkage.features import ORGANIZATION, PERSON
from kg.resolution.linkage.learning import learned
from kg.resolution.linkage.model import sentences, weights
from kg.resolution.scoring import read_gold
from resolution.samples import CORPUS, report


def test_the_shipped_weights_are_what_the_corpus_teaches() -> None:
    shipped = (files("kg.resolution") / "data" / "weights.toml").read_text(encoding="utf-8")
    assert learned(read_gold(Path(CORPUS))) == shipped


def test_every_level_of_every_feature_has_a_sentence_and_a_weight() -> None:
    for family, features in (("person", PERSON), ("organization", ORGANIZATION)):
        known = weights()[family].levels
        for feature in features:
            assert sentences(family, feature)
            assert {level for name, level in known if name == feature} == set(
                sentences(family, feature)
            )


def test_evidence_for_weighs_more_than_evidence_against() -> None:
    known = weights()["person"].levels
    assert known["institution", "same"] > 0 > known["institution", "different"]
    assert known["name", "same full"] > known["name", "short"] > known["name", "differs"]
    assert known["post", "same"] > known["post", "like"] > known["post", "different"]


def post(name: str, role: str, at: str) -> Record:
    return report(f"person {name}", f"uni {at}", posts=[(name, role, at)])


def test_a_doubtful_pair_is_told_with_reasons_for_and_against() -> None:
    records = {
        "d0": post("Daniyar Akhmetov", "Dean", "Amber University"),
        "d1": post("D. Akhmetov", "Rector", "Birch University"),
    }
    (doubt,) = doubts(records, least=0.01)
    assert "one name abbreviates the other" in doubt.comparison.reasons_for or (
        "one name abbreviates the other" in doubt.comparison.reasons_against
    )
    assert "they belong to different institutions" in doubt.comparison.reasons_against
    assert str(doubt.comparison).startswith("same because")


def test_one_document_tells_two_apart() -> None:
    records = {"d0": report("person Daniyar Akhmetov", "person D. Akhmetov")}
    assert doubts(records, least=0.0) == []


def test_names_that_sound_alike_are_joined_only_where_institution_and_post_bind_them() -> None:
    same = {
        "d0": post("Zhanseit Tuimebayev", "Rector", "Amber University"),
        "d1": post("Zhanseyt Tuymebaev", "Rector", "Amber University"),
        "d2": post("Zhanseitt Tuimebaeev", "Rector", "Amber University"),
    }
    keys = resolve(same).keys
    assert len({key for (_, id), key in keys.items() if "Amber" not in id}) == 1
    apart = {**same, "d2": post("Zhanseid Tuimabayev", "Dean", "Birch University")}
    keys = resolve(apart).keys
    assert len({key for (_, id), key in keys.items() if "University" not in id}) == 2


NAMES = [
    "Askar Serikov", "A. Serikov", "Serikov Askar", "Аскар Сериков", "Shi Jing", "Ши Цзин", "石晶",
]  # fmt: skip
BODIES = ["Amber University", "The Amber University", "Birch University", "Янтарный университет"]
posts = st.builds(
    post, st.sampled_from(NAMES), st.sampled_from(["Rector", "Dean"]), st.sampled_from(BODIES)
)


@settings(max_examples=40, deadline=None)
@given(st.lists(posts, min_size=1, max_size=7), st.randoms(use_true_random=False))
def test_the_order_of_arrival_makes_no_difference(records: list[Record], draw: object) -> None:
    items = [(f"d{number}", record) for number, record in enumerate(records)]
    expected = resolve(dict(items))
    draw.shuffle(items)  # type: ignore[attr-defined]
    assert resolve(dict(items)) == expected


@settings(max_examples=40, deadline=None)
@given(st.lists(posts, min_size=1, max_size=6))
def test_a_report_about_others_changes_no_key(records: list[Record]) -> None:
    items = {f"d{number}": record for number, record in enumerate(records)}
    other = post("Wholly Unrelated", "Director", "Quartz Museum of Salt")
    after = resolve({**items, "d99": other}).keys
    before = resolve(items).keys
    assert {handle: after[handle] for handle in before} == before


def test_the_stress_set_merges_almost_nobody() -> None:
    path = Path(__file__).parents[3] / "benchmarks" / "resolution.py"
    spec = importlib.util.spec_from_file_location("stress", path)
    assert spec is not None
    assert spec.loader is not None
    stress = importlib.util.module_from_spec(spec)
    sys.modules["stress"] = stress  # dataclasses look their module up
    spec.loader.exec_module(stress)
    figures = stress.measure(1000)
    assert figures["p precision"] >= 0.98
    assert figures["p recall"] >= 0.95
    assert figures["u merged"] == 0
