"""Rates, sizes and the log, without a server."""

from __future__ import annotations

from kg.server.guard import Rates
from kg.server.negotiation import GRAPHS, RESULTS, chosen


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_is_granted_and_then_the_rate() -> None:
    clock = Clock()
    rates = Rates(2, 5, clock)
    assert [rates.wait("10.0.0.1") for _ in range(5)] == [0] * 5
    assert rates.wait("10.0.0.1") == 0.5
    clock.now += 0.5
    assert rates.wait("10.0.0.1") == 0
    assert rates.wait("10.0.0.1") > 0


def test_each_address_has_its_own_and_an_ipv6_network_is_one() -> None:
    rates = Rates(1, 1, Clock())
    assert rates.wait("10.0.0.1") == rates.wait("10.0.0.2") == 0
    assert rates.wait("2001:db8::1") == 0
    assert rates.wait("2001:db8::2") > 0
    assert rates.wait("2001:db8:0:1::1") == 0


def test_no_rate_is_no_limit_and_many_addresses_take_bounded_memory() -> None:
    assert [Rates(0, 1).wait("a") for _ in range(3)] == [0, 0, 0]
    rates = Rates(1, 1, Clock())
    for number in range(20_000):
        rates.wait(str(number))
    assert len(rates._buckets) <= 10_000


def test_the_best_liked_type_is_chosen() -> None:
    assert chosen(None, RESULTS) == chosen("", RESULTS) == chosen("*/*", RESULTS) == RESULTS[0]
    assert chosen("text/csv;q=0.2, text/tab-separated-values;q=0.3", RESULTS) == RESULTS[3]
    assert chosen("application/*;q=0.1, text/turtle;q=0", GRAPHS) == "application/n-triples"
    assert chosen("image/png", RESULTS) is None
    assert chosen("text/csv;q=2", RESULTS) is None
