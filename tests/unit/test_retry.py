"""Deadlines, back-off and circuit breakers, on a clock that the tests turn."""

import pytest

from api.core.retry import BreakerSettings, CircuitBreaker, CircuitState, Deadline


class Clock:
    """Seconds that pass when told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def breaker(clock: Clock) -> CircuitBreaker:
    return CircuitBreaker(BreakerSettings(failures=3, open_seconds=20), clock)


def fail(breaker: CircuitBreaker, times: int) -> None:
    for _ in range(times):
        assert breaker.admit()
        breaker.failed()


def test_a_deadline_runs_down_to_zero(clock: Clock) -> None:
    deadline = Deadline(5, clock)
    assert deadline.remaining_seconds == 5
    clock.now += 3
    assert deadline.remaining_seconds == 2
    clock.now += 30
    assert deadline.remaining_seconds == 0


def test_it_opens_after_failures_in_a_row(breaker: CircuitBreaker) -> None:
    fail(breaker, 2)
    assert breaker.admit()
    breaker.succeeded()
    fail(breaker, 2)
    assert breaker.state is CircuitState.CLOSED
    fail(breaker, 1)
    assert breaker.state is CircuitState.OPEN
    assert not breaker.admit()


def test_one_trial_call_decides(breaker: CircuitBreaker, clock: Clock) -> None:
    fail(breaker, 3)
    clock.now += 19.9
    assert not breaker.admit()
    clock.now += 0.1
    assert breaker.state is CircuitState.HALF_OPEN
    assert breaker.admit()
    assert not breaker.admit()
    breaker.failed()
    assert breaker.state is CircuitState.OPEN
    clock.now += 20
    assert breaker.admit()
    breaker.succeeded()
    assert breaker.state is CircuitState.CLOSED
    fail(breaker, 2)
    assert breaker.state is CircuitState.CLOSED, "the old failures are forgotten"


def test_an_abandoned_trial_leaves_room_for_another(breaker: CircuitBreaker, clock: Clock) -> None:
    fail(breaker, 3)
    clock.now += 20
    assert breaker.admit()
    breaker.abandoned()
    assert breaker.would_admit()
    assert breaker.admit()


def test_stragglers_do_not_keep_it_open_longer(breaker: CircuitBreaker, clock: Clock) -> None:
    assert breaker.admit()
    fail(breaker, 3)
    clock.now += 15
    breaker.failed()
    clock.now += 5
    assert breaker.state is CircuitState.HALF_OPEN


@pytest.mark.parametrize(("failures", "open_seconds"), [(0, 20), (3, 31), (3, 0)])
def test_settings_beyond_the_contract_are_refused(failures: int, open_seconds: float) -> None:
    with pytest.raises(ValueError):
        BreakerSettings(failures, open_seconds)
