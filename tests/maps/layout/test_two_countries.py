from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.maps.layout.two_countries import EAST, NORTH, SOUTH, TALL, WEST, WIDE, Tie, arrange


@st.composite
def scenes(draw):
    regions = draw(st.lists(st.sampled_from([WEST, EAST, NORTH, SOUTH]), max_size=60))
    ends = st.integers(0, max(len(regions) - 1, 0))
    ties = st.builds(Tie, ends, ends, st.floats(0, 1))
    return regions, draw(st.lists(ties, max_size=80)) if regions else []


@given(scenes(), st.sampled_from([WIDE, TALL]))
@settings(max_examples=60, deadline=None)
def test_nobody_stands_on_anybody(scene, form):
    points = arrange(*scene, form)
    assert len(points) == len(scene[0])
    for one, other in combinations(points, 2):
        assert abs(one[0] - other[0]) > 20 or abs(one[1] - other[1]) > 20


@given(scenes(), st.sampled_from([WIDE, TALL]))
@settings(max_examples=60, deadline=None)
def test_each_region_keeps_to_its_side(scene, form):
    regions, ties = scene
    points = arrange(regions, ties, form)
    axis = 1 if form.upright else 0
    by_region = {
        region: [point for point, own in zip(points, regions, strict=True) if own == region]
        for region in (WEST, EAST, NORTH, SOUTH)
    }
    if by_region[WEST] and by_region[EAST]:
        assert max(p[axis] for p in by_region[WEST]) < 0 < min(p[axis] for p in by_region[EAST])
    middle = [point[1] for region in (WEST, EAST) for point in by_region[region]]
    if middle:
        assert all(y < min(middle) for _, y in by_region[NORTH])
        assert all(y > max(middle) for _, y in by_region[SOUTH])


def test_the_strongest_bridges_stand_at_the_river():
    regions = [WEST] * 12 + [EAST] * 12
    ties = [Tie(west, west + 12, (west + 1) / 12) for west in range(12)]
    points = arrange(regions, ties)
    distance = [abs(x) for x, _ in points[:12]]
    assert distance[11] < distance[0]


def test_partners_stand_at_the_same_height():
    regions = [WEST] * 5 + [EAST] * 5
    ties = [Tie(west, 5 + (west * 2) % 5, 0.5) for west in range(5)]
    points = arrange(regions, ties)
    assert all(points[tie.source][1] == pytest.approx(points[tie.target][1]) for tie in ties)


def test_pictures_fill_their_format():
    regions = [WEST] * 20 + [EAST] * 20
    for form, low, high in ((WIDE, 1.4, 3.2), (TALL, 0.4, 1.0)):
        points = arrange(regions, [], form)
        xs, ys = zip(*points, strict=True)
        assert low < (max(xs) - min(xs)) / (max(ys) - min(ys)) < high


def test_nothing_is_arranged_as_nothing():
    assert arrange([], []) == []
