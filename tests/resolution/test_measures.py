import pytest

from kg.resolution.measures import Score, b_cubed, false_merges, false_splits

GOLD = {1: "a", 2: "a", 3: "a", 4: "b", 5: "b"}


def test_a_perfect_clustering() -> None:
    assert b_cubed(GOLD, GOLD) == Score(1.0, 1.0)
    assert b_cubed(GOLD, GOLD).f1 == 1.0


def test_everything_in_one_cluster() -> None:
    # by hand: three items of 3/5, two of 2/5
    assert b_cubed(dict.fromkeys(GOLD, "x"), GOLD).precision == pytest.approx(
        (3 * 0.6 + 2 * 0.4) / 5
    )
    assert b_cubed(dict.fromkeys(GOLD, "x"), GOLD).recall == 1.0


def test_everything_alone() -> None:
    # by hand: three items of 1/3, two of 1/2
    alone = {item: item for item in GOLD}
    assert b_cubed(alone, GOLD) == (1.0, pytest.approx((3 * (1 / 3) + 2 * 0.5) / 5))


def test_undecided_pairs_count_neither_way() -> None:
    merged = {1: "x", 2: "x"}
    apart = {1: "x", 2: "y"}
    undecided = {frozenset((1, 2))}
    assert b_cubed(merged, apart, undecided=undecided) == Score(1.0, 1.0)
    assert b_cubed(apart, merged, undecided=undecided) == Score(1.0, 1.0)
    assert false_merges(merged, apart, undecided=undecided) == []


def test_only_some_items() -> None:
    assert b_cubed(dict.fromkeys(GOLD, "x"), GOLD, among=[4]).precision == pytest.approx(0.4)
    assert b_cubed({}, {}) == Score(1.0, 1.0)


def test_pairs_are_listed() -> None:
    found = {1: "x", 2: "x", 3: "y", 4: "y", 5: "z"}
    assert set(false_merges(found, GOLD)) == {frozenset((3, 4))}
    assert set(false_splits(found, GOLD)) == {
        frozenset((1, 3)), frozenset((2, 3)), frozenset((4, 5))}  # fmt: skip


def test_no_agreement_at_all_has_no_f1() -> None:
    assert Score(0.0, 0.0).f1 == 0.0
