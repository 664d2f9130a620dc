import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.maps.backbone import UNDECIDED, ranks, significance
from kg.maps.layout.two_countries import Tie

PAIRS = st.lists(
    st.tuples(st.integers(0, 9), st.integers(10, 19), st.floats(0, 1)),
    unique_by=lambda tie: tie[:2],
    max_size=40,
)


def test_the_disparity_filter_is_that_of_its_paper():
    # Serrano et al. 2009, equation 2: (1 - p)^(k - 1) with p the share of the tie at its end
    star = [Tie(0, other, weight) for other, weight in ((1, 0.8), (2, 0.1), (3, 0.1))]
    assert significance(star) == pytest.approx([0.2**2, 0.9**2, 0.9**2])


def test_a_pair_by_itself_is_not_judged():
    assert significance([Tie(0, 1, 0.9)]) == [UNDECIDED]


def test_an_agreement_of_a_pair_comes_before_the_ties_of_a_forum():
    forum = [Tie(a, b, 0.05) for a in range(8) for b in range(a)]
    assert ranks([*forum, Tie(8, 9, 0.5)])[-1] == 0


@given(PAIRS)
def test_ranks_are_an_order_and_levels_are_chances(pairs):
    ties = [Tie(*pair) for pair in pairs]
    assert sorted(ranks(ties)) == list(range(len(ties)))
    assert all(0 <= level <= 1 for level in significance(ties))
