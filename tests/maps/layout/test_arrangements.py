"""Forces, geography and time: the same each time, nobody upon anybody."""

import math
from itertools import combinations

import pytest

from kg.maps.layout import forces, geography, timeline
from kg.maps.layout.geography import Seat
from kg.maps.layout.spacing import apart
from kg.maps.layout.two_countries import EAST, WEST, Tie

RING = [Tie(node, (node + 1) % 12, 0.5) for node in range(12)]


def nearest(points):
    return min(math.dist(one, other) for one, other in combinations(points, 2))


def test_forces_are_the_same_each_time_and_leave_room():
    community = [node // 4 for node in range(12)]
    first, again = forces.arrange(community, RING), forces.arrange(community, RING)
    assert first == again
    assert nearest(first.points) > 40


def test_members_of_a_community_stand_together():
    community = [0] * 5 + [1] * 5
    ties = [Tie(a + at, b + at, 1.0) for at in (0, 5) for a in range(5) for b in range(a)]
    points = forces.arrange(community, [*ties, Tie(0, 5, 0.1)]).points
    middles = [
        tuple(sum(axis) / 5 for axis in zip(*points[at : at + 5], strict=True)) for at in (0, 5)
    ]
    for node, point in enumerate(points):
        own, other = middles[node // 5], middles[1 - node // 5]
        assert math.dist(point, own) < math.dist(point, other)


def test_geography_puts_west_left_and_north_up_and_the_lost_below():
    seats = [
        Seat(43.2, 76.9, "Almaty", "KZ"), Seat(39.9, 116.4, "Beijing", "CN"),
        Seat(51.2, 71.4, "Astana", "KZ"), Seat(None, None, "", "CN"),
    ]  # fmt: skip
    found = geography.arrange(seats)
    almaty, beijing, astana, lost = found.points
    assert almaty[0] < beijing[0]
    assert astana[1] < almaty[1]
    assert lost[1] > max(almaty[1], beijing[1])
    assert {caption.text for caption in found.captions} == {"Almaty", "Beijing", "Astana", "noCity"}


def test_time_runs_from_left_to_right_and_the_undated_come_last():
    found = timeline.arrange([2019, 2023, None, 2023], [WEST, EAST, WEST, WEST])
    xs = [x for x, _ in found.points]
    assert xs[0] < xs[1] == xs[3] < xs[2]
    assert found.points[3][1] < 0 < found.points[1][1]
    years = [caption.text for caption in found.captions if caption.kind != "side"]
    assert years == ["2019", "2023", "undated"]


def test_equal_places_are_told_apart():
    points = apart([(0.0, 0.0)] * 6, [10.0] * 6)
    assert nearest(points) == pytest.approx(20, abs=1)
    assert apart([(1.0, 2.0)], [5.0]) == [(1.0, 2.0)]
