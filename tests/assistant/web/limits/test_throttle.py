"""Who guesses waits twice as long each time."""

from __future__ import annotations

import pytest

from assistant.web.limits.throttle import FORGOTTEN, MOST_KEYS, Throttle, network


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_delays_double_up_to_the_longest_and_pass() -> None:
    clock = Clock()
    throttle = Throttle(30.0, clock)
    waits = []
    for _ in range(8):
        throttle.failed("anna")
        waits.append(throttle.wait("anna"))
        clock.now += waits[-1]
        assert throttle.wait("anna") == 0
    assert waits == [1, 2, 4, 8, 16, 30, 30, 30]
    assert throttle.wait("ben") == 0


def test_a_success_and_an_hour_are_forgiving() -> None:
    clock = Clock()
    throttle = Throttle(30.0, clock)
    for _ in range(5):
        throttle.failed("anna")
        throttle.failed("ben")
    throttle.succeeded("anna")
    assert throttle.wait("anna") == 0
    clock.now += FORGOTTEN + 1
    throttle.failed("ben")
    assert throttle.wait("ben") == 1


def test_what_is_remembered_is_bounded() -> None:
    throttle = Throttle(30.0, Clock())
    for number in range(MOST_KEYS + 10):
        throttle.failed(str(number))
    assert throttle.wait("0") == 0
    assert throttle.wait(str(MOST_KEYS + 9)) == 1


def test_a_thousand_failures_overflow_nothing() -> None:
    throttle = Throttle(300.0, Clock())
    for _ in range(2_000):
        throttle.failed("anna")
    assert throttle.wait("anna") == 300


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1::/56"),
        ("2001:db8:1:2::99", "2001:db8:1::/56"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("fe80::1%eth0", "fe80::/56"),
        ("testclient", "testclient"),
        ("", ""),
    ],
)
def test_one_household_is_one_address(address: str, counted: str) -> None:
    assert network(address) == counted
