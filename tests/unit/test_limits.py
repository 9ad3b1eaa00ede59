"""Rate limits: the sliding window's arithmetic, against a clock of our own."""

import math

from hypothesis import given
from hypothesis import strategies as st

from api.core.limits import Policy, Standing, Windows


class Clock:
    """A clock that stands until it is moved; in seconds."""

    def __init__(self, now: float = 600.0) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


FIVE = Policy("five", 5)


def test_so_many_pass_and_no_more() -> None:
    clock = Clock()
    windows = Windows(clock)
    assert [windows.hit(FIVE, "a").remaining for _ in range(5)] == [4, 3, 2, 1, 0]
    refused = windows.hit(FIVE, "a")
    assert refused.remaining == 0
    assert refused.retry_after_seconds is not None
    assert windows.hit(FIVE, "b").retry_after_seconds is None
    assert windows.hit(Policy("other", 5), "a").retry_after_seconds is None
    clock.now += refused.retry_after_seconds
    assert windows.hit(FIVE, "a").retry_after_seconds is None


def test_the_headers_value_is_the_drafts() -> None:
    assert FIVE.header == (b"ratelimit-policy", b'"five";q=5;w=60')
    assert Windows(Clock(630)).hit(FIVE, "a") == Standing(4, 30)


def test_many_subjects_do_not_grow_without_end() -> None:
    windows = Windows(Clock())
    for number in range(50_010):
        windows.hit(FIVE, str(number))
    assert len(windows._counts) <= 50_000


@given(st.lists(st.floats(0, 200), min_size=1, max_size=80), st.integers(1, 8))
def test_no_window_of_a_minute_lets_twice_as_many_through(gaps: list[float], most: int) -> None:
    """Refused ones wait as they are told and are then let in; the estimate's error stays under a whole limit."""
    clock, passed = Clock(), []
    windows, policy = Windows(clock), Policy("p", most)
    for gap in gaps:
        clock.now += gap / 10
        standing = windows.hit(policy, "a")
        if standing.retry_after_seconds is None:
            passed.append(clock.now)
            continue
        clock.now += standing.retry_after_seconds
        assert windows.hit(policy, "a").retry_after_seconds is None
        passed.append(clock.now)
    for moment in passed:
        assert sum(moment - 60 < other <= moment for other in passed) <= 2 * most - (most > 1)


@given(st.integers(1, 50), st.floats(0, 59.9))
def test_a_fresh_subject_gets_the_whole_limit(most: int, passed: float) -> None:
    windows, policy = Windows(Clock(600 + passed)), Policy("p", most)
    allowed = 0
    while windows.hit(policy, "a").retry_after_seconds is None:
        allowed += 1
    assert allowed == most
    assert windows.hit(policy, "a").reset_seconds == math.ceil(60 - passed)
